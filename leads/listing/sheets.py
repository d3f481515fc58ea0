"""How do rows become a file for a spreadsheet? Text stays text: no cell is ever read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any, Protocol

from django.utils import timezone
from django.utils.formats import get_format
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from leads.importing.errors_file import guarded

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
ROWS_A_SHEET = 1_000_000
LONGEST_CELL = 32_767
MOMENT = "yyyy-mm-dd hh:mm"


class Sheet(Protocol):
    """A file that rows are written to, one after the other."""

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows below the last one."""

    def close(self) -> None:
        """Write what is still to be written."""


class CsvSheet:
    """Separated as spreadsheets of the language in force do, in UTF-8 with a mark that they know it by.

    Every text stands in quotes, so that a program that separates otherwise finds no formula within it.
    """

    def __init__(self, file: IO[bytes], titles: Sequence[str]) -> None:
        self.text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self.mark = get_format("DECIMAL_SEPARATOR")
        self.writer = csv.writer(self.text, delimiter=";" if self.mark == "," else ",", quoting=csv.QUOTE_NONNUMERIC)
        self.writer.writerow(map(guarded, titles))

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows; moments in the zone in force."""
        self.writer.writerows([self._cell(value) for value in row] for row in rows)

    def close(self) -> None:
        """Let go of the file, which stays open."""
        self.text.detach()

    def _cell(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, float | Decimal):
            return str(value).replace(".", self.mark)
        return guarded(value) if isinstance(value, str) else value


class XlsxSheet:
    """A workbook; what one sheet cannot hold goes on in the next. Its rows are never all in memory."""

    def __init__(self, file: IO[bytes], titles: Sequence[str], name: str) -> None:
        self.book = Workbook(file, OPTIONS)
        self.moments = self.book.add_format({"num_format": MOMENT})
        self.titles, self.name, self.n = titles, name, ROWS_A_SHEET
        self.sheet: Worksheet | None = None

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows; moments in the zone in force."""
        for row in rows:
            sheet = self._sheet()
            self.n += 1
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(self.n, column, timezone.localtime(value), self.moments)
                else:
                    write_cell(sheet, self.n, column, value)

    def _sheet(self) -> Worksheet:
        """The sheet that has room for another row."""
        if self.sheet is None or self.n >= ROWS_A_SHEET:
            number = len(self.book.worksheets())
            self.sheet = self.book.add_worksheet(f"{self.name[:25]} {number + 1}" if number else self.name[:31])
            self.sheet.freeze_panes(1, 0)
            self.sheet.set_column(0, len(self.titles) - 1, 18)
            for column, title in enumerate(self.titles):
                self.sheet.write_string(0, column, title)
            self.n = 0
        return self.sheet

    def close(self) -> None:
        """Put the workbook together."""
        self._sheet()
        self.book.close()


def write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write one cell: numbers as numbers, all else as text, nothing as an empty cell."""
    if isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_CELL])
    elif value is not None:
        sheet.write_number(row, column, value)
