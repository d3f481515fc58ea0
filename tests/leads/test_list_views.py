"""Views of the list that readers keep and share, and the columns that they choose."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads.forms.saved import SavedViewForm
from leads.listing import columns
from leads.models import AttributeKey, ListColumns, SavedView
from tests.factories import TUESDAY, make_campaign, make_contact, make_lead, make_organisation, make_user
from tests.qualification.factories import engage

pytestmark = pytest.mark.django_db
UTRECHT = {"field": "contact.city", "operator": "is", "value": "Utrecht"}
ASKED = "?channel=event&where=" + json.dumps(UTRECHT)


@pytest.fixture
def marketer() -> User:
    return make_user(Role.MARKETER)


@pytest.fixture
def own(client: Client, marketer: User) -> Client:
    client.force_login(marketer)
    return client


def kept(client: Client, **fields: Any) -> SavedView:
    answer = client.post("/leads/views/new/", {"name": "Utrecht", "asked": ASKED} | fields)
    view = SavedView.objects.latest("pk")
    assert (answer.status_code, f"view={view.pk}" in answer.url) == (302, True)
    return view


def listed(client: Client, address: str) -> list[int]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [lead.pk for lead in answer.context["rows"]]


def test_a_view_keeps_filters_condition_and_columns(own: Client) -> None:
    found, _other = make_lead(city="Utrecht"), make_lead(city="Gent")
    make_lead(city="Utrecht", channel="web")
    view = kept(own)
    assert (view.filters, view.condition, view.columns) == ({"channel": "event"}, UTRECHT, list(columns.USUAL))
    assert listed(own, f"/leads/?view={view.pk}") == [found.pk]
    answer = own.get(f"/leads/?view={view.pk}")
    assert (answer.context["asked"].is_changed, answer.text.count(f'href="/leads/?view={view.pk}"')) == (False, 1)


def test_what_is_changed_in_a_view_can_be_kept(own: Client) -> None:
    make_lead(city="Utrecht")
    view = kept(own)
    changed = f"?view={view.pk}&stage=won&channel="
    assert (own.get(f"/leads/{changed}").context["asked"].is_changed, listed(own, f"/leads/{changed}")) == (True, [])
    own.post(f"/leads/views/{view.pk}/list/", {"asked": changed})
    view.refresh_from_db()
    assert (view.filters, view.condition) == ({"stage": "won"}, None)
    own.post(f"/leads/views/{view.pk}/", {"name": "Won", "is_shared": "on", "asked": f"?view={view.pk}"})
    assert list(SavedView.objects.values_list("name", "is_shared")) == [("Won", True)]
    assert own.post(f"/leads/views/{view.pk}/removal/").url == "/leads/"
    assert SavedView.objects.count() == 0


def test_only_shared_views_are_seen_by_others_and_nobody_else_changes_them(own: Client, client: Client) -> None:
    private, shared = kept(own), kept(own, name="Shared", is_shared="on")
    rep = make_user(Role.HUNTER)
    make_lead(city="Utrecht")
    client.force_login(rep)
    answer = client.get("/leads/")
    assert [view.pk for view in answer.context["views"]] == [shared.pk]
    assert listed(client, f"/leads/?view={shared.pk}") == []  # and sees in it what they may see
    assert client.get(f"/leads/?view={private.pk}").context["asked"].is_view_gone
    for name in ("", "list/", "removal/"):
        assert client.post(f"/leads/views/{shared.pk}/{name}", {"name": "Mine"}).status_code == 404


def test_two_views_of_one_reader_have_two_names(own: Client) -> None:
    kept(own)
    answer = own.post("/leads/views/new/", {"name": "Utrecht", "asked": ASKED})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_a_view_that_came_in_between_keeps_its_name(marketer: User) -> None:
    first, second = (
        SavedViewForm({"name": "Fairs"}, instance=SavedView(owner=marketer, columns=["stage"], changed_at=TUESDAY))
        for _ in range(2)
    )
    assert first.is_valid()
    assert second.is_valid()
    assert (second.is_kept(), first.is_kept(), list(first.errors)) == (True, False, ["name"])
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("wrong", [r'{"a": "\u0000"}', '{"field": "gone"}'])
def test_a_condition_that_says_nothing_is_not_kept(own: Client, wrong: str) -> None:
    view = kept(own)
    for address in ("/leads/views/new/", f"/leads/views/{view.pk}/list/"):
        answer = own.post(address, {"name": "Wrong", "asked": f"?where={wrong}"})
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/leads/")
    assert [one.condition for one in SavedView.objects.all()] == [view.condition]


def test_a_view_whose_field_is_gone_says_so(own: Client) -> None:
    AttributeKey.objects.create(key="size", label="Size", created_at=TUESDAY)
    make_lead()
    view = kept(own, asked="?where=" + json.dumps({"field": "attributes.size", "operator": "is", "value": "L"}))
    AttributeKey.objects.all().delete()
    answer = own.get(f"/leads/?view={view.pk}")
    assert ([*answer.context["rows"]], answer.context["asked"].where.wrong) == (
        [],
        ("There is no field “attributes.size”.",),
    )
    assert "Gone: attributes.size" in own.get(f"/leads/condition/?view={view.pk}").text


def test_columns_are_kept_for_the_reader_or_with_their_view(own: Client, marketer: User) -> None:
    AttributeKey.objects.create(key="size", label="Size", created_at=TUESDAY)
    make_lead(city="Utrecht", attributes={"size": "<b>"})
    view = kept(own)
    own.post("/leads/columns/", {"columns": ["stage", "attributes.size"], "asked": ""})
    own.post("/leads/columns/", {"columns": ["city"], "asked": f"?view={view.pk}", "keep": "view"})
    answer = own.get("/leads/")
    assert [column.key for column in answer.context["asked"].columns] == ["stage", "attributes.size"]
    assert "&lt;b&gt;" in answer.text
    assert [column.key for column in own.get(f"/leads/?view={view.pk}").context["asked"].columns] == ["city"]
    assert own.post("/leads/columns/", {"asked": ""}).status_code == 422
    assert own.post("/leads/columns/", {"asked": "", "columns": ["follow_ups"]}).status_code == 422


def test_what_came_along_is_offered_apart_from_our_own_columns(own: Client) -> None:
    for key, label in (("score_2", "Score"), ("size", "Size"), ("lead_email", "lead.email")):
        AttributeKey.objects.create(key=key, label=label, created_at=TUESDAY)
    page = own.get("/leads/columns/")
    ours = [str(box.choice_label) for box in page.context["form"].other_boxes()]
    brought = [str(box.choice_label) for box in page.context["form"].brought_boxes()]
    assert (brought, "Score" in ours, "City" in ours) == (["Score (came along)", "Size", "lead.email"], False, True)
    assert "From files, forms and calls" in page.text
    own.post("/leads/columns/", {"columns": ["score", "attributes.score_2"], "asked": ""})
    form = own.get("/leads/columns/").context["form"]
    assert [str(box.choice_label) for box in form.shown_boxes()] == ["Score", "Score (came along)"]
    assert [str(box.choice_label) for box in form.brought_boxes()] == ["Size", "lead.email"]


def test_columns_stand_in_the_order_that_the_reader_gave_them(own: Client) -> None:
    make_lead(city="Utrecht")
    sent = {"columns": ["city", "stage", "score"], "asked": ""}
    orders = {}
    for way, key in (("up", "stage"), ("down", "city"), ("up", "city"), ("down", "score"), ("up", "no column")):
        answer = own.post("/leads/columns/", sent | {way: key})
        assert answer.status_code == 200
        orders[way, key] = answer.context["form"].shown
    assert orders == {
        ("up", "stage"): ["stage", "city", "score"],
        ("down", "city"): ["stage", "city", "score"],
        ("up", "city"): ["city", "stage", "score"],
        ("down", "score"): ["city", "stage", "score"],
        ("up", "no column"): ["city", "stage", "score"],
    }
    assert not ListColumns.objects.exists()
    own.post("/leads/columns/", sent)
    assert [column.key for column in own.get("/leads/").context["asked"].columns] == sent["columns"]
    boxes = own.get("/leads/columns/").context["form"].shown_boxes()
    assert [box.data["value"] for box in boxes] == sent["columns"]


def test_every_column_takes_one_statement_for_all_leads_and_withholds_what_was_objected_to(own: Client) -> None:
    AttributeKey.objects.create(key="size", label="Size", created_at=TUESDAY)
    own.post("/leads/columns/", {"columns": [column.key for column in columns.offered()], "asked": ""})
    counts = []
    for more in (1, 29):
        for _ in range(more):
            contact = make_contact(
                organisation=make_organisation(), tags=["a"], attributes={"size": 4}, email="a@hidden.example",
                is_mail_suppressed=True, phone_e164="+31205550124", is_phone_suppressed=True,
            )  # fmt: skip
            engage(make_lead(contact, campaign=make_campaign()))
        with CaptureQueriesContext(connection) as asked:
            answer = own.get("/leads/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert ("hidden.example" in answer.text, "555 0124" in answer.text) == (False, False)
