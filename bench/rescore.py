"""How long does scoring every lead anew take, beside a bare UPDATE of as many rows that stays on its pages?"""

from __future__ import annotations

import argparse
import os
import sys

import django
from django.db import connection
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from bench.measuring import say, timed  # noqa: E402 - Django first
from leadops import embedded  # noqa: E402
from leads.models import Lead  # noqa: E402
from qualification.default import LINES, TERMS  # noqa: E402
from qualification.definition import draft  # noqa: E402
from qualification.models import Definition  # noqa: E402
from qualification.scoring import rescore  # noqa: E402

_REFERENCE = """
    DROP TABLE IF EXISTS bench_score;
    CREATE TABLE bench_score (LIKE leads_leadscore INCLUDING ALL) WITH (fillfactor = 45);
    INSERT INTO bench_score SELECT * FROM leads_leadscore;
    VACUUM ANALYZE bench_score
"""


def bare() -> None:
    """Write a score into every row of the copy."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_score SET score = score + 1, definition_version = definition_version + 1")


def anew() -> None:
    """Score every lead under a version that differs from the last."""
    rescore(Lead.objects.all(), timezone.now(), draft(TERMS, LINES, by=None, at=timezone.now()))


def tidy(table: str) -> None:
    """Reclaim what the run before left, so that each starts alike."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {table}")


def main() -> None:
    """Measure both in turn, then score under the definition in force again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    anew()
    with connection.cursor() as cursor:
        for step in _REFERENCE.split(";"):
            cursor.execute(step)
    plain, scored = [], []
    for _ in range(runs):
        tidy("bench_score")
        plain += timed(bare, 1)
        tidy("leads_leadscore")
        scored += timed(anew, 1)
    rows = Lead.objects.count()
    say(f"bare UPDATE of {rows:,} rows", plain, work=rows)
    say(f"rescore {rows:,} leads, {len(LINES)} criteria, addends kept", scored, of=plain, work=rows)
    if Definition.objects.in_force(timezone.now()) is None:
        sys.stdout.write("no definition is in force: scores of the last draft stay\n")
    rescore(Lead.objects.all(), timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_score")


if __name__ == "__main__":
    with embedded.hold("postgres"):
        main()
