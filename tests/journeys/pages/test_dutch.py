"""Is every page Dutch for a Dutch reader? Words that are the same in both languages are either data or named here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import polib
import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from leadops.accounts import notifying
from leadops.accounts.models import User
from leadops.administration.forms import zones
from leadops.environment import BASE_DIR
from leads import lifecycle
from tests.journeys.pages.addresses import EVERYBODY, NO_PAGE, names, pages
from tests.journeys.pages.company import FILE, HISTORY, NOW, Company, make_company

pytestmark = pytest.mark.django_db

READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "data-key-label")
DATA = re.compile(
    r"[\u0370-\u03ff\u1f00-\u1fff]|\.example|user\d|^wk \d+: |^[a-z]+:(read|write)$|^[A-Z]{3}$|nikos at thita"
)
# Names, marks, units and keys that are no words of a language.
NAMED = frozenset({
    "LeadOps", "NL", "EN", "CSV", "XLSX", "XLS", "ODS", "Excel", "Apache-2.0", "wk", "Esc", "↵", "EUR", "USD", "GBP",
    "CHF", "UTF-8", "Europe/Amsterdam", "Hunters", "Tel", "Farmers", "English", "Nederlands", "min", "is", *FILE[0], *HISTORY[0],
    *(city for _zone, city in zones()),
})  # fmt: skip
NUMBERS = re.compile(r"\s*\d+([.,:-]\d+)*\s*")
LETTERS = re.compile(r"[A-Za-z]{2,}")


class Words(HTMLParser):
    """The texts that somebody sees or hears on a page, save what says itself that it is English."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.hidden, self.hider = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden:
            self.hidden += tag == self.hider
        elif tag in ("script", "style") or (tag in ("article", "span") and ("lang", "en") in attrs):
            self.hidden, self.hider = 1, tag
        for name, value in attrs:
            if name in READ_ALOUD and value and not self.hidden:
                self.add(value)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= self.hidden > 0 and tag == self.hider

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.add(data)

    def add(self, text: str) -> None:
        text = " ".join(text.split()).removesuffix(" · LeadOps").strip(" ·,.:;()%\N{EN DASH}-…→")
        if text and LETTERS.search(text):
            self.found.add(text)


def words(page: str) -> set[str]:
    parser = Words()
    parser.feed(page)
    return parser.found


@cache
def the_same() -> set[str]:
    """What the catalogue itself says is the same in Dutch."""
    entries = polib.pofile(str(BASE_DIR / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    same = {entry.msgid for entry in entries if entry.msgid == entry.msgstr}
    return same | {text.lower() for text in same}


def english(dutch: str, original: str) -> set[str]:
    """The texts of a Dutch page that stand on the English one too, and are neither data nor named."""
    both, same = words(dutch) & words(original), NAMED | the_same()
    return {text for text in both if not DATA.search(text) and NUMBERS.sub("", text) not in same}


@pytest.fixture
def company() -> Iterator[Company]:
    with time_machine.travel(NOW, tick=False), lifecycle.history():
        yield make_company()


def reading(user: User | None, language: str) -> Client:
    """A browser of somebody who reads this language."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if user:
        client.force_login(user)
        User.objects.filter(pk=user.pk).update(language=language)
    return client


def rendered(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.text


def left_english(company: Company, role: str) -> dict[str, set[str]]:
    """The English texts on each page that a role opens."""
    opened = [address for _name, address, roles in pages(company) if role in (roles or ("",))]
    said: dict[str, list[str]] = {}
    for language in ("nl", "en"):
        client = reading(company.people.get(role), language)
        said[language] = [rendered(client, address) for address in opened]
    found = {address: english(*both) for address, *both in zip(opened, said["nl"], said["en"], strict=True)}
    return {address: texts for address, texts in found.items() if texts}


def test_every_page_is_dutch_for_a_dutch_reader(company: Company) -> None:
    left = {role: left_english(company, role) for role in ("", *EVERYBODY)}
    assert {role: pages for role, pages in left.items() if pages} == {}


def test_every_address_is_a_page_or_named_as_none(company: Company) -> None:
    assert names() == {name for name, _address, _roles in pages(company)} | NO_PAGE


def test_every_mail_is_dutch_for_a_dutch_reader(company: Company) -> None:
    texts: dict[str, list[str]] = {}
    for language in ("nl", "en"):
        mail.outbox.clear()
        User.objects.update(language=language)
        company.people["hunter"].notices.model.objects.update(sent_at=None)
        assert notifying.send(timezone.now()) > 0
        texts[language] = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    lines = [{line.strip() for text in texts[language] for line in text.splitlines()} for language in ("nl", "en")]
    said = {line for line in lines[0] & lines[1] if LETTERS.search(line) and not line.startswith("http")}
    assert said == set()
