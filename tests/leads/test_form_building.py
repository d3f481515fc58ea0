"""Forms are built without scripts, version by version, and their code for a site works."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leadops.accounts.roles import Role
from leads.models import CaptureForm, Intake
from leads.public.building import FIRST, arranged
from tests.factories import make_campaign, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_user(Role.MARKETER))
    return client


def names(form: CaptureForm) -> list[str]:
    form.refresh_from_db()
    return [one["field"] for one in form.fields]


def made(client: Client, **said: str) -> CaptureForm:
    answer = client.post("/forms/new/", {"name": "Quotation", "language": "en", **said})
    assert answer.status_code == 302, answer.text
    return CaptureForm.objects.get()


def test_the_page_of_a_form_leads_to_its_campaign(marketer: Client) -> None:
    fair, form = make_campaign("Fair"), made(marketer)
    pages = [marketer.get(f"/forms/{form.pk}/").text]
    CaptureForm.objects.update(campaign=fair)
    pages.append(marketer.get(f"/forms/{form.pk}/").text)
    assert [f'<a href="/campaigns/{fair.pk}/">Fair</a>' in page for page in pages] == [False, True]


def test_fields_are_added_ordered_named_and_required(marketer: Client) -> None:
    form = made(marketer)
    sent = {"field": ["full_name", "email", "notes"], "label_email": "Work address", "required": ["email"]}
    for act, more in (("up:notes", {}), ("add", {"new": "phone"})):
        assert marketer.post(f"/forms/{form.pk}/fields/", sent | {"act": act} | more).status_code == 302
    part = marketer.post(f"/forms/{form.pk}/fields/", sent | {"act": "up:notes"}, headers={"HX-Request": "true"})
    assert (part.status_code, part.text.strip()[:8]) == (200, "<section")
    assert (names(form), form.version) == (["full_name", "notes", "email"], 4)
    assert form.fields[2] == {"field": "email", "label": "Work address", "is_required": True}


def test_a_form_that_asks_for_nobody_is_not_made(marketer: Client) -> None:
    form = made(marketer)
    sent = {"field": ["email", "notes"], "label_notes": "Your question", "act": "drop:email"}
    for headers, status in (({}, 422), ({"HX-Request": "true"}, 200)):
        answer = marketer.post(f"/forms/{form.pk}/fields/", sent, headers=headers)
        assert answer.status_code == status
        assert [row["label"] for row in answer.context["rows"]] == ["", "Your question"]
        assert "nobody knows who it is about" in answer.context["problem"]
    assert names(form) == [one["field"] for one in FIRST]


@pytest.mark.parametrize("act", ["up:full_name", "down:notes", "drop:phone", "add:email", "add:nothing", "", "up"])
def test_what_cannot_be_done_changes_nothing(act: str) -> None:
    assert arranged(FIRST, act) == FIRST


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"origins": "not a site"}, "origins"),
        ({"redirect_url": "ftp://wit.example/"}, "redirect_url"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(marketer: Client, said: dict[str, str], field: str) -> None:
    answer = marketer.post("/forms/new/", {"name": "Quotation", "language": "en", **said})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_plain_code_posts_what_the_form_takes(marketer: Client) -> None:
    form = made(marketer, origins="https://www.wit.example/", email_wording="May we mail you?")
    code = marketer.get(f"/forms/{form.pk}/").context["plain"]
    sent = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', code))
    sent |= {"full_name": "Anna de Wit", "email": "anna@wit.example", "yes_email": "on"}
    assert {"yes_email", "notes", "organisation"} <= set(re.findall(r' name="(\w+)"', code))
    answer = Client().post(f"/f/{form.key}/", sent, headers={"origin": "https://www.wit.example"})
    assert answer.status_code == 303
    assert Intake.objects.get().payload["full_name"] == "Anna de Wit"


def test_a_preview_keeps_nothing_and_a_form_is_switched_off(marketer: Client) -> None:
    form = made(marketer)
    sent = {"full_name": "Anna", "email": "a@b.example"}
    assert marketer.post(f"/forms/{form.pk}/preview/", sent).status_code == 200
    assert marketer.post(f"/forms/{form.pk}/preview/", {}).status_code == 422
    marketer.post(f"/forms/{form.pk}/activity/", {"is_active": "0"})
    assert (Client().get(f"/f/{form.key}/").status_code, Intake.objects.count()) == (410, 0)


def test_who_finds_no_leads_makes_no_forms(client: Client) -> None:
    client.force_login(make_user(Role.HUNTER))
    assert [client.get(page).status_code for page in ("/forms/", "/forms/new/", "/forms/hooks/")] == [403] * 3
