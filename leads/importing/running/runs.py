"""Who runs a batch, from its file to its last row, or only checks it?"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from leads.capture.holds import NobodyQualifiesError, to_qualify
from leads.importing import files, moving_in, staging
from leads.importing.reading import Unreadable
from leads.importing.running import growth
from leads.importing.running.arriving import stage
from leads.importing.running.batches import OnProgress, State, TakenError, change, enter_campaign, fail, quietly
from leads.importing.running.holding import RUN_LOCK, HeldError, begin, go_on, go_on_checking
from leads.importing.running.previews import previewed
from leads.importing.running.slices import commit, next_slice
from leads.models import ImportBatch

RUNNABLE = (State.MAPPING, State.CHECKED, State.CHECKING, State.WAITING, State.RUNNING, State.FAILED)
CHECKABLE = (State.MAPPING, State.CHECKING, State.CHECKED)
Work = Callable[[ImportBatch, datetime, OnProgress], None]


@contextmanager
def claimed(batch: ImportBatch) -> Iterator[None]:
    """Hold the right to run a batch for as long as this process lives; raises TakenError when another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUN_LOCK, batch.pk])
        if not cursor.fetchone()[0]:
            raise TakenError
    try:
        batch.refresh_from_db()
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCK, batch.pk])


def run(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> bool:
    """Run a batch to its end, or on from where it stopped; return whether it came there.

    False when it is not to be run, when another process runs it, when somebody paused or cancelled it meanwhile, or when
    it failed: `problem` then says why.
    """
    return worked(batch, RUNNABLE, brought_in, at, on_progress)


def check(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> bool:
    """Judge every row as a run would and take each slice back; the counts and the first rows go to `preview`."""
    return worked(batch, CHECKABLE, tried, at, on_progress)


def worked(batch: ImportBatch, states: Collection[str], work: Work, at: datetime, on_progress: OnProgress) -> bool:
    """Do work on a batch that stands in one of these states and was not taken back; return whether it came to its end."""
    try:
        with claimed(batch):
            if batch.state not in states or not batch.headers or batch.undone:
                return False
            to_qualify(at)
            work(batch, at, on_progress)
    except (TakenError, HeldError):
        return False
    except (Unreadable, NobodyQualifiesError) as problem:
        fail(batch, problem)
        return False
    return True


def brought_in(batch: ImportBatch, at: datetime, on_progress: OnProgress) -> None:
    def told(batch: ImportBatch) -> None:
        on_progress(batch)
        if not batch.rows or batch.committed < batch.rows:
            go_on(batch)

    clock = moving(at)
    stage(batch, at=at, on_progress=told)
    begin(batch, at=clock())
    enter_campaign(batch, at=at)
    files.register_attributes(batch, at)
    while batch.committed < batch.rows:
        commit(batch, next_slice(batch, batch.committed), at=clock())
        growth.tell_planner()
        told(batch)
    moving_in.tell_owners(batch, at=clock())
    change(batch, state=State.FINISHING)
    staging.clear(batch.pk)


def tried(batch: ImportBatch, at: datetime, on_progress: OnProgress) -> None:
    def told(batch: ImportBatch) -> None:
        on_progress(batch)
        go_on_checking(batch)

    clock = moving(at)
    change(batch, state=State.CHECKING, preview={})
    go_on_checking(batch)
    stage(batch, at=at, on_progress=told)
    preview = previewed(batch, clock, told)
    go_on_checking(batch)
    change(batch, state=State.CHECKED, preview=preview)


def moving(at: datetime) -> Callable[[], datetime]:
    """A clock that stands at `at` now and goes on: a long run's later slices happen later."""
    start = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - start)
