"""The jobs that bring leads in: one file's fault keeps no other out."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.utils import timezone

from leads import intake, tasks
from leads.importing import running
from leads.models import ImportBatch, Intake, Lead, Queue
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


def test_what_has_arrived_is_judged_whichever_way_it_came():
    queue_of(Queue.Kind.TO_QUALIFY)
    for n, source in enumerate(("api", "form", "api", "hook")):
        intake.store([{"full_name": f"Anna {n}", "email": f"a{n}@wit.example"}], source=source, at=timezone.now())
    tasks.judge_intake()
    assert not Intake.objects.filter(judged_at=None).exists()
    assert Lead.objects.count() == 4


@pytest.mark.parametrize(("arrived", "seconds"), [(1, 1), (99, 1), (100, 5), (4_000, 5)])
def test_where_many_arrive_they_are_judged_together(arrived: int, seconds: int):
    assert tasks.between_rings(arrived) == seconds


def refuse(code: str) -> None:
    """Let PostgreSQL refuse to write down who is called Spoiler, with this code; with none it does so no more."""
    raised = f"RAISE EXCEPTION 'refused' USING ERRCODE = '{code}';" if code else ""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised} RETURN NEW; END $$;
            CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON leads_contact
            FOR EACH ROW WHEN (NEW.last_name = 'Spoiler') EXECUTE FUNCTION refuse()
        """)


@pytest.mark.parametrize(("code", "is_tried_again"), [("40P01", True), ("55P03", True), ("57014", False)])
def test_what_was_in_the_way_is_tried_again_and_a_query_that_takes_too_long_is_not(code: str, is_tried_again: bool):
    queue_of(Queue.Kind.TO_QUALIFY)
    held_up, fine = waiting("Spoiler"), waiting("fine")
    refuse(code)
    tasks.import_files()
    for batch in (held_up, fine):
        batch.refresh_from_db()
    assert (held_up.state == State.FAILED, held_up.committed, fine.state) == (not is_tried_again, 0, State.DONE)
    refuse("")
    tasks.import_files()
    held_up.refresh_from_db()
    assert held_up.state == (State.DONE if is_tried_again else State.FAILED)


def test_a_database_that_stops_keeps_everything_waiting():
    queue_of(Queue.Kind.TO_QUALIFY)
    waiting("Spoiler"), waiting("fine")
    refuse("57P01")
    with pytest.raises(OperationalError):
        tasks.import_files()
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {State.RUNNING, State.WAITING}
