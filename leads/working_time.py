"""Which minutes count, and when is a promise of so many of them due?

A calendar says when a company works: hours a weekday, holidays, days closed or open besides. Time is reckoned
as intervals of absolute time, never minute by minute, so that it is exact across summer time: a minute counts
when the clock on the wall of the calendar's zone stands within the hours of its day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

import holidays

Hours = tuple[tuple[time, time], ...]
Absence = tuple[datetime, datetime]
Span = tuple[int, int]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_A_MINUTE = 60_000_000
MIDNIGHT = time(0)
TWO_YEARS = timedelta(days=731) // MICROSECOND

NINE_TO_FIVE: Hours = ((time(9), time(17)),)
OFFICE_WEEK: tuple[Hours, ...] = (NINE_TO_FIVE,) * 5 + ((), ())


class NoWorkingTimeError(ValueError):
    """The calendar holds no working time within two years of the moment asked about."""


@dataclass(frozen=True)
class Calendar:
    """When a company works, as plain values that can be compared and cached.

    `week` holds the hours of Monday to Sunday, each a tuple of (start, end) on the wall clock; an end at
    midnight is the end of that day. `country` closes its public holidays (None: no holidays), Good Friday
    only when `closes_on_good_friday`. `closed_on` and `open_on` come on top; `open_on` wins over all else.
    """

    zone: str = "Europe/Amsterdam"
    week: tuple[Hours, ...] = OFFICE_WEEK
    country: str | None = "NL"
    closes_on_good_friday: bool = False
    closed_on: frozenset[date] = frozenset()
    open_on: tuple[tuple[date, Hours], ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("A week has seven days.")
        for hours in (*self.week, *(hours for _, hours in self.open_on)):
            check_hours(hours)

    def hours_on(self, day: date) -> Hours:
        """The working hours of one day, on the wall clock."""
        extra = dict(self.open_on).get(day)
        if extra is not None:
            return extra
        hours = self.week[day.weekday()]
        if hours and (day in self.closed_on or day in self.holidays(day.year)):
            return ()
        return hours

    def holidays(self, year: int) -> frozenset[date]:
        """The public holidays of a year that close the company."""
        if self.country is None:
            return frozenset()
        return public_holidays(self.country, year, self.closes_on_good_friday)


def check_hours(hours: Hours) -> None:
    """Refuse hours of one day that run backwards, overlap or pass midnight."""
    reached = MIDNIGHT
    for n, (start, end) in enumerate(hours):
        if (n and (start < reached or reached == MIDNIGHT)) or (end != MIDNIGHT and end <= start):
            raise ValueError(f"Working hours must follow each other within one day: {start}-{end}.")
        reached = end


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int, with_good_friday: bool) -> frozenset[date]:
    """The public holidays of a country, Good Friday left out unless asked for."""
    days = holidays.country_holidays(country, years=year, language="en_US")
    return frozenset(day for day, name in days.items() if with_good_friday or "Good Friday" not in name)


class Year:
    """The openings of one local year as sorted absolute intervals, with the working time before each."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = list(spans)
        self.starts = [start for start, _ in self.spans]
        self.ends = [end for _, end in self.spans]
        self.before = [0]
        for start, end in self.spans:
            self.before.append(self.before[-1] + end - start)
        self.total = self.before[-1]

    def worked_until(self, at: int) -> int:
        """Working time from the start of the year to `at`."""
        i = bisect_right(self.starts, at) - 1
        if i < 0:
            return 0
        return self.before[i] + min(at, self.ends[i]) - self.starts[i]

    def first_with(self, worked: int) -> int:
        """The first moment by which `worked` has passed; 0 < worked <= total."""
        i = bisect_left(self.before, worked) - 1
        return self.starts[i] + worked - self.before[i]

    def last_with(self, worked: int) -> int:
        """The last moment by which no more than `worked` has passed; 0 <= worked < total."""
        i = bisect_right(self.before, worked) - 1
        return self.starts[i] + worked - self.before[i]

    def without(self, absences: Sequence[Span]) -> "Year":
        """The same openings with the absences cut out."""
        return Year(cut(self.spans, absences)) if absences else self


