"""Figures with and without what was moved in from another system: live, and as known at a moment, they agree."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from handoff import deadlines, followup, moving_in, outcomes, passing
from handoff.models import FollowUp
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads.importing import running
from leads.models import Campaign, Lead, Promotion, Queue
from leads.stages import Stage
from qualification import promotion
from qualification.models import Definition
from reporting import black_hole, spend
from reporting.facts import Facts
from reporting.periods import Period
from tests.api import Api
from tests.factories import make_campaign, make_lead, make_user, queue_of
from tests.handoff.factories import make_rep
from tests.qualification.factories import make_definition
from tests.reporting.factories import FRIDAY, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
SPRING = Period(date(2025, 3, 1), date(2025, 5, 31))
FIELDS = [
    "full_name",
    "email",
    "occurred_at",
    "lead_status",
    "owner",
    "closed_at",
    "mql_at",
    "first_follow_up_at",
    "phone",
]
ROWS = """Name,Email,Came in,Status,Owner,Closed,MQL,First,Phone
Anna,a@wit.example,2025-03-01,won,Rosa Rep,2025-06-01,2025-03-02,2025-03-03,
Bob,b@wit.example,2025-03-01,lost,Rosa Rep,2025-06-01,2025-03-02,,
Carl,c@wit.example,2025-03-01,mql,,,2025-03-05,,
Dirk,d@wit.example,2025-03-01,sal,Rosa Rep,,2025-03-05,2025-03-04,
Els,e@wit.example,2025-03-01,inquiry,,,,,020 555 01 24
"""


@pytest.fixture
def rep() -> User:
    for kind in (Queue.Kind.TO_QUALIFY, Queue.Kind.HUNTERS):
        queue_of(kind)
    return make_rep(name="Rosa Rep")


def moved_in(campaign: Campaign | None = None) -> None:
    batch = running.create(ContentFile(ROWS.encode()), "crm.csv", by=None, at=AT, campaign=campaign)
    running.choose(batch, FIELDS, at=AT, options={"is_history": True})
    assert running.run(batch, at=AT), batch.problem
    assert moving_in.take_up(AT)
    passing.straighten(AT)


def told(facts: Facts) -> dict[str, Any]:
    whole = black_hole.report(facts).whole
    return {
        name: getattr(whole, name)
        for name in (
            "delivered",
            "followed_up",
            "unpromised",
            "in_time",
            "late",
            "answered_otherwise",
            "not_yet_due",
            "never",
        )
    }


NONE = dict.fromkeys(
    ("delivered", "followed_up", "unpromised", "in_time", "late", "answered_otherwise", "not_yet_due", "never"), 0
)


def test_it_is_left_out_unless_asked_for_and_is_in_no_lateness(rep: User) -> None:
    moved_in()
    live = Facts(SPRING, AT + timedelta(minutes=1))
    assert told(live) == NONE
    expected = NONE | {"delivered": 4, "followed_up": 1, "unpromised": 1, "answered_otherwise": 1, "not_yet_due": 2}
    taken_in = replace(live, with_imported=True)
    assert told(taken_in) == expected
    assert told(replace(taken_in, is_live=False)) == expected
    assert told(replace(taken_in, is_live=False, as_of=AT - timedelta(minutes=1))) == NONE


def test_a_follow_up_here_counts_and_can_be_taken_back(rep: User) -> None:
    moved_in()
    dirk = Lead.objects.filter(stage=Stage.SAL)
    later = AT + timedelta(minutes=1)
    facts = Facts(SPRING, later, with_imported=True)
    written = outcomes.follow_up(
        dirk, by=rep, clock=deadlines.Clock([rep.pk], AT), ending=None, kind="call", disposition="spoke"
    )
    for is_live in (True, False):
        assert told(replace(facts, is_live=is_live))["followed_up"] == 2
    followup.undo(FollowUp.objects.filter(pk__in=written.values()), by=rep, at=later)
    for is_live in (True, False):
        assert told(replace(facts, is_live=is_live, as_of=later))["followed_up"] == 1


def test_the_command_and_the_page_take_it_in_when_asked(rep: User, client: Client) -> None:
    moved_in()
    counts = []
    for options in ([], ["--with-imported"]):
        out = StringIO()
        call_command("black_hole", "--from", "2025-03-01", "--to", "2025-05-31", "--json", *options, stdout=out)
        counts.append(json.loads(out.getvalue())["delivered"])
    assert counts == [0, 4]
    api, days = Api(make_user(Role.SALES_MANAGER)), "from=2025-03-01&to=2025-05-31"
    for path in ("reports/black-hole/", "reports/follow-up-rate/"):
        assert api.get(f"{path}?{days}").json()["delivered"] == 0
        assert api.get(f"{path}?{days}&with_imported=true").json()["delivered"] == 4
    client.force_login(make_user(Role.MARKETER))
    days = {"period": "custom", "first": "2025-03-01", "last": "2025-05-31"}
    for path in ("/reports/black-hole/", "/reports/follow-up/"):
        for asked, expected in (({}, 0), ({"imported": "1"}, 4)):
            page = client.get(path, days | asked)
            assert page.context["report"].whole.delivered == expected
            assert ("nothing was promised" in page.content.decode()) == bool(asked)


def test_what_a_lead_had_cost_before_is_not_changed_by_it(rep: User) -> None:
    campaign = make_campaign()
    book(campaign, 100)
    make_lead(campaign=campaign)
    moved_in(campaign)
    assert spend.of_a_lead(FRIDAY, is_live=False) == {campaign.pk: 100}
    later = spend.of_a_lead(AT + timedelta(minutes=1), is_live=False)
    assert round(later[campaign.pk], 2) == Decimal("16.67")


def test_nobody_is_promoted_by_moving_in_but_by_what_comes_after(rep: User) -> None:
    definition: Definition = make_definition(threshold=0)
    moved_in()
    while promotion.judge(AT).claimed:
        pass
    assert not Promotion.objects.filter(is_imported=False).exists()
    els = Lead.objects.get(contact__email_key="e@wit.example")
    assert els.score.meets
    again = running.create(
        ContentFile(b"Name,Email,Interest\nEls,e@wit.example,Planning\n"), "fair.csv", by=None, at=AT
    )
    running.choose(
        again, ["full_name", "email", "interest"], at=AT, options={"constants": {"occurred_at": "2026-01-02"}}
    )
    assert running.run(again, at=AT + timedelta(seconds=5))
    promoted = promotion.judge(AT + timedelta(seconds=9))
    assert (promoted.promoted, definition.version) == (
        1,
        Lead.objects.get(pk=els.pk).promotions.get().definition_version,
    )


def test_reps_are_told_apart_by_whose_leads_they_were(rep: User) -> None:
    """No handoff is needed for it: a promotion of history, and its moves, name the owner of its lead."""
    moved_in()
    facts = Facts(SPRING, AT + timedelta(minutes=1), with_imported=True)
    for is_live in (True, False):
        rows = replace(facts, is_live=is_live).read(
            "SELECT owner_id, count(*), count(first_follow_up_at) FROM [facts] GROUP BY 1 ORDER BY 1"
        )
        assert rows == [(rep.pk, 3, 1), (None, 1, 0)]
