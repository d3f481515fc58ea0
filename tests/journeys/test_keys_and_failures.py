"""In a browser: single keys press what names them, and a request that fails says so."""

from __future__ import annotations

from itertools import product

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.axe import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.journeys.test_keys_and_failures"),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

PAGE = """{% extends "base.html" %}{% block main %}
<h1>Trial</h1>
<button id="broken" data-key="b" hx-get="/broken/">Broken <kbd aria-hidden="true">B</kbd></button>
<button id="taken" data-key="t" hx-get="/taken/">Taken</button>
<button id="told" data-key="f" hx-get="/told/" hx-target="#there">Told</button>
<p id="there"></p><label>Note <input id="note" data-key="n"></label>
{% endblock %}"""


def trial(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(PAGE).render(RequestContext(request)))


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


def taken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sanne has this lead.", status=409, content_type="text/plain")


def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<b>Sanne was first</b>", status=409)


urlpatterns = [
    path("trial/", trial),
    path("broken/", broken),
    path("taken/", taken),
    path("told/", told),
    path("", include("leadops.urls")),
]


@pytest.fixture
def at_trial(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server.url}/trial/")
    return page


@pytest.mark.parametrize(("key", "words"), [("b", "Something went wrong on our side"), ("t", "Sanne has this lead.")])
def test_a_failing_request_says_so(at_trial: Page, key: str, words: str) -> None:
    at_trial.keyboard.press(key)
    expect(at_trial.locator("#failure p")).to_contain_text(words)
    at_trial.click("#failure [data-dismiss]")
    expect(at_trial.locator("#failure")).to_be_hidden()


def test_a_refusal_with_its_own_page_takes_its_place(at_trial: Page) -> None:
    at_trial.keyboard.press("f")
    expect(at_trial.locator("#there")).to_have_text("Sanne was first")
    expect(at_trial.locator("#failure")).to_be_hidden()


def test_without_a_connection_it_says_so(at_trial: Page) -> None:
    at_trial.context.set_offline(True)
    at_trial.keyboard.press("b")
    expect(at_trial.locator("#failure p")).to_contain_text("No connection")


def test_keys_rest_while_somebody_types(at_trial: Page) -> None:
    at_trial.keyboard.press("n")
    at_trial.keyboard.type("b?t")
    expect(at_trial.locator("#note")).to_have_value("b?t")
    expect(at_trial.locator("#failure")).to_be_hidden()
    at_trial.keyboard.press("Escape")
    at_trial.keyboard.press("Control+b")
    expect(at_trial.locator("#failure")).to_be_hidden()


def test_the_map_lists_the_keys_and_can_switch_them_off(at_trial: Page) -> None:
    at_trial.keyboard.press("?")
    expect(at_trial.locator(".key-map li")).to_have_text(["BrokenB", "TakenT", "ToldF", "NoteN"])
    at_trial.uncheck("#keys-on")
    at_trial.keyboard.press("Escape")
    at_trial.keyboard.press("f")
    expect(at_trial.locator("#there")).to_be_empty()


@pytest.mark.parametrize("address", ["/trial/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
def test_anybody_can_use_the_page(page: Page, live_server: LiveServer, address: str) -> None:
    wrong = {}
    for scheme, width in product(("light", "dark"), (390, 1440)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{live_server.url}{address}")
        wrong[scheme, width] = faults(page, {})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0, (scheme, width)
    assert {how: found for how, found in wrong.items() if found} == {}
