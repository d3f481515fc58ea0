from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from handoff import followup, passing
from handoff.models import FollowUp, Handoff
from leadops.accounts import notifying
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import calendars, conservation, lifecycle, merging, objections
from leads.models import Contact, Lead, LeadMove, LeadScore, LeadTouch, Promotion, Queue
from leads.stages import Answer, Reason, Stage
from qualification import definition as definitions
from qualification import promotion
from qualification.default import default_definition
from qualification.models import Definition
from qualification.promotion import Judged, is_drawn
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_user, queue_of
from tests.handoff.factories import make_accepted, make_assigned, make_mql, make_rep
from tests.qualification.factories import engage, make_default, make_definition, make_good_lead, sign_both

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(minutes=1)
NEXT = TUESDAY + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def in_the_past():
    with lifecycle.history():
        yield


def enquire(lead: Lead) -> Lead:
    engage(lead)
    return lead


def touch(*leads: Lead) -> None:
    LeadTouch.objects.bulk_create(LeadTouch(lead=lead, touched_at=TUESDAY) for lead in leads)


def standing() -> list[tuple[str, int]]:
    return list(Lead.objects.order_by("pk").values_list("stage", "promotion_n"))


def test_what_meets_the_definition_is_promoted_with_its_promise():
    pool = queue_of(Queue.Kind.HUNTERS)
    good, bare = enquire(make_good_lead()), make_lead(last_name="Jansen", external_id="1")
    definition = make_default()
    assert promotion.judge(LATER) == Judged(claimed=2, rescored=2, promoted=1)
    found = Promotion.objects.get()
    assert (found.lead_id, found.n, found.definition_version) == (good.pk, 1, definition.version)
    assert found.promised_by == calendars.due(LATER, 1440)
    good, bare = Lead.objects.order_by("pk")
    assert (good.stage, good.queue_id, good.next_step_at) == (Stage.MQL, pool.pk, calendars.due(LATER, 480))
    assert (bare.stage, bare.promotion_n) == (Stage.INQUIRY, 0)
    assert LeadTouch.objects.count() == 0
    assert LeadScore.objects.get(pk=bare.pk).meets is False
    assert conservation.run(LATER).leaks == 0


def test_judging_again_promotes_nobody_twice():
    queue_of(Queue.Kind.HUNTERS)
    good = enquire(make_good_lead())
    make_default()
    promotion.judge(LATER)
    assert promotion.judge(NEXT) == Judged()
    touch(good)
    assert promotion.judge(NEXT) == Judged(claimed=1)
    assert Promotion.objects.count() == 1


def test_a_slice_is_claimed_at_a_time():
    queue_of(Queue.Kind.HUNTERS)
    for _ in range(5):
        enquire(make_good_lead())
    make_default()
    assert [promotion.judge(LATER, limit=2).claimed for _ in range(4)] == [2, 2, 1, 0]
    assert Promotion.objects.count() == 5


def test_a_customer_goes_to_the_farmers_and_to_hunters_when_no_farmer_can_act():
    hunters, farmers = queue_of(Queue.Kind.HUNTERS), queue_of(Queue.Kind.FARMERS)
    customer = make_organisation(is_customer=True)
    enquire(make_good_lead(organisation=customer))
    make_default()
    promotion.judge(LATER)
    assert Lead.objects.get().queue_id == farmers.pk
    lifecycle.close(Lead.objects.all(), to=Stage.LOST, at=LATER, reason=Reason.LOST, by=None)
    User.objects.filter(queue_memberships__queue=farmers).exclude(queue_memberships__queue=hunters).update(
        is_active=False
    )
    farmers.members.all().delete()
    second = enquire(make_good_lead(organisation=customer))
    promotion.judge(NEXT)
    assert Lead.objects.get(pk=second.pk).queue_id == hunters.pk


def test_nothing_is_promoted_without_a_definition_and_that_is_said_once():
    queue_of(Queue.Kind.HUNTERS)
    marketer, manager = make_user(Role.MARKETER), make_user(Role.SALES_MANAGER)
    lead = enquire(make_good_lead())
    drafted = default_definition(by=marketer, at=TUESDAY)
    assert promotion.judge(LATER) == promotion.judge(NEXT) == Judged()
    told = set(Notice.objects.filter(kind="no-definition").values_list("user", flat=True))
    assert told == set(User.objects.with_role(Role.MARKETER, Role.SALES_MANAGER).values_list("pk", flat=True))
    assert {marketer.pk, manager.pk} <= told
    assert {notifying.said(one) for one in Notice.objects.all()} == {promotion.WHY["no-definition"]}
    assert Notice.objects.count() == len(told)
    assert LeadTouch.objects.filter(lead=lead).exists()
    sign_both(drafted, at=LATER)
    assert promotion.judge(NEXT).promoted == 1


