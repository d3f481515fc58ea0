"""Where is the file of a batch, what table is in it, and what does each column become?"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadops.accounts.models import Company, User
from leads import names
from leads.arrivals import Column, PastWays, Reader, Ways, kind_of
from leads.importing import orders, values
from leads.importing.fields import BY_KEY, FIELDS, LEFT_OUT, Kind
from leads.importing.reading import NO_HEADER, Record, Table, Unreadable, letters, open_table
from leads.models import AttributeKey, ImportBatch

SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
DATED = ("occurred_at", "birth_date")
COUNTED = ("revenue", "attended_minutes", "amount")
OF_HISTORY = frozenset(field.key for field in FIELDS if field.is_history)
DATED_IN_HISTORY = (*DATED, *(field.key for field in FIELDS if field.is_history and field.kind is Kind.MOMENT))
KEPT_IN_HISTORY = frozenset(
    {"lead_status", "score", "owner", "outcome", "last_follow_up_kind", "last_follow_up_result"}
)
KEPT_AS_ATTRIBUTE = KEPT_IN_HISTORY | OF_HISTORY
DIGEST_CHUNK = 1 << 20
_left_open: dict[tuple[str | None, str], Table] = {}
"""By kept file and sheet, so that a workbook is taken apart once."""


@contextmanager
def opened(batch: ImportBatch) -> Iterator[Table]:
    """The table in the kept file of a batch, wherever the storage keeps it; raises Unreadable."""
    if left := _left_open.pop((batch.file.name, batch.sheet), None):
        yield left
        return
    with local_path(batch) as path:
        yield open_table(path, sheet=batch.sheet or None, name=batch.name, header_row=header_row(batch))


def header_row(batch: ImportBatch) -> int | None:
    """The line that names the columns, or NO_HEADER: as it was told, else as it was found when the file was described."""
    told = batch.options.get("header_row")
    if told is not None or "header_row" not in batch.reading:
        return told
    found: int | None = batch.reading["header_row"]
    return NO_HEADER if found is None else found


def leave_open(batch: ImportBatch, table: Table) -> None:
    """Keep the table of a workbook, which is in memory whole, for the next of this process who opens it."""
    if table.sheet is not None:
        _left_open[batch.file.name, batch.sheet] = table


@contextmanager
def local_path(batch: ImportBatch) -> Iterator[Path]:
    """The kept file as a path on this machine; a copy for as long as it is needed where the storage is elsewhere."""
    path = path_here(batch)
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile() as copy:
        try:
            with batch.file.open("rb") as kept:
                shutil.copyfileobj(kept, copy)
        except FileNotFoundError:
            raise Unreadable(_("The file is no longer kept. Choose it again.")) from None
        copy.flush()
        yield Path(copy.name)


def path_here(batch: ImportBatch) -> Path | None:
    """Where the kept file lies on this machine; None where the storage keeps it elsewhere."""
    try:
        path = Path(batch.file.path)
    except NotImplementedError:
        return None
    return path if path.exists() else None


def digest_of(file: File) -> str:
    """By what two files with the same content are the same."""
    found = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(DIGEST_CHUNK):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def digest_of_headers(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([header.strip().casefold() for header in headers]).encode()).hexdigest()


def reader(batch: ImportBatch, table: Table, at: datetime) -> Reader:
    """The reader of a batch's rows, as its mapping and its options say."""
    zone = ZoneInfo(Company.objects.values_list("time_zone", flat=True).first() or "Europe/Amsterdam")
    past = past_ways(batch, zone) if is_history(batch.options) else None
    ways = Ways(batch.options.get("country") or "NL", zone, at, owners(), past)
    return Reader(columns(batch, table), ways, constants(batch))


def is_history(options: Mapping[str, Any]) -> bool:
    """Whether a file is the history of another system, of those who move in."""
    return bool(options.get("is_history"))


def past_ways(batch: ImportBatch, zone: ZoneInfo) -> PastWays:
    """How history is read: owners who left count too, and what has no day of closing was closed as was said, or as it came."""
    said = batch.options.get("closed_on")
    day = datetime.combine(date.fromisoformat(said), time(), zone) if said else batch.created_at
    return PastWays(owners(with_gone=True), min(day, batch.created_at))


