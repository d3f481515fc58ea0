"""At a stand with a browser whose network comes and goes: all who were written down arrive, once and in their order."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import conservation, intake
from leads.models import Campaign, Intake, Lead, Queue, StandDevice, StandEntry
from leads.stand import devices
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
KEY = 60 / 260
"""Seconds a key takes people on average: 52 words a minute."""
CARD = (
    "BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nN:de Wit;Anna;;;\\r\\nFN:Anna de Wit\\r\\nORG:Wit Bouw B.V.;Inkoop\\r\\n"
    "TITLE:Inkoper\\\\; hoofd\\r\\nTEL;TYPE=WORK:+31205550124\\r\\nTEL;TYPE=CELL:+31612345678\\r\\n"
    "EMAIL:anna@wit.\\r\\n example\\r\\nEND:VCARD"
)
CAMERA = f"""
  globalThis.BarcodeDetector = class {{ detect() {{ return Promise.resolve([{{ rawValue: "{CARD}" }}]); }} }};
  navigator.mediaDevices.getUserMedia = async () => {{
    const canvas = Object.assign(document.createElement("canvas"), {{ width: 4, height: 3 }});
    canvas.getContext("2d").fillRect(0, 0, 4, 3);
    return canvas.captureStream(5);
  }};
"""
WRITE = """async (names) => {
  const sheet = document.querySelector("form[data-campaign]"), told = document.querySelector("[data-saved]");
  for (const name of names) {
    sheet.elements.full_name.value = name;
    sheet.requestSubmit();
    while (!told.textContent.endsWith(name)) await new Promise((done) => setTimeout(done, 5));
  }
}"""


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


def write(page: Page, name: str, *, saving: str = "Save, and the next", **said: str) -> None:
    page.get_by_label("Name").fill(name)
    for label, text in said.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name=saving).click()
    expect(page.locator("[data-saved]")).to_have_text(f"Written down: {name}")


def write_all(page: Page, names: list[str]) -> None:
    """Write down one after another, as fast as the page takes them."""
    page.evaluate(WRITE, names)


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("form[data-is-ready]")


def open_again(page: Page, campaign: Campaign) -> None:
    page.goto(f"/campaigns/{campaign.pk}/stand/")
    page.wait_for_selector("form[data-is-ready]")


def arrived() -> list[str]:
    return [one.payload["full_name"] for one in Intake.objects.order_by("pk")]


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]]


def lose_an_answer(page: Page) -> None:
    """Have the first request reach the server, and its answer get lost."""

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/stand/entries/", lost, times=1)


def test_all_arrive_once_and_in_order_whatever_happens_in_between(phone: Page, campaign: Campaign) -> None:
    context = phone.context
    names = [f"Visitor {n:02}" for n in range(50)]
    context.set_offline(True)
    write_all(phone, names[:15])
    reload(phone)
    write_all(phone, names[15:20])
    expect(phone.locator("[data-count]")).to_have_text("20")
    assert arrived() == []
    Session.objects.all().delete()
    phone.close()
    phone = context.new_page()
    open_again(phone, campaign)
    write_all(phone, names[20:40])
    lose_an_answer(phone)
    context.set_offline(False)
    write_all(phone, names[40:])
    expect(phone.get_by_text("All sent")).to_be_visible(timeout=15_000)
    assert arrived() == names
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.judge_next(at=timezone.now())
    assert (Lead.objects.count(), StandEntry.objects.count(), conservation.run(timezone.now()).leaks) == (50, 50, 0)


def correct(page: Page, name: str) -> None:
    """Take up who waits, and look until they stand in the form."""
    page.get_by_role("button", name=f"Correct: {name}").click()
    expect(page.get_by_label("Name")).to_have_value(name)


def test_what_waits_is_put_right_and_a_device_that_is_shut_out_keeps_it(phone: Page) -> None:
    assert seconds_for_one(phone) < 10
    scan(phone)
    phone.context.set_offline(True)
    write(phone, "Bas", Email="bas@bouw.onion")
    write(phone, "Cas", Phone="020 555 01 24")
    correct(phone, "Cas")
    write(phone, "Cas Smit", saving="Save")
    phone.get_by_label("Name").fill("Half a na")
    reload(phone)
    expect(phone.get_by_label("Name")).to_have_value("Half a na")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Not sent:")).to_be_visible()
    assert (arrived(), faults(phone)) == (["Anna de Wit", "Cas Smit"], [])
    expect(phone.locator("[data-list]")).to_contain_text("Addresses that end in .onion cannot be reached")
    devices.revoke(StandDevice.objects.all(), at=timezone.now())
    correct(phone, "Bas")
    write(phone, "Bas", saving="Save", Email="bas@bouw.example")
    expect(phone.get_by_text("This device may not send")).to_be_visible()
    phone.get_by_role("link", name="Log in again").click()
    phone.fill("#id_password", "correct horse")
    phone.click("main button[type=submit]")
    expect(phone.get_by_text("All sent")).to_be_visible()
    assert arrived() == ["Anna de Wit", "Cas Smit", "Bas"]


def test_who_is_saved_twice_in_a_moment_is_stored_once(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_label("Name").fill("Anna de Wit")
    phone.evaluate("() => [1, 2].forEach(() => document.querySelector('form[data-campaign]').requestSubmit())")
    expect(phone.locator("[data-saved]")).to_have_text("Written down: Anna de Wit")
    write(phone, "Bas")
    expect(phone.locator("[data-count]")).to_have_text("2")
    phone.context.set_offline(False)
    expect(phone.get_by_text("All sent")).to_be_visible(timeout=15_000)
    assert arrived() == ["Anna de Wit", "Bas"]


FULL = """
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (value) {
    if (this.name === "visits") throw new DOMException("", "QuotaExceededError");
    return add.call(this, value);
  };