def test_nothing_is_claimed_while_no_pool_can_act():
    Queue.objects.filter(kind__in=Queue.POOLS).update(is_active=False)
    enquire(make_good_lead())
    make_default()
    Queue.objects.filter(kind__in=Queue.POOLS).update(is_active=False)
    assert promotion.judge(LATER) == Judged()
    assert LeadTouch.objects.count() == 1
    assert set(Notice.objects.values_list("kind", flat=True)) == {"no-pool"}


def test_who_may_not_be_contacted_is_not_promoted_and_closes_visibly():
    queue_of(Queue.Kind.HUNTERS)
    suppressed = enquire(make_good_lead(is_phone_suppressed=True, is_mail_suppressed=True))
    phone_only = enquire(make_good_lead(is_mail_suppressed=True))
    unreachable = enquire(make_good_lead(phone_e164="", email="", email_key=""))
    make_default()
    assert promotion.judge(LATER) == Judged(claimed=3, rescored=3, promoted=1, suppressed=1)
    assert standing() == [(Stage.DISQUALIFIED, 0), (Stage.MQL, 1), (Stage.INQUIRY, 0)]
    last = LeadMove.objects.filter(lead=suppressed).latest("pk")
    assert (last.stage, last.reason) == (Stage.DISQUALIFIED, Reason.SUPPRESSED)
    assert (phone_only.pk, unreachable.pk) == (suppressed.pk + 1, suppressed.pk + 2)


def reject(lead: Lead, to: Stage, kind: str, at=NEXT) -> None:
    hold = lifecycle.Hold(at + timedelta(days=2), queue=queue_of(kind).pk)
    lifecycle.move(
        Lead.objects.filter(pk=lead.pk), to=to, holds={lead.pk: hold}, at=at, reason=Reason.REJECTED, by=None
    )
    touch(lead)


@pytest.mark.parametrize(("to", "kind"), [(Stage.INQUIRY, Queue.Kind.RETURNED), (Stage.NURTURE, Queue.Kind.NURTURE)])
def test_what_sales_gave_back_returns_only_with_something_new(to, kind):
    queue_of(Queue.Kind.HUNTERS)
    lead = enquire(make_good_lead())
    make_default()
    promotion.judge(LATER)
    reject(lead, to, kind)
    assert promotion.judge(NEXT + timedelta(minutes=1)) == Judged(claimed=1)
    engage(lead, at=NEXT + timedelta(minutes=2))
    touch(lead)
    assert promotion.judge(NEXT + timedelta(minutes=3)).promoted == 1
    assert standing() == [(Stage.MQL, 2)]


def test_what_marketing_took_up_again_goes_to_sales():
    queue_of(Queue.Kind.HUNTERS)
    lead = enquire(make_good_lead())
    make_default()
    promotion.judge(LATER)
    reject(lead, Stage.INQUIRY, Queue.Kind.TO_QUALIFY)
    assert promotion.judge(NEXT + timedelta(minutes=1)).promoted == 1


def test_the_signed_share_of_those_just_below_is_taken_along():
    queue_of(Queue.Kind.HUNTERS)
    leads = [make_lead(phone_e164=f"+3120555{n:04}", job_title="Inkoopmanager", country="NL") for n in range(60)]
    for lead in leads:
        engage(lead)
    draft = default_definition(by=None, at=TUESDAY)
    draft.exploration_percent = 40  # which of sixty are drawn hangs on their keys: some always are, and some not
    draft.save()
    definition = sign_both(draft, at=TUESDAY)
    drawn = [lead.pk for lead in leads if is_drawn(lead.pk, definition)]
    judged = promotion.judge(LATER)
    assert set(LeadScore.objects.values_list("score", flat=True)) == {45}
    assert (judged.promoted, judged.explored) == (len(drawn), len(drawn))
    explored = Promotion.objects.filter(is_exploration=True).order_by("lead")
    assert list(explored.values_list("lead", flat=True)) == drawn
    assert 0 < len(drawn) < len(leads)
    touch(*Lead.objects.filter(stage=Stage.INQUIRY))
    assert promotion.judge(NEXT).promoted == 0


