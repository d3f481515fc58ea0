"""What a marketer does to many leads on the pages: an act asked for, done, and taken back."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leads import tasks
from leads.bulk import running
from leads.models import BulkAct, BulkActLead, Lead


def asked_for(client: Client, act: str, leads: list[Lead] | None = None, **fields: Any) -> BulkAct:
    which = {} if leads is None else {"which": "chosen", "lead": [lead.pk for lead in leads]}
    answer = client.post("/leads/acts/new/", {"act": act, "asked": ""} | which | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return BulkAct.objects.latest("pk")


def done(client: Client, act: str, leads: list[Lead] | None = None, **fields: Any) -> BulkAct:
    bulk = asked_for(client, act, leads, **fields)
    tasks.run_errands()
    bulk.refresh_from_db()
    return bulk


def taken_back(client: Client, bulk: BulkAct) -> BulkAct:
    client.post(f"/leads/acts/{bulk.pk}/undoing/")
    tasks.run_errands()
    bulk.refresh_from_db()
    return bulk


def ends(bulk: BulkAct) -> dict[int, str]:
    return dict(BulkActLead.objects.filter(act=bulk.pk).values_list("lead_id", "outcome"))


def statements(client: Client, bulk: BulkAct) -> tuple[int, int]:
    """How many statements an act takes to be done, and to be taken back."""
    with CaptureQueriesContext(connection) as asked:
        running.run(bulk, at=timezone.now())
    client.post(f"/leads/acts/{bulk.pk}/undoing/")
    bulk.refresh_from_db()
    with CaptureQueriesContext(connection) as back:
        assert running.undo(bulk, at=timezone.now())
    bulk.refresh_from_db()
    return len(asked), len(back)
