"""By what are the figures cut, and what are the rows called?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from handoff.models import BrokenPromise
from leads.models import Campaign
from leads.stages import Channel
from reporting.black_hole import UNKNOWN, Group, cut
from reporting.figures import Figures
from reporting.tracking import Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a cut: its key, its name for the reader, its figures."""

    key: str
    name: str
    figures: Figures

    def as_row(self) -> dict[str, Any]:
        """The row as commands and integrations tell it."""
        return {"key": self.key, "name": self.name, **self.figures.as_row()}


def worst_first(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by what was never followed up, then by name."""
    return sorted(rows, key=lambda row: (-row.figures.never, row.name.casefold(), row.key))


def by_channel(groups: Iterable[Group]) -> list[Row]:
    """Cut by channel."""
    sums = cut(groups, attrgetter("channel"))
    return worst_first(Row(key, str(Channel(key).label), figures) for key, figures in sums.items())


def by_campaign(groups: Iterable[Group]) -> list[Row]:
    """Cut by campaign; leads of none stand together."""
    sums = cut(groups, attrgetter("campaign"))
    names = dict(Campaign.objects.filter(pk__in=[key for key in sums if key]).values_list("pk", "name"))
    return worst_first(Row(str(key or ""), names.get(key, _("No campaign")), figures) for key, figures in sums.items())


def by_rep(groups: Iterable[Group], shown: Shown) -> list[Row]:
    """Cut by rep, as far as the viewer sees them by name."""
    sums = cut(groups, lambda group: shown.key(group.owner))
    return worst_first(Row(key, shown.name(key), figures) for key, figures in sums.items())


def by_cause(causes: Mapping[str, Figures]) -> list[Row]:
    """Name the causes of broken promises; those whose cause nobody has found yet are unknown."""
    labels = {**dict(BrokenPromise.Cause.choices), UNKNOWN: _("Not yet known")}
    return worst_first(Row(key, str(labels[key]), figures) for key, figures in causes.items())


def by_week(weeks: Iterable[tuple[date, Figures]]) -> list[Row]:
    """The weeks, each under its Monday."""
    return [Row(monday.isoformat(), monday.isoformat(), figures) for monday, figures in weeks]
