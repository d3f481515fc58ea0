"""Where may a lead go, who has it next, and by when? The only writer of stage, holder, next step and promise.

Each write is one statement that changes the leads, their open promotion and the history together; PostgreSQL
refuses any of the three without the others. Rows are locked in key order. `at` is when the operation happens:
not older than five minutes, save inside `history()`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from leadops.accounts.models import User
from leads.arrays import array
from leads.models import Lead
from leads.querysets import LeadQuerySet
from leads.stages import ANSWERED_BY_STAGE, CLOSED, ENTERED_FROM, LONGEST_STEP_DAYS, OPENED_IN, Answer, Reason, Stage

OLDEST_MOMENT = timedelta(minutes=5)

_in_history: ContextVar[bool] = ContextVar("in_history", default=False)


class MomentTooOld(ValueError):
    """An operation was given a moment that lies too far back."""


class StepTooFar(ValueError):
    """A next step lies further ahead than its stage allows."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has the lead next (a user or a queue, by key) and when the next thing must have happened."""

    next_step_at: datetime
    owner: int | None = None
    queue: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A lead to be opened for a contact. A `stage` that is closed takes no hold."""

    contact: int
    family: int
    origin: str
    channel: str
    hold: Hold | None
    campaign: int | None = None
    requested_owner: int | None = None
    stage: str = Stage.INQUIRY
    is_routable: bool = True


@contextmanager
def history() -> Iterator[None]:
    """Let operations happen in the past: the demo, moving in from another system, and tests."""
    token = _in_history.set(True)
    try:
        yield
    finally:
        _in_history.reset(token)


def require_recent(at: datetime) -> None:
    if not _in_history.get() and at < timezone.now() - OLDEST_MOMENT:
        raise MomentTooOld(f"{at.isoformat()} is more than five minutes ago")


_OPEN = """
    WITH wanted AS (
        SELECT * FROM unnest(%(contact)s::bigint[], %(family)s::bigint[], %(origin)s::text[], %(channel)s::text[], %(campaign)s::bigint[],
            %(requested_owner)s::bigint[], %(stage)s::text[], %(is_routable)s::bool[], %(owner)s::bigint[], %(queue)s::bigint[],
            %(next_step_at)s::timestamptz[])
        AS w(contact_id, family_id, origin, channel, campaign_id, requested_owner_id, stage, is_routable, owner_id, queue_id, next_step_at)
    ), opened AS (
        INSERT INTO leads_lead (contact_id, family_id, origin, channel, campaign_id, requested_owner_id, is_routable, stage,
            stage_entered_at, owner_id, queue_id, next_step_at, next_step_set_at, opened_at, closed_at, recorded_at, promotion_n)
        SELECT contact_id, family_id, origin, channel, campaign_id, requested_owner_id, is_routable, stage,
            %(at)s, owner_id, queue_id, next_step_at, CASE WHEN next_step_at IS NOT NULL THEN %(at)s END, %(at)s,
            CASE WHEN stage = ANY(%(closed)s) THEN %(at)s END, %(at)s, 0
        FROM wanted ORDER BY family_id
        ON CONFLICT DO NOTHING
        RETURNING id, contact_id, stage, owner_id, queue_id, next_step_at
    ), told AS (
        INSERT INTO leads_leadmove (lead_id, stage, owner_id, queue_id, next_step_at, promotion_n, reason, note, by_id, is_imported,
            occurred_at, recorded_at)
        SELECT id, stage, owner_id, queue_id, next_step_at, 0, %(reason)s, '', %(by)s, %(reason)s = 'imported', %(at)s, %(at)s
        FROM opened ORDER BY id
    ), touched AS (
        INSERT INTO leads_leadtouch (lead_id, touched_at) SELECT id, %(at)s FROM opened ORDER BY id
    )
    SELECT contact_id, id FROM opened
