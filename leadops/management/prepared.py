"""What does a command find that is run before anything else: a base with all its tables?"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from leadops import embedded

ONE_AT_A_TIME = 7_305_912
"""The advisory lock under which a command migrates the base."""


class PreparedCommand(BaseCommand):
    """A command that works on leads: the base that comes along is migrated first, one of your own has to be."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; raise CommandError where a server of somebody's own lacks tables."""
        if is_pending():
            if not settings.IS_EMBEDDED:
                raise CommandError("The database lacks tables of this version: run manage.py migrate first.")
            migrate(self.stderr.write)
        return super().execute(*args, **options)


def migrate(say: Callable[[str], object]) -> None:
    """Bring the base that comes along up to date, and say so; whoever comes second waits, and finds it done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        if is_pending():
            say("Migrating the database ...")
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def is_pending() -> bool:
    """Tell whether the database lacks a migration."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise embedded.Unavailable(f"the database does not answer: {str(error).splitlines()[0]}") from error
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
