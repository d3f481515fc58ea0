from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handoff import broken, escalation, followup
from handoff.models import Absence, BrokenPromise, Escalation, SlaPolicy, Sweep
from leadops.accounts.models import Notice
from leadops.accounts.roles import Role
from leads import lifecycle
from leads.models import Queue
from tests.factories import TUESDAY, make_lead, make_team, make_user, queue_of
from tests.handoff.at_once import at_once
from tests.handoff.factories import fresh, make_accepted, make_assigned, make_mql, make_rep, only, stands

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def steps(lead):
    return list(Escalation.objects.filter(lead=lead).order_by("pk").values_list("step", flat=True))


@pytest.mark.django_db
def test_a_lead_is_reminded_of_once_and_escalated_after_four_working_hours():
    rep, manager = make_rep(), make_user(Role.SALES_MANAGER)
    make_team(manager, rep)
    lead = make_assigned(rep)
    due = lead.next_step_at
    assert escalation.flag(due) == {"remind": 0, "escalate": 0, "reassign": 0, "return": 0}
    assert escalation.flag(due + timedelta(seconds=1))["remind"] == 1
    assert escalation.flag(due + timedelta(seconds=2))["remind"] == 0
    assert (due.hour, due.minute) == (7, 30)  # Wednesday half past nine: 480 minutes after Tuesday ten
    assert escalation.flag(due + timedelta(hours=3, minutes=59))["escalate"] == 0
    assert escalation.flag(due + timedelta(hours=4))["escalate"] == 1
    assert steps(lead) == ["remind", "escalate"]
    assert list(Notice.objects.filter(kind__in=["remind", "escalate"]).order_by("pk").values_list("user", "kind")) == [
        (rep.pk, "remind"),
        (manager.pk, "escalate"),
    ]


@pytest.mark.django_db
def test_after_days_of_silence_all_is_caught_up_once_and_in_order():
    rep = make_rep()
    lead = make_assigned(rep)
    assert escalation.flag(TUESDAY + 20 * DAY) == {"remind": 1, "escalate": 1, "reassign": 0, "return": 0}
    assert steps(lead) == ["remind", "escalate"]
    assert sum(escalation.flag(TUESDAY + 21 * DAY).values()) == 0


@pytest.mark.django_db
def test_leads_in_queues_are_told_to_marketing_and_pools_to_their_manager():
    lead, manager = make_lead(next_step_at=TUESDAY + HOUR), make_user(Role.SALES_MANAGER)
    mql = make_mql()
    Queue.objects.filter(pk=mql.queue_id).update(manager=manager)
    marketers = list(queue_of(Queue.Kind.TO_QUALIFY).members.values_list("user", flat=True))
    escalation.flag(TUESDAY + 10 * DAY)
    assert steps(lead) == steps(mql) == ["remind", "escalate"]
    assert set(Notice.objects.filter(key__contains=f":{lead.pk}:").values_list("user", flat=True)) == set(marketers)
    assert set(Notice.objects.filter(key__contains=f":{mql.pk}:").values_list("user", flat=True)) == {manager.pk}


@pytest.mark.django_db
def test_a_policy_takes_leads_back_only_after_the_promise_broke():
    rep = make_rep()
    lead = make_accepted(rep)
    policy = {"condition": {"field": "lead.channel", "operator": "is", "value": "event"}}
    SlaPolicy.objects.create(position=1, name="Events", remind_after=0, escalate_after=60, return_after=60, **policy)
    assert escalation.flag(lead.promised_by)["return"] == 0
    assert escalation.flag(lead.promised_by + 2 * DAY)["return"] == 1
    assert stands(lead)[0] == "inquiry"
    assert broken.record_broken(lead.promised_by + 2 * DAY, is_thorough=True) == 1


@pytest.mark.django_db
def test_a_policy_reassigns_by_the_pool():
    rep = make_rep()
    lead = make_assigned(rep)
    SlaPolicy.objects.create(position=1, name="All", remind_after=0, escalate_after=60, reassign_after=120)
    assert escalation.flag(lead.next_step_at + timedelta(hours=5))["reassign"] == 1
    assert stands(lead)[:2] == ("mql", None)
    assert fresh(lead).promised_by == lead.promised_by


