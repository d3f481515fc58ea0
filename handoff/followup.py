"""What did the rep do for the lead, what came of it, and when is the next time?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from handoff import answers, deadlines
from handoff.held import Held, held
from handoff.models import FollowUp, Handoff
from handoff.querysets import FollowUpQuerySet
from leadops.accounts.models import User
from leads import lifecycle
from leads.lifecycle import Leads
from leads.models import Lead
from leads.prepared import Prepared
from leads.stages import HELD_BY_REP, LONGEST_STEP_DAYS, Reason, Stage
from leads.touching import touch

Kind = FollowUp.Kind
Disposition = FollowUp.Disposition
OLDEST = timedelta(days=14)


class MomentRefused(ValueError):
    """A moment cannot be when something happened, or when it happens next; says why in the reader's language."""


@transaction.atomic
def record(leads: Leads, *, by: User, kind: str, disposition: str, at: datetime, **said: Any) -> list[int]:
    """Write a follow-up for each lead of the set that `by` holds, as `write` does; return those leads."""
    return list(write(leads, by=by, kind=kind, disposition=disposition, clock=deadlines.Clock([by.pk], at), **said))


def write(
    leads: Leads,
    *,
    by: User,
    kind: str,
    disposition: str,
    clock: deadlines.Clock,
    note: str = "",
    next_step_at: datetime | None = None,
    occurred_at: datetime | None = None,
) -> dict[int, int]:
    """Write a follow-up for each lead of the set that `by` holds, with its next step; return {lead: follow-up}.

    Within the caller's transaction, at the moment of `clock`. A lead that was not accepted is accepted by it. Without
    `next_step_at` the disposition decides, in the working time of `by`; an appointment and a call back need one.
    Leads held by others are left alone. Raises MomentRefused.
    """
    occurred_at = occurred_at or clock.at
    require_moments(disposition, next_step_at, occurred_at, clock.at)
    worked = held(leads, by)
    if not worked:
        return {}
    due = next_step_at or deadlines.next_step(clock, by.pk, disposition)
    ids = _go_on(worked, due, occurred_at, clock.at, by)
    return _tell(ids, by, kind, disposition, note, occurred_at, clock.at)


def require_moments(disposition: str, next_step_at: datetime | None, occurred_at: datetime, at: datetime) -> None:
    """Raise MomentRefused where one of the moments of a follow-up cannot be."""
    if occurred_at > at:
        raise MomentRefused(_("This lies in the future: write it down once it has happened."))
    if occurred_at < at - OLDEST:
        raise MomentRefused(_("This is more than %(days)s days ago.") % {"days": OLDEST.days})
    if next_step_at is None and disposition in deadlines.NEEDS_A_DATE:
        raise MomentRefused(_("Choose when the appointment or the call is."))
    if next_step_at is not None:
        require_next_step(next_step_at, at, LONGEST_STEP_DAYS[Stage.SAL])


def require_next_step(next_step_at: datetime, at: datetime, longest_days: int) -> None:
    """Raise MomentRefused where a next step does not lie ahead, or lies further ahead than the stage allows."""
    if next_step_at <= at:
        raise MomentRefused(_("Choose a moment in the future."))
    if next_step_at > at + timedelta(days=longest_days):
        raise MomentRefused(_("Choose a moment at most %(days)s days ahead.") % {"days": longest_days})


def _due(lead: Held, due: datetime, occurred_at: datetime, at: datetime) -> datetime:
    """The next step; within the promise where what happened before the promotion does not answer it."""
    answers_it = lead.mql_at is not None and occurred_at >= lead.mql_at
    return due if answers_it else deadlines.within(due, deadlines.binding(lead.promised_by, lead.answered_at, at))


def _go_on(worked: list[Held], due: datetime, occurred_at: datetime, at: datetime, by: User) -> list[int]:
    """Give the leads their next step, and the stage of an accepted one to those that were not; return them."""
    holds = {lead.lead: lifecycle.Hold(_due(lead, due, occurred_at, at), owner=by.pk) for lead in worked}
    followed_up = dict.fromkeys(holds, occurred_at)
    how: dict[str, Any] = {"holds": holds, "at": at, "reason": Reason.FOLLOWED_UP, "by": by, "followed_up": followed_up}
    new = lifecycle.Locked({lead.lead: lead.stage for lead in worked if lead.stage == Stage.ASSIGNED})
    old = lifecycle.Locked({lead.lead: lead.stage for lead in worked if lead.stage != Stage.ASSIGNED})
    ids = lifecycle.move(new, to=Stage.SAL, **how) if new else []
    ids += lifecycle.hold(old, **how) if old else []
    return sorted(ids)


# What is followed up is accepted. The lead's row was just written: its recorded_at is this operation's.
# Rides one_open_handoff_a_lead.
_RECORD = Prepared(
    """
    WITH accepted AS (
        UPDATE handoff_handoff SET accepted_at = %(at)s
        WHERE lead_id = ANY(%(leads)s) AND ended_at IS NULL AND accepted_at IS NULL
    )
    INSERT INTO handoff_followup (lead_id, handoff_id, by_id, kind, disposition, is_reached, note, next_step_at, occurred_at,
        recorded_at)
    SELECT l.id, h.id, %(by)s, %(kind)s, %(disposition)s, %(is_reached)s, %(note)s, l.next_step_at, %(occurred_at)s, l.recorded_at
    FROM leads_lead l LEFT JOIN handoff_handoff h ON h.lead_id = l.id AND h.ended_at IS NULL
    WHERE l.id = ANY(%(leads)s) ORDER BY l.id
    RETURNING lead_id, id
""",
    leads="bigint[]",
    by="bigint",
    kind="text",
    disposition="text",
    is_reached="boolean",
    note="text",
    occurred_at="timestamptz",
    at="timestamptz",
)


