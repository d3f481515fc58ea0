"""Bring the rows of a file to the stage: read, put in normal form and copied in chunks, with progress."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction

from leads.arrivals import Reader, Row, as_json
from leads.importing.reading import Record
from leads.models import Arrival

CHUNK = 5_000
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


def put(staged: Iterable[Staged], columns: Sequence[str], batch: int) -> int:
    """Copy rows to the stage; return how many."""
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\n").writerow
    count = 0
    for n, line, cells, row in staged:
        write([batch, n, line, array(cells), *values(row, columns)])
        count += 1
    if count:
        buffer.seek(0)
        names = ["batch_id", "n", "line", "raw", *columns]
        texts = ", ".join(name for name in columns if name in TEXTS)
        with connection.cursor() as cursor:
            cursor.copy_expert(
                f"COPY leads_arrival ({', '.join(names)}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({texts}))",
                buffer,
                1 << 18,
            )
    return count


def values(row: Row, columns: Sequence[str]) -> Iterator[Any]:
    """The row's values as COPY reads them."""
    get = row.get
    for name in columns:
        value = get(name)
        if value is None:
            yield False if name in FLAGS else None
        elif name == "attributes":
            yield as_json(value)
        elif name == "tags":
            yield array(value)
        else:
            yield value


def array(cells: Sequence[str]) -> str:
    """Texts as an array that PostgreSQL reads."""
    if not cells:
        return "{}"
    inside = '","'.join(cells)
    if "\\" in inside or inside.count('"') != 2 * (len(cells) - 1):
        inside = '","'.join(cell.replace("\\", "\\\\").replace('"', '\\"') for cell in cells)
    return f'{{"{inside}"}}'


def read(records: Iterable[Record], reader: Reader, problem_of: Callable[[Record], str]) -> Iterator[Staged]:
    """What each record says; a row that does not fit its header is an error as a whole."""
    for record in records:
        if record.problem:
            yield Staged(record.n, record.line, record.cells, {"problem": problem_of(record)})
        else:
            yield Staged(record.n, record.line, record.cells, reader.read(record.cells))


def stage(staged: Iterator[Staged], columns: Sequence[str], batch: int, on_progress: Callable[[int], None]) -> int:
    """Copy all rows in chunks, each a transaction of its own; return how many."""
    total = 0
    while chunk := list(islice(staged, CHUNK)):
        with transaction.atomic():
            total += put(chunk, columns, batch)
            on_progress(total)
    return total


def clear(batch: int) -> None:
    """Take the rows of a batch off the stage."""
    Arrival.objects.filter(batch_id=batch)._raw_delete(using=connection.alias)


def count(batch: int) -> int:
    return Arrival.objects.filter(batch_id=batch).count()


def analyse() -> None:
    """Let the planner know what is on the stage."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leads_arrival")
