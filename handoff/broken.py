"""Why did a promise break? One cause with its evidence for a promotion, stored once when it breaks."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from handoff import horizon

# Unanswered promotions ride promotion_unanswered; those answered too late are only looked for when asked,
# as a sweep a minute meets nearly all before anything answers them.
_BROKEN = """
    SELECT p.id FROM leads_promotion p
    WHERE p.promised_by < %(at)s AND p.promised_by >= coalesce(%(since)s, '-infinity'::timestamptz) AND NOT p.is_imported AND p.voided_at IS NULL AND {answered}
      AND NOT EXISTS (SELECT 1 FROM handoff_brokenpromise b WHERE b.promotion_id = p.id)
    ORDER BY p.promised_by, p.id LIMIT %(limit)s FOR NO KEY UPDATE OF p SKIP LOCKED
"""
_UNANSWERED = _BROKEN.format(answered="p.answered_at IS NULL")
_ANSWERED_LATE = _BROKEN.format(answered="p.answered_at > p.promised_by")

# How the lead stood when the promise broke: the handoff open at that moment, those before it, and whether nobody was free.
_RECORD = """
    INSERT INTO handoff_brokenpromise (promotion_id, rep_id, cause, evidence, broke_at, recorded_at)
    SELECT p.id, h.rep_id,
        CASE
            WHEN h.id IS NOT NULL AND a.id IS NOT NULL THEN 'rep_absent'
            WHEN h.id IS NOT NULL AND h.accepted THEN 'not_followed_up'
            WHEN h.id IS NOT NULL AND c.handoffs > 1 THEN 'passed_on'
            WHEN h.id IS NOT NULL THEN 'not_accepted'
            WHEN c.handoffs > 0 THEN 'passed_on'
            WHEN m.nobody_free_at IS NOT NULL THEN 'pool_full'
            ELSE 'never_routed' END,
        jsonb_strip_nulls(jsonb_build_object(
            'handoffs', c.handoffs, 'handoff', h.id, 'assigned_at', h.assigned_at, 'accept_due_at', h.accept_due_at,
            'accepted_at', CASE WHEN h.accepted THEN h.accepted_at END, 'absence', a.id, 'nobody_free_at', m.nobody_free_at)),
        p.promised_by, %(at)s
    FROM leads_promotion p
    LEFT JOIN LATERAL (
        SELECT h.*, h.accepted_at IS NOT NULL AND h.accepted_at <= p.promised_by AS accepted FROM handoff_handoff h
        WHERE h.lead_id = p.lead_id AND h.promotion_id = p.id AND h.assigned_at <= p.promised_by
          AND (h.ended_at IS NULL OR h.ended_at > p.promised_by)
        ORDER BY h.assigned_at DESC, h.id DESC LIMIT 1
    ) h ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS handoffs FROM handoff_handoff h
        WHERE h.lead_id = p.lead_id AND h.promotion_id = p.id AND h.assigned_at <= p.promised_by
    ) c
    LEFT JOIN LATERAL (
        SELECT a.id FROM handoff_absence a
        WHERE a.rep_id = h.rep_id AND a.starts_at <= p.promised_by AND a.ends_at > p.promised_by ORDER BY a.id LIMIT 1
    ) a ON true
    CROSS JOIN LATERAL (
        SELECT min(m.occurred_at) AS nobody_free_at FROM leads_leadmove m
        WHERE m.lead_id = p.lead_id AND m.promotion_n = p.n AND m.reason = 'nobody_free' AND m.occurred_at <= p.promised_by
    ) m
    WHERE p.id = ANY(%(promotions)s)
    ORDER BY p.promised_by, p.id
    ON CONFLICT DO NOTHING
"""


def record_broken(at: datetime, *, is_thorough: bool = False, limit: int = 10_000) -> int:
    """Store the cause of each promise that has broken and has none stored yet, in the order in which they broke; return how many.

    A promotion that is answered in the meantime falls out when its row is locked. Looks at promises that broke since the
    last run; `is_thorough` looks at all, and also finds what was answered too late before a sweep saw it broken.
    """
    recorded, since = 0, None if is_thorough else horizon.since("record broken", at)
    for rows in (_UNANSWERED, _ANSWERED_LATE)[: 2 if is_thorough else 1]:
        while count := _record(rows, since, at, limit):
            recorded += count
    horizon.reach("record broken", at)
    return recorded


@transaction.atomic
def _record(rows: str, since: datetime | None, at: datetime, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(rows, {"since": since, "at": at, "limit": limit})
        promotions = [row[0] for row in cursor.fetchall()]
        if not promotions:
            return 0
        cursor.execute(_RECORD, {"at": at, "promotions": promotions})
        return int(cursor.rowcount)
