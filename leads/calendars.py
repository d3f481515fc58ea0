"""What do the company's working hours say? The stored calendars as plain values for working_time."""

from __future__ import annotations

from datetime import datetime, time

from leads.models import BusinessCalendar
from leads.working_time import Calendar, Hours, add, add_many

OFFICE = Calendar(week=(((time(9), time(17, 30)),),) * 5 + ((), ()))


def plain(calendar: BusinessCalendar) -> Calendar:
    """A stored calendar as a value that can be compared, hashed and reckoned with."""
    week = tuple(_hours(day) for day in calendar.hours)
    return Calendar(
        zone=calendar.time_zone,
        week=week,
        country=calendar.country or None,
        closes_on_good_friday=calendar.is_good_friday_closed,
        closed_on=frozenset(calendar.closed_on),
        open_on=tuple((day, week[day.weekday()] or week[0]) for day in sorted(calendar.open_on)),
    )


def _hours(day: list[list[str]]) -> Hours:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in day)


def company() -> Calendar:
    """The calendar that every promise is reckoned on; office hours where none was stored."""
    stored = BusinessCalendar.objects.filter(is_default=True).first()
    return plain(stored) if stored else OFFICE


def due(at: datetime, minutes: int) -> datetime:
    """The moment when so many working minutes of the company have passed."""
    return add(at, minutes, company())


def dues(moments: list[datetime], minutes: int) -> list[datetime]:
    return list(add_many(moments, minutes, company()))
