"""Which passing of a lead to a rep is open? Begun, ended, and put straight where another app moved the lead."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from handoff.models import Handoff
from leadops.accounts.models import User
from leads.prepared import Prepared
from leads.stages import HELD_BY_REP, Stage


@dataclass(frozen=True, slots=True)
class Passing:
    """A lead that goes to a rep, with the deadlines of that and what explains the choice."""

    lead: int
    rep: int
    accept_due_at: datetime | None
    follow_up_due_at: datetime | None
    pool: int | None = None
    rule: int | None = None
    run: int | None = None
    explanation: Mapping[str, Any] = field(default_factory=dict)


_BEGIN = """
    INSERT INTO handoff_handoff (lead_id, promotion_id, rep_id, pool_id, rule_id, run_id, explanation, assigned_by_id,
        assigned_at, accept_due_at, follow_up_due_at, outcome, outcome_reason, note)
    SELECT w.lead_id, p.id, w.rep_id, w.pool_id, w.rule_id, w.run_id, w.explanation, %(by)s,
        %(at)s, w.accept_due_at, w.follow_up_due_at, '', '', ''
    FROM unnest(%(lead)s::bigint[], %(rep)s::bigint[], %(pool)s::bigint[], %(rule)s::bigint[], %(run)s::bigint[],
        %(explanation)s::jsonb[], %(accept_due_at)s::timestamptz[], %(follow_up_due_at)s::timestamptz[])
        WITH ORDINALITY
        AS w(lead_id, rep_id, pool_id, rule_id, run_id, explanation, accept_due_at, follow_up_due_at, n)
    JOIN leads_lead l ON l.id = w.lead_id
    LEFT JOIN leads_promotion p ON p.lead_id = l.id AND p.n = l.promotion_n
    ORDER BY w.n
    RETURNING lead_id, id
"""


def begin(passings: Sequence[Passing], *, at: datetime, by: User | None) -> dict[int, int]:
    """Open a handoff for each; return {lead: handoff}. Leads are locked, and have no open handoff."""
    if not passings:
        return {}
    names = ("lead", "rep", "pool", "rule", "run", "accept_due_at", "follow_up_due_at")
    columns: dict[str, Any] = {name: [getattr(passing, name) for passing in passings] for name in names}
    explanations = [json.dumps(passing.explanation) for passing in passings]
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, columns | {"explanation": explanations, "at": at, "by": by and by.pk})
        return dict(cursor.fetchall())


# Rides one_open_handoff_a_lead.
_ACCEPTED = Prepared(
    """
    UPDATE handoff_handoff SET accepted_at = %(at)s
    WHERE lead_id = ANY(%(leads)s) AND ended_at IS NULL AND accepted_at IS NULL
""",
    leads="bigint[]",
    at="timestamptz",
)


def accepted(lead_ids: Collection[int], *, at: datetime) -> int:
    """Mark the open handoffs of these leads as accepted where they are not yet; return how many."""
    if not lead_ids:
        return 0
    with connection.cursor() as cursor:
        _ACCEPTED.run(cursor, {"at": at, "leads": list(lead_ids)})
        return cursor.rowcount


# Rides one_open_handoff_a_lead.
_END = Prepared(
    """
    UPDATE handoff_handoff SET ended_at = %(at)s, outcome = %(outcome)s, outcome_reason = %(reason)s, note = %(note)s
    WHERE lead_id = ANY(%(leads)s) AND ended_at IS NULL
