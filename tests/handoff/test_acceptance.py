from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from handoff import acceptance, followup, outcomes
from handoff.acceptance import UnknownReason
from handoff.models import Handoff, Opportunity
from handoff.outcomes import Business
from leads import lifecycle
from leads.models import Lead, Promotion, Queue
from tests.factories import TUESDAY, queue_of
from tests.handoff.at_once import at_once
from tests.handoff.factories import fresh, in_force, make_accepted, make_assigned, make_own, make_rep, only, stands

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def handoffs(*leads):
    return Handoff.objects.filter(lead__in=[lead.pk for lead in leads])


@pytest.mark.django_db
def test_accepting_makes_the_promise_the_next_step():
    rep = make_rep()
    lead = make_assigned(rep)
    assert acceptance.accept(handoffs(lead), by=rep, at=TUESDAY + HOUR) == [lead.pk]
    assert stands(lead) == ("sal", rep.pk, None)
    assert fresh(lead).next_step_at == lead.promised_by
    assert Handoff.objects.get(lead=lead, ended_at=None).accepted_at == TUESDAY + HOUR
    assert acceptance.accept(handoffs(lead), by=rep, at=TUESDAY + 2 * HOUR) == []
    assert Handoff.objects.get(lead=lead, ended_at=None).accepted_at == TUESDAY + HOUR


@pytest.mark.django_db
def test_accepting_after_the_promise_sets_a_near_date():
    rep = make_rep()
    lead = make_assigned(rep)
    late = lead.promised_by + HOUR
    acceptance.accept(handoffs(lead), by=rep, at=late)
    assert fresh(lead).next_step_at > late


@pytest.mark.django_db
def test_accepting_is_for_the_rep_it_went_to():
    rep, other = make_rep(), make_rep()
    lead = make_assigned(rep)
    assert acceptance.accept(handoffs(lead), by=other, at=TUESDAY) == []


@pytest.mark.django_db(transaction=True)
def test_of_accepting_and_rejecting_at_once_the_end_is_one():
    rep = make_rep()
    queue_of(Queue.Kind.RETURNED)
    for _ in range(5):
        lead = make_assigned(rep)
        reason = acceptance.reject_reasons(TUESDAY)[0].key
        accepted, rejected = at_once(
            lambda lead=lead: acceptance.accept(handoffs(lead), by=rep, at=TUESDAY),
            lambda lead=lead, reason=reason: acceptance.reject(handoffs(lead), by=rep, reason=reason, at=TUESDAY),
        )
        assert (accepted in ([], [lead.pk]), rejected) == (True, [lead.pk])
        assert stands(lead)[0] == "inquiry"


@pytest.mark.django_db
def test_rejecting_sends_back_to_marketing_and_answers_the_promise():
    rep = make_rep()
    queue = queue_of(Queue.Kind.RETURNED)
    lead = make_assigned(rep)
    key = acceptance.reject_reasons(TUESDAY)[0].key
    assert acceptance.reject(handoffs(lead), by=rep, reason=key, at=TUESDAY + HOUR, note="No.") == [lead.pk]
    assert stands(lead) == ("inquiry", None, queue.pk)
    assert Promotion.objects.get().answered_as == "rejected"
    handoff = Handoff.objects.get(lead=lead)
    assert (handoff.outcome, handoff.outcome_reason, handoff.note) == ("rejected", key, "No.")
    assert acceptance.reject(handoffs(lead), by=rep, reason=key, at=TUESDAY + HOUR) == []


@pytest.mark.django_db
def test_after_contact_a_lead_is_not_rejected():
    rep = make_rep()
    queue_of(Queue.Kind.RETURNED)
    lead = make_assigned(rep)
    followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=TUESDAY)
    key = acceptance.reject_reasons(TUESDAY)[0].key
    assert acceptance.reject(handoffs(lead), by=rep, reason=key, at=TUESDAY) == []


@pytest.mark.django_db
def test_a_reason_that_was_not_signed_is_refused():
    rep = make_rep()
    lead = make_assigned(rep)
    with pytest.raises(UnknownReason, match="Choose a reason from the list"):
        acceptance.reject(handoffs(lead), by=rep, reason="weather", at=TUESDAY)


@pytest.mark.django_db
def test_reasons_are_said_in_the_readers_language():
    definition = in_force()
    with translation.override("nl"):
        said = acceptance.reject_reasons(TUESDAY)
    assert [reason.label for reason in said] == [reason["nl"] for reason in definition.reject_reasons]


@pytest.mark.django_db
def test_qualified_won_and_lost():
    rep = make_rep()
    won, lost = make_accepted(rep), make_own(rep)
    for lead in (won, lost):
        followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=TUESDAY)
    business = Business("Workplace", amount=None)
    assert outcomes.qualify(only(won, lost), by=rep, at=TUESDAY, business=business) == [won.pk, lost.pk]
    assert outcomes.qualify(only(won, lost), by=rep, at=TUESDAY, business=business) == []
    assert outcomes.win(Opportunity.objects.filter(lead=won), by=rep, at=TUESDAY + DAY) == [won.pk]
    Opportunity.objects.create(lead=lost, name="Second", opened_at=TUESDAY)
    first = Opportunity.objects.filter(lead=lost, name="Workplace")
    assert outcomes.lose(first, by=rep, at=TUESDAY + DAY) == []
    assert outcomes.lose(Opportunity.objects.filter(lead=lost), by=rep, at=TUESDAY + DAY) == [lost.pk]
    assert [stands(lead)[:2] for lead in (won, lost)] == [("won", rep.pk), ("lost", rep.pk)]
    assert Handoff.objects.get(lead=won, outcome="won").ended_at == TUESDAY + DAY


@pytest.mark.django_db
def test_disqualifying_needs_contact_and_recycling_a_date_to_wake():
    rep = make_rep()
    queue = queue_of(Queue.Kind.NURTURE)
    leads = [make_accepted(rep) for _ in range(3)]
    assert outcomes.disqualify(only(leads[0]), by=rep, reason="no_need", at=TUESDAY) == []
    followup.record(only(*leads), by=rep, kind="call", disposition="spoke", at=TUESDAY)
    assert outcomes.disqualify(only(leads[0]), by=rep, reason="no_need", at=TUESDAY) == [leads[0].pk]
    with pytest.raises(followup.MomentRefused, match="at most 365 days"):
        outcomes.recycle(only(leads[1]), by=rep, reason="no_budget", wake_at=TUESDAY + 400 * DAY, at=TUESDAY)
    wake = TUESDAY + 300 * DAY
    assert outcomes.recycle(only(leads[1]), by=rep, reason="contract_elsewhere", wake_at=wake, at=TUESDAY) == [
        leads[1].pk
    ]
    assert stands(leads[1]) == ("nurture", None, queue.pk)
    assert Lead.objects.get(pk=leads[1].pk).next_step_at == wake
    assert list(
        Handoff.objects.exclude(outcome="").values_list("outcome", "outcome_reason").order_by("outcome")[:1]
    ) == [("disqualified", "no_need")]
