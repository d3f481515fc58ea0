"""How is a row of a file written on one line to be put right by hand, and read from it again?"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from leads.models import ImportBatch

TYPED = ",;|"
"""Separators that people can type; where the file has another, or none, the row is written with the usual one."""
USUAL = ";"
END = "\r\n"
"""What ends a line; a value with a part of it is quoted."""


def separator(batch: ImportBatch) -> str:
    """What stands between the values of a row as it is shown."""
    found: str = batch.reading.get("delimiter") or ""
    return found if found and found in TYPED else USUAL


def written(cells: Sequence[str], batch: ImportBatch) -> str:
    """The values of a row on one line, quoted where they must be."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator(batch), lineterminator=END).writerow(cells)
    return buffer.getvalue().removesuffix(END)


def read(line: str, batch: ImportBatch) -> list[str]:
    """The values on such a line, without empty ones at its end; a line break outside quotes is a blank."""
    typed = line.replace(END, "\n").replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(typed), delimiter=separator(batch), skipinitialspace=True))
    cells = rows[0] if rows else []
    for row in filter(None, rows[1:]):
        cells = [*cells[:-1], f"{cells[-1]} {row[0]}" if cells else row[0], *row[1:]]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
