from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from handoff.models import Rep
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads.models import Organisation
from tests.factories import TUESDAY, make_campaign, make_contact, make_team, make_user
from tests.handoff.factories import make_rep
from tests.reporting.factories import FRIDAY, book, called, never

pytestmark = pytest.mark.django_db
PAGE, LEADS, RATE = "/reports/black-hole/", "/reports/black-hole/leads/", "/reports/follow-up/"


@pytest.fixture(autouse=True)
def _friday():
    lay()
    with time_machine.travel(FRIDAY, tick=False):
        yield


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_empty_reports_say_so():
    client = logged_in(make_user(Role.SALES_MANAGER))
    for page in (PAGE, RATE):
        assert "No leads were delivered in this period" in text(client.get(page))


def test_reps_and_strangers_do_not_see_reports():
    for page in (PAGE, LEADS, f"{PAGE}why/", RATE, f"{PAGE}excel/", f"{RATE}excel/"):
        assert Client().get(page).status_code == 302
        assert logged_in(make_rep()).get(page).status_code == 403
        assert logged_in(make_user(Role.ADMIN)).post(page).status_code == 405


def test_manager_sees_share_spend_and_leads_of_a_cell():
    rep, campaign = make_rep(name="Daan Smit"), make_campaign("ICT Noord")
    manager = make_user(Role.SALES_MANAGER)
    make_team(manager, rep)
    book(campaign, 900)
    organisation = Organisation.objects.create(name="Snelder", name_key="snelder", created_at=TUESDAY)
    lost = never(rep, campaign=campaign, contact=make_contact(organisation=organisation))
    called(rep, campaign=campaign), called(rep, timedelta(days=2), campaign=campaign)
    client = logged_in(manager)
    page = client.get(PAGE)
    assert page.context["report"].whole.as_row() == {
        "delivered": 3,
        "followed_up": 2,
        "followed_up_in_time": 1,
        "answered_otherwise": 0,
        "not_yet_due": 0,
        "never_followed_up": 1,
        "share": 0.3333,
        "spend_lost": 300.0,
    }
    assert [column.name for column in page.context["heat"].columns] == ["Daan Smit"]
    assert "33<small>%</small>" in text(page)
    cell = f"cell={campaign.pk}.{rep.pk}"
    for address in (f"{PAGE}?{cell}", f"{LEADS}?{cell}"):
        assert "ICT Noord with Daan Smit" in text(client.get(address))
        assert f'href="/leads/{lost.pk}/"' in text(client.get(address))
        assert "Snelder" in text(client.get(address))


def test_rep_tracked_by_results_is_told_together_with_a_colleague():
    manager = make_user(Role.SALES_MANAGER)
    hidden = make_rep(tracking=Rep.Tracking.RESULTS, name="Hidden Rep")
    reps = [make_rep(name=name) for name in ("Company Rep", "Named Rep")]
    team = make_team(manager, hidden, *reps)
    for rep in (hidden, *reps):
        never(rep)
    client = logged_in(manager)
    for query in ("", f"?team={team.pk}"):
        columns = client.get(PAGE + query).context["heat"].columns
        assert [(column.name, column.figures.never) for column in columns] == [("Named Rep", 1), ("Others", 2)]
        rows = dict(client.get(RATE + query).context["tables"])["Rep"]
        assert [(row.name, row.figures.never) for row in rows] == [("Others", 2), ("Named Rep", 1)]
    for named in ("", f"&named={hidden.pk}", f"&named={reps[0].pk}-{hidden.pk}"):
        assert client.get(f"{LEADS}?cell=all.{hidden.pk}{named}").status_code == 404
        assert client.get(f"{LEADS}?cell=all.{reps[0].pk}{named}").status_code == 404
    page = text(client.get(f"{PAGE}?cell=all.others"))
    assert page.count("Hidden Rep") == page.count(">Hidden Rep</option>") == 1


def test_manager_sees_neither_names_nor_leads_of_another_team():
    mine, other = make_rep(name="My Rep"), make_rep(name="Other Rep")
    manager = make_user(Role.SALES_MANAGER)
    make_team(manager, mine)
    other_team = make_team(make_user(Role.SALES_MANAGER), other)
    theirs = never(other)
    never(mine)
    client = logged_in(manager)
    page = client.get(f"{PAGE}?team={other_team.pk}&cell=all.others")
    assert "Other Rep" not in text(page)
    assert f"/leads/{theirs.pk}/" not in text(page)
    assert page.context["report"].whole.never == 2
    assert client.get(f"{LEADS}?cell=all.{other.pk}").status_code == 404


