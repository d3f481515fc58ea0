from __future__ import annotations

from datetime import timedelta

import pytest

from leads import calendars, lifecycle
from leads.models import Lead, LeadScore, LeadTouch, Promotion, Queue
from leads.stages import Stage
from qualification import promotion
from qualification.promotion import Judged
from tests.factories import TUESDAY, make_lead, queue_of
from tests.qualification.factories import engage, make_default, make_good_lead

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_the_past():
    with lifecycle.history():
        yield


def test_what_meets_the_definition_is_promoted_with_its_promise():
    pool = queue_of(Queue.Kind.HUNTERS)
    good, bare = make_good_lead(), make_lead(last_name="Jansen", external_id="1")
    engage(good)
    definition = make_default()
    assert promotion.judge(LATER) == Judged(claimed=2, rescored=2, promoted=1)
    found = Promotion.objects.get()
    assert (found.lead_id, found.n, found.definition_version) == (good.pk, 1, definition.version)
    assert found.promised_by == calendars.due(LATER, 1440)
    good, bare = Lead.objects.order_by("pk")
    assert (good.stage, good.queue_id, good.next_step_at) == (Stage.MQL, pool.pk, calendars.due(LATER, 480))
    assert (bare.stage, bare.promotion_n) == (Stage.INQUIRY, 0)
    assert LeadTouch.objects.count() == 0
    assert LeadScore.objects.get(pk=bare.pk).meets is False
