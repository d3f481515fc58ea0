"""Language, time zone and theme, as each reader wants them."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone, translation

from leadops.accounts.models import User
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.leadops.test_preferences")]


def tell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{translation.get_language()} {timezone.get_current_timezone_name()}")


urlpatterns = [path("tell/", tell), path("", include("leadops.preferences"))]


def logged_in(client: Client, **fields: str) -> User:
    user = make_user(**fields)
    client.force_login(user)
    return user


def test_pages_are_in_the_readers_language_and_zone(client: Client) -> None:
    logged_in(client, language="nl", time_zone="Europe/Lisbon")
    answer = client.get("/tell/")
    assert (answer.content, answer.headers["Content-Language"]) == (b"nl Europe/Lisbon", "nl")
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_visitor_gets_the_browsers_language(client: Client) -> None:
    assert client.get("/tell/", headers={"Accept-Language": "nl"}).content == b"nl UTC"


def test_language_is_kept_with_the_user_and_the_browser(client: Client) -> None:
    user = logged_in(client, language="en")
    answer = client.post("/preferences/language/", {"language": "nl", "next": "/tell/"})
    user.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"], user.language) == (302, "/tell/", "nl")
    assert client.get("/tell/").content == b"nl Europe/Amsterdam"
    client.logout()
    client.cookies["leadops_language"] = "nl"
    assert client.get("/tell/").content == b"nl UTC"


def test_theme_is_kept_in_a_cookie(client: Client) -> None:
    answer = client.post("/preferences/theme/", {"theme": "dark", "next": "/tell/"})
    assert (answer.headers["Location"], answer.cookies["leadops_theme"].value) == ("/tell/", "dark")


@pytest.mark.parametrize("chosen", [{}, {"theme": "purple"}])
def test_an_unknown_theme_is_refused(client: Client, chosen: dict[str, str]) -> None:
    assert client.post("/preferences/theme/", chosen).status_code == 400


def test_an_unknown_language_is_refused(client: Client) -> None:
    user = logged_in(client, language="nl")
    assert client.post("/preferences/language/", {"language": "xx"}).status_code == 400
    user.refresh_from_db()
    assert user.language == "nl"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_this_site(client: Client, elsewhere: str) -> None:
    answer = client.post("/preferences/theme/", {"theme": "dark", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_looking_changes_nothing(client: Client) -> None:
    assert client.get("/preferences/theme/").status_code == 405
    assert client.get("/preferences/language/").status_code == 405


@pytest.mark.urls("leadops.urls")
def test_another_site_cannot_change_them() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/preferences/theme/", {"theme": "dark"}).status_code == 403
