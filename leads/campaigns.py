"""What does a campaign cost, what did it bring in, and did sales agree to it?"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from leadops.accounts.models import Company, User
from leads.models import Campaign, CampaignCost
from leads.querysets import CampaignCostQuerySet, CampaignQuerySet


def company() -> Company:
    """The company as it is set up; the usual one where it is not."""
    return Company.objects.first() or Company()


def today(at: datetime) -> date:
    """The day that it is for the company."""
    return at.astimezone(ZoneInfo(company().time_zone)).date()


def cost_a_lead(spent: Decimal | None, opened: int) -> Decimal | None:
    """Actual cost / leads opened, in the campaign's currency; None where nothing was spent, or no lead came."""
    return spent / opened if spent is not None and opened else None


@transaction.atomic
def book(campaign: Campaign, *, kind: str, amount: Decimal, label: str, day: date, at: datetime) -> CampaignCost:
    """Add a cost line of a day to a campaign, in its currency, and return it. From the first line on that currency stays."""
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    noon = datetime.combine(day, time(12), ZoneInfo(company().time_zone))  # the same day for readers nearby
    return CampaignCost.objects.create(
        campaign=locked, kind=kind, amount=amount, label=label, occurred_at=noon, recorded_at=at
    )


@transaction.atomic
def take_back(costs: CampaignCostQuerySet, *, at: datetime) -> list[int]:
    """Void the lines of the set that stand, each by a line of its own; return the lines taken back.

    Both stay in the books. A line that was taken back before is left alone, and so is a line that takes one back.
    """
    campaigns = Campaign.objects.filter(pk__in=costs.values("campaign"))
    list(campaigns.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    lines = list(CampaignCost.objects.filter(pk__in=costs.values("pk")).standing().order_by("pk"))
    CampaignCost.objects.bulk_create(_void(line, at) for line in lines)
    return [line.pk for line in lines]


def _void(line: CampaignCost, at: datetime) -> CampaignCost:
    return CampaignCost(
        campaign_id=line.campaign_id,
        kind=line.kind,
        amount=line.amount,
        label=line.label,
        occurred_at=line.occurred_at,
        recorded_at=at,
        voids=line,
    )


def agree(campaigns: CampaignQuerySet, *, by: User, at: datetime) -> list[int]:
    """Agree to campaigns for sales; return those agreed to. What was agreed before stays as it is.

    It takes two: nobody agrees to a campaign of their own.
    """
    with transaction.atomic():
        open_to_it = Campaign.objects.filter(pk__in=campaigns.values("pk"), agreed_at__isnull=True).exclude(owner=by)
        keys = list(open_to_it.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
        Campaign.objects.filter(pk__in=keys).update(agreed_by=by, agreed_at=at)
        return keys
