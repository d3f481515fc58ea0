"""What are the sheets of a workbook (XLSX, XLS, ODS), and what are their rows as text?"""

import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from leads.importing.reading import taking_apart
from leads.importing.reading.content import CHUNK, LARGE, TEXTS, damaged, is_sheet, locked, unpacked
from leads.importing.reading.table import Line, Unreadable

ODS = "content.xml"
MAX_GRID = 60_000_000
MAX_VALUES = 4_000_000
"""A workbook is read into memory as a whole, a value in some hundred bytes: 400,000 rows of ten columns."""
MAX_ROWS = 3_000_000
"""Three times what a sheet can hold, blank ones and all."""
MAX_CELLS, MAX_TAGS = 30_000_000, 12_000_000
"""Blank cells take their time too: of a sheet each one that is written, of an ODS document each tag of a row or a cell."""
SMALL, TELLING_RATIO = 5_000_000, 40
LONG_NAME, FAR_NAME = re.compile(rb'<c r="([A-Z]{2,3})\d'), re.compile(rb'<c r="([A-Z]{3})\d')
OPEN_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
ROWS_AGAIN = re.compile(rb'number-rows-repeated="(\d{1,9})"')
CELLS_AGAIN = re.compile(rb'number-columns-repeated="(\d{1,9})"')
ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
MIDNIGHT = time(0)
MAX_TEXT = 5_000_000
"""Far more letters than any spreadsheet program puts into a cell."""
VALUES = (b"</v>", b":v>", b"</is>", b":is>")
BROKEN = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error)
"""What unpacking raises: of a damaged archive, one cut off, packed in a way that is not known, or locked."""


