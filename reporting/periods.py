"""Which days does a report cover, and which weeks fall in them? Days and weeks are the company's."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in the company's zone, both ends included."""

    first: date
    last: date
    zone: str = "Europe/Amsterdam"

    @property
    def since(self) -> datetime:
        """The first moment of the period."""
        return midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return midnight(self.last + DAY, self.zone)

    @property
    def weeks(self) -> list[date]:
        """The Mondays of the weeks that have a day in the period."""
        monday = monday_of(self.first)
        return [monday + n * WEEK for n in range((self.last - monday).days // 7 + 1)]

    def before(self) -> Period:
        """The period before this one: as many whole months when it is whole months, else as many days."""
        last = self.first - DAY
        if self.first.day == 1 and (self.last + DAY).day == 1:
            return Period(months_before(self.first, months_in(self.first, self.last)), last, self.zone)
        return Period(self.first - (self.last - last), last, self.zone)

    def cut_off(self, as_of: datetime) -> Period:
        """The part of the period that had begun at a moment; its first day where none had."""
        today = as_of.astimezone(ZoneInfo(self.zone)).date()
        return Period(self.first, max(self.first, min(self.last, today)), self.zone)


def is_within_reach(day: date, at: datetime) -> bool:
    """Return whether reports reach a day: from 2000 on, until the end of the year after this one."""
    return FIRST_YEAR <= day.year <= at.year + 1


def midnight(day: date, zone: str) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * DAY


def months_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def months_in(first: date, last: date) -> int:
    """Return how many months two days span, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def months_from(first: date, months: int, zone: str) -> Period:
    """Return so many whole months from the first day of one."""
    final = months_before(first, 1 - months)
    return Period(first, final.replace(day=monthrange(final.year, final.month)[1]), zone)


def quarter(today: date, zone: str) -> Period:
    """Return the quarter that a day falls in."""
    return months_from(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), 3, zone)


def named(name: str, today: date, zone: str) -> Period:
    """Return the period that a choice of the page names; this quarter where it names none."""
    if name == "last-quarter":
        return quarter(today, zone).before()
    if name == "month":
        return months_from(today.replace(day=1), 1, zone)
    if name == "last-month":
        return months_from(today.replace(day=1), 1, zone).before()
    if name == "year":
        return months_from(today.replace(month=1, day=1), 12, zone)
    return quarter(today, zone)
