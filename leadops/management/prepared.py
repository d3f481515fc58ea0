"""What does a command find that is run before anything else: a base with all its tables?"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from leadops import embedded


class PreparedCommand(BaseCommand):
    """A command that works on leads: the base that comes along is migrated first, one of your own has to be."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; raise CommandError where a server of somebody's own lacks tables."""
        if is_pending():
            if not settings.IS_EMBEDDED:
                raise CommandError("The database lacks tables of this version: run manage.py migrate first.")
            self.stderr.write("Migrating the database ...")
            call_command("migrate", verbosity=0, interactive=False)
        return super().execute(*args, **options)


def is_pending() -> bool:
    """Tell whether the database lacks a migration."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise embedded.Unavailable(f"the database does not answer: {str(error).splitlines()[0]}") from error
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
