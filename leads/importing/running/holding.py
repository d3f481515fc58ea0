"""How is a run paused, resumed, or ended before its last row? By its state: whoever runs it looks in each slice.

A pause is kept until somebody resumes it, whatever dies meanwhile. What is in when a run is cancelled stays in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from leads.importing import moving_in, staging
from leads.importing.running.batches import State, change
from leads.models import ImportBatch

UNDER_WAY = (State.WAITING, State.RUNNING)
HELD = (State.PAUSED, State.CANCELLED)
RUN_LOCK = 7_002


class HeldError(Exception):
    """Somebody paused or cancelled the run."""


def pause(batch: ImportBatch) -> bool:
    """Hold a run after its present slice; False where none is under way."""
    return bool(ImportBatch.objects.filter(pk=batch.pk, state__in=UNDER_WAY).update(state=State.PAUSED))


def resume(batch: ImportBatch) -> bool:
    """Let a paused run wait for a worker again; False where it is not paused."""
    return bool(ImportBatch.objects.filter(pk=batch.pk, state=State.PAUSED).update(state=State.WAITING))


def cancel(batch: ImportBatch, *, at: datetime) -> bool:
    """End a run for good, without its present slice, or a check, back at the columns; False where neither is under way.

    A check is under way until who does it has seen this: nobody is to choose anew while its rows are looked at.
    """
    if ImportBatch.objects.filter(pk=batch.pk, state=State.CHECKING, finished_at=None).update(finished_at=at):
        with left_alone(batch.pk) as is_alone:
            if is_alone:
                stop_check(batch)
        return True
    running = ImportBatch.objects.filter(pk=batch.pk, state__in=(*UNDER_WAY, State.PAUSED))
    return bool(running.update(state=State.CANCELLED, finished_at=at))


def begin(batch: ImportBatch, *, at: datetime) -> None:
    """Call a batch running, and remember from where on its pace counts; raises HeldError where it is not to run."""
    pace = {"at": at.isoformat(), "committed": batch.committed}
    batch.started_at = batch.started_at or at
    batch.reading = batch.reading | {"pace": pace}
    begun = ImportBatch.objects.filter(pk=batch.pk).exclude(state__in=HELD)
    if not begun.update(state=State.RUNNING, problem="", started_at=batch.started_at, reading=batch.reading):
        raise HeldError
    batch.state, batch.problem = State.RUNNING, ""


def go_on(batch: ImportBatch) -> None:
    """Look whether a run is to go on; raises HeldError where not. One that was resumed at once is running again."""
    batch.refresh_from_db(fields=["state"])
    if batch.state in HELD:
        raise HeldError
    if batch.state == State.WAITING:
        ImportBatch.objects.filter(pk=batch.pk, state=State.WAITING).update(state=State.RUNNING)


def go_on_writing(batch: ImportBatch) -> None:
    """Let nobody end a run before its present slice is in; raises HeldError where somebody did already."""
    held = ImportBatch.objects.select_for_update().filter(pk=batch.pk)
    if held.values_list("state", flat=True).get() == State.CANCELLED:
        raise HeldError


def go_on_checking(batch: ImportBatch) -> None:
    """Look whether a check is to go on; raises HeldError where not, with the batch back at its columns."""
    batch.refresh_from_db(fields=["state", "finished_at"])
    if batch.finished_at:
        stop_check(batch)
    if batch.state != State.CHECKING:
        raise HeldError


def stop_check(batch: ImportBatch) -> None:
    change(batch, state=State.MAPPING, finished_at=None, preview={})


def clear_cancelled(*, at: datetime) -> None:
    """Tell owners of what cancelled runs moved in, and take their rows off the stage, once nobody works on them any more."""
    for batch in ImportBatch.objects.filter(state=State.CANCELLED, staged__gt=0):
        with left_alone(batch.pk) as is_alone:
            if is_alone:
                moving_in.tell_owners(batch, at=at)
                staging.clear(batch.pk)
                ImportBatch.objects.filter(pk=batch.pk).update(staged=0)


@contextmanager
def left_alone(key: int) -> Iterator[bool]:
    """Whether nobody works on a batch; nobody begins to, as long as the block lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUN_LOCK, key])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCK, key])
