"""By when must a rep accept a lead, follow it up, and do the next thing? In working time, never beyond the promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from handoff.models import Absence, FollowUp
from leads import calendars, working_time
from leads.models import BusinessCalendar
from leads.working_time import Calendar, NoWorkingTimeError
from qualification.models import Definition

# Working minutes, where neither a policy nor the definition says otherwise.
ACCEPT_MINUTES = 480
QUALIFY_MINUTES = 960
HALF_DAY = 240
DAY = 480

Disposition = FollowUp.Disposition
NEEDS_A_DATE = frozenset({Disposition.APPOINTMENT, Disposition.CALL_BACK})
NEXT_STEP_MINUTES: Mapping[str, int] = {
    Disposition.SPOKE: 3 * DAY,
    Disposition.APPOINTMENT: 3 * DAY,
    Disposition.CALL_BACK: DAY,
    Disposition.NO_ANSWER: HALF_DAY,
    Disposition.VOICEMAIL: DAY,
    Disposition.NO_INTEREST: DAY,
    Disposition.WRONG_NUMBER: HALF_DAY,
}


class Hours(NamedTuple):
    """When a rep works: a calendar, minus leave."""

    calendar: Calendar
    absences: tuple[tuple[datetime, datetime], ...] = ()


class Clock:
    """The working hours of any number of reps, read once; every deadline of one operation is reckoned on it."""

    def __init__(self, rep_ids: Iterable[int], at: datetime) -> None:
        self.at = at
        self.company, self.hours = _hours_of(set(rep_ids), at)
        self.known: dict[tuple[int | None, int], datetime] = {}

    def due(self, rep_id: int | None, minutes: int) -> datetime:
        """When so many of the rep's working minutes have passed; the company's where the rep has none ahead."""
        key = (rep_id, minutes)
        if key not in self.known:
            self.known[key] = self._reckoned(rep_id, minutes)
        return self.known[key]

    def of(self, rep_id: int | None) -> Hours:
        """When the rep works; the company's hours where nothing else is known."""
        return self.hours.get(rep_id, Hours(self.company)) if rep_id is not None else Hours(self.company)

    def _reckoned(self, rep_id: int | None, minutes: int) -> datetime:
        calendar, absences = self.of(rep_id)
        try:
            return working_time.add(self.at, minutes, calendar, absences)
        except NoWorkingTimeError:
            return working_time.add(self.at, minutes, self.company)


def _hours_of(rep_ids: set[int], at: datetime) -> tuple[Calendar, dict[int, Hours]]:
    """The company's hours, and those of the reps who have their own or who are away."""
    wanted = Q(is_default=True) | Q(reps__in=rep_ids)
    holders = ArrayAgg("reps", filter=Q(reps__in=rep_ids), default=Value([]))
    company = calendars.OFFICE
    own: dict[int, Calendar] = {}
    for stored in BusinessCalendar.objects.filter(wanted).annotate(holders=holders):
        plain = calendars.plain(stored)
        company = plain if stored.is_default else company
        own |= dict.fromkeys(stored.holders, plain)
    away: dict[int, list[tuple[datetime, datetime]]] = {}
    for rep_id, start, end in Absence.objects.filter(rep__in=rep_ids, ends_at__gt=at).values_list(
        "rep_id", "starts_at", "ends_at"
    ):
        away.setdefault(rep_id, []).append((start, end))
    return company, {key: Hours(own.get(key, company), tuple(away.get(key, ()))) for key in own.keys() | away.keys()}


def binding(promised_by: datetime | None, answered_at: datetime | None, at: datetime) -> datetime | None:
    """The promise that no next step may pass: one that is unanswered and still ahead; else None."""
    return promised_by if promised_by is not None and answered_at is None and promised_by > at else None


def within(due: datetime, promise: datetime | None) -> datetime:
    """`due`, or the promise where that comes first."""
    return due if promise is None else min(due, promise)


def accept_minutes(at: datetime) -> int:
    """How much working time a rep has to accept, by the definition in force."""
    definition = Definition.objects.in_force(at)
    return definition.accept_minutes if definition else ACCEPT_MINUTES


def qualify_minutes(at: datetime) -> int:
    """How much working time marketing has to qualify an inquiry, by the definition in force."""
    definition = Definition.objects.in_force(at)
    return definition.qualify_minutes if definition else QUALIFY_MINUTES


def next_step(clock: Clock, rep_id: int, disposition: str) -> datetime:
    """When a lead comes up again after a follow-up for which no date was chosen."""
    return clock.due(rep_id, NEXT_STEP_MINUTES[disposition])


def proposals(rep_id: int, at: datetime, clock: Clock | None = None) -> Sequence[datetime]:
    """Three moments to choose from: later today, the next working morning, the afternoon after that."""
    clock = clock or Clock([rep_id], at)
    hours = clock.of(rep_id)
    zone = ZoneInfo(hours.calendar.zone)
    soon = _half_hour_up(clock.due(rep_id, HALF_DAY // 2))
    morning = _opening(at.astimezone(zone).date() + timedelta(days=1), time(0), zone, hours)
    afternoon = _opening(morning.astimezone(zone).date() + timedelta(days=1), time(13, 30), zone, hours)
    return sorted({soon, morning, afternoon})


def _opening(day: date, clock: time, zone: ZoneInfo, hours: Hours) -> datetime:
    wanted = datetime.combine(day, clock, zone)
    return working_time.next_open(wanted.astimezone(UTC), *hours)


def _half_hour_up(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=30)
