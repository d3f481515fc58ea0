"""When may a list be called: in its own hours, and never on the company's holidays?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from leads import calendars, working_time
from leads.models import CallList
from leads.working_time import Calendar, NoWorkingTimeError


def calendar(call_list: CallList) -> Calendar:
    """The company's calendar with the hours of a list."""
    hours = ((call_list.opens_at, call_list.closes_at),)
    week = tuple(hours if day in call_list.weekdays else () for day in range(7))
    return replace(calendars.company(), week=week, open_on=())


def next_open(call_list: CallList, at: datetime) -> datetime | None:
    """`at` itself where the list may be called then, else the next moment that it may; None where there is none."""
    try:
        return working_time.next_open(at, calendar(call_list))
    except NoWorkingTimeError:
        return None


def is_open(call_list: CallList, at: datetime) -> bool:
    """Whether the list may be called now."""
    return next_open(call_list, at) == at
