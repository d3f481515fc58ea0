"""Somebody who may import, and a file that was."""

from __future__ import annotations

import pytest
from django.test import Client

from leadops.accounts.roles import Role
from leads import tasks
from leads.models import ImportBatch
from tests.factories import make_user, queue_of
from tests.leads.import_views.wizard import address, checked


@pytest.fixture
def marketer(client: Client) -> Client:
    queue_of("to_qualify")
    client.force_login(make_user(Role.MARKETER))
    return client


@pytest.fixture
def imported(marketer: Client) -> ImportBatch:
    batch = checked(marketer, campaign="Vakbeurs 2025", channel="event")
    marketer.post(address("import-run", batch))
    tasks.import_files()
    batch.refresh_from_db()
    return batch