def test_leads_with_sales_are_scored_and_left_where_they_are():
    rep = make_user(Role.HUNTER)
    lead = enquire(make_lead(owner=rep, origin="sales"))
    make_default()
    assert promotion.judge(LATER) == Judged(claimed=1, rescored=1)
    assert Lead.objects.get(pk=lead.pk).stage == Stage.SAL


def test_a_new_version_has_every_open_lead_judged_by_it():
    queue_of(Queue.Kind.HUNTERS)
    lead = enquire(make_good_lead())
    make_definition(threshold=90, at=TUESDAY)
    promotion.judge(LATER)
    assert standing() == [(Stage.INQUIRY, 0)]
    make_definition(threshold=0, at=LATER)
    assert list(LeadTouch.objects.values_list("lead", flat=True)) == [lead.pk]
    assert promotion.judge(NEXT).promoted == 1


def test_fading_touches_leads_with_marketing_in_slices():
    leads = [make_lead() for _ in range(3)]
    make_lead(owner=make_user(Role.HUNTER), origin="sales")
    LeadTouch.objects.all().delete()
    assert promotion.touch_fading(LATER) == 0
    make_default()
    LeadTouch.objects.all().delete()
    assert promotion.touch_fading(LATER, limit=2) == leads[1].pk
    assert promotion.touch_fading(LATER, after=leads[1].pk, limit=2) == leads[2].pk
    assert promotion.touch_fading(LATER, after=leads[2].pk, limit=2) == 0
    assert list(LeadTouch.objects.values_list("lead", flat=True)) == [lead.pk for lead in leads]


def test_a_definition_that_reads_no_time_fades_nothing():
    make_lead()
    make_definition(at=TUESDAY)
    LeadTouch.objects.all().delete()
    assert promotion.touch_fading(LATER) == 0
    assert LeadTouch.objects.count() == 0


def test_one_lead_and_fifty_take_the_same_statements():
    queue_of(Queue.Kind.HUNTERS)
    make_default()
    counts = []
    for number in (1, 50):
        for _ in range(number):
            enquire(make_good_lead())
        with CaptureQueriesContext(connection) as queries:
            assert promotion.judge(LATER).promoted == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_failure_leaves_everything_as_it_was():
    queue_of(Queue.Kind.HUNTERS)
    enquire(make_good_lead())
    make_default()
    with pytest.raises(RuntimeError), definitions.transaction.atomic():
        assert promotion.judge(LATER).promoted == 1
        raise RuntimeError
    assert (LeadTouch.objects.count(), LeadScore.objects.count(), standing()) == (1, 0, [(Stage.INQUIRY, 0)])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_judge_each_lead_once():
    queue_of(Queue.Kind.HUNTERS)
    leads = [enquire(make_good_lead()) for _ in range(40)]
    make_default()
    start, judged = threading.Barrier(4), []

    def work() -> None:
        try:
            with lifecycle.history():
                start.wait()
                while (one := promotion.judge(LATER, limit=7)).claimed:
                    judged.append(one)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(one.promoted for one in judged) == sum(one.claimed for one in judged) == 40
    assert list(Promotion.objects.order_by("lead").values_list("lead", "n")) == [(lead.pk, 1) for lead in leads]
    assert LeadTouch.objects.count() == 0
    assert conservation.run(LATER).leaks == 0
    assert Definition.objects.count() == 1


def withhold(lead: Lead, *channels: str, at=NEXT) -> None:
    objections.withdraw(lead.contact, channels, source="By mail", by=make_user(Role.MARKETER), at=at)


def test_a_promise_that_nobody_may_keep_is_closed_and_the_rep_is_told():
    rep, at = make_rep(), TUESDAY + timedelta(hours=1)
    reached = {"phone_e164": "+31205550124", "email": "anna@wit.example"}
    waiting, given, accepted = make_mql(**reached), make_assigned(rep, **reached), make_accepted(rep, **reached)
    phone_only = make_assigned(rep, phone_e164="+31205550177", email="bob@wit.example")
    Contact.objects.filter(pk__in=[waiting.contact_id, given.contact_id]).update(phone_e164="")
    withhold(Lead.objects.get(pk=accepted.pk), "email", "phone")
    withhold(phone_only, "email")
    assert promotion.judge(at).suppressed == 3
    for lead in (waiting, given, accepted):
        lead.refresh_from_db()
        assert (lead.stage, lead.answered_at) == (Stage.DISQUALIFIED, at)
        assert LeadMove.objects.filter(lead=lead).latest("pk").reason == Reason.SUPPRESSED
        assert Promotion.objects.get(lead=lead).answered_as == Answer.SUPPRESSED
    assert Lead.objects.get(pk=phone_only.pk).stage == Stage.ASSIGNED
    told = Notice.objects.filter(kind="suppressed").values_list("user", "path")
    assert sorted(told) == sorted((rep.pk, f"/leads/{lead.pk}/") for lead in (given, accepted))
    assert passing.straighten(at) == 2
    assert list(Handoff.objects.still_open().values_list("lead", flat=True)) == [phone_only.pk]
    assert conservation.run(at).leaks == 0
    assert promotion.judge(at) == Judged()


