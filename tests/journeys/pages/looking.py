"""How does somebody look at a page? In a browser, logged in, in light and dark, on a desk and on a phone."""

from __future__ import annotations

import os

from playwright.sync_api import Browser, Page, Response

from leadops.accounts.models import User
from tests.journeys.axe import COLOURS, EVERY_RULE, faults

IS_WHOLE = os.environ.get("LEADOPS_WALK") == "whole"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# Parts that come after the page replace what asked for them.
WHOLE = """() => document.readyState === "complete" && !document.querySelector('.htmx-request, [hx-trigger="load"]')"""


def entered(browser: Browser, site: str, user: User | None) -> Page:
    """A page of the site, in English and on a desk; `user` is logged in."""
    context = browser.new_context(base_url=site, locale="en", viewport=WIDE, reduced_motion="reduce")
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
