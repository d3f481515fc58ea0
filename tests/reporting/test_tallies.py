from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from leadops.foundation import lay
from leads import lifecycle
from leads.models import Lead
from leads.stages import Reason, Stage
from reporting import spend, tallies
from reporting.models import CampaignTally
from tests.factories import TUESDAY, make_campaign, make_lead
from tests.reporting.factories import book

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _laid():
    lay()


def kept() -> dict[str, int]:
    return {tally.campaign.name: tally.leads for tally in CampaignTally.objects.select_related("campaign")}


def costs() -> dict[int, Decimal]:
    return {key: round(cost, 2) for key, cost in spend.of_a_lead(TUESDAY, is_live=True).items()}


def test_what_is_settled_is_counted_once_and_the_rest_on_demand():
    fair, web = make_campaign(name="Fair"), make_campaign(name="Web")
    for campaign in (fair, web):
        book(campaign, 120)
    for _ in range(2):
        make_lead(campaign=fair)
    make_lead()
    assert (tallies.keep(TUESDAY + 2 * HOUR), kept()) == (1, {"Fair": 2})
    before = costs()
    make_lead(campaign=fair)
    make_lead(campaign=web)
    assert (before, costs()) == ({fair.pk: 60}, {fair.pk: 40, web.pk: 120})
    assert (tallies.keep(TUESDAY + HOUR / 2), kept(), costs()) == (0, {"Fair": 2}, {fair.pk: 40, web.pk: 120})
    assert (tallies.keep(TUESDAY + 2 * HOUR), kept(), costs()) == (
        2,
        {"Fair": 3, "Web": 1},
        {fair.pk: 40, web.pk: 120},
    )


def test_a_second_run_changes_nothing_and_the_void_are_taken_off():
    fair = make_campaign(name="Fair")
    book(fair, 120)
    leads = [make_lead(campaign=fair) for _ in range(3)]
    tallies.keep(TUESDAY + 2 * HOUR)
    tallies.keep(TUESDAY + 2 * HOUR)
    with lifecycle.history():
        lifecycle.close(
            Lead.objects.filter(pk=leads[0].pk), to=Stage.VOID, at=TUESDAY + HOUR, reason=Reason.UNDONE, by=None
        )
    assert (kept(), costs()) == ({"Fair": 3}, {fair.pk: 60})
