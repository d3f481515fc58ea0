from __future__ import annotations

from datetime import timedelta

import pytest

from handoff import outcomes
from leadops.accounts.roles import Role
from leads import calendars, conservation, lifecycle
from leads.capture.holds import QUALIFY_MINUTES
from leads.models import Lead, LeadMove, LeadTouch, Promotion, Queue
from leads.stages import Reason, Stage
from qualification import nurture, promotion
from tests.factories import TUESDAY, make_user, queue_of
from tests.handoff.factories import make_assigned, only
from tests.qualification.factories import engage, make_default, make_good_lead

pytestmark = pytest.mark.django_db
WAKE_AT = TUESDAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def in_the_past():
    with lifecycle.history():
        yield


@pytest.fixture
def asleep() -> Lead:
    """A lead that its rep sent back to marketing until WAKE_AT."""
    rep = make_user(Role.HUNTER)
    lead = make_assigned(rep)
    reason = outcomes.RecycleReason.CONTRACT_ELSEWHERE
    queue_of(Queue.Kind.NURTURE)
    queue_of(Queue.Kind.TO_QUALIFY)
    outcomes.recycle(only(lead), by=rep, reason=reason, wake_at=WAKE_AT, at=TUESDAY)
    LeadTouch.objects.all().delete()
    return lead


def test_a_lead_sleeps_until_its_moment(asleep):
    assert nurture.wake(WAKE_AT) == []
    assert Lead.objects.get().stage == Stage.NURTURE


def test_a_lead_wakes_with_marketing_and_is_looked_at_again(asleep):
    at = WAKE_AT + timedelta(minutes=1)
    assert nurture.wake(at) == [asleep.pk]
    lead = Lead.objects.get()
    assert (lead.stage, lead.queue.kind, lead.owner) == (Stage.INQUIRY, Queue.Kind.TO_QUALIFY, None)
    assert lead.next_step_at == calendars.due(at, QUALIFY_MINUTES)
    assert LeadMove.objects.order_by("-pk").values_list("reason", flat=True)[0] == Reason.WOKEN
    assert list(LeadTouch.objects.values_list("lead_id", flat=True)) == [lead.pk]
    assert conservation.run(at).leaks == 0


def test_waking_twice_wakes_once(asleep):
    at = WAKE_AT + timedelta(minutes=1)
    assert nurture.wake(at) == [asleep.pk]
    assert nurture.wake(at) == []


def test_waking_keeps_what_the_promotion_was_answered_with(asleep):
    before = Promotion.objects.values_list("answered_at", "answered_as").get()
    nurture.wake(WAKE_AT + timedelta(minutes=1))
    assert Promotion.objects.values_list("answered_at", "answered_as").get() == before


def test_a_woken_lead_that_meets_the_definition_goes_to_sales_anew():
    lead = make_good_lead()
    engage(lead)
    make_default()
    queue_of(Queue.Kind.HUNTERS)
    assert promotion.judge(TUESDAY + timedelta(minutes=1)).promoted == 1
    sleeping = lifecycle.Hold(WAKE_AT, queue=queue_of(Queue.Kind.NURTURE).pk)
    at = TUESDAY + timedelta(minutes=2)
    lifecycle.move(only(lead), to=Stage.NURTURE, holds={lead.pk: sleeping}, at=at, reason=Reason.NURTURED, by=None)
    woken_at = WAKE_AT + timedelta(minutes=1)
    assert nurture.wake(woken_at) == [lead.pk]
    engage(lead)
    assert promotion.judge(woken_at).promoted == 1
    assert list(Promotion.objects.order_by("n").values_list("n", flat=True)) == [1, 2]
