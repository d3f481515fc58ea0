from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handoff import followup
from handoff.models import Rep
from handoff.timeline import timeline
from leadops.accounts.roles import Role
from leads import conservation, lifecycle
from leads.models import Engagement
from tests.factories import TUESDAY, make_campaign, make_team, make_user
from tests.handoff.factories import fresh, make_accepted, make_rep, only

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def worked_by(rep):
    lead = make_accepted(rep)
    Engagement.objects.create(
        contact_id=lead.contact_id,
        lead=lead,
        campaign=make_campaign("Fair"),
        kind="scan",
        interest="Workplace",
        occurred_at=TUESDAY - HOUR,
        recorded_at=TUESDAY,
    )
    followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=TUESDAY + HOUR, note="Wants a quote")
    return fresh(lead)


def test_newest_first_in_one_statement():
    rep = make_rep()
    lead = worked_by(rep)
    with CaptureQueriesContext(connection) as captured:
        events = timeline(lead, rep)
    assert len(captured) == 1
    assert [(event.kind, event.key, event.text) for event in events] == [
        ("follow_up", "spoke", "Wants a quote"),
        ("move", "accepted", ""),
        ("move", "reassigned", ""),
        ("move", "meets_definition", ""),
        ("move", "captured", ""),
        ("engagement", "scan", "Workplace"),
    ]
    assert [str(event.title) for event in events][:2] == ["Spoke", "Accepted"]


@pytest.mark.parametrize(("tracking", "sees"), [(Rep.Tracking.COACH, True), (Rep.Tracking.RESULTS, False)])
def test_managers_see_follow_ups_of_those_they_coach_only(tracking, sees):
    rep, manager, marketer = make_rep(tracking=tracking), make_user(Role.SALES_MANAGER), make_user(Role.MARKETER)
    make_team(manager, rep)
    lead = worked_by(rep)
    kinds = {reader: {event.kind for event in timeline(lead, reader)} for reader in (manager, marketer)}
    assert ("follow_up" in kinds[manager], "follow_up" in kinds[marketer]) == (sees, False)


def test_no_lead_leaks():
    worked_by(make_rep())
    assert {check.name: check.leaks for check in conservation.run(TUESDAY).checks if check.leaks} == {}
