"""The API of calling: the lists that a token's user sees, whom they get, and what they write down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from leadops.accounts.roles import Role
from leads.models import Call, Contact
from tests.api import Api, told
from tests.factories import TUESDAY, make_user
from tests.leads.test_calling import callable_lead, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def test_a_dialler_works_through_a_list() -> None:
    marketer = make_user(Role.MARKETER)
    lead = callable_lead(attributes={"need": "Cloud"})
    listing, api = filled(marketer), Api(marketer)
    [shown] = told(api.get("call-lists/"), 200)["results"]
    assert (shown["id"], shown["contacts"], shown["to_call"], shown["attempts"]) == (listing.pk, 1, 1, 0)
    address = f"call-lists/{listing.pk}/"
    target = told(api.post(address + "next/", None), 200)
    assert (target["lead"], target["number"], len(target["questions"])) == (lead.pk, "+31205550101", 5)
    call = {"target": target["id"], "disposition": "interested", "answers": {"q1": "Servers", "q2": "no"}}
    assert api.post(address + "calls/", call | {"answers": {"q5": "soon"}}).status_code == 422
    assert api.post(address + "calls/", call | {"replace": [""]}).status_code == 400
    made = told(api.post(address + "calls/", call | {"replace": ["q1"]}), 201)
    assert (made["lead"], made["is_reached"], made["next_at"]) == (lead.pk, True, None)
    assert Contact.objects.get(pk=lead.contact_id).attributes == {"need": "Servers", "budget": False}
    assert (api.post(address + "calls/", call).status_code, Call.objects.count()) == (409, 1)
    assert api.post(address + "next/", None).status_code == 204


def test_a_token_sees_and_calls_what_its_user_may() -> None:
    marketer, rep = make_user(Role.MARKETER), make_user(Role.HUNTER)
    callable_lead()
    listing, api = filled(marketer), Api(rep)
    assert told(api.get("call-lists/"), 200)["results"] == []
    assert api.post(f"call-lists/{listing.pk}/next/", None).status_code == 404
    assert Api(make_user(Role.SALES_MANAGER)).get("call-lists/").status_code == 403
