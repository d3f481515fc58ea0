"""How is an act done to many leads? They are written down first, then touched slice by slice, a transaction each.

An act that was killed goes on with the leads that are still to do; none is touched twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leadops.accounts.models import User
from leads import reasons
from leads.bulk.acts import Act, Done, Impossible, Order, act_of
from leads.claiming import Taken, change, claimed
from leads.conditions import InvalidCondition
from leads.importing.running.runs import moving
from leads.listing.asking import Asked
from leads.models import BulkAct, BulkActLead
from leads.problems import Problem

BULK_CLAIMS = 7_004
SLICE = 500
TAKEN_BACK_FOR = timedelta(hours=24)
State, Outcome = BulkAct.State, BulkActLead.Outcome

MEANWHILE = Problem(gettext_noop("Somebody changed the lead in the meantime."))
TOUCHED = gettext_noop("Somebody has worked on the lead since: it stays.")

_ENDED = """
    UPDATE leads_bulkactlead b SET outcome = e.outcome, reason = e.reason, before = e.before::jsonb
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) e(lead_id, outcome, reason, before)
    WHERE b.act_id = %s AND b.lead_id = e.lead_id
"""


def request(act: Act, asked: Asked, *, options: Mapping[str, Any], at: datetime) -> BulkAct:
    """Ask for an act to be done to these leads."""
    return BulkAct.objects.create(
        by=asked.reader, asked=asked.as_kept(), asked_at=at, act=act.key, options=dict(options)
    )


def run(bulk: BulkAct, *, at: datetime) -> bool:
    """Do an act to its end, or on from where it stopped; return whether it came there."""
    try:
        with (
            claimed(BULK_CLAIMS, bulk),
            translation.override(bulk.by.language),
            pghistory.context(user=bulk.by_id, act=bulk.pk),
        ):
            act = act_of(bulk.act)
            if bulk.state not in (State.WAITING, State.RUNNING) or act is None:
                return False
            return _done(bulk, act, at)
    except Taken:
        return False


def _done(bulk: BulkAct, act: Act, at: datetime) -> bool:
    clock = moving(at)
    try:
        if bulk.state == State.WAITING:
            write_down(bulk, at)
        while keys := to_do(bulk):
            slice_done(bulk, act, keys, clock())
    except (Impossible, InvalidCondition) as problem:
        change(bulk, state=State.FAILED, problem=str(problem), finished_at=clock())
        return False
    change(bulk, state=State.DONE, finished_at=clock())
    return True


@transaction.atomic
def write_down(bulk: BulkAct, at: datetime) -> None:
    """Write the leads down that are meant, as they are found now, and begin. Raises InvalidCondition."""
    leads = Asked.kept(bulk.by, bulk.asked).seen(at).order_by().values_list("pk")
    try:
        sql, values = leads.query.sql_with_params()
    except EmptyResultSet:
        sql, values = "SELECT NULL::bigint WHERE false", ()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO leads_bulkactlead (act_id, lead_id, outcome, reason) "
            f"SELECT %s, meant.id, '', '' FROM ({sql}) meant(id) ORDER BY meant.id",
            [bulk.pk, *values],
        )
        change(bulk, state=State.RUNNING, total=cursor.rowcount)


def to_do(bulk: BulkAct) -> list[int]:
    """The next leads that are still to do. Rides bulk_lead_to_do."""
    rows = BulkActLead.objects.filter(act=bulk.pk, outcome=Outcome.TO_DO).order_by("lead_id")
    return list(rows.values_list("lead_id", flat=True)[:SLICE])


@transaction.atomic
def slice_done(bulk: BulkAct, act: Act, keys: Sequence[int], at: datetime) -> None:
    """Do a slice, and write with it how each of its leads ended."""
    done = act.do(keys, Order(bulk.by, bulk.options, at))
    ends = [_ending(key, done) for key in keys]
    end(bulk, ends)
    changed = sum(outcome == Outcome.CHANGED for _key, outcome, _reason, _before in ends)
    counts = {
        "done": F("done") + len(keys),
        "changed": F("changed") + changed,
        "refused": F("refused") + len(keys) - changed,
    }
    BulkAct.objects.filter(pk=bulk.pk).update(**counts)


Ending = tuple[int, str, str, str | None]


def _ending(key: int, done: Done) -> Ending:
    if key in done.changed:
        return key, Outcome.CHANGED, "", json.dumps(done.changed[key])
    return key, Outcome.REFUSED, reasons.line(done.refused.get(key, MEANWHILE)), None


def end(bulk: BulkAct, ends: Iterable[Ending]) -> None:
    """Write how leads ended."""
    keys, outcomes, said, before = zip(*ends, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, [list(keys), list(outcomes), list(said), list(before), bulk.pk])


def may_undo(bulk: BulkAct, at: datetime) -> bool:
    """Whether an act can still be taken back: it has a way back, changed something, and ended within a day."""
    act = act_of(bulk.act)
    has_ended = bulk.state in (State.DONE, State.FAILED) and bulk.finished_at is not None
    is_recent = has_ended and at < (bulk.finished_at or at) + TAKEN_BACK_FOR
    return is_recent and bulk.changed > bulk.undone and act is not None and act.undo is not None


def request_undoing(bulk: BulkAct, *, by: User, at: datetime) -> bool:
    """Ask for an act to be taken back; False where it cannot be any more."""
    if not may_undo(bulk, at):
        return False
    asked = BulkAct.objects.filter(pk=bulk.pk, state__in=(State.DONE, State.FAILED))
    return bool(asked.update(state=State.UNDOING, undone_by=by, problem=""))


def undo(bulk: BulkAct, *, at: datetime) -> bool:
    """Take an act back, from where a former undoing stopped; what somebody worked on since stays."""
    try:
        with claimed(BULK_CLAIMS, bulk), pghistory.context(user=bulk.undone_by_id, act=bulk.pk):
            act = act_of(bulk.act)
            if bulk.state != State.UNDOING or act is None or act.undo is None:
                return False
            clock = moving(at)
            while before := to_undo(bulk):
                slice_undone(bulk, act, before, clock())
            change(bulk, state=State.UNDONE, undone_at=clock())
    except Taken:
        return False
    return True


def to_undo(bulk: BulkAct) -> dict[int, Any]:
    rows = BulkActLead.objects.filter(act=bulk.pk, outcome=Outcome.CHANGED).order_by("lead_id")
    return dict(rows.values_list("lead_id", "before")[:SLICE])


@transaction.atomic
def slice_undone(bulk: BulkAct, act: Act, before: Mapping[int, Any], at: datetime) -> None:
    if act.undo is None:
        return
    undone = set(act.undo(before, Order(bulk.undone_by or bulk.by, bulk.options, at)))
    end(bulk, [_undone(key, was, key in undone) for key, was in before.items()])
    BulkAct.objects.filter(pk=bulk.pk).update(undone=F("undone") + len(before))


def _undone(key: int, was: Any, is_undone: bool) -> Ending:
    return key, Outcome.UNDONE if is_undone else Outcome.KEPT, "" if is_undone else TOUCHED, json.dumps(was)


def give_up(bulk: BulkAct, *, at: datetime) -> None:
    """Fail an act that stopped on a fault of our own; what was done stays done, and can be taken back."""
    said = _("It stopped on a fault of ours, which was logged. What was done stays done.")
    change(bulk, state=State.FAILED, problem=said, finished_at=bulk.finished_at or at)
