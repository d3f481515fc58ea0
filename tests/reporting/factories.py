"""Factories of promotions in every state, as they stand on a Friday after TUESDAY."""

from __future__ import annotations

from datetime import timedelta

from handoff import followup
from leadops.accounts.models import User
from leads import lifecycle
from leads.models import Campaign, CampaignCost, Lead
from tests.factories import TUESDAY
from tests.handoff.factories import make_assigned, make_mql, only

HOUR = timedelta(hours=1)
FRIDAY = TUESDAY + timedelta(days=3)
PROMISE = TUESDAY + timedelta(days=1)


def never(rep: User | None = None, **fields: object) -> Lead:
    """A lead that nobody went after, with `rep` or in the pool."""
    fields.setdefault("promised_by", PROMISE)
    return make_assigned(rep, **fields) if rep else make_mql(**fields)


def called(rep: User, after: timedelta = HOUR, **fields: object) -> Lead:
    """A lead that `rep` called so long after TUESDAY."""
    lead = never(rep, **fields)
    with lifecycle.history():
        followup.record(only(lead), by=rep, kind="call", disposition="spoke", at=TUESDAY + after)
    return lead


def book(campaign: Campaign, amount: int) -> CampaignCost:
    """Book an actual cost."""
    return CampaignCost.objects.create(
        campaign=campaign, kind="actual", amount=amount, occurred_at=TUESDAY, recorded_at=TUESDAY
    )
