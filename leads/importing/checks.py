"""What do the values of a file come to under a mapping, before anything is imported?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from leads import reasons
from leads.arrivals import NOBODY, Column, Read, Reader, Row, WrongValueError
from leads.arrivals.better import better
from leads.arrivals.wording import inner, sentences
from leads.importing import files, history, values
from leads.importing.fields import BY_KEY, IDENTIFYING, LEFT_OUT, Kind
from leads.importing.reading import Record, Table
from leads.models import ImportBatch

CHECKED_ROWS = 5_000
FINDINGS_EACH = 50
"""So many findings of each column are kept to be shown; all are counted."""
EXAMPLES = 3
MOST_WORDS = 200
LONGEST_SHOWN = 100


@dataclass(slots=True)
class ColumnCheck:
    """How many values of a column are as its field wants them, and some of them as they stand; all of a few fixed ones."""

    good: int = 0
    doubtful: int = 0
    bad: int = 0
    blank: int = 0
    examples: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    words: Counter[str] | None = None
    is_order_unclear: bool = False

    @property
    def found(self) -> int:
        return self.doubtful + self.bad

    def count(self, cell: str, reason: str, *, is_error: bool) -> None:
        """Count a value by what is the matter with it, if anything."""
        if self.words is not None and (cell in self.words or len(self.words) < MOST_WORDS):
            self.words[cell] += 1
        self.show(cell, is_wrong=bool(reason))
        self.bad += is_error
        self.doubtful += bool(reason) and not is_error
        self.good += not reason

    def show(self, cell: str, *, is_wrong: bool) -> None:
        """Keep a value as an example, if there is room: the first few, and the first that is wrong."""
        shown = cell[:LONGEST_SHOWN]
        if is_wrong and not self.wrong:
            self.wrong.append(shown)
            self.examples = [*self.examples[: EXAMPLES - 1], shown]
        elif len(self.examples) < EXAMPLES and shown not in self.examples:
            self.examples.append(shown)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: the line, the column (none for a row as a whole), the value, what is the matter with it,
    what it is read as, and what it probably ought to be. An error of a whole row has its `cells`.
    On the page `typed` is what stands to be put right: the value, or the whole line.
    """

    line: int
    place: int | None
    value: str
    reason: str
    is_error: bool
    better: str = ""
    read_as: str = ""
    n: int = 0
    cells: Sequence[str] = ()
    typed: str = ""

    @property
    def said(self) -> str:
        return reasons.said(self.reason)

    @property
    def offered(self) -> str:
        """What the value is to be put right with, before anybody typed."""
        return self.better or self.value

    @property
    def sentence(self) -> str:
        """What is the matter, whatever fills its gaps: the same for all alike."""
        return next(iter(sentences(self.reason)), "")


@dataclass(slots=True)
class Check:
    """What was found in the first rows of a file, or in all of them."""

    columns: list[ColumnCheck]
    rows: int = 0
    doubtful: int = 0
    errors: int = 0
    is_whole: bool = True
    findings: list[Finding] = field(default_factory=list)
    row_findings: int = 0
    kept: dict[int | None, int] = field(default_factory=dict)

    @property
    def ready(self) -> int:
        return self.rows - self.doubtful - self.errors

    @property
    def found(self) -> int:
        return self.row_findings + sum(column.found for column in self.columns)

    def note(self, finding: Finding) -> None:
        if finding.place is None:
            self.row_findings += 1
        self.kept[finding.place] = self.kept.get(finding.place, 0) + 1
        if self.kept[finding.place] <= FINDINGS_EACH:
            self.findings.append(finding)


@dataclass(frozen=True, slots=True)
class Trial:
    """A check of a batch, its columns as they are read, and how one row of it comes in, with what is found in it.

    Of history also the `values`, by their column, that are to be given a meaning.
    """

    check: Check
    columns: list[Column]
    n: int
    row: Row
    findings: list[Finding]
    values: Mapping[int, history.Counts] = field(default_factory=dict)


