"""At a stand with a browser whose network comes and goes: all who were written down arrive, once and in their order."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import conservation, intake
from leads.models import Campaign, Intake, Lead, Queue, StandEntry
from tests.factories import make_campaign, make_user, queue_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {"width": 390, "height": 844}
KEEPS = "async () => { await navigator.serviceWorker.ready; }"
HUMAN = 45
"""Milliseconds a key of somebody who types 220 characters a minute and more: what practised thumbs do."""


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign("Vakbeurs Bouw")


@pytest.fixture
def marketer() -> User:
    return make_user(Role.MARKETER)


@pytest.fixture
def phone(own_browser: Browser, live_server: LiveServer, campaign: Campaign, marketer: User) -> Page:
    """The stand, opened by somebody who logged in, on a phone that holds the page from now on."""
    context = own_browser.new_context(base_url=live_server.url, viewport=PHONE, locale="en", has_touch=True)
    page = context.new_page()
    page.goto(f"/accounts/login/?next=/campaigns/{campaign.pk}/stand/")
    page.fill("#id_login", marketer.email)
    page.fill("#id_password", "correct horse")
    page.click("button.btn.main")
    page.wait_for_selector("form[data-is-ready]")
    page.evaluate(KEEPS)
    expect(page.get_by_text("All sent")).to_be_visible()
    return page


def write(page: Page, name: str, **said: str) -> None:
    page.get_by_label("Name").fill(name)
    for label, text in said.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Save, and the next").click()
    expect(page.locator("[data-saved]")).to_have_text(f"{name} is written down.")


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("form[data-is-ready]")


def arrived() -> list[str]:
    return [one.payload["full_name"] for one in Intake.objects.order_by("pk")]


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]]


def test_all_arrive_once_and_in_order_whatever_happens_in_between(phone: Page, campaign: Campaign) -> None:
    context = phone.context
    names = [f"Visitor {n:02}" for n in range(50)]
    context.set_offline(True)
    for n, name in enumerate(names[:20]):
        write(phone, name)
        if n % 10 == 9:
            reload(phone)
    expect(phone.locator("[data-count]")).to_have_text("20")
    assert (arrived(), faults(phone)) == ([], [])
    Session.objects.all().delete()
    phone.close()
    phone = context.new_page()
    phone.goto(f"/campaigns/{campaign.pk}/stand/")
    for name in names[20:40]:
        write(phone, name)
    lose_an_answer(phone)
    context.set_offline(False)
    expect(phone.get_by_text("No network, waiting:")).to_be_visible()
    for name in names[40:]:
        write(phone, name)
    expect(phone.get_by_text("All sent")).to_be_visible(timeout=15_000)
    assert arrived() == names
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.judge_next(at=timezone.now())
    assert (Lead.objects.count(), StandEntry.objects.count(), conservation.run(timezone.now()).leaks) == (50, 50, 0)


def lose_an_answer(page: Page) -> None:
    """Have the first request reach the server, and its answer get lost."""

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/stand/entries/", lost, times=1)
