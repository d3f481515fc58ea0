"""Bring the rows of a file to the stage: read, put in normal form and copied in chunks, with progress."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from leads import reasons
from leads.arrays import texts
from leads.arrivals import Reader, Row, as_json, note
from leads.importing.reading import Record
from leads.models import Arrival

CHUNK = 4_000
ALWAYS = ("problem", "notes", "kind", "detail", "first_key", "last_key", "name_key", "attributes")
NAME_PARTS = ("salutation", "initials", "first_name", "infix", "last_name")
SPREAD: dict[str, tuple[str, ...]] = {
    "full_name": NAME_PARTS,
    "email": ("email", "email_key", "is_shared_email", "domain"),
    "phone": ("phone", "phone_e164"),
    "mobile": ("mobile", "mobile_e164"),
    "organisation": ("organisation", "organisation_key"),
    "owner": ("requested_owner_id",),
    "notes": (),
    "source_detail": (),
}
FLAGS = frozenset(field.name for field in Arrival._meta.fields if field.get_internal_type() == "BooleanField")
TEXTS = frozenset(field.name for field in Arrival._meta.fields if field.get_internal_type() == "TextField")
NAMES = frozenset(field.attname for field in Arrival._meta.fields)


class Staged(NamedTuple):
    """A row for the stage: its number, the line it begins on, its cells as given, and what they say."""

    n: int
    line: int | None
    cells: Sequence[str]
    row: Row


def columns_for(fields: Iterable[str | None]) -> list[str]:
    """The columns of the stage that a file with these fields can fill."""
    wanted = dict.fromkeys(ALWAYS)
    for field in fields:
        wanted |= dict.fromkeys(SPREAD.get(field or "", (field,) if field in NAMES else ()))
    return list(wanted)


def put(staged: Iterable[Staged], columns: Sequence[str], batch: int) -> None:
    """Copy rows to the stage."""
    if part := written(staged, columns, batch):
        copy(part, columns)


def written(staged: Iterable[Staged], columns: Sequence[str], batch: int) -> bytes:
    """Rows as COPY reads them."""
    buffer = io.StringIO()
    blanks = [False if name in FLAGS else None for name in columns]
    csv.writer(buffer, lineterminator="\n").writerows(
        [batch, n, line, texts(cells), *map(listed(row).get, columns, blanks)] for n, line, cells, row in staged
    )
    return buffer.getvalue().encode()


def listed(row: Row) -> Row:
    """The row with what is more than one value in the form that COPY reads."""
    for name in ("attributes", "past"):
        if name in row:
            row[name] = as_json(row[name])
    if "tags" in row:
        row["tags"] = texts(row["tags"])
    return row


def copy(part: bytes, columns: Sequence[str]) -> int:
    """Let PostgreSQL take over rows that are written; return how many."""
    names = ["batch_id", "n", "line", "raw", *columns]
    never_null = ", ".join(name for name in columns if name in TEXTS)
    statement = f"COPY leads_arrival ({', '.join(names)}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({never_null}))"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, io.BytesIO(part), 1 << 18)
        count: int = cursor.rowcount
        return count


def read(records: Iterable[Record], reader: Reader) -> Iterator[Staged]:
    """What each record says; a row that does not fit its header is an error as a whole."""
    for record in records:
        if record.problem:
            yield Staged(record.n, record.line, record.cells, {"problem": reasons.line(record.problem)})
        else:
            row = reader.read(record.cells)
            if record.remark:
                note(row, record.remark)
            yield Staged(record.n, record.line, record.cells, row)


def parts(
    records: Iterable[Record], reader: Reader, columns: Sequence[str], batch: int, n: int = 0, of: int = 1
) -> Iterator[bytes]:
    """Every `of`-th chunk of the records from the `n`-th on, read and written."""
    rest = iter(records)
    chunks = iter(lambda: list(islice(rest, CHUNK)), [])
    for chunk in islice(chunks, n, None, of):
        yield written(read(chunk, reader), columns, batch)


def stage(parts: Iterable[bytes], columns: Sequence[str], on_progress: Callable[[int], None]) -> int:
    """Copy all parts, each in a transaction of its own; return how many rows they held."""
    total = 0
    for part in parts:
        with transaction.atomic():
            total += copy(part, columns)
        on_progress(total)
    return total


def clear(batch: int) -> None:
    """Take the rows of a batch off the stage."""
    Arrival.objects.filter(batch_id=batch)._raw_delete(using=connection.alias)


def clear_one(batch: int, n: int) -> None:
    """Take one row off the stage."""
    Arrival.objects.filter(batch_id=batch, n=n)._raw_delete(using=connection.alias)


def count(batch: int) -> int:
    return Arrival.objects.filter(batch_id=batch).count()


def analyse() -> None:
    """Let the planner know what is on the stage."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leads_arrival (batch_id, n, problem, folded_into, campaign, organisation_key)")
