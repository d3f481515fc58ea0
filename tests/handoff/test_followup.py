from __future__ import annotations

from datetime import timedelta

import pytest

from handoff import followup
from handoff.models import FollowUp, Handoff
from leads import lifecycle
from leads.models import Promotion
from tests.factories import TUESDAY
from tests.handoff.factories import fresh, make_assigned, make_rep, only

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def test_follow_up_accepts_answers_and_sets_the_next_step():
    rep = make_rep()
    lead = make_assigned(rep)
    ids = followup.record(only(lead), by=rep, kind="call", disposition="no_answer", note="x", at=TUESDAY + HOUR)
    assert ids == [lead.pk]
    now = fresh(lead)
    assert (now.stage, now.owner_id) == ("sal", rep.pk)
    assert now.next_step_at == TUESDAY + 5 * HOUR
    assert (now.first_follow_up_at, now.answered_at) == (TUESDAY + HOUR,) * 2
    handoff = Handoff.objects.get(lead=lead, ended_at=None)
    assert handoff.accepted_at == TUESDAY + HOUR
    row = FollowUp.objects.get()
    assert (row.handoff_id, row.by_id, row.is_reached, row.recorded_at) == (handoff.pk, rep.pk, False, TUESDAY + HOUR)
    assert Promotion.objects.get().answered_as == "followed_up"


def test_undo_restores_hold():
    rep = make_rep()
    lead = make_assigned(rep)
    before = fresh(lead)
    followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=TUESDAY + HOUR)
    assert followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 2 * HOUR) == [lead.pk]
    now = fresh(lead)
    assert (now.stage, now.next_step_at, now.answered_at, now.first_follow_up_at) == (
        "assigned",
        before.next_step_at,
        None,
        None,
    )
    assert Handoff.objects.get(ended_at=None).accepted_at is None
    assert Promotion.objects.get().answered_as == ""
    assert followup.undo(FollowUp.objects.all(), by=rep, at=TUESDAY + 2 * HOUR) == []
