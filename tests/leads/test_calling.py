"""Call lists: who is on them and who is kept out, whom a caller gets, and what follows from a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import conditions, consent, lifecycle, objections, suppressions
from leads.calling import figures, handing_out, hours, keeping_out, lists, recording, scripts, sheets, taking_back
from leads.calling.recording import Said
from leads.models import Call, CallingRule, CallList, CallTarget, Consent, Contact, Engagement, Lead, LeadTouch
from leads.stages import Channel, Reason, Stage
from tests.factories import NL, TUESDAY, make_campaign, make_contact, make_lead, make_organisation, make_user
from tests.handoff.factories import make_accepted, make_mql, make_mqls

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYBODY: dict[str, Any] = {"filters": {}, "condition": None, "keys": None}


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def caller() -> User:
    return make_user(Role.MARKETER, name="Cor")


def callable_lead(**fields: Any) -> Lead:
    """A lead of an organisation that is a legal person, with a number."""
    return make_lead(
        make_contact(**{"phone_e164": "+31205550101", "organisation": make_organisation("Wit B.V.")} | fields)
    )


def filled(by: User, **fields: Any) -> CallList:
    said = {
        "name": "Bellen",
        "asked": EVERYBODY,
        "asked_at": TUESDAY,
        "questions": scripts.first(),
        "questions_made": 5,
    } | fields
    made = CallList.objects.create(by=by, campaign=make_campaign(channel=Channel.TELEMARKETING), **said)
    made.callers.add(by)
    assert lists.fill(made, at=TUESDAY)
    return made


def kept(call_list: CallList) -> dict[int, str]:
    return dict(call_list.targets.values_list("lead", "kept_out"))


def given(call_list: CallList, by: User, at: Any = TUESDAY) -> int | None:
    target = handing_out.next_for(call_list, by=by, at=at)
    return target.lead_id if target else None


def called(call_list: CallList, by: User, disposition: str, at: Any = TUESDAY, **said: Any) -> Call:
    """Call whoever is next, and write down what came of it."""
    with time_machine.travel(at, tick=False):
        target = handing_out.next_for(call_list, by=by, at=at)
        assert target
        return recording.record(target.pk, said=Said(disposition, **said), by=by, at=at)


def test_whoever_may_not_be_called_is_kept_out_for_the_first_reason_that_holds(caller: User) -> None:
    sales, legal = make_user(Role.HUNTER), make_organisation("Wit B.V.")
    known = {"phone_e164": "+31205550101", "organisation": legal}
    fine, closed, none = callable_lead(), callable_lead(), callable_lead(phone_e164="")
    lifecycle.close([closed.pk], to=Stage.LOST, at=TUESDAY, reason="lost", by=None)
    objected, numbered = callable_lead(phone_e164="+31205550177"), callable_lead(phone_e164="+31205550199")
    objections.withdraw(objected.contact, ["phone"], source="said so", by=caller, at=TUESDAY)
    listed, unmailed = (callable_lead(email=f"x@{host}.example") for host in ("barred", "free"))
    suppressions.add(suppressions.read("barred.example, +31205550199"), reason="asked", by=caller, at=TUESDAY)
    objections.withdraw(unmailed.contact, ["email"], source="said so", by=caller, at=TUESDAY)
    with_sales, waiting = make_accepted(sales, **known), make_mql(**known)
    alone, abroad = callable_lead(organisation=None), callable_lead(organisation=None, phone_e164="+3225550101")
    listing = filled(caller, asked=EVERYBODY | {"filters": {"stage": "all"}})
    assert kept(listing) == {
        fine.pk: "",
        closed.pk: "closed",
        none.pk: "no_phone",
        objected.pk: "objected",
        numbered.pk: "listed",
        listed.pk: "listed",
        unmailed.pk: "",
        with_sales.pk: "with_sales",
        waiting.pk: "with_sales",
        alone.pk: "no_basis",
        abroad.pk: "",
    }
    assert listing.total == 11
    CallList.objects.update(calls_sales=True)
    assert keeping_out.judge_list(listing.pk) == 6


def test_the_rule_for_natural_persons_is_the_companys_own(caller: User) -> None:
    known: list[tuple[dict[str, Any] | None, str, str]] = [
        (None, "no_basis", "no_basis"),
        ({"name": "Jansen & Jansen VOF", "kvk_number": "12345678"}, "no_basis", "no_basis"),
        ({"name": "Maatschap De Wit"}, "no_basis", "no_basis"),
        ({"name": "Bakkerij Smit"}, "", "no_basis"),
        ({"name": "Bakkerij Smit", "kvk_number": "12345678"}, "", ""),
        ({"name": "Smit Holding B.V."}, "", ""),
        ({"name": "Stichting De Brug"}, "", ""),
        ({"name": "Bakkerij Smit", "is_customer": True}, "", ""),
    ]
    leads = [callable_lead(organisation=make_organisation(**one) if one else None) for one, _named, _all in known]
    listing, found = filled(caller), []
    for rule in ("nothing", "named", "unproven"):
        CallingRule.objects.update_or_create(pk=1, defaults={"natural_persons": rule})
        keeping_out.judge_list(listing.pk)
        reasons = kept(listing)
        found.append([reasons[lead.pk] for lead in leads])
    assert found == [[""] * 8, [named for _one, named, _all in known], [unproven for _one, _named, unproven in known]]
    consent.give([consent.Given(leads[3].contact_id, "phone", "May we call?", "form", TUESDAY)], at=TUESDAY)
    keeping_out.judge_list(listing.pk)
    assert kept(listing)[leads[3].pk] == ""


def test_a_list_is_filled_once_and_takes_in_who_fits_later(caller: User) -> None:
    one = callable_lead()
    listing = filled(caller)
    assert lists.fill(listing, at=TUESDAY) is False
    two = callable_lead()
    lists.look_again(CallList.objects.filter(pk=listing.pk))
    assert lists.fill(listing, at=TUESDAY)
    assert (set(kept(listing)), listing.total) == ({one.pk, two.pk}, 2)


def test_who_objects_after_the_list_was_filled_is_not_handed_out(caller: User) -> None:
    one, two = callable_lead(), callable_lead(phone_e164="+31205550102")
    listing = filled(caller)
    objections.withdraw(one.contact, ["phone"], source="said so", by=caller, at=TUESDAY)
    assert given(listing, caller) == two.pk
    assert kept(listing) == {one.pk: "objected", two.pk: ""}


def test_two_callers_never_have_the_same_lead_and_a_lost_one_comes_back(caller: User) -> None:
    other, leads = make_user(Role.MARKETER), [callable_lead() for _ in range(2)]
    listing, second = filled(caller), filled(caller)
    assert given(listing, caller) == given(listing, caller) == leads[0].pk
    assert (given(second, other), given(listing, other), given(listing, make_user(Role.MARKETER))) == (
        leads[1].pk,
        None,
        None,
    )
    later = TUESDAY + handing_out.LEASE + timedelta(seconds=1)
    assert given(listing, other, later) == leads[0].pk
    target = CallTarget.objects.get(call_list=listing, lead=leads[0])
    with pytest.raises(recording.SomebodyElse):
        recording.record(target.pk, said=Said("no_answer"), by=caller, at=later)
    assert not Call.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_callers_who_ask_at_once_get_different_leads(caller: User) -> None:
    callers = [caller, *(make_user(Role.MARKETER) for _ in range(3))]
    leads = [callable_lead() for _ in range(3)]
    listing, barrier, found = filled(caller), Barrier(4), []

    def ask(by: User) -> None:
        barrier.wait()
        try:
            found.append(given(listing, by))
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[by]) for by in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), set(found)) == (4, {*(lead.pk for lead in leads), None})


def test_who_is_not_reached_comes_back_in_calling_hours_until_the_attempts_are_over(caller: User) -> None:
    lead = callable_lead()
    listing = filled(caller, most_attempts=2, minutes_between=480)
    first = called(listing, caller, "no_answer")
    assert first.next_at == TUESDAY.replace(hour=9) + DAY
    with timezone.override(NL):
        assert recording.said_of(first) == "No answer. To be called again from Wed 09:00."
    assert (given(listing, caller, TUESDAY + 6 * HOUR), given(listing, caller, TUESDAY + DAY)) == (None, lead.pk)
    second = called(listing, caller, "voicemail", TUESDAY + DAY)
    target = CallTarget.objects.get()
    assert (second.next_at, target.state, target.attempts, target.disposition) == (None, "ended", 2, "voicemail")
    assert not Engagement.objects.exists()


def test_outside_its_hours_and_on_holidays_nobody_is_handed_out(caller: User) -> None:
    callable_lead()
    listing = filled(caller)
    early, sunday = TUESDAY.replace(hour=8), TUESDAY - 2 * DAY
    christmas = TUESDAY.replace(month=12, day=25)
    assert [given(listing, caller, at) for at in (early, sunday, christmas)] == [None, None, None]
    assert hours.next_open(listing, sunday) == TUESDAY.replace(hour=9) - DAY


def test_a_call_back_goes_to_who_promised_it_before_anybody_else(caller: User) -> None:
    other, leads = make_user(Role.MARKETER), [callable_lead() for _ in range(3)]
    listing, back = filled(caller), TUESDAY + 2 * HOUR
    assert called(listing, caller, "call_back", call_back_at=back).is_reached
    assert given(listing, caller, back) == leads[0].pk
    handing_out.release(listing, by=caller)
    assert given(listing, other, back) == leads[1].pk
    handing_out.release(listing, by=other)
    assert given(listing, other, back + handing_out.WAITS_FOR) == leads[0].pk


def test_an_answer_is_an_engagement_and_fills_what_is_empty(caller: User) -> None:
    lead = callable_lead(attributes={"budget": False, "need": "Cloud"})
    scripts.register(scripts.first(), at=TUESDAY)
    listing = filled(caller)
    LeadTouch.objects.all().delete()
    answers = {"q1": "Servers", "q2": True, "q4": "This year", "q5": date(2027, 3, 31)}
    call = called(listing, caller, "interested", note="Pleasant", answers=answers, replacing=["q2"])
    contact, did = Contact.objects.get(pk=lead.contact_id), Engagement.objects.get()
    assert contact.attributes == {
        "budget": True,
        "need": "Cloud",
        "timing": "This year",
        "contract_ends_on": "2027-03-31",
    }
    assert (did.kind, did.channel, did.lead_id, did.campaign) == ("call", "telemarketing", lead.pk, listing.campaign)
    assert did.detail.splitlines()[:3] == ["Interested", "Pleasant", "What do you need? Servers"]
    assert (call.answers["q1"]["value"], list(LeadTouch.objects.values_list("lead", flat=True))) == (
        "Servers",
        [lead.pk],
    )
    asks = {"all": [{"field": "attributes.budget", "operator": "is", "value": True}]}
    assert Lead.objects.filter(conditions.compile_condition(asks, TUESDAY)).get() == lead
    assert [(one.answered, one.answers) for one in figures.answers(listing)] == [
        (1, []),
        (1, [("Yes", 1)]),
        (0, []),
        (1, [("This year", 1)]),
        (1, []),
    ]


def test_who_wants_no_more_calls_gets_none_from_anybody(caller: User) -> None:
    lead, sharing = callable_lead(), callable_lead()
    listing = filled(caller)
    call = called(listing, caller, "do_not_call")
    assert (call.engagement, objections.objecting("phone", [lead.family_id])) == (None, {lead.family_id})
    assert list(Contact.objects.order_by("pk").values_list("is_phone_suppressed", flat=True)) == [True, True]
    assert given(listing, caller) is None
    assert dict(listing.targets.values_list("lead", "state")) == {lead.pk: "ended", sharing.pk: "kept_out"}
    assert Consent.objects.get().source == "Said on the telephone, call list: Bellen"
    judge_as_withheld(lead)
    assert taking_back.take_back(call, by=make_user(Role.MARKETER), at=TUESDAY) is False
    assert [taking_back.take_back(call, by=caller, at=TUESDAY) for _ in range(2)] == [True, False]
    assert (objections.objecting("phone", [lead.family_id]), consent.suppressed("phone", ["+31205550101"])) == (
        set(),
        set(),
    )
    assert list(Contact.objects.order_by("pk").values_list("is_phone_suppressed", flat=True)) == [False, False]
    assert (Lead.objects.get(pk=lead.pk).stage, given(listing, caller)) == ("inquiry", lead.pk)
    assert Consent.objects.latest("pk").came_from == "The call was taken back"


def judge_as_withheld(lead: Lead) -> None:
    """As the sweep does with who can be reached by nothing any more."""
    lifecycle.close([lead.pk], to=Stage.DISQUALIFIED, at=TUESDAY, reason=Reason.SUPPRESSED, by=None)


def test_taking_a_call_back_lifts_no_objection_of_others(caller: User) -> None:
    objecting, listed = callable_lead(), callable_lead(phone_e164="+31205550102")
    listing = filled(caller)
    first, second = (handing_out.next_for(listing, by=caller, at=TUESDAY) for _ in range(2))
    assert first == second
    objections.withdraw(objecting.contact, ["phone"], source="a letter", by=caller, at=TUESDAY)
    suppressions.add(suppressions.read("+31205550102"), reason="asked", by=make_user(Role.ADMIN), at=TUESDAY)
    for lead in (objecting, listed):
        row = CallTarget.objects.get(lead=lead)
        CallTarget.objects.filter(pk=row.pk).update(claimed_by=caller, claimed_until=TUESDAY + HOUR)
        call = recording.record(row.pk, said=Said("do_not_call"), by=caller, at=TUESDAY)
        assert taking_back.take_back(call, by=caller, at=TUESDAY)
    assert consent.suppressed("phone", ["+31205550101", "+31205550102"]) == {"+31205550101", "+31205550102"}
    assert objections.objecting("phone", [objecting.family_id, listed.family_id]) == {objecting.family_id}
    assert list(Contact.objects.values_list("is_phone_suppressed", flat=True)) == [True, True]


def test_a_wrong_number_is_not_dialled_again_but_the_other_is(caller: User) -> None:
    lead = callable_lead(mobile_e164="+31612345678")
    listing = filled(caller)
    assert called(listing, caller, "wrong_number").next_at is not None
    contact = Contact.objects.get(pk=lead.contact_id)
    assert (contact.mobile_e164, contact.phone_e164) == ("", "+31205550101")
    assert called(listing, caller, "wrong_number", TUESDAY + DAY).next_at is None
    assert Contact.objects.get(pk=lead.contact_id).phone_e164 == ""


def test_no_interest_leaves_the_lead_or_closes_it_for_a_reason(caller: User) -> None:
    stays, goes = callable_lead(), callable_lead()
    listing = filled(caller)
    called(listing, caller, "not_interested", why="no_need")
    called(listing, caller, "not_interested", why="no_budget", disqualifies=True, note="Until 2030")
    assert [Lead.objects.get(pk=one.pk).stage for one in (stays, goes)] == ["inquiry", "disqualified"]
    move = Lead.objects.get(pk=goes.pk).moves.latest("pk")
    assert (move.reason, move.note, move.by) == ("disqualified", "No budget. Until 2030", caller)


def test_what_sales_has_is_not_closed_by_a_caller(caller: User) -> None:
    rep = make_user(Role.HUNTER)
    make_accepted(rep, phone_e164="+3225550101")
    listing = filled(caller, calls_sales=True)
    call = called(listing, caller, "not_interested", disqualifies=True)
    lead = Lead.objects.get()
    assert (lead.stage, call.before, lead.follow_ups.count(), lead.owner) == ("sal", {}, 0, rep)


def test_the_last_call_is_taken_back_with_all_that_it_did(caller: User) -> None:
    lead = callable_lead(job_title="")
    questions = [scripts.first()[0] | {"key": "q9", "fills": "contact.job_title"}]
    listing = filled(caller, questions=questions)
    stood = list(CallTarget.objects.values_list("state", "due_at", "attempts", "disposition"))
    call = called(listing, caller, "not_interested", answers={"q9": "CEO"}, disqualifies=True)
    assert Contact.objects.get(pk=lead.contact_id).job_title == "CEO"
    other, late = make_user(Role.MARKETER), TUESDAY + taking_back.TAKEN_BACK_FOR + timedelta(seconds=1)
    assert [taking_back.take_back(call, by=by, at=at) for by, at in ((other, TUESDAY), (caller, late))] == [
        False,
        False,
    ]
    assert [taking_back.take_back(call, by=caller, at=TUESDAY) for _ in range(2)] == [True, False]
    assert (Lead.objects.get().stage, Contact.objects.get(pk=lead.contact_id).job_title) == ("inquiry", "")
    assert not conditions.standing_engagements().exists()
    assert list(CallTarget.objects.values_list("state", "due_at", "attempts", "disposition")) == stood
    assert figures.of_lists([listing.pk])[listing.pk].attempts == 0


def test_calls_are_history_and_what_follows_from_them_is_reckoned_anew(caller: User) -> None:
    for _ in range(4):
        callable_lead()
    listing = filled(caller)
    for disposition in ("no_answer", "interested", "busy"):
        last = called(listing, caller, disposition)
    taking_back.take_back(last, by=caller, at=TUESDAY)
    calls = Call.objects.filter(disposition="interested")
    for change in (calls.delete, lambda: calls.update(note="x")):
        with pytest.raises(DatabaseError, match="history"), transaction.atomic():
            change()
    rows = list(CallTarget.objects.order_by("pk").values())
    assert recording.reckon([row["id"] for row in rows]) == 4
    assert list(CallTarget.objects.order_by("pk").values()) == rows


def test_which_leads_a_list_asks_for_is_said_in_words(caller: User) -> None:
    campaign, tree = make_campaign("Fair"), {"field": "contact.tags", "operator": "is_known"}
    said = [
        sheets.asked_in_words({"filters": filters, "condition": condition, "keys": keys})
        for filters, condition, keys in (
            ({}, None, None),
            ({}, None, [1]),
            ({"stage": "all", "channel": "event"}, None, None),
            ({"stage": "inquiry", "campaign": str(campaign.pk), "holder": "queued", "overdue": "on"}, None, None),
            ({"q": "wit", "holder": f"user-{caller.pk}"}, tree, None),
        )
    ]
    assert said == [
        "All open leads",
        "Leads that were chosen one by one",
        "Open and closed · Channel: Event",
        "Stage: Inquiry · Campaign: Fair · Holder: Any queue · Overdue",
        "“wit” · Holder: Cor · Tags is known",
    ]


def test_figures_add_up(caller: User) -> None:
    other = make_user(Role.MARKETER, name="Ank")
    for number in ("", *(f"+3120555010{n}" for n in range(1, 5))):
        callable_lead(phone_e164=number)
    listing = filled(caller)
    listing.callers.add(other)
    called(listing, caller, "no_answer")
    called(listing, caller, "interested")
    called(listing, other, "not_interested")
    found = figures.of_lists([listing.pk])[listing.pk]
    assert (found.contacts, found.to_call, found.done, found.kept_out) == (5, 2, 2, 1)
    assert (found.called, found.attempts, found.reached, found.reasons) == (3, 3, 2, {"no_phone": 1})
    assert figures.of_callers(listing.pk) == [("Cor", 2, 1, 1, 0, 0), ("Ank", 1, 1, 0, 1, 0)]
    assert figures.promoted(listing.pk) == 0
    reached = Call.objects.get(disposition="interested").lead
    make_mqls(1, leads=[reached], at=TUESDAY + HOUR)
    assert figures.promoted(listing.pk) == 1


def test_a_list_of_ten_is_filled_by_as_many_statements_as_one(caller: User) -> None:
    counts = []
    for count in (1, 9):
        for _ in range(count):
            callable_lead()
        with CaptureQueriesContext(connection) as asked:
            filled(caller)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_conditions_ask_who_was_called_and_what_came_of_it(caller: User) -> None:
    twice, once, taken_back, never = (callable_lead() for _each in range(4))
    listing = filled(caller, asked=EVERYBODY | {"keys": [lead.pk for lead in (twice, once, taken_back)]})
    keys = [called(listing, caller, "no_answer").lead_id for _each in range(3)]
    assert sorted(keys) == [twice.pk, once.pk, taken_back.pk]
    taking_back.take_back(Call.objects.get(lead=taken_back.pk), by=caller, at=TUESDAY)
    listing.targets.exclude(lead=twice.pk).update(due_at=TUESDAY + DAY * 30)
    called(listing, caller, "interested", TUESDAY + DAY)

    def found(field: str, operator: str, *value: Any, at: Any = TUESDAY + DAY) -> list[int]:
        leaf = {"field": f"calls.{field}", "operator": operator} | ({"value": value[0]} if value else {})
        both = [
            list(
                Lead.objects.filter(conditions.compile_condition(tree, at)).order_by("pk").values_list("pk", flat=True)
            )
            for tree in (leaf, {"not": leaf})
        ]
        assert sorted([*both[0], *both[1]]) == [twice.pk, once.pk, taken_back.pk, never.pk]
        return both[0]

    assert found("is_called", "is", True) == [twice.pk, once.pk]
    assert found("is_called", "is", False) == [taken_back.pk, never.pk]
    assert found("attempts", "at_least", 2) == [twice.pk]
    assert found("attempts", "at_least", 0) == [twice.pk, once.pk, taken_back.pk, never.pk]
    assert found("attempts", "at_most", 1) == [once.pk, taken_back.pk, never.pk]
    assert found("attempts", "is", 0) == [taken_back.pk, never.pk]
    assert found("last_disposition", "is", "interested") == [twice.pk]
    assert found("last_disposition", "is_any_of", ["interested", "no_answer"]) == [twice.pk, once.pk]
    assert found("last_disposition", "is_not", "no_answer") == [twice.pk, taken_back.pk, never.pk]
    assert found("last_at", "before_days", 1) == [once.pk]
    assert found("last_at", "within_days", 1) == [twice.pk]
    assert found("last_at", "is_unknown") == [taken_back.pk, never.pk]
