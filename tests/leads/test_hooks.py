"""A webhook takes whatever comes, keeps it raw, and makes leads of it once somebody said what its keys are."""

from __future__ import annotations

import hmac
import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import hooks, intake
from leads.models import Consent, Contact, Hook, HookPayload, Intake, Lead, Queue
from tests.factories import make_campaign, make_user, queue_of

pytestmark = pytest.mark.django_db
ANNA = {
    "id": "77",
    "contact": {"name": "Anna de Wit", "emailAddress": "anna@wit.example"},
    "company": {"name": "Wit Bouw"},
    "field_data": [
        {"name": "phone_number", "values": ["020 555 01 24"]},
        {"name": "favourite colour", "values": ["blue"]},
    ],
}
PATHS = [
    "id",
    "contact.name",
    "contact.emailAddress",
    "company.name",
    "field_data.phone_number",
    "field_data.favourite colour",
]


def make_hook(**fields: Any) -> Hook:
    return Hook.objects.create(name="Ads", created_at=timezone.now(), **fields)


def post(hook: Hook, body: Any, **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client().post(f"/api/v1/hooks/{hook.key}/", raw, content_type="application/json", headers=headers)


def judged() -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.judge_next(at=timezone.now())


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_user(Role.MARKETER))
    return client


def test_what_comes_waits_for_its_fields_and_is_then_judged(marketer: Client) -> None:
    hook = make_hook(campaign=make_campaign("Ads"))
    assert post(hook, ANNA).status_code == 202
    assert (HookPayload.objects.get().body, Intake.objects.count()) == (ANNA, 0)
    page = marketer.get(f"/forms/hooks/{hook.pk}/")
    assert sorted(row["path"] for row in page.context["rows"]) == sorted(PATHS)
    suggested = hooks.suggested(hooks.columns(HookPayload.objects.all()))
    becomes = {path: suggested[path] for path in PATHS[1:5]}
    assert list(becomes.values()) == ["full_name", "email", "organisation", "phone"]
    sent = {"path": list(suggested), "become": list(suggested.values())}
    assert marketer.post(f"/forms/hooks/{hook.pk}/mapping/", sent).status_code == 302
    judged()
    lead = Lead.objects.get()
    assert (lead.contact.email_key, lead.contact.organisation.name, lead.campaign.name) == (
        "anna@wit.example",
        "Wit Bouw",
        "Ads",
    )
    assert lead.contact.attributes["field_data_favourite_colour"] == "blue"


def test_what_says_nothing_or_lies_too_deep_is_refused() -> None:
    hook, deep = make_hook(), {"a": "b"}
    for _n in range(500):
        deep = {"a": deep}
    assert [post(hook, body).status_code for body in (None, [None], deep, [{"a": None}, None])] == [422, 422, 422, 202]
    assert [payload.body for payload in hook.payloads.all()] == [{"a": None}]


def test_what_could_not_be_read_is_kept_and_judged_again(marketer: Client) -> None:
    hook = make_hook(mapping={"mail": "notes", "x": "-"})
    assert post(hook, [{"mail": "anna@wit.example"}, {"mail": "bo@wit.example"}]).json() == {"received": 2, "kept": 2}
    judged()
    page = marketer.get(f"/forms/hooks/{hook.pk}/")
    assert [one["intake"].verdict for one in page.context["payloads"]] == ["error", "error"]
    wrong = marketer.post(f"/forms/hooks/{hook.pk}/mapping/", {"path": ["mail"], "become": ["notes"]})
    assert wrong.status_code == 422
    marketer.post(f"/forms/hooks/{hook.pk}/mapping/", {"path": ["mail"], "become": ["email"]})
    judged()
    assert (Lead.objects.count(), hooks.unjudged(hook).count()) == (2, 0)
    assert post(hook, {"mail": "cas@wit.example"}).status_code == 202
    judged()
    assert Lead.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_its_fields_are_chosen_is_judged_too() -> None:
    for _ in range(10):
        hook, start = make_hook(), threading.Barrier(2)

        def come(hook: Hook = hook, start: threading.Barrier = start) -> None:
            start.wait()
            hooks.receive(hook, [{"mail": "anna@wit.example"}], at=timezone.now())
            connection.close()

        def chosen(hook: Hook = hook, start: threading.Barrier = start) -> None:
            start.wait()
            hooks.choose(hook, {"mail": "email"}, at=timezone.now())
            connection.close()

        threads = [threading.Thread(target=come), threading.Thread(target=chosen)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (hook.payloads.count(), hooks.unjudged(hook).count()) == (1, 0)


def test_a_form_is_taken_too() -> None:
    hook = make_hook(mapping={"email": "email"})
    assert Client().post(f"/api/v1/hooks/{hook.key}/", {"email": "a@b.example", "tags": ["x", "y"]}).status_code == 202
    assert HookPayload.objects.get().body == {"email": "a@b.example", "tags": ["x", "y"]}


def test_a_delivery_is_kept_once() -> None:
    hook = make_hook(mapping={"email": "email"})
    told = [post(hook, {"email": "a@b.example"}, webhook_id="d1").json()["kept"] for _n in range(2)]
    assert (told, HookPayload.objects.count(), Intake.objects.count()) == ([1, 0], 1, 1)


def test_a_secret_is_shown_once_and_asked_for(marketer: Client) -> None:
    hook = make_hook()
    page = f"/forms/hooks/{hook.pk}/"
    assert "Replace it" not in marketer.get(page).text
    asked = marketer.post(f"{page}secret/", {"secret_number": "0"})
    assert (asked.status_code, asked.headers["Location"]) == (302, page)
    shown = marketer.get(page)
    secret = shown.context["secret"]
    assert (secret, "Replace it" in shown.text) == (hooks.secret_of(Hook.objects.get()), True)
    again = marketer.get(f"{page}secret/", follow=True)
    assert (again.redirect_chain, again.context["secret"]) == ([(page, 302)], "")
    assert [marketer.post(f"{page}secret/", sent).status_code for sent in ({"secret_number": "0"}, {})] == [302, 302]
    assert (marketer.get(page).context["secret"], Hook.objects.get().secret_number) == ("", 1)
    body = b'{"email": "a@b.example"}'
    signature = "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()
    statuses = [post(hook, body, x_signature=sent).status_code for sent in ("", "sha256=00", "\u00e9", signature)]
    assert (statuses, HookPayload.objects.count()) == ([401, 401, 401, 202], 1)
    marketer.post(f"{page}secret/", {"secret_number": "1"})
    assert marketer.get(page).context["secret"] not in ("", secret)
    assert post(hook, body, x_signature=signature).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"\xff", 400), (b"[]", 422), (b"7", 202), (b'[1, {"a": "\\u0000"}]', 202)]
)
def test_anything_is_answered(body: bytes, status: int) -> None:
    answer = post(make_hook(), body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        status,
        "application/json" if status == 202 else "application/problem+json",
    )


