"""axe finds nothing on pages that have nothing to show yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.roles import Role
from tests.factories import make_user
from tests.journeys.pages.company import NOW
from tests.journeys.pages.looking import entered, looked_at, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER])
def test_empty_pages_are_accessible(own_browser: Browser, live_server: LiveServer, role: Role) -> None:
    page = entered(own_browser, live_server.url, make_user(role))
    wrong = {}
    for address in ("/", "/leads/", "/definition/", "/reports/black-hole/", "/reports/follow-up/", "/imports/"):
        answer = opened(page, address)
        if answer is None or answer.status == 403:
            continue
        wrong[address] = looked_at(page)
    assert {address: found for address, found in wrong.items() if found} == {}
