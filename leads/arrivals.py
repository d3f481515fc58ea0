"""What does a row say, in normal form? Cells are checked, taken apart and made comparable, one pass over each row.

A value that cannot be read as its field makes the row an error only where the lead would be wrong without it:
a bad address, an impossible date, a text that is too long. Any other is kept as it stands, with a note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_noop

from leads import emails, names, organisation_names, phones, reasons
from leads.importing import values
from leads.importing.fields import IDENTIFYING, LEFT_OUT
from leads.importing.values.answers import BLANKS
from leads.models import AttributeKey, Contact, Engagement, Organisation
from leads.problems import Problem

Row = dict[str, Any]
Read = Callable[[Row, str], None]

LONGEST_TEXT = 20_000
LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = Decimal(10) ** 16
LONGEST_BLANK = max(map(len, BLANKS))
TAG_MARKS = re.compile(r"[;,|]")
AHEAD = timedelta(days=1)
LATEST = datetime(9999, 12, 1, tzinfo=UTC)

IN_COLUMN = gettext_noop("Column “%(column)s”: %(problem)s")
TOO_LONG = gettext_noop("Column “%(column)s” has %(length)s characters; at most %(limit)s fit. Shorten the value.")
NOBODY = gettext_noop("There is no name, email address, phone number or external number: fill in one of them.")
KEPT_AS_IS = gettext_noop("Column “%(column)s”: “%(raw)s” could not be read and is kept as it is.")
IN_FUTURE = gettext_noop("Column “%(column)s”: “%(raw)s” lies in the future; the moment of arrival is used instead.")
NO_OWNER = gettext_noop("Nobody here is called “%(raw)s”; the owner is kept as it is.")

RECOGNISED_BY = ("name_key", "email_key", "phone_e164", "mobile_e164", "external_id")
TEXTS = (
    "salutation", "initials", "first_name", "infix", "last_name", "job_title", "department", "street", "house_number",
    "postcode", "city", "region", "linkedin_url", "external_id",
)  # fmt: skip
ORGANISATION_TEXTS = {"organisation": "name", "website": "website", "industry": "industry"}


def _longest(model: type[Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


def limits() -> dict[str, int]:
    """How many characters each text field takes."""
    found = {name: _longest(Contact, name) for name in TEXTS}
    found |= {key: _longest(Organisation, name) for key, name in ORGANISATION_TEXTS.items()}
    return {key: limit or LONGEST_TEXT for key, limit in found.items()} | {"campaign": 200, "phone": 100, "mobile": 100}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field it becomes (or none), and how its values are written."""

    header: str
    field: str | None
    attribute: str = ""
    kind: str = AttributeKey.Kind.TEXT
    date_order: Any = None
    is_serial: bool = False
    decimal_mark: str | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """How a source writes, and who is known here: the country of its phones, its zone, owners by name and address."""

    country: str = "NL"
    zone: tzinfo = UTC
    latest: datetime = LATEST
    owners: Mapping[str, int] = field(default_factory=dict)


class WrongValueError(Exception):
    """A value without which, or with which, the row would be wrong; holds the problem to tell."""