"""

_WRITE = """
    WITH wanted AS (
        SELECT * FROM unnest(%(lead)s::bigint[], %(owner)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[],
            %(followed_up_at)s::timestamptz[])
        AS w(lead_id, owner_id, queue_id, next_step_at, followed_up_at)
    ), written AS (
        UPDATE leads_lead l SET
            stage = %(to)s,
            stage_entered_at = CASE WHEN l.stage = %(to)s THEN l.stage_entered_at ELSE %(at)s END,
            owner_id = CASE WHEN %(closes)s THEN l.owner_id ELSE w.owner_id END,
            queue_id = w.queue_id,
            next_step_at = w.next_step_at,
            next_step_set_at = CASE WHEN %(closes)s THEN NULL ELSE %(at)s END,
            closed_at = CASE WHEN %(closes)s THEN %(at)s END,
            recorded_at = greatest(%(at)s, l.recorded_at),
            first_follow_up_at = CASE WHEN l.promotion_n > 0 AND w.followed_up_at >= l.mql_at
                THEN least(l.first_follow_up_at, w.followed_up_at) ELSE l.first_follow_up_at END,
            answered_at = CASE WHEN l.promotion_n = 0 THEN NULL
                WHEN w.followed_up_at >= l.mql_at THEN least(l.answered_at, w.followed_up_at)
                WHEN %(answer)s <> '' THEN coalesce(l.answered_at, %(at)s)
                ELSE l.answered_at END
        FROM wanted w WHERE l.id = w.lead_id
        RETURNING l.id, l.owner_id, l.queue_id, l.next_step_at, l.promotion_n, l.mql_at, l.first_follow_up_at, l.answered_at,
            l.recorded_at, w.followed_up_at
    ), told AS (
        INSERT INTO leads_leadmove (lead_id, stage, owner_id, queue_id, next_step_at, promotion_n, reason, note, by_id, is_imported,
            occurred_at, recorded_at)
        SELECT id, %(to)s, owner_id, queue_id, next_step_at, promotion_n, %(reason)s, %(note)s, %(by)s, false, %(at)s, recorded_at
        FROM written ORDER BY id
    ), promised AS (
        UPDATE leads_promotion p SET
            owner_id = coalesce(w.owner_id, p.owner_id),
            first_follow_up_at = w.first_follow_up_at,
            answered_at = w.answered_at,
            answered_as = CASE
                WHEN w.answered_at IS NULL THEN ''
                WHEN w.followed_up_at >= w.mql_at AND w.answered_at = w.followed_up_at THEN 'followed_up'
                WHEN p.answered_as <> '' THEN p.answered_as ELSE %(answer)s END,
            voided_at = CASE WHEN %(to)s = 'void' THEN %(at)s ELSE p.voided_at END
        FROM written w
        WHERE p.lead_id = w.id AND p.n = w.promotion_n AND (
            ROW(p.first_follow_up_at, p.answered_at) IS DISTINCT FROM ROW(w.first_follow_up_at, w.answered_at)
            OR w.owner_id IS NOT NULL AND w.owner_id IS DISTINCT FROM p.owner_id OR %(to)s = 'void')
    ), voided AS (
        UPDATE leads_promotion p SET voided_at = %(at)s
        FROM written w WHERE %(to)s = 'void' AND p.lead_id = w.id AND p.n < w.promotion_n
    )
    SELECT id FROM written ORDER BY id
