"""How are the reports told to other programs: on the command line and in the API, with the very same figures?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from leadops.accounts.models import Company
from reporting import black_hole, cuts, follow_up_rate
from reporting.facts import Facts
from reporting.periods import Period, is_within_reach, quarter
from reporting.tracking import Shown


class PeriodRefused(ValueError):
    """A report is asked for a period or a moment that cannot be; says why in the reader's language."""


def facts(
    first: date | None,
    last: date | None,
    as_of: datetime | None,
    *,
    company: Company,
    now: datetime,
    with_imported: bool = False,
) -> Facts:
    """The facts of a period as known at a moment: until its day, from the first of the quarter, where none is said."""
    at = as_of or now
    if at > now:
        raise PeriodRefused(_("This moment has not come yet."))
    final = last or at.astimezone(ZoneInfo(company.time_zone)).date()
    begin = first or quarter(final, company.time_zone).first
    if not all(is_within_reach(day, now) for day in (begin, final, at.date())):
        raise PeriodRefused(_("Choose days from 2000 to the end of next year."))
    if begin > final:
        raise PeriodRefused(_("The period ends before it begins."))
    period = Period(begin, final, company.time_zone)
    return Facts(period, at, is_live=as_of is None, with_imported=with_imported)


def black_hole_told(asked: Facts, currency: str, shown: Shown) -> dict[str, Any]:
    """What was never followed up, and its cuts; reps by name as far as `shown`."""
    report = black_hole.report(asked)
    return {
        **_head(asked),
        **report.whole.as_row(),
        "currency": currency,
        **_cuts(report.groups, shown),
        "by_cause": [row.as_row() for row in cuts.by_cause(black_hole.causes(asked, report.costs))],
    }


def follow_up_rate_told(asked: Facts, currency: str, shown: Shown) -> dict[str, Any]:
    """How many were followed up, how many in time and how fast, by week and by group."""
    report = follow_up_rate.report(asked)
    whole = report.whole
    return {
        **_head(asked),
        **whole.as_row(),
        "follow_up_rate": _rounded(whole.follow_up_rate),
        "in_time_rate": _rounded(whole.in_time_rate),
        "median_response_minutes": _minutes(report.response.median),
        "ninth_tenth_response_minutes": _minutes(report.response.ninth_tenth),
        "currency": currency,
        "by_week": [row.as_row() for row in cuts.by_week(report.weeks)],
        **_cuts(report.groups, shown),
    }


def _head(asked: Facts) -> dict[str, str]:
    period = asked.period
    return {"from": period.first.isoformat(), "to": period.last.isoformat(), "as_of": asked.as_of.isoformat()}


def _cuts(groups: list[black_hole.Group], shown: Shown) -> dict[str, list[dict[str, Any]]]:
    return {
        "by_channel": [row.as_row() for row in cuts.by_channel(groups)],
        "by_campaign": [row.as_row() for row in cuts.by_campaign(groups)],
        "by_rep": [row.as_row() for row in cuts.by_rep(groups, shown)],
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _minutes(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds() / 60)
