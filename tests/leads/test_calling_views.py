"""The pages of calling: a list made, its script, the caller's next, and what each reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import tasks
from leads.calling import handing_out, lists
from leads.importing import running
from leads.models import AttributeKey, Call, CallingRule, CallList, CallTarget, Campaign, ImportBatch, Lead, SavedView
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_user, queue_of
from tests.leads.test_calling import callable_lead, filled
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
BASIC = {
    "opens_at": "09:00", "closes_at": "17:30", "weekdays": ["0", "1", "2"], "most_attempts": "3", "minutes_between": "60",
    "campaign": "", "opening": "Good morning",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER, name="Anna")
    client.force_login(user)
    return user


def made(client: Client, by: User, **fields: Any) -> CallList:
    answer = client.post("/calls/new/", BASIC | {"name": "Spring", "callers": [by.pk]} | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    tasks.run_errands()
    return CallList.objects.latest("pk")


def test_a_list_is_made_of_what_the_lead_list_asks_for(client: Client, marketer: User) -> None:
    one, _other = callable_lead(tags=["vip"]), callable_lead()
    where = '{"field":"contact.tags","operator":"is_known"}'
    text = client.get("/calls/new/", {"where": where}).content.decode()
    assert ("Look at them" in text, INLINE.search(text)) == (True, None)
    listing = made(client, marketer, asked=f"?where={where}")
    assert list(listing.targets.values_list("lead", flat=True)) == [one.pk]
    assert (listing.campaign.name, listing.campaign.channel, listing.campaign.owner) == (
        "Spring",
        "telemarketing",
        marketer,
    )
    assert (listing.state, [one["key"] for one in listing.questions]) == ("done", ["q1", "q2", "q3", "q4", "q5"])
    kinds = dict(AttributeKey.objects.values_list("key", "kind"))
    assert kinds == {
        "need": "text",
        "budget": "boolean",
        "authority": "boolean",
        "timing": "text",
        "contract_ends_on": "date",
    }


def test_the_first_script_leaves_alone_what_is_kept_otherwise(client: Client, marketer: User) -> None:
    callable_lead()
    AttributeKey.objects.create(key="budget", label="Budget", kind="number", created_at=TUESDAY)
    AttributeKey.objects.create(key="timing", label="Timing", kind="text", created_at=TUESDAY)
    made(client, marketer, which="chosen", lead=[Lead.objects.get().pk])
    assert [one["fills"].removeprefix("attributes.") for one in CallList.objects.get().questions] == [
        "need", "", "authority", "timing", "contract_ends_on",
    ]  # fmt: skip


def test_a_list_is_made_of_picked_leads_a_view_or_an_import(client: Client, marketer: User) -> None:
    one, two = callable_lead(), callable_lead()
    picked = made(client, marketer, which="chosen", lead=[two.pk])
    view = SavedView.objects.create(owner=marketer, name="All", filters={"channel": "event"}, changed_at=TUESDAY)
    viewed = made(client, marketer, name="Viewed", source=f"view-{view.pk}")
    queue_of("to_qualify")
    file = ContentFile(b"Name,Phone,Company\nJan Wit,020 5550133,Wit B.V.\n")
    batch = running.create(file, "fair.csv", by=marketer, at=TUESDAY)
    running.check(batch, at=TUESDAY)
    running.run(batch, at=TUESDAY)
    ImportBatch.objects.update(state="done")
    imported = made(client, marketer, name="Imported", source=f"batch-{batch.pk}")
    new = Lead.objects.latest("pk").pk
    found = [set(each.targets.values_list("lead", flat=True)) for each in (picked, viewed, imported)]
    assert found == [{two.pk}, {one.pk, two.pk}, {new}]
    assert "fair.csv" in client.get(f"/calls/{imported.pk}/").content.decode()


def test_what_cannot_be_a_list_is_said(client: Client, marketer: User) -> None:
    Campaign.objects.create(name="Spring", channel="event", created_at=TUESDAY)
    wrong = {"name": "Spring", "callers": [], "closes_at": "08:00", "weekdays": []}
    answer = client.post("/calls/new/", BASIC | wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"callers", "closes_at", "weekdays", "campaign"}
    assert set(answer.context["source"].errors) == {"source"}
    assert not CallList.objects.exists()


def test_a_caller_works_through_a_list_by_htmx_and_without(client: Client, marketer: User) -> None:
    leads = [callable_lead(first_name=name) for name in ("Ada", "Bea")]
    listing = filled(marketer)
    first, second = listing.targets.order_by("pk")
    text = client.get(f"/calls/{listing.pk}/next/").content.decode()
    assert ("Ada" in text, INLINE.search(text)) == (True, None)
    address = f"/calls/{listing.pk}/targets/{{}}/calls/"
    assert client.post(address.format(first.pk), {}, **HTMX).status_code == 422
    answer = client.post(address.format(first.pk), {"disposition": "no_answer"}, **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("Bea" in text, "undoing" in text, "<html" in text) == (True, True, False)
    client.post(address.format(first.pk), {"disposition": "no_answer"}, **HTMX)
    given = {"disposition": "interested", "q1": "Servers", "q2": "no", "note": "Soon"}
    assert client.post(address.format(second.pk), given).headers["Location"] == f"/calls/{listing.pk}/next/"
    assert "Nobody is to be called now" in client.get(f"/calls/{listing.pk}/next/").content.decode()
    assert list(Call.objects.order_by("pk").values_list("lead", "disposition", "note")) == [
        (leads[0].pk, "no_answer", ""),
        (leads[1].pk, "interested", "Soon"),
    ]
    assert Lead.objects.get(pk=leads[1].pk).contact.attributes == {"need": "Servers", "budget": False}


def test_a_call_is_taken_back_put_off_and_left(client: Client, marketer: User) -> None:
    for _ in range(2):
        callable_lead()
    listing = filled(marketer)
    first, second = listing.targets.order_by("pk")
    handing_out.next_for(listing, by=marketer, at=TUESDAY)
    client.post(f"/calls/{listing.pk}/targets/{first.pk}/calls/", {"disposition": "busy"}, **HTMX)
    call = Call.objects.get()
    client.post(f"/calls/{listing.pk}/calls/{call.pk}/undoing/", **HTMX)
    held = CallTarget.objects.exclude(claimed_by=None).values_list("pk", flat=True)
    assert (list(held), Call.objects.standing().count()) == ([first.pk], 0)
    client.post(f"/calls/{listing.pk}/targets/{first.pk}/putting-off/", **HTMX)
    assert list(held.all()) == [second.pk]
    client.post(f"/calls/{listing.pk}/leaving/")
    assert list(held.all()) == []
    first.refresh_from_db()
    assert first.due_at == TUESDAY + handing_out.PUT_OFF


def test_who_closed_somebody_to_calls_by_mistake_takes_it_back(client: Client, marketer: User) -> None:
    callable_lead(first_name="Ada")
    listing = filled(marketer)
    target = listing.targets.get()
    handing_out.next_for(listing, by=marketer, at=TUESDAY)
    answer = client.post(f"/calls/{listing.pk}/targets/{target.pk}/calls/", {"disposition": "do_not_call"}, **HTMX)
    address = f"/calls/{listing.pk}/calls/{Call.objects.get().pk}/undoing/"
    assert (address in answer.text, "Nobody is to be called now" in answer.text) == (True, True)
    text = client.post(address, **HTMX).text
    assert ("Taken back." in text, "Ada" in text) == (True, True)
    assert not Lead.objects.get().contact.is_phone_suppressed


def test_a_call_back_needs_a_moment_to_come(client: Client, marketer: User) -> None:
    callable_lead()
    listing = filled(marketer)
    target = listing.targets.get()
    address, back = f"/calls/{listing.pk}/targets/{target.pk}/calls/", {"disposition": "call_back"}
    client.get(f"/calls/{listing.pk}/next/")
    for wrong in ({}, {"when": "x"}, {"when": "pick"}, {"when": "pick", "picked": "2020-01-01T10:00"}):
        assert client.post(address, back | wrong).status_code == 422
    for _twice in range(2):
        client.post(address, back | {"when": "pick", "picked": "2026-06-18T11:00"})
    assert Call.objects.get().next_at == TUESDAY + timedelta(days=2, hours=1)


def test_the_script_is_built_and_says_what_it_cannot_be(client: Client, marketer: User) -> None:
    listing = filled(marketer)
    address = f"/calls/{listing.pk}/script/"
    AttributeKey.objects.create(key="seats", label="Seats", kind="number", created_at=TUESDAY)
    row = {"question": ["q2", "q1"], "label_q1": "Why?", "kind_q1": "text", "fills_q1": "contact.department"}
    row |= {"label_q2": "How many?", "kind_q2": "number", "fills_q2": "attributes.seats"}
    assert client.post(address, row | {"act": "add"}).status_code == 302
    listing.refresh_from_db()
    assert [(one["key"], one["label"], one["fills"]) for one in listing.questions] == [
        ("q2", "How many?", "attributes.seats"),
        ("q1", "Why?", "contact.department"),
        ("q6", "New question", ""),
    ]
    more = row | {"question": ["q2", "q1", "q6"], "label_q6": "New question", "kind_q6": "text"}
    client.post(address, more | {"act": "add"})
    listing.refresh_from_db()
    assert [one["label"] for one in listing.questions][2:] == ["New question", "New question 2"]
    twice = client.post(address, more | {"label_q6": " how  MANY?", "act": "save"})
    assert (twice.status_code, twice.context["problem"]) == (
        422,
        "Two questions are called “how  MANY?”: word one of them otherwise.",
    )
    for wrong in ({"kind_q2": "text"}, {"label_q1": " "}, {"kind_q1": "choice"}, {"fills_q1": "attributes.seats"}):
        answer = client.post(address, row | wrong | {"act": "save"})
        assert (answer.status_code, bool(answer.context["problem"])) == (422, True)
    client.post(address, row | {"act": "up:q1"}, **HTMX)
    listing.refresh_from_db()
    assert [one["key"] for one in listing.questions] == ["q1", "q2"]


def test_a_rep_sees_the_lists_that_they_call_for_and_no_names_of_others(client: Client, marketer: User) -> None:
    rep = make_user(Role.HUNTER)
    make_lead(make_contact(last_name="Secret"))
    callable_lead(last_name="Known")
    own, foreign = filled(marketer, name="Own"), filled(marketer, name="Foreign")
    own.callers.add(rep)
    client.force_login(rep)
    text = client.get("/calls/").content.decode()
    assert ("Own" in text, "Foreign" in text) == (True, False)
    page = client.get(f"/calls/{own.pk}/").content.decode()
    assert ("No number" in page, "Secret" in page) == (True, False)
    assert "Known" in client.get(f"/calls/{own.pk}/next/").content.decode()
    assert [client.get(f"/calls/{foreign.pk}/{page}").status_code for page in ("", "next/")] == [404, 404]
    assert client.get("/calls/new/").status_code == 403
    client.force_login(make_user(Role.SALES_MANAGER))
    assert client.get("/calls/").status_code == 403


def test_a_list_is_closed_and_opened_and_looked_at_again(client: Client, marketer: User) -> None:
    callable_lead()
    listing = filled(marketer)
    client.post(f"/calls/{listing.pk}/closing/", {"is_closed": "1"})
    listing.refresh_from_db()
    assert handing_out.next_for(listing, by=marketer, at=TUESDAY) is None
    assert "The list is closed" in client.get(f"/calls/{listing.pk}/next/").content.decode()
    callable_lead()
    client.post(f"/calls/{listing.pk}/closing/", {"is_closed": "0"})
    tasks.run_errands()
    assert listing.targets.count() == 2
    client.post(f"/calls/{listing.pk}/filling/")
    assert CallList.objects.get().state == "waiting"
    assert lists.look_again(CallList.objects.all()) == 0


def test_the_rule_for_natural_persons_is_set_once_for_the_company(client: Client, marketer: User) -> None:
    callable_lead(organisation=make_organisation("Bakkerij Smit"))
    listing = filled(marketer)
    assert client.get("/settings/calling/").status_code == 200
    client.post("/settings/calling/", {"natural_persons": "named"})
    tasks.run_errands()
    assert (CallingRule.objects.get().natural_persons, listing.targets.get().state) == ("named", "to_call")
    assert client.post("/settings/calling/", {"natural_persons": "x"}).status_code == 422


def test_pages_take_as_many_statements_for_one_as_for_many(client: Client, marketer: User) -> None:
    callable_lead()
    listing = filled(marketer)
    few = [statements(client, path) for path in ("/calls/", f"/calls/{listing.pk}/", f"/calls/{listing.pk}/next/")]
    for n in range(4):
        callable_lead(phone_e164="" if n % 2 else "+31205550101")
    for name in ("two", "three"):
        filled(marketer, name=name)
    lists.look_again(CallList.objects.filter(pk=listing.pk))
    lists.fill(listing, at=TUESDAY)
    many = [statements(client, path) for path in ("/calls/", f"/calls/{listing.pk}/", f"/calls/{listing.pk}/next/")]
    assert many == [few[0], few[1] + 1, few[2]]
