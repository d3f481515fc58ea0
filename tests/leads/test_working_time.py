"""Working time, held against an oracle that walks minute by minute and looks at the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count, islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.working_time import (
    NINE_TO_FIVE,
    OFFICE_WEEK,
    Calendar,
    NoWorkingTimeError,
    add,
    add_many,
    before,
    between,
    next_open,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = Calendar()
MINUTE = timedelta(minutes=1)
ROUND_THE_CLOCK = Calendar(week=(((time(0), time(0)),),) * 7, country=None)


def local(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


def counts(at, calendar, absences=()):
    wall = at.astimezone(ZoneInfo(calendar.zone))
    hours = calendar.hours_on(wall.date())
    return is_within(wall.time(), hours) and not any(start <= at < end for start, end in absences)


def is_within(clock, hours):
    return any(start <= clock and (clock < end or end == time(0)) for start, end in hours)


def walk(start, calendar, absences=()):
    """Each minute from `start` on, and whether it counts; the hours of a day are asked for once."""
    zone, hours_on = ZoneInfo(calendar.zone), cache(calendar.hours_on)
    for n in count():
        at = start + n * MINUTE
        wall = at.astimezone(zone)
        is_open = is_within(wall.time(), hours_on(wall.date()))
        yield at, is_open and not any(begun <= at < over for begun, over in absences)


def slow_between(a, b, calendar, absences=()):
    minutes = max(0, int((b - a) / MINUTE))
    return sum(is_counted for _at, is_counted in islice(walk(a, calendar, absences), minutes))


def slow_add(start, minutes, calendar, absences=(), *, days):
    """The end of so many minutes, or None where it lies more than so many days away."""
    for at, is_counted in islice(walk(start, calendar, absences), days * 1440):
        minutes -= is_counted
        if not minutes:
            return at + MINUTE
    return None


# Hours on whole quarters, at night too, so that openings meet the changes of the clock.
quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))


@st.composite
def hours(draw):
    marks = sorted(draw(st.sets(quarters, max_size=6)))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw):
    zone = draw(
        st.sampled_from(
            ["Europe/Amsterdam", "UTC", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"]
        )
    )
    day = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    return Calendar(
        zone=zone,
        week=tuple(draw(hours()) for _ in range(7)),
        country=draw(st.sampled_from(["NL", None])),
        closes_on_good_friday=draw(st.booleans()),
        closed_on=draw(st.frozensets(day, max_size=3)),
        open_on=tuple(draw(st.dictionaries(day, hours(), max_size=2)).items()),
    )


changes = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 29), (10, 25), (3, 8), (11, 1), (4, 5))]
moments = st.one_of(
    st.tuples(st.sampled_from(changes), st.integers(-4000, 4000)),
    st.tuples(st.just(datetime(2026, 7, 1, tzinfo=UTC)), st.integers(-250_000, 250_000)),
).map(lambda pair: pair[0] + pair[1] * MINUTE)
absences = st.lists(
    st.tuples(moments, st.integers(0, 5000)).map(lambda pair: (pair[0], pair[0] + pair[1] * MINUTE)), max_size=3
)


@settings(max_examples=80, deadline=None)
@given(calendars(), moments, st.integers(0, 6000), absences)
def test_between_counts_the_minutes_on_the_wall(calendar, a, length, away):
    b = a + length * MINUTE
    assert between(a, b, calendar, away) == slow_between(a, b, calendar, away)
    assert between(b, a, calendar, away) == -between(a, b, calendar, away)


@settings(max_examples=80, deadline=None)
@given(calendars(), moments, st.integers(1, 900), absences)
def test_add_stops_where_the_walk_stops(calendar, start, minutes, away):
    if expected := slow_add(start, minutes, calendar, away, days=14):
        assert add(start, minutes, calendar, away) == expected


@settings(max_examples=150, deadline=None)
@given(calendars(), moments, st.integers(1, 20_000), absences)
def test_before_takes_back_what_add_gave(calendar, at, minutes, away):
    try:
        due, begun = add(at, minutes, calendar, away), before(at, minutes, calendar, away)
    except NoWorkingTimeError:
        return
    assert between(at, due, calendar, away) == minutes
    assert between(begun, at, calendar, away) == minutes
    assert before(due, minutes, calendar, away) == next_open(at, calendar, away)
    assert counts(begun, calendar, away)


@settings(max_examples=50, deadline=None)
@given(calendars(), st.lists(moments, max_size=5), st.integers(0, 3000))
def test_many_are_each_as_one(calendar, starts, minutes):
    try:
        expected = [add(start, minutes, calendar) for start in starts]
    except NoWorkingTimeError:
        return
    assert add_many(starts, minutes, calendar) == expected


def test_a_promise_made_on_friday_afternoon_falls_on_monday():
    assert add(local(2026, 11, 20, 16), 120, OFFICE) == local(2026, 11, 23, 10)


def test_time_that_fills_the_day_ends_at_its_close():
    assert add(local(2026, 11, 20, 9), 480, OFFICE) == local(2026, 11, 20, 17)
    assert add(local(2026, 11, 20, 17), 0, OFFICE) == local(2026, 11, 23, 9)


def test_the_answer_is_in_utc_and_keeps_seconds():
    due = add(local(2026, 11, 20, 16, 59, 30), 1, OFFICE)
    assert due == local(2026, 11, 23, 9, 0, 30)
    assert due.tzinfo is UTC


def test_between_has_parts_of_minutes():
    assert between(local(2026, 11, 20, 16, 59, 30), local(2026, 11, 23, 9), OFFICE) == 0.5


def test_dutch_holidays_are_closed_and_good_friday_is_a_switch():
    good_friday = date(2026, 4, 3)
    assert OFFICE.hours_on(good_friday) == NINE_TO_FIVE
    assert Calendar(closes_on_good_friday=True).hours_on(good_friday) == ()
    assert OFFICE.hours_on(date(2026, 4, 27)) == ()
    assert Calendar(country=None).hours_on(date(2026, 4, 27)) == NINE_TO_FIVE


def test_extra_days_close_and_open():
    saturday = date(2026, 11, 21)
    calendar = Calendar(closed_on=frozenset({date(2026, 11, 23)}), open_on=((saturday, ((time(10), time(12)),)),))
    assert add(local(2026, 11, 20, 16), 240, calendar) == local(2026, 11, 24, 10)


def test_several_intervals_a_day():
    calendar = Calendar(week=(((time(9), time(12)), (time(13), time(17))),) * 7, country=None)
    assert add(local(2026, 11, 20, 11), 120, calendar) == local(2026, 11, 20, 14)
    assert before(local(2026, 11, 20, 13), 60, calendar) == local(2026, 11, 20, 11)


def test_leave_does_not_count():
    leave = (local(2026, 11, 20, 12), local(2026, 11, 24, 13))
    assert add(local(2026, 11, 20, 11), 120, OFFICE, [leave]) == local(2026, 11, 24, 14)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 10, 26), 24)]
)
def test_the_days_on_which_the_clock_is_moved(day, hours):
    start = datetime.combine(day, time(0), AMSTERDAM)
    end = datetime.combine(day + timedelta(days=1), time(0), AMSTERDAM)
    assert between(start, end, ROUND_THE_CLOCK) == hours * 60


def test_a_closed_company_is_an_error():
    closed = Calendar(week=((),) * 7)
    for ask in (lambda: add(local(2026, 1, 1), 5, closed), lambda: before(local(2026, 1, 1), 5, closed)):
        with pytest.raises(NoWorkingTimeError, match="no working time within two years of 2026-01-01"):
            ask()


def test_one_far_day_is_too_far_and_a_nearer_one_is_not():
    def opened(day):
        return Calendar(week=((),) * 7, open_on=((day, NINE_TO_FIVE),))

    assert next_open(local(2026, 1, 1), opened(date(2027, 12, 30))) == local(2027, 12, 30, 9)
    with pytest.raises(NoWorkingTimeError):
        next_open(local(2026, 1, 1), opened(date(2028, 2, 1)))


def test_a_long_promise_runs_over_years():
    assert between(local(2026, 1, 1), add(local(2026, 1, 1), 400_000, OFFICE), OFFICE) == 400_000


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        add(local(2026, 1, 1).replace(tzinfo=None), 5, OFFICE)


@pytest.mark.parametrize(
    "day",
    [
        ((time(17), time(9)),),
        ((time(9), time(12)), (time(11), time(17))),
        ((time(9), time(0)), (time(10), time(11))),
    ],
)
def test_hours_that_run_backwards_or_overlap_are_refused(day):
    with pytest.raises(ValueError, match="Working hours"):
        Calendar(week=(*OFFICE_WEEK[:6], day))


def test_negative_minutes_are_refused():
    with pytest.raises(ValueError, match="negative"):
        add(local(2026, 1, 1), -5, OFFICE)