"""

_PROMOTE = """
    WITH wanted AS (
        SELECT * FROM unnest(%(lead)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[], %(promised_by)s::timestamptz[],
            %(is_exploration)s::bool[])
        AS w(lead_id, queue_id, next_step_at, promised_by, is_exploration)
    ), written AS (
        UPDATE leads_lead l SET
            stage = 'mql', stage_entered_at = %(at)s, owner_id = NULL, queue_id = w.queue_id, next_step_at = w.next_step_at,
            next_step_set_at = %(at)s, recorded_at = greatest(%(at)s, l.recorded_at), promotion_n = l.promotion_n + 1,
            mql_at = %(at)s, promised_by = w.promised_by, first_follow_up_at = NULL, answered_at = NULL
        FROM wanted w WHERE l.id = w.lead_id
        RETURNING l.id, l.queue_id, l.next_step_at, l.promotion_n, l.promised_by, l.origin, l.channel, l.campaign_id, l.recorded_at,
            w.is_exploration
    ), promised AS (
        INSERT INTO leads_promotion (lead_id, n, mql_at, recorded_at, definition_version, promised_by, is_exploration, is_imported,
            origin, channel, campaign_id, answered_as)
        SELECT id, promotion_n, %(at)s, recorded_at, %(version)s, promised_by, is_exploration, false, origin, channel, campaign_id, ''
        FROM written ORDER BY id
    ), told AS (
        INSERT INTO leads_leadmove (lead_id, stage, owner_id, queue_id, next_step_at, promotion_n, reason, note, by_id, is_imported,
            occurred_at, recorded_at)
        SELECT id, 'mql', NULL, queue_id, next_step_at, promotion_n, CASE WHEN is_exploration THEN 'explored' ELSE 'meets_definition' END,
            '', %(by)s, false, %(at)s, recorded_at
        FROM written ORDER BY id
    )
    SELECT id FROM written ORDER BY id
