"""The queue and what is done on it, as a browser sees it: with and without JavaScript."""

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

from handoff import acceptance, routing
from handoff.models import FollowUp, Handoff, Rep
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle, merging
from leads.also_known import AlsoKnown
from leads.models import Consent, Lead, QueueMember
from qualification import scoring
from tests.factories import TUESDAY, make_contact, make_organisation, make_team, make_user
from tests.handoff.factories import (
    fresh,
    make_accepted,
    make_assigned,
    make_mql,
    make_own,
    make_rep,
    only,
    stands,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = TUESDAY + HOUR
HTMX = {"HX-Request": "true", "HX-Target": "lead"}
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*(\ssrc=|application/json))", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def handoff_of(lead: Lead) -> Handoff:
    return Handoff.objects.get(lead=lead, ended_at=None)


def post(client: Client, lead: Lead, what: str = "follow-ups", *, htmx: bool = False, **fields: Any) -> Any:
    headers = HTMX if htmx else {}
    return client.post(f"/handoffs/{handoff_of(lead).pk}/{what}/", fields, headers=headers)


def test_the_queue_opens_on_what_is_overdue_first(client: Client) -> None:
    rep = make_rep()
    late = make_own(rep, next_step_at=NOW - HOUR, last_name="Overdue")
    make_own(rep, next_step_at=NOW + HOUR, last_name="Due")
    make_assigned(rep, last_name="Fresh")
    answer = as_(client, rep).get("/queue/")
    assert (answer.status_code, answer.context["lead"].pk) == (200, late.pk)
    assert [(s.name, s.count) for s in answer.context["desk"].sections] == [("overdue", 1), ("today", 1), ("new", 1)]
    assert INLINE.findall(answer.text) == []


def test_an_empty_queue_says_so(client: Client) -> None:
    answer = as_(client, make_rep()).get("/queue/")
    assert (answer.status_code, answer.text.count("All done for now")) == (200, 1)


@pytest.mark.parametrize("tab", ["later", "done", "now", "nonsense", ""])
@pytest.mark.parametrize("after", ["", "x", "2026-06-16T10:00:00+02:00~9", "2026-99-99~1", "~", "2026-06-16~1"])
def test_every_tab_and_place_opens(client: Client, tab: str, after: str) -> None:
    rep = make_rep()
    make_own(rep, next_step_at=NOW + timedelta(days=3))
    answer = as_(client, rep).get("/queue/", {"tab": tab, "after": after})
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])


def test_a_lead_of_somebody_else_is_not_here(client: Client) -> None:
    rep, other = make_rep(), make_rep()
    theirs = make_own(other)
    as_(client, rep)
    paths = [f"/queue/{theirs.pk}/", f"/queue/{theirs.pk}/lead/", "/queue/99999999999999999999/", "/queue/0/"]
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_who_is_not_logged_in_logs_in_first(client: Client) -> None:
    lead = make_assigned(make_rep())
    paths = ["/queue/", f"/queue/{lead.pk}/", f"/leads/{lead.pk}/story/", f"/handoffs/{handoff_of(lead).pk}/"]
    assert [client.get(path).headers["Location"] for path in paths] == [f"/accounts/login/?next={p}" for p in paths]


def test_saving_without_javascript_goes_to_the_next_lead(client: Client) -> None:
    rep = make_rep()
    first = make_assigned(rep)
    second = make_own(rep, next_step_at=NOW + HOUR)
    with time_machine.travel(NOW, tick=False):
        answer = post(as_(client, rep), first, disposition="no_answer", note="Line busy", kind="call")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/queue/{second.pk}/")
    row = FollowUp.objects.get()
    assert (row.lead_id, row.disposition, row.note, row.by_id) == (first.pk, "no_answer", "Line busy", rep.pk)
    assert stands(first) == ("sal", rep.pk, None)


