"""Make a synthetic base of any size, for trials and measurements."""

from __future__ import annotations

import time
from datetime import datetime
from random import Random
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from handoff import broken, escalation
from leadops import seeding
from leadops.accounts.models import Notice
from leadops.management.prepared import PreparedCommand
from leads.models import Lead
from qualification import scoring
from reporting import tallies


class Command(PreparedCommand):
    help = "Make a synthetic base of N leads with their whole history: seeded, by COPY, under all constraints."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leads", type=int, required=True, help="how many leads")
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same base")
        parser.add_argument("--reps", type=int, default=200)
        parser.add_argument("--campaigns", type=int, default=120)

    def handle(self, *, leads: int, seed: int, reps: int, campaigns: int, **_options: Any) -> None:
        began, now, random = time.monotonic(), timezone.now(), Random(seed)  # noqa: S311 - a seeded trial base, no secret
        cast = seeding.hire(reps=reps, campaigns=campaigns, leads=leads, at=now, random=random)
        seeding.load(leads=leads, cast=cast, now=now, seed=seed, on_progress=self._tell)
        self.stdout.write(f"{leads} leads in {time.monotonic() - began:.0f} s; scoring, and looking at what lies")
        self._look(now)
        self.stdout.write(self.style.SUCCESS(f"done in {time.monotonic() - began:.0f} s"))

    def _look(self, at: datetime) -> None:
        """Do what the jobs would have done all along: score, tell why promises broke, flag what lies, tally; mail nobody."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        scoring.rescore(Lead.objects.all(), at=at)
        broken.record_broken(at, is_thorough=True)
        escalation.flag(at, is_thorough=True)
        tallies.keep(at)
        Notice.objects.filter(sent_at=None).update(sent_at=at)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _tell(self, done: int) -> None:
        self.stdout.write(f"  {done}", ending="\r")
        self.stdout.flush()