def open_workbook(path: Path) -> CalamineWorkbook:
    """Open a workbook, or raise Unreadable saying why it cannot be."""
    check_extents(path)
    if is_doubtful(path):
        try_out(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise locked() from None
    except (CalamineError, OSError, ValueError) as error:
        raise locked() if "password" in str(error).lower() else damaged() from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def is_doubtful(path: Path) -> bool:
    """Whether opening a workbook may take more than its size tells: all but XLSX, a small one, and one packed too well."""
    if not zipfile.is_zipfile(path):
        return True
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if any(member.filename == ODS for member in members):
        return True
    size = sum(member.file_size for member in members)
    return size < SMALL or any(one.file_size > TELLING_RATIO * max(1, one.compress_size) for one in members)


def try_out(path: Path) -> None:
    """Raise Unreadable where a process of its own, with limits, does not come through taking a workbook apart."""
    try:
        ended = subprocess.run(
            [sys.executable, "-I", taking_apart.__file__, path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=4 * taking_apart.SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise too_demanding() from None
    if ended.returncode:
        raise too_demanding()


def too_demanding() -> Unreadable:
    return Unreadable(
        _(
            "Reading this workbook would take more memory or time than there is; it may be damaged. Open it in a spreadsheet program, save the sheet as CSV, and choose that file."
        )
    )


def worksheets(workbook: CalamineWorkbook) -> list[tuple[str, bool]]:
    """The names of the sheets that hold cells, and whether each is visible."""
    return [
        (sheet.name, sheet.visible == SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def open_sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, ValueError):
        raise damaged() from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def rows(sheet: CalamineSheet) -> Iterator[Line]:
    """Yield the rows that are not blank as text, each with its number in the sheet."""
    if sheet.end is None:
        return
    blank = [""] * sheet.width
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if cells != blank:
            yield number, [as_text(cell) for cell in cells]


def as_text(cell: object) -> str:
    """A cell as a person would type it: whole numbers without a point, moments in ISO form, yes and no."""
    if isinstance(cell, str):
        if len(cell) > MAX_TEXT:
            raise too_demanding()
        return cell.replace("\0", "")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes" if not cell.second else "seconds")
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def check_extents(path: Path) -> None:
    """Refuse a sheet that holds so much, or whose used range is so large, that reading it would take all memory."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if refuse := refusal_of(member):
                is_deflated = member.compress_type == zipfile.ZIP_DEFLATED
                refuse(unpacked(path, member) if is_deflated else stored(archive, member))


def refusal_of(member: zipfile.ZipInfo) -> Callable[[Iterator[bytes]], None] | None:
    """How a member is looked through before it is opened; None where it need not be."""
    if is_sheet(member):
        return refuse_huge
    if member.filename == ODS:
        return refuse_huge_document
    return refuse_many_texts if member.filename == TEXTS and member.file_size > LARGE else None


def stored(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member that is packed in any other way, part by part."""
    with archive.open(member) as part:
        yield from iter(lambda: part.read(CHUNK), b"")


def refuse_huge(parts: Iterator[bytes]) -> None:
    """Raise Unreadable when the values of a sheet, or its rows times its columns, pass the limit."""
    last_row, widest, values, rows, cells, tail = 0, 26, 0, 0, 0, b""
    try:
        for part in parts:
            text = tail + part
            values += sum(map(part.count, VALUES))
            rows += part.count(b"<row") + part.count(b":row")
            cells += part.count(b"<c") + part.count(b":c")
            last_row = max(last_row, last_row_of(text))
            widest = max(widest, widest_of(text, widest))
            tail = text[-64:]
            if values > 2 * MAX_VALUES or rows > MAX_ROWS or cells > MAX_CELLS:
                break
    except BROKEN:
        raise damaged() from None
    refuse_beyond(values, max(last_row, rows if rows > MAX_ROWS else 0), widest)
    if cells > MAX_CELLS:
        raise too_demanding()


def refuse_many_texts(parts: Iterator[bytes]) -> None:
    """Raise Unreadable when there are more texts for cells than cells that can be read."""
    count = 0
    try:
        for part in parts:
            count += part.count(b"<si") + part.count(b":si")
            refuse_beyond(count, 0, 0)
    except BROKEN:
        raise damaged() from None


def refuse_huge_document(parts: Iterator[bytes]) -> None:
    """Raise Unreadable when the values of an ODS document's sheets, or their rows times their columns, pass the limit.

    A row or a cell says how often it stands there, so that a small document may hold very many.
    """
    row = rows_again = column = last_row = widest = values = 0
    for count, (kind, said) in enumerate(tags(parts)):
        if count > MAX_TAGS:
            raise too_demanding()
        if kind == b"table":
            row, rows_again = 0, 0
            continue
        if kind == b"table-row":
            row, column, rows_again = row + rows_again, 0, times(ROWS_AGAIN, said)
            continue
        cells_again = times(CELLS_AGAIN, said)
        column += cells_again
        if b"value-type=" in said:
            values += rows_again * cells_again
            last_row, widest = row + rows_again, max(widest, column)
            refuse_beyond(values, last_row, widest)


def tags(parts: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The tables, rows and cells of an ODS document, in order, each with what its tag says."""
    tail = b""
    try:
        for part in parts:
            text = tail + part
            end = text.rfind(b"<")
            yield from OPEN_TAG.findall(text[:end])
            tail = text[end:]
            if len(tail) > CHUNK:
                raise damaged()
    except BROKEN:
        raise damaged() from None


def times(pattern: re.Pattern[bytes], said: bytes) -> int:
    """How often a row or a cell stands there."""
    found = pattern.search(said)
    return int(found.group(1)) if found else 1


def refuse_beyond(values: int, last_row: int, widest: int) -> None:
    """Raise Unreadable when there are more values than can be read, or rows times columns."""
    if values > MAX_VALUES:
        sentence = _(
            "The sheet holds %(values)d values; at most %(limit)d can be read from a workbook, some %(rows)d rows of ten columns. Save it as CSV, which may be far longer, and choose that file."
        )
        raise Unreadable(sentence % {"values": values, "limit": MAX_VALUES, "rows": MAX_VALUES // 10})
    if last_row * widest > MAX_GRID:
        sentence = _(
            "The sheet's used range is %(rows)d rows by %(columns)d columns, too large to read. Delete the empty rows and columns around the list, or save it as CSV."
        )
        raise Unreadable(sentence % {"rows": last_row, "columns": widest})


def last_row_of(text: bytes) -> int:
    """The highest row number near the end of a part of a sheet; rows stand in order."""
    start = text.rfind(b"<row ", 0, len(text) - 64)
    found = ROW.search(text, max(0, start)) if start >= 0 else None
    return int(found.group(1)) if found else 0


def widest_of(text: bytes, known: int) -> int:
    """The widest column in a part of a sheet, looking only for names as long as that of what is known."""
    names = (FAR_NAME if known >= 26 * 27 else LONG_NAME).findall(text)
    return max(map(column_number, set(names)), default=known)


def column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
