"""What a rep does with a lead beyond the call, as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from handoff import outcomes
from handoff.models import FollowUp, Handoff, Opportunity
from leadops.accounts.models import User
from leads import lifecycle
from leads.models import Lead
from leads.stages import Stage
from tests.factories import TUESDAY
from tests.handoff.factories import fresh, make_accepted, make_assigned, make_rep, only

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = TUESDAY + HOUR
HTMX = {"HX-Request": "true", "HX-Target": "lead"}
UNDO = re.compile(r'action="(/follow-ups/\d+/retraction/)"')


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rep() -> User:
    return make_rep()


@pytest.fixture
def desk(client: Client, rep: User) -> Client:
    client.force_login(rep)
    return client


def qualified(rep: User) -> Opportunity:
    lead = make_accepted(rep)
    outcomes.qualify(only(lead), by=rep, at=NOW, business=outcomes.Business("Nieuwe werkplek"))
    return Opportunity.objects.get(lead=lead)


@pytest.mark.parametrize(("language", "amount"), [("nl", "12.500,50"), ("en", "12,500.50")])
def test_a_lead_becomes_an_opportunity(desk: Client, rep: User, language: str, amount: str) -> None:
    User.objects.filter(pk=rep.pk).update(language=language)
    lead = make_accepted(rep)
    said = {"name": "Nieuwe werkplek", "amount": amount, "expected_close_on": "2026-09-01"}
    answer = desk.post(f"/leads/{lead.pk}/opportunities/", said, headers=HTMX)
    assert (answer.status_code, answer.context["lead"].pk, fresh(lead).stage) == (200, lead.pk, Stage.SQL)
    found = Opportunity.objects.get()
    assert (found.name, found.amount, str(found.expected_close_on)) == (
        "Nieuwe werkplek",
        Decimal("12500.50"),
        "2026-09-01",
    )
    assert answer.context["sheet"].business == found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("amount", "veel"),
        ("amount", "-1"),
        ("amount", "9" * 20),
        ("expected_close_on", "soon"),
        ("name", "\x00"),
    ],
)
def test_a_wrong_opportunity_is_shown_again(desk: Client, rep: User, field: str, value: str) -> None:
    lead = make_accepted(rep)
    said = {"name": "Werkplek", "amount": "10", "expected_close_on": ""} | {field: value}
    for headers in ({}, HTMX):
        answer = desk.post(f"/leads/{lead.pk}/opportunities/", said, headers=headers)
        assert (answer.status_code, answer.text.count('id="business-errors"')) == (422, 1)
    assert (Opportunity.objects.count(), fresh(lead).stage) == (0, Stage.SAL)


def test_an_opportunity_made_twice_is_one(desk: Client, rep: User) -> None:
    lead = make_accepted(rep)
    answers = [desk.post(f"/leads/{lead.pk}/opportunities/", {"name": "Werkplek"}, headers=HTMX) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert Opportunity.objects.count() == 1


def test_a_lead_is_won(desk: Client, rep: User) -> None:
    business = qualified(rep)
    answer = desk.post(f"/opportunities/{business.pk}/won/")
    assert (answer.status_code, fresh(business.lead).stage) == (302, Stage.WON)
    assert Handoff.objects.get().outcome == Handoff.Outcome.WON
    assert desk.post(f"/opportunities/{business.pk}/won/").status_code == 409


def test_a_lead_is_lost_with_a_reason(desk: Client, rep: User) -> None:
    business = qualified(rep)
    refused = desk.post(f"/opportunities/{business.pk}/lost/", {"reason": ""}, headers=HTMX)
    assert (refused.status_code, fresh(business.lead).stage) == (422, Stage.SQL)
    desk.post(f"/opportunities/{business.pk}/lost/", {"reason": "Te duur"}, headers=HTMX)
    assert (fresh(business.lead).stage, Opportunity.objects.get().lost_reason) == (Stage.LOST, "Te duur")


def test_a_lead_is_put_off_but_never_beyond_its_promise(desk: Client, rep: User) -> None:
    promised, free = make_accepted(rep, promised_by=NOW + 8 * HOUR), qualified(rep).lead
    for lead in (promised, free):
        desk.post(f"/leads/{lead.pk}/later/", {"next_step_at": "2026-06-23T09:30"}, headers=HTMX)
    assert fresh(promised).next_step_at == NOW + 8 * HOUR
    assert FollowUp.objects.count() == 0


@pytest.mark.parametrize("moment", ["", "tomorrow", "2020-01-01T09:00", "2031-01-01T09:00"])
def test_a_wrong_moment_is_shown_again(desk: Client, rep: User, moment: str) -> None:
    lead = make_accepted(rep)
    before = fresh(lead).next_step_at
    answer = desk.post(f"/leads/{lead.pk}/later/", {"next_step_at": moment}, headers=HTMX)
    assert (answer.status_code, answer.text.count('id="put-off-errors"')) == (422, 1)
    assert fresh(lead).next_step_at == before


def test_a_follow_up_is_taken_back_from_where_it_was_confirmed(desk: Client, rep: User) -> None:
    lead = make_assigned(rep)
    before = fresh(lead)
    sent = {"disposition": "no_answer", "kind": "call", "note": "", "then": ""}
    handoff = Handoff.objects.get()
    answer = desk.post(f"/handoffs/{handoff.pk}/follow-ups/", sent, headers=HTMX)
    (undo,) = UNDO.findall(answer.text)
    back = desk.post(undo, headers=HTMX)
    after = fresh(lead)
    assert (back.status_code, back.context["lead"].pk) == (200, lead.pk)
    assert (after.stage, after.next_step_at) == (before.stage, before.next_step_at)
    assert (FollowUp.objects.standing().count(), desk.post(undo, headers=HTMX).status_code) == (0, 409)


@pytest.mark.parametrize("then", ["close:no_need", "recycle:no_budget"])
def test_a_lead_that_left_the_queue_offers_no_undo(desk: Client, rep: User, then: str) -> None:
    make_assigned(rep)
    sent = {"disposition": "spoke", "kind": "call", "note": "", "then": then}
    answer = desk.post(f"/handoffs/{Handoff.objects.get().pk}/follow-ups/", sent, headers=HTMX)
    assert (answer.status_code, UNDO.findall(answer.text)) == (200, [])


def paths(business: Opportunity, follow_up: FollowUp) -> list[tuple[str, dict[str, Any]]]:
    lead = business.lead_id
    return [
        (f"/leads/{lead}/opportunities/", {"name": "Werkplek"}),
        (f"/opportunities/{business.pk}/won/", {}),
        (f"/opportunities/{business.pk}/lost/", {"reason": "Te duur"}),
        (f"/leads/{lead}/later/", {"next_step_at": "2026-06-23T09:30"}),
        (f"/follow-ups/{follow_up.pk}/retraction/", {}),
    ]


def test_nobody_else_does_any_of_it(client: Client, rep: User) -> None:
    business = qualified(rep)
    client.force_login(rep)
    sent = {"disposition": "no_answer", "kind": "call", "note": "", "then": ""}
    client.post(f"/handoffs/{Handoff.objects.get().pk}/follow-ups/", sent)
    before = Lead.objects.values().get()
    client.force_login(make_rep())
    for path, fields in paths(business, FollowUp.objects.get()):
        assert client.post(path, fields).status_code == 404
        assert client.get(path).status_code == 405
    assert Lead.objects.values().get() == before