""",
    leads="bigint[]",
    at="timestamptz",
    outcome="text",
    reason="text",
    note="text",
)


def end(
    lead_ids: Collection[int], *, outcome: Handoff.Outcome, at: datetime, outcome_reason: str = "", note: str = ""
) -> int:
    """End the open handoffs of these leads, which are locked; return how many."""
    if not lead_ids:
        return 0
    values = {"leads": list(lead_ids), "at": at, "outcome": outcome, "reason": outcome_reason, "note": note}
    with connection.cursor() as cursor:
        _END.run(cursor, values)
        return cursor.rowcount


# What an open handoff came to when its lead stands elsewhere, or with another rep.
_CAME_TO = {
    Stage.WON: Handoff.Outcome.WON,
    Stage.LOST: Handoff.Outcome.LOST,
    Stage.DISQUALIFIED: Handoff.Outcome.QUALIFIED_OUT,
    Stage.MERGED: Handoff.Outcome.CLOSED,
    Stage.VOID: Handoff.Outcome.CLOSED,
    Stage.MQL: Handoff.Outcome.RELEASED,
    Stage.INQUIRY: Handoff.Outcome.RETURNED,
    Stage.NURTURE: Handoff.Outcome.RETURNED,
} | dict.fromkeys(HELD_BY_REP, Handoff.Outcome.TRANSFERRED)

# Rides lead_of_owner and one_open_handoff_a_lead.
_CROOKED = """
    SELECT l.id FROM leads_lead l
    LEFT JOIN handoff_handoff h ON h.lead_id = l.id AND h.ended_at IS NULL
    WHERE l.closed_at IS NULL AND l.owner_id IS NOT NULL AND l.stage = ANY(%(with_reps)s) AND h.rep_id IS DISTINCT FROM l.owner_id
    UNION
    SELECT h.lead_id FROM handoff_handoff h JOIN leads_lead l ON l.id = h.lead_id
    WHERE h.ended_at IS NULL AND NOT (l.closed_at IS NULL AND l.stage = ANY(%(with_reps)s))
    LIMIT %(limit)s
"""
_LOCK = "SELECT id FROM leads_lead WHERE id = ANY(%(leads)s) ORDER BY id FOR NO KEY UPDATE"
_END_WRONG = """
    UPDATE handoff_handoff h SET ended_at = %(at)s, outcome = (%(came_to)s::jsonb) ->> l.stage
    FROM leads_lead l
    WHERE h.lead_id = ANY(%(leads)s) AND l.id = h.lead_id AND h.ended_at IS NULL
      AND NOT (l.closed_at IS NULL AND l.stage = ANY(%(with_reps)s) AND h.rep_id = l.owner_id)
"""
_BEGIN_MISSING = """
    INSERT INTO handoff_handoff (lead_id, promotion_id, rep_id, explanation, assigned_at, accepted_at, accept_due_at,
        follow_up_due_at, outcome, outcome_reason, note)
    SELECT l.id, p.id, l.owner_id, '{}', l.stage_entered_at, CASE WHEN l.stage <> 'assigned' THEN l.stage_entered_at END,
        CASE WHEN l.stage = 'assigned' THEN l.next_step_at END, coalesce(l.promised_by, l.next_step_at), '', '', ''
    FROM leads_lead l LEFT JOIN leads_promotion p ON p.lead_id = l.id AND p.n = l.promotion_n
    WHERE l.id = ANY(%(leads)s) AND l.closed_at IS NULL AND l.stage = ANY(%(with_reps)s)
      AND NOT EXISTS (SELECT 1 FROM handoff_handoff h WHERE h.lead_id = l.id AND h.ended_at IS NULL)
    ORDER BY l.id
"""


@transaction.atomic
def straighten(at: datetime, *, leads: Collection[int] | None = None, limit: int = 10_000) -> int:
    """Give every lead that a rep works exactly one open handoff, and end those of others; return the leads put straight.

    Looks at `leads`, else at whatever stands crooked, at most `limit` of them. A second run finds nothing.
    """
    values: dict[str, Any] = {"at": at, "with_reps": sorted(HELD_BY_REP), "limit": limit}
    with connection.cursor() as cursor:
        if leads is None:
            cursor.execute(_CROOKED, values)
            leads = [row[0] for row in cursor.fetchall()]
        if not leads:
            return 0
        values |= {"leads": list(leads), "came_to": json.dumps(_CAME_TO)}
        cursor.execute(_LOCK, values)
        cursor.execute(_END_WRONG, values)
        ended = cursor.rowcount
        cursor.execute(_BEGIN_MISSING, values)
        return max(ended, cursor.rowcount)
