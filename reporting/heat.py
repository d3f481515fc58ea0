"""Where does it go wrong: which campaign, with whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadops.accounts.writing import number, percent
from reporting import cuts
from reporting.black_hole import Group, by_owner_alone, cut
from reporting.charts import heat
from reporting.cuts import Row
from reporting.figures import Figures, total
from reporting.tracking import OTHERS, POOL, Shown

MOST_COLUMNS = 8
MOST_ROWS = 12
ANY = "all"
NONE = "none"


class Cell(NamedTuple):
    """One campaign with one rep as it reads: where its leads are listed, its shade, its share, and its leads of how many.

    Without a shade nothing was expected of anybody.
    """

    key: str
    shade: str = ""
    share: str = ""
    never: str = ""
    of_all: str = ""


def cell(key: str, figures: Figures | None) -> Cell:
    """Return the cell of some figures."""
    if figures is None or not figures.expected:
        return Cell(key)
    of_all = _("of %(all)s leads") % {"all": number(figures.expected)}
    return Cell(key, heat(figures.share or 0), percent(figures.share), number(figures.never), of_all)


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign: a cell for each column, and what they come to."""

    name: str
    cells: list[Cell]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Heat:
    """The table: reps across, campaigns down; `named` are the reps that have a column of their own."""

    columns: list[Row]
    lines: list[Line]
    named: Shown

    @property
    def has_money(self) -> bool:
        """Whether anything in it had a known cost."""
        return any(line.figures.spend_lost > Decimal() for line in self.lines)


def columns_of(groups: Sequence[Group], shown: Shown) -> tuple[list[Row], Shown]:
    """Return a column for each of the reps with most never followed up, one for the others and one for the pools."""
    reps = by_owner_alone(groups)
    rows = [row for row in cuts.by_rep(reps, shown) if row.key not in (POOL, OTHERS)]
    named = shown.only({int(row.key) for row in rows[:MOST_COLUMNS]})
    columns = cuts.by_rep(reps, named)
    order = {POOL: 2, OTHERS: 1}
    return sorted(columns, key=lambda row: order.get(row.key, 0)), named


def table(groups: Sequence[Group], shown: Shown) -> Heat:
    """Return the heat table of campaigns by reps."""
    columns, named = columns_of(groups, shown)
    keys = {owner: named.key(owner) for owner in {group.owner for group in groups}}
    found = cut(groups, lambda group: (group.campaign, keys[group.owner]))
    rows = cuts.by_campaign(Group(campaign, "", None, figures) for (campaign, _key), figures in found.items())
    cells = {(str(campaign or ""), key): figures for (campaign, key), figures in found.items()}
    lines = [
        Line(
            row.name,
            [cell(f"{row.key or NONE}.{column.key}", cells.get((row.key, column.key))) for column in columns],
            row.figures,
        )
        for row in rows[:MOST_ROWS]
    ]
    if left := rows[MOST_ROWS:]:
        lines.append(told_in_one(left, columns, cells))
    return Heat(columns, lines, named)


def told_in_one(rows: Sequence[Row], columns: Sequence[Row], cells: dict[tuple[str, str], Figures]) -> Line:
    """Return the campaigns for which there is no room as one line, whose cells list nothing."""
    name = ngettext("%(n)s other campaign", "%(n)s other campaigns", len(rows)) % {"n": len(rows)}
    sums = [total(cells.get((row.key, column.key), Figures()) for row in rows) for column in columns]
    return Line(name, [cell("", figures) for figures in sums], total(row.figures for row in rows))