class Timeline(dict[int, Year]):
    """The openings of a calendar by year, made when first asked for."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar
        self.zone = ZoneInfo(calendar.zone)

    def __missing__(self, year: int) -> Year:
        first = date(year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
        self[year] = Year(joined(span for day in days for span in self.openings(day)))
        return self[year]

    def openings(self, day: date) -> list[Span]:
        """The working hours of a day as absolute intervals, in microseconds since 1970."""
        hours = self.calendar.hours_on(day)
        if not hours:
            return []
        opens = datetime.combine(day, MIDNIGHT)
        before, after = offset(opens, self.zone), offset(opens + DAY, self.zone)
        walls = [(wall(day, start), wall(day if end != MIDNIGHT else day + DAY, end)) for start, end in hours]
        if before == after:
            return [(start - before, end - before) for start, end in walls]
        return changing(walls, before, after, changeover(opens, self.zone))


@lru_cache(maxsize=64)
def timeline(calendar: Calendar) -> Timeline:
    """The openings of a calendar, kept between calls."""
    return Timeline(calendar)


def wall(day: date, clock: time) -> int:
    """A reading of the wall clock in microseconds, as if its zone were UTC."""
    return micros(datetime.combine(day, clock, UTC))


def offset(naive: datetime, zone: tzinfo) -> int:
    """How far the wall clock is ahead of UTC, in microseconds."""
    return (naive.replace(tzinfo=zone).utcoffset() or timedelta()) // MICROSECOND


def changeover(opens: datetime, zone: tzinfo) -> int:
    """The moment within a day at which the clock is moved, found by halving the day."""
    low = opens.replace(tzinfo=zone).astimezone(UTC) - SECOND
    high = (opens + DAY).replace(tzinfo=zone).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + (high - low) // 2 // SECOND * SECOND
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return micros(high)


def changing(walls: list[Span], before: int, after: int, change: int) -> list[Span]:
    """The openings of a day on which the clock is moved: what the old offset gives until then, the new from then."""
    old = [(start - before, min(end - before, change)) for start, end in walls]
    new = [(max(start - after, change), end - after) for start, end in walls]
    return [(start, end) for start, end in old + new if start < end]


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Sorted intervals with those that touch or overlap made one."""
    last: Span | None = None
    for start, end in spans:
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def cut(spans: Iterable[Span], absences: Sequence[Span]) -> Iterator[Span]:
    """What is left of sorted intervals when sorted, disjoint absences are taken out."""
    ends = [end for _, end in absences]
    for start, end in spans:
        left = start
        for gone_from, gone_until in absences[bisect_right(ends, start) :]:
            if gone_from >= end:
                break
            if gone_from > left:
                yield left, gone_from
            left = max(left, gone_until)
        if left < end:
            yield left, end


