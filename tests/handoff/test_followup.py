from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from handoff import answers, deadlines, followup, passing, routing
from handoff.followup import MomentRefused
from handoff.models import Absence, FollowUp, Handoff
from leads import lifecycle
from leads.models import Lead, LeadMove, Promotion
from leads.stages import Reason
from tests.factories import TUESDAY
from tests.handoff.at_once import at_once
from tests.handoff.factories import fresh, make_accepted, make_assigned, make_mql, make_own, make_rep, only, stands

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def call(lead, rep, at=TUESDAY + HOUR, disposition="spoke", **fields):
    return followup.record(only(lead), by=rep, kind="call", disposition=disposition, at=at, **fields)


@pytest.mark.django_db
def test_follow_up_accepts_answers_and_sets_the_next_step():
    rep = make_rep()
    lead = make_assigned(rep)
    assert call(lead, rep, disposition="no_answer", note="Line busy") == [lead.pk]
    now = fresh(lead)
    assert (now.stage, now.owner_id, now.next_step_at) == ("sal", rep.pk, TUESDAY + 5 * HOUR)
    assert (now.first_follow_up_at, now.answered_at) == (TUESDAY + HOUR,) * 2
    handoff = Handoff.objects.get(lead=lead, ended_at=None)
    assert handoff.accepted_at == TUESDAY + HOUR
    row = FollowUp.objects.get()
    assert (row.handoff_id, row.by_id, row.is_reached, row.note) == (handoff.pk, rep.pk, False, "Line busy")
    assert (row.occurred_at, row.recorded_at, row.next_step_at) == (TUESDAY + HOUR, now.recorded_at, now.next_step_at)
    assert Promotion.objects.get().answered_as == "followed_up"


@pytest.mark.django_db
def test_only_the_holder_follows_up():
    rep, other = make_rep(), make_rep()
    lead = make_assigned(rep)
    assert call(lead, other) == []
    assert call(make_mql(), rep) == []
    assert FollowUp.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_a_transfer_and_a_follow_up_at_once_the_history_is_one():
    rep, other = make_rep(), make_rep()
    for _ in range(5):
        lead = make_accepted(rep)
        called, transferred = at_once(
            lambda lead=lead: call(lead, rep, at=TUESDAY),
            lambda lead=lead: routing.transfer(only(lead), to=other, by=rep, at=TUESDAY),
        )
        assert (called in ([], [lead.pk]), transferred) == (True, [lead.pk])
        assert stands(lead) == ("assigned", other.pk, None)
        assert FollowUp.objects.filter(lead=lead).count() == len(called)


@pytest.mark.django_db
def test_a_late_note_of_an_early_call_counts_when_it_happened():
    rep = make_rep()
    lead = make_accepted(rep)
    call(lead, rep, at=lead.promised_by + HOUR, occurred_at=lead.promised_by - HOUR)
    assert fresh(lead).answered_at == lead.promised_by - HOUR


@pytest.mark.django_db
def test_a_call_before_the_promotion_answers_nothing_and_leaves_the_promise_binding():
    rep = make_rep()
    lead = make_accepted(rep)
    call(lead, rep, occurred_at=TUESDAY - HOUR, next_step_at=TUESDAY + 10 * DAY)
    now = fresh(lead)
    assert (now.answered_at, now.next_step_at) == (None, lead.promised_by)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"next_step_at": TUESDAY}, "Choose a moment in the future."),
        ({"next_step_at": TUESDAY + 91 * DAY}, "Choose a moment at most 90 days ahead."),
        ({"disposition": "call_back"}, "Choose when the appointment or the call is."),
        ({"disposition": "appointment"}, "Choose when the appointment or the call is."),
        ({"occurred_at": TUESDAY + 2 * HOUR}, "This lies in the future: write it down once it has happened."),
        ({"occurred_at": TUESDAY - 15 * DAY}, "This is more than 14 days ago."),
    ],
)
def test_moments_that_cannot_be_are_refused_in_words(fields, words):
    rep = make_rep()
    lead = make_accepted(rep)
    with pytest.raises(MomentRefused, match=words):
        call(lead, rep, **fields)
    assert FollowUp.objects.count() == 0


@pytest.mark.django_db
def test_the_usual_next_step_keeps_to_the_reps_leave():
    rep = make_rep()
    Absence.objects.create(rep_id=rep.pk, starts_at=TUESDAY + 2 * HOUR, ends_at=TUESDAY + 3 * DAY)
    lead = make_accepted(rep)
    call(lead, rep, disposition="voicemail")
    assert fresh(lead).next_step_at == TUESDAY + 3 * DAY + 7 * HOUR


@pytest.mark.django_db
def test_proposals_lie_in_working_time_and_in_order():
    rep = make_rep()
    moments = deadlines.proposals(rep.pk, deadlines.Clock([rep.pk], TUESDAY + timedelta(minutes=7)))
    assert [moment.astimezone(TUESDAY.tzinfo).strftime("%a %H:%M") for moment in moments] == [
        "Tue 12:30",
        "Wed 09:00",
        "Thu 13:30",
    ]


