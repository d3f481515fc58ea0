"""Does every row of every file end once, as its check said, and leave nothing behind when it is taken back?

Files of every kind that is read, whole and broken, each on a base of people who are known already: checked, run, counted,
taken back and compared. What a file does is not kept; the installation is one of its own, in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402 - Django first
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.faults import installed  # noqa: E402
from bench.odd_files import PEOPLE, OddFile, make  # noqa: E402
from leadops.accounts.models import User  # noqa: E402
from leads import conservation  # noqa: E402
from leads.importing import running, undoing  # noqa: E402
from leads.models import ImportBatch, ImportRow  # noqa: E402
from tests.journeys.faults.scene import lay_scene  # noqa: E402
from tests.leads.importing.test_undoing import standing  # noqa: E402

KNOWN = "Number,Name,Email\n" + "".join(f"A{n},,{n}@wit.example\n" for n in range(1, PEOPLE, 2))
OBJECTED = ("is_mail_suppressed", "is_phone_suppressed")
SAMPLE = 200


def trial(given: OddFile, by: User, random: Random) -> tuple[int | None, list[str]]:
    """Bring a file in and take it back; return how many rows it had, None where it was refused, and what was wrong."""
    at = timezone.now()
    running.slices.SLICE = random.choice((3, 7, 10_000))
    batch = running.create(ContentFile(given.content), given.name, by=by, at=at)
    if not batch.headers or not running.check(batch, at=at):
        wrong = [] if batch.problem and given.records is None else [f"refused: {batch.problem or 'without a reason'}"]
        return None, wrong
    before = without_objections(standing())
    preview = dict(batch.preview)
    wrong = [] if running.run(batch, at=at) else [f"checked, not run: {batch.problem}"]
    wrong += list(miscounted(ImportBatch.objects.get(pk=batch.pk), preview, given))
    wrong += [f"{leaks} leaks after the run" for leaks in [conservation.run(timezone.now()).leaks] if leaks]
    if undoing.request(batch, by=by):
        undoing.undo(batch, at=timezone.now())
    after = without_objections(standing())
    wrong += [f"{name} differ when taken back" for name in before if after[name] != before[name]]
    wrong += [f"{leaks} leaks when taken back" for leaks in [conservation.run(timezone.now()).leaks] if leaks]
    return batch.rows, wrong


def miscounted(batch: ImportBatch, preview: dict[str, Any], given: OddFile) -> Iterator[str]:
    """What does not add up of a batch that was run."""
    ended = list(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "verdict", "reason"))
    counts = {name: sum(verdict == of for _n, of, _r in ended) for verdict, name in running.slices.COUNTS.items()}
    if given.records not in (None, batch.rows):
        yield f"{batch.rows} rows of {given.records}"
    if [n for n, _verdict, _reason in ended] != list(range(1, batch.rows + 1)):
        yield "not every row ended once"
    if {name: getattr(batch, name) for name in counts} != counts:
        yield "the batch counts otherwise than its rows"
    if {name: preview[name] for name in counts} != counts:
        yield "the check counted otherwise"
    if [(row["n"], row["verdict"], row["reason"]) for row in preview["shown"]] != ended[:SAMPLE]:
        yield "the check said otherwise"


def without_objections(said: dict[str, Any]) -> dict[str, Any]:
    """What stands, apart from what people objected to: that stays, whichever file brought it."""
    contacts = [{key: value for key, value in one.items() if key not in OBJECTED} for one in said["contacts"]]
    consents = [one for one in said["consents"] if one["given_at"]]
    return said | {"contacts": contacts, "consents": consents}


def lay(by_pk: int) -> User:
    """A company that knows every second of the people in the files."""
    marketer = User.objects.get(pk=by_pk)
    batch = running.create(ContentFile(KNOWN.encode()), "known.csv", by=marketer, at=timezone.now())
    if not running.run(batch, at=timezone.now()):
        raise SystemExit(batch.problem)
    return marketer


def bring_all(files: int, seed: int) -> bool:
    """Try so many files, print what became of each kind, and tell whether all was well."""
    lay_scene(timezone.now())
    marketer = lay(User.objects.get(name="Marja").pk)
    tried, refused, rows, bad = Counter[str](), Counter[str](), Counter[str](), 0
    for n in range(seed, seed + files):
        given = make(n)
        with transaction.atomic():
            found, wrong = trial(given, marketer, Random(n))
            transaction.set_rollback(True)
        tried[given.kind] += 1
        refused[given.kind] += found is None
        rows[given.kind] += found or 0
        bad += bool(wrong)
        for problem in wrong:
            print(f"file {n} ({given.kind}): {problem}", flush=True)
    for kind, count in sorted(tried.items()):
        print(f"{count:5} files, {rows[kind]:6} rows, {refused[kind]:4} refused with a reason: {kind}")
    print(f"{files} files, {rows.total():,} rows, {refused.total()} refused; {bad} not as they should be")
    return not bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with installed() as installation:
        installation.renew()
        is_well = bring_all(given.files, given.seed)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
