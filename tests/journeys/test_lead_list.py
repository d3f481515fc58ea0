"""In a browser: a list is narrowed row by row, kept as a view, and all of it gets a tag, which is taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.roles import Role
from leads import tasks
from leads.models import Contact, SavedView
from tests.factories import make_lead, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def tagged() -> list[str]:
    return sorted(Contact.objects.filter(tags=["fair"]).values_list("last_name", flat=True))


def test_a_list_is_built_kept_and_acted_on(page: Page, live_server: LiveServer, client: Client) -> None:
    for name, city in (("Bos", "Utrecht"), ("Vos", "Gent"), ("Smit", "Utrecht")):
        make_lead(last_name=name, city=city)
    client.force_login(make_user(Role.MARKETER))
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/leads/")
    rows = page.locator(".lead-table tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_role("link", name="Condition").click()
    page.locator("#condition [id='n.0.field']").select_option("contact.city")
    page.locator("#condition [id='n.0.operator']").select_option("is_any_of")
    page.locator("#condition [id='n.0.lines']").fill("utrecht\nDelft")
    page.get_by_role("button", name="Show the leads").last.click()
    expect(page.locator(".banner")).to_have_text("City is utrecht or Delft")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Keep as a view").click()
    page.fill("#id_name", "Near")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".view-chips [aria-current]")).to_have_text("Near")
    page.locator("[data-all]").check()
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.get_by_role("button", name="Go on").click()
    page.fill("#id_tag", "fair")
    page.get_by_role("button", name="Give a tag").click()
    page.wait_for_url("**/leads/acts/*/")
    tasks.run_errands()
    expect(page.locator(".figure-said")).to_have_text("2 leads changed")
    assert (tagged(), SavedView.objects.get().name) == (["Bos", "Smit"], "Near")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("progress")).to_be_visible()
    tasks.run_errands()
    expect(page.locator("main .banner")).to_contain_text("Taken back by")
    assert (tagged(), said) == ([], [])