@pytest.mark.django_db
def test_undo_of_the_only_follow_up_restores_the_hold_before_it():
    rep = make_rep()
    lead = make_assigned(rep)
    before = fresh(lead)
    call(lead, rep)
    assert followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 2 * HOUR) == [lead.pk]
    now = fresh(lead)
    assert (now.stage, now.owner_id, now.next_step_at) == ("assigned", rep.pk, before.next_step_at)
    assert (now.answered_at, now.first_follow_up_at) == (None, None)
    assert Handoff.objects.get(ended_at=None).accepted_at is None
    assert Promotion.objects.values_list("first_follow_up_at", "answered_at", "answered_as").get() == (None, None, "")
    assert followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 2 * HOUR) == []
    assert FollowUp.objects.count() == 2


@pytest.mark.django_db
def test_undo_of_the_last_of_two_keeps_the_first():
    rep = make_rep()
    lead = make_accepted(rep)
    call(lead, rep, at=TUESDAY + HOUR)
    first = fresh(lead)
    call(lead, rep, at=TUESDAY + 2 * HOUR, next_step_at=TUESDAY + 20 * DAY)
    last = FollowUp.objects.filter(occurred_at=TUESDAY + 2 * HOUR)
    followup.undo(last, by=rep, at=TUESDAY + 3 * HOUR)
    now = fresh(lead)
    assert (now.stage, now.next_step_at, now.answered_at) == ("sal", first.next_step_at, TUESDAY + HOUR)


@pytest.mark.django_db
def test_undo_after_a_later_hold_only_keeps_the_promise():
    rep = make_rep()
    lead = make_accepted(rep)
    call(lead, rep)
    followup.put_off(only(lead), by=rep, next_step_at=TUESDAY + 30 * DAY, at=TUESDAY + 2 * HOUR)
    followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 3 * HOUR)
    assert fresh(lead).next_step_at == lead.promised_by
    assert fresh(lead).answered_at is None


@pytest.mark.django_db
def test_undo_is_for_who_wrote_it_and_still_holds_the_lead():
    rep, other = make_rep(), make_rep()
    lead = make_accepted(rep)
    call(lead, rep)
    assert followup.undo(FollowUp.objects.all(), by=other, at=TUESDAY + 2 * HOUR) == []
    routing.transfer(only(lead), to=other, by=rep, at=TUESDAY + 2 * HOUR)
    assert followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 2 * HOUR) == []


@pytest.mark.django_db
def test_putting_off_stays_within_an_unanswered_promise():
    rep = make_rep()
    lead = make_accepted(rep)
    assert followup.put_off(only(lead), by=rep, next_step_at=TUESDAY + 30 * DAY, at=TUESDAY + HOUR) == [lead.pk]
    assert fresh(lead).next_step_at == lead.promised_by


@pytest.mark.django_db
def test_follow_ups_take_the_same_statements_for_one_and_for_fifty():
    rep = make_rep()
    used = []
    for number in (1, 50):
        leads = [make_accepted(rep) for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            ids = followup.record(only(*leads), by=rep, kind="mail", disposition="spoke", at=TUESDAY + HOUR)
        assert ids == [lead.pk for lead in leads]
        used.append(len(captured))
    assert used[0] == used[1]


@pytest.mark.django_db
def test_a_follow_up_that_is_rolled_back_leaves_nothing():
    rep = make_rep()
    lead = make_assigned(rep)
    with pytest.raises(RuntimeError), transaction.atomic():
        call(lead, rep)
        raise RuntimeError
    assert (FollowUp.objects.count(), stands(lead)[0], fresh(lead).answered_at) == (0, "assigned", None)


@pytest.mark.django_db
def test_rebuilding_answers_after_a_walk_changes_nothing():
    rep = make_rep()
    leads = [make_accepted(rep), make_assigned(rep), make_mql(), make_own(rep), make_accepted(rep)]
    call(leads[0], rep)
    call(leads[0], rep, at=TUESDAY + 2 * HOUR, disposition="no_answer")
    call(leads[3], rep)
    call(leads[4], rep)
    followup.undo(FollowUp.objects.filter(lead=leads[4]), by=rep, at=TUESDAY + 3 * HOUR)
    assert answers.rebuild_promotions(Lead.objects.all()) == 0
    Promotion.objects.update(first_follow_up_at=None, answered_at=None, answered_as="")
    assert answers.rebuild_promotions(Lead.objects.all()) == 1
    assert answers.rebuild_promotions(Lead.objects.all()) == 0


@pytest.mark.django_db
def test_straightening_gives_every_lead_with_a_rep_one_open_handoff():
    rep = make_rep()
    own, lead = make_own(rep), make_accepted(rep)
    lifecycle.close(only(lead), to="merged", at=TUESDAY, reason=Reason.MERGED, by=None)
    assert passing.straighten(TUESDAY) == 1
    assert passing.straighten(TUESDAY) == 0
    assert Handoff.objects.still_open().values_list("lead", "rep").get() == (own.pk, rep.pk)
    assert Handoff.objects.get(lead=lead).outcome == "closed"
    assert LeadMove.objects.filter(lead=own).count() == 1
