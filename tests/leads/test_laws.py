"""PostgreSQL itself refuses what would break a law or rewrite history, whoever asks."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle
from leads.models import Campaign, Contact, Lead, LeadMove, Promotion, Queue, QueueMember
from leads.stages import Reason, Stage
from tests.factories import (
    TUESDAY,
    make_campaign,
    make_contact,
    make_lead,
    make_organisation,
    make_user,
    queue_of,
)

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


def refuse(sql: str, *values: object) -> str:
    """Run raw SQL that must be refused; return PostgreSQL's words."""
    with pytest.raises(REFUSED) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("stage = 'sal'", "stage_has_its_kind_of_holder"),
        ("queue_id = NULL", "open_lead_has_holder_and_next_step"),
        ("next_step_at = NULL", "open_lead_has_holder_and_next_step"),
        ("closed_at = now()", "open_lead_has_holder_and_next_step"),
        ("stage = 'won'", "open_lead_has_holder_and_next_step"),
        ("stage = 'mql'", "mql_is_promoted"),
        ("promotion_n = 1", "promoted_with_moment"),
        ("promotion_n = 1, mql_at = now(), promised_by = next_step_at", "told"),
        ("next_step_at = next_step_set_at + interval '367 days'", "next_step_within_a_year"),
        ("next_step_at = next_step_at + interval '1 day'", "written with a move that tells it"),
        ("stage = 'nurture'", "written with a move that tells it"),
        ("queue_id = 999999", "move that tells it"),
        ("queue_id = NULL, owner_id = 999999", "move that tells it"),
        ("family_id = 999999", "lead_contact_in_family"),
    ],
)
def test_raw_update_of_a_lead_is_refused(change, words):
    lead = make_lead()
    assert words in refuse(f"UPDATE leads_lead SET {change} WHERE id = %s", lead.pk)


def test_raw_insert_of_a_lead_without_a_move_is_refused():
    contact, queue = make_contact(), queue_of(Queue.Kind.TO_QUALIFY)
    words = refuse(
        """INSERT INTO leads_lead (contact_id, family_id, origin, channel, is_routable, stage, stage_entered_at, queue_id, next_step_at,
               next_step_set_at, opened_at, recorded_at, promotion_n)
           VALUES (%s, %s, 'marketing', 'web', true, 'inquiry', now(), %s, now(), now(), now(), now(), 0)""",
        contact.pk,
        contact.pk,
        queue.pk,
    )
    assert "written with a move that tells it" in words


def test_second_open_lead_of_a_family_is_not_opened():
    lead = make_lead()
    with lifecycle.history():
        opening = lifecycle.Opening(
            lead.contact_id, lead.family_id, "marketing", "web", lifecycle.Hold(TUESDAY, queue=lead.queue_id)
        )
        assert lifecycle.open_([opening], at=TUESDAY, reason=Reason.CAPTURED, by=None) == {}
    assert Lead.objects.count() == 1


@pytest.mark.parametrize("table", ["leads_lead", "leads_contact", "leads_leadmove", "leads_queue", "accounts_user"])
def test_rows_with_a_past_are_never_deleted(table):
    make_lead()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()
    words = refuse(f"DELETE FROM {table}")
    assert "never deleted" in words or "violates foreign key" in words
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == before


def test_history_is_not_rewritten():
    make_lead()
    assert "history" in refuse("UPDATE leads_leadmove SET reason = 'won'")


def test_a_move_that_tells_something_else_is_refused():
    lead = make_lead()
    words = refuse(
        """INSERT INTO leads_leadmove (lead_id, stage, owner_id, queue_id, next_step_at, promotion_n, reason, note, is_imported, occurred_at, recorded_at)
           VALUES (%s, 'won', NULL, NULL, NULL, 0, 'won', '', false, now(), now())""",
        lead.pk,
    )
    assert "tells where its lead now stands" in words


def test_promotion_without_a_signed_definition_is_refused():
    lead, pool = make_lead(), queue_of(Queue.Kind.HUNTERS)
    promise = TUESDAY + timedelta(days=1)
    with (
        lifecycle.history(),
        pytest.raises(REFUSED, match="marketing and sales have not both signed"),
        transaction.atomic(),
    ):
        lifecycle.promote(
            Lead.objects.all(),
            holds={lead.pk: lifecycle.Hold(promise, queue=pool.pk)},
            promises={lead.pk: promise},
            version=1,
            at=TUESDAY,
            by=None,
        )
    assert Promotion.objects.count() == 0
    assert Lead.objects.get().stage == Stage.INQUIRY


def test_user_with_open_leads_cannot_be_deactivated():
    rep = make_user(Role.HUNTER)
    make_lead(owner=rep, origin="sales")
    with pytest.raises(REFUSED, match="reassign them first"), transaction.atomic():
        User.objects.filter(pk=rep.pk).update(is_active=False)
    assert User.objects.get(pk=rep.pk).is_active