def check(batch: ImportBatch, at: datetime, n: int = 1) -> Trial:
    """Read the first rows of a batch's file by its mapping and its options; `n` is the row to show. Writes nothing.

    Words of history that nobody gave a meaning yet are read as is suggested; a run does not do that.
    """
    with files.opened(batch) as table:
        told = history.values_of(batch, table) if files.is_history(batch.options) else {}
        batch.options = history.with_suggestions(batch.options, told, batch.mapping)
        reader = files.reader(batch, table, at)
        columns = files.columns(batch, table)
        records = list(islice(files.records(batch, table), CHECKED_ROWS + 1))
        found = of_records(reader, records[:CHECKED_ROWS], columns)
        found.is_whole = len(records) <= CHECKED_ROWS
        for column, state in zip(columns, found.columns, strict=True):
            state.is_order_unclear = is_order_unclear(column, batch.options)
        record = the_one(n, records, batch, table)
    if record is None:
        return Trial(found, columns, 1, {}, [], told)
    row = {"problem": reasons.line(record.problem)} if record.problem else reader.read(record.cells)
    return Trial(found, columns, record.n, row, of_records(reader, [record], columns).findings, told)


def the_one(n: int, records: Sequence[Record], batch: ImportBatch, table: Table) -> Record | None:
    """The record of that number, wherever it stands; the last of the first ones where there are not so many."""
    if n > len(records) > CHECKED_ROWS:
        return next(islice(files.records(batch, table), n - 1, n), records[-1])
    return records[min(max(n, 1), len(records)) - 1] if records else None


def of_records(reader: Reader, records: Iterable[Record], columns: Sequence[Column]) -> Check:
    """Try every value of every record, not only up to the first that is wrong."""
    found = Check([ColumnCheck(words=Counter() if is_of_words(column) else None) for column in columns])
    left_out = [place for place, column in enumerate(columns) if column.field == LEFT_OUT]
    for record in records:
        found.rows += 1
        for place in left_out:
            found.columns[place].show(record.cells[place].strip(), is_wrong=False)
        doubts, errors = of_record(reader, record, columns, found)
        found.errors += bool(errors)
        found.doubtful += bool(doubts and not errors)
    return found


def is_of_words(column: Column) -> bool:
    """Whether the values of a column are a few fixed ones, in anybody's words."""
    kind = BY_KEY[column.field].kind if column.field in BY_KEY else None
    return kind in (Kind.CHOICE, Kind.YES_NO) and column.field not in files.KEPT_AS_ATTRIBUTE


def of_record(reader: Reader, record: Record, columns: Sequence[Column], found: Check) -> tuple[int, int]:
    """Enter what is found in one record; return how many doubts and errors that were."""
    if record.problem:
        found.note(
            Finding(record.line, None, "", reasons.line(record.problem), is_error=True, n=record.n, cells=record.cells)
        )
        return 0, 1
    row: Row = {}
    for read, value in reader.before:
        read(row, value)
    doubts = errors = 0
    for place, read in reader.reads:
        cell = record.cells[place].strip()
        state = found.columns[place]
        if values.is_blank(cell):
            state.blank += 1
            state.show("", is_wrong=False)
            continue
        reason, is_error = tried(read, row, cell)
        state.count(cell, reason, is_error=is_error)
        errors += is_error
        doubts += bool(reason) and not is_error
        if reason:
            column, shown = columns[place], cell[:LONGEST_SHOWN]
            read_as, meant = read_as_of(column, row), better(column, cell, row, reader.cells.ways.country)
            found.note(Finding(record.line, place, shown, reason, is_error, meant, read_as, record.n))
    if not errors and (reason := of_whole(reader, row)):
        found.note(Finding(record.line, None, "", reason, is_error=True, n=record.n, cells=record.cells))
        errors += 1
    if record.remark:
        found.note(Finding(record.line, None, "", reasons.line(record.remark), is_error=False, n=record.n))
    return doubts + bool(record.remark), errors


def of_whole(reader: Reader, row: Row) -> str:
    """What is the matter with a row as a whole: it is about nobody, or its history cannot have been."""
    return NOBODY if IDENTIFYING.isdisjoint(row) else reader.past_problem(row)


def tried(read: Read, row: Row, cell: str) -> tuple[str, bool]:
    """What is the matter with a value, if anything, and whether its row is an error by it."""
    try:
        read(row, cell)
    except WrongValueError as wrong:
        return "\n".join(map(inner, wrong.args)), True
    return row.pop("notes", ""), False


def read_as_of(column: Column, row: Row) -> str:
    """What a number was read as in spite of a doubt."""
    return str(row.get(f"{column.field}_e164", ""))


def is_order_unclear(column: Column, options: Mapping[str, Any]) -> bool:
    """Whether day and month in a column of dates could change places, so that somebody is to choose."""
    return column.field in files.dated(options) and not column.is_serial and not column.is_order_told
