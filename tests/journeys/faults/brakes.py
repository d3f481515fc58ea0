"""Where does a killed process stand when it is killed? Places in the database at which it is made to wait."""

from __future__ import annotations

from typing import Any

from tests.journeys.faults.installation import Installation, wait_for

KEY = 77_001
_PLACE = """
    CREATE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared({key}, TG_ARGV[0]::int);
        RETURN coalesce(NEW, OLD);
    END $$
"""
_TRIGGER = "CREATE TRIGGER brake_{n} BEFORE {event} ON {table} FOR EACH {each} {when} EXECUTE FUNCTION brake('{n}')"
_WAITING = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND NOT granted"


class Brakes:
    """Brakes on statements, by name. One that is on makes who comes there wait until it is let off."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.numbers: dict[str, int] = {}
        self.on: dict[str, Any] = {}
        installation.sql(_PLACE.format(key=KEY))

    def fit(self, name: str, event: str, table: str, when: str = "") -> None:
        """Fit a brake on a statement on a table, or on the row that `when` says."""
        self.numbers[name] = n = len(self.numbers) + 1
        each, condition = ("ROW", f"WHEN ({when})") if when else ("STATEMENT", "")
        self.installation.sql(_TRIGGER.format(n=n, event=event, table=table, each=each, when=condition))

    def put_on(self, name: str) -> None:
        self.on[name] = connection = self.installation.connect()
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '60s'")
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [KEY, self.numbers[name]])

    def let_off(self, name: str) -> None:
        self.on.pop(name).close()

    def wait(self, name: str) -> None:
        """Wait until a process stands still at the brake."""
        wait_for(f"a process to come to “{name}”", lambda: self.is_waited_at(name))

    def is_waited_at(self, name: str) -> bool:
        return bool(self.installation.sql(_WAITING, KEY, self.numbers[name]))
