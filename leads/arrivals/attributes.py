"""Of what kind are the values of a column that no field takes, and how are they kept?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from leads.arrivals.shapes import Column
from leads.importing import values
from leads.models import AttributeKey

_encode = json.JSONEncoder(ensure_ascii=False).encode
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?")


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
    return _encode(value)
