from __future__ import annotations

from datetime import date, timedelta

import pytest

from handoff import followup
from leadops.foundation import lay
from leads import lifecycle
from leads.stages import Channel
from reporting import follow_up_rate, snapshots
from reporting.facts import Facts
from reporting.models import FollowUpDay
from reporting.periods import Period
from tests.factories import NL, TUESDAY
from tests.handoff.factories import make_rep, only
from tests.reporting.factories import HOUR, called, never

pytestmark = pytest.mark.django_db
WEEK = date(2026, 6, 15)
WEDNESDAY_NIGHT = TUESDAY.replace(day=18, hour=1)


@pytest.fixture(autouse=True)
def _laid():
    lay()


def kept(night: date, cut: str = "all", key: str = "") -> tuple[int, ...]:
    row = FollowUpDay.objects.get(day=night, week_starts_on=WEEK, cut=cut, key=key)
    return row.delivered, row.followed_up, row.followed_up_in_time, row.not_yet_due, row.never_followed_up


def test_a_night_keeps_the_figures_as_they_were_at_its_end():
    rep = make_rep()
    called(rep, channel=Channel.WEB)
    late = never(rep)
    assert snapshots.keep(WEDNESDAY_NIGHT) == [date(2026, 6, 17)]
    assert kept(date(2026, 6, 17)) == (2, 1, 1, 0, 1)
    assert kept(date(2026, 6, 17), "channel", "web") == (1, 1, 1, 0, 0)
    with lifecycle.history():
        followup.record(
            only(late), by=rep, kind="call", disposition="spoke", at=WEDNESDAY_NIGHT, occurred_at=TUESDAY + HOUR
        )
    assert snapshots.keep(WEDNESDAY_NIGHT) == []
    assert kept(date(2026, 6, 17)) == (2, 1, 1, 0, 1)
    assert snapshots.keep(WEDNESDAY_NIGHT + timedelta(days=1)) == [date(2026, 6, 18)]
    assert kept(date(2026, 6, 18)) == (2, 2, 2, 0, 0)


def test_missed_nights_are_made_up_for_once_and_in_order():
    called(make_rep(), timedelta(days=2))
    snapshots.keep(TUESDAY.replace(day=17, hour=1))
    nights = [date(2026, 6, day) for day in (17, 18, 19, 20)]
    assert snapshots.keep(TUESDAY.replace(day=21, hour=1)) == nights
    assert [kept(night)[1:] for night in [date(2026, 6, 16), *nights]] == [
        (0, 0, 1, 0),
        (0, 0, 0, 1),
        (1, 0, 0, 0),
        (1, 0, 0, 0),
        (1, 0, 0, 0),
    ]
    assert snapshots.keep(TUESDAY.replace(day=21, hour=1)) == []


def test_a_night_is_over_at_midnight_of_the_company_and_ten_minutes():
    midnight = TUESDAY.replace(hour=0)
    assert snapshots.keep(midnight + timedelta(minutes=9)) == [date(2026, 6, 14)]
    assert snapshots.keep(midnight + timedelta(minutes=10)) == [date(2026, 6, 15)]


def test_figures_of_a_night_do_not_change_on_the_clock_of_summer():
    assert snapshots.keep(TUESDAY.replace(month=10, day=26, hour=1), since=date(2026, 10, 24)) == [
        date(2026, 10, 24),
        date(2026, 10, 25),
    ]
    moments = FollowUpDay.objects.order_by("day").values_list("as_of", flat=True).distinct()
    assert [moment.astimezone(NL).isoformat() for moment in moments] == [
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
    ]


def test_dashed_line_is_the_last_night_within_two_weeks_of_the_monday():
    rep = make_rep()
    called(rep)
    late = never(rep)
    snapshots.keep(TUESDAY.replace(day=29, hour=1), since=date(2026, 6, 17))
    with lifecycle.history():
        followup.record(only(late), by=rep, kind="call", disposition="spoke", at=TUESDAY.replace(day=29, hour=9))
    snapshots.keep(TUESDAY.replace(day=30, hour=1))
    facts = Facts(Period(date(2026, 6, 1), date(2026, 6, 30)), TUESDAY.replace(day=30))
    assert follow_up_rate.nightly(facts) == {WEEK: 0.5}
    assert dict(follow_up_rate.report(facts).weeks)[WEEK].follow_up_rate == 1.0
