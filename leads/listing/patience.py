"""How long may somebody be kept waiting for an answer of the database?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, connection, transaction

CANCELLED = "57014"


class TooLong(Exception):
    """The answer would have come too late; it was given up."""


@contextmanager
def at_most(patience: timedelta) -> Iterator[None]:
    """Give a statement of the block up that takes longer than this. Raises TooLong."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [round(patience.total_seconds() * 1_000)])
            yield
            cursor.execute("SET LOCAL statement_timeout = 0")
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != CANCELLED:
            raise
        raise TooLong from error
