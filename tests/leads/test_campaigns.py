"""Campaigns: who sees and changes them, what they cost, what came of them, and that sales agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import campaigns, lifecycle
from leads.forms.campaigns import AmountField
from leads.models import Campaign, CampaignCost, Lead
from leads.stages import Reason, Stage
from leads.views.campaigns import PAGE
from reporting import black_hole, spend
from reporting.campaign_panel import figures, last_year
from reporting.facts import Facts
from tests.factories import TUESDAY, make_campaign, make_lead, make_user
from tests.handoff.at_once import at_once
from tests.handoff.factories import make_accepted, make_mql, make_own, make_rep
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = TUESDAY + timedelta(hours=1)
FAIR: dict[str, Any] = {"name": "Fair", "channel": "event", "currency": "EUR", "exchange_rate": "1", "goal": ""}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def cost(campaign: Campaign, amount: str, kind: str = "actual") -> CampaignCost:
    return campaigns.book(
        campaign, kind=kind, amount=Decimal(amount), label="", day=date(2026, 6, 1), at=NOW - timedelta(hours=1)
    )


def reckoned(campaign: Campaign) -> tuple[Decimal | None, Decimal | None, int]:
    found = Campaign.objects.with_figures().get(pk=campaign.pk)
    return found.planned, found.spent, found.opened


def listed(client: Client, **asked: Any) -> list[str]:
    answer = client.get("/campaigns/", asked)
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
    return [campaign.name for campaign, _cost in answer.context["rows"]]


def test_who_sees_and_who_changes(client: Client) -> None:
    campaign = make_campaign()
    paths = ["/campaigns/", f"/campaigns/{campaign.pk}/", "/campaigns/new/", f"/campaigns/{campaign.pk}/edit/"]
    paths += [f"/campaigns/{campaign.pk}/follow-up/"]
    seen = {role: [as_(client, make_user(role)).get(path).status_code for path in paths] for role in Role}
    assert seen == {
        Role.MARKETER: [200, 200, 200, 200, 200],
        Role.HUNTER: [200, 200, 403, 403, 403],
        Role.FARMER: [200, 200, 403, 403, 403],
        Role.SALES_MANAGER: [200, 200, 403, 403, 200],
        Role.ADMIN: [200, 200, 200, 200, 200],
    }
    assert [as_(client, make_user()).get(path).status_code for path in paths] == [403] * 5
    client.logout()
    assert [client.get(path).status_code for path in paths] == [302] * 5


@pytest.mark.parametrize("role", [Role.HUNTER, Role.SALES_MANAGER])
def test_who_only_reads_writes_nothing(client: Client, role: Role) -> None:
    campaign = make_campaign()
    line = cost(campaign, "5")
    as_(client, make_user(role))
    paths = ["new/", f"{campaign.pk}/edit/", f"{campaign.pk}/costs/", f"{campaign.pk}/costs/{line.pk}/voids/"]
    answers = [
        client.post(f"/campaigns/{path}", FAIR | {"kind": "actual", "amount": "1", "day": "2026-06-01"})
        for path in paths
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert (Campaign.objects.count(), reckoned(campaign)) == (1, (None, Decimal(5), 0))


def test_filters_by_channel_and_by_time(client: Client) -> None:
    make_campaign("Past fair", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2))
    make_campaign("Site", "web", starts_on=date(2026, 1, 1))
    make_campaign("Next fair", starts_on=date(2026, 9, 1))
    make_campaign("Today", "web", starts_on=date(2026, 6, 16), ends_on=date(2026, 6, 16))
    make_campaign("Always", "web")
    as_(client, make_user(Role.MARKETER))
    assert listed(client) == ["Next fair", "Today", "Past fair", "Site", "Always"]
    assert listed(client, when="running") == ["Today", "Site", "Always"]
    assert listed(client, when="past") == ["Past fair"]
    assert listed(client, when="to-come", channel="event") == ["Next fair"]
    assert listed(client, when="x", channel="\x00", page="x") == listed(client)


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    text = as_(client, make_user(Role.MARKETER)).get("/campaigns/").text
    assert (text.count('class="empty-state"'), text.count('href="/campaigns/new/"')) == (1, 2)


def test_pages_keep_the_filter(client: Client) -> None:
    for _ in range(PAGE + 1):
        make_campaign()
    answer = as_(client, make_user(Role.MARKETER)).get("/campaigns/?channel=event")
    assert (len(answer.context["rows"]), answer.text.count('href="?channel=event&amp;page=2"')) == (PAGE, 1)
    assert len(client.get("/campaigns/?channel=event&page=2").context["rows"]) == 1


def test_the_list_takes_as_many_statements_for_30_as_for_one(client: Client) -> None:
    as_(client, make_user(Role.MARKETER))
    counts = []
    for more in (1, 29):
        for _ in range(more):
            campaign = make_campaign(owner=make_user(Role.MARKETER))
            cost(campaign, "10")
            make_lead(campaign=campaign)
        counts.append(statements(client, "/campaigns/"))
    assert counts[0] == counts[1]


def test_the_page_takes_as_many_statements_for_30_lines_as_for_one(client: Client) -> None:
    as_(client, make_user(Role.MARKETER))
    campaign = make_campaign()
    counts = []
    for more in (1, 29):
        for _ in range(more):
            line = cost(campaign, "10")
            campaigns.take_back(CampaignCost.objects.filter(pk=line.pk), at=NOW)
            cost(campaign, "5")
            make_lead(campaign=campaign)
        counts.append(statements(client, f"/campaigns/{campaign.pk}/"))
    assert counts[0] == counts[1]


def test_figures_count_what_stands(client: Client) -> None:
    campaign = make_campaign()
    cost(campaign, "1000", "budget")
    wrong = cost(campaign, "700")
    cost(campaign, "250.50")
    campaigns.take_back(CampaignCost.objects.filter(pk=wrong.pk), at=NOW)
    make_lead(campaign=make_campaign())
    leads = [make_lead(campaign=campaign) for _ in range(4)]
    lifecycle.close(Lead.objects.filter(pk=leads[0].pk), to=Stage.VOID, at=NOW, reason=Reason.UNDONE, by=None)
    lifecycle.close(Lead.objects.filter(pk=leads[1].pk), to=Stage.LOST, at=NOW, reason=Reason.LOST, by=None)
    assert reckoned(campaign) == (Decimal(1000), Decimal("250.50"), 3)
    answer = as_(client, make_user(Role.MARKETER)).get(f"/campaigns/{campaign.pk}/")
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
    assert answer.context["cost_a_lead"] == Decimal("83.5")
    assert answer.context["stages"] == [(Stage.INQUIRY, 2), (Stage.LOST, 1)]
    for stage, count in answer.context["stages"]:
        address = f"/leads/?campaign={campaign.pk}&stage={stage}"
        assert address.replace("&", "&amp;") in answer.text
        assert len(client.get(address).context["rows"]) == count


def test_a_campaign_is_made_and_changed(client: Client) -> None:
    marketer = make_user(Role.MARKETER)
    answer = as_(client, marketer).post("/campaigns/new/", FAIR | {"owner": marketer.pk, "starts_on": "2026-09-01"})
    campaign = Campaign.objects.get()
    assert (answer.headers["Location"], campaign.created_at) == (f"/campaigns/{campaign.pk}/", NOW)
    client.post(f"/campaigns/{campaign.pk}/edit/", FAIR | {"name": "Fair 2", "channel": "partner", "goal": "30 leads"})
    campaign.refresh_from_db()
    assert (campaign.name, campaign.channel, campaign.goal, campaign.owner) == ("Fair 2", "partner", "30 leads", None)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": " FAIR of old "}, ["name"]),
        ({"channel": "x"}, ["channel"]),
        ({"starts_on": "2026-09-02", "ends_on": "2026-09-01"}, ["ends_on"]),
        ({"starts_on": "soon"}, ["starts_on"]),
        ({"exchange_rate": "0"}, ["exchange_rate"]),
        ({"currency": "XXX"}, ["currency"]),
        ({"owner": "999999999"}, ["owner"]),
    ],
)
def test_what_is_wrong_is_said_in_place(client: Client, said: dict[str, str], wrong: list[str]) -> None:
    make_campaign("Fair of Old")
    answer = as_(client, make_user(Role.MARKETER)).post("/campaigns/new/", FAIR | said)
    assert (answer.status_code, list(answer.context["form"].errors), Campaign.objects.count()) == (422, wrong, 1)


def test_currency_stays_once_a_cost_is_booked(client: Client) -> None:
    campaign = make_campaign("Fair")
    as_(client, make_user(Role.MARKETER))
    dollars = FAIR | {"currency": "USD", "exchange_rate": "0.9"}
    client.post(f"/campaigns/{campaign.pk}/edit/", dollars)
    cost(campaign, "10")
    client.post(f"/campaigns/{campaign.pk}/edit/", FAIR | {"goal": "More"})
    campaign.refresh_from_db()
    assert (campaign.currency, campaign.exchange_rate, campaign.goal) == ("USD", Decimal("0.9"), "More")


def test_a_cost_is_booked_and_taken_back_once(client: Client) -> None:
    campaign = make_campaign()
    as_(client, make_user(Role.MARKETER))
    said = {"kind": "actual", "amount": "1.250,50", "day": "2026-06-16", "label": "Stand"}
    assert client.post(f"/campaigns/{campaign.pk}/costs/", said).status_code == 302
    line = CampaignCost.objects.get()
    assert (line.amount, line.label, line.occurred_at, line.recorded_at) == (
        Decimal("1250.50"), "Stand", TUESDAY + timedelta(hours=2), NOW,
    )  # fmt: skip
    for _ in range(2):
        assert client.post(f"/campaigns/{campaign.pk}/costs/{line.pk}/voids/").status_code == 302
    assert (CampaignCost.objects.count(), reckoned(campaign)) == (2, (None, None, 0))
    void = CampaignCost.objects.get(voids=line)
    assert client.post(f"/campaigns/{campaign.pk}/costs/{void.pk}/voids/").status_code == 404
    assert client.post(f"/campaigns/{make_campaign().pk}/costs/{line.pk}/voids/").status_code == 404
    assert client.get(f"/campaigns/{campaign.pk}/").text.count("<del>") == 2


def test_many_lines_are_taken_back_in_as_many_statements_as_one() -> None:
    counts = []
    for number in (1, 50):
        campaign = make_campaign()
        lines = [cost(campaign, "10").pk for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            assert campaigns.take_back(CampaignCost.objects.filter(pk__in=lines), at=NOW) == lines
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"amount": "much"}, ["amount"]),
        ({"amount": ""}, ["amount"]),
        ({"amount": "0"}, ["amount"]),
        ({"amount": "9" * 30}, ["amount"]),
        ({"amount": "nan"}, ["amount"]),
        ({"amount": "1e40"}, ["amount"]),
        ({"day": "2026-06-17"}, ["day"]),
        ({"day": "1026-06-17"}, ["day"]),
        ({"kind": "x"}, ["kind"]),
    ],
)
def test_a_cost_that_cannot_be_is_refused_in_place(client: Client, said: dict[str, str], wrong: list[str]) -> None:
    campaign = make_campaign()
    whole = {"kind": "actual", "amount": "5", "day": "2026-06-16"} | said
    answer = as_(client, make_user(Role.MARKETER)).post(f"/campaigns/{campaign.pk}/costs/", whole)
    assert (answer.status_code, list(answer.context["cost"].errors), CampaignCost.objects.count()) == (422, wrong, 0)


def test_where_a_cost_is_posted_leads_to_the_campaign(client: Client) -> None:
    address = f"/campaigns/{make_campaign().pk}/"
    answer = as_(client, make_user(Role.MARKETER)).get(f"{address}costs/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert client.put(f"{address}costs/").status_code == 405


def test_a_budget_may_lie_ahead_and_a_refund_is_negative(client: Client) -> None:
    campaign = make_campaign()
    as_(client, make_user(Role.MARKETER))
    client.post(f"/campaigns/{campaign.pk}/costs/", {"kind": "budget", "amount": "500", "day": "2027-01-01"})
    client.post(f"/campaigns/{campaign.pk}/costs/", {"kind": "actual", "amount": "-20,25", "day": "2026-06-01"})
    assert reckoned(campaign) == (Decimal(500), Decimal("-20.25"), 0)


@pytest.mark.parametrize(
    ("text", "amount"), [("1.250", "1250"), ("12.50", "12.5"), ("€ 1.250,5", "1250.5"), ("1,250.75", "1250.75")]
)
def test_amounts_are_read_whoever_wrote_them(text: str, amount: str) -> None:
    assert AmountField().clean(text) == Decimal(amount)


def test_sales_agrees_once_and_never_to_their_own(client: Client) -> None:
    manager, other = make_user(Role.SALES_MANAGER), make_user(Role.SALES_MANAGER)
    campaign, own = make_campaign(), make_campaign(owner=manager)
    for user in (manager, other):
        assert as_(client, user).post(f"/campaigns/{campaign.pk}/agreement/").status_code == 302
    as_(client, manager).post(f"/campaigns/{own.pk}/agreement/")
    for one in (campaign, own):
        one.refresh_from_db()
    assert (campaign.agreed_by, campaign.agreed_at, own.agreed_at) == (manager, NOW, None)
    assert as_(client, make_user(Role.ADMIN)).post(f"/campaigns/{own.pk}/agreement/").status_code == 403


def test_the_panel_tells_what_the_report_tells(client: Client) -> None:
    campaign, rep = make_campaign(currency="USD", exchange_rate=Decimal("0.9")), make_rep()
    cost(campaign, "300")
    at = TUESDAY - 10 * DAY
    make_mql(at=at, campaign=campaign)
    make_accepted(rep, at=at, campaign=campaign)
    make_mql(campaign=campaign)
    make_mql(at=at, campaign=make_campaign())
    make_own(rep)
    facts = Facts(last_year(NOW, "Europe/Amsterdam"), NOW)
    found = figures(Campaign.objects.with_figures().get(pk=campaign.pk), facts)
    costs = spend.of_a_lead(NOW, is_live=True)
    assert found == black_hole.cut(black_hole.groups(facts, costs), lambda group: group.campaign)[campaign.pk]
    assert (found.delivered, found.never, found.spend_lost) == (3, 2, Decimal(180))
    page = as_(client, make_user(Role.MARKETER)).get(f"/campaigns/{campaign.pk}/").text
    address = f"/campaigns/{campaign.pk}/follow-up/"
    assert (page.count(f'hx-get="{address}"'), page.count(f'href="{address}"')) == (1, 1)
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert ("<html" in whole.text, "<html" in part.text, INLINE.findall(whole.text)) == (True, False, [])


@pytest.mark.parametrize(
    ("day", "first"), [((2026, 6, 16), (2025, 6, 17)), ((2028, 2, 29), (2027, 3, 1)), ((2028, 2, 28), (2027, 3, 1))]
)
def test_last_year_is_twelve_months_that_end_today(day: tuple[int, int, int], first: tuple[int, int, int]) -> None:
    period = last_year(datetime(*day, 12, tzinfo=UTC), "Europe/Amsterdam")
    assert (period.first, period.last) == (date(*first), date(*day))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_line_back_at_once_one_does() -> None:
    line = cost(make_campaign(), "10")
    lines = CampaignCost.objects.filter(pk=line.pk)
    taken = at_once(*[lambda: campaigns.take_back(lines.all(), at=NOW)] * 2)
    assert (sorted(taken), CampaignCost.objects.filter(voids=line).count()) == ([[], [line.pk]], 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_at_once_one_does() -> None:
    campaign, managers = make_campaign(), [make_user(Role.SALES_MANAGER) for _ in range(2)]
    asked = Campaign.objects.filter(pk=campaign.pk)
    agreed = at_once(*[partial(campaigns.agree, asked.all(), by=manager, at=NOW) for manager in managers])
    assert sorted(agreed) == [[], [campaign.pk]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_a_campaign_one_name_at_once_one_does() -> None:
    paths = ["/campaigns/new/", *(f"/campaigns/{make_campaign().pk}/edit/" for _ in range(3))]
    marketer = make_user(Role.MARKETER)
    answers = at_once(*[partial(as_(Client(), marketer).post, path, FAIR) for path in paths])
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
