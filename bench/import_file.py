"""How long does a file of leads take from upload to done, beside bare SQL that writes the same rows?

The reference reads a CSV and writes contacts, organisations, leads, moves, touches, engagements and the end of each row,
with the same indexes and constraints; ours also maps, normalises, scores, routes and keeps what undoing needs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from uuid import uuid4

import django
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from bench import bare_import  # noqa: E402 - Django first
from bench.lead_files import BEGIN, as_workbook, write  # noqa: E402
from bench.measuring import is_served, say  # noqa: E402
from leadops import embedded  # noqa: E402
from leadops.environment import BASE_DIR  # noqa: E402
from leadops.foundation import lay  # noqa: E402
from leads.models import Campaign, Contact  # noqa: E402

CAMPAIGN = "Measured"
PEOPLE = 30_000
GLANCE = 0.2


def known_people() -> list[list[str]]:
    """Some of the people of the base, as rows of a file."""
    fields = ("first_name", "infix", "last_name", "email", "phone", "organisation__name", "country")
    last = Contact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    drawn = Random(last).sample(range(last + 1), min(PEOPLE, last))
    known = Contact.objects.exclude(email_key="").filter(pk__in=drawn).values_list(*fields)
    return [
        [first, f"{infix} {last}".strip(), email, phone, home or "", "Inkoper", country, "web", BEGIN.isoformat(), ""]
        for first, infix, last, email, phone, home, country in known
    ]


def make_file(path: Path, rows: int, *, is_plain: bool) -> Path:
    """A file of people whom nobody numbered yet; 20% known, 5% doubled, 1% bad unless it is plain."""
    shares = {} if is_plain else {"known": 0.2, "double": 0.05, "bad": 0.01}
    start = time.time_ns() // 1_000_000 * 1_000
    return write(path, rows, start=start, people=[] if is_plain else known_people(), **shares)


def import_by_command(path: Path) -> tuple[dict[str, object], float]:
    """Import a file by the command as shipped; return what it says, and the most memory its processes took, in MB."""
    command = [sys.executable, "manage.py", "import_leads", str(path), "--campaign", CAMPAIGN, "--json"]
    most = 0.0
    with subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(GLANCE)
        said = process.stdout.read() if process.stdout else ""
    return json.loads(said), most


def memory(pid: int) -> float:
    """What a process and those that it started hold, in MB; shared pages count once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    held = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024 + sum(memory(int(child)) for child in started)


def measure(given: argparse.Namespace, folder: Path) -> None:
    """Import a new file by both, so many times; a workbook beside a file of text that is like it."""
    references: list[float] = []
    ours: list[float] = []
    most = 0.0
    for _ in range(given.runs):
        path = new_file(folder, given)
        if given.xlsx:
            references.append(timed_import(new_file(folder, given))[0])
            path = as_workbook(path)
        elif not given.no_bare:
            references.append(bare_import.import_file(path))
        seconds, held = timed_import(path)
        ours.append(seconds)
        most = max(most, held)
    if references:
        name = "import_leads of CSV" if given.xlsx else "bare SQL without scoring and routing"
        say(f"{name}, {given.rows:,} rows", references, work=given.rows)
    say(f"import_leads, {given.rows:,} rows, scored and routed", ours, of=references or None, work=given.rows)
    sys.stdout.write(
        f"{statistics.median(ours):.1f} s in the median; {most:.0f} MB at most in the import's processes\n"
    )


def new_file(folder: Path, given: argparse.Namespace) -> Path:
    return make_file(folder / f"{uuid4().hex}.csv", given.rows, is_plain=given.plain)


def timed_import(path: Path) -> tuple[float, float]:
    """The seconds that the command takes for a file, and its memory in MB."""
    began = time.perf_counter()
    said, held = import_by_command(path)
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{said}\n")
    return seconds, held


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--xlsx", action="store_true", help="import a workbook, beside a CSV file")
    parser.add_argument("--plain", action="store_true", help="only new people, none double or bad")
    parser.add_argument("--no-bare", action="store_true", help="leave the reference out")
    parser.add_argument("--port", type=int, default=8100)
    given = parser.parse_args()
    lay()
    Campaign.objects.get_or_create(name=CAMPAIGN, defaults={"channel": "web", "created_at": timezone.now()})
    if not is_served(given.port):
        sys.stdout.write("no web, worker and beat run beside this\n")
    with tempfile.TemporaryDirectory() as folder:
        measure(given, Path(folder))


if __name__ == "__main__":
    with embedded.hold("postgres"):
        main()
