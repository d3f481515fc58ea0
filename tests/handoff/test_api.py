"""Another program works leads for a rep: the same operations as the pages, the same refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handoff import routing
from handoff.models import FollowUp, Handoff
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.accounts.tokens import Scope
from leads import lifecycle
from leads.models import Lead
from tests.api import Api, told
from tests.factories import TUESDAY, make_team, make_user
from tests.handoff.factories import make_accepted, make_assigned, make_rep, only

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rep(django_db_setup: None, db: None) -> User:
    return make_rep(name="Daan Smit")


def handoff_of(lead: Lead) -> Handoff:
    return Handoff.objects.get(lead=lead, ended_at=None)


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_the_queue_tells_each_section(rep: User) -> None:
    new, due = make_assigned(rep), make_accepted(rep, promised_by=NOW + timedelta(hours=2))
    queue = told(Api(rep).get("queue/"), 200)
    assert queue["counts"] == {"overdue": 0, "today": 1, "new": 1, "later": 0, "done": 0}
    assert [lead["id"] for lead in queue["new"]] == [new.pk]
    assert [(lead["id"], lead["handoff"], lead["owner"]["name"]) for lead in queue["today"]] == [
        (due.pk, handoff_of(due).pk, "Daan Smit")
    ]


def test_a_section_comes_in_pages(rep: User) -> None:
    leads = [make_assigned(rep).pk for _ in range(5)]
    api, path, seen = Api(rep), "/api/v1/queue/new/?limit=2", []
    while path:
        part = told(api.client.get(path, headers=api.headers), 200)
        seen += [lead["id"] for lead in part["results"]]
        path = part["next"]
    assert seen == leads
    told(api.get("queue/sideways/"), 404)
    assert told(api.get("queue/new/?after=x"), 400)["errors"][0]["parameter"] == "after"


def test_the_queue_takes_as_many_statements_for_one_as_for_many(rep: User) -> None:
    api = Api(rep)

    def count() -> int:
        api.get("queue/")
        with CaptureQueriesContext(connection) as queries:
            told(api.get("queue/"), 200)
        return len(queries)

    make_assigned(rep)
    one = count()
    for _ in range(20):
        make_assigned(rep)
    assert count() == one


def test_a_lead_is_accepted_once(rep: User) -> None:
    lead, api = make_assigned(rep), Api(rep)
    address = f"handoffs/{handoff_of(lead).pk}/acceptance/"
    accepted = told(api.post(address), 201)
    assert (accepted["is_open"], accepted["times"]["accepted_at"]) == (True, utc(NOW))
    assert told(api.post(address), 409)["detail"].startswith("The lead is with somebody else now")
    assert Lead.objects.get(pk=lead.pk).stage == "sal"


def test_a_lead_that_went_on_is_too_late(rep: User) -> None:
    lead = make_assigned(rep)
    handoff, api = handoff_of(lead), Api(rep)
    with lifecycle.history():
        routing.reassign(only(lead), to=make_rep(), by=None, at=NOW)
    told(api.post(f"handoffs/{handoff.pk}/acceptance/"), 409)
    reasons = told(api.get("definitions/"), 200)["results"][0]["reject_reasons"]
    told(api.post(f"handoffs/{handoff.pk}/rejection/", {"reason": reasons[0]}), 409)
    told(api.post(f"handoffs/{handoff.pk}/follow-ups/", {"disposition": "no_answer"}), 409)


def test_a_handoff_of_another_is_not_there(rep: User) -> None:
    handoff, stranger = handoff_of(make_assigned(rep)), Api(make_rep())
    told(stranger.get(f"handoffs/{handoff.pk}/"), 404)
    for what, body in (
        ("acceptance", {}),
        ("rejection", {"reason": "no_budget"}),
        ("follow-ups", {"disposition": "spoke"}),
    ):
        told(stranger.post(f"handoffs/{handoff.pk}/{what}/", body), 404)


def test_a_lead_is_rejected_for_a_reason_that_was_signed(rep: User) -> None:
    lead, api = make_assigned(rep), Api(rep)
    address = f"handoffs/{handoff_of(lead).pk}/rejection/"
    assert told(api.post(address, {"reason": "dislike"}), 422)["errors"][0]["pointer"] == "#/reason"
    assert told(api.post(address, {"reason": "", "why": 1}), 400)["errors"] == [
        {"pointer": "#/reason", "detail": "This field may not be blank."},
        {"pointer": "#/why", "detail": "There is no such member."},
    ]
    reasons = told(api.get("definitions/"), 200)["results"][0]["reject_reasons"]
    rejected = told(api.post(address, {"reason": reasons[0], "note": "Next year."}), 201)
    assert (rejected["is_open"], rejected["outcome"], rejected["outcome_reason"]) == (False, "rejected", reasons[0])


def test_a_follow_up_is_written(rep: User) -> None:
    lead, api = make_assigned(rep), Api(rep)
    body = {"disposition": "call_back", "next_step_at": "2026-06-17T10:00:00+02:00", "note": "Until noon."}
    written = told(api.post(f"handoffs/{handoff_of(lead).pk}/follow-ups/", body), 201)
    assert (written["kind"], written["is_reached"], written["note"]) == ("call", True, "Until noon.")
    assert written["next_step_at"] == written["lead"]["next_step_at"] == "2026-06-17T08:00:00Z"
    assert (written["lead"]["stage"], written["lead"]["is_promise_broken"]) == ("sal", False)


@pytest.mark.parametrize(
    ("ending", "stage"), [({"disqualify": "no_need"}, "disqualified"), ({"recycle": "no_budget"}, "nurture")]
)
def test_a_follow_up_can_end_the_lead(rep: User, ending: dict[str, str], stage: str) -> None:
    api = Api(rep)
    address = f"handoffs/{handoff_of(make_accepted(rep)).pk}/follow-ups/"
    assert told(api.post(address, {"disposition": "spoke"} | ending), 201)["lead"]["stage"] == stage
    told(api.post(address, {"disposition": "spoke"}), 409)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"disposition": "danced"}, 400),
        ({"disposition": "spoke", "occurred_at": "2026-06-16"}, 400),
        ({"disposition": "spoke", "occurred_at": "0001-01-01T00:00:00+14:00"}, 400),
        ({"disposition": "spoke", "note": "\0"}, 400),
        ({"disposition": "spoke", "note": "x" * 5_001}, 400),
        ({"disposition": "spoke", "disqualify": "no_need", "recycle": "no_budget"}, 422),
        ({"disposition": "call_back"}, 422),
        ({"disposition": "no_answer", "disqualify": "no_need"}, 422),
        ({"disposition": "spoke", "next_step_at": "2020-01-01T00:00:00Z"}, 422),
        ({"disposition": "spoke", "next_step_at": "9999-12-31T23:59:59Z"}, 422),
        ({"disposition": "spoke", "occurred_at": "2020-01-01T00:00:00Z"}, 422),
        ({"disposition": "spoke", "recycle": "no_budget", "wake_at": "2036-01-01T00:00:00Z"}, 422),
    ],
    ids=range(13),
)
def test_a_follow_up_that_cannot_be_is_refused(rep: User, body: dict[str, Any], status: int) -> None:
    told(Api(rep).post(f"handoffs/{handoff_of(make_accepted(rep)).pk}/follow-ups/", body), status)
    assert not FollowUp.objects.exists()


def test_a_manager_sees_no_times(rep: User) -> None:
    manager = make_user(Role.SALES_MANAGER)
    make_team(manager, rep)
    lead = make_accepted(rep)
    handoff = told(Api(manager).get(f"handoffs/{handoff_of(lead).pk}/"), 200)
    assert (handoff["rep"]["name"], handoff["times"]) == ("Daan Smit", None)
    told(Api(manager).get("queue/"), 403)


def test_reading_does_not_let_a_token_write(rep: User) -> None:
    handoff, api = handoff_of(make_assigned(rep)), Api(rep, Scope.HANDOFFS_READ)
    told(api.get(f"handoffs/{handoff.pk}/"), 200)
    problem = told(api.post(f"handoffs/{handoff.pk}/acceptance/"), 403)
    assert problem["detail"] == "The token lacks a scope: handoffs:write."