def dated(options: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of a file that are dates."""
    return DATED_IN_HISTORY if is_history(options) else DATED


def kept(options: Mapping[str, Any]) -> frozenset[str]:
    """The fields that are kept with a person as they stand, besides what else they are for."""
    return KEPT_IN_HISTORY if is_history(options) else KEPT_AS_ATTRIBUTE


def constants(batch: ImportBatch) -> list[tuple[Column, str]]:
    """What every row says, by choice."""
    said = batch.options.get("constants", {})
    return [(constant(field), str(value)) for field, value in said.items() if field in BY_KEY and value]


def constant(field: str) -> Column:
    """The column that there would be if the file itself said it."""
    key = field if field in KEPT_AS_ATTRIBUTE else ""
    return Column(str(BY_KEY[field].label), field, key, date_order="ymd", is_order_told=True)


def fields(batch: ImportBatch) -> list[str | None]:
    """The fields that rows of the batch may have: of its columns, and of what every row says."""
    told = ("past", "occurred_at") if is_history(batch.options) else ()
    return [*batch.mapping, *(column.field for column, _value in constants(batch)), *told]


def records(batch: ImportBatch, table: Table) -> Iterator[Record]:
    """The records of a table, with the cells that were put right by hand."""
    width = len(batch.headers)
    return corrected(table.records(), batch.corrections, width) if batch.corrections else table.records()


def corrected(found: Iterable[Record], corrections: Mapping[str, Mapping[str, str]], width: int) -> Iterator[Record]:
    """The records with what was put right; one that was no row of the table is one once all its cells were."""
    for record in found:
        cells = corrections.get(str(record.n), {})
        put = [cells.get(str(place), cell) for place, cell in enumerate(record.cells[:width])]
        if len(cells) == width:
            yield Record(record.n, record.line, put)
        elif cells and not record.problem:
            yield record._replace(cells=put)
        else:
            yield record


def columns(batch: ImportBatch, table: Table) -> list[Column]:
    """What each column becomes, and how its values are written, by the samples where the options do not say."""
    keys = attribute_keys(batch.headers, batch.mapping, kept(batch.options))
    kinds = dict(AttributeKey.objects.filter(key__in=[key for key in keys if key]).values_list("key", "kind"))
    samples = list(zip(*table.samples, strict=True)) or [()] * len(batch.headers)
    asked, dates = set(orders.asked(batch.reading)), dated(batch.options)
    found = []
    for place, (field, key, cells) in enumerate(zip(batch.mapping, keys, samples, strict=True)):
        order = orders.of_column(place, batch.reading, batch.options)
        one = column(
            called(batch.headers, place), field, key, kinds.get(key, ""), cells, order, is_told=place not in asked,
            is_dated=field in dates,
        )  # fmt: skip
        found.append(replace(one, words=words(place, batch.options), accepted=accepted(place, batch.options)))
    return found


def words(place: int, options: Mapping[str, Any]) -> dict[str, str]:
    """What words of a column were said to mean, by the words in small letters."""
    found: dict[str, str] = options.get("words", {}).get(str(place), {})
    return found


def accepted(place: int, options: Mapping[str, Any]) -> frozenset[str]:
    """About which sentences the suggestion was accepted, for all alike."""
    return frozenset(options.get("accepted", {}).get(str(place), ()))


def column(
    header: str, field: str | None, key: str, kind: str, samples: Sequence[str], order: str, *, is_told: bool = True,
    is_dated: bool = True,
) -> Column:  # fmt: skip
    """One column; its dates are read in `order` where its samples do not tell another."""
    given = [cell.strip() for cell in samples if cell.strip()]
    return Column(
        header,
        field,
        key,
        kind or kind_of(given),
        values.detect_date_order(given) or order,
        is_told,
        is_dated and bool(given) and sum(map(bool, map(SERIAL.fullmatch, given))) > 0.9 * len(given),
        values.detect_decimal_mark(given) if field in COUNTED else None,
    )


def remarks(batch: ImportBatch) -> list[str]:
    """What is to be said of how the file was read: dates in an order that neither the values nor anybody told."""
    said = _(
        "In the column “%(header)s” day and month cannot be told apart; "
        "its dates were read as %(order)s, since no order was chosen."
    )
    return _of_dates(batch, said, orders.assumed(batch.reading, batch.options))


def date_orders(batch: ImportBatch) -> list[str]:
    """How the dates of columns are read in which no value tells the order, as was chosen or is usual."""
    said = _("In the column “%(header)s” day and month cannot be told apart; its dates are read as %(order)s.")
    places = orders.asked(batch.reading)
    return _of_dates(batch, said, [(one, orders.of_column(one, batch.reading, batch.options)) for one in places])


def _of_dates(batch: ImportBatch, said: str, found: Iterable[tuple[int, str]]) -> list[str]:
    """The sentence for each of the columns that become dates, with its order."""
    return [
        said % {"header": called(batch.headers, place), "order": str(orders.LABELS[order]).lower()}
        for place, order in found
        if batch.mapping[place] in dated(batch.options)
    ]


def of_lines(batch: ImportBatch) -> list[str]:
    """What is to be said of lines below the header: those that are no rows, and rows that lack cells at their end."""
    return left_out(batch) + filled_up(batch)


def filled_up(batch: ImportBatch) -> list[str]:
    """What is to be said of rows that have fewer cells than the header."""
    found = batch.reading.get("filled_up", {})
    if not found.get("count"):
        return []
    said = ngettext(
        "%(count)d row has fewer cells than the header; what is missing at its end is taken as empty (line %(line)d).",
        "%(count)d rows have fewer cells than the header; what is missing at their end is taken as empty (from line %(line)d on).",
        found["count"],
    )
    return [said % {"count": found["count"], "line": found["first"]}]


def left_out(batch: ImportBatch) -> list[str]:
    """What is to be said of lines below the header that are no rows."""
    found = batch.reading.get("left_out", {})
    if not found.get("count"):
        return []
    said = ngettext(
        "%(count)d line below the header is not read as a row: it closes a report or belongs to another table (line %(line)d).",
        "%(count)d lines below the header are not read as rows: they close a report or belong to another table (from line %(line)d on).",
        found["count"],
    )
    return [said % {"count": found["count"], "line": found["first"]}]


def called(headers: Sequence[str], place: int) -> str:
    """What a column is called: as its header says, else as in a spreadsheet."""
    return headers[place] or letters(place)


def attribute_keys(
    headers: Sequence[str], mapping: Sequence[str | None], kept: frozenset[str] = KEPT_AS_ATTRIBUTE
) -> list[str]:
    """The key under which each column is kept on contacts; empty where a field takes it."""
    taken: set[str] = set()
    keys = []
    for place, (header, field) in enumerate(zip(headers, mapping, strict=True), 1):
        key = "" if field and field not in kept else field or slug(header) or f"column_{place}"
        while key and key in taken:
            key = f"{key[:90]}_{place}"
        taken.add(key)
        keys.append(key)
    return keys


def slug(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", names.folded(header)).strip("_")[:90]


def attributes(batch: ImportBatch, table: Table) -> list[dict[str, str]]:
    """The columns that no field takes, as they are entered once the batch is run."""
    said = [*columns(batch, table), *(one for one, _value in constants(batch))]
    return [
        {"key": one.attribute, "label": (one.header or one.attribute)[:300], "kind": one.kind}
        for one in said
        if one.attribute
    ]


def register_attributes(batch: ImportBatch, at: datetime) -> None:
    """Enter the columns that no field takes, so that conditions can offer them."""
    rows = [AttributeKey(**one, created_at=at) for one in batch.reading.get("attributes", [])]
    AttributeKey.objects.bulk_create(rows, ignore_conflicts=True)


def owners(*, with_gone: bool = False) -> dict[str, int]:
    """Active users by address and by name, or also those who left; a name that two of them bear names neither."""
    found: dict[str, int] = {}
    shared: set[str] = set()
    users = User.objects.all() if with_gone else User.objects.filter(is_active=True)
    for key, email, name in users.values_list("pk", "email", "name"):
        for text in {" ".join(names.folded(text).split()) for text in (email, name)}:
            shared |= {text} & found.keys()
            found[text] = key
    return {text: key for text, key in found.items() if text and text not in shared}


def field_keys(mapping: Sequence[str | None]) -> list[str | None]:
    """A mapping with nothing in it but fields that exist, and columns that are left out."""
    return [field if field in BY_KEY or field == LEFT_OUT else None for field in mapping]
