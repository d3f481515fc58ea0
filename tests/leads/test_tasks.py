"""The jobs that bring leads in: one file's fault keeps no other out."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from leads import tasks
from leads.importing import running
from leads.models import ImportBatch, Lead, Queue
from tests.factories import make_campaign, queue_of

pytestmark = pytest.mark.django_db
State = ImportBatch.State


def waiting(name: str) -> ImportBatch:
    content = ContentFile(f"Name,Email\nAnna {name},{name}@wit.example\n".encode())
    batch = running.create(content, f"{name}.csv", by=None, at=timezone.now(), campaign=make_campaign())
    running.request(batch)
    return batch


def test_a_file_that_nobody_foresaw_fails_and_the_next_comes_in():
    queue_of(Queue.Kind.TO_QUALIFY)
    lost, fine = waiting("lost"), waiting("fine")
    ImportBatch.objects.filter(pk=lost.pk).update(reading={"encoding": 7}, mapping=[["no field"], 7])
    tasks.import_files()
    lost.refresh_from_db()
    fine.refresh_from_db()
    assert (lost.state, lost.committed) == (State.FAILED, 0)
    assert "fault of ours" in lost.problem
    assert (fine.state, fine.created) == (State.DONE, 1)
    assert Lead.objects.count() == 1
