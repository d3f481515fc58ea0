"""How fast are the hot pages over HTTP? Black hole, follow-up rate, lead list, a rep's queue, and recording a follow-up."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from bench.import_file import make_file  # noqa: E402 - Django first
from bench.measuring import is_served, say, say_latency, timed, wait_for_quiet  # noqa: E402 - Django first
from bench.sessions import Browser  # noqa: E402
from leadops import embedded  # noqa: E402
from leadops.accounts.models import User  # noqa: E402
from leadops.environment import BASE_DIR  # noqa: E402
from leads.models import Campaign, Lead  # noqa: E402

REPORT = """
    SELECT channel, owner_id, count(*), count(first_follow_up_at),
        count(*) FILTER (WHERE first_follow_up_at IS NULL AND answered_at IS NULL AND promised_by < now())
    FROM leads_promotion WHERE mql_at >= date_trunc('quarter', now()) GROUP BY 1, 2
"""
WHOLE = REPORT.replace("WHERE mql_at >= date_trunc('quarter', now())", "")
QUEUE = """
    SELECT id, contact_id, stage, next_step_at FROM leads_lead
    WHERE owner_id = %s AND closed_at IS NULL ORDER BY next_step_at, id LIMIT 50
"""
ACTION = re.compile(r'<form class="outcome"[^>]*action="([^"]+)"')
FILTERS = ("", "stage=won", "stage=mql", "stage=inquiry", "channel=event", "overdue=on")


def read(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def paged(browser: Browser, path: str, runs: int, **headers: str) -> list[float]:
    """Time a page after three reads to warm up."""
    wait_for_quiet(3)
    browser.connection.close()
    for _ in range(3):
        browser.get(path, **headers)
    return [browser.get(path, **headers) for _ in range(runs)]


def reports(port: int, runs: int) -> None:
    manager = Browser(port, User.objects.with_role("sales_manager").first())
    bare, whole = (timed(lambda sql=sql: read(sql), runs, quiet=False) for sql in (REPORT, WHOLE))
    say("bare GROUP BY over the quarter", bare)
    say("bare GROUP BY over everything", whole)
    for name, path in (("black hole, this quarter", "/reports/black-hole/"), ("follow-up rate", "/reports/follow-up/")):
        say_latency(name, paged(manager, path, runs), of=bare)


def lists(port: int, runs: int) -> None:
    marketer = Browser(port, User.objects.with_role("marketer").first())
    last, campaign = Lead.objects.order_by("-pk").first(), Campaign.objects.order_by("-pk").first()
    deep = last.pk // 2
    for query in (*FILTERS, f"campaign={campaign.pk}"):
        say_latency(f"lead list ?{query}", paged(marketer, f"/leads/?{query}", runs))
        say_latency(f"lead list ?{query}, deep", paged(marketer, f"/leads/?{query}&before={deep}", runs))


def queues(port: int, runs: int) -> None:
    for rep in User.objects.with_role("hunter").filter(leads__closed_at=None).order_by("pk").distinct()[:3]:
        browser = Browser(port, rep)
        bare = timed(lambda rep=rep: read(QUEUE, rep.pk), runs, quiet=False)
        say_latency(f"queue of rep {rep.pk}", paged(browser, "/queue/", runs), of=bare)
        say_latency("  recording a follow-up and the next lead", [recorded(browser) for _ in range(runs)])


def recorded(browser: Browser) -> float:
    """Record that nobody answered for the first lead of the queue, as the page's own script does."""
    browser.get("/queue/")
    found = ACTION.search(browser.text)
    if found is None:
        raise RuntimeError("the queue is empty")
    fields = {"disposition": "no_answer", "kind": "call", "note": "measured", "then": ""}
    return browser.post(found.group(1), fields, **{"HX-Request": "true"})


@contextmanager
def an_import(rows: int) -> Iterator[None]:
    """Import a file of so many rows by the command meanwhile; say whether that lasted to the end of what is measured."""
    with TemporaryDirectory() as folder:
        path = make_file(Path(folder) / "measured.csv", rows, is_plain=False)
        command = [sys.executable, "manage.py", "import_leads", str(path), "--campaign", "Measured", "--json"]
        with subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.DEVNULL) as process:
            yield
            print("the import goes on" if process.poll() is None else "the import ended before all was measured")


def beside_an_import(port: int, runs: int, rows: int) -> None:
    """One rep's queue and some lists: how they are idle, and how while a file is imported."""
    measured = {"alone": nullcontext(), "beside an import": an_import(rows)}
    rep = User.objects.with_role("hunter").filter(leads__closed_at=None).order_by("pk").first()
    mine, lists = Browser(port, rep), Browser(port, User.objects.with_role("marketer").first())
    for how, meanwhile in measured.items():
        with meanwhile:
            say_latency(f"queue of rep {rep.pk}, {how}", paged(mine, "/queue/", runs))
            say_latency(f"  recording a follow-up, {how}", [recorded(mine) for _ in range(runs)])
            for query in FILTERS[:3]:
                say_latency(f"lead list ?{query}, {how}", paged(lists, f"/leads/?{query}", runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--only", choices=["reports", "lists", "queues"])
    parser.add_argument(
        "--import-rows", type=int, default=0, help="a queue and some lists while a file of so many rows is imported"
    )
    given = parser.parse_args()
    if not is_served(given.port):
        sys.exit(f"nothing answers on port {given.port}: start 'manage.py up --port {given.port}' first")
    with embedded.hold("postgres"):
        if given.import_rows:
            beside_an_import(given.port, given.runs, given.import_rows)
            return
        for part in (reports, lists, queues):
            if given.only in (None, part.__name__):
                part(given.port, given.runs)


if __name__ == "__main__":
    main()
