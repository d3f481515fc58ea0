"""Where nobody is called what was asked for, what is spelled nearly so is searched."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from leadops.accounts.roles import Role
from leads import search
from leads.models import Lead
from tests.factories import make_lead, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def marieke(client: Client) -> Lead:
    client.force_login(make_user(Role.MARKETER))
    make_lead(last_name="Zijderveld", name_key="zijderveld", email="zijlstrong@x.example")
    company = make_organisation("Blom Expeditie")
    lead = make_lead(first_name="Marieke", last_name="Zijlstra", name_key="marieke zijlstra", organisation=company)
    while search.fill():
        pass
    return lead


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Zijstra", "zijlstra"), ("zijlstar", "zijlstra"), ("Zijjlstra", "zijlstra"), ("zijlxtra", "zijlstra"),
        ("Marieke Zijlsta", "marieke zijlstra"), ("Expiditie", "expeditie"), ("Mareike Zijlstar", "marieke zijlstra"),
    ],
)  # fmt: skip
def test_what_is_spelled_nearly_so_is_searched_where_nothing_fits(
    client: Client, marieke: Lead, asked: str, meant: str
) -> None:
    page = client.get("/leads/", {"q": asked, "channel": "event"}, follow=True)
    assert page.redirect_chain == [("/leads/?" + urlencode({"q": meant, "channel": "event", "instead_of": asked}), 302)]
    assert [row.pk for row in page.context["rows"]] == [marieke.pk]
    assert f"Nothing fits “{asked}”." in page.content.decode()


@pytest.mark.parametrize("asked", ["Zwxqt", "%_%", "0612345678", "zij*strx", "(ijlstrx", "Zijderxxld"])
def test_what_nothing_is_spelled_like_finds_nothing(client: Client, marieke: Lead, asked: str) -> None:
    page = client.get("/leads/", {"q": asked})
    assert (page.status_code, page.context["rows"]) == (200, [])


def test_what_is_there_is_not_spelled_anew(client: Client, marieke: Lead) -> None:
    assert client.get("/leads/", {"q": "zijlstra", "stage": "won"}).status_code == 200


def test_who_sees_nobody_that_fits_is_not_told_of_them(client: Client, marieke: Lead) -> None:
    client.force_login(make_user(Role.HUNTER))
    assert client.get("/leads/", {"q": "Zijstra"}).status_code == 200
