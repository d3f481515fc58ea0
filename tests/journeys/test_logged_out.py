"""In a browser: what was chosen when the log-in had run out is there again after logging in, and nothing was done by it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from handoff.models import FollowUp
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import hooks
from leads.calling import scripts
from leads.models import BulkAct, CallList, CaptureForm, Hook, Suppression
from tests.factories import make_campaign, make_lead, make_user, queue_of
from tests.handoff.factories import make_own, make_rep

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
FILE = "Naam;E-mail;Plaats\nAnna de Wit;anna@wit.example;Ede\nBob Zwart;bob@zwart.example;Delft\n"


@pytest.fixture
def marketer(page: Page, live_server: LiveServer) -> User:
    user = make_user(Role.MARKETER)
    page.goto(f"{live_server.url}/accounts/login/")
    log_in(page, user)
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    return user


def log_in(page: Page, user: User) -> None:
    page.fill("#id_login", user.email)
    page.fill("#id_password", "correct horse")
    page.get_by_role("button", name="Log in", exact=True).click()


def run_out() -> None:
    Session.objects.all().delete()


def test_columns_of_a_file(page: Page, live_server: LiveServer, marketer: User, tmp_path: Path) -> None:
    queue_of("to_qualify")
    (tmp_path / "people.csv").write_text(FILE)
    page.goto(f"{live_server.url}/imports/new/")
    page.set_input_files("#id_file", tmp_path / "people.csv")
    page.get_by_role("button", name="Read the columns").click()
    with page.expect_response("**/columns/"):
        page.locator("#column-0").select_option("last_name")
    run_out()
    page.locator("#column-2").select_option("region")
    log_in(page, marketer)
    page.wait_for_url("**/columns/")
    expect(page.locator("#column-2")).to_have_value("region")
    expect(page.locator("#column-0")).to_have_value("last_name")
    run_out()
    page.get_by_role("button", name="See what each row will do").click()
    log_in(page, marketer)
    expect(page.locator("#column-2")).to_have_value("region")
    page.get_by_role("link", name="Other file").click()
    page.go_back()
    page.get_by_role("button", name="See what each row will do").click()
    expect(page.get_by_role("heading", name="What each row will do")).to_be_visible()


def test_a_condition(page: Page, live_server: LiveServer, marketer: User) -> None:
    page.goto(f"{live_server.url}/leads/condition/")
    page.locator("#condition [id='n.0.field']").select_option("contact.city")
    page.locator("#condition [id='n.0.operator']").select_option("is_any_of")
    page.locator("#condition [id='n.0.lines']").fill("Utrecht\nDelft")
    run_out()
    page.get_by_role("button", name="Show the leads").last.click()
    log_in(page, marketer)
    expect(page.locator("#condition [id='n.0.lines']")).to_have_value("Utrecht\nDelft")
    page.get_by_role("button", name="Show the leads").last.click()
    expect(page.locator(".banner")).to_have_text("City is Utrecht or Delft")


def test_an_act_on_many_leads(page: Page, live_server: LiveServer, marketer: User) -> None:
    lead = make_lead()
    page.goto(f"{live_server.url}/leads/acts/new/?which=chosen&lead={lead.pk}&act=tag")
    page.fill("#id_tag", "fair")
    run_out()
    page.get_by_role("button", name="Give a tag").click()
    log_in(page, marketer)
    expect(page.locator("#id_tag")).to_have_value("fair")
    assert not BulkAct.objects.exists()
    page.get_by_role("button", name="Give a tag").click()
    page.wait_for_url("**/leads/acts/*/")
    assert BulkAct.objects.get().options == {"tag": "fair"}


def test_somebody_else_does_not_get_it(page: Page, live_server: LiveServer, marketer: User) -> None:
    lead, other = make_lead(), make_user(Role.ADMIN)
    page.goto(f"{live_server.url}/leads/acts/new/?which=chosen&lead={lead.pk}&act=tag")
    page.fill("#id_tag", "fair")
    run_out()
    page.get_by_role("button", name="Give a tag").click()
    log_in(page, other)
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    assert page.evaluate("sessionStorage.getItem('leadops-kept')") is None
    expect(page.locator("#id_tag")).to_have_count(0)


def test_what_came_of_a_call(page: Page, live_server: LiveServer) -> None:
    rep = make_rep()
    lead = make_own(rep, at=timezone.now(), next_step_at=timezone.now() + timedelta(hours=1), phone_e164="+31205550124")
    page.goto(f"{live_server.url}/accounts/login/?next=/queue/{lead.pk}/")
    log_in(page, rep)
    page.locator("input[name=disposition][value=voicemail]").check(force=True)
    page.fill("#note", "Asked to ring after four")
    run_out()
    page.get_by_role("button", name="Save, next").click()
    log_in(page, rep)
    expect(page.locator("#note")).to_have_value("Asked to ring after four")
    expect(page.locator("input[name=disposition][value=voicemail]")).to_be_checked()
    expect(page.locator("#failure p")).to_have_text(
        "You had been logged out, so this was not saved yet: what you chose is here again."
    )
    assert not FollowUp.objects.exists()
    with page.expect_response("**/follow-ups/"):
        page.get_by_role("button", name="Save, next").click()
    assert FollowUp.objects.values_list("note", "disposition").get() == ("Asked to ring after four", "voicemail")


def test_a_lead_that_is_written_down(page: Page, live_server: LiveServer, marketer: User) -> None:
    page.goto(f"{live_server.url}/leads/new/")
    page.fill("#id_full_name", "Anna Bos")
    run_out()
    page.locator("main form button[type=submit]").last.click()
    log_in(page, marketer)
    expect(page.locator("#id_full_name")).to_have_value("Anna Bos")


def typed_before_logging_in(page: Page, user: User, address: str, field: str, text: str, button: str) -> None:
    """What is typed, and sent once the log-in ran out, is there again."""
    page.goto(address)
    page.locator(field).last.fill(text)
    run_out()
    page.get_by_role("button", name=button, exact=True).last.click()
    page.wait_for_url("**/login/**")
    log_in(page, user)
    expect(page.locator(field).last).to_have_value(text)
    expect(page.locator("#failure p")).to_contain_text("not saved yet")


def test_what_is_set_up_for_campaigns_forms_and_calls(page: Page, live_server: LiveServer, marketer: User) -> None:
    campaign, at = make_campaign("Fair"), timezone.now()
    asked = [{"field": "email", "label": "", "is_required": True}]
    form = CaptureForm.objects.create(name="Quotation", fields=asked, created_at=at)
    calls = CallList.objects.create(
        name="Calls", campaign=campaign, by=marketer, asked={}, asked_at=at, questions=scripts.first(), state="done"
    )
    calls.callers.add(marketer)
    hook = Hook.objects.create(name="Ads", created_at=at)
    hooks.receive(hook, [{"mail": "anna@wit.example"}], at=at)
    for path, field, button in (
        (f"/campaigns/{campaign.pk}/edit/", "#id_goal", "Save"),
        (f"/campaigns/{campaign.pk}/", "#costs input[name=label]", "Book"),
        (f"/campaigns/{campaign.pk}/links/", "#id_name", "Make the link"),
        (f"/calls/{calls.pk}/edit/", "#id_name", "Save"),
        (f"/calls/{calls.pk}/", "#script input.words", "Save"),
        (f"/forms/{form.pk}/edit/", "#id_introduction", "Save"),
        (f"/forms/{form.pk}/", "#fields input.field", "Save"),
        ("/settings/do-not-contact/", "#id_listed", "Put on the list"),
    ):
        typed_before_logging_in(page, marketer, live_server.url + path, field, "Meet the new ones", button)
    page.goto(f"{live_server.url}/forms/hooks/{hook.pk}/")
    page.locator("#become-1").select_option("external_id")
    run_out()
    page.locator("#mapping").get_by_role("button", name="Save").click()
    log_in(page, marketer)
    expect(page.locator("#become-1")).to_have_value("external_id")
    hook.refresh_from_db()
    assert (hook.mapping, Suppression.objects.count(), campaign.costs.count()) == (None, 0, 0)


def test_a_form_that_was_open_too_long(page: Page, live_server: LiveServer, marketer: User, tmp_path: Path) -> None:
    queue_of("to_qualify")
    (tmp_path / "people.csv").write_text(FILE)
    page.goto(f"{live_server.url}/imports/new/")
    page.set_input_files("#id_file", tmp_path / "people.csv")
    page.get_by_role("button", name="Read the columns").click()
    page.wait_for_url("**/columns/")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.locator("#column-2").select_option("region")
    expect(page.locator("#failure p")).to_contain_text("Reload the page")
    page.reload()
    expect(page.locator("#column-2")).to_have_value("region")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.get_by_role("button", name="See what each row will do").click()
    expect(page.locator("#failure p")).to_contain_text("not saved yet")
    expect(page.locator("#column-2")).to_have_value("region")
    page.get_by_role("button", name="See what each row will do").click()
    expect(page.get_by_role("heading", name="What each row will do")).to_be_visible()
