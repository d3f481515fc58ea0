"""The first visitor follows the link from the console and becomes the administrator."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from leadops import welcome
from leadops.accounts.models import User


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_first_visitor_becomes_the_administrator(page: Page, live_server: LiveServer) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    link = welcome.link(live_server.url)
    page.goto(link)
    page.get_by_label("Name").fill("Anna de Boer")
    page.get_by_label("Email address").fill("anna@haven.example")
    page.get_by_label("Password").fill("een lang wachtwoord 7")
    assert complaints == []
    page.get_by_role("button", name="Make me the administrator").click()
    page.wait_for_url(f"{live_server.url}/**")
    assert list(User.objects.values_list("email", "is_superuser")) == [("anna@haven.example", True)]
    page.goto(link)
    assert page.get_by_role("heading").inner_text() == "This link is no longer good"
