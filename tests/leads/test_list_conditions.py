"""The builder of a condition, its address, and the list that it narrows."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test import Client

from leadops.accounts.roles import Role
from leads.forms.conditions import of_tree, tree_of
from leads.listing import pages, patience
from leads.models import Lead
from tests.factories import make_lead, make_user
from tests.qualification.factories import engage

pytestmark = pytest.mark.django_db
UTRECHT = {"field": "contact.city", "operator": "is", "value": "Utrecht"}


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_user(Role.MARKETER))
    return client


def listed(client: Client, tree: object, **asked: Any) -> list[int]:
    answer = client.get("/leads/", {"where": json.dumps(tree), **asked})
    assert answer.status_code == 200
    return [lead.pk for lead in answer.context["rows"]]


def pressed(client: Client, act: str, **fields: Any) -> Any:
    return client.post(
        "/leads/condition/", {name.replace("_", "."): value for name, value in fields.items()} | {"act": act}
    )


def test_a_condition_in_the_address_narrows_the_list_and_is_said(marketer: Client) -> None:
    found, _other = make_lead(city="Utrecht"), make_lead(city="Gent")
    answer = marketer.get("/leads/", {"where": json.dumps(UTRECHT), "channel": "event"})
    assert [lead.pk for lead in answer.context["rows"]] == [found.pk]
    assert answer.context["asked"].where.said == "City is Utrecht"
    assert answer.text.count("City is Utrecht") == 1
    assert listed(marketer, UTRECHT, channel="web") == []


def test_pages_of_a_condition_follow_each_other(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.views.leads.PAGE", 2)
    leads = [make_lead(city="Utrecht").pk for _ in range(3)][::-1]
    first = marketer.get("/leads/", {"where": json.dumps(UTRECHT)})
    second = marketer.get(first.context["older"])
    assert [[lead.pk for lead in answer.context["rows"]] for answer in (first, second)] == [leads[:2], leads[2:]]


def test_what_a_reader_may_not_see_is_not_found_by_a_condition(client: Client) -> None:
    make_lead(city="Utrecht")
    client.force_login(make_user(Role.HUNTER))
    assert listed(client, UTRECHT) == []


@pytest.mark.parametrize(
    "where",
    [
        "x",
        "[]",
        '{"all": 5}',
        '{"field": "attributes.gone", "operator": "is", "value": "x"}',
        '{"field": "campaign", "operator": "is_any_of", "value": ["%s"]}' % ("1" * 5000),
        r'{"field": "contact.city", "operator": "\ud800", "value": "x"}',
        '{"field": "campaign", "operator": "is", "value": 1e400}',
        "{" * 9000,
    ],
)
def test_a_condition_that_says_nothing_shows_nothing_and_says_so(marketer: Client, where: str) -> None:
    make_lead()
    answer = marketer.get("/leads/", {"where": where})
    assert ([*answer.context["rows"]], answer.text.count('role="alert"')) == ([], 1 + answer.text.count('id="failure"'))
    assert marketer.get("/leads/condition/", {"where": where}).status_code == 200


def test_one_that_takes_too_long_says_so(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_lead(city="Utrecht")
    monkeypatch.setattr(pages, "PATIENCE", timedelta(milliseconds=1))
    slow = {"all": [{"field": "contact.city", "operator": "has_word", "value": [f"word{n}" for n in range(40)]}] * 40}
    answer = marketer.get("/leads/", {"where": json.dumps(slow)})
    assert (answer.status_code, answer.context["is_too_long"]) == (200, True)
    assert listed(marketer, UTRECHT, stage="won") == []


def test_patience_ends_what_takes_longer_and_nothing_else() -> None:
    with pytest.raises(patience.TooLong), patience.at_most(timedelta(milliseconds=20)), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    with patience.at_most(timedelta(seconds=5)):
        assert Lead.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


TREES = [
    UTRECHT,
    {"all": [UTRECHT, {"field": "lead.score", "operator": "at_least", "value": 40}]},
    {"any": [{"not": {"any": [UTRECHT]}}, {"all": [UTRECHT, {"field": "contact.tags", "operator": "is_known"}]}]},
    {"not": {"all": [UTRECHT, {"field": "organisation.is_customer", "operator": "is", "value": False}]}},
    {"field": "lead.stage", "operator": "is_any_of", "value": ["inquiry", "nurture"]},
    {"field": "lead.opened_at", "operator": "within_days", "value": 30},
    {"field": "contact.job_title", "operator": "contains_any", "value": ["hoofd", "CTO"]},
    {"field": "organisation.revenue", "operator": "at_most", "value": 2.5},
    {"field": "engagements", "operator": "at_least", "value": 2, "kind": "form", "within_days": 30},
    {"field": "engagements", "operator": "is", "value": 1, "kind": ["form", "scan"], "minutes_at_least": 5},
]


def as_sent(draft: dict[str, Any], path: str = "n") -> dict[str, Any]:
    """The draft as the page sends it."""
    if "group" in draft:
        parts = [as_sent(part, f"{path}.{n}") for n, part in enumerate(draft["parts"])]
        return {f"{path}.group": draft["group"]} | {name: value for part in parts for name, value in part.items()}
    said = {f"{path}.{name}": draft[name] for name in ("field", "operator", "value")}
    return (
        said
        | {f"{path}.rest": json.dumps(draft["rest"])}
        | {f"{path}.{name}": value for name, value in draft["narrowed"].items()}
    )


@pytest.mark.parametrize("tree", TREES)
def test_what_is_edited_comes_back_the_same(marketer: Client, tree: dict[str, Any]) -> None:
    leads = [make_lead(city="Utrecht", job_title="CTO"), make_lead()]
    engage(leads[0])
    edited = tree_of(of_tree(tree))
    assert of_tree(edited) == of_tree(tree)
    answer = marketer.post("/leads/condition/", as_sent(of_tree(tree)) | {"act": "use"})
    assert answer.status_code == 302
    assert [lead.pk for lead in marketer.get(answer.url).context["rows"]] == listed(marketer, tree)


def test_it_is_built_row_by_row(marketer: Client) -> None:
    answer = marketer.get("/leads/condition/", {"stage": "won"})
    assert answer.context["asked"].query == "?stage=won"
    answer = pressed(marketer, "look", asked="?stage=won", n_group="all", n_0_field="lead.stage")
    assert "won" in str(answer.context["builder"].root["rows"][0]["value"])
    answer = pressed(marketer, "add:n", n_group="any", n_0_field="contact.city", n_0_operator="is", n_0_value="Utrecht")
    assert len(answer.context["builder"].root["rows"]) == 2
    answer = pressed(marketer, "use", n_group="any", n_0_field="contact.city", n_0_operator="is", n_1_field="")
    assert (answer.status_code, [row["faults"] for row in answer.context["builder"].root["rows"]]) == (
        422,
        [["A text of 1 to 200 characters is needed."], ["A field is missing."]],
    )
    answer = pressed(
        marketer,
        "drop:n.1",
        n_group="any",
        n_0_field="contact.city",
        n_0_operator="is",
        n_0_value="Utrecht",
        n_1_field="",
    )
    assert answer.context["said"] == "City is Utrecht"
    answer = pressed(
        marketer,
        "use",
        asked="?stage=all&x=1",
        n_group="all",
        n_0_field="contact.city",
        n_0_operator="is",
        n_0_value="Utrecht",
    )
    assert answer.url == "/leads/?stage=all&where=" + json_in_address({"all": [UTRECHT]})
    assert (
        marketer.post("/leads/condition/", {"act": "clear", "asked": answer.url.partition("/leads/")[2]}).url
        == "/leads/?stage=all"
    )


def json_in_address(tree: object) -> str:
    return quote_plus(json.dumps(tree, separators=(",", ":")))


def test_a_group_within_a_group(marketer: Client) -> None:
    answer = pressed(
        marketer, "group:n", n_group="all", n_0_field="contact.city", n_0_operator="is", n_0_value="Utrecht"
    )
    rows = answer.context["builder"].root["rows"]
    assert [row.get("is_group", False) for row in rows] == [False, True]
    assert "autofocus" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"n.group": "x"},
        {"n.group": "all", "n.0.rest": "{"},
        {"n.group": "all", "n.0.field": "campaign", "n.0.operator": "is", "n.0.value": "1" * 5000},
        {"n.group": "all"} | {"n" + ".0" * n + ".group": "all" for n in range(1, 400)},
    ],
)
def test_what_makes_no_sense_is_no_fault_of_ours(marketer: Client, fields: dict[str, str]) -> None:
    for act in ("look", "add:n.9", "add:n." + "1" * 5000, "drop:n", "drop:", "group:n.x", "", "use"):
        assert marketer.post("/leads/condition/", fields | {"act": act, "asked": "\x00"}).status_code in (200, 302, 422)