def test_who_is_not_there_or_off_says_so() -> None:
    hook = make_hook(is_active=False)
    assert post(hook, {}).status_code == 410
    assert Client().get(f"/api/v1/hooks/{hook.key}/").status_code == 405
    assert Client().post("/api/v1/hooks/none/").status_code == 404


def test_of_several_keys_of_one_field_the_first_that_is_filled_counts(marketer: Client) -> None:
    hook = make_hook()
    bodies: list[dict[str, Any]] = [
        {"phone": "", "mail": "anna@wit.example", "mobile": "06 1234 5601"},
        {"phone": "06 1234 5602", "mail": "bo@wit.example", "mobile": "06 1234 5603"},
        {"phone": "06 1234 5604", "mail": "cas@wit.example", "mobile": "06 1234 5604"},
    ]
    post(hook, bodies)
    sent = {"path": ["phone", "mail", "mobile"], "become": ["phone", "email", "phone"]}
    assert marketer.post(f"/forms/hooks/{hook.pk}/mapping/", sent).status_code == 302
    shown = [row["path"] for row in marketer.get(f"/forms/hooks/{hook.pk}/").context["rows"]]
    assert shown == ["mail", "mobile", "phone"]
    judged()
    found = Contact.objects.order_by("email").values_list("email", "phone", "attributes")
    assert [*found] == [
        ("anna@wit.example", "06 1234 5601", {}),
        ("bo@wit.example", "06 1234 5603", {"phone": "06 1234 5602"}),
        ("cas@wit.example", "06 1234 5604", {}),
    ]


def test_a_yes_is_to_what_was_chosen_for_its_webhook(marketer: Client) -> None:
    newsletter, sales = make_hook(), make_hook()
    for n, hook in enumerate((newsletter, sales, newsletter)):
        post(hook, {"mail": f"p{n}@wit.example", "news": "yes"})
    sent = {"path": ["mail", "news"], "become": ["email", "consent_email"]}
    terms = {"consent_purpose": "newsletter", "consent_basis": "consent", "consent_wording": "Mail me the news."}
    page = f"/forms/hooks/{newsletter.pk}/"
    unfit = marketer.post(f"{page}mapping/", sent | terms | {"consent_basis": "interest", "consent_wording": ""})
    assert (unfit.status_code, unfit.context["consent"].basis) == (422, "interest")
    assert marketer.post(f"{page}mapping/", sent | terms).status_code == 302
    assert marketer.post(f"/forms/hooks/{sales.pk}/mapping/", sent).status_code == 302
    assert marketer.get(page).context["consent"].wording == "Mail me the news."
    queue_of(Queue.Kind.TO_QUALIFY)
    while intake.judge_next(at=timezone.now()):
        pass
    said = Consent.objects.order_by("contact__email").values_list(
        "contact__email", "purpose", "basis", "wording", "source"
    )
    assert [*said] == [
        ("p0@wit.example", "newsletter", "consent", "Mail me the news.", "Ads"),
        ("p1@wit.example", "sales", "consent", "", "Ads"),
        ("p2@wit.example", "newsletter", "consent", "Mail me the news.", "Ads"),
    ]
