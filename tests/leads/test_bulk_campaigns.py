"""Leads put under another campaign: those that sales has not got, dated, so that what was reported stays so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import campaigns, conservation, lifecycle
from leads.bulk import running
from leads.models import BulkAct, Campaign, CampaignMove, Lead, LeadTouch
from leads.stages import Origin, Stage
from reporting import spend, tallies
from tests.factories import TUESDAY, make_campaign, make_lead, make_user
from tests.handoff.factories import make_mql, make_rep
from tests.leads.acting import asked_for, done, ends, statements, taken_back

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Opened = dict[str, int]


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER)
    client.force_login(user)
    return user


def under(*leads: Lead) -> list[int | None]:
    return list(Lead.objects.filter(pk__in=[one.pk for one in leads]).order_by("pk").values_list("campaign", flat=True))


def opened() -> Opened:
    """How many leads each campaign opened, as its page says."""
    return dict(Campaign.objects.with_figures().values_list("name", "opened"))


def counted(as_of: object = None) -> Opened:
    """The same as reports reckon it: every campaign cost 120."""
    costs = spend.of_a_lead(as_of or timezone.now(), is_live=as_of is None)  # type: ignore[arg-type]
    names = dict(Campaign.objects.values_list("pk", "name"))
    return {name: int(Decimal(120) / costs[key]) if key in costs else 0 for key, name in names.items()}


def make_booked(name: str) -> Campaign:
    campaign = make_campaign(name)
    campaigns.book(
        campaign, kind="actual", amount=Decimal(120), label="Stand", day=TUESDAY.date(), at=TUESDAY - 10 * HOUR
    )
    return campaign


def test_leads_are_put_under_a_campaign_once_and_back(client: Client, marketer: User) -> None:
    fair, web = make_campaign("Fair"), make_campaign("Web")
    none, other, same, closed = make_lead(), make_lead(campaign=web), make_lead(campaign=fair), make_lead()
    lifecycle.close([closed.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    promised, own = make_mql(), make_lead(origin=Origin.SALES, owner=make_rep())
    leads = [none, other, same, closed, promised, own]
    before = under(*leads)
    LeadTouch.objects.all().delete()
    bulk = done(client, "campaign", leads, campaign=fair.pk)
    left = {same.pk: "refused", closed.pk: "refused", promised.pk: "refused", own.pk: "refused"}
    assert ends(bulk) == {none.pk: "changed", other.pk: "changed"} | left
    assert (under(none, other), opened()) == ([fair.pk, fair.pk], {"Fair": 3, "Web": 0})
    assert set(LeadTouch.objects.values_list("lead", flat=True)) == {none.pk, other.pk}
    page = client.get(f"/leads/acts/{bulk.pk}/").text
    told = ("Sales was promised", "It is so already.", "The lead is closed.", "A rep has the lead already.")
    assert [said in page for said in told] == [True] * 4
    assert done(client, "campaign", leads, campaign=fair.pk).changed == 0
    assert (taken_back(client, bulk).state, under(*leads)) == ("undone", before)


def test_what_somebody_changed_since_stays(client: Client, marketer: User) -> None:
    fair, web, old = make_campaign("Fair"), make_campaign("Web"), make_campaign("Old")
    again, closed, fine, from_old = make_lead(), make_lead(), make_lead(), make_lead(campaign=old)
    bulk = done(client, "campaign", campaign=fair.pk)
    done(client, "campaign", [again], campaign=web.pk)
    lifecycle.close([closed.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    with pytest.raises(ProtectedError):
        old.delete()
    bulk = taken_back(client, bulk)
    assert ends(bulk) == {again.pk: "kept", closed.pk: "kept", fine.pk: "undone", from_old.pk: "undone"}
    assert under(again, closed, fine, from_old) == [web.pk, fair.pk, None, old.pk]


def test_each_move_is_written_for_ever(client: Client, marketer: User) -> None:
    fair, web, lead = make_campaign("Fair"), make_campaign("Web"), make_lead()
    bulk = done(client, "campaign", campaign=fair.pk)
    last = done(client, "campaign", campaign=web.pk)
    taken_back(client, bulk)
    taken_back(client, last)
    moves = CampaignMove.objects.order_by("pk")
    assert list(moves.values_list("lead", "was", "campaign", "by")) == [
        (lead.pk, None, fair.pk, marketer.pk),
        (lead.pk, fair.pk, web.pk, marketer.pk),
        (lead.pk, web.pk, fair.pk, marketer.pk),
    ]
    Lead.objects.update(campaign=web)
    leaks = {check.name: check.leaks for check in conservation.run(timezone.now()).checks if check.leaks}
    assert leaks == {"every lead is counted with the campaign that it was put under last": 1}
    for change in (lambda: moves.update(campaign=None), lambda: CampaignMove.objects.all()._raw_delete("default")):
        with pytest.raises(IntegrityError, match="Moves between campaigns are history"), transaction.atomic():
            change()


def test_figures_of_both_follow_and_those_of_before_stay(client: Client, marketer: User) -> None:
    fair, web = make_booked("Fair"), make_booked("Web")
    leads = [make_lead(campaign=fair) for _ in range(3)]
    make_lead(campaign=web)
    first = {"Fair": 3, "Web": 1}
    tallies.keep(TUESDAY + 2 * HOUR)
    begun = timezone.now()
    bulk = done(client, "campaign", leads[:2], campaign=web.pk)
    put = timezone.now()
    moved = {"Fair": 1, "Web": 3}
    assert (opened(), counted(), counted(begun), counted(put)) == (moved, moved, first, moved)
    tallies.keep(TUESDAY + 2 * HOUR)
    assert (counted(), counted(begun)) == (moved, first)
    taken_back(client, bulk)
    assert (opened(), counted(), counted(begun), counted(put)) == (first, first, first, moved)
    tallies.keep(TUESDAY + 2 * HOUR)
    every = done(client, "campaign", leads, campaign=web.pk)
    for _ in range(2):
        assert (counted(), counted(put)) == ({"Fair": 0, "Web": 4}, moved)
        tallies.keep(TUESDAY + 2 * HOUR)
    with lifecycle.history():
        lifecycle.close([leads[0].pk], to=Stage.VOID, at=timezone.now(), reason="undone", by=None)
    assert (opened(), counted()) == ({"Fair": 0, "Web": 3}, {"Fair": 0, "Web": 3})
    taken_back(client, every)
    assert (opened(), counted(), counted(put)) == ({"Fair": 2, "Web": 1}, {"Fair": 2, "Web": 1}, moved)


def test_a_campaign_that_is_gone_is_told(client: Client, marketer: User) -> None:
    lead, fair = make_lead(), make_campaign()
    bulk = asked_for(client, "campaign", campaign=fair.pk)
    fair.delete()
    running.run(bulk, at=timezone.now())
    bulk.refresh_from_db()
    assert (bulk.state, bulk.problem, under(lead)) == ("failed", "The campaign is not there any more.", [None])
    answer = client.post("/leads/acts/new/", {"act": "campaign", "asked": "", "campaign": fair.pk or 0})
    assert (answer.status_code, BulkAct.objects.count()) == (422, 1)


def test_it_takes_as_many_statements_for_fifty_leads_as_for_one(client: Client, marketer: User) -> None:
    fair, counts = make_campaign(), []
    for number in (1, 50):
        leads = [make_lead(campaign=make_campaign()) for _ in range(number)]
        before = under(*leads)
        counts.append(statements(client, asked_for(client, "campaign", leads, campaign=fair.pk)))
        assert under(*leads) == before
    assert counts[0] == counts[1]
