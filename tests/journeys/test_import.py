"""In a browser: a file with mistakes is put right where it is shown, kept as a template, and comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from leadops.accounts.roles import Role
from leads import tasks
from leads.models import Contact, MappingTemplate
from tests.factories import make_user, queue_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
FILE = (
    "Naam;E-mail;Land\n"
    "Anna de Wit;anna@gmial.com;Lage Landen\n"
    "Bob Zwart;bob@hotmial.com;België\n"
    "Cor Groen;cor@groen,example;Lage Landen\n"
    "Dirk Geel;dirk@geel.example;België;Gent\n"
)


def test_a_file_is_put_right_kept_as_a_template_and_imported(
    page: Page, live_server: LiveServer, client: Client, tmp_path: Path
) -> None:
    queue_of("to_qualify")
    client.force_login(make_user(Role.MARKETER))
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    (tmp_path / "people.csv").write_text(FILE)
    page.goto(f"{live_server.url}/imports/new/")
    page.set_input_files("#id_file", tmp_path / "people.csv")
    page.get_by_role("button", name="Read the columns").click()
    tally = page.locator(".tally")
    expect(tally).to_contain_text("2 to correct")
    page.get_by_role("button", name="All alike anna@gmial.com").click()
    expect(page.locator(".put-right")).to_contain_text("1")
    page.get_by_label("What line 4 ought to say").first.fill("cor@green.example")
    page.get_by_label("What line 4 ought to say").first.press("Enter")
    expect(tally).to_contain_text("1 to correct")
    expect(page.locator(".put-right")).to_contain_text("2")
    line = page.get_by_label("What line 5 ought to say")
    line.fill("Dirk Geel;dirk@geel.example;België")
    line.press("Control+Enter")
    expect(page.locator(".put-right")).to_contain_text("3")
    expect(tally).not_to_contain_text("to correct")
    page.get_by_label("What “Lage Landen” means").fill("Nederland")
    page.get_by_label("What “Lage Landen” means").press("Enter")
    expect(tally).to_contain_text("4 ready")
    page.reload()
    expect(page.get_by_label("What “Lage Landen” means")).to_have_value("Nederland")
    expect(tally).to_contain_text("4 ready")
    page.fill("#template-name", "Scanner")
    page.press("#template-name", "Enter")
    expect(page.get_by_text("Kept as the template “Scanner”.")).to_be_visible()
    page.get_by_role("button", name="See what each row will do").click()
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/imports/*/")
    tasks.import_files()
    assert list(Contact.objects.order_by("pk").values_list("email_key", "country")) == [
        ("anna@gmail.com", "NL"),
        ("bob@hotmail.com", "BE"),
        ("cor@green.example", "NL"),
        ("dirk@geel.example", "BE"),
    ]
    assert (MappingTemplate.objects.get().name, said) == ("Scanner", [])
