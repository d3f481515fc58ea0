from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadops.accounts.roles import Role
from leads.models import Lead
from qualification.default import default_definition
from qualification.models import Definition, Signature
from qualification.scoring import rescore
from tests.factories import TUESDAY, make_lead, make_user
from tests.qualification.factories import engage, make_default, make_good_lead

pytestmark = pytest.mark.django_db


def client_of(*roles: Role, **fields: object) -> Client:
    client = Client()
    client.force_login(make_user(*roles, **fields))
    return client


def test_the_definition_is_signed_in_the_browser_by_two_people():
    definition = default_definition(by=None, at=TUESDAY)
    marketer, manager = client_of(Role.MARKETER, name="Mila Bos"), client_of(Role.SALES_MANAGER, name="Sam Vos")
    page = marketer.get("/definition/").content.decode()
    assert "No definition is in force" in page
    assert "Sign for Marketing" in page
    assert "Sign for Sales" not in page
    assert marketer.post("/definition/1/signatures/", {"side": "marketing"}).status_code == 302
    assert manager.post("/definition/1/force/").status_code == 302
    assert Definition.objects.get().in_force_at is None
    assert manager.post("/definition/1/signatures/", {"side": "sales"}).status_code == 302
    assert manager.post("/definition/1/force/").status_code == 302
    definition.refresh_from_db()
    assert definition.in_force_at is not None
    page = manager.get("/definition/").content.decode()
    assert "No definition is in force" not in page
    assert all(words in page for words in ("Mila Bos", "Sam Vos", "24 working hours", "Decides on purchases", "+28"))
    dutch = client_of(Role.HUNTER, language="nl").get("/definition/").content.decode()
    assert "Beslist over aankopen" in dutch


@pytest.mark.parametrize("role", [Role.HUNTER, Role.FARMER, Role.ADMIN])
def test_nobody_else_signs_or_puts_in_force(role):
    default_definition(by=None, at=TUESDAY)
    client = client_of(role)
    assert client.post("/definition/1/signatures/", {"side": "sales"}).status_code == 403
    assert client.post("/definition/1/force/").status_code == 403
    assert client.get("/definition/1/force/").status_code == 405
    assert Signature.objects.count() == 0


def test_addresses_that_lead_nowhere():
    client = client_of(Role.MARKETER)
    assert client.post("/definition/9/signatures/", {"side": "marketing"}).status_code == 404
    default_definition(by=None, at=TUESDAY)
    assert client.post("/definition/1/signatures/", {"side": "board"}).status_code == 404
    assert client.get("/leads/999/score/").status_code == 404
    assert Client().get("/definition/").status_code == 302


def test_a_score_shows_its_addends_to_who_may_see_the_lead():
    rep = make_user(Role.HUNTER)
    lead = make_good_lead()
    engage(lead)
    make_default()
    unscored = client_of(Role.MARKETER).get(f"/leads/{lead.pk}/score/").content.decode()
    assert "No score yet" in unscored
    rescore(Lead.objects.all(), TUESDAY)
    page = client_of(Role.MARKETER).get(f"/leads/{lead.pk}/score/").content.decode()
    assert all(words in page for words in (">60<", "meets the definition", "Decides on purchases", "+28", "+12"))
    stranger = Client()
    stranger.force_login(rep)
    assert stranger.get(f"/leads/{lead.pk}/score/").status_code == 404
    own = make_lead(owner=rep, origin="sales")
    assert stranger.get(f"/leads/{own.pk}/score/").status_code == 200


def test_the_page_takes_the_same_statements_however_many_criteria():
    client, counts = client_of(Role.MARKETER), []
    for _ in range(2):
        default_definition(by=None, at=TUESDAY)
        client.get("/definition/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/definition/")
        counts.append(len(queries))
    assert counts[1] - counts[0] == 2
