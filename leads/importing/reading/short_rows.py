"""Does a row with fewer cells than the header lack empty ones at its end, or was it cut in two?

Spreadsheet programs leave out the separators behind the last value of a row, often not before some screenfuls down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leads.importing.sample_values.shapes import WHOLE
from leads.importing.values import is_blank

LONGEST_CUT = 5
"""Into so many lines at most a row is thought to be cut."""
LONGEST_LOOKED_AT = 300
TELLING = ("email", "link", "date")
FIGURES, WORDS = "figures", "words"
MANY_DIGITS = 7


def kind_of(cell: str) -> str:
    """What a value is by its looks, as far as they tell: an address, a link, a date, a long number, else words."""
    shown = cell.strip()[:LONGEST_LOOKED_AT]
    for kind in TELLING:
        if WHOLE[kind].fullmatch(shown):
            return kind
    digits = sum(map(str.isdigit, shown))
    return FIGURES if digits >= MANY_DIGITS and not any(map(str.isalpha, shown)) else WORDS


@dataclass(frozen=True, slots=True)
class ShortRows:
    """The kinds of values that stand in each column of the first rows; empty where a column has none."""

    kinds: Sequence[frozenset[str]]

    @classmethod
    def beside(cls, rows: Iterable[Sequence[str]], width: int) -> ShortRows:
        """What is known of a table's columns by those of its rows that are as wide as it is."""
        seen: list[set[str]] = [set() for _column in range(width)]
        for cells in rows:
            for place, cell in enumerate(cells[:width] if len(cells) >= width else ()):
                if not is_blank(cell):
                    seen[place].add(kind_of(cell))
        return cls([frozenset(kinds) for kinds in seen])

    def are_cut(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether short rows in a row are one that was cut: a cut makes two cells of one."""
        return 1 < len(rows) <= LONGEST_CUT and sum(map(len, rows)) == len(self.kinds) + len(rows) - 1

    def goes_on(self, cells: Sequence[str], behind: Sequence[str]) -> bool:
        """Whether the row behind a short one is the rest of it: no row of its own, and as long as the rest would be."""
        return self.are_cut((cells, behind)) and not self.fits(behind)

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether the values of a short row stand in columns of their kind; a lone word could be the rest of any row."""
        given = [(kind_of(cell), place) for place, cell in enumerate(cells) if not is_blank(cell)]
        if [kind for kind, _place in given] == [WORDS]:
            return False
        return all(kind in self.kinds[place] or not self.kinds[place] for kind, place in given)
