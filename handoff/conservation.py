"""Has every lead that a rep works its one handoff, and does what was derived from follow-ups still hold?"""

from __future__ import annotations

from leads.conservation import check_rows

check_rows(
    "every lead with a rep has one open handoff, theirs",
    """SELECT 1 FROM leads_lead l
       LEFT JOIN handoff_handoff h ON h.lead_id = l.id AND h.ended_at IS NULL
       WHERE l.closed_at IS NULL AND l.stage IN ('assigned', 'sal', 'sql') AND h.rep_id IS DISTINCT FROM l.owner_id""",
)
check_rows(
    "no handoff is open of a lead that is not with a rep",
    """SELECT 1 FROM handoff_handoff h JOIN leads_lead l ON l.id = h.lead_id
       WHERE h.ended_at IS NULL AND (l.closed_at IS NOT NULL OR l.stage NOT IN ('assigned', 'sal', 'sql'))""",
)
check_rows(
    "every follow-up counts for its promotion",
    """SELECT 1 FROM leads_promotion p
       JOIN (SELECT h.promotion_id, min(f.occurred_at) AS first_at
             FROM handoff_followup f JOIN handoff_handoff h ON h.id = f.handoff_id
             JOIN leads_promotion q ON q.id = h.promotion_id AND f.occurred_at >= q.mql_at
             WHERE f.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id)
             GROUP BY h.promotion_id) f ON f.promotion_id = p.id
       WHERE NOT p.is_imported AND (p.first_follow_up_at IS NULL OR p.first_follow_up_at > f.first_at)""",
)
check_rows(
    "every follow-up has been recorded after what it is about",
    "SELECT 1 FROM handoff_followup f WHERE f.occurred_at > f.recorded_at",
)
check_rows(
    "every deadline to accept lies within the promise",
    """SELECT 1 FROM handoff_handoff h JOIN leads_promotion p ON p.id = h.promotion_id
       WHERE h.run_id IS NOT NULL AND h.assigned_at < p.promised_by AND h.accept_due_at > p.promised_by""",
)
