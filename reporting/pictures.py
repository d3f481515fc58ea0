"""What do the pictures of the reports show?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadops.accounts.writing import number, percent
from reporting import ageing, charts
from reporting.cuts import Row
from reporting.figures import Figures, part


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the key to the seeds: its colour, its words, how many, and which part of what was expected."""

    colour: str
    label: str
    count: int
    share: float | None


def steps(figures: Figures) -> list[Step]:
    """Return the parts of what was expected of sales, from quick to never."""
    found = [
        ("quick", _("In time"), figures.in_time),
        ("ok", _("Up to a day late"), figures.up_to_a_day_late),
        ("slow", _("Later than that"), figures.over_a_day_late),
        *([("moved", _("Nothing was promised"), figures.unpromised)] if figures.unpromised else []),
        ("gone", _("Never"), figures.never),
    ]
    return [Step(colour, label, count, part(count, figures.expected)) for colour, label, count in found]


def seeds(figures: Figures) -> SafeString:
    """Draw the promotions of which a follow-up was expected; the never followed up are the dark heart."""
    each = charts.leads_a_dot(figures.expected)
    label = ngettext("Cloud of dots: each is %(each)s lead.", "Cloud of dots: each is %(each)s leads.", each)
    told = _("The dark heart, %(share)s, are the leads that nobody followed up.")
    words = f"{label} {told}" % {"each": number(each), "share": percent(figures.share)}
    return charts.seeds([(step.colour, step.count) for step in reversed(steps(figures))], label=words)


def dot_size(figures: Figures) -> int:
    """Return how many leads one dot of the cloud stands for."""
    return charts.leads_a_dot(figures.expected)


def how_long(ages: Mapping[int, int], figures: Figures) -> SafeString:
    """Draw how long the never followed up lie; who is not yet due stands before the promise."""
    bars = ageing.bars(ages, figures.not_yet_due)
    title = _("Days since the promise broke of leads never followed up")
    return charts.histogram(bars, key="age", title=title, goal=_("promise broken"))


def week_label(monday: date) -> str:
    """Write a week as its number in the year."""
    return _("wk %(n)s") % {"n": monday.isocalendar().week}


def by_week(
    weeks: Sequence[tuple[date, Figures]], target: int, *, nightly: Mapping[date, float] | None = None
) -> SafeString:
    """Draw the follow-up rate by week against its target, and dashed what was known of it at night."""
    shares = [figures.follow_up_rate for _monday, figures in weeks]
    known = [nightly.get(monday) for monday, _figures in weeks] if nightly else None
    return _weekly("rate", _("Follow-up rate by week"), weeks, shares, target, known)


def in_time_by_week(weeks: Sequence[tuple[date, Figures]], target: int) -> SafeString:
    """Draw the in-time rate by week against its target."""
    shares = [figures.in_time_rate for _monday, figures in weeks]
    return _weekly("in-time", _("In-time rate by week"), weeks, shares, target, None)


def _weekly(
    key: str,
    title: str,
    weeks: Sequence[tuple[date, Figures]],
    shares: list[float | None],
    target: int,
    known: list[float | None] | None,
) -> SafeString:
    return charts.weekly(
        [week_label(monday) for monday, _figures in weeks],
        charts.Line(title, shares),
        key=key,
        title=title,
        target=target / 100,
        target_label=_("target %(percent)s") % {"percent": percent(target / 100)},
        nightly=charts.Line(_("As known at night"), known) if known else None,
    )


def causes(rows: Sequence[Row]) -> SafeString:
    """Draw why promises broke: of each cause what was never followed up, and what was late."""
    stacks = [
        charts.Stack(
            row.name,
            [
                charts.Bar(_("never"), row.figures.never, "a6"),
                charts.Bar(_("late"), row.figures.late, "a3"),
            ],
            number(row.figures.never),
        )
        for row in rows
    ]
    return charts.stacked(stacks, key="causes", title=_("Why promises broke"))


def age_rows(ages: Mapping[int, int]) -> list[tuple[str, int]]:
    """Return the numbers behind how long they lie."""
    return list(zip(ageing.labels(), ageing.counts(ages), strict=True))


def points(share: float | None) -> int:
    """Return a share as whole percentage points."""
    return round(100 * (share or 0))


def points_better(before: Figures, now: Figures) -> int | None:
    """Return by how many percentage points the share fell since the period before; None where one has no share."""
    if before.share is None or now.share is None:
        return None
    return points(before.share) - points(now.share)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week in the table behind the lines."""

    label: str
    monday: date
    figures: Figures
    known_at_night: float | None


def week_rows(weeks: Sequence[tuple[date, Figures]], nightly: Mapping[date, float]) -> list[WeekRow]:
    """Return the numbers behind the weekly lines, the last week first."""
    return [WeekRow(week_label(monday), monday, figures, nightly.get(monday)) for monday, figures in reversed(weeks)]
