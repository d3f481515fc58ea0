"""Which leads are on a call list? Found in the background in one statement, now and whenever somebody looks again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leadops.accounts.models import User
from leadops.accounts.notifying import Telling
from leads.calling import keeping_out
from leads.claiming import Taken, change, claimed
from leads.conditions import InvalidCondition
from leads.listing.asking import ALL, Asked
from leads.models import CallList, ImportRow, Lead
from leads.querysets import CallListQuerySet, LeadQuerySet

CALL_LIST_CLAIMS = 7_011
State = CallList.State
BATCH = "batch"
NAMED = gettext_noop("You call for the list “%(list)s”.")

# The most promising first: keys rise in the order in which callers get them.
_ADD = """
    INSERT INTO leads_calltarget (call_list_id, lead_id, state, kept_out, added_at, due_at, attempts, disposition)
    SELECT %s, meant.id, 'to_call', '', %s, %s, 0, ''
    FROM ({sql}) meant(id) LEFT JOIN leads_leadscore s ON s.lead_id = meant.id
    ORDER BY s.score DESC NULLS LAST, meant.id
    ON CONFLICT (call_list_id, lead_id) DO NOTHING
"""


def of_batch(batch: int) -> dict[str, Any]:
    """What is kept of asking for the leads of an import."""
    return {"filters": {"stage": ALL}, "condition": None, "keys": None, BATCH: batch}


def fill(call_list: CallList, *, at: datetime) -> bool:
    """Put whoever fits now on a list, and keep out who may not be called; return whether it came to that."""
    try:
        with claimed(CALL_LIST_CLAIMS, call_list), translation.override(call_list.by.language):
            if call_list.state not in (State.WAITING, State.RUNNING):
                return False
            try:
                _fill(call_list, at)
            except InvalidCondition as problem:
                change(call_list, state=State.FAILED, problem=str(problem), finished_at=at)
                return False
    except Taken:
        return False
    return True


@transaction.atomic
def _fill(call_list: CallList, at: datetime) -> None:
    _add(call_list, at)
    keeping_out.judge_list(call_list.pk)
    count = call_list.targets.count()
    change(call_list, state=State.DONE, total=count, done=count, finished_at=at, problem="")


def _add(call_list: CallList, at: datetime) -> int:
    try:
        sql, values = meant(call_list, at).order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(sql=sql), [call_list.pk, at, at, *values])
        return int(cursor.rowcount)


def meant(call_list: CallList, at: datetime) -> LeadQuerySet:
    """The leads that a list asks for, of those that who made it may see."""
    asked: Mapping[str, Any] = call_list.asked
    if BATCH not in asked:
        return Asked.kept(call_list.by, asked).seen(at)
    rows = ImportRow.objects.filter(batch=asked[BATCH], lead_id__isnull=False)
    return Lead.objects.listed().filter(pk__in=rows.values("lead_id")).visible_to(call_list.by)


def tell(call_list: CallList, *, by: User, at: datetime) -> int:
    """Tell the callers of a list, once each, that they call for it; who named them knows."""
    callers = call_list.callers.exclude(pk=by.pk).values_list("pk", flat=True)
    return notifying.tell_each(
        [
            Telling(
                user=key,
                kind="call_list",
                key=f"call_list:{call_list.pk}:{key}",
                sentence=NAMED,
                gaps={"list": call_list.name},
                path=reverse("leads:call-list", args=[call_list.pk]),
            )
            for key in callers
        ],
        at=at,
    )


def look_again(lists: CallListQuerySet) -> int:
    """Have lists filled anew: who fits by now comes in, and who may not be called any more is kept out."""
    ended = lists.under_way().filter(state__in=(State.DONE, State.FAILED))
    return ended.update(state=State.WAITING, problem="")


def close(lists: CallListQuerySet, *, at: datetime) -> int:
    """Stop calling; nobody is handed out any more."""
    return lists.under_way().update(closed_at=at)


def open_again(lists: CallListQuerySet) -> int:
    """Go on calling, once it was looked at who may be called now."""
    return lists.filter(closed_at__isnull=False).update(closed_at=None, state=State.WAITING)


def give_up(call_list: CallList, *, at: datetime) -> None:
    """Fail a list that could not be filled for a fault of our own."""
    change(call_list, state=State.FAILED, problem=_("It stopped on a fault of ours, which was logged."), finished_at=at)
