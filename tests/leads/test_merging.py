"""Two contacts that are one person: folded so that nothing moves, and unfolded so that both are as they were."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoff import answers, passing
from handoff.models import Handoff
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import consent, conservation, duplicates, lifecycle, merging, objections, reopening, suppressions
from leads.also_known import MOST, AlsoKnown
from leads.lifecycle import Hold
from leads.merging import Fold
from leads.models import Contact, Lead, LeadMove, LeadTouch, Merge, Promotion, Queue, Suppression
from leads.stages import Answer, Reason, Stage
from qualification.models import Definition
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_user, queue_of
from tests.qualification.factories import make_definition

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_history():
    with lifecycle.history():
        yield


def one(lead: Lead) -> Any:
    return Lead.objects.filter(pk=lead.pk)


def merged(winner: Contact, loser: Contact, *taken: str, at=TUESDAY) -> Merge:
    (done,) = merging.merge([Fold(winner.pk, loser.pk, frozenset(taken))], at=at, by=None)
    return done


def unmerged(done: Merge, at=TUESDAY + DAY) -> merging.Unfolded:
    (what,) = merging.unmerge(Merge.objects.filter(pk=done.pk), at=at, by=None)
    return what


def with_a_rep(lead: Lead, at=TUESDAY) -> User:
    version = (Definition.objects.first() or make_definition()).version
    pool, rep = queue_of(Queue.Kind.HUNTERS), make_user(Role.HUNTER)
    hold, promise = Hold(at + HOUR, queue=pool.pk), at + 5 * DAY
    lifecycle.promote(one(lead), holds={lead.pk: hold}, promises={lead.pk: promise}, version=version, at=at, by=None)
    holds = {lead.pk: Hold(at + DAY, owner=rep.pk)}
    lifecycle.move(one(lead), to=Stage.ASSIGNED, holds=holds, at=at, reason=Reason.ROUTED, by=None)
    passing.straighten(at)
    return rep


def columns() -> list[dict[str, Any]]:
    return list(Contact.objects.order_by("pk").values())


def test_the_loser_points_and_the_winner_is_filled() -> None:
    winner = make_contact(last_name="Broek", infix="van den", email="m@broek.example", tags=["beurs"])
    loser = make_contact(
        last_name="Broek", first_name="Marieke", email="marieke@broek.example", job_title="CIO", tags=["vip"]
    )
    merged(winner, loser)
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert (loser.merged_into_id, loser.family_id) == (winner.pk, winner.pk)
    assert (winner.full_name, winner.email, winner.job_title, winner.tags) == (
        "van den Broek",
        "m@broek.example",
        "CIO",
        ["beurs", "vip"],
    )


def test_what_is_chosen_of_the_loser_replaces_the_winners_as_a_whole() -> None:
    winner = make_contact(last_name="Broek", infix="van den")
    loser = make_contact(last_name="Jansen", first_name="Marieke", name_key="marieke jansen")
    merged(winner, loser, "name")
    winner.refresh_from_db()
    assert (winner.first_name, winner.infix, winner.last_name, winner.name_key) == (
        "Marieke",
        "",
        "Jansen",
        "marieke jansen",
    )


def test_a_lead_that_sales_was_promised_meanwhile_stays_there_and_is_named() -> None:
    winner, loser = make_contact(), make_contact()
    lead, other = make_lead(winner), make_lead(loser)
    done = merged(winner, loser)
    with_a_rep(lead, at=TUESDAY + HOUR)
    undone = unmerged(done)
    assert (undone, one(lead).get().stage) == (merging.Unfolded(done.pk, promised=(lead.pk,)), Stage.ASSIGNED)
    assert one(other).get().is_open
    told = f"Lead {lead.pk} went to sales meanwhile, by what both had together: it stays there."
    assert duplicates.left_behind(undone) == [told]


def test_of_two_open_leads_the_one_that_came_less_far_closes() -> None:
    winner, loser = make_contact(), make_contact()
    inquiry, worked = make_lead(winner), make_lead(loser)
    rep = with_a_rep(worked)
    done = merged(winner, loser, at=TUESDAY + HOUR)
    assert list(Lead.objects.order_by("pk").values_list("stage", "family_id")) == [
        (Stage.MERGED, winner.pk),
        (Stage.ASSIGNED, winner.pk),
    ]
    assert LeadTouch.objects.filter(lead=worked).exists()
    assert unmerged(done) == merging.Unfolded(done.pk)
    assert list(Lead.objects.order_by("pk").values_list("stage", "family_id", "owner")) == [
        (Stage.INQUIRY, winner.pk, None),
        (Stage.ASSIGNED, loser.pk, rep.pk),
    ]
    assert LeadMove.objects.filter(lead=inquiry).latest("pk").reason == Reason.REOPENED


def test_the_promise_of_a_lead_that_opens_again_binds_again() -> None:
    winner, loser = make_contact(), make_contact()
    kept, goes = make_lead(winner, at=TUESDAY - HOUR), make_lead(loser)
    reps = [with_a_rep(lead) for lead in (kept, goes)]
    done = merged(winner, loser, at=TUESDAY + HOUR)
    passing.straighten(TUESDAY + HOUR)
    promotion = Promotion.objects.get(lead=goes)
    assert (promotion.answered_as, promotion.answered_at) == (Answer.MERGED, TUESDAY + HOUR)
    assert Handoff.objects.still_open().filter(lead=goes).count() == 0
    unmerged(done)
    passing.straighten(TUESDAY + DAY)
    promotion.refresh_from_db()
    assert (promotion.answered_as, promotion.answered_at, promotion.owner) == ("", None, reps[1])
    assert Handoff.objects.still_open().get(lead=goes).rep == reps[1]
    assert answers.rebuild_promotions(Lead.objects.all()) == 0
    assert conservation.run(TUESDAY + DAY).leaks == 0


def test_a_rep_who_left_is_replaced_by_the_pool() -> None:
    winner, loser = make_contact(), make_contact()
    for lead in (make_lead(winner, at=TUESDAY - HOUR), goes := make_lead(loser)):
        rep = with_a_rep(lead)
    done = merged(winner, loser, at=TUESDAY + HOUR)
    User.objects.filter(pk=rep.pk).update(is_active=False)
    unmerged(done)
    goes.refresh_from_db()
    assert (goes.stage, goes.queue) == (Stage.MQL, queue_of(Queue.Kind.HUNTERS))


def test_a_lead_whose_place_was_taken_stays_closed_and_is_named() -> None:
    winner, loser = make_contact(), make_contact()
    for contact in (winner, loser):
        make_lead(contact)
    done = merged(winner, loser)
    lifecycle.close(Lead.objects.still_open(), to=Stage.LOST, at=TUESDAY + HOUR, reason=Reason.LOST, by=None)
    closed = Lead.objects.get(stage=Stage.MERGED)
    loser.refresh_from_db()
    make_lead(loser, at=TUESDAY + 2 * HOUR)
    assert unmerged(done).closed_lead == closed.pk


def test_what_was_changed_since_stays_and_is_named() -> None:
    winner, loser = make_contact(), make_contact(job_title="CIO", city="Delft")
    done = merged(winner, loser)
    Contact.objects.filter(pk=winner.pk).update(job_title="CEO")
    assert unmerged(done).kept == ("job_title",)
    winner.refresh_from_db()
    assert (winner.job_title, winner.city) == ("CEO", "")


def test_an_objection_of_the_winner_outlives_the_merge() -> None:
    winner = make_contact(email="m@broek.example")
    done = merged(winner, make_contact(is_mail_suppressed=True))
    consent.suppress(consent.EMAIL, ["m@broek.example"], at=TUESDAY, reason="asked")
    assert unmerged(done).kept == ("is_mail_suppressed",)
    winner.refresh_from_db()
    assert winner.is_mail_suppressed


def test_one_person_is_not_merged_with_themselves() -> None:
    winner, loser = make_contact(), make_contact()
    merged(winner, loser)
    with pytest.raises(merging.MergeRefused):
        merged(loser, winner)


def test_a_lead_that_was_answered_before_it_closed_stays_answered() -> None:
    lead = make_lead()
    rep = with_a_rep(lead)
    holds = {lead.pk: Hold(TUESDAY + DAY, owner=rep.pk)}
    done = {lead.pk: TUESDAY + HOUR}
    lifecycle.move(
        one(lead), to=Stage.SAL, holds=holds, at=TUESDAY + HOUR, reason=Reason.FOLLOWED_UP, by=rep, followed_up=done
    )
    lifecycle.close(one(lead), to=Stage.LOST, at=TUESDAY + 2 * HOUR, reason=Reason.LOST, by=rep)
    assert reopening.reopen(one(lead), at=TUESDAY + 3 * HOUR, by=rep) == [lead.pk]
    assert Promotion.objects.values_list("answered_as", "answered_at").get() == (Answer.FOLLOWED_UP, TUESDAY + HOUR)
    assert (one(lead).get().stage, one(lead).get().owner) == (Stage.SAL, rep)


WORDS = st.sampled_from(["", "Anna", "Bob", "Delft"])
PEOPLE = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("first_name", "job_title", "city", "email"), WORDS)), min_size=4, max_size=4
)
PAIRS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sets(st.sampled_from(sorted(merging.GROUPS)))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(PEOPLE, PAIRS, st.sets(st.integers(0, 3)))
def test_all_are_as_they_were_once_every_merge_is_taken_back(people, pairs, enquiring) -> None:
    with transaction.atomic():
        contacts = [make_contact(**fields, tags=[f"t{n}"]) for n, fields in enumerate(people)]
        for n in sorted(enquiring):
            make_lead(contacts[n])
        before = columns(), list(Lead.objects.order_by("pk").values_list("stage", "family_id", "queue"))
        for winner, loser, taken in pairs:
            roots = {Contact.objects.get(pk=contacts[n].pk).family_id for n in (winner, loser)}
            if len(roots) == 2:
                merged(contacts[winner], contacts[loser], *taken)
        assert (
            Lead.objects.still_open().count()
            == Contact.objects.roots().filter(pk__in=Lead.objects.values("family_id")).count()
        )
        merging.unmerge(Merge.objects.all(), at=TUESDAY + DAY, by=None)
        assert (columns(), list(Lead.objects.order_by("pk").values_list("stage", "family_id", "queue"))) == before
        assert conservation.run(timezone.now()).leaks == 0
        transaction.set_rollback(True)


def page_of(client: Client, contact: Contact) -> Any:
    client.force_login(make_user(Role.MARKETER))
    return client.get(f"/contacts/{contact.pk}/")


def test_the_page_of_who_stays_shows_all_they_are_known_by(client: Client) -> None:
    winner = make_contact(
        first_name="Anna", last_name="Bos", email="anna@bos.example", phone_e164="+31205550101", city="Ede",
        mobile_e164="+31612345678", organisation=make_organisation("Bos BV"), external_id="K1",
    )  # fmt: skip
    loser = make_contact(
        first_name="Anna", last_name="Vos", email="a.vos@vos.example", phone_e164="+31205550102", street="Kade",
        house_number="3", city="Goes", mobile_e164="+31612345678", organisation=make_organisation("Vos NV"), external_id="K2",
    )  # fmt: skip
    alone = page_of(client, winner).context["also"]
    assert alone == AlsoKnown(phones=(("+31205550101", "020 555 0101"),))
    done = merged(winner, loser)
    page = page_of(client, winner)
    assert page.context["also"] == AlsoKnown(
        names=("Anna Vos",),
        organisations=("Vos NV",),
        emails=("a.vos@vos.example",),
        phones=(("+31205550101", "020 555 0101"), ("+31205550102", "020 555 0102")),
        homes=("Kade 3, Goes",),
        numbers=("K2",),
    )
    assert ("tel:+31205550102" in page.text, "mailto:a.vos@vos.example" in page.text) == (True, True)
    loser.refresh_from_db()
    lead = make_lead(loser)
    assert client.get(f"/leads/{lead.pk}/").context["also"].emails == ("anna@bos.example",)
    unmerged(done)
    assert page_of(client, winner).context["also"] == alone


def test_of_many_records_none_is_passed_over_that_may_not_be_used(client: Client) -> None:
    winner = make_contact(email="w@bos.example")
    others = [make_contact(email=f"p{n}@bos.example") for n in range(MOST + 2)]
    merging.merge([Fold(winner.pk, other.pk) for other in others], at=TUESDAY, by=None)
    assert page_of(client, winner).context["also"].emails == tuple(f"p{n}@bos.example" for n in range(MOST))
    Contact.objects.filter(pk=others[-1].pk).update(is_mail_suppressed=True)
    assert page_of(client, winner).context["also"].emails == ()


def test_what_was_asked_under_one_record_is_withheld_under_all(client: Client) -> None:
    winner = make_contact(email="anna@bos.example", phone_e164="+31205550101")
    loser = make_contact(email="a.vos@vos.example", phone_e164="+31205550102")
    lead = make_lead(loser)
    objections.withdraw(winner, ["email"], source="said so", by=make_user(Role.MARKETER), at=TUESDAY)
    done = merged(winner, loser)
    page = page_of(client, winner)
    assert (page.context["also"].emails, "a.vos@vos.example" in page.text) == ((), False)
    told = client.get(f"/leads/{lead.pk}/").context["reach"]
    assert (told.email, told.email_withheld) == ("", "Asked on 06/16/2026 not to be mailed")
    assert told.phone == "+31205550102"
    unmerged(done)
    assert list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)) == [True, False]


def test_all_records_are_free_again_once_the_one_is_taken_off_the_list() -> None:
    by = make_user(Role.MARKETER)
    listed, other = make_contact(email="w@bos.example"), make_contact(email="a.vos@vos.example")
    suppressions.add(suppressions.read("w@bos.example"), reason="Competitor", by=by, at=TUESDAY)
    listed.refresh_from_db()
    merged(listed, other)
    marks = Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)
    assert list(marks.all()) == [True, True]
    (entry,) = Suppression.objects.all()
    assert suppressions.lift(Suppression.objects.all(), reason="Sold", by=by, at=TUESDAY + HOUR) == [entry.pk]
    assert list(marks.all()) == [False, False]


def test_records_that_were_merged_before_are_withheld_as_the_one_they_count_as() -> None:
    asked, other = make_contact(), make_contact(is_phone_suppressed=True)
    lead = make_lead(other)
    merged(asked, other)
    untouched = make_lead(make_contact())
    merged(untouched.contact, make_contact())
    Contact.objects.filter(pk=asked.pk).update(is_mail_suppressed=True)
    LeadTouch.objects.all().delete()
    with connection.cursor() as cursor:
        for _again in range(2):
            cursor.execute(import_module("leads.migrations.0020_withheld_records").WITHHELD)
    marks = Contact.objects.order_by("pk").values_list("is_mail_suppressed", "is_phone_suppressed")
    assert list(marks) == [(True, True), (True, True), (False, False), (False, False)]
    assert list(LeadTouch.objects.values_list("lead", flat=True)) == [lead.pk]


def test_what_was_asked_of_the_other_record_meanwhile_outlives_the_merge() -> None:
    winner, loser = make_contact(is_mail_suppressed=True), make_contact(email="a.vos@vos.example")
    done = merged(winner, loser)
    consent.suppress(consent.EMAIL, ["a.vos@vos.example"], at=TUESDAY, reason="asked")
    unmerged(done)
    assert list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)) == [True, True]


def test_what_the_winner_asked_meanwhile_outlives_the_merge_even_without_an_address() -> None:
    winner, loser = make_contact(), make_contact(email="a.vos@vos.example", is_mail_suppressed=True)
    done = merged(winner, loser)
    objections.withdraw(winner, ["email"], source="said so", by=make_user(Role.MARKETER), at=TUESDAY)
    unmerged(done)
    assert list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)) == [True, True]