class Reader:
    """Reads rows of one shape: a reader for each column is chosen once, and then called for each cell."""

    def __init__(self, columns: Sequence[Column], ways: Ways) -> None:
        self.ways = ways
        self.limits = limits()
        self.reads: list[tuple[int, Read]] = [
            (place, self.reader(column)) for place, column in enumerate(columns) if column.field != LEFT_OUT
        ]

    def reader(self, column: Column) -> Read:
        key = column.field
        if key is None:
            return self.attribute(column)
        if key in self.limits and key not in ("phone", "mobile"):
            return self.text(column, key, self.limits[key])
        return getattr(self, f"read_{key}")(column)

    def read(self, cells: Sequence[str]) -> Row:
        """The row that these cells say; `problem` and `notes` are set where something is wrong."""
        row: Row = {}
        try:
            for place, read in self.reads:
                cell = cells[place].strip()
                if cell and (len(cell) > LONGEST_BLANK or cell.casefold() not in BLANKS):
                    read(row, cell)
            self.complete(row)
        except WrongValueError as wrong:
            row["problem"] = reasons.kept(wrong.args)
        return row

    # Each of these returns how a cell of its column is read.

    def text(self, column: Column, key: str, limit: int) -> Read:
        def read(row: Row, cell: str) -> None:
            if len(cell) > limit:
                raise WrongValueError(Problem(TOO_LONG, {"column": column.header, "length": len(cell), "limit": limit}))
            row.setdefault(key, cell)

        return read

    def attribute(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            if len(cell) > LONGEST_TEXT:
                raise WrongValueError(
                    Problem(TOO_LONG, {"column": column.header, "length": len(cell), "limit": LONGEST_TEXT})
                )
            row.setdefault("attributes", {}).setdefault(column.attribute, typed(cell, column))

        return read

    def kept(self, column: Column, row: Row, cell: str, sentence: str = KEPT_AS_IS) -> None:
        """Keep a value that its field does not take, and say so."""
        row.setdefault("attributes", {}).setdefault(column.attribute or column.field, cell[:LONGEST_TEXT])
        note(row, Problem(sentence, {"column": column.header, "raw": cell[:40]}))

    def read_full_name(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            self.short_enough(column, cell, 400)
            row["full_name"] = cell

        return read

    def read_email(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            found = emails.normal(cell)
            if found.problem:
                gaps = {"column": column.header, "problem": reasons.line(found.problem)}
                raise WrongValueError(Problem(IN_COLUMN, gaps))
            if found.key and "email" not in row:
                row.update(email=cell[:320], email_key=found.key, is_shared_email=emails.is_role(found.key))
            if found.note:
                note(row, found.note)

        return read

    def read_phone(self, column: Column) -> Read:
        key = column.field or "phone"
        limit = self.limits[key]

        def read(row: Row, cell: str) -> None:
            self.short_enough(column, cell, limit)
            found = phones.normal(cell, row.get("country") or self.ways.country)
            if key in row:
                return
            row[key] = cell
            if found.e164:
                row[f"{key}_e164"] = found.e164
            elif found.problem:
                note(row, found.problem)

        return read

    read_mobile = read_phone

    def read_country(self, column: Column) -> Read:
        return self.looked_up(column, values.country)

    def read_language(self, column: Column) -> Read:
        return self.looked_up(column, values.language)

    def read_channel(self, column: Column) -> Read:
        return self.looked_up(column, values.channel)

    def looked_up(self, column: Column, find: Callable[[str], str | None]) -> Read:
        key = column.field or ""

        def read(row: Row, cell: str) -> None:
            found = find(cell)
            if found:
                row.setdefault(key, found)
            else:
                self.kept(column, row, cell)

        return read

    def read_employees(self, column: Column) -> Read:
        return self.counted(column, values.parse_employees)

    def read_attended_minutes(self, column: Column) -> Read:
        return self.counted(column, lambda cell: values.parse_number(cell, column.decimal_mark))

    def counted(self, column: Column, parse: Callable[[str], Any]) -> Read:
        key = column.field or ""

        def read(row: Row, cell: str) -> None:
            value, problem = parse(cell)
            if problem or value is None or not 0 <= value <= LARGEST_COUNT:
                self.kept(column, row, cell)
            else:
                row.setdefault(key, int(value))

        return read

    def read_revenue(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            value, problem = values.parse_number(cell, column.decimal_mark)
            if problem or value is None or abs(value) >= LARGEST_AMOUNT:
                self.kept(column, row, cell)
            else:
                row.setdefault("revenue", round(value, 2))

        return read

    def read_occurred_at(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            value, problem = values.parse_moment(cell, column.date_order, self.ways.zone, is_serial=column.is_serial)
            if problem:
                gaps = {"column": column.header, "problem": reasons.line(problem)}
                raise WrongValueError(Problem(IN_COLUMN, gaps))
            if value and value > self.ways.latest + AHEAD:
                note(row, Problem(IN_FUTURE, {"column": column.header, "raw": cell[:40]}))
            elif value:
                row.setdefault("occurred_at", value)

        return read

    def read_birth_date(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            value, problem = values.parse_date(
                cell, column.date_order, is_serial=column.is_serial, latest=min(self.ways.latest.date(), LAST_DAY)
            )
            if problem or value is None:
                self.kept(column, row, cell)
            else:
                row.setdefault("birth_date", value.date() if isinstance(value, datetime) else value)

        return read

    def yes_no(self, column: Column) -> Read:
        key = column.field or ""

        def read(row: Row, cell: str) -> None:
            answer = values.parse_bool(cell)
            if answer is None:
                self.kept(column, row, cell)
            elif answer:
                row[key] = True

        return read

    read_consent_email = read_consent_phone = read_opt_out_email = read_opt_out_phone = read_is_customer = yes_no

    def long_text(self, column: Column) -> Read:
        key = {"notes": "notes_given", "source_detail": "source_detail"}.get(column.field or "", column.field or "")

        def read(row: Row, cell: str) -> None:
            self.short_enough(column, cell, LONGEST_TEXT)
            row[key] = f"{row[key]}\n{cell}" if key in row else cell

        return read

    read_notes = read_source_detail = read_interest = long_text

    def read_lead_status(self, column: Column) -> Read:
        return self.attribute(column)

    read_score = read_outcome = read_closed_at = read_amount = read_mql_at = read_first_follow_up_at = read_lead_status

    def read_owner(self, column: Column) -> Read:
        keep = self.attribute(column)

        def read(row: Row, cell: str) -> None:
            keep(row, cell)
            owner = self.ways.owners.get(" ".join(names.folded(cell).split()))
            if owner:
                row.setdefault("requested_owner_id", owner)
            else:
                note(row, Problem(NO_OWNER, {"raw": cell[:60]}))

        return read

    def read_tags(self, column: Column) -> Read:
        def read(row: Row, cell: str) -> None:
            self.short_enough(column, cell, LONGEST_TEXT)
            tags = [tag.strip()[:100] for tag in TAG_MARKS.split(cell) if tag.strip()]
            row["tags"] = list(dict.fromkeys(row.get("tags", []) + tags))

        return read

    def short_enough(self, column: Column, cell: str, limit: int) -> None:
        if len(cell) > limit:
            raise WrongValueError(Problem(TOO_LONG, {"column": column.header, "length": len(cell), "limit": limit}))

    def complete(self, row: Row) -> None:
        """What follows from the cells together: the parts and keys of the name, the organisation's key, what was done."""
        if IDENTIFYING.isdisjoint(row):
            raise WrongValueError(Problem(NOBODY))
        full = row.pop("full_name", None)
        if full and not row.get("last_name"):
            self.take_apart(row, full)
        first = row.get("first_name") or row.get("initials") or ""
        row["first_key"] = names.key(first, "", "")
        row["last_key"] = names.key("", row.get("infix") or "", row.get("last_name") or "")
        row["name_key"] = f"{row['first_key']} {row['last_key']}".strip()[:400]
        if not any(map(row.get, RECOGNISED_BY)):
            raise WrongValueError(Problem(NOBODY))
        if organisation := row.get("organisation"):
            row["organisation_key"] = organisation_names.key(organisation)[:300]
        if (address := row.get("email_key")) and not emails.is_free(host := emails.domain(address)):
            row["domain"] = host
        row["detail"] = "\n".join(filter(None, (row.pop("source_detail", None), row.pop("notes_given", None))))
        row["kind"] = Engagement.Kind.ATTENDED if row.get("attended_minutes") else Engagement.Kind.ENQUIRY

    def take_apart(self, row: Row, full: str) -> None:
        """Fill the parts of a name that have no column of their own from the full one."""
        for key, part in names.split(full)._asdict().items():
            limit = self.limits[key]
            if part and len(part) <= limit:
                row.setdefault(key, part)
            elif part:
                gaps = {"column": key, "length": len(part), "limit": limit}
                raise WrongValueError(Problem(TOO_LONG, gaps))


LAST_DAY = date(2100, 1, 1)
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?")


def note(row: Row, problem: Problem) -> None:
    said = reasons.line(problem)
    row["notes"] = f"{row['notes']}\n{said}" if "notes" in row else said


def typed(cell: str, column: Column) -> Any:
    """An attribute's value as its registered kind has it; as text where it is not of that kind."""
    if column.kind == AttributeKey.Kind.NUMBER and PLAIN_NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    if column.kind == AttributeKey.Kind.BOOLEAN:
        answer = values.parse_bool(cell)
        return cell if answer is None else answer
    if column.kind == AttributeKey.Kind.DATE:
        value, _problem = values.parse_date(cell, column.date_order)
        return value.isoformat() if value else cell
    return cell


def kind_of(samples: Iterable[str]) -> str:
    """The kind of an attribute, by the values in its column: text unless all are of another."""
    given = [cell.strip() for cell in samples if not values.is_blank(cell)]
    if not given:
        return AttributeKey.Kind.TEXT
    if all(PLAIN_NUMBER.fullmatch(cell) for cell in given):
        return AttributeKey.Kind.NUMBER
    if all(cell.casefold() in ("yes", "no", "true", "false", "ja", "nee") for cell in given):
        return AttributeKey.Kind.BOOLEAN
    is_dated = all(re.match(r"\d{4}-\d{2}-\d{2}", cell) and values.parse_date(cell, "ymd").value for cell in given)
    return AttributeKey.Kind.DATE if is_dated else AttributeKey.Kind.TEXT


def as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
