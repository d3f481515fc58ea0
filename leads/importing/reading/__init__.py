"""What table is in this file? Text of any common encoding and separator, a workbook or vCards; a header in any of the first rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from leads.importing.header_words import weight
from leads.importing.reading import header, sheets, text
from leads.importing.reading.content import Content, recognise
from leads.importing.reading.short_rows import ShortRows
from leads.importing.reading.table import (
    MAX_COLUMNS,
    SAMPLE_ROWS,
    Line,
    Record,
    Table,
    Unreadable,
    below,
    head,
    letters,
    refuse_too_wide,
)
from leads.importing.reading.taking_apart import SHEETS
from leads.importing.reading.vcards import open_vcards

__all__ = ["MAX_COLUMNS", "NO_HEADER", "Record", "Table", "Unreadable", "first_lines", "letters", "open_table"]

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
NOT_LISTED: Mapping[str, bool] = MappingProxyType({})
MANY_SHORT = 0.2
"""When more of the rows than this lack cells at their end, leaving them out is the file's way of writing blanks."""
NO_HEADER = 0
"""Said instead of a line: every line is a record."""


def open_table(
    path: str | Path, *, sheet: str | None = None, name: str | None = None, header_row: int | None = None
) -> Table:
    """Open the table in a file; raise Unreadable with a sentence that says what is wrong and what to do.

    `sheet` chooses a sheet of a workbook; without it the visible one that looks most like a list of leads is taken.
    `name` is what the file was called by its owner; the content decides how it is read. `header_row` is the line that
    names the columns, or NO_HEADER; without it the line that looks most like it is taken.
    """
    path = Path(path)
    content = recognise(path)
    if content is Content.VCARDS:
        return open_vcards(path)
    if content is Content.TEXT:
        return require_rows_of(open_text(path, header_row), name or path.name)
    return open_workbook(path, sheet, name or path.name, header_row)


def first_lines(table: Table) -> list[Line]:
    """The first lines of a table that are not blank, among which its header is looked for."""
    return head(table.lines(), header.SEARCHED)


def open_text(path: Path, header_row: int | None) -> Table:
    dialect = text.detect_dialect(path)
    lines = partial(text_lines, path, dialect)
    return build(lines, dialect=dialect, header_row=header_row)


def require_rows_of(table: Table, name: str) -> Table:
    """The table of a text, which may be called a workbook as many exports are, if it has rows; raises Unreadable where it has none."""
    if not table.samples and Path(name).suffix.lower() in WORKBOOKS:
        raise Unreadable(
            _(
                "“%(name)s” is called a workbook, and is none: there is only text in it, without rows. "
                "Export the list again as XLSX or CSV and choose that file."
            )
            % {"name": name}
        )
    return table


def text_lines(path: Path, dialect: text.Dialect) -> Iterable[Line]:
    lines = text.rows(path, dialect)
    return islice(lines, 1, None) if dialect.separator_line else lines


def open_workbook(path: Path, sheet: str | None, name: str, header_row: int | None) -> Table:
    workbook = sheets.open_workbook(path)
    listed = dict(sheets.worksheets(workbook))
    names = list(listed)
    if sheet is not None and sheet not in names:
        raise Unreadable(
            _("There is no sheet “%(sheet)s” in this workbook. It has: %(names)s.")
            % {"sheet": sheet, "names": ", ".join(names)}
        )
    wanted = [sheet] if sheet is not None else [title for title in names if listed[title]] or names
    tables = (table for title in wanted[:SHEETS] if (table := open_sheet(workbook, title, listed, header_row)))
    best = max(tables, key=looks_like_leads, default=None)
    if best is None:
        raise Unreadable(
            _("The workbook %(name)s has no rows. Check that the list is on a sheet of it.") % {"name": name}
        )
    return best


def open_sheet(
    workbook: CalamineWorkbook, title: str, listed: Mapping[str, bool], header_row: int | None
) -> Table | None:
    """The table on one sheet, or None when the sheet has no cells."""
    content = sheets.open_sheet(workbook, title)
    lines = partial(sheets.rows, content)
    return build(lines, sheet=title, listed=listed, header_row=header_row) if head(lines(), 1) else None


def looks_like_leads(table: Table) -> float:
    """How much a sheet looks like a list of people: what its header names, if there are rows below."""
    return sum(map(weight, table.headers)) * (1.0 if table.samples else 0.1)


def build(
    lines: Callable[[], Iterable[Line]],
    *,
    dialect: text.Dialect | None = None,
    sheet: str | None = None,
    listed: Mapping[str, bool] = NOT_LISTED,
    header_row: int | None = None,
) -> Table:
    """Find the header and the width of a table, and take samples from below it."""
    first = head(lines(), header.SEARCHED + header.COMPARED)
    if not first:
        raise Unreadable(_("The file is empty. Export it again and check that it has rows."))
    refuse_too_wide(sorted(last_filled(cells) for _line, cells in first)[len(first) // 2])
    place = header.find(first) if header_row is None else place_of(header_row, first)
    line = None if place is None else first[place][0]
    samples = [cells for _line, cells in islice(below(line, lines()), SAMPLE_ROWS)]
    labels = [] if place is None else [label.strip().lstrip("\ufeff") for label in first[place][1]]
    width = table_width(labels, samples)
    refuse_too_wide(width)
    are_usual = dialect is None or shorts(samples, width) > MANY_SHORT
    return Table(
        sheet=sheet,
        sheets=list(listed),
        hidden_sheets=[title for title, is_visible in listed.items() if not is_visible],
        encoding=dialect.encoding if dialect else None,
        delimiter=dialect.delimiter if dialect else None,
        header_row=line,
        headers=fit(labels, width),
        samples=[fit(cells, width) for cells in samples],
        lines=lines,
        short_rows=None if are_usual else ShortRows.beside(samples, width),
    )


def place_of(header_row: int, lines: Sequence[Line]) -> int | None:
    """Where the line stands that was told to be the header; None where it was told that there is none."""
    if header_row == NO_HEADER:
        return None
    place = next((place for place, (line, _cells) in enumerate(lines[: header.SEARCHED]) if line == header_row), None)
    if place is None:
        sentence = _("Line %(line)d cannot be the header: choose one of the first %(count)d lines that are not blank.")
        raise Unreadable(sentence % {"line": header_row, "count": header.SEARCHED})
    return place


def table_width(names: list[str], samples: list[list[str]]) -> int:
    """As many columns as the header names, or as most rows fill where they fill more; without the empty ones at the end."""
    named = max((place for place, name in enumerate(names, 1) if name), default=0)
    lengths = sorted(last_filled(cells) for cells in samples) or [0]
    usual = lengths[len(lengths) // 2] if named else lengths[-1]
    return max(named, usual, 1)


def last_filled(cells: list[str]) -> int:
    length = len(cells)
    while length and not cells[length - 1].strip():
        length -= 1
    return length


def shorts(samples: list[list[str]], width: int) -> float:
    return sum(len(cells) < width for cells in samples) / max(1, len(samples))


def fit(cells: list[str], width: int) -> list[str]:
    """A row cut or filled up to the table's width."""
    return cells[:width] if len(cells) >= width else cells + [""] * (width - len(cells))
