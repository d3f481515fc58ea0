"""A visitor fills in a form at its own address, and in a frame of somebody's site without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, FrameLocator, Page
from pytest_django.live_server_helper import LiveServer

from leads.models import CaptureForm, FormEntry, Intake
from leads.public import tickets

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch) -> CaptureForm:
    monkeypatch.setattr(tickets, "QUICKEST", timedelta())
    asked = [{"field": name, "label": "", "is_required": True} for name in ("full_name", "email")]
    given = {"name": "Quotation", "fields": asked, "email_wording": "May we mail you?"}
    return CaptureForm.objects.create(**given, created_at=timezone.now())


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]]


def fill(page: Page | FrameLocator, email: str) -> None:
    page.get_by_label("Full name").fill("Anna de Wit")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send").click()


def test_at_its_own_address_with_a_mistake_put_right(
    own_browser: Browser, live_server: LiveServer, form: CaptureForm
) -> None:
    page = own_browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"/f/{form.key}/?utm_source=ads")
    assert faults(page) == []
    fill(page, "anna")
    page.get_by_text("Something is missing").wait_for()
    assert (page.get_by_label("Full name").input_value(), faults(page)) == ("Anna de Wit", [])
    page.wait_for_function("document.querySelector('[name=proof]').value !== ''")
    page.get_by_label("May we mail you?").check()
    fill(page, "anna@wit.example")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert (faults(page), page.context.cookies()) == ([], [])
    assert (Intake.objects.get().payload["utm_source"], FormEntry.objects.get().wordings) == (
        "ads",
        {"email": "May we mail you?"},
    )


@pytest.fixture
def site() -> Iterator[str]:
    """A site elsewhere, whose page shows whatever frame `/<address>` asks for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Site(BaseHTTPRequestHandler):
    """Answers with a frame."""

    def do_GET(self) -> None:
        framed = parse_qs(urlsplit(self.path).query).get("framed", [""])[0]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<iframe src="{framed}" referrerpolicy="no-referrer-when-downgrade"></iframe>'.encode())

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


def test_in_a_frame_of_a_site_without_scripts(
    own_browser: Browser, live_server: LiveServer, form: CaptureForm, site: str
) -> None:
    CaptureForm.objects.update(origins=[site])
    page = own_browser.new_context(java_script_enabled=False).new_page()
    address = f"{site}/offer?utm_campaign=spring&framed={live_server.url}/f/{form.key}/"
    page.goto(address)
    frame = page.frame_locator("iframe")
    fill(frame, "anna@wit.example")
    frame.get_by_role("heading", name="Thank you").wait_for()
    told = Intake.objects.get().payload
    assert (told["landing_page"], told["utm_campaign"]) == (address, "spring")
