"""How many of the leads handed over were followed up, how many in time, and how fast?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reporting import black_hole, spend
from reporting.black_hole import Group
from reporting.facts import Facts
from reporting.figures import Figures, total
from reporting.models import FollowUpDay
from reporting.periods import WEEK, midnight

# Wall-clock time from the moment of MQL, of those that were followed up.
_RESPONSE = """SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY first_follow_up_at - mql_at),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY first_follow_up_at - mql_at)
    FROM [facts] WHERE first_follow_up_at IS NOT NULL"""

# A week is told as it was known when this much time had passed since its Monday.
KNOWN_AFTER = 2 * WEEK


@dataclass(frozen=True, slots=True)
class Response:
    """The time from MQL to the first follow-up that half, and nine in ten, of the followed up stayed within."""

    median: timedelta | None
    ninth_tenth: timedelta | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that the follow-up report tells."""

    facts: Facts
    groups: list[Group]
    channels: list[Group]
    whole: Figures
    answers: Counter[str]
    weeks: list[tuple[date, Figures]]
    nightly: dict[date, float]
    response: Response


def report(facts: Facts) -> Report:
    """Return the figures of a period, by week and by group, and how fast the first follow-ups were."""
    found = black_hole.groups(facts, spend.of_a_lead(facts.as_of, is_live=facts.is_live))
    channels = black_hole.by_channel_alone(found)
    begun = facts.period.cut_off(facts.as_of)
    weekly = black_hole.spans(facts, black_hole.week_starts(begun), begun.until)
    return Report(
        facts=facts,
        groups=found,
        channels=channels,
        whole=total(group.figures for group in channels),
        answers=sum((week.answers for week in weekly), Counter()),
        weeks=list(zip(begun.weeks, (week.figures for week in weekly), strict=True)),
        nightly=nightly(facts) if facts.owners is None and not facts.with_imported else {},
        response=response(facts),
    )


def response(facts: Facts) -> Response:
    """Return the median and the 90th percentile of the response time, in wall-clock time."""
    [(median, ninth_tenth)] = facts.read(_RESPONSE)
    return Response(median, ninth_tenth)


def nightly(facts: Facts) -> dict[date, float]:
    """Return the follow-up rate of each week of the period as kept by the last night within two weeks of its Monday."""
    kept = FollowUpDay.objects.filter(cut=FollowUpDay.Cut.ALL, week_starts_on__in=facts.period.weeks)
    rates: dict[date, float] = {}
    for night in kept.filter(as_of__lte=facts.as_of).order_by("day"):
        if night.as_of <= known_by(night.week_starts_on, facts.period.zone):
            rates |= rate_of(night)
    return rates


def known_by(monday: date, zone: str) -> datetime:
    """Return the moment as of which a week is told as once known."""
    return midnight(monday + KNOWN_AFTER, zone)


def rate_of(night: FollowUpDay) -> Mapping[date, float]:
    """Return a night's follow-up rate under its week; nothing where no follow-up was expected."""
    expected = night.followed_up + night.never_followed_up
    return {night.week_starts_on: night.followed_up / expected} if expected else {}
