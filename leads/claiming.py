"""Who works on this row? One process at a time, for as long as it lives: no claim outlasts who made it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models


class Taken(Exception):
    """Another process works on it."""


@contextmanager
def claimed(kind: int, row: models.Model) -> Iterator[None]:
    """Hold the right to work on a row, read anew; `kind` is the number of its table's claims. Raises Taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, row.pk])
        if not cursor.fetchone()[0]:
            raise Taken
    try:
        row.refresh_from_db()
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, row.pk])


def change(row: models.Model, **values: object) -> None:
    """Write these columns of a row, and no other."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
