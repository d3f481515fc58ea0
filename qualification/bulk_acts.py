"""What of qualifying can be done to many leads at once, and taken back?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from leadops.accounts.models import User
from leads import lifecycle, reopening
from leads.bulk.acts import Act, Asks, Before, Done, Impossible, Option, Order, register
from leads.bulk.marking import IS_CLOSED
from leads.models import Lead, Queue
from leads.problems import Problem
from leads.stages import LONGEST_STEP_DAYS, OPEN, Reason, Stage
from qualification import disqualification, nurture
from qualification.definition import qualify_by

IN_NURTURE = Problem(gettext_noop("The lead is being nurtured already."))
WITH_SALES = Problem(gettext_noop("The lead is with sales: it is theirs to judge."))
WAKES_AT = time(9)


def _refusals(keys: Collection[int], fitting: Collection[str]) -> dict[int, Problem]:
    """Why each lead that stands in none of the fitting stages is left alone."""
    rows = Lead.objects.filter(pk__in=keys).exclude(stage__in=fitting).values_list("pk", "stage")
    return {lead: _refusal(stage) for lead, stage in rows}


def _refusal(stage: str) -> Problem:
    if stage not in OPEN:
        return IS_CLOSED
    return IN_NURTURE if stage == Stage.NURTURE else WITH_SALES


def put_away(keys: Sequence[int], order: Order) -> Done:
    """Put leads that wait with marketing into nurture, to be woken on a day."""
    day = datetime.combine(datetime.fromisoformat(order.options["wake_on"]), WAKES_AT)
    refused = _refusals(keys, (Stage.INQUIRY,))
    held = Lead.objects.filter(pk__in=keys, stage=Stage.INQUIRY).order_by("pk").select_for_update()
    was = {lead: {"owner": owner, "queue": queue} for lead, owner, queue in held.values_list("pk", "owner", "queue")}
    try:
        wake_at = max(timezone.make_aware(day), order.at)
        moved = nurture.put_away(list(was), wake_at=wake_at, by=order.by, at=order.at)
    except nurture.NobodyNurtures as problem:
        raise Impossible(_("Nobody works the queue “Nurture”. Add an active member to it first.")) from problem
    return Done({lead: was[lead] | {"at": order.at.isoformat()} for lead in moved}, refused)


def fetch_back(before: Before, order: Order) -> list[int]:
    """Bring leads back that stand where the act put them, to who had them if they can still act."""
    rows = Lead.objects.filter(pk__in=before, stage=Stage.NURTURE).order_by("pk").select_for_update()
    untouched = [lead for lead, since in rows.values_list("pk", "stage_entered_at") if _is_ours(before[lead], since)]
    to_qualify = Queue.objects.get(kind=Queue.Kind.TO_QUALIFY).pk
    owners = set(
        User.objects.filter(pk__in={one["owner"] for one in before.values()}, is_active=True).values_list(
            "pk", flat=True
        )
    )
    queues = set(Queue.objects.able_to_act().values_list("pk", flat=True))
    due = qualify_by(order.at)
    holds = {}
    for lead in untouched:
        owner, queue = before[lead]["owner"], before[lead]["queue"]
        holder = {"owner": owner} if owner in owners else {"queue": queue if queue in queues else to_qualify}
        holds[lead] = lifecycle.Hold(due, **holder)
    return lifecycle.move(untouched, to=Stage.INQUIRY, holds=holds, at=order.at, reason=Reason.WOKEN, by=order.by)


def _is_ours(was: Mapping[str, Any], since: datetime | None) -> bool:
    return since == datetime.fromisoformat(was["at"])


def close(keys: Sequence[int], order: Order) -> Done:
    """Close leads that wait with marketing, for a reason."""
    said = {name: order.options.get(name, "") for name in ("reason", "note")}
    closed = disqualification.disqualify(keys, by=order.by, at=order.at, **said)
    refused = _refusals(set(keys) - set(closed), disqualification.WITH_MARKETING)
    return Done({lead: {"at": order.at.isoformat()} for lead in closed}, refused)


def open_again(before: Before, order: Order) -> list[int]:
    """Open leads again that are still closed as the act closed them, where their person has no other open one."""
    rows = Lead.objects.filter(pk__in=before, stage=Stage.DISQUALIFIED).values_list("pk", "closed_at")
    ours = [lead for lead, closed_at in rows if _is_ours(before[lead], closed_at)]
    return reopening.reopen(Lead.objects.filter(pk__in=ours), at=order.at, by=order.by)


register(
    Act(
        "nurture",
        gettext_lazy("Nurture"),
        gettext_lazy(
            "Leads that wait with marketing go to nurture, and come back to be qualified on the day that you choose."
        ),
        put_away,
        fetch_back,
        (
            Option(
                "wake_on",
                gettext_lazy("Wake up on"),
                Asks.DAY,
                furthest=LONGEST_STEP_DAYS[Stage.NURTURE] - 1,
                usual=90,
            ),
        ),
        "sprout",
    ),
    Act(
        "disqualify",
        gettext_lazy("Disqualify"),
        gettext_lazy(
            "Leads that wait with marketing are closed for the reason that you give. What sales has is left alone."
        ),
        close,
        open_again,
        (
            Option("reason", gettext_lazy("Reason"), Asks.CHOICE, lambda: disqualification.DisqualifyReason.choices),
            Option("note", gettext_lazy("Note"), Asks.NOTE, is_needed=False),
        ),
        "ban",
    ),
)