"""


def _key(by: User | None) -> int | None:
    return by.pk if by is not None else None


def _within_stage(stage: str, holds: Iterable[Hold], at: datetime) -> None:
    furthest = at + timedelta(days=LONGEST_STEP_DAYS[Stage(stage)])
    late = max((hold.next_step_at for hold in holds), default=at)
    if late > furthest:
        raise StepTooFar(f"a next step in {stage} lies at most {LONGEST_STEP_DAYS[Stage(stage)]} days ahead")


@transaction.atomic
def open_(openings: Sequence[Opening], *, at: datetime, reason: Reason, by: User | None) -> dict[int, int]:
    """Open a lead for each contact whose family has none open; return {contact: lead} of those that were opened.

    A contact that is missing from the answer has an open lead in its family: what it asked is an enquiry on that one.
    """
    require_recent(at)
    if not openings:
        return {}
    for opening in openings:
        if opening.stage not in OPENED_IN:
            raise ValueError(f"no lead is opened in stage {opening.stage}")
    _within_stage(Stage.NURTURE, [o.hold for o in openings if o.hold], at)
    columns: dict[str, Any] = {
        name: array([getattr(o, name) for o in openings])
        for name in ("contact", "family", "origin", "channel", "campaign", "requested_owner", "stage", "is_routable")
    }
    holds: dict[str, Any] = {
        name: array([getattr(o.hold, name, None) for o in openings]) for name in ("owner", "queue", "next_step_at")
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, columns | holds | {"at": at, "reason": reason, "by": _key(by), "closed": sorted(CLOSED)})
        return dict(cursor.fetchall())


def _lock(leads: LeadQuerySet, stages: Collection[str]) -> dict[int, str]:
    """The stage of each lead of the set that stands in one of `stages`; locked in key order until the end of the transaction."""
    rows = Lead.objects.filter(pk__in=leads.values("pk"), stage__in=stages)
    return dict(rows.order_by("pk").select_for_update().values_list("pk", "stage"))


def _write(
    ids: Sequence[int],
    *,
    to: str,
    holds: Mapping[int, Hold],
    at: datetime,
    reason: Reason,
    by: User | None,
    note: str = "",
    answer: str = "",
    followed_up: Mapping[int, datetime] | None = None,
) -> list[int]:
    """Write leads that are locked: stage, hold, answer and the move that tells it."""
    if not ids:
        return []
    followed_up = followed_up or {}
    values: dict[str, Any] = {
        "lead": array(ids),
        **{
            name: array(getattr(holds.get(key), name, None) for key in ids)
            for name in ("owner", "queue", "next_step_at")
        },
        "followed_up_at": array(map(followed_up.get, ids)),
    }
    values |= {
        "to": to,
        "at": at,
        "reason": reason,
        "note": note,
        "by": _key(by),
        "answer": answer,
        "closes": to in CLOSED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def move(
    leads: LeadQuerySet,
    *,
    to: Stage,
    holds: Mapping[int, Hold],
    at: datetime,
    reason: Reason,
    by: User | None,
    note: str = "",
    followed_up: Mapping[int, datetime] | None = None,
) -> list[int]:
    """Move every lead of the set that may enter stage `to`, and has a hold in `holds`, to it; return the ids moved.

    A lead that may not enter `to` from where it stands is left alone, so that a retry moves nobody twice.
    What a move answers (rejected, recycled, closed) is written with it; `followed_up` gives the moment of the
    follow-up that came with the move.
    """
    require_recent(at)
    _within_stage(to, holds.values(), at)
    ids = [key for key in _lock(leads, ENTERED_FROM[to]) if key in holds]
    answer = Answer.SUPPRESSED if reason == Reason.SUPPRESSED else ANSWERED_BY_STAGE.get(to, "")
    return _write(
        ids, to=to, holds=holds, at=at, reason=reason, by=by, note=note, answer=answer, followed_up=followed_up
    )


@transaction.atomic
def hold(
    leads: LeadQuerySet,
    *,
    holds: Mapping[int, Hold],
    at: datetime,
    reason: Reason,
    by: User | None,
    note: str = "",
    followed_up: Mapping[int, datetime] | None = None,
) -> list[int]:
    """Give every open lead of the set its new hold, in the stage where it stands; return the ids written."""
    require_recent(at)
    written: list[int] = []
    locked = _lock(leads, tuple(LONGEST_STEP_DAYS))
    for stage in sorted(set(locked.values())):
        ids = [key for key, its in locked.items() if its == stage and key in holds]
        _within_stage(stage, [holds[key] for key in ids], at)
        written += _write(ids, to=stage, holds=holds, at=at, reason=reason, by=by, note=note, followed_up=followed_up)
    return sorted(written)


@transaction.atomic
def close(
    leads: LeadQuerySet,
    *,
    to: Stage,
    at: datetime,
    reason: Reason,
    by: User | None,
    note: str = "",
    followed_up: Mapping[int, datetime] | None = None,
) -> list[int]:
    """Close every open lead of the set as `to`; the last owner stays named. Return the ids closed."""
    require_recent(at)
    if to not in CLOSED:
        raise ValueError(f"{to} is not a closed stage")
    answer = Answer.SUPPRESSED if reason == Reason.SUPPRESSED else ANSWERED_BY_STAGE.get(to, "")
    ids = list(_lock(leads, ENTERED_FROM[to]))
    return _write(ids, to=to, holds={}, at=at, reason=reason, by=by, note=note, answer=answer, followed_up=followed_up)


@transaction.atomic
def promote(
    leads: LeadQuerySet,
    *,
    holds: Mapping[int, Hold],
    promises: Mapping[int, datetime],
    version: int,
    at: datetime,
    by: User | None,
    explored: Collection[int] = (),
) -> list[int]:
    """Promote every open lead of the set that has a hold in a pool and a promise; return the ids promoted.

    The promise is set here, once a promotion, and never moved. PostgreSQL refuses a version that is not signed by both sides.
    """
    require_recent(at)
    _within_stage(Stage.MQL, holds.values(), at)
    ids = [key for key in _lock(leads, ENTERED_FROM[Stage.MQL]) if key in holds and key in promises]
    if not ids:
        return []
    values: dict[str, Any] = {
        "lead": array(ids),
        "queue": array(holds[key].queue for key in ids),
        "next_step_at": array(min(holds[key].next_step_at, promises[key]) for key in ids),
        "promised_by": array(promises[key] for key in ids),
        "is_exploration": array(key in explored for key in ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PROMOTE, values | {"at": at, "version": version, "by": _key(by)})
        return [row[0] for row in cursor.fetchall()]
