"""Does the API do what its schema says, whatever is sent to it? Each operation is sent what fits, and what does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis import Case
from schemathesis.transport.serialization import Binary

from handoff.models import Handoff
from leadops.accounts.roles import Role
from leadops.api import throttling
from leadops.wsgi import application
from leads import duplicates
from leads.models import CallList, Campaign, Contact, DuplicatePair, ImportBatch, Intake, Lead, Queue
from tests.api import Api, told
from tests.factories import make_campaign, make_contact, make_organisation, make_team, queue_of
from tests.handoff.factories import make_accepted, make_assigned, make_own, make_rep
from tests.leads.test_calling import callable_lead, filled

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "5"))
KINDS: dict[str, Any] = {
    "leads": Lead,
    "contacts": Contact,
    "call-lists": CallList,
    "campaigns": Campaign,
    "duplicates": DuplicatePair,
    "handoffs": Handoff,
    "imports": ImportBatch,
    "receipts": Intake,
}
# What the schema allows can still be refused for what it means: a period that ends before it begins, a moment that
# has passed, a filter for somebody who is not there.
ALSO_FIT = ["2xx", "401", "403", "404", "409", "422", "429"]


@pytest.fixture(scope="module")
def api(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Api]:
    """An integration of somebody who may do everything, with something to see at every address."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(throttling, "take", lambda key, most: 0.0)
        api = furnished()
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield api
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def furnished() -> Api:
    """Leads with and without a handoff, people, an enquiry, a campaign, an import and reports that have rows."""
    queue_of(Queue.Kind.TO_QUALIFY)
    rep = make_rep(name="Daan Smit")
    rep.groups.add(*rep.groups.model.objects.filter(name__in=[Role.ADMIN, Role.MARKETER]))
    make_team(rep, rep)
    contact = make_contact(email="a@b.example", organisation=make_organisation(), attributes={"size": 4})
    for make in (make_assigned, make_accepted, make_own):
        make(rep)
    make_assigned(rep, contact=contact)
    make_contact(email="a@b.example", last_name="Person", name_key=contact.name_key)
    duplicates.keep_around([contact.pk], at=timezone.now())
    callable_lead()
    filled(rep, weekdays=list(range(7)), opens_at=time(0), closes_at=time(23, 59))
    api = Api(rep)
    told(api.post("leads/?wait=true", {"email": "c@d.example", "campaign": make_campaign().name}), 201)
    told(api.post("imports/", form={"file": SimpleUploadedFile("leads.csv", b"email;size\ne@f.example;4\n")}), 202)
    return api


CONFIG = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ALSO_FIT}}})
schema: Any = schemathesis.openapi.from_wsgi("/api/schema/", application, config=CONFIG)


def known(path: str, key: int) -> int:
    """Two in three times the number of something that is there, at this address."""
    keys = list(KINDS[path.split("/")[3]].objects.order_by("pk").values_list("pk", flat=True))
    return keys[key % len(keys)] if keys and key % 3 else key


def tell_files_as_texts(case: Case) -> None:
    """Let whoever judges a form that was sent see how long its files were: a file counts as an empty text there.

    Else a form is taken for one that must be refused whose members are all in order once they are written as texts.
    """
    if isinstance(case.body, dict):
        case.body |= {name: file.data.decode("latin-1") for name, file in case.body.items() if isinstance(file, Binary)}


# The client of the tests drops answers without closing them, and with them the files that were sent.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES < 100,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_the_schema(case: Case, api: Api) -> None:
    key = case.path_parameters.get("id")
    if isinstance(key, int):
        case.path_parameters["id"] = known(case.operation.path, key)
    case.headers.update(api.headers)
    response = case.call(headers=api.headers)
    tell_files_as_texts(case)
    case.validate_response(response, headers=api.headers)
