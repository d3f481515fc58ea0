"""axe finds nothing on any page: light and dark, wide and narrow, with menus open, errors shown and lists empty.

Each page is opened by the first role that has it; with LEADOPS_WALK=whole, by every role.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle
from tests.factories import make_user
from tests.journeys.pages.addresses import EVERYBODY, pages
from tests.journeys.pages.company import NOW, Company, make_company

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("kept_files"),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

IS_WHOLE = os.environ.get("LEADOPS_WALK") == "whole"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, object] = {"runOnly": STANDARD}
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AXE = Axe().axe_script
FAULTS = """rules => axe.run({resultTypes: ["violations"], ...rules}).then(found =>
    found.violations.flatMap(fault => fault.nodes.map(node => [fault.id, String(node.target)])))"""
# Parts that come after the page replace what asked for them.
WHOLE = """() => document.readyState === "complete" && !document.querySelector('.htmx-request, [hx-trigger="load"]')"""
# Parts of pages, which are looked at within them.
PARTS = frozenset({
    "handoff:of-lead", "handoff:queue-lead-part", "handoff:story", "qualification:score", "reporting:black-hole-leads",
    "reporting:black-hole-why", "reporting:campaign",
})  # fmt: skip


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True), lifecycle.history():
        yield


@pytest.fixture
def company() -> Company:
    return make_company()


def entered(browser: Browser, live_server: LiveServer, user: User | None) -> Page:
    context = browser.new_context(base_url=live_server.url, locale="en", viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    if user:
        opened(page, "/accounts/login/")
        page.fill("#id_login", user.email)
        page.fill("#id_password", "correct horse")
        page.click("button.btn.main")
        page.wait_for_url(lambda url: "/login/" not in url)
    return page


def opened(page: Page, address: str) -> Response | None:
    """Open a page, and wait for the parts that come after it."""
    answer = page.goto(address)
    page.wait_for_function(WHOLE)
    return answer


def faults(page: Page, rules: dict[str, object]) -> list[list[str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[list[str]] = page.evaluate(FAULTS, rules)
    return found


def looked_at(page: Page) -> dict[str, object]:
    """What is wrong with the page that is open, in light, in the dark, and on a phone; nothing is an empty answer."""
    wrong: dict[str, object] = {"light": faults(page, EVERY_RULE)}
    page.emulate_media(color_scheme="dark")
    wrong["dark"] = faults(page, COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    wrong["phone"] = faults(page, EVERY_RULE) if IS_WHOLE else []
    wrong["wider than a phone"] = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    page.set_viewport_size(WIDE)
    return {where: what for where, what in wrong.items() if what}


def opened_by(role: str, company: Company) -> list[str]:
    """The addresses that a role opens; nobody is the role of whom is not logged in."""
    whole = [(address, roles or ("",)) for name, address, roles in pages(company) if name not in PARTS]
    return [address for address, roles in whole if role in (roles if IS_WHOLE else roles[:1])]


@pytest.mark.parametrize("role", ["", *EVERYBODY])
def test_every_page_is_accessible(own_browser: Browser, live_server: LiveServer, company: Company, role: str) -> None:
    page = entered(own_browser, live_server, company.people.get(role))
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


def test_menus_and_errors_are_accessible(own_browser: Browser, live_server: LiveServer, company: Company) -> None:
    page = entered(own_browser, live_server, company.people["hunter"])
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


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER])
def test_empty_pages_are_accessible(own_browser: Browser, live_server: LiveServer, role: Role) -> None:
    page = entered(own_browser, live_server, make_user(role))
    wrong = {}
    for address in ("/", "/leads/", "/definition/", "/reports/black-hole/", "/reports/follow-up/", "/imports/"):
        answer = opened(page, address)
        if answer is None or answer.status == 403:
            continue
        wrong[address] = looked_at(page)
    assert {address: found for address, found in wrong.items() if found} == {}
