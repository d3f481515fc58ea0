"""What did a lead become in the end: business, nothing, or something for later?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from handoff import deadlines, followup, passing
from handoff.held import held
from handoff.models import FollowUp, Handoff, Opportunity
from leadops.accounts.models import User
from leads import lifecycle
from leads.lifecycle import Leads
from leads.models import Queue
from leads.stages import LONGEST_STEP_DAYS, Reason, Stage

# When a lead that went back to marketing is woken, where nobody names a date.
USUAL_SLEEP = timedelta(days=90)


class RecycleReason(models.TextChoices):
    CONTRACT_ELSEWHERE = "contract_elsewhere", _("Contract elsewhere")
    NO_BUDGET = "no_budget", _("No budget")
    NO_SUPPORT = "no_support", _("No support in the organisation")
    OTHER_PRIORITIES = "other_priorities", _("Other priorities")
    NOT_REACHED = "not_reached", _("Could not be reached")


class DisqualifyReason(models.TextChoices):
    NO_INTEREST = "no_interest", _("No interest")
    NO_NEED = "no_need", _("No need")
    WRONG_PERSON = "wrong_person", _("Wrong person")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    COMPETITOR = "competitor", _("Competitor")
    OUT_OF_BUSINESS = "out_of_business", _("Out of business")


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of a lead right after a follow-up: closed, or back to marketing, there to be woken in USUAL_SLEEP or at `wake_at`."""

    reason: str
    is_return: bool = False
    wake_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Business:
    """The piece of business that a lead may become."""

    name: str
    amount: Decimal | None = None
    currency: str = "EUR"
    expected_close_on: date | None = None


def _locked(leads: Leads, by: User) -> lifecycle.Locked:
    """The leads of the set that `by` holds."""
    return lifecycle.Locked({one.lead: one.stage for one in held(leads, by)})


def _contacted(leads: Mapping[int, str]) -> lifecycle.Locked:
    """Those that were followed up."""
    found = FollowUp.objects.standing().filter(lead__in=leads).values_list("lead", flat=True)
    return lifecycle.Locked({key: leads[key] for key in set(found)})


@transaction.atomic
def qualify(
    leads: Leads, *, by: User, at: datetime, business: Business, next_step_at: datetime | None = None
) -> list[int]:
    """Turn accepted leads that `by` holds into opportunities; return those leads. Raises followup.MomentRefused.

    A lead that qualifies already is left alone.
    """
    if next_step_at is not None:
        followup.require_next_step(next_step_at, at, LONGEST_STEP_DAYS[Stage.SQL])
    due = next_step_at or deadlines.Clock([by.pk], at).due(by.pk, 3 * deadlines.DAY)
    holds = {one.lead: one.until(due, by, at) for one in held(leads, by, [Stage.SAL])}
    ids = lifecycle.move(
        lifecycle.Locked(dict.fromkeys(holds, Stage.SAL)),
        to=Stage.SQL,
        holds=holds,
        at=at,
        reason=Reason.QUALIFIED,
        by=by,
    )
    Opportunity.objects.bulk_create(
        Opportunity(
            lead_id=lead,
            name=business.name,
            amount=business.amount,
            currency=business.currency,
            expected_close_on=business.expected_close_on,
            opened_at=at,
        )
        for lead in ids
    )
    return ids


@transaction.atomic
def disqualify(leads: Leads, *, by: User, reason: str, at: datetime, note: str = "") -> list[int]:
    """Close leads that `by` holds and that were followed up; return those leads.

    Before contact a lead is rejected instead: it is left alone. Open opportunities are lost with it.
    """
    key = DisqualifyReason(reason).value
    ids = lifecycle.close(
        _contacted(_locked(leads, by)), to=Stage.DISQUALIFIED, at=at, reason=Reason.DISQUALIFIED, by=by, note=note
    )
    passing.end(ids, outcome=Handoff.Outcome.QUALIFIED_OUT, at=at, outcome_reason=key, note=note)
    Opportunity.objects.still_open().filter(lead__in=ids).update(lost_at=at, lost_reason=key)
    return ids


@transaction.atomic
def recycle(leads: Leads, *, by: User, reason: str, wake_at: datetime, at: datetime, note: str = "") -> list[int]:
    """Return leads that `by` holds to marketing, to be woken at `wake_at`; return those leads. Raises followup.MomentRefused."""
    key = RecycleReason(reason).value
    followup.require_next_step(wake_at, at, LONGEST_STEP_DAYS[Stage.NURTURE])
    queue = Queue.objects.get(kind=Queue.Kind.NURTURE)
    locked = _locked(leads, by)
    holds = dict.fromkeys(locked, lifecycle.Hold(wake_at, queue=queue.pk))
    ids = lifecycle.move(locked, to=Stage.NURTURE, holds=holds, at=at, reason=Reason.RECYCLED, by=by, note=note)
    passing.end(ids, outcome=Handoff.Outcome.RETURNED, at=at, outcome_reason=key, note=note)
    return ids


@transaction.atomic
def follow_up(leads: Leads, *, by: User, clock: deadlines.Clock, ending: Ending | None, **said: Any) -> dict[int, int]:
    """Write a follow-up as followup.write does, and end the lead with it where there is an ending; return {lead: follow-up}."""
    written = followup.write(leads, by=by, clock=clock, **said)
    note = said.get("note", "")
    if written and ending and ending.is_return:
        wake_at = ending.wake_at or clock.at + USUAL_SLEEP
        recycle(written, by=by, reason=ending.reason, wake_at=wake_at, at=clock.at, note=note)
    elif written and ending:
        disqualify(written, by=by, reason=ending.reason, at=clock.at, note=note)
    return written


@transaction.atomic
def win(opportunities: QuerySet[Opportunity], *, by: User, at: datetime) -> list[int]:
    """Win opportunities of leads that `by` holds: the lead is won at its first; return the leads won."""
    ids = lifecycle.close(_locked(_leads_of(opportunities), by), to=Stage.WON, at=at, reason=Reason.WON, by=by)
    _still_open(opportunities).filter(lead__in=ids).update(won_at=at)
    passing.end(ids, outcome=Handoff.Outcome.WON, at=at)
    return ids


@transaction.atomic
def lose(opportunities: QuerySet[Opportunity], *, by: User, at: datetime, reason: str = "") -> list[int]:
    """Lose opportunities of leads that `by` holds; a lead is lost with its last one. Return the leads lost."""
    locked = _locked(_leads_of(opportunities), by)
    _still_open(opportunities).filter(lead__in=locked).update(lost_at=at, lost_reason=reason)
    left = set(
        Opportunity.objects.standing().filter(lead__in=locked, lost_at__isnull=True).values_list("lead", flat=True)
    )
    last = lifecycle.Locked({key: stage for key, stage in locked.items() if key not in left})
    ids = lifecycle.close(last, to=Stage.LOST, at=at, reason=Reason.LOST, by=by, note=reason)
    passing.end(ids, outcome=Handoff.Outcome.LOST, at=at)
    return ids


def _still_open(opportunities: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    return Opportunity.objects.still_open().filter(pk__in=opportunities.values("pk"))


def _leads_of(opportunities: QuerySet[Opportunity]) -> set[int]:
    return set(_still_open(opportunities).values_list("lead", flat=True))
