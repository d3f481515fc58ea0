"""Where may a lead go, who has it next, and by when? The only writer of stage, holder, next step and promise.

Each write is one statement (leads.statements) that changes the leads, their open promotion and the history together;
PostgreSQL refuses any of the three without the others. Rows are locked in key order. `at` is when the operation happens:
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
from leads import statements
from leads.arrays import array
from leads.models import Lead
from leads.querysets import LeadQuerySet
from leads.stages import (
    ANSWERED_BY_CLOSING,
    ANSWERED_BY_STAGE,
    CLOSED,
    ENTERED_FROM,
    LONGEST_STEP_DAYS,
    MOVED_IN_TO,
    OPEN,
    OPENED_IN,
    Answer,
    Reason,
    Stage,
)

OLDEST_MOMENT = timedelta(minutes=5)

Leads = LeadQuerySet | Collection[int]
"""A set of leads, or its keys where they are at hand: then nothing has to be asked anew to lock them."""


class Locked(dict[int, str]):
    """Leads that this transaction has locked already, with the stage in which each stands."""


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


@dataclass(frozen=True, slots=True)
class Past:
    """A lead with its history, by the row `n` that tells it. An open one has a hold; of a closed one the `owner` was the last.

    `followed_up_at` is the first follow-up at or after `mql_at`.
    """

    n: int
    contact: int
    family: int
    channel: str
    campaign: int | None
    stage: str
    hold: Hold | None
    owner: int | None
    requested_owner: int | None
    opened_at: datetime
    entered_at: datetime
    closed_at: datetime | None = None
    mql_at: datetime | None = None
    followed_up_at: datetime | None = None

    @property
    def held_by(self) -> Hold:
        """The hold as its columns; a closed lead names its last owner and nothing more."""
        return self.hold or Hold(self.entered_at, owner=self.owner)


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
        cursor.execute(
            statements.OPEN, columns | holds | {"at": at, "reason": reason, "by": _key(by), "closed": sorted(CLOSED)}
        )
        return dict(cursor.fetchall())


@transaction.atomic
def move_in(pasts: Sequence[Past], *, at: datetime, by: User | None, is_routable: bool = True) -> dict[int, int]:
    """Open leads with their history from another system, as it is recorded now; return {n: lead} of those opened.

    Only what a file tells of the past lies in the past: `at` is recent. A lead is left out whose family has one open.
    """
    require_recent(at)
    if not pasts:
        return {}
    for past in pasts:
        if past.stage not in MOVED_IN_TO or (past.hold is None) != (past.stage in CLOSED):
            raise ValueError(f"no lead is moved in to stage {past.stage}, or not so")
        if past.hold:
            _within_stage(past.stage, [past.hold], at)
    names = (
        "n", "contact", "family", "channel", "campaign", "requested_owner", "stage", "opened_at", "entered_at", "closed_at", "mql_at",
        "followed_up_at",
    )  # fmt: skip
    columns: dict[str, Any] = {name: array([getattr(past, name) for past in pasts]) for name in names}
    columns |= {name: array([getattr(past.held_by, name) for past in pasts]) for name in ("owner", "queue")}
    columns["next_step_at"] = array([past.hold and past.hold.next_step_at for past in pasts])
    with connection.cursor() as cursor:
        cursor.execute(statements.MOVE_IN, columns | {"at": at, "by": _key(by), "is_routable": is_routable})
        return dict(cursor.fetchall())


def _lock(leads: Leads, stages: Collection[str]) -> dict[int, str]:
    """The stage of each lead of the set that stands in one of `stages`; locked in key order until the end of the transaction."""
    if isinstance(leads, Locked):
        return {key: stage for key, stage in sorted(leads.items()) if stage in stages}
    if isinstance(leads, LeadQuerySet):
        asked: LeadQuerySet = leads
        rows = Lead.objects.filter(pk__in=asked.values("pk"), stage__in=stages)
        return dict(rows.order_by("pk").select_for_update().values_list("pk", "stage"))
    with connection.cursor() as cursor:
        statements.LOCK.run(cursor, {"leads": array(sorted(leads)), "stages": list(stages)})
        return dict(cursor.fetchall())


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
    said = {
        "to": to,
        "at": at,
        "reason": reason,
        "note": note,
        "by": _key(by),
        "answer": answer,
        "closes": to in CLOSED,
    }
    with connection.cursor() as cursor:
        statements.WRITE.run(cursor, _columns(ids, holds, followed_up or {}) | said)
        return [row[0] for row in cursor.fetchall()]


def _columns(ids: Sequence[int], holds: Mapping[int, Hold], followed_up: Mapping[int, datetime]) -> dict[str, Any]:
    """What is written of each lead, column by column."""
    held = {
        name: array(getattr(holds.get(key), name, None) for key in ids) for name in ("owner", "queue", "next_step_at")
    }
    return {"lead": array(ids), **held, "followed_up_at": array(map(followed_up.get, ids))}


@transaction.atomic
def move(
    leads: Leads,
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
    leads: Leads,
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
    leads: Leads,
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
def take_back(leads: Leads, *, at: datetime, by: User | None) -> list[int]:
    """Close as void what an import opened: the open leads of the set, and those that came in closed; return them.

    What was closed here since is left alone.
    """
    require_recent(at)
    ids = list(_lock(leads, OPEN))
    came_closed = list(_lock(leads, MOVED_IN_TO - OPEN))
    ids += Lead.objects.filter(pk__among=came_closed).as_moved_in().values_list("pk", flat=True)
    return _write(sorted(ids), to=Stage.VOID, holds={}, at=at, reason=Reason.UNDONE, by=by)


@transaction.atomic
def promote(
    leads: Leads,
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
        cursor.execute(statements.PROMOTE, values | {"at": at, "version": version, "by": _key(by)})
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def reopen(
    leads: Leads, *, to: Stage, holds: Mapping[int, Hold], at: datetime, by: User | None, note: str = ""
) -> list[int]:
    """Open every closed lead of the set that has a hold again, in stage `to`: the one way back. Return the ids opened.

    The answer that lay in the closing is taken back, and a promise that is still ahead binds again. A lead whose
    family has another open one stays closed; of two of one family the one that was closed last is opened.
    """
    require_recent(at)
    _within_stage(to, holds.values(), at)
    locked = [key for key in _lock(leads, CLOSED) if key in holds]
    ids = sorted(Lead.objects.filter(pk__among=locked).alone().values_list("pk", flat=True))
    if not ids:
        return []
    values: dict[str, Any] = {
        "lead": array(ids),
        **{name: array(getattr(holds[key], name) for key in ids) for name in ("owner", "queue", "next_step_at")},
    }
    values |= {"to": to, "at": at, "note": note, "by": _key(by), "closing": sorted(ANSWERED_BY_CLOSING)}
    with connection.cursor() as cursor:
        cursor.execute(statements.REOPEN, values)
        return [row[0] for row in cursor.fetchall()]
