from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from leads import lifecycle
from reporting import black_hole
from reporting.facts import Facts
from reporting.periods import Period
from tests.reporting.ledger import Ledger
from tests.reporting.walk import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def rounded(rows: dict) -> dict:
    """The ledger's figures, with money in whole cents as the product tells it."""
    return {key: row | {"spend_lost": float(round(Fraction(row["spend_lost"]), 2))} for key, row in rows.items()}


def broken(whole: dict) -> dict[str, tuple[int, int]]:
    """Late and never: no sweep found a cause in the walk."""
    late = sum(row["followed_up"] - row["followed_up_in_time"] for row in whole.values())
    never = sum(row["never_followed_up"] for row in whole.values())
    return {"unknown": (late, never)} if late or never else {}


def told(facts: Facts) -> dict[str, object]:
    """What the product says."""
    report = black_hole.report(facts)
    return {
        "whole": {None: report.whole.as_row()} if report.whole.delivered else {},
        "channel": {key: f.as_row() for key, f in black_hole.cut(report.groups, lambda g: g.channel).items()},
        "campaign": {key: f.as_row() for key, f in black_hole.cut(report.groups, lambda g: g.campaign).items()},
        "rep": {key: f.as_row() for key, f in black_hole.cut(report.groups, lambda g: g.owner).items()},
        "week": {monday: f.as_row() | {"spend_lost": 0} for monday, f in report.weeks if f.delivered},
        "answers": +report.answers,
        "cause": {key: (f.late, f.never) for key, f in black_hole.causes(facts, report.costs).items()},
        "ages": report.ages,
    }


def expected(ledger: Ledger, period: Period, as_of: datetime) -> dict[str, object]:
    """What the ledger says."""
    first, last = period.first, period.last
    weeks = ledger.figures(first, last, as_of, lambda one: one.monday)
    return {
        "whole": rounded(ledger.figures(first, last, as_of)),
        "channel": rounded(ledger.figures(first, last, as_of, lambda one: one.channel)),
        "campaign": rounded(ledger.figures(first, last, as_of, lambda one: one.campaign)),
        "rep": rounded(ledger.figures(first, last, as_of, lambda one: one.owner)),
        "week": {monday: row | {"spend_lost": 0} for monday, row in weeks.items()},
        "answers": ledger.answers(first, last, as_of),
        "cause": broken(ledger.figures(first, last, as_of)),
        "ages": ledger.ages(first, last, as_of),
    }


def periods(start: datetime, at: datetime, zone: str) -> list[Period]:
    """All of the walk, and the days around its middle."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (start, at))
    middle = first + (last - first) / 2
    return [Period(first, last, zone), Period(middle - timedelta(days=4), middle + timedelta(days=4), zone)]


@pytest.mark.parametrize(
    ("seed", "zone", "start"),
    [
        (1, "Europe/Amsterdam", datetime(2026, 10, 12, 21, 30, tzinfo=ZoneInfo("UTC"))),
        (2, "America/New_York", datetime(2027, 3, 1, 3, 0, tzinfo=ZoneInfo("UTC"))),
        (3, "Pacific/Auckland", datetime(2026, 9, 14, 10, 45, tzinfo=ZoneInfo("UTC"))),
        (4, "Europe/Amsterdam", datetime(2027, 3, 15, 22, 10, tzinfo=ZoneInfo("UTC"))),
    ],
)
def test_figures_are_the_ledgers_live_and_as_once_known(seed: int, zone: str, start: datetime):
    walk, seen = Walk(seed, start, zone), []
    for step in range(1, 301):
        walk.step()
        if step % 30 == 0:
            for period in periods(start, walk.at, zone):
                live = told(Facts(period, walk.at))
                assert live == expected(walk.ledger, period, walk.at)
                seen.append((period, walk.at, live))
    for period, as_of, live in seen:
        assert told(Facts(period, as_of, is_live=False)) == live
        between = as_of - timedelta(hours=31)
        assert told(Facts(period, between, is_live=False)) == expected(walk.ledger, period, between)
    whole = black_hole.report(Facts(periods(start, walk.at, zone)[0], walk.at)).whole
    assert min(whole.in_time, whole.late, whole.answered_otherwise, whole.never, whole.spend_lost) > 0
