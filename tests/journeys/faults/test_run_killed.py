"""Killed with -9, a run goes on from its last slice to the same end; so it does when PostgreSQL itself is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from handoff import moving_in
from handoff.models import FollowUp, Opportunity
from leadops.accounts.roles import Role
from leadops.environment import BASE_DIR
from leadops.foundation import lay
from leads.importing import running
from leads.models import Contact, Engagement, ImportBatch, ImportedPast, ImportRow, Lead, LeadMove, Organisation
from tests.factories import make_user
from tests.journeys.faults.installation import Installation

ROWS = 3_000
RUN = """
import sys
import django
django.setup()
from django.utils import timezone
from leads.importing import running, staging
from leads.models import ImportBatch
running.slices.SLICE, running.arriving.LARGE, staging.CHUNK = 100, 1_000, 500
batch = ImportBatch.objects.order_by("pk")[0]
print("ready", flush=True)
sys.exit(not running.run(batch, at=timezone.now(), on_progress=lambda b: print(b.staged, b.committed, flush=True)))
"""
EXPECTED = ("finishing", ROWS, 2_870, 130, ROWS, ROWS, 2_870, 2_870, 2_870, 70, 2_870)

WON = {"lead_status": "won", "first_follow_up_at": "2025-03-04", "closed_at": "2025-03-05"}
"""Of history, what every row says of its lead."""


@pytest.fixture
def batch(installation: Installation) -> ImportBatch:
    """The first of two files of the same rows; only the first is run."""
    lay()
    make_user(Role.MARKETER)
    rows = "".join(f"Person {n % 2_870},p{n % 2_870}@firm{n % 70}.example,Firm {n % 70}\n" for n in range(ROWS))
    file = ("Name,Email,Company\n" + rows).encode()
    first, _second = (running.create(ContentFile(file), "people.csv", by=None, at=timezone.now()) for _ in range(2))
    return first


def started() -> subprocess.Popen[str]:
    """A process that runs the batch, of the installation that this process is in."""
    return subprocess.Popen([sys.executable, "-c", RUN], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)


def wait_for_lines(process: subprocess.Popen[str], lines: int) -> None:
    """Read so many lines: that it begins, then its progress."""
    assert process.stdout
    for _line in range(lines):
        assert process.stdout.readline()


def take_up(patience: int = 20) -> None:
    """Run the batch to its end, once the connection of the worker before is found dead."""
    for _attempt in range(patience):
        with started() as process:
            said, _errors = process.communicate()
        if process.returncode == 0:
            break
        time.sleep(0.5)
    assert said.splitlines()[-1] == f"{ROWS} {ROWS}"


def told(batch: ImportBatch) -> tuple[object, ...]:
    batch.refresh_from_db()
    models = (ImportRow, Contact, Lead, LeadMove, Organisation, Engagement)
    said = (batch.state, batch.rows, batch.created, batch.merged, batch.committed)
    return (*said, *(model.objects.count() for model in models))


def test_a_worker_killed_at_any_moment_is_taken_up_to_the_same_end(batch: ImportBatch) -> None:
    for lines in (1, 4, 9, 8, 7):
        with started() as worker:
            wait_for_lines(worker, lines)
            worker.send_signal(signal.SIGKILL)
    take_up()
    assert told(batch) == EXPECTED


def test_postgresql_killed_in_the_middle_of_history_loses_nothing(
    batch: ImportBatch, installation: Installation
) -> None:
    running.change(batch, options={"is_history": True, "constants": WON})
    with started() as worker:
        wait_for_lines(worker, 16)
        installation.kill_postgres()
        worker.communicate()
        assert worker.returncode != 0
    take_up()
    assert told(batch) == EXPECTED
    while moving_in.take_up(timezone.now(), limit=1_000):
        pass
    assert [model.objects.count() for model in (ImportedPast, FollowUp, Opportunity)] == [2_870] * 3