def micros(at: datetime) -> int:
    """A moment in microseconds since 1970."""
    if at.tzinfo is None:
        raise ValueError("Working time is reckoned between moments with a time zone.")
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """The moment, in UTC, so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=at)


def away(absences: Iterable[Absence]) -> list[Span]:
    """Absences as sorted, disjoint intervals."""
    return list(joined(sorted((micros(start), micros(end)) for start, end in absences if start < end)))


def add(start: datetime, minutes: int, calendar: Calendar, absences: Iterable[Absence] = ()) -> datetime:
    """The first moment, in UTC, by which `minutes` of working time have passed since `start`.

    With no minutes at all it is the next moment that counts, `start` itself when open. Raises
    NoWorkingTimeError when no working time lies within two years of `start`.
    """
    return added(timeline(calendar), start, minutes * MICROSECONDS_A_MINUTE, away(absences))


def add_many(
    starts: Iterable[datetime], minutes: int, calendar: Calendar, absences: Iterable[Absence] = ()
) -> list[datetime]:
    """`add` for each of `starts`, in their order."""
    years, length, gone = timeline(calendar), minutes * MICROSECONDS_A_MINUTE, away(absences)
    return [added(years, start, length, gone) for start in starts]


def next_open(at: datetime, calendar: Calendar, absences: Iterable[Absence] = ()) -> datetime:
    """`at` itself when it counts as working time, else the next moment that does, in UTC."""
    return add(at, 0, calendar, absences)


def before(end: datetime, minutes: int, calendar: Calendar, absences: Iterable[Absence] = ()) -> datetime:
    """The last moment, in UTC, from which `minutes` of working time are still to pass until `end`.

    With no minutes at all it is `end` itself when working time ends or goes on there, else the close before it.
    """
    return taken(timeline(calendar), end, minutes * MICROSECONDS_A_MINUTE, away(absences))


def between(a: datetime, b: datetime, calendar: Calendar, absences: Iterable[Absence] = ()) -> float:
    """The minutes of working time from `a` to `b`; negative when `b` comes first."""
    if b < a:
        return -between(b, a, calendar, absences)
    years, gone = timeline(calendar), away(absences)
    start, end, worked = micros(a), micros(b), 0
    for number in range((a - DAY).year, (b + DAY).year + 1):
        year = years[number].without(gone)
        worked += year.worked_until(end) - year.worked_until(start)
    return worked / MICROSECONDS_A_MINUTE


def added(years: Timeline, start: datetime, length: int, gone: Sequence[Span]) -> datetime:
    """The moment `length` microseconds of working time after `start`."""
    refuse_negative(length)
    at = micros(start)
    for year, passed in years_ahead(years, start, gone):
        if length and length <= year.total - passed:
            return moment(year.first_with(passed + length))
        if not length:
            return moment(max(at, year.last_with(passed)))
        length -= year.total - passed
    raise AssertionError("years ahead do not end")


def taken(years: Timeline, end: datetime, length: int, gone: Sequence[Span]) -> datetime:
    """The moment `length` microseconds of working time before `end`."""
    refuse_negative(length)
    at = micros(end)
    for year, passed in years_back(years, end, gone):
        if length and length <= passed:
            return moment(year.last_with(passed - length))
        if not length:
            return moment(min(at, year.first_with(passed)))
        length -= passed
    raise AssertionError("years back do not end")


def years_ahead(years: Timeline, start: datetime, gone: Sequence[Span]) -> Iterator[tuple[Year, int]]:
    """Each year with working time left after `start`, and what of it had passed by then."""
    reached = at = micros(start)
    for number in count((start - DAY).year):
        year = years[number].without(gone)
        passed = year.worked_until(at)
        if passed < year.total:
            if not passed:
                refuse_gap(year.starts[0] - reached, start)
            yield year, passed
            reached = year.ends[-1]
        else:
            refuse_gap(micros(datetime(number, 12, 31, tzinfo=UTC)) - reached, start)


def years_back(years: Timeline, end: datetime, gone: Sequence[Span]) -> Iterator[tuple[Year, int]]:
    """Each year with working time before `end`, the latest first, and how much of it."""
    reached = at = micros(end)
    for number in count((end + DAY).year, -1):
        year = years[number].without(gone)
        passed = year.worked_until(at)
        if passed:
            if passed == year.total:
                refuse_gap(reached - year.ends[-1], end)
            yield year, passed
            reached = year.starts[0]
        else:
            refuse_gap(reached - micros(datetime(number, 1, 2, tzinfo=UTC)), end)


def refuse_gap(gap: int, at: datetime) -> None:
    """Nobody waits two years for a working day: such a calendar is a mistake, and is said to be one."""
    if gap > TWO_YEARS:
        raise NoWorkingTimeError(f"The calendar holds no working time within two years of {at:%Y-%m-%d}.")


def refuse_negative(length: int) -> None:
    """Working time is added or taken away by `add` and `before`, never with a minus."""
    if length < 0:
        raise ValueError("Minutes of working time cannot be negative.")
