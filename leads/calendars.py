"""What do the company's working hours say? The stored calendars as plain values for working_time."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import lru_cache

from django.db import connection

from leads.working_time import Calendar, Hours, add, add_many

OFFICE = Calendar(week=(((time(9), time(17, 30)),),) * 5 + ((), ()))


@lru_cache(maxsize=64)
def kept(
    time_zone: str,
    hours: str,
    country: str,
    is_good_friday_closed: bool,
    closed_on: tuple[date, ...],
    open_on: tuple[date, ...],
) -> Calendar:
    """The calendar of stored columns, `hours` as JSON; made once of the same ones."""
    week = tuple(_hours(day) for day in json.loads(hours))
    return Calendar(
        zone=time_zone,
        week=week,
        country=country or None,
        closes_on_good_friday=is_good_friday_closed,
        closed_on=frozenset(closed_on),
        open_on=tuple((day, week[day.weekday()] or week[0]) for day in sorted(open_on)),
    )


def _hours(day: list[list[str]]) -> Hours:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in day)


# As kept() takes them: asked of by every promise and every deadline, so that no object is made of it.
_COMPANYS = """
    SELECT time_zone, hours::text, country, is_good_friday_closed, closed_on, open_on
    FROM leads_businesscalendar WHERE is_default
"""


def company() -> Calendar:
    """The calendar that every promise is reckoned on; office hours where none was stored."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPANYS)
        stored = cursor.fetchone()
    return kept(*stored[:4], *map(tuple, stored[4:])) if stored else OFFICE


def due(at: datetime, minutes: int) -> datetime:
    """The moment when so many working minutes of the company have passed."""
    return add(at, minutes, company())


def dues(moments: list[datetime], minutes: int) -> list[datetime]:
    return list(add_many(moments, minutes, company()))
