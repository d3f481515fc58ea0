"""What had a lead behind it that was moved in from another system: its follow-ups and its business, taken up here.

Leads keeps what a file told; this looks for what is due, claims it, and writes it once. What was taken back is made void.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from handoff.models import FollowUp
from leads.stages import Stage

REACHED = sorted(map(str, FollowUp.REACHED))

# Rides past_due.
_CLAIM = """
    SELECT lead_id FROM leads_importedpast WHERE is_due ORDER BY lead_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""
# The lead was recorded when it was moved in; what is written now comes after it.
_FOLLOW_UPS = """
    INSERT INTO handoff_followup (lead_id, by_id, kind, disposition, is_reached, note, occurred_at, recorded_at, is_imported)
    SELECT p.lead_id, p.owner_id, CASE WHEN f.is_last THEN p.last_kind ELSE '' END,
        CASE WHEN f.is_last THEN p.last_disposition ELSE '' END, f.is_last AND p.last_disposition = ANY(%(reached)s),
        CASE WHEN f.is_last THEN p.note ELSE '' END, f.done_at,
        greatest(%(at)s, l.recorded_at), true
    FROM leads_importedpast p JOIN leads_lead l ON l.id = p.lead_id
    CROSS JOIN LATERAL (VALUES (p.first_follow_up_at, p.last_follow_up_at IS NULL), (p.last_follow_up_at, true)) f(done_at, is_last)
    WHERE p.lead_id = ANY(%(leads)s) AND p.voided_at IS NULL AND p.taken_up_at IS NULL AND f.done_at IS NOT NULL
    ORDER BY p.lead_id, f.done_at
"""
# Called as its organisation, else as its person.
_BUSINESS = """
    INSERT INTO handoff_opportunity (lead_id, name, amount, currency, opened_at, won_at, lost_at, lost_reason, is_imported)
    SELECT p.lead_id, left(coalesce(nullif(o.name, ''), nullif(concat_ws(' ', nullif(c.first_name, ''), nullif(c.infix, ''),
            nullif(c.last_name, '')), ''), nullif(c.email, ''), nullif(c.phone, ''), c.external_id), 200),
        p.amount, p.currency, l.opened_at, CASE WHEN p.outcome = 'won' THEN p.closed_at END,
        CASE WHEN p.outcome = 'lost' THEN p.closed_at END, '', true
    FROM leads_importedpast p JOIN leads_lead l ON l.id = p.lead_id
    JOIN leads_contact c ON c.id = l.contact_id LEFT JOIN leads_organisation o ON o.id = c.organisation_id
    WHERE p.lead_id = ANY(%(leads)s) AND p.voided_at IS NULL AND p.taken_up_at IS NULL AND p.outcome <> ''
    ORDER BY p.lead_id
"""
# Rides follow_up_of_lead.
_VOID_FOLLOW_UPS = """
    INSERT INTO handoff_followup (lead_id, by_id, kind, disposition, is_reached, note, occurred_at, recorded_at, is_imported, voids_id)
    SELECT f.lead_id, f.by_id, f.kind, f.disposition, f.is_reached, '', f.occurred_at, greatest(%(at)s, l.recorded_at), true, f.id
    FROM leads_importedpast p JOIN leads_lead l ON l.id = p.lead_id JOIN handoff_followup f ON f.lead_id = p.lead_id
    WHERE p.lead_id = ANY(%(leads)s) AND p.voided_at IS NOT NULL AND l.stage = %(void)s AND f.is_imported AND f.voids_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id)
    ORDER BY f.id
"""
_VOID_BUSINESS = """
    UPDATE handoff_opportunity b SET voided_at = %(at)s
    FROM leads_importedpast p JOIN leads_lead l ON l.id = p.lead_id
    WHERE p.lead_id = ANY(%(leads)s) AND p.voided_at IS NOT NULL AND l.stage = %(void)s AND b.lead_id = p.lead_id
        AND b.is_imported AND b.voided_at IS NULL
"""
_DONE = """
    UPDATE leads_importedpast SET is_due = false, note = '',
        taken_up_at = CASE WHEN voided_at IS NULL THEN coalesce(taken_up_at, %(at)s) ELSE taken_up_at END
    WHERE lead_id = ANY(%(leads)s)
"""


@transaction.atomic
def take_up(at: datetime, *, limit: int = 10_000) -> int:
    """Write the follow-ups and the business of leads that were moved in, and void those of a file that was taken back.

    At most `limit` leads; return how many. A second run finds nothing, and promotions have their first follow-up already.
    """
    leads = _claimed(limit)
    if not leads:
        return 0
    values: dict[str, Any] = {"leads": leads, "at": at, "void": Stage.VOID, "reached": REACHED}
    with connection.cursor() as cursor:
        for statement in (_FOLLOW_UPS, _BUSINESS, _VOID_FOLLOW_UPS, _VOID_BUSINESS, _DONE):
            cursor.execute(statement, values)
    return len(leads)


def _claimed(limit: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"limit": limit})
        return [row[0] for row in cursor.fetchall()]
