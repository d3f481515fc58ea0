"""What nobody foresaw in one enquiry keeps no other waiting, and a run that was killed leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from leadops import sweeps
from leads import intake, tasks
from leads.importing import running, staging
from leads.models import Contact, ImportBatch, Intake, Queue
from tests.factories import queue_of
from tests.journeys.faults.scene import bring_in, rows

pytestmark = pytest.mark.django_db

REFUSED = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'not foreseen' USING ERRCODE = 'numeric_value_out_of_range';
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON leads_contact FOR EACH ROW WHEN (NEW.last_name = 'Spoiler')
    EXECUTE FUNCTION refuse()
"""


def catch_up() -> None:
    sweeps.catch_up(at=timezone.now())


@pytest.mark.parametrize("judge", [tasks.judge_intake, catch_up], ids=["by a worker", "by a command"])
def test_one_enquiry_that_cannot_be_judged_ends_as_an_error_and_the_others_are_judged(
    judge: Callable[[], None],
) -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    with connection.cursor() as cursor:
        cursor.execute(REFUSED)
    names = ["Anna Bakker", "Sam Spoiler", "Clara Visser"]
    payloads = [{"full_name": name, "email": f"{name[:3]}@web.example"} for name in names]
    intake.store(payloads, source=Intake.Source.API, at=timezone.now())
    judge()
    judged = Intake.objects.order_by("pk").values_list("verdict", "reason")
    assert [verdict for verdict, _reason in judged] == ["created", "error", "created"]
    assert judged[1][1] == intake.NOT_JUDGED
    assert sorted(Contact.objects.values_list("last_name", flat=True)) == ["Bakker", "Visser"]
    judge()
    assert Contact.objects.count() == 2


def test_a_queue_without_members_ends_no_enquiry() -> None:
    queue_of(Queue.Kind.TO_QUALIFY).members.all().delete()
    intake.store([{"email": "anna@web.example"}], source=Intake.Source.API, at=timezone.now())
    with pytest.raises(running.NobodyQualifiesError):
        tasks.judge_intake()
    assert list(Intake.objects.values_list("verdict", "judged_at")) == [("", None)]


def test_an_offset_that_postgresql_does_not_know_is_a_moment_all_the_same() -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    enquiry = {"email": "anna@web.example", "occurred_at": "2026-01-01T00:00:00-23:59"}
    intake.store([enquiry], source=Intake.Source.API, at=timezone.now())
    assert list(intake.judge_waiting(at=timezone.now()).values()) == ["created"]


def test_a_stage_that_a_killed_run_left_full_is_cleared_in_the_end() -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    batch = bring_in(rows(3))
    running.stage(batch, at=timezone.now())
    running.commit(batch, running.next_slice(batch, 0), at=timezone.now())
    running.change(batch, state=ImportBatch.State.FINISHING)
    assert staging.count(batch.pk) == 3
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM leads_leadtouch")
    assert running.finish(at=timezone.now()) == [batch.pk]
    assert staging.count(batch.pk) == 0
