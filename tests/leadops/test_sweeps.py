"""Sweeping where no worker runs: beside a long import, and to the end."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from handoff.models import Handoff
from leadops import sweeps
from leads.models import Lead, Queue
from leads.stages import Stage
from qualification import promotion
from tests.factories import make_lead, queue_of
from tests.handoff.factories import make_rep
from tests.qualification.factories import make_definition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _people_who_act() -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    make_definition(threshold=0)
    make_rep()


def test_what_came_in_is_handed_over_when_the_block_ends() -> None:
    with sweeps.beside():
        leads = [make_lead(at=timezone.now(), email=f"anna{n}@wit.example") for n in range(3)]
    assert set(Lead.objects.values_list("stage", flat=True)) == {Stage.ASSIGNED}
    assert Handoff.objects.count() == len(leads)


def test_a_fault_inside_ends_the_sweeping() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), sweeps.beside():
        1 / 0  # noqa: B018 - what is inside fails
    assert threading.active_count() == before


def test_a_fault_of_the_sweep_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ZeroDivisionError

    lead = make_lead(at=timezone.now(), email="anna@wit.example")
    monkeypatch.setattr(promotion, "judge", fails)
    with sweeps.beside():
        pass
    monkeypatch.undo()
    lead.refresh_from_db()
    assert lead.stage == Stage.INQUIRY
    sweeps.catch_up(at=timezone.now())
    lead.refresh_from_db()
    assert lead.stage == Stage.ASSIGNED
