"""Which statements does PostgreSQL know already? Those of the hot pages and operations: planned once a connection.

A long statement that finds a few rows by their keys takes longer to plan than to run. Here it is planned at its first
use on a connection, for any values. Where a pooler gives each transaction another connection (which
`DISABLE_SERVER_SIDE_CURSORS` says, as it does to Django), nothing is kept and each use is planned anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

_VALUE = re.compile(r"%\((\w+)\)s|%%")
# The statements that each connection knows, by the names that they have there.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Prepared:
    """A statement with named values, each of a given PostgreSQL type.

    An array is given as the text of one (leads.arrays) and said to be of type text where the statement itself says
    what it is an array of.
    """

    def __init__(self, sql: str, **types: str) -> None:
        names = list(dict.fromkeys(found[1] for found in _VALUE.finditer(sql) if found[1]))
        if missing := set(names) ^ set(types):
            raise ValueError(f"a prepared statement gives the type of each of its values, and of no other: {missing}")
        self.sql = sql
        self._name = f"leadops_{blake2b(sql.encode(), digest_size=8).hexdigest()}"
        number = {name: f"${n}" for n, name in enumerate(names, start=1)}
        numbered = _VALUE.sub(lambda found: number[found[1]] if found[1] else "%", sql)
        self._prepare = f"PREPARE {self._name} ({', '.join(types[name] for name in names)}) AS {numbered}"
        self._execute = f"EXECUTE {self._name} ({', '.join(f'%({name})s' for name in names)})"

    def run(self, cursor: CursorWrapper, values: Mapping[str, Any]) -> None:
        """Execute the statement with `values`."""
        if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
            cursor.execute(self.sql, values)
            return
        known = _known.setdefault(connection.connection, set())
        if self._name not in known:
            with connection.wrap_database_errors, connection.connection.cursor() as bare:
                bare.execute(self._prepare)
            known.add(self._name)
        cursor.execute(self._execute, values)
