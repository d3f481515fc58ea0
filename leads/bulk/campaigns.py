"""Under which campaign are leads counted? They are put under another one, dated, as long as sales has not got them.

The campaign of a lead is the one that opened it, until it is put under another here, with a move that tells from where to
where and when, so that a report of a moment before counts the lead where it stood then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from leads.bulk.acts import Act, Asks, Before, Done, Impossible, Option, Order, register
from leads.bulk.marking import SO_ALREADY, unfit
from leads.lead_fields import campaigns_offered
from leads.models import Campaign, CampaignMove, Lead
from leads.problems import Problem
from leads.stages import HELD_BY_REP
from leads.touching import touch

PROMOTED = Problem(gettext_noop("Sales was promised the lead under its campaign: it stays there."))

# Each time that a lead came under a campaign (1) or left one (-1).
CHANGES = """
    SELECT m.lead_id, side.campaign_id, side.n, m.recorded_at
    FROM leads_campaignmove m, LATERAL (VALUES (m.campaign_id, 1), (m.was_id, -1)) side (campaign_id, n)
    WHERE side.campaign_id IS NOT NULL
"""


def put_under(keys: Sequence[int], order: Order) -> Done:
    """Put leads under a campaign that sales was not promised yet."""
    campaign = int(order.options["campaign"])
    if not Campaign.objects.filter(pk=campaign).exists():
        raise Impossible(_("The campaign is not there any more."))
    rows = Lead.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    refused: dict[int, Problem] = {}
    changed: dict[int, Any] = {}
    moved: list[Lead] = []
    for lead in rows:
        if problem := _refusal(lead, campaign):
            refused[lead.pk] = problem
        else:
            changed[lead.pk] = {"was": lead.campaign_id, "is": campaign}
            moved.append(lead)
    _move(moved, {lead.pk: campaign for lead in moved}, order)
    return Done(changed, refused)


def _move(leads: Sequence[Lead], to: Mapping[int, int | None], order: Order) -> None:
    """Write under which campaign each of these leads is counted from now on, and from where it came."""
    moves = [
        CampaignMove(lead=lead, was_id=lead.campaign_id, campaign_id=to[lead.pk], by=order.by, recorded_at=order.at)
        for lead in leads
    ]
    for lead in leads:
        lead.campaign_id = to[lead.pk]
    Lead.objects.bulk_update(leads, ["campaign"])
    CampaignMove.objects.bulk_create(moves)
    touch({lead.family_id for lead in leads}, at=order.at)


def _refusal(lead: Lead, campaign: int) -> Problem | None:
    if lead.promotion_n and lead.is_open:
        return PROMOTED
    return unfit(lead.stage) or (SO_ALREADY if lead.campaign_id == campaign else None)


def put_back(before: Before, order: Order) -> Collection[int]:
    """Put leads back that are still where the act put them, and that sales was not promised since."""
    rows = Lead.objects.still_open().filter(pk__in=before, promotion_n=0).exclude(stage__in=HELD_BY_REP)
    back = [lead for lead in rows.order_by("pk").select_for_update() if lead.campaign_id == before[lead.pk]["is"]]
    _move(back, {lead.pk: before[lead.pk]["was"] for lead in back}, order)
    return [lead.pk for lead in back]


register(
    Act(
        "campaign",
        gettext_lazy("Put under a campaign"),
        gettext_lazy(
            "Leads that sales has not got yet are counted with the campaign that you choose from now on; reports of a moment "
            "before stay as they were."
        ),
        put_under,
        put_back,
        (Option("campaign", gettext_lazy("Campaign"), Asks.CHOICE, lambda: list(campaigns_offered().items())),),
        "flag",
    )
)
