"""What comes in and does not become a lead is counted and listed, with who it was and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import consent, hooks, intake
from leads.models import CaptureForm, Hook, Intake, Queue
from leads.public import sending
from tests.factories import make_contact, make_user, queue_of

pytestmark = pytest.mark.django_db
BARRED = {"full_name": "Anna de Wit", "email": "anna@wit.example"}
UNFIT = {"full_name": "Bas Bos", "email": "bas@"}


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_user(Role.MARKETER))
    return client


def make_form(name: str) -> CaptureForm:
    return CaptureForm.objects.create(name=name, created_at=timezone.now(), email_wording="May we mail you?")


def send(form: CaptureForm, said: dict[str, str], at: datetime, **sent: Any) -> None:
    nonce = f"{form.pk}-{Intake.objects.count()}"
    sending.keep(form, sending.Sent(said, **sent), nonce=nonce, sender="", at=at)


def judged(at: datetime) -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    while intake.judge_next(at=at):
        pass


def listed(answer: Any) -> list[tuple[str, str, int | None]]:
    return [(one.who, one.intake.verdict, one.person) for one in answer.context["passed_over"]]


def test_what_ended_without_a_lead_is_counted_and_listed_with_its_reason(marketer: Client) -> None:
    at, quotation, other = timezone.now(), make_form("Quotation"), make_form("Webinar")
    anna = make_contact(last_name="Wit", email=BARRED["email"])
    consent.suppress(consent.EMAIL, [BARRED["email"]], at=at, reason="asked")
    send(quotation, BARRED, at, wordings={"email": "May we mail you?"})
    send(quotation, UNFIT, at)
    send(quotation, {"full_name": "Cor Kok", "email": "cor@kok.example"}, at)
    send(other, UNFIT | {"notes": "A quotation, please"}, at)
    intake.store([BARRED], source=Intake.Source.API, at=at)
    hook = Hook.objects.create(name="Advertiser", mapping={"name": "full_name", "mail": "email"}, created_at=at)
    hooks.receive(hook, [{"name": UNFIT["full_name"], "mail": UNFIT["email"]}], at=at)
    judged(at)
    barred, unfit = (BARRED["full_name"], "skipped", anna.pk), (UNFIT["full_name"], "error", None)
    page = marketer.get(f"/forms/{quotation.pk}/")
    assert (page.context["built"].skipped, page.context["built"].failed, listed(page)) == (1, 1, [unfit, barred])
    assert "on the do-not-contact list" in page.text
    assert f'href="/contacts/{anna.pk}/"' in page.text
    assert "Filled in a form" in marketer.get(f"/contacts/{anna.pk}/").text
    assert listed(marketer.get(f"/forms/passed-over/?form={quotation.pk}")) == [unfit, barred]
    everything = marketer.get("/forms/passed-over/")
    assert listed(everything) == [unfit, barred, unfit, unfit, barred]
    said = everything.context["passed_over"][2].said
    assert said == "Full name: Bas Bos\nEmail: bas@\nLanguage: en\nSource detail: Webinar\nNotes: A quotation, please"
    assert [name in everything.text for name in ("Advertiser", "Webinar", "API", "Cor Kok")] == [
        True,
        True,
        True,
        False,
    ]


def test_what_was_handed_in_anew_is_listed_once(marketer: Client) -> None:
    at = timezone.now()
    hook = Hook.objects.create(name="Advertiser", mapping={"name": "email"}, created_at=at)
    hooks.receive(hook, [{"name": "Bas Bos"}], at=at)
    judged(at)
    hooks.choose(hook, {"name": "phone"}, at=at)
    judged(at)
    assert Intake.objects.filter(verdict="error").count() == 2
    assert listed(marketer.get("/forms/passed-over/")) == [("Bas Bos", "error", None)]


def test_who_does_not_manage_forms_sees_none_of_it(client: Client) -> None:
    client.force_login(make_user(Role.HUNTER))
    assert client.get("/forms/passed-over/").status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_for_one_as_for_many(
    marketer: Client, count: int, django_assert_num_queries: Any
) -> None:
    at, form = timezone.now(), make_form("Quotation")
    for n in range(count):
        make_contact(phone_e164=f"+316123456{n:02d}")
        send(form, UNFIT | {"phone": f"06 1234 56{n:02d}"}, at)
    judged(at)
    with django_assert_num_queries(8):
        rows = listed(marketer.get("/forms/passed-over/"))
    assert sum(person is not None for _who, _verdict, person in rows) == count


def test_what_waits_for_its_fields_is_told_and_never_called_nothing(marketer: Client) -> None:
    at = timezone.now()
    first, second = (Hook.objects.create(name=name, created_at=at) for name in ("Advertiser", "Booker"))
    Hook.objects.create(name="Calm", created_at=at)
    assert "Nothing was left aside" in marketer.get("/forms/passed-over/").text
    hooks.receive(first, [{"mail": "anna@wit.example"}, {"mail": "bas@wit.example"}], at=at)
    hooks.receive(second, [{"mail": "cor@wit.example"}], at=at)
    page = marketer.get("/forms/passed-over/")
    assert [(hook.pk, hook.waiting) for hook in page.context["waiting"]] == [(first.pk, 2), (second.pk, 1)]
    assert ("Nothing was left aside" in page.text, f'href="/forms/hooks/{first.pk}/#mapping"' in page.text) == (
        False,
        True,
    )
    hooks.choose(first, {"mail": "email"}, at=at)
    hooks.choose(second, {"mail": "email"}, at=at)
    judged(at)
    page = marketer.get("/forms/passed-over/")
    assert (list(page.context["waiting"]), "Nothing was left aside" in page.text) == ([], True)
