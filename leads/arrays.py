"""How do many values reach a statement as one? As the text of an array, which PostgreSQL reads faster than a list of constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime


def array(values: Iterable[object]) -> str:
    """Numbers, moments, truths, words and None as an array; the statement says of what type."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, datetime):
        return value.isoformat()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def texts(cells: Sequence[str]) -> str:
    """Texts as an array: that of a row's cells, row after row."""
    if not cells:
        return "{}"
    inside = '","'.join(cells)
    if "\\" in inside or inside.count('"') != 2 * (len(cells) - 1):
        return f"{{{','.join(map(_quoted, cells))}}}"
    return f'{{"{inside}"}}'
