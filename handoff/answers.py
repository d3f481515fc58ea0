"""What answered each promotion, and when? Derived columns, reckoned anew from follow-ups and moves."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leads.models import Lead
from leads.querysets import LeadQuerySet
from leads.stages import ANSWERED_BY_STAGE
from leads.statements import ANSWERS, taken_back

# A follow-up counts for the promotion of its handoff, else for the last promotion at or before it.
# Rides promotion_once, follow_up_of_lead and move_of_lead.
_DERIVED = f"""
    SELECT p.id, p.lead_id, p.n, f.first_at, least(f.first_at, m.occurred_at) AS answered_at,
        CASE WHEN coalesce(f.first_at, m.occurred_at) IS NULL THEN ''
            WHEN m.occurred_at IS NULL OR f.first_at <= m.occurred_at THEN 'followed_up'
            WHEN m.reason = 'suppressed' THEN 'suppressed' ELSE (%(answers)s::jsonb) ->> m.stage END AS answered_as
    FROM leads_promotion p
    LEFT JOIN LATERAL (
        SELECT min(f.occurred_at) AS first_at
        FROM handoff_followup f LEFT JOIN handoff_handoff h ON h.id = f.handoff_id
        WHERE f.lead_id = p.lead_id AND f.occurred_at >= p.mql_at AND f.voids_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id)
          AND CASE WHEN h.promotion_id IS NOT NULL THEN h.promotion_id = p.id ELSE NOT EXISTS (
              SELECT 1 FROM leads_promotion q WHERE q.lead_id = p.lead_id AND q.n > p.n AND q.mql_at <= f.occurred_at) END
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT m.occurred_at, m.stage, m.reason FROM leads_leadmove m
        WHERE m.lead_id = p.lead_id AND m.promotion_n = p.n
          AND (m.stage = ANY(%(answering)s) OR m.reason = 'suppressed') AND {ANSWERS} AND NOT {taken_back()}
        ORDER BY m.id LIMIT 1
    ) m ON true
    WHERE p.lead_id = ANY(%(leads)s)
"""

_ANSWERED = f"""
    SELECT d.lead_id, d.answered_at FROM ({_DERIVED}) d JOIN leads_lead l ON l.id = d.lead_id AND l.promotion_n = d.n
"""

_REBUILD = f"""
    WITH derived AS ({_DERIVED}),
    promised AS (
        UPDATE leads_promotion p
        SET first_follow_up_at = d.first_at, answered_at = d.answered_at, answered_as = d.answered_as
        FROM derived d
        WHERE p.id = d.id AND ROW(p.first_follow_up_at, p.answered_at, p.answered_as)
            IS DISTINCT FROM ROW(d.first_at, d.answered_at, d.answered_as)
        RETURNING p.lead_id
    ), written AS (
        UPDATE leads_lead l SET first_follow_up_at = d.first_at, answered_at = d.answered_at
        FROM derived d
        WHERE l.id = d.lead_id AND l.promotion_n = d.n AND ROW(l.first_follow_up_at, l.answered_at)
            IS DISTINCT FROM ROW(d.first_at, d.answered_at)
        RETURNING l.id
    )
    SELECT count(*) FROM (SELECT lead_id FROM promised UNION SELECT id FROM written) changed
"""


def _values(leads: Collection[int]) -> dict[str, Any]:
    return {
        "leads": list(leads),
        "answers": json.dumps(ANSWERED_BY_STAGE),
        "answering": [stage.value for stage in ANSWERED_BY_STAGE],
    }


def answered(leads: Collection[int]) -> dict[int, datetime | None]:
    """When the latest promotion of each lead was answered, by what stands now."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, _values(leads))
        return dict(cursor.fetchall())


@transaction.atomic
def rebuild_promotions(leads: LeadQuerySet) -> int:
    """Reckon first follow-up and answer of every promotion of the leads anew; return how many leads changed."""
    locked = Lead.objects.filter(pk__in=leads.values("pk"), promotion_n__gt=0).order_by("pk")
    ids = list(locked.select_for_update().values_list("pk", flat=True))
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD, _values(ids))
        return int(cursor.fetchone()[0])
