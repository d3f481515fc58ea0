"""A run is paused, resumed and cancelled: it holds after its present slice, and ends the same as one that never was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import tasks
from leads.importing import running, staging, undoing
from leads.importing.running import slices
from leads.importing.running.holding import HeldError
from leads.models import Contact, ImportBatch, ImportRow, Lead, Queue
from leads.stages import Stage
from tests.factories import make_user, queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
State = ImportBatch.State
ROWS = 7


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch) -> ImportBatch:
    queue_of(Queue.Kind.TO_QUALIFY)
    monkeypatch.setattr(running.slices, "SLICE", 2)
    text = "Name,Email\n" + "".join(f"Person {n},p{n}@wit.example\n" for n in range(ROWS))
    return running.create(ContentFile(text.encode()), "people.csv", by=None, at=AT)


def once_committed(count: int, act: Callable[[ImportBatch], object]) -> Callable[[ImportBatch], None]:
    def told(batch: ImportBatch) -> None:
        if batch.committed == count:
            act(batch)

    return told


def cancelled(batch: ImportBatch) -> bool:
    return running.cancel(batch, at=AT)


def standing(batch: ImportBatch) -> tuple[str, int, int]:
    batch.refresh_from_db()
    return batch.state, batch.committed, Contact.objects.count()


def test_a_pause_holds_after_the_present_slice_and_outlives_every_worker(batch: ImportBatch) -> None:
    assert not running.run(batch, at=AT, on_progress=once_committed(2, running.pause))
    assert standing(batch) == (State.PAUSED, 2, 2)
    tasks.import_files()
    assert not running.run(batch, at=AT)
    assert standing(batch) == (State.PAUSED, 2, 2)
    assert (running.pause(batch), running.resume(batch), running.resume(batch)) == (False, True, False)
    tasks.import_files()
    assert standing(batch)[1:] == (ROWS, ROWS)
    assert batch.created == ImportRow.objects.filter(batch=batch, verdict="created").count() == ROWS


def test_a_pause_while_the_file_is_read_brings_nothing_in(batch: ImportBatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "CHUNK", 3)
    running.request(batch)
    batch.refresh_from_db()
    assert not running.run(batch, at=AT, on_progress=once_committed(0, running.pause))
    assert standing(batch) == (State.PAUSED, 0, 0)
    assert running.resume(batch)
    tasks.import_files()
    assert standing(batch)[1:] == (ROWS, ROWS)


def test_a_run_that_is_resumed_before_it_held_goes_on(batch: ImportBatch) -> None:
    def hesitate(batch: ImportBatch) -> None:
        assert running.pause(batch)
        assert running.resume(batch)

    assert running.run(batch, at=AT, on_progress=once_committed(4, hesitate))
    assert standing(batch) == (State.FINISHING, ROWS, ROWS)


def test_a_pause_that_comes_too_late_holds_nothing(batch: ImportBatch) -> None:
    assert running.run(batch, at=AT, on_progress=once_committed(ROWS, running.pause))
    assert standing(batch) == (State.FINISHING, ROWS, ROWS)


@pytest.mark.parametrize("pauses_first", [False, True])
def test_cancelled_it_ends_with_what_is_in_and_can_be_taken_back(batch: ImportBatch, *, pauses_first: bool) -> None:
    act = running.pause if pauses_first else cancelled
    assert not running.run(batch, at=AT, on_progress=once_committed(4, act))
    assert cancelled(batch) == pauses_first
    running.clear_cancelled(at=AT)
    assert standing(batch) == (State.CANCELLED, 4, 4)
    assert (batch.created, staging.count(batch.pk), batch.finished_at) == (4, 0, AT)
    assert not any((running.resume(batch), running.request(batch), running.run(batch, at=AT)))
    assert undoing.request(batch, by=make_user(Role.MARKETER))
    batch.refresh_from_db()
    assert undoing.undo(batch, at=AT + timedelta(minutes=1))
    assert set(Lead.objects.values_list("stage", flat=True)) == {Stage.VOID}


def test_cancelled_amid_a_slice_nothing_of_it_comes_in(batch: ImportBatch) -> None:
    assert not running.run(batch, at=AT, on_progress=once_committed(2, running.pause))
    assert cancelled(batch)
    with pytest.raises(HeldError):
        slices.commit(batch, slices.next_slice(batch, 2), at=AT)
    assert standing(batch) == (State.CANCELLED, 2, 2)


def test_what_is_over_is_neither_paused_nor_cancelled(batch: ImportBatch) -> None:
    assert not any((running.pause(batch), running.resume(batch), cancelled(batch)))
    assert running.run(batch, at=AT)
    assert not any((running.pause(batch), running.resume(batch), cancelled(batch)))


def test_a_check_is_stopped_and_begun_anew(batch: ImportBatch) -> None:
    def stopped(batch: ImportBatch) -> None:
        if batch.preview:
            assert cancelled(batch)

    assert not running.check(batch, at=AT, on_progress=stopped)
    assert standing(batch) == (State.MAPPING, 0, 0)
    assert running.check(batch, at=AT)
    assert (standing(batch), batch.preview["created"]) == ((State.CHECKED, 0, 0), ROWS)
