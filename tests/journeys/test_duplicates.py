"""In a browser: pairs are gone through by keyboard, each swapped in where the last one stood, and a merge is taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.roles import Role
from leads import duplicates
from leads.models import Contact, DuplicatePair
from tests.factories import make_contact, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def make_pair(name: str) -> DuplicatePair:
    known = {
        "first_name": "Jan",
        "last_name": name,
        "name_key": f"jan {name.lower()}",
        "email": f"{name}@firma.example",
    }
    one, _other = make_contact(job_title="CIO", **known), make_contact(job_title="CEO", **known)
    return duplicates.keep_around([one.pk], at=timezone.now()).get()


def test_pairs_are_decided_by_keyboard(page: Page, live_server: LiveServer, client: Client) -> None:
    first, second, third = (make_pair(name) for name in ("Bos", "Vos", "Smit"))
    client.force_login(make_user(Role.MARKETER))
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    page.goto(f"{live_server.url}/duplicates/")
    shown = page.locator(".beside thead th a").first
    expect(shown).to_have_text("Jan Bos")
    page.keyboard.press("j")
    expect(shown).to_have_text("Jan Vos")
    page.keyboard.press("d")
    expect(shown).to_have_text("Jan Smit")
    page.keyboard.press("k")
    expect(shown).to_have_text("Jan Bos")
    page.keyboard.press("2")
    expect(page.locator("[data-key='2']")).to_have_attribute("aria-current", "true")
    page.check("#of-job_title-left")
    expect(page.locator("td.wins", has=page.locator("#of-job_title-left"))).to_have_count(1)
    page.keyboard.press("Enter")
    expect(shown).to_have_text("Jan Smit")
    kept = Contact.objects.get(pk=first.right_id)
    assert (kept.job_title, Contact.objects.get(pk=first.left_id).merged_into) == ("CIO", kept)
    page.wait_for_url(f"**/duplicates/{third.pk}/")
    page.keyboard.press("u")
    page.wait_for_url(f"**/duplicates/{first.pk}/")
    expect(shown).to_have_text("Jan Bos")
    assert Contact.objects.get(pk=first.right_id).job_title == "CEO"
    decided = DuplicatePair.objects.order_by("pk").values_list("pk", "decision")
    assert list(decided) == [(first.pk, ""), (second.pk, "different"), (third.pk, "")]
