"""The whole way of a lead, in a real browser: from a marketer's file to the manager who finds it in the black hole.

The jobs are the product's own tasks, run as the worker would; only the clock is set on.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from handoff import roster
from handoff import tasks as handing
from handoff.models import FollowUp, Handoff, Opportunity
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import conservation
from leads import tasks as intake
from leads.models import ImportBatch, Lead
from leads.stages import Stage
from qualification import default, definition
from qualification import tasks as judging
from qualification.models import Signature
from tests.factories import NL, make_team, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url's own fixture, until it follows pytest 9
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

TUESDAY = datetime(2026, 9, 15, 9, 30, tzinfo=NL)
FIRMS = ["Van Rijn Logistiek B.V.", "Zorggroep Maasoever", "Bakker Staalbouw", "Kunststof Unie"]


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(TUESDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def company(clock: time_machine.Coordinates) -> dict[str, User]:
    lay()
    people = {
        "marketer": make_user(Role.MARKETER, name="Lotte Hendriks"),
        "manager": make_user(Role.SALES_MANAGER, name="Sanne de Wit"),
        "daan": make_user(Role.HUNTER, name="Daan Visser"),
        "youssef": make_user(Role.HUNTER, name="Youssef El Idrissi"),
    }
    reps, since = [people["daan"], people["youssef"]], TUESDAY - timedelta(days=30)
    make_team(people["manager"], *reps, at=TUESDAY)
    roster.settle(reps, by=people["manager"], at=since, open_cap=20, weekly_cap=20)
    agreed = default.default_definition(by=people["marketer"], at=since)
    definition.sign(agreed, by=people["marketer"], side=Signature.Side.MARKETING, at=since)
    definition.sign(agreed, by=people["manager"], side=Signature.Side.SALES, at=since)
    definition.put_in_force(agreed, at=since)
    return people


@pytest.fixture
def visitors(tmp_path: Path) -> Path:
    """A fair's list as a Dutch spreadsheet writes it, with a bad address in its last row."""
    path = tmp_path / "beurs.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Bedrijfsnaam", "Contactpersoon", "Mailadres", "Tel.", "Functie", "Fte", "Interesse"])
        for n, firm in enumerate(FIRMS):
            mail = f"m.vandenbroek{n}@firma{n}.example"
            writer.writerow([firm, f"Broek, Mariëlle{n} van den", mail, f"020-555010{n}", "Directeur", "120", "NIS2"])
        writer.writerow(["Hotel Zeezicht", "Postma, Nina", "nina at zeezicht", "", "Receptie", "12", ""])
    return path


def entered(browser: Browser, live_server: LiveServer, user: User) -> Page:
    """A page of somebody who has just logged in."""
    page = browser.new_context(base_url=live_server.url, locale="en").new_page()
    page.goto("/accounts/login/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", "correct horse")
    page.click("button.btn.main")
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    return page


def work() -> None:
    """What the worker does in a quarter of a minute."""
    intake.import_files()
    judging.judge()
    handing.assign()
    handing.straighten()
    intake.import_files()


def test_from_a_file_to_the_black_hole_and_back(
    own_browser: Browser,
    live_server: LiveServer,
    company: dict[str, User],
    visitors: Path,
    clock: time_machine.Coordinates,
) -> None:
    bring_in(entered(own_browser, live_server, company["marketer"]), visitors)
    assert [lead.stage for lead in Lead.objects.all()] == [Stage.ASSIGNED] * 4
    assert (
        sorted(Handoff.objects.values_list("rep__name", flat=True)) == ["Daan Visser"] * 2 + ["Youssef El Idrissi"] * 2
    )

    clock.move_to(TUESDAY + timedelta(hours=1))
    page = entered(own_browser, live_server, company["daan"])
    follow_up(page)
    take_back(page)
    follow_up(page)
    assert list(FollowUp.objects.standing().values_list("by__name", "disposition", "note")) == [
        ("Daan Visser", "no_answer", "Belt terug")
    ]
    make_business(page)
    assert list(Opportunity.objects.values_list("name", "amount", "lead__stage")) == [
        ("Nieuwe werkplek", Decimal("12500.50"), Stage.SQL)
    ]

    clock.move_to(TUESDAY + timedelta(days=8))
    handing.flag()
    handing.record_broken()
    lost = Lead.objects.filter(owner=company["youssef"]).order_by("pk").first()
    assert lost is not None
    reassign(entered(own_browser, live_server, company["manager"]), lost)

    moved = Lead.objects.get(pk=lost.pk)
    assert (moved.owner, moved.stage, moved.promised_by) == (company["daan"], Stage.ASSIGNED, lost.promised_by)
    assert moved.answered_at is None
    assert conservation.run(clock_now()).leaks == 0


def clock_now() -> datetime:
    return datetime.now(tz=NL)


def bring_in(page: Page, visitors: Path) -> None:
    """The marketer imports the file: columns suggested, rows previewed, run by the worker, result read."""
    page.goto("/imports/new/")
    page.set_input_files("input[type=file]", visitors)
    page.fill("#id_campaign", "Beurs ICT Noord")
    page.select_option("#id_channel", "event")
    page.click("#upload button[type=submit]")
    page.wait_for_url("**/columns/")
    expect(page.locator("main")).to_contain_text("Mailadres")
    page.click("button[name=go]")
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    expect(page.locator("main")).to_contain_text("Nothing has been imported yet")
    assert Lead.objects.count() == 0
    page.click(".import-foot button.main")
    page.wait_for_load_state()
    work()
    page.goto(page.url)
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.created, batch.errors, batch.rows) == (ImportBatch.State.DONE, 4, 1, 5)
    expect(page.locator("main")).to_contain_text("nina at zeezicht")


def follow_up(page: Page) -> None:
    """The rep works the first lead by keyboard: outcome and its next date in one key, a note, and on to the next."""
    page.goto("/queue/")
    first = page.locator("#lead-title").inner_text()
    page.keyboard.press("4")
    page.keyboard.press("n")
    page.keyboard.type("Belt terug")
    page.keyboard.press("Enter")
    expect(page.locator("#lead-title")).not_to_have_text(first)
    assert FollowUp.objects.standing().count() == 1


def take_back(page: Page) -> None:
    """The outcome was meant for another lead: one key, and the lead stands there as before."""
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("Taken back")
    assert FollowUp.objects.standing().count() == 0


def make_business(page: Page) -> None:
    """The next lead is accepted and becomes an opportunity, by keyboard."""
    page.keyboard.press("a")
    expect(page.locator("#lead .tag").first).to_have_text("Accepted by sales")
    page.keyboard.press("q")
    page.keyboard.type("Nieuwe werkplek")
    page.keyboard.press("Tab")
    page.keyboard.type("12,500.50")
    page.keyboard.press("Enter")
    expect(page.locator("#lead .tag").first).to_have_text("Sales qualified")


def reassign(page: Page, lost: Lead) -> None:
    """The manager finds the lead that nobody called in the black hole, and gives it to somebody else."""
    page.goto("/reports/black-hole/")
    expect(page.locator(".hole")).to_contain_text("75%")
    page.locator(".heat td a").filter(has_text="100%").first.click()
    drill = page.locator("#drill")
    expect(drill).to_contain_text("Youssef El Idrissi")
    drill.locator("select[name=to]").select_option(label="Daan Visser")
    drill.locator(f"button[name=lead][value='{lost.pk}']").click()
    page.wait_for_load_state()