"""


def test_a_device_that_can_keep_nothing_sends_the_page_each_time_anew(phone: Page) -> None:
    phone.add_init_script(FULL)
    reload(phone)
    for name in ("Anna", "Bas"):
        phone.get_by_label("Name").fill(name)
        phone.get_by_role("button", name="Save, and the next").click()
        phone.wait_for_url("**/stand/")
        expect(phone.locator("[data-saved]")).to_have_text("Written down")
        expect(phone.get_by_label("Name")).to_have_value("")
    assert ([one.said["full_name"] for one in StandEntry.objects.order_by("pk")], arrived()) == (["Anna", "Bas"],) * 2


def seconds_for_one(page: Page) -> float:
    """How long one visitor takes by keyboard, reckoned for the speed of people: the keys, and what the page adds."""
    texts = ("Anna de Wit", "Wit Bouw", "a@wit.example")
    began = time.monotonic()
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    for key in ("Tab", "Space", "Control+Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-saved]")).to_have_text("Written down: Anna de Wit")
    spent = time.monotonic() - began + (sum(map(len, texts)) + len(texts) + 4) * KEY
    expect(page.get_by_text("All sent")).to_be_visible()
    assert [(one.temperature, one.said["organisation"]) for one in StandEntry.objects.all()] == [("hot", "Wit Bouw")]
    return spent


def scan(page: Page) -> None:
    """Hold a card before the camera: what was typed stays, the rest is filled in."""
    page.add_init_script(CAMERA)
    reload(page)
    page.get_by_label("Company").fill("Wit Bouw")
    page.get_by_role("button", name="Scan a card").click()
    expect(page.get_by_label("Name")).to_have_value("Anna de Wit")
    assert [page.get_by_label(label).input_value() for label in ("Company", "Email", "Phone", "Job title")] == [
        "Wit Bouw",
        "anna@wit.example",
        "+31612345678",
        "Inkoper; hoofd",
    ]