def test_saving_with_htmx_swaps_the_next_lead_and_the_list_in(client: Client) -> None:
    rep = make_rep()
    first, second = make_assigned(rep), make_own(rep, next_step_at=NOW + HOUR)
    answer = post(as_(client, rep), first, htmx=True, disposition="voicemail", note="")
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (200, f"/queue/{second.pk}/")
    assert (answer.text.count('id="lead"'), answer.text.count('id="list"'), answer.text.count("<html")) == (1, 1, 0)
    assert (answer.text.count("hx-swap-oob"), f'data-lead="{second.pk}"' in answer.text) == (2, True)


def test_the_last_lead_leaves_an_empty_desk(client: Client) -> None:
    rep = make_rep()
    lead = make_assigned(rep)
    answer = post(as_(client, rep), lead, htmx=True, disposition="voicemail")
    assert (answer.headers["HX-Push-Url"], answer.text.count("No lead is waiting")) == ("/queue/", 1)


def test_a_call_back_takes_the_moment_chosen(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    moment = NOW + timedelta(days=1)
    post(as_(client, rep), lead, disposition="call_back", when=moment.isoformat())
    assert fresh(lead).next_step_at == moment
    post(client, lead, disposition="call_back", when="pick", picked="2026-06-19T14:30")
    assert fresh(lead).next_step_at.isoformat() == "2026-06-19T12:30:00+00:00"


NOTE = "Asked for a quotation"


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Choose how it went."),
        ({"disposition": "sung"}, "Select a valid choice"),
        ({"disposition": "call_back"}, "Choose when the appointment or the call is."),
        ({"disposition": "call_back", "when": "soon"}, "Choose a moment from the list, or pick one."),
        ({"disposition": "call_back", "when": "2026-06-17T10:00:00"}, "Choose a moment from the list, or pick one."),
        ({"disposition": "call_back", "when": "2026-02-31T10:00:00+01:00"}, "Choose a moment from the list"),
        ({"disposition": "call_back", "when": "pick"}, "Pick a date and a time."),
        ({"disposition": "call_back", "when": "pick", "picked": "tomorrow"}, "Write a date and a time, such as"),
        ({"disposition": "call_back", "when": "pick", "picked": "2026-06-15T10:00"}, "Choose a moment in the future."),
        ({"disposition": "spoke", "when": "pick", "picked": "2027-06-15T10:00"}, "at most 90 days ahead."),
        ({"disposition": "spoke", "when": "pick", "picked": "0001-01-01T00:00"}, "Choose a moment in the future."),
        ({"disposition": "spoke", "when": "pick", "picked": "9999-12-31T23:59"}, "at most 90 days ahead."),
        ({"disposition": "spoke", "when": "9999-12-31T23:59:59-12:00"}, "at most 90 days ahead."),
        ({"disposition": "spoke", "when": "pick", "picked": "2026-10-25T02:30"}, "it may be ambiguous"),
        ({"disposition": "spoke", "when": "pick", "picked": "2027-03-28T02:30"}, "may not exist"),
        ({"disposition": "spoke", "then": "burn"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, htmx: bool, said: dict[str, str], problem: str
) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    answer = post(as_(client, rep), lead, htmx=htmx, note=NOTE, **said)
    assert (answer.status_code, problem in answer.text, f'value="{NOTE}"' in answer.text) == (422, True, True)
    assert FollowUp.objects.count() == 0


def test_a_huge_note_is_refused_and_kept(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    answer = post(as_(client, rep), lead, disposition="voicemail", note="x" * 100_000)
    assert (answer.status_code, "at most 5000 characters" in answer.text, "x" * 100_000 in answer.text) == (
        422,
        True,
        True,
    )


def test_a_note_with_a_nought_byte_is_refused(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    assert post(as_(client, rep), lead, disposition="voicemail", note="a\x00b").status_code == 422


def test_no_interest_can_close_the_lead_at_once(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    post(as_(client, rep), lead, disposition="no_interest", then="close:no_interest", note="Never")
    assert stands(lead) == ("disqualified", rep.pk, None)
    assert Handoff.objects.get(lead=lead).outcome_reason == "no_interest"


def test_a_lead_can_go_back_to_marketing_to_be_woken(client: Client) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    post(as_(client, rep), lead, disposition="spoke", then="recycle:contract_elsewhere")
    assert (stands(lead)[0], fresh(lead).next_step_at) == ("nurture", NOW + timedelta(days=90))


@pytest.mark.parametrize("htmx", [True, False])
def test_who_comes_second_is_told_who_was_first(client: Client, htmx: bool) -> None:
    rep, other = make_rep(), make_rep(name="Noor Bakker")
    lead, left = make_accepted(rep), make_own(rep, next_step_at=NOW + HOUR)
    handoff = handoff_of(lead)
    routing.reassign(only(lead), to=other, by=None, at=NOW)
    answer = as_(client, rep).post(
        f"/handoffs/{handoff.pk}/follow-ups/", {"disposition": "spoke", "note": NOTE}, headers=HTMX if htmx else {}
    )
    assert (answer.status_code, answer.context["lead"].pk) == (409, left.pk)
    assert ("Noor Bakker was first: " in answer.text, NOTE in answer.text) == (True, True)
    assert answer.text.count(f'data-lead="{lead.pk}"') == 0
    assert FollowUp.objects.count() == 0


@pytest.mark.parametrize("what", ["acceptance", "rejection", "transfer", "follow-ups"])
def test_a_handoff_of_somebody_else_is_not_theirs_to_end(client: Client, what: str) -> None:
    rep, other = make_rep(), make_rep()
    lead = make_assigned(other)
    handoff = handoff_of(lead)
    as_(client, rep)
    assert client.post(f"/handoffs/{handoff.pk}/{what}/", {"disposition": "spoke"}).status_code == 404
    assert stands(lead) == ("assigned", other.pk, None)


def test_accepting_keeps_the_lead_open(client: Client) -> None:
    rep = make_rep()
    lead = make_assigned(rep)
    answer = post(as_(client, rep), lead, "acceptance")
    assert (answer.headers["Location"], stands(lead)[0]) == (f"/queue/{lead.pk}/", "sal")
    assert post(client, lead, "acceptance").status_code == 409


def test_accepting_with_htmx_swaps_it_in_accepted(client: Client) -> None:
    rep = make_rep()
    lead = make_assigned(rep)
    answer = post(as_(client, rep), lead, "acceptance", htmx=True)
    assert (answer.status_code, answer.context["lead"].pk, answer.context["lead"].stage) == (200, lead.pk, "sal")


def test_rejecting_needs_a_reason_of_the_definition(client: Client) -> None:
    rep = make_rep()
    lead = make_assigned(rep)
    reason = acceptance.reject_reasons(NOW)[0]
    as_(client, rep)
    for wrong in ("", "ugly"):
        assert post(client, lead, "rejection", reason=wrong, note=NOTE).status_code == 422
    assert stands(lead)[0] == "assigned"
    answer = post(client, lead, "rejection", reason=reason.key, note=NOTE)
    assert (answer.status_code, stands(lead)[0]) == (302, "inquiry")


def test_handing_over_to_a_colleague(client: Client) -> None:
    rep, colleague, marketer = make_rep(), make_rep(), make_user(Role.MARKETER)
    lead = make_accepted(rep)
    as_(client, rep)
    assert post(client, lead, "transfer", to=marketer.pk).status_code == 422
    assert post(client, lead, "transfer", to="").status_code == 422
    assert post(client, lead, "transfer", to=colleague.pk).status_code == 302
    assert stands(lead) == ("assigned", colleague.pk, None)


def test_taking_a_lead_from_the_pool(client: Client) -> None:
    rep, other = make_rep(), make_rep()
    lead = make_mql()
    answer = as_(client, rep).post(f"/leads/{lead.pk}/claim/")
    assert (answer.headers["Location"], stands(lead)) == (f"/queue/{lead.pk}/", ("sal", rep.pk, None))
    assert as_(client, other).post(f"/leads/{lead.pk}/claim/").status_code == 404


def test_a_pool_of_others_gives_nothing(client: Client) -> None:
    rep = make_rep()
    lead = make_mql()
    QueueMember.objects.filter(user=rep).delete()
    assert as_(client, rep).post(f"/leads/{lead.pk}/claim/").status_code == 404


def test_a_full_rep_is_told_why_nothing_was_taken(client: Client) -> None:
    rep = make_rep(open_cap=0)
    lead = make_mql()
    answer = as_(client, rep).post(f"/leads/{lead.pk}/claim/")
    assert (answer.status_code, "You have no room" in answer.text, stands(lead)[0]) == (409, True, "mql")


def test_a_manager_reassigns_within_their_teams(client: Client) -> None:
    manager, mine, also_mine, foreign = make_user(Role.SALES_MANAGER), make_rep(), make_rep(), make_rep()
    make_team(manager, mine, also_mine)
    lead, other = make_accepted(mine), make_accepted(foreign)
    as_(client, manager)
    asked = {"lead": [lead.pk, other.pk, "x", "9" * 40], "to": also_mine.pk, "next": "/reports/black-hole/"}
    answer = client.post("/handoffs/reassignments/", asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/reports/black-hole/")
    assert (stands(lead), stands(other)) == (("assigned", also_mine.pk, None), ("sal", foreign.pk, None))
    client.post("/handoffs/reassignments/", {"lead": [lead.pk], "to": foreign.pk})
    assert stands(lead) == ("assigned", also_mine.pk, None)


def test_a_manager_spreads_over_the_team(client: Client) -> None:
    manager, one, two = make_user(Role.SALES_MANAGER), make_rep(), make_rep()
    team = make_team(manager, one, two)
    leads = [make_accepted(one) for _ in range(4)]
    as_(client, manager).post("/handoffs/reassignments/", {"lead": [lead.pk for lead in leads], "spread": team.pk})
    assert sorted({stands(lead)[1] for lead in leads}) == [two.pk]


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_back_is_never_another_site(client: Client, path: str) -> None:
    manager = make_user(Role.SALES_MANAGER)
    answer = as_(client, manager).post("/handoffs/reassignments/", {"lead": "1", "next": path})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("role", [Role.HUNTER, Role.MARKETER])
def test_only_managers_reassign(client: Client, role: Role) -> None:
    rep = make_rep()
    lead = make_accepted(rep)
    answer = as_(client, make_user(role)).post("/handoffs/reassignments/", {"lead": lead.pk, "to": rep.pk})
    assert (answer.status_code, stands(lead)[0]) == (403, "sal")


def test_the_explanation_names_everybody_passed_over(client: Client) -> None:
    rep, full = make_rep(name="Anna Chosen"), make_rep(name="Bert Full", open_cap=0)
    make_mql()
    routing.assign(NOW)
    handoff = Handoff.objects.get(rep=rep)
    answer = as_(client, rep).get(f"/handoffs/{handoff.pk}/")
    assert (answer.status_code, "Anna Chosen" in answer.text, full.name in answer.text) == (200, True, True)
    assert "No room: at most 0 open leads" in answer.text
    assert as_(client, make_rep()).get(f"/handoffs/{handoff.pk}/").status_code == 404


def test_a_suppressed_channel_is_withheld_with_the_reason(client: Client) -> None:
    rep = make_rep()
    lead = make_own(
        rep,
        next_step_at=NOW + HOUR,
        phone_e164="+31205550124",
        email="d@bouw.example",
        is_phone_suppressed=True,
        is_mail_suppressed=True,
    )
    Consent.objects.create(contact_id=lead.contact_id, channel="phone", withdrawn_at=TUESDAY, recorded_at=TUESDAY)
    text = as_(client, rep).get("/queue/").text
    assert (text.count("tel:"), text.count("mailto:"), "+3120" in text) == (0, 0, False)
    assert ("Asked on 06/16/2026 not to be called" in text, "May not be mailed" in text) == (True, True)


def test_what_a_manager_reads_of_a_rep_tracked_by_results(client: Client) -> None:
    manager = make_user(Role.SALES_MANAGER)
    coached, by_results = make_rep(), make_rep(tracking=Rep.Tracking.RESULTS)
    make_team(manager, coached, by_results)
    for rep, seen in ((coached, 1), (by_results, 0)):
        lead = make_accepted(rep)
        post(as_(client, rep), lead, disposition="voicemail", note="Said nothing")
        story = as_(client, manager).get(f"/leads/{lead.pk}/story/", headers=HTMX)
        assert (story.text.count("Voicemail"), story.text.count("Said nothing")) == (seen, seen)


def test_hostile_text_stays_text(client: Client) -> None:
    rep = make_rep()
    organisation = make_organisation('<script>alert("x")</script>')
    make_own(rep, next_step_at=NOW + HOUR, organisation=organisation, job_title='"><img src=x onerror=alert(1)>')
    answer = as_(client, rep).get("/queue/")
    assert (re.findall("<script>|<img", answer.text), answer.text.count("&lt;script&gt;") > 0) == ([], True)


# The session, and the user with their groups; the list with all counts, that of the menu too; and the calls in the menu.
FRAME, LIST, MENU = 2, 1, 1
# The lead, its story with what the person said of being contacted, others at the organisation, and the rep's hours with
# the definition in force.
PANEL = 4


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/queue/", MENU + LIST + PANEL),
        ("/queue/{}/", MENU + LIST + PANEL),
        ("/queue/{}/lead/", PANEL),
        ("/queue/?tab=later", MENU + LIST + PANEL),
        ("/queue/?tab=done", MENU + LIST),
    ],
)
def test_a_page_takes_as_many_statements_for_30_leads_as_for_one(client: Client, path: str, own: int) -> None:
    rep = make_rep()
    organisation = make_organisation()
    lead = make_accepted(rep, organisation=organisation)
    make_own(rep, next_step_at=NOW - HOUR, organisation=organisation)
    scoring.rescore(Lead.objects.all(), NOW)
    as_(client, rep)
    counts = []
    for more in (0, 29):
        for n in range(more):
            make_own(rep, next_step_at=NOW + HOUR * (n - 5), organisation=organisation)
        scoring.rescore(Lead.objects.all(), NOW)
        client.get(path.format(lead.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(path.format(lead.pk))
        counts.append(len(asked))
    assert counts == [FRAME + own] * 2


def test_recording_and_going_on_takes_as_many_statements_in_a_queue_of_30(client: Client) -> None:
    rep, organisation = make_rep(), make_organisation()
    as_(client, rep)
    counts = []
    for more in (3, 30):
        leads = [make_accepted(rep, organisation=organisation) for _ in range(more)]
        scoring.rescore(Lead.objects.all(), NOW)
        post(client, leads[0], htmx=True, disposition="no_answer")
        with CaptureQueriesContext(connection) as asked:
            post(client, leads[1], htmx=True, disposition="no_answer")
        counts.append(len(asked))
    # This test finds the handoff. Lead, hours, the lock, the hold, the row; two blocks and their ends.
    assert counts == [1 + FRAME + 5 + 4 + LIST + PANEL - 1] * 2


def test_the_queue_shows_all_that_a_person_is_known_by(client: Client) -> None:
    rep = make_rep()
    lead = make_own(rep, next_step_at=NOW + HOUR, phone_e164="+31205550124", mobile_e164="+31612345678")
    shown = as_(client, rep).get(f"/queue/{lead.pk}/").context["sheet"].also
    assert shown == AlsoKnown(phones=(("+31205550124", "020 555 0124"),))
    other = make_contact(last_name="Vos", email="vos@elders.example", phone_e164="+31205550199")
    merging.merge([merging.Fold(other.pk, lead.contact_id)], at=NOW, by=None)
    page = as_(client, rep).get(f"/queue/{lead.pk}/")
    also = page.context["sheet"].also
    assert (also.names, also.emails, [number for number, _shown in also.phones]) == (
        ("Vos",),
        ("vos@elders.example",),
        ["+31205550124", "+31205550199"],
    )
    assert "tel:+31205550199" in page.text
