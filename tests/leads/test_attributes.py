"""What attributes are called: the usual ones in the language of whoever reads them, wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from leadops.accounts.roles import Role
from leads.calling import scripts
from leads.conditions import all_fields, in_words
from leads.listing import columns
from leads.models import AttributeKey
from tests.factories import TUESDAY, make_contact, make_lead, make_user

pytestmark = pytest.mark.django_db
DUTCH = ["Behoefte", "Beslist", "Budget", "Contract loopt tot", "Moment"]
ENGLISH = ["Budget", "Contract ends on", "Decides", "Need", "Timing"]


@pytest.fixture(autouse=True)
def _made_by_a_dutch_marketer(db: None) -> None:
    with override("nl"):
        scripts.register(scripts.first(), at=TUESDAY)


def offered() -> list[list[str]]:
    every: list[Sequence[Any]] = [all_fields(), columns.offered()]
    return [[str(one.label) for one in these if one.key.startswith("attributes.")] for these in every]


def test_usual_attributes_are_called_as_their_reader_calls_them() -> None:
    assert offered() == [ENGLISH, ENGLISH]
    asked = {"field": "attributes.contract_ends_on", "operator": "is_known"}
    assert (in_words(asked, "en"), in_words(asked, "nl")) == (
        "Contract ends on is known",
        "Contract loopt tot is bekend",
    )
    with override("nl"):
        assert offered() == [DUTCH, DUTCH]


def test_what_somebody_named_otherwise_keeps_its_name() -> None:
    AttributeKey.objects.filter(key="need").update(label="Wat zoekt u?")
    AttributeKey.objects.create(key="colour", label="Budget", created_at=TUESDAY)
    assert offered()[0] == ["Budget", "Budget", "Contract ends on", "Decides", "Timing", "Wat zoekt u?"]


@pytest.mark.parametrize(("language", "said"), [("en", "Contract ends on"), ("nl", "Contract loopt tot")])
def test_the_page_of_a_lead_names_them_too(client: Client, language: str, said: str) -> None:
    lead = make_lead(make_contact(attributes={"contract_ends_on": "2027-01-01"}))
    client.force_login(make_user(Role.MARKETER, language=language))
    context: Any = client.get(f"/leads/{lead.pk}/").context
    assert context["attributes"] == [(said, "2027-01-01")]


@pytest.mark.parametrize(
    ("language", "said", "heading"),
    [
        ("en", "Mark of the source", "What else came along (3)"),
        ("nl", "Kenmerk van de bron", "Wat er nog meer meekwam (3)"),
    ],
)
def test_marks_of_a_visit_are_called_as_their_reader_calls_them(
    client: Client, language: str, said: str, heading: str
) -> None:
    named = {"utm_source": "utm_source", "utm_campaign": "Our code", "visit_utm_source": "visit.utm_source"}
    for key, label in named.items():
        AttributeKey.objects.create(key=key, label=label, created_at=TUESDAY)
    lead = make_lead(make_contact(attributes=dict.fromkeys(named, "news")))
    client.force_login(make_user(Role.MARKETER, language=language))
    page: Any = client.get(f"/leads/{lead.pk}/")
    assert page.context["attributes"] == [(name, "news") for name in sorted([said, "Our code", "visit.utm_source"])]
    assert heading in page.text
