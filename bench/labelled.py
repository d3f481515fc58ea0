"""How many of the people who stand in a file twice are found, and how many of those found are one person?

The file has a column that says who each row is about. It comes in as any import does, without that column, into an
installation of its own in a temporary folder; then the whole base is looked through. Two rows are found where they
became one contact or a pair of contacts with that score.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, product
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from bench.faults import installed  # noqa: E402
from leads import duplicates  # noqa: E402
from leads.importing import running  # noqa: E402
from leads.models import DuplicatePair, ImportBatch, ImportRow  # noqa: E402
from tests.journeys.faults.scene import lay_scene  # noqa: E402

Pairs = set[tuple[int, int]]


def read(path: Path, who: str, pattern: str) -> tuple[list[list[str]], list[str]]:
    """The lines of a CSV file without the column that says who each is about, and what it says."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        dialect = csv.Sniffer().sniff(file.readline())
        file.seek(0)
        lines = [line for line in csv.reader(file, dialect, skipinitialspace=True) if line]
    place = [cell.strip() for cell in lines[0]].index(who)
    people = [_person(line[place], pattern) for line in lines[1:]]
    return [line[:place] + line[place + 1 :] for line in lines], people


def _person(cell: str, pattern: str) -> str:
    found = re.search(pattern, cell)
    if found is None:
        raise SystemExit(f"{cell!r} does not say who it is about by {pattern!r}")
    return found[found.re.groups and 1]


def bring_in(lines: list[list[str]], named: dict[str, str | None]) -> dict[int, int]:
    """Import the lines; return the contact of each row."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    batch = running.create(ContentFile(text.getvalue().encode()), "labelled.csv", by=None, at=timezone.now())
    headers = [cell.strip() for cell in lines[0]]
    mapping = [named.get(header, field) for header, field in zip(headers, batch.mapping, strict=True)]
    running.choose(batch, mapping, at=timezone.now())
    for header, field in zip(headers, mapping, strict=True):
        print(f"  {header}: {field or 'kept as an attribute'}")
    if not running.run(batch, at=timezone.now()):
        raise SystemExit(ImportBatch.objects.get(pk=batch.pk).problem)
    ended = ImportRow.objects.filter(batch=batch, contact_id__isnull=False)
    return dict(ended.values_list("n", "contact_id"))


def scan() -> None:
    began, at = time.perf_counter(), timezone.now()
    duplicates.ask(at=at, by=None)
    while duplicates.go_on(at):
        pass
    print(f"looked through in {time.perf_counter() - began:.1f} s")


def same(groups: Iterable[list[int]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def found(contacts: dict[int, int], score: int) -> Pairs:
    """The rows that became one contact, and those of contacts that are a pair of at least this score."""
    rows: dict[int, list[int]] = defaultdict(list)
    for n, contact in contacts.items():
        rows[contact].append(n)
    pairs = DuplicatePair.objects.filter(score__gte=score).values_list("left_id", "right_id")
    told = {(min(n, m), max(n, m)) for left, right in pairs for n, m in product(rows[left], rows[right])}
    return same(rows.values()) | told


def measure(given: argparse.Namespace) -> None:
    lines, people = read(given.file, given.who, given.pattern)
    contacts = bring_in(lines, dict(pair.split("=", 1) for pair in given.map))
    scan()
    rows: dict[str, list[int]] = defaultdict(list)
    for n, person in enumerate(people, 1):
        rows[person].append(n)
    labelled = same(rows.values())
    print(f"{len(people):,} rows, {len(contacts):,} came in, {len(labelled):,} pairs of them are one person")
    for name, score in (
        ("one contact", 101),
        ("merged where wanted", duplicates.MERGE),
        ("asked about", duplicates.ASK),
    ):
        told = found(contacts, score)
        right = len(told & labelled)
        print(
            f"{name:20} precision {right / max(1, len(told)):.4f}, recall {right / len(labelled):.4f} ({len(told):,})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--who", required=True, help="the header of the column that says who a row is about")
    parser.add_argument("--pattern", default=".+", help="what of its cells says it; the first group where there is one")
    parser.add_argument("--map", nargs="*", default=[], metavar="HEADER=FIELD", help="otherwise than is suggested")
    given = parser.parse_args()
    with installed() as installation:
        installation.renew()
        lay_scene(timezone.now())
        measure(given)


if __name__ == "__main__":
    sys.exit(main())
