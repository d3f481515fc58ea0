"""Whom does a caller call next? Two callers never have the same lead: it is claimed for a while, and comes back by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from leadops.accounts.models import User
from leads.calling import hours, keeping_out
from leads.models import CallList, CallTarget

LEASE = timedelta(minutes=30)
PUT_OFF = timedelta(minutes=30)
# For so long a call back waits for whom it was promised to.
WAITS_FOR = timedelta(minutes=15)
MOST_TRIED = 200

# One lead that is due and that nobody has, on this list or another; locked with its lead, so that two never pick the same.
_FREE = """
    SELECT t.id, t.lead_id FROM leads_calltarget t JOIN leads_lead l ON l.id = t.lead_id
    WHERE t.call_list_id = %(list)s AND t.state = 'to_call' AND t.due_at <= %(at)s
        AND (t.claimed_until IS NULL OR t.claimed_until <= %(at)s) AND NOT t.id = ANY(%(passed)s) AND {which}
    ORDER BY t.due_at, t.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""
# In this order: call backs promised by the caller, those of others that wait too long, then whoever is due. The first two
# ride target_to_call_back, the last target_to_call.
_TURNS = (
    _FREE.format(which="t.disposition = 'call_back' AND t.called_by_id = %(by)s"),
    _FREE.format(which="t.disposition = 'call_back' AND t.due_at <= %(waited)s"),
    _FREE.format(which="(t.disposition <> 'call_back' OR t.due_at <= %(waited)s)"),
)
# Rides the index of a target's lead.
_ELSEWHERE = """
    SELECT 1 FROM leads_calltarget WHERE lead_id = %s AND id <> %s AND claimed_until > %s LIMIT 1
"""


@transaction.atomic
def next_for(call_list: CallList, *, by: User, at: datetime) -> CallTarget | None:
    """Whom a caller has, or now gets; None where nobody is to be called. Asked again, the answer is the same."""
    if call_list.closed_at is not None:
        return None
    if (held := _held(call_list, by, at)) and not keeping_out.judge(held):
        return _claim(held, by, at)
    if not hours.is_open(call_list, at):
        return None
    passed: list[int] = []
    while len(passed) < MOST_TRIED and (found := _free(call_list, by, at, passed)):
        target, lead = found
        passed.append(target)
        if not keeping_out.judge(target) and not _is_elsewhere(lead, target, at):
            return _claim(target, by, at)
    return None


def _held(call_list: CallList, by: User, at: datetime) -> int | None:
    """Whom the caller has already. Rides target_claimed."""
    held = CallTarget.objects.filter(claimed_by=by, call_list=call_list, claimed_until__gt=at, state="to_call")
    return held.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True).first()


def _free(call_list: CallList, by: User, at: datetime, passed: list[int]) -> tuple[int, int] | None:
    values: dict[str, Any] = {"list": call_list.pk, "by": by.pk, "at": at, "waited": at - WAITS_FOR, "passed": passed}
    with connection.cursor() as cursor:
        for turn in _TURNS:
            cursor.execute(turn, values)
            if row := cursor.fetchone():
                return row[0], row[1]
    return None


def _is_elsewhere(lead: int, target: int, at: datetime) -> bool:
    """Whether somebody calls the lead now for another list; its row is locked, so that none comes in between."""
    with connection.cursor() as cursor:
        cursor.execute(_ELSEWHERE, [lead, target, at])
        return cursor.fetchone() is not None


def _claim(target: int, by: User, at: datetime) -> CallTarget:
    CallTarget.objects.filter(pk=target).update(claimed_by=by, claimed_until=at + LEASE)
    return CallTarget.objects.select_related("lead__contact__organisation", "lead__campaign", "lead__score").get(
        pk=target
    )


@transaction.atomic
def put_off(target: int, *, by: User, at: datetime) -> bool:
    """Give back whom the caller has, uncalled: somebody gets them after a while."""
    held = CallTarget.objects.filter(pk=target, claimed_by=by, state=CallTarget.State.TO_CALL)
    until = at + PUT_OFF
    return bool(
        held.update(claimed_by=None, claimed_until=None, put_off_until=until, due_at=Greatest(F("due_at"), until))
    )


def release(call_list: CallList, *, by: User) -> int:
    """Give back, at once, whoever the caller has of a list."""
    held = CallTarget.objects.filter(claimed_by=by, call_list=call_list)
    return held.update(claimed_by=None, claimed_until=None)


def take(target: int, *, by: User, at: datetime) -> bool:
    """Give a caller one of a list whom nobody has."""
    free = CallTarget.objects.filter(pk=target, state=CallTarget.State.TO_CALL, claimed_by__isnull=True)
    return bool(free.update(claimed_by=by, claimed_until=at + LEASE))
