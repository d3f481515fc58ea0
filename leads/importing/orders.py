"""In which order do day, month and year stand in a column, and where is that to be asked because no value tells?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy

from leads.importing.reading import Table
from leads.importing.values.dates import FIGURES, Order, decided, order_of_cell

LABELS: dict[str, Any] = {
    "dmy": gettext_lazy("Day-month-year"),
    "mdy": gettext_lazy("Month-day-year"),
    "ymd": gettext_lazy("Year-month-day"),
}
MONTH_FIRST = frozenset({"US"})
"""The countries in which the month is written first."""
LONGEST_DATE = 40

vote_of = lru_cache(maxsize=1 << 14)(order_of_cell)


def undecided(table: Table) -> dict[str, Order | None]:
    """For each column, by its place, whose samples leave the order open: what all of its values tell; None where none does."""
    columns = enumerate(zip(*table.samples, strict=True))
    votes: dict[int, Counter[Order]] = {place: Counter() for place, cells in columns if is_open(cells)}
    if votes:
        for record in table.records():
            for place, counted in votes.items():
                if vote := vote_of(record.cells[place][:LONGEST_DATE]):
                    counted[vote] += 1
    return {str(place): decided(counted) for place, counted in votes.items()}


def is_open(samples: Iterable[str]) -> bool:
    """Whether there are dates in figures among the samples, and none of them all tells their order."""
    cells = [cell for cell in map(str.strip, samples) if cell[:1].isdigit() and len(cell) <= LONGEST_DATE]
    return any(map(is_ambiguous, cells)) and decided(Counter(filter(None, map(vote_of, cells)))) is None


def is_ambiguous(cell: str) -> bool:
    """Whether a cell is a date in which day and month could change places."""
    figures = FIGURES.match(cell)
    if not figures or vote_of(cell):
        return False
    first, second = int(figures[1]), int(figures[3])
    return first != second and 0 < first <= 12 and 0 < second <= 12


def asked(reading: Mapping[str, Any]) -> list[int]:
    """The places of the columns whose order no value tells."""
    return [int(place) for place, order in reading.get("orders", {}).items() if order is None]


def of_column(place: int, reading: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """The order of a column whose samples do not tell: by its other values, by choice, or the usual one of the country."""
    told = reading.get("orders", {}).get(str(place))
    return told or chosen(place, options) or usual(options.get("country"))


def chosen(place: int, options: Mapping[str, Any]) -> str | None:
    """The order that was chosen for a column, or for the whole file."""
    return options.get("date_orders", {}).get(str(place)) or options.get("date_order") or None


def usual(country: str | None) -> str:
    return "mdy" if country in MONTH_FIRST else "dmy"


def assumed(reading: Mapping[str, Any], options: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The columns whose order neither a value nor anybody told, and how they are read."""
    return [(place, usual(options.get("country"))) for place in asked(reading) if not chosen(place, options)]
