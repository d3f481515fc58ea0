"""How far is a call list, and what did its calls bring: for each list, each caller and each question?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from leadops.accounts.models import User
from leads.calling.recording import worded
from leads.models import Call, CallList, CallTarget
from leads.prepared import Prepared

State, KeptOut = CallTarget.State, CallTarget.KeptOut
MOST_ANSWERS, MOST_WAITING = 8, 100


@dataclass(slots=True)
class Figures:
    """Of a list: who is on it, in the four parts that make it up, and what the calls brought."""

    contacts: int = 0
    to_call: int = 0
    done: int = 0
    kept_out: int = 0
    called: int = 0
    attempts: int = 0
    reached: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def share_done(self) -> float:
        """The share of those who may be called with whom the list is done."""
        open_to_us = self.contacts - self.kept_out
        return self.done / open_to_us if open_to_us else 0


def of_lists(lists: Collection[int]) -> dict[int, Figures]:
    """The figures of lists. Rides target_by_state and call_of_list."""
    found: dict[int, Figures] = defaultdict(Figures)
    targets = CallTarget.objects.filter(call_list__in=lists).order_by()
    for key, state, reason, count in targets.values_list("call_list", "state", "kept_out").annotate(n=Count("pk")):
        one = found[key]
        one.contacts += count
        one.to_call += count if state == State.TO_CALL else 0
        one.done += count if state == State.ENDED else 0
        if state == State.KEPT_OUT:
            one.kept_out += count
            one.reasons[reason] = count
    for key, attempts, called, reached in _counted(lists):
        one = found[key]
        one.attempts, one.called, one.reached = attempts, called, reached
    return found


def _counted(lists: Collection[int]) -> QuerySet[Call, Any]:
    """Of each list how many attempts were made, and how many leads were called and reached by them."""
    of_each = Call.objects.standing().filter(call_list__in=lists).order_by().values_list("call_list")
    reached = Count("target", distinct=True, filter=Q(is_reached=True))
    return of_each.annotate(attempts=Count("pk"), called=Count("target", distinct=True), reached=reached)


# The open lists of a caller, and of each the due whom nobody else has, as many as are counted. Rides target_to_call.
_WAITING = Prepared(
    """
    WITH own AS (
        SELECT l.id FROM leads_calllist l JOIN leads_calllist_callers c ON c.calllist_id = l.id
        WHERE c.user_id = %(user)s AND l.closed_at IS NULL
    )
    SELECT EXISTS (SELECT 1 FROM own), (SELECT count(*) FROM (SELECT 1 FROM own, LATERAL (
        SELECT 1 FROM leads_calltarget t WHERE t.call_list_id = own.id AND t.state = 'to_call' AND t.due_at <= %(at)s
            AND (t.claimed_until IS NULL OR t.claimed_until <= %(at)s OR t.claimed_by_id = %(user)s) LIMIT %(most)s
    ) due LIMIT %(most)s) counted)
""",
    user="bigint",
    at="timestamptz",
    most="bigint",
)


def waiting_for(user: User, at: datetime) -> int | None:
    """How many leads a caller could call now, at most MOST_WAITING; None for who calls for no open list."""
    with connection.cursor() as cursor:
        _WAITING.run(cursor, {"user": user.pk, "at": at, "most": MOST_WAITING})
        is_caller, count = cursor.fetchone()
    return int(count) if is_caller else None


class Caller(NamedTuple):
    """What a caller made of a list: calls, and those of them that were answered, by what came of it."""

    name: str
    attempts: int
    reached: int
    interested: int
    not_interested: int
    call_backs: int


_CALLERS = """
    SELECT coalesce(nullif(u.name, ''), u.email), count(*), count(*) FILTER (WHERE c.is_reached),
        count(*) FILTER (WHERE c.disposition = 'interested'), count(*) FILTER (WHERE c.disposition = 'not_interested'),
        count(*) FILTER (WHERE c.disposition = 'call_back')
    FROM leads_call c JOIN accounts_user u ON u.id = c.by_id
    WHERE c.call_list_id = %s AND c.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_call v WHERE v.voids_id = c.id)
        AND (%s IS NULL OR c.by_id = %s)
    GROUP BY u.id ORDER BY 2 DESC, 1
"""


def of_callers(call_list: int, only: int | None = None) -> list[Caller]:
    """What each caller made of a list, or `only` one of them. Rides call_of_list."""
    with connection.cursor() as cursor:
        cursor.execute(_CALLERS, [call_list, only, only])
        return [Caller(*row) for row in cursor.fetchall()]


# Leads that became MQL after they were first reached for the list. Rides call_of_list and promotion_once.
_PROMOTED = """
    SELECT count(*) FROM (
        SELECT c.lead_id, min(c.occurred_at) AS reached_at FROM leads_call c
        WHERE c.call_list_id = %s AND c.is_reached AND c.voids_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM leads_call v WHERE v.voids_id = c.id)
        GROUP BY c.lead_id
    ) r WHERE EXISTS (
        SELECT 1 FROM leads_promotion p WHERE p.lead_id = r.lead_id AND p.mql_at >= r.reached_at AND NOT p.is_imported)
"""


def promoted(call_list: int) -> int:
    """How many leads of a list met the definition after they were first reached by telephone."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMOTED, [call_list])
        return int(cursor.fetchone()[0])


class Asked(NamedTuple):
    """A question, how many answered it, and the answers that were given most, with how often."""

    label: str
    answered: int
    answers: Sequence[tuple[str, int]]


_ANSWERS = """
    SELECT a.key, a.value -> 'value', count(*) FROM leads_call c, jsonb_each(c.answers) a
    WHERE c.call_list_id = %s AND c.voids_id IS NULL AND c.answers <> '{}'
        AND NOT EXISTS (SELECT 1 FROM leads_call v WHERE v.voids_id = c.id)
    GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2::text
"""
TOLD = ("choice", "yes_no")


def answers(call_list: CallList) -> list[Asked]:
    """What was answered to each question of the script; of free answers only how many. Rides call_of_list."""
    given: Mapping[str, list[tuple[str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [call_list.pk])
        for key, value, count in cursor.fetchall():
            given[key].append((worded(json.loads(value)), count))
    return [
        Asked(
            one["label"],
            sum(count for _said, count in given[one["key"]]),
            given[one["key"]][:MOST_ANSWERS] if one["kind"] in TOLD else [],
        )
        for one in call_list.questions
    ]
