"""How long does a marketer wait at each step of an import over HTTP: columns, check, run, until the leads stand and all is done?

A file of leads, the one that the command's own measurement takes, and one of history with as many rows, of new people, one
after the other; a worker and beat beside.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - Django first

from bench import history_files, import_file  # noqa: E402
from bench.measuring import is_served, wait_for_quiet  # noqa: E402
from bench.page_forms import Pairs, fields  # noqa: E402
from bench.sessions import Browser  # noqa: E402
from leadops import embedded  # noqa: E402
from leadops.accounts.models import User  # noqa: E402
from leadops.accounts.roles import REPS, Role  # noqa: E402
from leads.models import ImportBatch, ImportedPast  # noqa: E402

State = ImportBatch.State
GLANCE, PATIENCE = 0.2, 1_800
AS_MARKETER = {"HX-Request": "true"}
NOBODY = "-"
OWNERS = 12


def make_file(folder: Path, rows: int, *, is_history: bool) -> Path:
    """A file of history of people whom nobody numbered yet; or one of leads, a fifth of them known, some doubled or bad."""
    start, path = time.time_ns() // 1_000_000 * 1_000, folder / f"{'history' if is_history else 'leads'}.csv"
    if not is_history:
        return import_file.make_file(path, rows, is_plain=False)
    reps = User.objects.with_role(*REPS).filter(is_active=True).order_by("pk")[:OWNERS]
    owners = [rep.name for rep in reps]
    return history_files.write(path, rows, start=start, owners=owners, today=timezone.localdate())


class Steps:
    """The seconds since an import began at which each of its steps came."""

    def __init__(self) -> None:
        self.began = time.perf_counter()

    def say(self, step: str) -> None:
        sys.stdout.write(f"  {step:44} {time.perf_counter() - self.began:8.1f} s\n")
        sys.stdout.flush()


def as_history(pairs: Pairs) -> Pairs:
    """What is sent to say that a file is history, with what its columns become."""
    others = [(name, value) for name, value in pairs if name != "column"]
    return [*others, *(("column", field) for field in history_files.FIELDS), ("is_history", "1")]


def chosen(pairs: Pairs) -> Pairs:
    """What is sent of the columns: values without a meaning are given to nobody."""
    return [(name, NOBODY if name.startswith("meaning_") and not value else value) for name, value in pairs]


def go_through(browser: Browser, path: Path, *, is_history: bool) -> ImportBatch:
    """Take a file through every step; return its batch."""
    steps = Steps()
    browser.get("/imports/new/")
    browser.post_file("/imports/new/", {"campaign": path.stem, "channel": ""}, path)
    batch = ImportBatch.objects.order_by("-pk")[0]
    columns = f"/imports/{batch.pk}/columns/"
    browser.get(columns)
    steps.say("its columns are shown")
    if is_history:
        browser.post(columns, as_history(fields(browser.text, "columns")), **AS_MARKETER)
        steps.say("its words are shown")
    browser.post(columns, [*chosen(fields(browser.text, "columns")), ("go", "")], expect=(302,))
    wait_for_state(browser, batch, State.CHECKING, steps)
    browser.get(f"/imports/{batch.pk}/")
    steps.say("every row is judged and shown")
    steps.began = time.perf_counter()
    browser.post(f"/imports/{batch.pk}/run/", [])
    wait_for_state(browser, batch, State.WAITING, steps)
    wait_for_state(browser, batch, State.RUNNING, steps)
    steps.say("all leads stand there")
    if is_history:
        wait_until(lambda: not ImportedPast.objects.filter(is_due=True).exists())
        steps.say("their past is taken up")
    wait_for_state(browser, batch, State.FINISHING, steps)
    steps.say("all is done")
    return batch


def wait_for_state(browser: Browser, batch: ImportBatch, state: str, steps: Steps) -> None:
    """Look at the progress as the page does, as long as the batch is in a state; say when the first rows were judged."""
    is_told = False

    def is_over() -> bool:
        nonlocal is_told
        browser.get(f"/imports/{batch.pk}/progress/?state={state}")
        batch.refresh_from_db()
        if state == State.CHECKING and not is_told and batch.preview.get("judged"):
            steps.say("first rows are judged")
            is_told = True
        return batch.state != state

    wait_until(is_over)
    if batch.state == State.FAILED:
        raise RuntimeError(batch.problem)


def wait_until(look: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not look():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(GLANCE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", choices=["leads", "history"])
    parser.add_argument("--port", type=int, default=8100)
    given = parser.parse_args()
    if not is_served(given.port):
        sys.exit("nothing is served on this port")
    kinds = [name == "history" for name in ("leads", "history") if given.only in (None, name)]
    with tempfile.TemporaryDirectory() as folder:
        for is_history in kinds * given.runs:
            path = make_file(Path(folder), given.rows, is_history=is_history)
            wait_for_quiet()
            sys.stdout.write(f"{path.stem}, {given.rows:,} rows\n")
            batch = go_through(
                Browser(given.port, User.objects.with_role(Role.MARKETER)[0]), path, is_history=is_history
            )
            sys.stdout.write(f"  created {batch.created}, merged {batch.merged}, errors {batch.errors}\n")


if __name__ == "__main__":
    with embedded.hold("postgres"):
        main()
