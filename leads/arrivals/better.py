"""What was probably meant by a value that cannot be right?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from leads import emails, phones
from leads.arrivals.shapes import Column
from leads.importing import values

NEARBY = ("NL", "BE", "DE", "FR", "GB", "LU")
"""Where a number that is none in its own country may be from, the likeliest first."""
YEAR_FIRST = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


def better(column: Column, cell: str, row: Mapping[str, Any], country: str) -> str:
    """What to write instead of a cell; empty where that cannot be told. `row` is what was read before it."""
    if column.field == "email":
        return emails.normal(cell).suggestion or ""
    if column.field in ("phone", "mobile"):
        return elsewhere(cell, row.get("country") or country)
    if column.field in ("occurred_at", "birth_date"):
        return swapped(cell, column)
    return ""


def elsewhere(cell: str, country: str) -> str:
    """The number with the code of a country near by, where it is one there."""
    if phones.normal(cell, country).e164:
        return ""
    found = (phones.normal(cell, other).e164 for other in NEARBY if other != country)
    return next(filter(None, found), "")


def swapped(cell: str, column: Column) -> str:
    """The day that a date is when day and month change places; with its time, where it has one."""
    if values.parse_date(cell, column.date_order).value:
        return ""
    order: Any = "dmy" if column.date_order == "mdy" else "mdy"
    value = values.parse_date(YEAR_FIRST.sub(r"\1-\3-\2", cell), order).value
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else ""