@pytest.mark.django_db
def test_a_lead_that_was_followed_up_is_not_flagged():
    rep = make_rep()
    lead = make_assigned(rep)
    followup.record(only(lead), by=rep, kind="call", disposition="voicemail", at=lead.next_step_at)
    assert sum(escalation.flag(lead.next_step_at + timedelta(minutes=1)).values()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_flag_each_lead_once():
    rep = make_rep()
    leads = [make_assigned(rep) for _ in range(30)]
    counts = at_once(*[lambda: escalation.flag(TUESDAY + 10 * DAY)["remind"]] * 3)
    assert sum(counts) == 30
    assert Escalation.objects.filter(step="remind").count() == len(leads)


@pytest.mark.django_db
def test_flagging_takes_the_same_statements_for_few_and_for_many():
    rep = make_rep()
    used = []
    for number, at in ((2, TUESDAY), (50, TUESDAY + 11 * DAY)):
        for _ in range(number):
            make_assigned(rep, at=at)
        with CaptureQueriesContext(connection) as captured:
            escalation.flag(at + 10 * DAY)
        used.append(len(captured))
    assert used[0] == used[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prepare", "cause"),
    [
        (lambda rep: make_mql(), "never_routed"),
        (make_assigned, "not_accepted"),
        (make_accepted, "not_followed_up"),
        (lambda rep: away(make_accepted(rep), rep), "rep_absent"),
    ],
)
def test_cause_of_a_broken_promise(prepare, cause):
    rep = make_rep()
    lead = prepare(rep)
    assert broken.record_broken(lead.promised_by) == 0
    assert broken.record_broken(lead.promised_by + HOUR) == 1
    assert broken.record_broken(lead.promised_by + 2 * HOUR) == 0
    row = BrokenPromise.objects.get()
    assert (row.cause, row.broke_at) == (cause, lead.promised_by)
    assert row.rep_id == (None if cause == "never_routed" else rep.pk)


def away(lead, rep):
    Absence.objects.create(rep_id=rep.pk, starts_at=lead.promised_by - DAY, ends_at=lead.promised_by + DAY)
    return lead


@pytest.mark.django_db
def test_a_late_answer_is_found_by_the_thorough_sweep_only():
    rep = make_rep()
    lead = make_accepted(rep)
    late = lead.promised_by + HOUR
    followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=late)
    assert broken.record_broken(late) == 0
    assert broken.record_broken(late, is_thorough=True) == 1
    assert BrokenPromise.objects.get().cause == "not_followed_up"


@pytest.mark.django_db
def test_a_sweep_looks_at_what_came_due_since_the_last_and_a_thorough_one_at_all():
    rep = make_rep()
    lead = make_assigned(rep)
    due = lead.next_step_at
    Sweep.objects.create(name="flag", reached_at=due + HOUR)
    assert escalation.flag(due + 2 * HOUR)["remind"] == 0
    assert escalation.flag(due + 2 * HOUR, is_thorough=True)["remind"] == 1
    assert Sweep.objects.get().reached_at == due + 2 * HOUR
    assert escalation.flag(due + 2 * DAY)["escalate"] == 1


@pytest.mark.django_db
def test_what_a_sweep_could_not_lock_is_seen_again_by_the_next():
    rep = make_rep()
    lead = make_assigned(rep)
    due = lead.next_step_at
    Sweep.objects.create(name="flag", reached_at=due + timedelta(minutes=14))
    assert escalation.flag(due + timedelta(minutes=15))["remind"] == 1


@pytest.mark.django_db
def test_a_backlog_is_flagged_slice_by_slice(monkeypatch):
    monkeypatch.setattr(escalation, "SLICE", 2)
    rep = make_rep()
    for _ in range(5):
        make_assigned(rep)
    taken = {"remind": 5, "escalate": 5, "reassign": 0, "return": 0}
    assert escalation.flag(TUESDAY + 10 * DAY) == taken
    assert sum(escalation.flag(TUESDAY + 10 * DAY, is_thorough=True).values()) == 0


@pytest.mark.django_db
def test_promises_that_broke_before_the_last_sweep_are_found_by_a_thorough_one():
    lead = make_accepted(make_rep())
    Sweep.objects.create(name="record broken", reached_at=lead.promised_by + HOUR)
    assert broken.record_broken(lead.promised_by + 2 * HOUR) == 0
    assert broken.record_broken(lead.promised_by + 2 * HOUR, is_thorough=True) == 1
