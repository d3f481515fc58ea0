from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handoff import at_work, followup, queue
from leads import lifecycle
from leads.models import Lead
from qualification import scoring
from tests.factories import TUESDAY
from tests.handoff.factories import make_assigned, make_own, make_rep, only

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def test_sections():
    rep = make_rep()
    new = make_assigned(rep)
    overdue = make_own(rep, at=TUESDAY - 5 * HOUR, next_step_at=TUESDAY - HOUR)
    today = make_own(rep, next_step_at=TUESDAY + HOUR)
    later = make_own(rep, next_step_at=TUESDAY + 48 * HOUR)
    now = queue.for_rep(rep, TUESDAY)
    assert ([lead.pk for lead in now.overdue], [lead.pk for lead in now.today], [lead.pk for lead in now.new]) == (
        [overdue.pk],
        [today.pk],
        [new.pk],
    )
    assert now.counts == (1, 1, 1, 1, 0)
    assert now.new[0].handoff == new.handoffs.get().pk
    with CaptureQueriesContext(connection) as captured:
        found, counts = queue.entries(rep, TUESDAY)
    assert ([(entry.section, entry.lead) for entry in found], counts, len(captured)) == (
        [("overdue", overdue.pk), ("today", today.pk), ("new", new.pk)],
        now.counts,
        1,
    )
    assert [lead.pk for lead in queue.section(rep, TUESDAY, "later")] == [later.pk]
    assert queue.overdue_count(rep, TUESDAY) == 1
    assert queue.entries(rep, TUESDAY, ["overdue"], after=queue.position(overdue))[0] == []
    followup.record(only(overdue), by=rep, kind="call", disposition="spoke", at=TUESDAY)
    done, counts = queue.entries(rep, TUESDAY, [queue.DONE])
    assert ([entry.lead for entry in done], counts.done) == ([overdue.pk], 1)
    assert queue.counts(rep, TUESDAY) == counts


def test_an_entry_shows_what_the_lead_is_called():
    rep = make_rep()
    lead = make_own(rep, at=TUESDAY - 5 * HOUR, next_step_at=TUESDAY - HOUR)
    lead = at_work.worked(rep, lead.pk)
    [entry], _counts = queue.entries(rep, TUESDAY)
    organisation = lead.contact.organisation
    assert (entry.contact, entry.organisation, entry.campaign, entry.stage, entry.channel, entry.position) == (
        str(lead.contact),
        organisation and organisation.name,
        lead.campaign and lead.campaign.name,
        lead.stage,
        lead.channel,
        queue.position(lead),
    )


def test_a_lead_at_work_is_the_lead_as_querysets_read_it():
    rep = make_rep()
    new = make_assigned(rep)
    scoring.rescore(Lead.objects.all(), TUESDAY)
    whole = Lead.objects.select_related("contact__organisation", "campaign", "score").get(pk=new.pk)
    with CaptureQueriesContext(connection) as captured:
        lead = at_work.worked(rep, new.pk)
        parts = [(lead, whole), (lead.contact, whole.contact), (lead.score, whole.score)]
    assert len(captured) == 1
    assert (lead.contact.organisation, lead.campaign) == (whole.contact.organisation, whole.campaign)
    for part, its in parts:
        read = {field.attname for field in part._meta.concrete_fields} - part.get_deferred_fields()
        assert {name: getattr(part, name) for name in read} == {name: getattr(its, name) for name in read}
    assert lead.handoff == new.handoffs.get().pk
    assert at_work.worked_in(rep, lead.handoff).pk == new.pk
    assert (at_work.worked(make_rep(), new.pk), at_work.worked_in(make_rep(), lead.handoff)) == (None, None)
