"""How do many values reach a statement as one? As the text of an array, which PostgreSQL reads faster than a list of constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

PLAIN = frozenset({int, bool})


def array(values: Iterable[object]) -> str:
    """Numbers, moments, truths, words and None as an array; the statement says of what type."""
    values = values if isinstance(values, Sequence) else list(values)
    kinds = set(map(type, values))
    if kinds == {str}:
        return texts(values)  # type: ignore[arg-type] # all of them are
    return f"{{{','.join(map(str if kinds <= PLAIN else _element, values))}}}"


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


class Among(Lookup):
    """`pk__among=keys`: one of any number of keys, which reach the statement as one value, not as a list of constants."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> str:
        return array(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*params, self.rhs)
