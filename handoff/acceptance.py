"""Does the rep take the lead on, or does it go back to marketing before anybody was spoken to?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handoff import deadlines, passing
from handoff.held import Held, held
from handoff.models import FollowUp, Handoff
from handoff.querysets import HandoffQuerySet
from leadops.accounts.models import User
from leads import lifecycle
from leads.models import Queue
from leads.stages import Reason, Stage
from qualification.definition import qualify_by
from qualification.models import Definition


class UnknownReason(ValueError):
    """A lead is rejected for a reason that the definition in force does not name."""


class RejectReason(NamedTuple):
    """A reason to reject, as both sides signed it, in the reader's language."""

    key: str
    label: str


def reject_reasons(at: datetime) -> list[RejectReason]:
    """The reasons that the definition in force allows."""
    return reasons_of(Definition.objects.in_force(at))


def reasons_of(definition: Definition | None) -> list[RejectReason]:
    """The reasons that a definition allows; none where there is no definition."""
    return [_worded(reason) for reason in definition.reject_reasons] if definition else []


def _worded(reason: Mapping[str, str] | str) -> RejectReason:
    if isinstance(reason, str):
        return RejectReason(reason, reason)
    language = (get_language() or "en").split("-")[0]
    label = reason.get(language) or reason.get(f"label_{language}") or reason.get("en") or reason.get("label_en")
    return RejectReason(reason["key"], label or reason["key"])


def _passed_to(handoffs: HandoffQuerySet, by: User) -> list[int]:
    return list(handoffs.still_open().filter(rep=by).values_list("lead", flat=True))


@transaction.atomic
def accept(handoffs: HandoffQuerySet, *, by: User, at: datetime) -> list[int]:
    """Accept the open handoffs of the set that went to `by`; return the leads accepted.

    The next step becomes the promise, or the accept deadline anew where there is no promise to keep any more.
    What is not, or no longer, theirs to accept is left alone.
    """
    waiting = held(_passed_to(handoffs, by), by, [Stage.ASSIGNED])
    if not waiting:
        return []
    clock = deadlines.Clock([by.pk], at)
    holds = {one.lead: lifecycle.Hold(_first_follow_up(clock, by, one), owner=by.pk) for one in waiting}
    ids = lifecycle.move(
        lifecycle.Locked(dict.fromkeys(holds, Stage.ASSIGNED)),
        to=Stage.SAL,
        holds=holds,
        at=at,
        reason=Reason.ACCEPTED,
        by=by,
    )
    passing.accepted(ids, at=at)
    return ids


def _first_follow_up(clock: deadlines.Clock, by: User, lead: Held) -> datetime:
    promise = deadlines.binding(lead.promised_by, lead.answered_at, clock.at)
    return promise or clock.due(by.pk, clock.accept_minutes)


@transaction.atomic
def reject(handoffs: HandoffQuerySet, *, by: User, reason: str, at: datetime, note: str = "") -> list[int]:
    """Send the leads of `by`'s open handoffs back to marketing, before contact; return the leads rejected.

    They become inquiries in "returned by sales", to be qualified anew within the definition's time. A lead that
    was followed up in this handoff is left alone: after contact it is disqualified or recycled.
    Raises UnknownReason where `reason` is not one of the definition in force.
    """
    _require_known(reason, at)
    locked = held(_passed_to(handoffs, by), by, [Stage.ASSIGNED, Stage.SAL])
    untouched = set(_passed_to(handoffs.filter(lead__in=[one.lead for one in locked]).exclude(_contacted()), by))
    waiting = [one for one in locked if one.lead in untouched]
    due = qualify_by(at)
    queue = Queue.objects.get(kind=Queue.Kind.RETURNED)
    ids = lifecycle.move(
        lifecycle.Locked({one.lead: one.stage for one in waiting}),
        to=Stage.INQUIRY,
        holds={one.lead: lifecycle.Hold(due, queue=queue.pk) for one in waiting},
        at=at,
        reason=Reason.REJECTED,
        by=by,
        note=note,
    )
    passing.end(ids, outcome=Handoff.Outcome.REJECTED, at=at, outcome_reason=reason, note=note)
    return ids


def _contacted() -> Any:
    return Exists(FollowUp.objects.standing().filter(handoff=OuterRef("pk")))


def _require_known(reason: str, at: datetime) -> None:
    known = {known.key for known in reject_reasons(at)}
    if reason not in known and (known or not reason):
        raise UnknownReason(_("Choose a reason from the list."))
