"""Under which campaign are leads counted? They are put under another one, dated, as long as sales has not got them.

The campaign of a lead is the one that opened it, until it is put under another here. The rows of an act tell when that was,
and what it was before, so that a report of a moment before counts the lead where it stood then.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from leads.bulk.acts import Act, Asks, Before, Done, Impossible, Option, Order, register
from leads.bulk.marking import SO_ALREADY, unfit
from leads.lead_fields import campaigns_offered
from leads.models import Campaign, Lead
from leads.problems import Problem
from leads.stages import HELD_BY_REP
from leads.touching import touch

PROMOTED = Problem(gettext_noop("Sales was promised the lead under its campaign: it stays there."))

# Each time that a lead came under a campaign (1) or left one (-1), by an act or by its undoing.
CHANGES = """
    SELECT b.lead_id, side.campaign_id, side.n, side.recorded_at
    FROM leads_bulkact a JOIN leads_bulkactlead b ON b.act_id = a.id, LATERAL (VALUES
        ((b.before ->> 'is')::bigint, 1, (b.before ->> 'at')::timestamptz),
        ((b.before ->> 'was')::bigint, -1, (b.before ->> 'at')::timestamptz),
        ((b.before ->> 'is')::bigint, -1, (b.before ->> 'undone_at')::timestamptz),
        ((b.before ->> 'was')::bigint, 1, (b.before ->> 'undone_at')::timestamptz)) side (campaign_id, n, recorded_at)
    WHERE a.act = 'campaign' AND side.campaign_id IS NOT NULL AND side.recorded_at IS NOT NULL
"""


def put_under(keys: Sequence[int], order: Order) -> Done:
    """Put leads under a campaign that sales was not promised yet."""
    campaign = int(order.options["campaign"])
    if not Campaign.objects.filter(pk=campaign).exists():
        raise Impossible(_("The campaign is not there any more."))
    rows = Lead.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    refused: dict[int, Problem] = {}
    changed: dict[int, Any] = {}
    families: set[int] = set()
    for lead in rows:
        if problem := _refusal(lead, campaign):
            refused[lead.pk] = problem
        else:
            changed[lead.pk] = {"was": lead.campaign_id, "is": campaign, "at": order.at.isoformat()}
            families.add(lead.family_id)
    Lead.objects.filter(pk__in=changed).update(campaign=campaign)
    touch(families, at=order.at)
    return Done(changed, refused)


def _refusal(lead: Lead, campaign: int) -> Problem | None:
    if lead.promotion_n and lead.is_open:
        return PROMOTED
    return unfit(lead.stage) or (SO_ALREADY if lead.campaign_id == campaign else None)


def put_back(before: Before, order: Order) -> Collection[int]:
    """Put leads back that are still where the act put them, and that sales was not promised since."""
    rows = Lead.objects.still_open().filter(pk__in=before, promotion_n=0).exclude(stage__in=HELD_BY_REP)
    there = set(Campaign.objects.filter(pk__in={one["was"] for one in before.values()}).values_list("pk", flat=True))
    back: list[Lead] = []
    for lead in rows.order_by("pk").select_for_update():
        was = before[lead.pk]["was"]
        if lead.campaign_id == before[lead.pk]["is"] and (was is None or was in there):
            lead.campaign_id = was
            back.append(lead)
    Lead.objects.bulk_update(back, ["campaign"])
    touch({lead.family_id for lead in back}, at=order.at)
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
