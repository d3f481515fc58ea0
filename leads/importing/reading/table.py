"""What is a table of leads, whatever file it came from?"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, dropwhile, islice
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leads.importing.header_words import is_known
from leads.importing.reading.short_rows import LONGEST_CUT, ShortRows
from leads.problems import Problem

SAMPLE_ROWS = 500
MAX_COLUMNS = 1_000
FOOTER_ROWS = 12
SEARCHED_LINES = 5_000
TOTALS = re.compile(
    r"\s*(grand |sub)?(total|totals|totaal|totalen|totali|totales|summe|gesamt|gesamtsumme|totaux)\b", re.IGNORECASE
)
CLOSING_WORDS = re.compile(
    r"\s*(copyright|confidential|generated (by|on)|exported (by|on)|end of (report|file)|page \d|source:|printed|©|\(c\)|\*{2,}|-{3,}|={3,})",
    re.IGNORECASE,
)

TOO_SHORT = gettext_noop(
    "Line %(line)d: the row has fewer cells (%(length)d) than the header (%(width)d). "
    "Check whether a line break cut it in two."
)
TOO_LONG = gettext_noop(
    "Line %(line)d: the row has more cells (%(length)d) than the header (%(width)d). "
    "Put quotes around a value that contains the separator."
)
FILLED_UP = gettext_noop(
    "The row has fewer cells (%(length)d) than the header (%(width)d); what is missing at its end is taken as empty."
)

TOTAL_INITIALS = frozenset("tTgGsS ")

Line = tuple[int, list[str]]
"""The line that a row begins on, from 1, and its cells."""
Numbered = tuple[int, int, list[str]]
"""A row with its number in front."""


class Unreadable(Exception):
    """The file cannot be read as a table; the message says what is wrong and what to do."""


class Record(NamedTuple):
    """One row below the header. `cells` has at least as many as there are columns; more only where the row is too long.

    With a `problem` it is no row of this table; a `remark` is to be said of it though it is one.
    """

    n: int
    line: int
    cells: list[str]
    problem: Problem | None = None
    remark: Problem | None = None


make_record = partial(tuple.__new__, Record)
"""Three times as fast as calling Record, for the million rows that fit."""


@dataclass
class LeftOut:
    """How many filled lines below the header are no records, and on which line the first of them stands."""

    count: int = 0
    first: int = 0

    def add(self, lines: Iterable[Line]) -> None:
        for number, cells in lines:
            if any(map(str.strip, cells)):
                self.first = self.first or number
                self.count += 1


@dataclass
class FilledUp:
    """How many rows were filled up with empty cells at their end, and on which line the first of them stands."""

    count: int = 0
    first: int = 0

    def add(self, line: int) -> None:
        self.first = self.first or line
        self.count += 1


@dataclass(frozen=True)
class Table:
    """A table that can be read as often as needed; only its beginning is held in memory.

    Without `short_rows` leaving empty cells out is its usual way of writing them. `counted` is how many records there
    are, where that is known since the table was opened.
    """

    sheet: str | None
    sheets: list[str]
    encoding: str | None
    delimiter: str | None
    header_row: int | None
    headers: list[str]
    samples: list[list[str]]
    lines: Callable[[], Iterable[Line]]
    short_rows: ShortRows | None = None
    is_of_cards: bool = False
    hidden_sheets: Sequence[str] = ()
    counted: int | None = None

    def records(self, left_out: LeftOut | None = None) -> Iterator[Record]:
        """Yield every row below the header that is not blank, without the closing lines of a report."""
        width, beside = len(self.headers), self.short_rows
        shorts: list[Numbered] = []
        for n, (line, cells) in enumerate(self.rows(left_out), 1):
            if beside and len(cells) < width:
                shorts.append((n, line, cells))
                if len(shorts) > LONGEST_CUT + 1:
                    yield self.filled_up(shorts.pop(0), shorts[0])
                continue
            if shorts:
                yield from self.settled(shorts)
                shorts = []
            if len(cells) == width:
                yield make_record((n, line, cells, None, None))
            else:
                yield self.fitted(n, line, cells)
        yield from self.settled(shorts)

    def fitted(self, n: int, line: int, cells: list[str]) -> Record:
        """The record of a row that has more cells than there are columns, or fewer where that is usual."""
        width, length = len(self.headers), len(cells)
        if any(cells[width:]):
            return Record(n, line, cells, problem(TOO_LONG, line, length, width))
        return Record(n, line, (cells + [""] * (width - length))[:width])

    def settled(self, shorts: Sequence[Numbered]) -> Iterator[Record]:
        """The records of all short rows that stand together: they lack empty cells at their end, or are one that was cut."""
        is_cut = self.short_rows is not None and self.short_rows.are_cut([cells for _n, _line, cells in shorts])
        behind = [*shorts[1:], None]
        return (self.filled_up(one, after, is_cut=is_cut) for one, after in zip(shorts, behind, strict=False))

    def filled_up(self, row: Numbered, behind: Numbered | None, *, is_cut: bool = False) -> Record:
        """The record of a short row; one that is no row of this table where it was cut or does not fit its columns."""
        (n, line, cells), beside = row, self.short_rows
        width, length = len(self.headers), len(cells)
        filled = cells + [""] * (width - length)
        is_cut = is_cut or bool(beside and behind and beside.goes_on(cells, behind[2]))
        if beside and not is_cut and beside.fits(cells):
            return Record(n, line, filled, remark=Problem(FILLED_UP, {"length": length, "width": width}))
        return Record(n, line, filled, problem(TOO_SHORT, line, length, width))

    def rows(self, left_out: LeftOut | None = None) -> Iterator[Line]:
        return below(self.header_row, self.lines(), () if self.is_of_cards else self.headers, left_out)

    def count_rows(self) -> int:
        """How many records there are; the whole file is read for it where nobody counted them yet."""
        return sum(1 for _row in self.rows()) if self.counted is None else self.counted

    def survey(self) -> tuple[int, LeftOut, FilledUp]:
        """Read the whole file; return how many records it has, what below its header is none, and which were filled up."""
        left_out, filled_up, rows = LeftOut(), FilledUp(), 0
        for record in self.records(left_out):
            rows += 1
            if record.remark:
                filled_up.add(record.line)
        return rows, left_out, filled_up


def below(
    header_row: int | None, lines: Iterable[Line], headers: Sequence[str] = (), left_out: LeftOut | None = None
) -> Iterator[Line]:
    """Leave out the lines up to the header, blank ones, and, given the table's headers, what only closes a report.

    A row of totals, a copyright line or lonely cells after a blank line are held back, a few at most, until a row
    with more in it shows that they were records, or, naming columns, that they were the title of a further section:
    one of the same columns is read on, one of others is another table. What is no record is noted in `left_out`.
    """
    first = previous = header_row or 0
    width, indent = len(headers), indentation(headers)
    held: list[Line] = []
    rest = dropwhile(lambda line: line[0] <= first, lines)
    for line in rest:
        cells = line[1]
        is_full = len(cells) - cells.count("") > 2 and len(cells) > indent and cells[indent][:1] not in TOTAL_INITIALS
        if not is_full and not any(map(str.strip, cells)):
            continue
        if not is_full and width > 2 and len(held) < FOOTER_ROWS and is_closing(line, previous, bool(held), indent):
            held.append(line)
        elif held and names_columns(cells):
            is_another = not has_columns(cells, headers)
            if left_out:
                left_out.add(chain(held, [line], rest if is_another else ()))
            if is_another:
                return
            held.clear()
        else:
            if held:
                yield from held
                held.clear()
            yield line
        previous = line[0]
    if len(held) == FOOTER_ROWS:
        yield from held
    elif left_out:
        left_out.add(held)


def has_columns(cells: list[str], headers: Sequence[str]) -> bool:
    """Whether a row names just these columns, in their order."""
    width = len(headers)
    return [*map(str.strip, cells), *[""] * width][:width] == list(headers)


def names_columns(cells: list[str]) -> bool:
    """Whether a row behind a title is the header of a section."""
    labels = [cell for cell in cells if cell.strip()]
    return len(labels) > 2 and all(map(is_known, labels))


def indentation(headers: Sequence[str]) -> int:
    """How many columns without a name stand before the first that has one."""
    return next((place for place, header in enumerate(headers) if header), 0)


def is_closing(line: Line, previous: int, follows_closing: bool, indent: int) -> bool:
    """Whether a row looks like the end of a report rather than a record."""
    number, cells = line
    filled = [cell for cell in cells if cell.strip()]
    is_at_left = any(cells[: indent + 1])
    if TOTALS.match(filled[0]):
        return len(filled[0]) < 25 and is_at_left and (len(filled) < 3 or bool(TOTALS.fullmatch(filled[0])))
    if len(filled) > 2 or not is_at_left:
        return False
    return follows_closing or bool(CLOSING_WORDS.match(filled[0])) or (number > previous + 1 > 1 and len(filled) == 1)


def problem(sentence: str, line: int, length: int, width: int) -> Problem:
    """What is wrong with a row that is not as wide as its table."""
    return Problem(sentence, {"line": line, "length": length, "width": width})


def letters(place: int) -> str:
    """What a spreadsheet calls the column at a place, counted from nought: A, Z, AA."""
    rest, last = divmod(place, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def refuse_too_wide(width: int) -> None:
    if width > MAX_COLUMNS:
        sentence = _(
            "The table has %(width)d columns; at most %(limit)d can be read. Delete the columns that are not needed."
        )
        raise Unreadable(sentence % {"width": width, "limit": MAX_COLUMNS})


def head(lines: Iterable[Line], count: int) -> list[Line]:
    """The first so many rows that are not blank."""
    return list(islice((line for line in islice(lines, SEARCHED_LINES) if any(map(str.strip, line[1]))), count))
