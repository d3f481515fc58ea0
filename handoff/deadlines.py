"""By when must a rep accept a lead, follow it up, and do the next thing? In working time, never beyond the promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from handoff.models import FollowUp
from leads import calendars, working_time
from leads.prepared import Prepared
from leads.working_time import Calendar, NoWorkingTimeError
from qualification.definition import signed
from qualification.models import Definition

# Working minutes, where neither a policy nor the definition says otherwise.
ACCEPT_MINUTES = 480
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


class Known(NamedTuple):
    """What deadlines depend on at a moment: the company's hours, those of some reps, and the version in force."""

    company: Calendar
    hours: Mapping[int, Hours]
    definition: Definition | None


class Clock:
    """The working hours of any number of reps, read once and when first needed; every deadline of one operation is reckoned on it."""

    def __init__(self, rep_ids: Iterable[int], at: datetime) -> None:
        self.at = at
        self.rep_ids = set(rep_ids)
        self.known: dict[tuple[int | None, int], datetime] = {}

    @cached_property
    def read(self) -> Known:
        return _known(self.rep_ids, self.at)

    @property
    def definition(self) -> Definition | None:
        """The version of the definition that is in force."""
        return self.read.definition

    @property
    def accept_minutes(self) -> int:
        """How much working time a rep has to accept, by the definition in force."""
        return self.definition.accept_minutes if self.definition else ACCEPT_MINUTES

    def due(self, rep_id: int | None, minutes: int) -> datetime:
        """When so many of the rep's working minutes have passed; the company's where the rep has none ahead."""
        key = (rep_id, minutes)
        if key not in self.known:
            self.known[key] = self._reckoned(rep_id, minutes)
        return self.known[key]

    def of(self, rep_id: int | None) -> Hours:
        """When the rep works; the company's hours where nothing else is known."""
        company = Hours(self.read.company)
        return self.read.hours.get(rep_id, company) if rep_id is not None else company

    def _reckoned(self, rep_id: int | None, minutes: int) -> datetime:
        calendar, absences = self.of(rep_id)
        try:
            return working_time.add(self.at, minutes, calendar, absences)
        except NoWorkingTimeError:
            return working_time.add(self.at, minutes, self.read.company)


# The version in force, leave that is not over, and each calendar that counts with who of the reps works by it; a row
# comes back where there is no calendar. Rides absence_of_rep.
_READ = Prepared(
    """
    SELECT d.id, d.in_force_at, away.reps, away.starts, away.ends, c.is_default,
        ARRAY(SELECT r.user_id FROM handoff_rep r WHERE r.calendar_id = c.id AND r.user_id = ANY(%(reps)s)),
        c.time_zone, c.hours::text, c.country, c.is_good_friday_closed, c.closed_on, c.open_on
    FROM (
        SELECT array_agg(a.rep_id) AS reps, array_agg(a.starts_at) AS starts, array_agg(a.ends_at) AS ends
        FROM handoff_absence a WHERE a.rep_id = ANY(%(reps)s) AND a.ends_at > %(at)s
    ) away
    LEFT JOIN (
        SELECT id, in_force_at FROM qualification_definition WHERE in_force_at <= %(at)s
        ORDER BY in_force_at DESC, version DESC LIMIT 1
    ) d ON true
    LEFT JOIN leads_businesscalendar c ON c.is_default OR c.id IN (
        SELECT r.calendar_id FROM handoff_rep r WHERE r.user_id = ANY(%(reps)s))
""",
    reps="bigint[]",
    at="timestamptz",
)


def _known(rep_ids: set[int], at: datetime) -> Known:
    """All that deadlines of these reps depend on: one statement."""
    with connection.cursor() as cursor:
        _READ.run(cursor, {"reps": sorted(rep_ids), "at": at})
        rows = cursor.fetchall()
    key, in_force_at, *away = rows[0][:5]
    company = calendars.OFFICE
    own: dict[int, Calendar] = {}
    for is_default, holders, *stored in (row[5:] for row in rows if row[5] is not None):
        calendar = calendars.kept(*stored[:4], *map(tuple, stored[4:]))
        company = calendar if is_default else company
        own |= dict.fromkeys(holders, calendar)
    absences = _absences(*(column or [] for column in away))
    hours = {rep: Hours(own.get(rep, company), tuple(absences.get(rep, ()))) for rep in own.keys() | absences.keys()}
    return Known(company, hours, signed(key, in_force_at) if key else None)


def _absences(
    reps: Sequence[int], starts: Sequence[datetime], ends: Sequence[datetime]
) -> dict[int, list[tuple[datetime, datetime]]]:
    away: dict[int, list[tuple[datetime, datetime]]] = {}
    for rep, start, end in zip(reps, starts, ends, strict=True):
        away.setdefault(rep, []).append((start, end))
    return away


def binding(promised_by: datetime | None, answered_at: datetime | None, at: datetime) -> datetime | None:
    """The promise that no next step may pass: one that is unanswered and still ahead; else None."""
    return promised_by if promised_by is not None and answered_at is None and promised_by > at else None


def within(due: datetime, promise: datetime | None) -> datetime:
    """`due`, or the promise where that comes first."""
    return due if promise is None else min(due, promise)


def next_step(clock: Clock, rep_id: int, disposition: str) -> datetime:
    """When a lead comes up again after a follow-up for which no date was chosen."""
    return clock.due(rep_id, NEXT_STEP_MINUTES[disposition])


def proposals(rep_id: int, clock: Clock) -> Sequence[datetime]:
    """Three moments to choose from: later today, the next working morning, the afternoon after that."""
    hours = clock.of(rep_id)
    zone = ZoneInfo(hours.calendar.zone)
    soon = _half_hour_up(clock.due(rep_id, HALF_DAY // 2))
    morning = _opening(clock.at.astimezone(zone).date() + timedelta(days=1), time(0), zone, hours)
    afternoon = _opening(morning.astimezone(zone).date() + timedelta(days=1), time(13, 30), zone, hours)
    return sorted({soon, morning, afternoon})


def _opening(day: date, clock: time, zone: ZoneInfo, hours: Hours) -> datetime:
    wanted = datetime.combine(day, clock, zone)
    return working_time.next_open(wanted.astimezone(UTC), *hours)


def _half_hour_up(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=30)