def test_manager_gives_leads_of_a_cell_to_a_rep():
    rep, other = make_rep(), make_rep()
    manager = make_user(Role.SALES_MANAGER)
    team = make_team(manager, rep, other)
    leads = [never(rep), never(rep)]
    client = logged_in(manager)
    page = client.get(f"{PAGE}?cell=all.{rep.pk}")
    assert 'action="/handoffs/reassignments/"' in text(page)
    assert [row[0] for row in page.context["found"]] == [lead.pk for lead in leads]
    back = f"{PAGE}?cell=all.{other.pk}"
    answer = client.post("/handoffs/reassignments/", {"lead": [leads[0].pk], "to": other.pk, "next": back})
    assert (answer.status_code, answer.url) == (302, back)
    assert [row[0] for row in client.get(back).context["found"]] == [leads[0].pk]
    client.post("/handoffs/reassignments/", {"lead": [lead.pk for lead in leads], "spread": team.pk, "next": PAGE})
    assert client.get(PAGE).context["report"].whole.never == 2


def test_why_promises_broke_is_loaded_after_the_page():
    never(make_rep())
    client = logged_in(make_user(Role.ADMIN))
    assert f'hx-get="{PAGE}why/?' in text(client.get(PAGE))
    for address in (f"{PAGE}?why=1", f"{PAGE}why/"):
        assert [row.name for row in client.get(address).context["causes"]] == ["Not yet known"]


def test_marketer_sees_reps_as_one():
    for name in ("One Rep", "Another Rep"):
        never(make_rep(name=name))
    page = logged_in(make_user(Role.MARKETER)).get(PAGE)
    assert [column.name for column in page.context["heat"].columns] == ["Others"]


@pytest.mark.parametrize(
    "query",
    [
        "period=none",
        "team=999",
        "team=x",
        "period=custom&first=2026-09-01&last=2026-01-01",
        "period=custom&first=0001-01-01",
        "period=custom&last=9999-12-31",
        "as_of=2099-01-01T00:00",
        "as_of=0001-01-01T00:00",
        "as_of=x&first=y",
        "cell=all.all&named=1-x--%00-99999999999999999999",
    ],
)
def test_nonsense_is_answered_with_a_page(query):
    never()
    client = logged_in(make_user(Role.ADMIN))
    assert {client.get(f"{page}?{query}").status_code for page in (PAGE, RATE)} == {200}


@pytest.mark.parametrize("cell", ["", "x", "1", "1.x", "-1.all", "all.99999999999999999999", "all.12345", "\u0661.all"])
def test_a_cell_that_is_not_there_is_not_found(cell):
    assert logged_in(make_user(Role.ADMIN)).get(LEADS, {"cell": cell}).status_code == 404


def test_statements_do_not_grow_with_rows():
    manager = make_user(Role.SALES_MANAGER)
    reps = [make_rep() for _ in range(3)]
    make_team(manager, *reps)
    client = logged_in(manager)
    counts = []
    never(reps[0], campaign=make_campaign())
    addresses = [PAGE, f"{PAGE}?cell=all.all&show=all", RATE, f"{PAGE}excel/"]
    for more in (0, 29):
        for n in range(more):
            never(reps[n % 3], campaign=make_campaign())
        client.get(PAGE)
        counts.append([statements(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 32


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        b"".join(response) if response.streaming else response.content
    return len(queries)


def test_workbook_holds_the_figures_and_no_formula():
    campaign = make_campaign('=HYPERLINK("http://x.example")')
    contact = make_contact(last_name="+31 Jansen", job_title="@boss")
    lead = never(campaign=campaign, contact=contact)
    response = logged_in(make_user(Role.ADMIN)).get(f"{PAGE}excel/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    assert book.sheet_names == ["Figures", "Channels", "Campaigns", "Reps", "Causes", "Leads"]
    assert book.get_sheet_by_name("Campaigns").to_python()[1][:2] == ['=HYPERLINK("http://x.example")', 1.0]
    assert book.get_sheet_by_name("Leads").to_python()[1][:4] == [float(lead.pk), str(contact), "@boss", ""]
