"""What did we know at the end of each day? Kept each night, and made up for where nights were missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from leadops.accounts.models import Company
from reporting.black_hole import Span, stretch, week_starts
from reporting.facts import STATE, Facts
from reporting.figures import Figures, total
from reporting.models import FollowUpDay
from reporting.periods import DAY, WEEK, Period, midnight, monday_of

WEEKS_KEPT = 13
NIGHTS_MADE_UP_FOR = 60
SETTLED_AFTER = timedelta(minutes=10)

_BY_CHANNEL = f"""SELECT width_bucket(mql_at, %(starts)s::timestamptz[]), channel, {STATE}, count(*)
    FROM [facts] GROUP BY 1, 2, 3"""


def keep(at: datetime, *, since: date | None = None) -> list[date]:
    """Keep the figures of every night up to `at` that is not kept yet; return those nights.

    A night is kept once and never written again. It begins at the night after the last one kept, at most sixty
    nights back, or with the last night where none was kept; `since` says otherwise.
    """
    zone = company_zone()
    nights = missing(at, zone, since)
    for night in nights:
        keep_night(night, zone)
    return nights


def company_zone() -> str:
    """The zone in which days and weeks are the company's."""
    company = Company.objects.first() or Company()
    return company.time_zone


def missing(at: datetime, zone: str, since: date | None) -> list[date]:
    """Return the nights that are over at a moment and not kept yet, the earliest first."""
    last = (at - SETTLED_AFTER).astimezone(ZoneInfo(zone)).date() - DAY
    newest = FollowUpDay.objects.order_by("-day").values_list("day", flat=True).first()
    first = since or max(newest + DAY if newest else last, last - (NIGHTS_MADE_UP_FOR - 1) * DAY)
    kept = set(FollowUpDay.objects.filter(day__gte=first).values_list("day", flat=True))
    nights = (first + n * DAY for n in range((last - first).days + 1))
    return [night for night in nights if night not in kept]


def keep_night(night: date, zone: str) -> None:
    """Write one night's figures, by week, over all channels and for each; what another wrote at once stays."""
    as_of = midnight(night + DAY, zone)
    monday = monday_of(night)
    period = Period(monday - (WEEKS_KEPT - 1) * WEEK, monday + WEEK - DAY, zone)
    rows = [
        FollowUpDay(day=night, week_starts_on=week, cut=cut, key=key, as_of=as_of, **columns(figures))
        for week, cut, key, figures in figures_by_week(Facts(period, as_of, is_live=False))
    ]
    FollowUpDay.objects.bulk_create(rows, ignore_conflicts=True)


def figures_by_week(facts: Facts) -> Iterator[tuple[date, str, str, Figures]]:
    """Yield the figures of each week, over all channels and for each channel that has any."""
    values = stretch(week_starts(facts.period), facts.period.until)
    found: dict[int, dict[str, Span]] = defaultdict(dict)
    for n, channel, state, count in facts.read(_BY_CHANNEL, values):
        found[n].setdefault(channel, Span()).count(state, count)
    for n, week in enumerate(facts.period.weeks, start=1):
        yield week, FollowUpDay.Cut.ALL, "", total(span.figures for span in found[n].values())
        for channel, span in sorted(found[n].items()):
            yield week, FollowUpDay.Cut.CHANNEL, channel, span.figures


def columns(figures: Figures) -> dict[str, int]:
    """The figures as the columns of a night."""
    return {
        "delivered": figures.delivered,
        "followed_up": figures.followed_up,
        "followed_up_in_time": figures.in_time,
        "answered_otherwise": figures.answered_otherwise,
        "not_yet_due": figures.not_yet_due,
        "never_followed_up": figures.never,
    }
