"""On which day and at what hour did something happen, counted in working time back from the moment of loading?

The story is told in minutes of the company's working time: nought is the opening of the day that is on or comes next,
what lies before it has happened. So holidays, weekends and summer time change dates, and never what came of a lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from leads.working_time import Calendar

DAY_MINUTES = 510
OPENS, CLOSES = time(9), time(17, 30)
DAY = timedelta(days=1)
LATEST_EVENING = timedelta(hours=5)
AHEAD = 140


class Almanac:
    """Working days by number, seen from `now`: -1 is the last one that is over."""

    def __init__(self, now: datetime, calendar: Calendar, days: int) -> None:
        self.now, self.zone, self.calendar = now, ZoneInfo(calendar.zone), calendar
        today = now.astimezone(self.zone).date()
        is_over = now >= datetime.combine(today, CLOSES, self.zone)
        last = today if is_over else today - DAY
        self.days = days
        self.before = list(islice(self._working_days(last, -DAY), days + 1))
        self.after = list(islice(self._working_days(last + DAY, DAY), AHEAD))

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            if self.calendar.hours_on(day):
                yield day
            day += step

    def date_of(self, day: int) -> date:
        """The date of a working day."""
        return self.after[day] if day >= 0 else self.before[-day - 1]

    def at(self, minute: int) -> datetime:
        """The moment at which so many working minutes lie between it and the opening of day nought."""
        day, rest = divmod(minute, DAY_MINUTES)
        return self.on(day, OPENS) + timedelta(minutes=rest)

    def on(self, day: int, clock: time) -> datetime:
        """A moment of a working day, by the clock on the wall; in UTC, so that sums are of absolute time."""
        return datetime.combine(self.date_of(day), clock, self.zone).astimezone(UTC)

    def evening(self, day: int, share: float) -> datetime:
        """A moment after the close of a day and before `now`, the same evening."""
        closes = self.on(day, CLOSES)
        return closes + min(LATEST_EVENING, self.now - closes) * (0.02 + 0.96 * share)

    @property
    def elapsed(self) -> int:
        """How many working minutes of day nought have passed."""
        opens = self.on(0, OPENS)
        return min(max(int((self.now - opens).total_seconds() // 60), 0), DAY_MINUTES)

    @property
    def first(self) -> date:
        """The first day of the story."""
        return self.date_of(-self.days)

    @property
    def eve(self) -> datetime:
        """The morning before the first day."""
        return self.on(-self.days - 1, time(8))

    def later_today(self, share: float) -> datetime:
        """A moment between now and the end of the reader's day, within office hours where some are left."""
        local = self.now.astimezone(self.zone)
        last = min(max(_clock(local, time(17, 15)), local + timedelta(hours=3)), _clock(local, time(23, 55)))
        first = max(min(local + timedelta(minutes=12), last), _clock(local, time(9, 20)))
        moment = first + (last - first) * share
        return moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0) if share else first


def _clock(moment: datetime, clock: time) -> datetime:
    return moment.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
