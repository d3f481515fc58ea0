"""How is a cell of each field read?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from leads import emails, names, phones, reasons
from leads.arrivals import past
from leads.arrivals.attributes import typed
from leads.arrivals.shapes import (
    IN_COLUMN,
    IN_FUTURE,
    KEPT_AS_IS,
    LONGEST_TEXT,
    MISSPELT,
    NO_OWNER,
    TOO_LONG,
    Column,
    Read,
    Row,
    Ways,
    WrongValueError,
    limits,
    note,
)  # fmt: skip
from leads.importing import values
from leads.problems import Problem

CONSENTS = frozenset({"consent_email", "consent_phone"})
LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = Decimal(10) ** 16
TAG_MARKS = re.compile(r"[;,|]")
AHEAD = timedelta(days=1)
LAST_DAY = date(2100, 1, 1)


class Cells:
    """For each column a function that reads its cells into a row; `read_x` returns that of field x."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.limits = limits()

    def reader(self, column: Column) -> Read:
        key = column.field
        if key is None:
            return self.attribute(column)
        if key in self.limits and key not in ("phone", "mobile"):
            return self.text(column, key, self.limits[key])
        if self.ways.past and (told := past.reader(column, self.ways)):
            return told
        return getattr(self, f"read_{key}")(column)

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
            elif found.suggestion:
                note(row, Problem(MISSPELT, {"raw": cell[:60], "better": found.suggestion}))

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

    def read_legal_form(self, column: Column) -> Read:
        return self.looked_up(column, values.legal_form)

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
            if value and self.ways.past and value > self.ways.latest:
                raise WrongValueError(Problem(past.TO_COME, {"column": column.header, "raw": cell[:40]}))
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
            if answer is not None or key in CONSENTS:
                row[key] = bool(answer)  # what is not understood is no yes, whatever is said of all rows

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

    read_score = read_outcome = read_closed_at = read_amount = read_mql_at = read_lead_status
    read_last_follow_up_kind = read_last_follow_up_result = read_lead_status
    read_first_follow_up_at = read_last_follow_up_at = read_next_step_at = read_follow_up_notes = read_lead_status

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
