"""What every journey in a browser counts on: the browser of this machine, and Django's leave to be used beside it."""

import os
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import Browser

from tests import browser
from tests.journeys import axe

# Playwright runs an event loop in the tests' own thread; the database is still used from one thread at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying why, where there is no browser."""
    if browser.find() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=browser.MISSING))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the browser that is there; as root it has no sandbox."""
    return {"executable_path": browser.find(), "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


@pytest.fixture
def own_browser(browser: Browser) -> Iterator[Browser]:
    """The browser; what a test opened in it is closed after it, and with it the server's connections."""
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture(autouse=True)
def _kept_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a browser keep static files for as long as it lives, as it does of an installation: else it asks for each anew.

    One more of them is axe.
    """
    serve = StaticFilesHandler.serve

    def kept(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        is_axe = request.path == axe.ADDRESS
        answer: HttpResponseBase = FileResponse(axe.FILE.open("rb")) if is_axe else serve(handler, request)
        answer.headers["Cache-Control"] = "max-age=315360000, immutable"
        return answer

    monkeypatch.setattr(StaticFilesHandler, "serve", kept)
