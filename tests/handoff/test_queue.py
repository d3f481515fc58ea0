from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handoff import followup, queue
from leads import lifecycle
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
    with CaptureQueriesContext(
        connection,
    ) as captured:
        now = queue.for_rep(rep, TUESDAY)
        [
            (
                str(lead.contact),
                str(lead.contact.organisation),
                lead.campaign,
                getattr(lead, "score", None),
            )
            for lead in now.leads
        ]
    assert len(captured) == 2
    assert [lead.pk for lead in queue.later(rep, TUESDAY)] == [later.pk]
    assert queue.overdue_count(rep, TUESDAY) == 1
    assert queue.next_lead(rep, TUESDAY).pk == overdue.pk
    assert queue.next_lead(rep, TUESDAY, queue.position(overdue)).pk == today.pk
    followup.record(only(overdue), by=rep, kind="call", disposition="spoke", at=TUESDAY)
    assert [lead.pk for lead in queue.done(rep, TUESDAY)] == [overdue.pk]
    assert queue.counts(rep, TUESDAY).done == 1
