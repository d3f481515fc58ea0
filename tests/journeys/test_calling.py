"""In a browser: a caller works through a list by keyboard, without a page being loaded, and takes the last call back."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.roles import Role
from leads.models import Call, Contact
from tests.factories import TUESDAY, make_user
from tests.leads.test_calling import callable_lead, filled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_a_list_is_called_by_keyboard(page: Page, live_server: LiveServer, client: Client) -> None:
    with time_machine.travel(TUESDAY, tick=True):
        caller = make_user(Role.MARKETER)
        people = [callable_lead(last_name=name, attributes={"need": "Cloud"}) for name in ("Bos", "Vos")]
        listing = filled(caller)
        client.force_login(caller)
        page.context.add_cookies(
            [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
        )
        page.goto(f"{live_server.url}/calls/{listing.pk}/next/")
        shown, loads, said = page.locator("#lead-title"), [], []
        page.on("domcontentloaded", lambda _page: loads.append(1))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        expect(shown).to_have_text("Bos")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(shown).to_have_text("Vos")
        page.keyboard.press("u")
        expect(shown).to_have_text("Bos")
        page.keyboard.press("q")
        page.keyboard.type("Servers")
        page.keyboard.press("Escape")
        page.get_by_label("Replace by the answer").check()
        page.get_by_label("Within three months").check()
        page.keyboard.press("n")
        page.keyboard.type("Soon")
        page.keyboard.press("Escape")
        page.keyboard.press("5")
        page.keyboard.press("Enter")
        expect(shown).to_have_text("Vos")
        page.keyboard.press("4")
        expect(page.locator(".only-back")).to_be_visible()
        page.keyboard.press("Enter")
        expect(shown).to_have_text("Nobody is to be called now")
        assert (loads, said) == ([], [])
    kept = Contact.objects.get(pk=people[0].contact_id).attributes
    assert kept == {"need": "Servers", "timing": "Within three months"}
    said = Call.objects.standing().order_by("pk").values_list("lead", "disposition", "note")
    assert list(said) == [(people[0].pk, "interested", "Soon"), (people[1].pk, "call_back", "")]
