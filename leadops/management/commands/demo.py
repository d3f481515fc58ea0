"""Load the demo company into an empty base, and say how to log in."""

from __future__ import annotations

from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from leadops import demo
from leads.models import Lead


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

    @transaction.atomic
    def load(self) -> None:
        now, random = timezone.now(), Random(2013)  # noqa: S311 - a seeded story, no secret
        cast = demo.assemble(now - demo.HISTORY)
        demo.walk(cast, now=now, random=random)
