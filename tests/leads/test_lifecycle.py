"""The only writer of stage, holder, next step and promise: what each operation does, refuses, and does twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leadops.accounts.roles import Role
from leads import lifecycle
from leads.lifecycle import Hold
from leads.models import Lead, LeadMove, LeadTouch, Promotion, Queue
from leads.stages import CLOSED, ENTERED_FROM, OPEN, Answer, Reason, Stage
from qualification.models import Definition
from tests.factories import TUESDAY, make_campaign, make_lead, make_user, queue_of
from tests.qualification.factories import make_definition

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_history():
    with lifecycle.history():
        yield


def the(lead):
    return Lead.objects.filter(pk=lead.pk)


def promoted(*, at=TUESDAY, promise=2 * DAY, **fields):
    lead = make_lead(at=at - HOUR, **fields)
    version = (Definition.objects.first() or make_definition()).version
    pool = queue_of(Queue.Kind.HUNTERS)
    lifecycle.promote(
        the(lead),
        holds={lead.pk: Hold(at + HOUR, queue=pool.pk)},
        promises={lead.pk: at + promise},
        version=version,
        at=at,
        by=None,
    )
    return the(lead).get()


def assigned(**fields):
    lead, rep = promoted(**fields), make_user(Role.HUNTER)
    lifecycle.move(
        the(lead),
        to=Stage.ASSIGNED,
        holds={lead.pk: Hold(lead.promised_by, owner=rep.pk)},
        at=lead.mql_at + HOUR,
        reason=Reason.ROUTED,
        by=None,
    )
    return the(lead).get()


def test_opening_tells_touches_and_holds():
    campaign = make_campaign()
    lead = make_lead(campaign=campaign)
    move = LeadMove.objects.get()
    assert (lead.stage, lead.queue.kind, lead.campaign, lead.opened_at) == (
        Stage.INQUIRY,
        Queue.Kind.TO_QUALIFY,
        campaign,
        TUESDAY,
    )
    assert (move.lead, move.stage, move.reason, move.queue, move.next_step_at) == (
        lead,
        Stage.INQUIRY,
        Reason.CAPTURED,
        lead.queue,
        lead.next_step_at,
    )
    assert list(LeadTouch.objects.values_list("lead", flat=True)) == [lead.pk]


def test_promotion_sets_the_promise_once_and_keeps_what_was_known():
    lead = promoted(campaign=make_campaign())
    promotion = Promotion.objects.get()
    assert (lead.stage, lead.promotion_n, lead.mql_at, lead.promised_by) == (Stage.MQL, 1, TUESDAY, TUESDAY + 2 * DAY)
    assert (promotion.n, promotion.mql_at, promotion.promised_by, promotion.campaign, promotion.answered_as) == (
        1,
        TUESDAY,
        TUESDAY + 2 * DAY,
        lead.campaign,
        "",
    )
    assert lead.next_step_at == TUESDAY + HOUR


def test_next_step_beyond_an_unanswered_promise_is_refused():
    lead, rep = promoted(), make_user(Role.HUNTER)
    with pytest.raises(Exception, match="next_step_within_promise"), transaction.atomic():
        lifecycle.move(
            the(lead),
            to=Stage.ASSIGNED,
            holds={lead.pk: Hold(lead.promised_by + HOUR, owner=rep.pk)},
            at=TUESDAY + HOUR,
            reason=Reason.ROUTED,
            by=None,
        )
    assert the(lead).get().stage == Stage.MQL


def test_follow_up_answers_the_promise_and_frees_the_next_step():
    lead = assigned()
    called = TUESDAY + 5 * HOUR
    ids = lifecycle.move(
        the(lead),
        to=Stage.SAL,
        holds={lead.pk: Hold(TUESDAY + 9 * DAY, owner=lead.owner_id)},
        at=called + HOUR,
        reason=Reason.FOLLOWED_UP,
        by=lead.owner,
        followed_up={lead.pk: called},
    )
    lead, promotion = the(lead).get(), Promotion.objects.get()
    assert ids == [lead.pk]
    assert (lead.first_follow_up_at, lead.answered_at, lead.stage) == (called, called, Stage.SAL)
    assert (promotion.first_follow_up_at, promotion.answered_at, promotion.answered_as, promotion.owner) == (
        called,
        called,
        Answer.FOLLOWED_UP,
        lead.owner,
    )


def test_an_earlier_call_recorded_later_becomes_the_first():
    lead = assigned()
    for called in (TUESDAY + 5 * HOUR, TUESDAY + 3 * HOUR, TUESDAY + 7 * HOUR):
        lifecycle.hold(
            the(lead),
            holds={lead.pk: Hold(TUESDAY + DAY, owner=lead.owner_id)},
            at=TUESDAY + 8 * HOUR,
            reason=Reason.FOLLOWED_UP,
            by=None,
            followed_up={lead.pk: called},
        )
    assert the(lead).get().first_follow_up_at == TUESDAY + 3 * HOUR
    assert Promotion.objects.get().first_follow_up_at == TUESDAY + 3 * HOUR


@pytest.mark.parametrize(
    ("to", "reason", "answer"),
    [
        (Stage.INQUIRY, Reason.REJECTED, Answer.REJECTED),
        (Stage.NURTURE, Reason.RECYCLED, Answer.RECYCLED),
        (Stage.DISQUALIFIED, Reason.DISQUALIFIED, Answer.DISQUALIFIED),
        (Stage.DISQUALIFIED, Reason.SUPPRESSED, Answer.SUPPRESSED),
        (Stage.MERGED, Reason.MERGED, Answer.MERGED),
        (Stage.WON, Reason.WON, Answer.CLOSED),
        (Stage.LOST, Reason.LOST, Answer.CLOSED),
    ],
)
def test_a_promotion_is_answered_otherwise(to, reason, answer):
    lead, at = assigned(), TUESDAY + 4 * HOUR
    if to in CLOSED:
        lifecycle.close(the(lead), to=to, at=at, reason=reason, by=lead.owner)
    else:
        queue = queue_of(Queue.Kind.RETURNED if to == Stage.INQUIRY else Queue.Kind.NURTURE)
        lifecycle.move(
            the(lead), to=to, holds={lead.pk: Hold(at + DAY, queue=queue.pk)}, at=at, reason=reason, by=lead.owner
        )
    promotion = Promotion.objects.get()
    assert (promotion.answered_at, promotion.answered_as, promotion.first_follow_up_at) == (at, answer, None)
    assert the(lead).get().answered_at == at


def test_void_is_no_answer_but_marks_the_promotion():
    lead = promoted()
    lifecycle.close(the(lead), to=Stage.VOID, at=TUESDAY + HOUR, reason=Reason.UNDONE, by=None)
    assert Promotion.objects.values_list("answered_at", "voided_at").get() == (None, TUESDAY + HOUR)


def test_closing_keeps_the_last_owner_named():
    lead = assigned()
    lifecycle.close(the(lead), to=Stage.LOST, at=TUESDAY + 5 * HOUR, reason=Reason.LOST, by=lead.owner)
    closed = the(lead).get()
    assert (closed.owner, closed.queue, closed.next_step_at, closed.closed_at) == (
        lead.owner,
        None,
        None,
        TUESDAY + 5 * HOUR,
    )


def test_a_second_run_moves_nobody():
    lead, queue = make_lead(), queue_of(Queue.Kind.NURTURE)
    closing = {"to": Stage.LOST, "at": TUESDAY + HOUR, "reason": Reason.LOST, "by": None}
    assert lifecycle.close(the(lead), **closing) == [lead.pk]
    assert lifecycle.close(the(lead), **closing) == []
    assert (
        lifecycle.move(
            the(lead),
            to=Stage.NURTURE,
            holds={lead.pk: Hold(TUESDAY + DAY, queue=queue.pk)},
            at=TUESDAY,
            reason=Reason.NURTURED,
            by=None,
        )
        == []
    )
    assert LeadMove.objects.count() == 2


@pytest.mark.parametrize("to", sorted(OPEN - {Stage.MQL}))
def test_a_lead_enters_only_from_where_the_table_says(to):
    """From inquiry: exactly the stages that the table allows."""
    lead, rep = make_lead(), make_user(Role.HUNTER)
    holder = (
        {"owner": rep.pk}
        if to in (Stage.ASSIGNED, Stage.SAL, Stage.SQL)
        else {"queue": queue_of(Queue.Kind.NURTURE).pk}
    )
    ids = lifecycle.move(
        the(lead),
        to=to,
        holds={lead.pk: Hold(TUESDAY + DAY, **holder)},
        at=TUESDAY + HOUR,
        reason=Reason.QUALIFIED,
        by=None,
    )
    assert ids == ([lead.pk] if Stage.INQUIRY in ENTERED_FROM[to] else [])


def test_a_step_beyond_the_stages_maximum_is_refused():
    lead = make_lead()
    with pytest.raises(lifecycle.StepTooFar):
        lifecycle.hold(
            the(lead),
            holds={lead.pk: Hold(TUESDAY + 91 * DAY, queue=lead.queue_id)},
            at=TUESDAY,
            reason=Reason.SNOOZED,
            by=None,
        )


def test_recorded_at_never_runs_backwards():
    lead = make_lead(at=TUESDAY)
    lifecycle.hold(
        the(lead),
        holds={lead.pk: Hold(TUESDAY + DAY, queue=lead.queue_id)},
        at=TUESDAY + 3 * HOUR,
        reason=Reason.SNOOZED,
        by=None,
    )
    lifecycle.hold(
        the(lead),
        holds={lead.pk: Hold(TUESDAY + DAY, queue=lead.queue_id)},
        at=TUESDAY + 1 * HOUR,
        reason=Reason.SNOOZED,
        by=None,
    )
    assert list(LeadMove.objects.order_by("pk").values_list("recorded_at", flat=True)) == [
        TUESDAY,
        TUESDAY + 3 * HOUR,
        TUESDAY + 3 * HOUR,
    ]


def test_recycled_and_promoted_again_counts_twice():
    lead = promoted()
    nurture, pool = queue_of(Queue.Kind.NURTURE), queue_of(Queue.Kind.HUNTERS)
    lifecycle.move(
        the(lead),
        to=Stage.NURTURE,
        holds={lead.pk: Hold(TUESDAY + DAY, queue=nurture.pk)},
        at=TUESDAY + HOUR,
        reason=Reason.RECYCLED,
        by=None,
    )
    again = TUESDAY + 30 * DAY
    lifecycle.promote(
        the(lead),
        holds={lead.pk: Hold(again + HOUR, queue=pool.pk)},
        promises={lead.pk: again + DAY},
        version=1,
        at=again,
        by=None,
    )
    rows = list(Promotion.objects.order_by("n").values_list("n", "mql_at", "promised_by", "answered_as"))
    assert rows == [(1, TUESDAY, TUESDAY + 2 * DAY, Answer.RECYCLED), (2, again, again + DAY, "")]
    assert the(lead).get().answered_at is None


@pytest.mark.parametrize("count", [1, 50])
def test_a_set_of_fifty_takes_the_statements_of_one(count):
    leads = [make_lead() for _ in range(count)]
    queue = queue_of(Queue.Kind.NURTURE)
    holds = {lead.pk: Hold(TUESDAY + DAY, queue=queue.pk) for lead in leads}
    with CaptureQueriesContext(connection) as queries:
        moved = lifecycle.move(
            Lead.objects.all(), to=Stage.NURTURE, holds=holds, at=TUESDAY + HOUR, reason=Reason.NURTURED, by=None
        )
    assert len(moved) == count
    assert len(queries) == 4  # savepoint, lock, write, release


def test_rolled_back_leaves_nothing():
    lead = make_lead()
    with pytest.raises(RuntimeError), transaction.atomic():
        lifecycle.close(the(lead), to=Stage.LOST, at=TUESDAY + HOUR, reason=Reason.LOST, by=None)
        raise RuntimeError
    assert (the(lead).get().stage, LeadMove.objects.count()) == (Stage.INQUIRY, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_moves_the_lead():
    for _ in range(10):
        lead, start, results = make_lead(), threading.Barrier(2), []

        def attempt(lead=lead, start=start, results=results):
            start.wait()
            with lifecycle.history():
                results.append(
                    lifecycle.close(the(lead), to=Stage.LOST, at=TUESDAY + HOUR, reason=Reason.LOST, by=None)
                )
            connection.close()

        threads = [threading.Thread(target=attempt) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(results) == [[], [lead.pk]]
        assert LeadMove.objects.filter(lead=lead).count() == 2