def _tell(
    ids: list[int], by: User, kind: str, disposition: str, note: str, occurred_at: datetime, at: datetime
) -> dict[int, int]:
    values: dict[str, Any] = {
        "leads": ids,
        "by": by.pk,
        "kind": Kind(kind),
        "disposition": Disposition(disposition),
        "is_reached": disposition in FollowUp.REACHED,
        "note": note,
        "occurred_at": occurred_at,
        "at": at,
    }
    with connection.cursor() as cursor:
        _RECORD.run(cursor, values)
        return dict(cursor.fetchall())


@transaction.atomic
def put_off(leads: Leads, *, by: User, next_step_at: datetime, at: datetime) -> list[int]:
    """Give each lead of the set that `by` holds a later next step, never beyond a promise that is still ahead; return them."""
    require_next_step(next_step_at, at, LONGEST_STEP_DAYS[Stage.SAL])
    holds = {one.lead: one.until(next_step_at, by, at) for one in held(leads, by)}
    return lifecycle.hold(holds, holds=holds, at=at, reason=Reason.SNOOZED, by=by)


@transaction.atomic
def undo(follow_ups: FollowUpQuerySet, *, by: User, at: datetime) -> list[int]:
    """Take back the follow-ups of the set that `by` wrote, and whose leads they still hold; return the leads.

    A voiding row is written, and what was derived is reckoned anew. Where nothing came after it, the hold before it
    is restored, and the handoff that it had accepted with it; in any case no next step stays beyond a promise that
    is open again, and it is looked at anew whether anybody may keep it.
    """
    ids = _void(follow_ups, by, at)
    if not ids:
        return []
    former = _former(ids)
    answered = answers.answered(ids)
    for stage in (Stage.ASSIGNED, Stage.SAL):
        _go_back([row for row in former if row.stage == stage], stage, answered, by, at)
    answers.rebuild_promotions(Lead.objects.filter(pk__in=ids))
    touch(Lead.objects.filter(pk__in=ids).values_list("family_id", flat=True), at=at)
    return ids


def _void(follow_ups: FollowUpQuerySet, by: User, at: datetime) -> list[int]:
    """Lock the leads and write what voids their follow-ups; return the leads."""
    wanted = FollowUp.objects.standing().filter(pk__in=follow_ups.values("pk"), by=by)
    leads = Lead.objects.filter(pk__in=wanted.values("lead"), owner=by, stage__in=HELD_BY_REP).order_by("pk")
    recorded = dict(leads.select_for_update().values_list("pk", "recorded_at"))
    rows = wanted.filter(lead__in=recorded).order_by("pk")
    columns = ("lead_id", "handoff_id", "by_id", "kind", "disposition", "is_reached", "next_step_at", "occurred_at")
    FollowUp.objects.bulk_create(
        FollowUp(
            **{column: getattr(row, column) for column in columns},
            recorded_at=max(at, recorded[row.lead_id]),
            voids=row,
        )
        for row in rows
    )
    return sorted(recorded)


class Former(NamedTuple):
    """Where a lead goes when a follow-up is taken back: the stage and next step before it, or those it has."""

    lead: int
    stage: str
    next_step_at: datetime
    promised_by: datetime | None
    accepted_handoff: int | None


# The hold before the last one, where a follow-up that is now void made the last one. Rides move_of_lead.
_FORMER = """
    SELECT l.id, coalesce(former.stage, 'sal'), coalesce(former.next_step_at, l.next_step_at), l.promised_by,
        CASE WHEN former.stage = 'assigned' THEN f.handoff_id END
    FROM leads_lead l
    JOIN LATERAL (
        SELECT m.* FROM leads_leadmove m WHERE m.lead_id = l.id ORDER BY m.id DESC LIMIT 1
    ) last ON true
    LEFT JOIN LATERAL (
        SELECT f.* FROM handoff_followup f JOIN handoff_followup v ON v.voids_id = f.id
        WHERE f.lead_id = l.id AND f.recorded_at = last.recorded_at AND last.reason = 'followed_up' LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT m.* FROM leads_leadmove m WHERE m.lead_id = l.id AND m.id < last.id ORDER BY m.id DESC LIMIT 1
    ) former ON f.id IS NOT NULL AND former.owner_id = l.owner_id AND former.stage = ANY(%(with_reps)s)
    WHERE l.id = ANY(%(leads)s) ORDER BY l.id
"""


def _former(ids: list[int]) -> list[Former]:
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, {"leads": ids, "with_reps": sorted(HELD_BY_REP)})
        rows = [Former(*row) for row in cursor.fetchall()]
    return [row if row.stage == Stage.ASSIGNED else row._replace(stage=Stage.SAL) for row in rows]


def _go_back(rows: list[Former], stage: str, answered: dict[int, datetime | None], by: User, at: datetime) -> None:
    """Restore the holds: leads that the follow-up had accepted wait for acceptance again."""
    holds = {
        row.lead: lifecycle.Hold(
            deadlines.within(row.next_step_at, deadlines.binding(row.promised_by, answered.get(row.lead), at)),
            owner=by.pk,
        )
        for row in rows
    }
    if stage == Stage.ASSIGNED:
        lifecycle.move(holds, to=Stage.ASSIGNED, holds=holds, at=at, reason=Reason.REOPENED, by=by)
        Handoff.objects.filter(pk__in=[row.accepted_handoff for row in rows]).update(accepted_at=None)
    else:
        lifecycle.hold(holds, holds=holds, at=at, reason=Reason.REOPENED, by=by)
