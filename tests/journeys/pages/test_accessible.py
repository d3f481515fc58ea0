"""axe finds nothing on any page: light and dark, wide and narrow, with menus open and with errors shown.

Each page is opened by the first role that has it; with LEADOPS_WALK=whole, by every role.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from leads import lifecycle
from tests import database
from tests.journeys.pages.addresses import EVERYBODY, pages
from tests.journeys.pages.company import NOW, Company, make_company
from tests.journeys.pages.looking import IS_WHOLE, entered, looked_at, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

# Parts of pages, which are looked at within them.
PARTS = frozenset({
    "handoff:of-lead", "handoff:queue-lead-part", "handoff:story", "qualification:score", "reporting:black-hole-leads",
    "reporting:black-hole-why", "reporting:campaign",
})  # fmt: skip


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """One for all tests of this module: they look, and change nothing."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True), lifecycle.history():
        yield make_company()
        database.empty()


@pytest.fixture(scope="module")
def site(company: Company) -> Iterator[str]:
    """The address of a server that stays for the whole module, as the company does."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def opened_by(role: str, company: Company) -> list[str]:
    """The addresses that a role opens; nobody is the role of whom is not logged in."""
    whole = [(address, roles or ("",)) for name, address, roles in pages(company) if name not in PARTS]
    return [address for address, roles in whole if role in (roles if IS_WHOLE else roles[:1])]


@pytest.mark.parametrize("role", ["", *EVERYBODY])
def test_every_page_is_accessible(own_browser: Browser, site: str, company: Company, role: str) -> None:
    page = entered(own_browser, site, company.people.get(role))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    wrong: dict[str, object] = {}
    for address in opened_by(role, company):
        opened(page, address)
        if found := looked_at(page):
            wrong[address] = found
    assert wrong == {}
    assert said == []


def test_menus_and_errors_are_accessible(own_browser: Browser, site: str, company: Company) -> None:
    page = entered(own_browser, site, company.people["hunter"])
    wrong = {}
    page.goto(f"/queue/{company.late.pk}/")
    for name, opens in (("you", "button.me-open"), ("reject", ".reject summary")):
        page.click(opens)
        wrong[name] = looked_at(page)
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    wrong["keys"] = looked_at(page)
    page.keyboard.press("Escape")
    page.click("form.outcome button[type=submit]")
    page.wait_for_selector("#outcome-errors")
    wrong["errors"] = looked_at(page)
    assert {name: found for name, found in wrong.items() if found} == {}
