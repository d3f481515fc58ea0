"""The pages everybody sees: logging in, faults, and no script or style in any of them."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from tests.factories import make_user
from tests.pages import INLINE

pytestmark = pytest.mark.django_db

ENTRANCE = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
OWN = ["/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]
FAULTS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


@pytest.mark.parametrize("address", ENTRANCE)
def test_a_visitor_can_get_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])


@pytest.mark.parametrize("address", OWN)
def test_a_user_can_look_after_their_account(client: Client, address: str) -> None:
    client.force_login(make_user(Role.HUNTER))
    answer = client.get(address)
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])


def test_a_wrong_password_is_told_in_the_form(client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "nobody@leadops.example", "password": "wrong"})
    assert (answer.status_code, answer.text.count('class="form-errors"')) == (200, 1)


@pytest.mark.parametrize("template", FAULTS)
def test_faults_need_no_request(template: str) -> None:
    page = render_to_string(template)
    assert (page.count("<h1>"), INLINE.findall(page)) == (1, [])


def test_an_unknown_page_is_ours(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert (answer.status_code, answer.templates[0].name) == (404, "404.html")


@pytest.mark.parametrize(("cookie", "attribute"), [("dark", 1), ("light", 1), ("system", 0), ('"><script>', 0)])
def test_the_theme_is_in_the_first_byte(client: Client, cookie: str, attribute: int) -> None:
    client.cookies["leadops_theme"] = cookie
    assert client.get("/accounts/login/").text.count(f'data-theme="{cookie}"') == attribute


def test_nobody_makes_an_account_of_their_own(client: Client) -> None:
    answer = client.get("/accounts/signup/")
    assert (answer.status_code, answer.templates[0].name, INLINE.findall(answer.text)) == (
        200,
        "account/signup_closed.html",
        [],
    )
    said = {"email": "me@leadops.example", "password1": "a Long one 77", "password2": "a Long one 77"}
    client.post("/accounts/signup/", said)
    assert User.objects.count() == 0