def test_last_active_member_of_a_queue_with_leads_stays():
    lead = make_lead()
    member = QueueMember.objects.get(queue=lead.queue)
    for change in (
        lambda: User.objects.filter(pk=member.user_id).update(is_active=False),
        lambda: QueueMember.objects.filter(pk=member.pk).delete(),
        lambda: Queue.objects.filter(pk=lead.queue_id).update(is_active=False),
    ):
        with pytest.raises(REFUSED, match="needs an active member"), transaction.atomic():
            change()
    other = make_user(Role.MARKETER)
    User.objects.filter(pk=member.user_id).update(is_active=False)
    assert list(
        Queue.objects.get(pk=lead.queue_id).members.filter(user__is_active=True).values_list("user", flat=True)
    ) == [other.pk]


def test_queue_without_members_holds_nothing():
    queue = Queue.objects.create(name="Empty", kind=Queue.Kind.POOL)
    lead = make_lead()
    with lifecycle.history(), pytest.raises(REFUSED, match="without an active member"), transaction.atomic():
        lifecycle.hold(
            Lead.objects.all(),
            holds={lead.pk: lifecycle.Hold(TUESDAY, queue=queue.pk)},
            at=TUESDAY,
            reason=Reason.QUALIFY_LATER,
            by=None,
        )


def test_contact_of_another_family_needs_a_merge():
    contact = make_contact()
    assert "contact_is_root_unless_merged" in refuse("UPDATE leads_contact SET family_id = 0 WHERE id = %s", contact.pk)


def test_merging_two_contacts_with_open_leads_is_refused():
    first, second = make_lead(), make_lead()
    words = refuse(
        "UPDATE leads_contact SET merged_into_id = %s, family_id = %s WHERE id = %s",
        first.contact_id,
        first.contact_id,
        second.contact_id,
    )
    assert "one_open_lead_a_family" in words


def test_a_move_into_the_distant_past_is_refused_outside_history():
    lead = make_lead()
    with pytest.raises(lifecycle.MomentTooOld):
        lifecycle.close(
            Lead.objects.filter(pk=lead.pk),
            to=Stage.LOST,
            at=TUESDAY - timedelta(days=5000),
            reason=Reason.LOST,
            by=None,
        )
    assert LeadMove.objects.count() == 1


def test_references_without_a_foreign_key_name_what_is_there():
    lead = make_lead(campaign=make_campaign())
    contact = Contact.objects.get(pk=lead.contact_id)
    for change in (
        lambda: Contact.objects.filter(pk=contact.pk).update(organisation_id=999_999),
        lambda: Lead.objects.filter(pk=lead.pk).update(campaign_id=999_999),
        lambda: make_contact(organisation_id=999_999),
        lambda: Campaign.objects.filter(pk=lead.campaign_id)._raw_delete("default"),
    ):
        with pytest.raises(REFUSED), transaction.atomic():
            change()
    organisation = make_organisation()
    Contact.objects.filter(pk=contact.pk).update(organisation=organisation)
    Contact.objects.filter(pk=contact.pk).update(organisation=None)
    Lead.objects.filter(pk=lead.pk).update(campaign=make_campaign())
    assert Contact.objects.get(pk=contact.pk).organisation is None


@pytest.mark.django_db(transaction=True)
def test_deactivating_and_assigning_at_once_never_both_win():
    """Twenty races: a rep is switched off while a lead is given to them; one of the two is refused."""
    outcomes = set()
    for _ in range(20):
        rep, lead = make_user(Role.HUNTER), make_lead()
        start, results = threading.Barrier(2), {}

        def attempt(name, change, start=start, results=results):
            try:
                start.wait()
                with transaction.atomic():
                    change()
                results[name] = True
            except REFUSED:
                results[name] = False
            finally:
                connection.close()

        def give(lead=lead, rep=rep):
            with lifecycle.history():
                lifecycle.hold(
                    Lead.objects.filter(pk=lead.pk),
                    holds={lead.pk: lifecycle.Hold(TUESDAY, owner=rep.pk)},
                    at=TUESDAY,
                    reason=Reason.CLAIMED,
                    by=None,
                )

        def deactivate(rep=rep):
            User.objects.filter(pk=rep.pk).update(is_active=False)

        threads = [
            threading.Thread(target=attempt, args=("give", give)),
            threading.Thread(target=attempt, args=("off", deactivate)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not Lead.objects.still_open().filter(owner__is_active=False).exists()
        assert Contact.objects.filter(pk=lead.contact_id).count() == 1
        outcomes.add((results["give"], results["off"]))
    assert (True, True) not in outcomes
