"""Another program reads the very figures that the command and the pages tell; who is hidden there is hidden here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from handoff.models import Rep
from leadops.accounts.roles import Role
from leadops.accounts.tokens import Scope
from leadops.foundation import lay
from tests.api import Api, told
from tests.factories import make_campaign, make_team, make_user
from tests.handoff.factories import make_rep
from tests.reporting.factories import FRIDAY, book, called, never

pytestmark = pytest.mark.django_db
HOLE, RATE = "reports/black-hole/", "reports/follow-up-rate/"


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    lay()
    with time_machine.travel(FRIDAY, tick=False):
        yield


def command(*options: str) -> dict[str, object]:
    out = StringIO()
    call_command("black_hole", "--json", *options, stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


def test_figures_are_those_of_the_command() -> None:
    rep, campaign = make_rep(), make_campaign("ICT Noord")
    book(campaign, 100)
    called(rep, campaign=campaign)
    never(rep, campaign=campaign)
    never(channel="web")
    api = Api(make_user(Role.ADMIN))
    assert told(api.get(HOLE), 200) == command()
    period = "from=2026-06-01&to=2026-06-19&as_of=2026-06-19T08:00:00Z"
    assert told(api.get(f"{HOLE}?{period}"), 200) == command(
        "--from=2026-06-01", "--to=2026-06-19", "--as-of=2026-06-19T08:00:00+00:00"
    )


def test_the_follow_up_rate_is_told_by_week() -> None:
    rep = make_rep()
    called(rep)
    never(rep)
    rate = told(Api(make_user(Role.ADMIN)).get(f"{RATE}?from=2026-06-15&to=2026-06-19"), 200)
    assert (rate["follow_up_rate"], rate["in_time_rate"], rate["median_response_minutes"]) == (0.5, 0.5, 60)
    assert [(week["key"], week["never_followed_up"]) for week in rate["by_week"]] == [("2026-06-15", 1)]


def test_reps_tracked_by_results_stand_together() -> None:
    manager = make_user(Role.SALES_MANAGER)
    hidden = [make_rep(tracking=Rep.Tracking.RESULTS, name=f"Hidden {n}") for n in range(2)]
    coached = make_rep(name="Coached")
    make_team(manager, coached, *hidden)
    for rep in (*hidden, coached):
        never(rep)
    for report in (HOLE, RATE):
        answer = Api(manager).get(report)
        assert sorted(row["name"] for row in told(answer, 200)["by_rep"]) == ["Coached", "Others"]
        assert b"Hidden" not in answer.content


def test_whom_reports_are_not_for_gets_none() -> None:
    told(Api(make_rep()).get(HOLE), 403)
    told(Api(make_user(Role.ADMIN), Scope.LEADS_READ).get(HOLE), 403)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=yesterday", 400),
        ("from=2026-02-30", 400),
        ("as_of=2026-06-19", 400),
        ("form=2026-06-01", 400),
        ("from=2026-06-19&to=2026-06-01", 422),
        ("to=1999-12-31", 422),
        ("to=9999-12-31", 422),
        ("as_of=2027-01-01T00:00:00Z", 422),
        ("as_of=0001-01-01T00:00:00Z", 422),
    ],
)
def test_a_period_that_cannot_be_is_refused(query: str, status: int) -> None:
    told(Api(make_user(Role.ADMIN)).get(f"{HOLE}?{query}"), status)
