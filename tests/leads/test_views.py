"""The list of leads, a lead, a contact and the first page, as each role sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handoff.models import Rep
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle, search
from leads.models import AttributeKey, Contact, Lead, Queue
from leads.stages import Reason, Stage
from leads.views.leads import PAGE
from qualification import scoring
from qualification.models import Definition
from tests.factories import TUESDAY, make_campaign, make_contact, make_lead, make_organisation, make_team, make_user
from tests.handoff.factories import make_accepted, make_mql, make_own, make_rep
from tests.qualification.factories import engage

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)
HOUR = timedelta(hours=1)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*(\ssrc=|application/json))", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def listed(client: Client, **asked: Any) -> list[int]:
    answer = client.get("/leads/", asked)
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
    return [lead.pk for lead in answer.context["rows"]]


def test_each_role_sees_its_own_leads(client: Client) -> None:
    manager, mine, other = make_user(Role.SALES_MANAGER), make_rep(), make_rep()
    make_team(manager, mine)
    own, theirs = make_own(mine), make_own(other)
    pooled, inquiry = make_mql(), make_lead()
    marketing = [inquiry.pk, pooled.pk, theirs.pk, own.pk]
    assert listed(as_(client, make_user(Role.MARKETER))) == marketing
    assert listed(as_(client, make_user(Role.ADMIN))) == marketing
    assert listed(as_(client, mine)) == [pooled.pk, own.pk]
    assert listed(as_(client, other)) == [pooled.pk, theirs.pk]
    assert listed(as_(client, manager)) == [own.pk]
    assert listed(as_(client, make_user())) == []


def test_what_a_reader_may_not_see_is_not_there(client: Client) -> None:
    rep, other = make_rep(), make_rep()
    lead = make_own(other)
    as_(client, rep)
    paths = ["leads/{}", "leads/{}/score", "leads/{}/story", "leads/{}/handoffs"]
    paths = [f"/{path.format(lead.pk)}/" for path in paths] + [f"/contacts/{lead.contact_id}/"]
    assert [client.get(path).status_code for path in paths] == [404] * 5
    assert [as_(client, other).get(path).status_code for path in paths] == [200] * 5


@pytest.mark.parametrize("path", ["/leads/0/", "/leads/99999999999999999999999/", "/contacts/99999999999999999999/"])
def test_keys_that_are_none_are_not_found(client: Client, path: str) -> None:
    assert as_(client, make_user(Role.ADMIN)).get(path).status_code == 404


def test_every_fixed_filter(client: Client) -> None:
    rep, campaign = make_rep(), make_campaign()
    late = make_lead(next_step_at=NOW - HOUR, at=TUESDAY - HOUR)
    web = make_lead(channel="web")
    of_campaign = make_lead(campaign=campaign)
    own = make_own(rep)
    lost = make_lead()
    lifecycle.close(Lead.objects.filter(pk=lost.pk), to=Stage.LOST, at=NOW, reason=Reason.LOST, by=None)
    queue = Queue.objects.get(kind=Queue.Kind.TO_QUALIFY)
    as_(client, make_user(Role.MARKETER))
    assert listed(client) == [own.pk, of_campaign.pk, web.pk, late.pk]
    assert listed(client, stage="closed") == listed(client, stage="lost") == [lost.pk]
    assert listed(client, stage="all") == [lost.pk, own.pk, of_campaign.pk, web.pk, late.pk]
    assert listed(client, stage="sal") == listed(client, holder=f"user-{rep.pk}") == [own.pk]
    assert listed(client, holder=f"queue-{queue.pk}") == listed(client, holder="queued")
    assert listed(client, holder="queued") == [of_campaign.pk, web.pk, late.pk]
    assert listed(client, channel="web") == [web.pk]
    assert listed(client, campaign=campaign.pk) == [of_campaign.pk]
    assert listed(client, overdue="1") == [late.pk]
    assert listed(as_(client, rep), holder="me") == [own.pk]


@pytest.mark.parametrize(
    "asked",
    [
        {"stage": "x"},
        {"holder": "user-0"},
        {"holder": "user-x"},
        {"holder": "queue-"},
        {"campaign": "x"},
        {"channel": "\x00"},
        {"q": "x\x00"},
        {"q": "x" * 1000},
        {"before": "x"},
        {"before": "9" * 30},
        {"after": "-1"},
    ],
)
def test_what_is_not_understood_is_left_out(client: Client, asked: dict[str, str]) -> None:
    lead = make_lead()
    assert listed(as_(client, make_user(Role.MARKETER)), **asked) == [lead.pk]


@pytest.mark.parametrize(
    "words",
    ["Marieke", "marieke van den", "Broek", "VAN RIJN", "m.vandenbroek@", "06 24819033", "+31624819033", "A-17"],
)
def test_search_by_name_company_address_or_number(client: Client, words: str) -> None:
    organisation = make_organisation("Van Rijn Logistiek B.V.")
    lead = make_lead(
        first_name="Marieke",
        infix="van den",
        last_name="Broek",
        name_key="marieke van den broek",
        email="m.vandenbroek@rijn.example",
        mobile_e164="+31624819033",
        external_id="A-17",
        organisation=organisation,
    )
    make_lead(last_name="Bakker", name_key="bakker", email="b@b.example")
    search.fill()
    assert listed(as_(client, make_user(Role.MARKETER)), q=words) == [lead.pk]


def test_pages_follow_each_other_both_ways(client: Client) -> None:
    leads = [make_lead().pk for _ in range(2 * PAGE + 3)][::-1]
    as_(client, make_user(Role.MARKETER))
    first = client.get("/leads/")
    second = client.get(first.context["older"])
    third = client.get(second.context["older"])
    back = client.get(third.context["newer"])
    pages = [[lead.pk for lead in answer.context["rows"]] for answer in (first, second, third, back)]
    assert pages == [leads[:PAGE], leads[PAGE : 2 * PAGE], leads[2 * PAGE :], leads[PAGE : 2 * PAGE]]
    assert (first.context["newer"], third.context["older"]) == ("", "")


def test_filters_stay_from_page_to_page(client: Client) -> None:
    for _ in range(PAGE + 1):
        make_lead(channel="web")
    answer = as_(client, make_user(Role.MARKETER)).get("/leads/?channel=web&overdue=")
    assert answer.context["older"].startswith("/leads/?channel=web&before=")


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER, Role.SALES_MANAGER])
def test_the_list_takes_as_many_statements_for_30_leads_as_for_one(client: Client, role: Role) -> None:
    reader, organisation = make_user(role), make_organisation()
    make_team(reader, reader)
    as_(client, reader)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            make_own(reader, organisation=organisation, campaign=make_campaign())
        client.get("/leads/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/leads/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_lead_shows_who_where_and_what_came_along(client: Client) -> None:
    rep = make_rep()
    AttributeKey.objects.create(key="shoe_size", label="Shoe size", created_at=NOW)
    lead = make_accepted(rep, first_name="Marieke", last_name="Broek", attributes={"shoe_size": "<b>41</b>", "x": ""})
    engage(lead, "attended", at=NOW, interest="Wants a quotation", attended_minutes=41)
    answer = as_(client, rep).get(f"/leads/{lead.pk}/")
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
    assert answer.context["attributes"] == [("Shoe size", "<b>41</b>")]
    assert (answer.text.count("&lt;b&gt;41"), answer.text.count("<b>41")) == (1, 0)
    story = client.get(f"/leads/{lead.pk}/story/")
    assert ("Wants a quotation" in story.text, "Accepted" in story.text, "<html" in story.text) == (True, True, True)
    assert "<html" not in client.get(f"/leads/{lead.pk}/story/", headers={"HX-Request": "true"}).text


def test_panels_load_by_their_own_address_and_are_links_without_script(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    text = as_(client, rep).get(f"/leads/{lead.pk}/").text
    for panel in ("story", "score", "handoffs"):
        address = f"/leads/{lead.pk}/{panel}/"
        assert (text.count(f'hx-get="{address}"'), text.count(f'href="{address}"')) == (1, 1)


def test_a_manager_can_reassign_from_the_lead_and_a_rep_take_it_from_the_pool(client: Client) -> None:
    manager, rep = make_user(Role.SALES_MANAGER), make_rep()
    make_team(manager, rep)
    lead, pooled = make_accepted(rep), make_mql()
    panel = as_(client, manager).get(f"/leads/{lead.pk}/handoffs/").text
    assert (panel.count('action="/handoffs/reassignments/"'), panel.count("/claim/")) == (1, 0)
    panel = as_(client, rep).get(f"/leads/{pooled.pk}/handoffs/").text
    assert (panel.count(f'action="/leads/{pooled.pk}/claim/"'), panel.count("reassignments")) == (1, 0)


def test_a_contact_with_all_their_leads(client: Client) -> None:
    contact = make_contact(email="a@b.example")
    lead = make_lead(contact)
    lifecycle.close(Lead.objects.filter(pk=lead.pk), to=Stage.LOST, at=NOW, reason=Reason.LOST, by=None)
    again = make_lead(contact)
    engage(contact, "scan", at=NOW, detail="Stand 4")
    answer = as_(client, make_user(Role.MARKETER)).get(f"/contacts/{contact.pk}/")
    assert [row.pk for row in answer.context["leads"]] == [again.pk, lead.pk]
    assert ("Stand 4" in answer.text, "mailto:a@b.example" in answer.text) == (True, True)


def test_a_merged_contact_leads_to_the_one_that_stayed(client: Client) -> None:
    stayed, gone = make_contact(), make_contact()
    Contact.objects.filter(pk=gone.pk).update(merged_into=stayed, family_id=stayed.pk)
    answer = as_(client, make_user(Role.MARKETER)).get(f"/contacts/{gone.pk}/")
    assert answer.headers["Location"] == f"/contacts/{stayed.pk}/"


def test_suppressed_channels_are_on_no_page(client: Client) -> None:
    lead = make_lead(
        phone_e164="+31205550124", email="d@bouw.example", is_phone_suppressed=True, is_mail_suppressed=True
    )
    as_(client, make_user(Role.MARKETER))
    for path in (f"/leads/{lead.pk}/", f"/contacts/{lead.contact_id}/"):
        text = client.get(path).text
        assert (text.count("tel:"), text.count("mailto:"), "bouw.example" in text) == (0, 0, False)


def test_home_sends_each_reader_where_their_work_is(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"
    assert as_(client, make_rep()).get("/").headers["Location"] == "/queue/"
    for role in (Role.MARKETER, Role.SALES_MANAGER, Role.ADMIN, None):
        answer = as_(client, make_user(*([role] if role else []))).get("/")
        assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])


def test_home_of_a_marketer_counts_what_waits(client: Client) -> None:
    make_lead()
    late = make_lead(next_step_at=NOW - HOUR, at=TUESDAY - HOUR)
    answer = as_(client, make_user(Role.MARKETER)).get("/")
    tallies = {row["queue"].kind: (row["waiting"], row["overdue"]) for row in answer.context["marketing"]["queues"]}
    assert tallies == {"to_qualify": (2, 1), "returned": (0, 0)}
    assert answer.context["marketing"]["due"][0].pk == late.pk


def test_home_of_a_manager_shows_the_overdue_of_their_team_only(client: Client) -> None:
    manager, mine, other = make_user(Role.SALES_MANAGER), make_rep(tracking=Rep.Tracking.RESULTS), make_rep()
    make_team(manager, mine)
    late = make_own(mine, at=TUESDAY - HOUR, next_step_at=NOW - HOUR)
    make_own(other, at=TUESDAY - HOUR, next_step_at=NOW - HOUR)
    sales = as_(client, manager).get("/").context["sales"]
    assert (sales["overdue"], [lead.pk for lead in sales["first_overdue"]]) == (1, [late.pk])


def test_the_score_panel_adds_up(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    scoring.rescore(Lead.objects.all(), NOW, Definition.objects.in_force(NOW))
    assert as_(client, rep).get(f"/leads/{lead.pk}/score/").status_code == 200
