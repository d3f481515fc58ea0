from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handoff import explanation, rotation, routing
from handoff.models import Absence, Handoff, PoolTurn, RoutingRule, RoutingRun
from handoff.routing import Assigned
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import lifecycle
from leads.models import Lead, LeadMove, Queue
from leads.stages import Reason
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_team, make_user, queue_of
from tests.handoff.at_once import at_once
from tests.handoff.factories import (
    fresh,
    make_accepted,
    make_assigned,
    make_mql,
    make_mqls,
    make_own,
    make_rep,
    only,
    stands,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def held(rep):
    return Lead.objects.held_by(rep).count()


def customer_of(manager=None, **fields):
    organisation = make_organisation(is_customer=True, account_manager=manager)
    return make_lead(make_contact(organisation=organisation), **fields)


@pytest.mark.django_db
def test_leads_are_dealt_by_weight_and_a_second_run_finds_nothing():
    reps = [make_rep(), make_rep(), make_rep(weight=2)]
    leads = make_mqls(8)
    assert routing.assign(TUESDAY) == Assigned(8, 0)
    assert [held(rep) for rep in reps] == [2, 2, 4]
    assert routing.assign(TUESDAY) == Assigned(0, 0)
    assert RoutingRun.objects.count() == 1
    assert list(PoolTurn.objects.order_by("rep").values_list("pointer", flat=True)) == [2 * rotation.STEP] * 3
    handoff = Handoff.objects.get(lead=leads[0])
    assert (handoff.promotion.n, handoff.accepted_at, handoff.pool_id) == (1, None, leads[0].queue_id)
    assert handoff.accept_due_at == fresh(leads[0]).next_step_at
    assert handoff.follow_up_due_at == leads[0].promised_by
    assert sorted(Notice.objects.values_list("user", "facts__gaps__count")) == [
        (reps[0].pk, 2),
        (reps[1].pk, 2),
        (reps[2].pk, 4),
    ]


@pytest.mark.django_db
def test_a_newcomer_starts_with_the_lowest_who_is_there():
    make_rep(), make_rep()
    make_mqls(3)
    routing.assign(TUESDAY)
    newcomer = make_rep()
    routing.assign(TUESDAY)
    turns = PoolTurn.objects.order_by("rep").values_list("pointer", flat=True)
    assert (sorted(turns[:2]), turns.get(rep=newcomer.pk)) == ([rotation.STEP, 2 * rotation.STEP], rotation.STEP)


@pytest.mark.django_db
def test_accept_deadline_never_lies_beyond_the_promise():
    make_rep()
    lead = make_mql(promised_by=TUESDAY + HOUR)
    routing.assign(TUESDAY)
    assert fresh(lead).next_step_at == TUESDAY + HOUR


@pytest.mark.django_db
def test_only_reps_who_are_present_and_below_both_caps_get_leads():
    away, full, busy, gone, free = (
        make_rep(),
        make_rep(open_cap=1),
        make_rep(weekly_cap=2),
        make_rep(),
        make_rep(),
    )
    Absence.objects.create(rep_id=away.pk, starts_at=TUESDAY - HOUR, ends_at=TUESDAY + DAY)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make_mqls(9)
    assert routing.assign(TUESDAY) == Assigned(9, 0)
    assert [held(rep) for rep in (away, full, busy, gone, free)] == [0, 1, 2, 0, 6]


@pytest.mark.django_db
def test_nobody_free_is_told_once_and_dealt_as_soon_as_somebody_is():
    rep = make_rep(open_cap=2)
    leads = make_mqls(5)
    assert routing.assign(TUESDAY) == Assigned(2, 3)
    assert routing.assign(TUESDAY + HOUR) == Assigned(0, 0)
    told = LeadMove.objects.filter(reason=Reason.NOBODY_FREE)
    waiting = leads[2:]
    assert sorted(told.values_list("lead", flat=True)) == [lead.pk for lead in waiting]
    assert [fresh(lead).next_step_at for lead in waiting] == [lead.next_step_at for lead in waiting]
    other = make_rep()
    assert routing.assign(TUESDAY + HOUR) == Assigned(3, 0)
    assert (held(rep), held(other)) == (2, 3)


@pytest.mark.django_db
def test_customers_go_to_their_farmer_else_to_the_farmers():
    hunter, farmer, other = make_rep(), make_rep(Role.FARMER), make_rep(Role.FARMER, open_cap=0)
    own, of_full, of_nobody, new = customer_of(farmer), customer_of(other), customer_of(), make_lead()
    make_mqls(4, leads=[own, of_full, of_nobody, new])
    assert routing.assign(TUESDAY) == Assigned(4, 0)
    assert [fresh(lead).owner_id for lead in (own, of_full, of_nobody, new)] == [farmer.pk] * 3 + [hunter.pk]


@pytest.mark.django_db
def test_who_is_asked_for_goes_first_unless_they_have_no_room():
    first, asked, full = make_rep(), make_rep(), make_rep(open_cap=0)
    leads = [make_lead() for _ in range(4)]
    for lead, wish in zip(leads, [asked, asked, full, None], strict=True):
        Lead.objects.filter(pk=lead.pk).update(requested_owner=wish)
    make_mqls(4, leads=leads)
    assert routing.assign(TUESDAY) == Assigned(4, 0)
    assert [fresh(lead).owner_id for lead in leads] == [asked.pk, asked.pk, first.pk, first.pk]


@pytest.mark.django_db
def test_the_first_rule_that_fits_names_the_pool():
    make_rep()
    pool = Queue.objects.create(name="North", kind=Queue.Kind.POOL)
    north = make_rep()
    pool.members.create(user=north)
    rule = RoutingRule.objects.create(
        position=1, name="Web", pool=pool, condition={"field": "lead.channel", "operator": "is", "value": "web"}
    )
    web, event = make_mql(channel="web"), make_mql()
    PoolTurn.objects.filter(rep=north.pk).exclude(queue=pool).delete()
    assert routing.assign(TUESDAY) == Assigned(2, 0)
    handoff = Handoff.objects.get(lead=web)
    assert (handoff.rep, handoff.rule, handoff.pool) == (north, rule, pool)
    assert Handoff.objects.get(lead=event).rule is None


@pytest.mark.django_db
def test_every_choice_can_be_made_again_from_run_and_deltas_alone():
    draw = random.Random(7)
    reps = [make_rep(weight=draw.randint(0, 4), open_cap=draw.randint(0, 9)) for _ in range(6)]
    reps += [make_rep(Role.FARMER, weight=draw.randint(1, 3), open_cap=12) for _ in range(2)]
    leads = [customer_of(draw.choice([None, *reps])) if draw.random() < 0.3 else make_lead() for _ in range(30)]
    for lead in leads:
        if draw.random() < 0.3:
            Lead.objects.filter(pk=lead.pk).update(requested_owner=draw.choice(reps))
    make_mqls(30, leads=leads)
    routing.assign(TUESDAY)
    rebuilt, dealt = {}, {}
    for run in RoutingRun.objects.all():
        snapshot = rotation.Snapshot.from_stored(run.snapshot)
        rows = list(Handoff.objects.filter(run=run).values_list("lead", "rep", "explanation"))
        tries = [
            (lead, group, n == len(delta["tried"]) - 1)
            for lead, _, delta in sorted(rows, key=lambda row: row[2]["n"])
            for n, group in enumerate(delta["tried"])
        ]
        choices = rotation.replay(snapshot, [rotation.Turn(lead, group, None) for lead, group, _ in tries])
        for (lead, _, is_last), rep in zip(tries, choices, strict=True):
            assert (rep is not None) == is_last
            rebuilt |= {lead: rep} if is_last else {}
        dealt |= {lead: rep for lead, rep, _ in rows}
    assert rebuilt == dealt
    assert len(dealt) > 15


@pytest.mark.django_db
def test_explanation_names_every_rep_passed_over_and_why():
    chosen, away, full, later, off = make_rep(), make_rep(), make_rep(open_cap=0), make_rep(), make_rep(weight=0)
    Absence.objects.create(rep_id=away.pk, starts_at=TUESDAY - HOUR, ends_at=TUESDAY + DAY)
    lead = make_mql()
    routing.assign(TUESDAY)
    said = explanation.explain(Handoff.objects.get(lead=lead))
    assert said.sentence == f"In Hunters it was the turn of {chosen}."
    assert {line.rep: line.why for line in said.lines} == {
        chosen: "Chosen",
        away: "Away until 06/17/2026 8 a.m.",
        full: "No room: at most 0 open leads",
        later: "Not their turn yet",
        off: "Takes no turns in this pool",
    }
    assert said.lines[0].is_chosen
    with translation.override("nl"):
        assert explanation.explain(Handoff.objects.get(lead=lead)).lines


@pytest.mark.django_db
def test_explanation_of_a_later_lead_counts_what_was_dealt_before_it():
    first, second = make_rep(open_cap=1), make_rep()
    leads = make_mqls(3)
    routing.assign(TUESDAY)
    lines = [
        {line.rep.pk: line.why for line in explanation.explain(Handoff.objects.get(lead=lead)).lines} for lead in leads
    ]
    assert lines == [
        {first.pk: "Chosen", second.pk: "Not their turn yet"},
        {second.pk: "Chosen", first.pk: "No room: at most 1 open leads"},
        {second.pk: "Chosen", first.pk: "No room: at most 1 open leads"},
    ]


@pytest.mark.django_db
def test_routing_takes_the_same_statements_for_one_and_for_fifty():
    make_rep(open_cap=1000, weekly_cap=1000)
    make_mqls(1)
    routing.assign(TUESDAY)  # reads the definition, which the process keeps
    make_mqls(1)
    with CaptureQueriesContext(connection) as one:
        routing.assign(TUESDAY)
    make_mqls(50)
    with CaptureQueriesContext(connection) as fifty:
        routing.assign(TUESDAY)
    assert len(fifty) == len(one)


@pytest.mark.django_db
def test_a_run_that_fails_leaves_nothing_behind():
    make_rep()
    make_mqls(3)
    with pytest.raises(RuntimeError), transaction.atomic():
        routing.assign(TUESDAY)
        raise RuntimeError
    assert (Handoff.objects.count(), RoutingRun.objects.count()) == (0, 0)
    assert routing.assign(TUESDAY) == Assigned(3, 0)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_never_deal_twice_nor_beyond_a_cap():
    reps = [make_rep(open_cap=7) for _ in range(4)]
    make_mqls(40)
    counts = at_once(*[lambda: routing.assign(TUESDAY)] * 4)
    assert sum(count.assigned for count in counts) == 28
    assert sum(count.waiting for count in counts) == 12
    assert [held(rep) for rep in reps] == [7] * 4
    assert Handoff.objects.count() == 28


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_one_lead_one_wins():
    one, other = make_rep(), make_rep()
    for _ in range(5):
        lead = make_mql()
        got = at_once(
            lambda lead=lead: routing.claim(only(lead), by=one, at=TUESDAY),
            lambda lead=lead: routing.claim(only(lead), by=other, at=TUESDAY),
        )
        assert sorted(got) == [[], [lead.pk]]
        assert Handoff.objects.filter(lead=lead).count() == 1


@pytest.mark.django_db
def test_who_claims_accepts_within_their_room():
    rep = make_rep(open_cap=1)
    leads = make_mqls(2)
    assert routing.claim(only(*leads), by=rep, at=TUESDAY) == [leads[0].pk]
    assert stands(leads[0]) == ("sal", rep.pk, None)
    assert stands(leads[1])[0] == "mql"


@pytest.mark.django_db
def test_claims_are_for_members_of_the_pool():
    farmer, lead = make_rep(Role.FARMER), make_mql()
    assert routing.claim(only(lead), by=farmer, at=TUESDAY) == []


@pytest.mark.django_db
def test_transfer_is_for_the_holder_and_ends_the_handoff_before():
    rep, colleague = make_rep(), make_rep()
    lead = make_accepted(rep)
    assert routing.transfer(only(lead), to=rep, by=colleague, at=TUESDAY) == []
    assert routing.transfer(only(lead), to=colleague, by=rep, at=TUESDAY) == [lead.pk]
    assert stands(lead) == ("assigned", colleague.pk, None)
    assert fresh(lead).promised_by == lead.promised_by
    assert list(Handoff.objects.filter(lead=lead).order_by("pk").values_list("rep", "outcome")) == [
        (rep.pk, "transferred"),
        (colleague.pk, ""),
    ]


@pytest.mark.django_db
def test_spread_deals_evenly_over_the_team_and_never_back():
    rep, team = make_rep(), [make_rep() for _ in range(3)]
    leads = [make_assigned(rep) for _ in range(9)]
    users = User.objects.filter(pk__in=[rep.pk, *(one.pk for one in team)])
    assert routing.spread(only(*leads), reps=users, by=None, at=TUESDAY) == [lead.pk for lead in leads]
    assert [held(one) for one in (rep, *team)] == [0, 3, 3, 3]


@pytest.mark.django_db
def test_release_finds_every_lead_a_holder_and_switches_off():
    rep, other, manager = make_rep(), make_rep(), make_user(Role.SALES_MANAGER)
    make_team(manager, rep)
    promoted, own = make_accepted(rep), make_own(rep)
    assert routing.release(rep, by=manager, at=TUESDAY) == [promoted.pk, own.pk]
    assert stands(promoted) == ("mql", None, queue_of(Queue.Kind.HUNTERS).pk)
    assert stands(own) == ("assigned", manager.pk, None)
    assert not User.objects.get(pk=rep.pk).is_active
    assert routing.assign(TUESDAY) == Assigned(1, 0)
    assert stands(promoted) == ("assigned", other.pk, None)


@pytest.mark.django_db(transaction=True)
def test_release_while_leads_are_dealt_leaves_none_behind():
    for _ in range(4):
        rep, manager = make_rep(), make_user(Role.SALES_MANAGER)
        make_mqls(6)
        counts, released = at_once(
            lambda: routing.assign(TUESDAY),
            lambda rep=rep, manager=manager: routing.release(rep, by=manager, at=TUESDAY),
        )
        assert (type(counts), type(released)) == (Assigned, list)
        assert not User.objects.get(pk=rep.pk).is_active
        assert held(rep) == 0
