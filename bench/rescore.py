"""How long does scoring every lead anew take, beside a bare UPDATE that scores as many wide rows and stays on its pages?"""

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

# The same leads as one wide row each, as somebody would keep them who wants nothing but a score: with the indexes of a
# list, and room on each page, so that the update stays off them.
_WIDE = """
    DROP TABLE IF EXISTS bench_lead;
    CREATE TABLE bench_lead (
        id bigint PRIMARY KEY, first_name text, last_name text, email text, phone text, company text, job_title text, country text,
        source text, campaign text, created_at timestamptz, notes text, status text, owner_id bigint, score int NOT NULL,
        due_at timestamptz, followed_at timestamptz
    ) WITH (fillfactor = 50);
    INSERT INTO bench_lead
    SELECT l.id, c.first_name, c.last_name, c.email, c.phone, o.name, c.job_title, c.country, l.channel, p.name, l.opened_at,
        (SELECT e.interest || ' ' || e.detail FROM leads_engagement e WHERE e.contact_id = c.id ORDER BY e.id LIMIT 1),
        l.stage, l.owner_id, 0, l.next_step_at, l.first_follow_up_at
    FROM leads_lead l JOIN leads_contact c ON c.id = l.contact_id LEFT JOIN leads_organisation o ON o.id = c.organisation_id
    LEFT JOIN leads_campaign p ON p.id = l.campaign_id;
    CREATE INDEX ON bench_lead (lower(email));
    CREATE INDEX ON bench_lead (status);
    CREATE INDEX ON bench_lead (owner_id);
    CREATE INDEX ON bench_lead (created_at)
"""
_SCORE = """
    UPDATE bench_lead SET score =
        CASE WHEN job_title IN ('CEO', 'CTO', 'CFO') THEN 25 WHEN job_title LIKE 'VP%' THEN 18 ELSE 0 END
        + CASE source WHEN 'event' THEN 15 WHEN 'referral' THEN 20 WHEN 'web' THEN 10 ELSE 3 END
        + CASE WHEN country IN ('NL', 'BE', 'DE', 'FR') THEN 10 ELSE 2 END
        + CASE WHEN phone <> '' THEN 5 ELSE 0 END
        + CASE WHEN email ~ '@(acme|cobalt|falcon)' THEN 8 ELSE 0 END
        + CASE WHEN notes ILIKE '%demo%' THEN 12 ELSE 0 END
        + CASE WHEN notes ILIKE '%no budget%' THEN -6 ELSE 0 END
        + CASE WHEN created_at > now() - interval '60 days' THEN 10 WHEN created_at > now() - interval '180 days' THEN 5 ELSE 0 END
        + CASE WHEN campaign LIKE 'Beurs%' THEN 6 ELSE 0 END
        + CASE WHEN company LIKE '%B.V.%' OR company LIKE '%groep%' THEN 4 ELSE 0 END
"""


def bare() -> None:
    """Score every wide row by ten criteria."""
    with connection.cursor() as cursor:
        cursor.execute(_SCORE)


def anew() -> None:
    """Score every lead under a version that differs from the last."""
    rescore(Lead.objects.all(), timezone.now(), draft(TERMS, LINES, by=None, at=timezone.now()))


def tidy(command: str) -> None:
    """Reclaim what the run before left, so that each starts alike."""
    with connection.cursor() as cursor:
        cursor.execute(command)


def main() -> None:
    """Measure both in turn, then score under the definition in force again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    anew()
    with connection.cursor() as cursor:
        for step in _WIDE.split(";"):
            cursor.execute(step)
    plain, scored = [], []
    for _ in range(runs):
        tidy("VACUUM FULL ANALYZE bench_lead")
        plain += timed(bare, 1)
        tidy("VACUUM leads_leadscore")
        scored += timed(anew, 1)
    rows = Lead.objects.count()
    say(f"bare UPDATE of {rows:,} wide rows, 10 criteria", plain, work=rows)
    say(f"rescore {rows:,} leads, {len(LINES)} criteria, addends kept", scored, of=plain, work=rows)
    if Definition.objects.in_force(timezone.now()) is None:
        sys.stdout.write("no definition is in force: scores of the last draft stay\n")
    rescore(Lead.objects.all(), timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_lead")


if __name__ == "__main__":
    with embedded.hold("postgres"):
        main()
