from __future__ import annotations

from datetime import date

import pytest

from reporting.periods import Period, named

NL = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_named(name, first, last):
    assert named(name, date(2026, 11, 21), NL) == Period(first, last, NL)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2024, 3, 1), date(2024, 3, 31), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 5, 4), date(2026, 5, 10), (date(2026, 4, 27), date(2026, 5, 3))),
        (date(2026, 5, 4), date(2026, 5, 4), (date(2026, 5, 3), date(2026, 5, 3))),
    ],
)
def test_before(first, last, before):
    assert Period(first, last, NL).before() == Period(*before, NL)


def test_days_of_the_company_across_summer_time():
    period = Period(date(2026, 10, 25), date(2026, 10, 25), NL)
    assert (period.until - period.since).total_seconds() == 24 * 3600
    assert (period.since.isoformat(), period.until.isoformat()) == (
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
    )
    assert period.until.timestamp() - period.since.timestamp() == 25 * 3600


def test_weeks_are_all_that_have_a_day_in_the_period():
    assert Period(date(2026, 11, 1), date(2026, 11, 16), NL).weeks == [
        date(2026, 10, 26),
        date(2026, 11, 2),
        date(2026, 11, 9),
        date(2026, 11, 16),
    ]
