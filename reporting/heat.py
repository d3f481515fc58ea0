"""Where does it go wrong: which campaign, with whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext

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


@dataclass(frozen=True, slots=True)
class Cell:
    """One campaign with one rep: where its leads are listed, and its figures."""

    key: str
    figures: Figures

    @property
    def shade(self) -> str:
        """The class of its shade."""
        return heat(self.figures.share or 0)


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
    found = cut(groups, lambda group: (group.campaign, named.key(group.owner)))
    rows = cuts.by_campaign(Group(campaign, "", None, figures) for (campaign, _key), figures in found.items())
    cells = {(str(campaign or ""), key): figures for (campaign, key), figures in found.items()}
    lines = [
        Line(
            row.name,
            [
                Cell(f"{row.key or NONE}.{column.key}", cells.get((row.key, column.key), Figures()))
                for column in columns
            ],
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
    return Line(name, [Cell("", figures) for figures in sums], total(row.figures for row in rows))