def test_who_was_spoken_to_since_stays_with_the_rep():
    rep, at = make_rep(), TUESDAY + timedelta(hours=1)
    reached = {"phone_e164": "+31205550124", "email": "anna@wit.example"}
    spoken = make_accepted(rep, **reached)
    followup.record([spoken.pk], by=rep, kind="call", disposition="spoke", at=TUESDAY + timedelta(minutes=5))
    own = make_lead(owner=rep, origin="sales", channel="sales", email="eve@wit.example")
    withhold(Lead.objects.get(pk=spoken.pk), "email", "phone")
    withhold(own, "email", "phone")
    assert promotion.judge(at).suppressed == 0
    assert [Lead.objects.get(pk=lead.pk).stage for lead in (spoken, own)] == [Stage.SAL, Stage.SAL]
    assert not Notice.objects.filter(kind="suppressed").exists()


def test_a_promise_that_broke_before_stays_broken():
    rep = make_rep()
    late = make_assigned(rep, promised_by=TUESDAY + timedelta(hours=1), email="anna@wit.example")
    at = TUESDAY + timedelta(hours=2)
    withhold(late, "email", at=at)
    assert promotion.judge(at).suppressed == 1
    found = Promotion.objects.get(lead=late)
    assert (found.promised_by < found.answered_at, found.first_follow_up_at) == (True, None)


def test_who_may_be_reached_by_another_record_of_theirs_stays():
    rep, at = make_rep(), TUESDAY + timedelta(hours=1)
    lead = make_assigned(rep, email="anna@wit.example")
    other = make_contact(phone_e164="+31205550124")
    merging.merge([merging.Fold(other.pk, lead.contact_id)], at=TUESDAY, by=None)
    withhold(Lead.objects.get(pk=lead.pk), "email")
    assert promotion.judge(at).suppressed == 0
    withhold(Lead.objects.get(pk=lead.pk), "phone")
    assert promotion.judge(at).suppressed == 1


def test_a_promise_that_is_open_again_and_that_nobody_may_keep_is_closed():
    rep, at = make_rep(), TUESDAY + timedelta(hours=1)
    lead = make_accepted(rep, phone_e164="+31205550124", email="anna@wit.example")
    followup.record([lead.pk], by=rep, kind="call", disposition="spoke", at=TUESDAY + timedelta(minutes=5))
    withhold(Lead.objects.get(pk=lead.pk), "email", "phone", at=TUESDAY + timedelta(minutes=6))
    assert promotion.judge(TUESDAY + timedelta(minutes=7)).suppressed == 0
    assert followup.undo(FollowUp.objects.all(), by=rep, at=at) == [lead.pk]
    assert promotion.judge(at).suppressed == 1


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_a_promise_that_is_kept_while_it_is_judged_stays_open():
    rep, at = make_rep(), TUESDAY + timedelta(hours=1)
    lead = make_accepted(rep, phone_e164="+31205550124", email="anna@wit.example")
    withhold(Lead.objects.get(pk=lead.pk), "email", "phone")
    judged = []

    def judge() -> None:
        try:
            with lifecycle.history():
                judged.append(promotion.judge(at).suppressed)
        finally:
            connection.close()

    worker = threading.Thread(target=judge)
    with transaction.atomic():
        followup.record([lead.pk], by=rep, kind="call", disposition="spoke", at=TUESDAY + timedelta(minutes=5))
        worker.start()
        until = time.monotonic() + 20
        while not waits() and time.monotonic() < until:
            time.sleep(0.02)
    worker.join()
    assert (judged, Lead.objects.get(pk=lead.pk).stage) == ([0], Stage.SAL)
