"""Load the demo company into an empty base, and say how to log in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from leadops import demo
from leads.models import Lead


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction without savepoints, which were two statements in five: whatever fails takes all of it back."""
    usual, connection.features.uses_savepoints = connection.features.uses_savepoints, False
    try:
        with transaction.atomic():
            yield
    finally:
        connection.features.uses_savepoints = usual


class Command(BaseCommand):
    help = "Load demo data into an empty base; the log-ins are printed. Only in demo mode (LEADOPS_DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LEADOPS_DEMO:
            raise CommandError("Demo log-ins are made in demo mode only: set LEADOPS_DEMO=1, or use 'make demo'.")
        if not Lead.objects.exists():
            self.load()
        self.stdout.write(f"Log in with the password {demo.PASSWORD} as")
        for role, (email, name, _roles) in demo.LOG_INS.items():
            self.stdout.write(f"  {role:14} {email:26} {name}")

    def load(self) -> None:
        with all_or_nothing():
            demo.tell(timezone.now(), on_day=self.show)

    def show(self, day: int, days: int) -> None:
        """Tell a person who waits how far the story is."""
        if self.stderr.isatty():
            self.stderr.write(f"\r  day {day} of {days}", ending="\n" if day == days else "")
