"""What lifecycle writes: each statement changes the leads, their promotion and the history together.

Nobody but `leads.lifecycle` runs these.
"""

from leads.prepared import Prepared
from leads.stages import CLOSED


def taken_back(known: str = "true") -> str:
    """SQL: was the closing that move `m` tells taken back, by a move `r` that is `known`? Rides move_of_lead."""
    closed = ", ".join(f"'{stage.value}'" for stage in sorted(CLOSED))
    return f"""(m.stage IN ({closed}) AND EXISTS (
        SELECT 1 FROM leads_leadmove r WHERE r.lead_id = m.lead_id AND r.id > m.id AND {known}))"""


ANSWERS = "NOT (m.is_imported AND m.stage IN ('inquiry', 'nurture'))"
"""SQL: does move `m` answer by its stage? Not where a lead was only moved in to marketing from another system."""

# Whose keys are at hand is locked so before it is written.
LOCK = Prepared(
    "SELECT id, stage FROM leads_lead WHERE id = ANY(%(leads)s) AND stage = ANY(%(stages)s) ORDER BY id FOR UPDATE",
    leads="bigint[]",
    stages="text[]",
)

_MOVE = """INSERT INTO leads_leadmove (lead_id, stage, owner_id, queue_id, next_step_at, promotion_n, reason, note, by_id,
            is_imported, occurred_at, recorded_at)"""
OPEN = f"""
    WITH wanted AS (
        SELECT * FROM unnest(%(contact)s::bigint[], %(family)s::bigint[], %(origin)s::text[], %(channel)s::text[], %(campaign)s::bigint[],
            %(requested_owner)s::bigint[], %(stage)s::text[], %(is_routable)s::bool[], %(owner)s::bigint[], %(queue)s::bigint[],
            %(next_step_at)s::timestamptz[])
        AS w(contact_id, family_id, origin, channel, campaign_id, requested_owner_id, stage, is_routable, owner_id, queue_id, next_step_at)
    ), opened AS (
        INSERT INTO leads_lead (contact_id, family_id, origin, channel, campaign_id, requested_owner_id, is_routable, stage,
            stage_entered_at, owner_id, queue_id, next_step_at, next_step_set_at, opened_at, closed_at, recorded_at, promotion_n)
        SELECT contact_id, family_id, origin, channel, campaign_id, requested_owner_id, is_routable, stage,
            %(at)s, owner_id, queue_id, next_step_at, CASE WHEN next_step_at IS NOT NULL THEN %(at)s END, %(at)s,
            CASE WHEN stage = ANY(%(closed)s) THEN %(at)s END, %(at)s, 0
        FROM wanted ORDER BY family_id
        ON CONFLICT DO NOTHING
        RETURNING id, contact_id, stage, owner_id, queue_id, next_step_at
    ), told AS (
        {_MOVE}
        SELECT id, stage, owner_id, queue_id, next_step_at, 0, %(reason)s, '', %(by)s, %(reason)s = 'imported', %(at)s, %(at)s
        FROM opened ORDER BY id
    ), touched AS (
        INSERT INTO leads_leadtouch (lead_id, touched_at) SELECT id, %(at)s FROM opened ORDER BY id
    )
    SELECT contact_id, id FROM opened
"""

# Of history: each lead with the moments that the file tells, recorded now. A promotion that comes with it was promised to nobody.
MOVE_IN = f"""
    WITH given AS (
        SELECT * FROM unnest(%(n)s::bigint[], %(contact)s::bigint[], %(family)s::bigint[], %(channel)s::text[], %(campaign)s::bigint[],
            %(requested_owner)s::bigint[], %(stage)s::text[], %(owner)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[],
            %(opened_at)s::timestamptz[], %(entered_at)s::timestamptz[], %(closed_at)s::timestamptz[], %(mql_at)s::timestamptz[],
            %(followed_up_at)s::timestamptz[])
        AS w(n, contact_id, family_id, channel, campaign_id, requested_owner_id, stage, owner_id, queue_id, next_step_at,
            opened_at, entered_at, closed_at, mql_at, followed_up_at)
    ), wanted AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('leads_lead', 'id')) AS id, g.*, (g.mql_at IS NOT NULL)::int AS promotion_n,
            CASE WHEN g.mql_at IS NOT NULL THEN least(g.followed_up_at, g.closed_at) END AS answered_at
        FROM (SELECT * FROM given ORDER BY n) g
    ), opened AS (
        INSERT INTO leads_lead (id, contact_id, family_id, origin, channel, campaign_id, requested_owner_id, is_routable, stage,
            stage_entered_at, owner_id, queue_id, next_step_at, next_step_set_at, opened_at, closed_at, recorded_at, promotion_n,
            mql_at, first_follow_up_at, answered_at)
        SELECT id, contact_id, family_id, 'marketing', channel, campaign_id, requested_owner_id, %(is_routable)s, stage,
            entered_at, owner_id, queue_id, next_step_at, CASE WHEN next_step_at IS NOT NULL THEN %(at)s END, opened_at, closed_at,
            %(at)s, promotion_n, mql_at, followed_up_at, answered_at
        FROM wanted ORDER BY id
        ON CONFLICT DO NOTHING
        RETURNING id
    ), told AS (
        {_MOVE}
        SELECT id, stage, owner_id, queue_id, next_step_at, promotion_n, 'imported', '', %(by)s, true, entered_at, %(at)s
        FROM wanted JOIN opened USING (id) ORDER BY id
    ), promised AS (
        INSERT INTO leads_promotion (lead_id, n, mql_at, recorded_at, is_exploration, is_imported, origin, channel, campaign_id,
            owner_id, first_follow_up_at, answered_at, answered_as)
        SELECT id, 1, mql_at, %(at)s, false, true, 'marketing', channel, campaign_id, owner_id, followed_up_at, answered_at,
            CASE WHEN answered_at IS NULL THEN '' WHEN answered_at = followed_up_at THEN 'followed_up'
                WHEN stage = 'disqualified' THEN 'disqualified' ELSE 'closed' END
        FROM wanted JOIN opened USING (id) WHERE mql_at IS NOT NULL ORDER BY id
    ), touched AS (
        INSERT INTO leads_leadtouch (lead_id, touched_at)
        SELECT id, %(at)s FROM wanted JOIN opened USING (id) WHERE closed_at IS NULL ORDER BY id
    )
    SELECT n, id FROM wanted JOIN opened USING (id) ORDER BY n
"""

WRITE = Prepared(
    f"""
    WITH wanted AS (
        SELECT * FROM unnest(%(lead)s::bigint[], %(owner)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[],
            %(followed_up_at)s::timestamptz[])
        AS w(lead_id, owner_id, queue_id, next_step_at, followed_up_at)
    ), written AS (
        UPDATE leads_lead l SET
            stage = %(to)s,
            stage_entered_at = CASE WHEN l.stage = %(to)s THEN l.stage_entered_at ELSE %(at)s END,
            owner_id = CASE WHEN %(closes)s THEN l.owner_id ELSE w.owner_id END,
            queue_id = w.queue_id,
            next_step_at = w.next_step_at,
            next_step_set_at = CASE WHEN %(closes)s THEN NULL ELSE %(at)s END,
            closed_at = CASE WHEN %(closes)s THEN %(at)s END,
            recorded_at = greatest(%(at)s, l.recorded_at),
            first_follow_up_at = CASE WHEN l.promotion_n > 0 AND w.followed_up_at >= l.mql_at
                THEN least(l.first_follow_up_at, w.followed_up_at) ELSE l.first_follow_up_at END,
            answered_at = CASE WHEN l.promotion_n = 0 THEN NULL
                WHEN w.followed_up_at >= l.mql_at THEN least(l.answered_at, w.followed_up_at)
                WHEN %(answer)s <> '' THEN coalesce(l.answered_at, %(at)s)
                ELSE l.answered_at END
        FROM wanted w WHERE l.id = w.lead_id
        RETURNING l.id, l.owner_id, l.queue_id, l.next_step_at, l.promotion_n, l.mql_at, l.first_follow_up_at, l.answered_at,
            l.recorded_at, w.followed_up_at
    ), told AS (
        {_MOVE}
        SELECT id, %(to)s, owner_id, queue_id, next_step_at, promotion_n, %(reason)s, %(note)s, %(by)s, false, %(at)s, recorded_at
        FROM written ORDER BY id
    ), promised AS (
        UPDATE leads_promotion p SET
            owner_id = coalesce(w.owner_id, p.owner_id),
            first_follow_up_at = w.first_follow_up_at,
            answered_at = w.answered_at,
            answered_as = CASE
                WHEN w.answered_at IS NULL THEN ''
                WHEN w.followed_up_at >= w.mql_at AND w.answered_at = w.followed_up_at THEN 'followed_up'
                WHEN p.answered_as <> '' THEN p.answered_as ELSE %(answer)s END,
            voided_at = CASE WHEN %(to)s = 'void' THEN %(at)s ELSE p.voided_at END
        FROM written w
        WHERE p.lead_id = w.id AND p.n = w.promotion_n AND (
            ROW(p.first_follow_up_at, p.answered_at) IS DISTINCT FROM ROW(w.first_follow_up_at, w.answered_at)
            OR w.owner_id IS NOT NULL AND w.owner_id IS DISTINCT FROM p.owner_id OR %(to)s = 'void')
    ), voided AS (
        UPDATE leads_promotion p SET voided_at = %(at)s
        FROM written w WHERE %(to)s = 'void' AND p.lead_id = w.id AND p.n < w.promotion_n
    )
    SELECT id FROM written ORDER BY id
""",
    lead="text",
    owner="text",
    queue="text",
    next_step_at="text",
    followed_up_at="text",
    to="text",
    at="timestamptz",
    reason="text",
    note="text",
    by="bigint",
    answer="text",
    closes="boolean",
)

PROMOTE = f"""
    WITH wanted AS (
        SELECT * FROM unnest(%(lead)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[], %(promised_by)s::timestamptz[],
            %(is_exploration)s::bool[])
        AS w(lead_id, queue_id, next_step_at, promised_by, is_exploration)
    ), written AS (
        UPDATE leads_lead l SET
            stage = 'mql', stage_entered_at = %(at)s, owner_id = NULL, queue_id = w.queue_id, next_step_at = w.next_step_at,
            next_step_set_at = %(at)s, recorded_at = greatest(%(at)s, l.recorded_at), promotion_n = l.promotion_n + 1,
            mql_at = %(at)s, promised_by = w.promised_by, first_follow_up_at = NULL, answered_at = NULL
        FROM wanted w WHERE l.id = w.lead_id
        RETURNING l.id, l.queue_id, l.next_step_at, l.promotion_n, l.promised_by, l.origin, l.channel, l.campaign_id, l.recorded_at,
            w.is_exploration
    ), promised AS (
        INSERT INTO leads_promotion (lead_id, n, mql_at, recorded_at, definition_version, promised_by, is_exploration, is_imported,
            origin, channel, campaign_id, answered_as)
        SELECT id, promotion_n, %(at)s, recorded_at, %(version)s, promised_by, is_exploration, false, origin, channel, campaign_id, ''
        FROM written ORDER BY id
    ), told AS (
        {_MOVE}
        SELECT id, 'mql', NULL, queue_id, next_step_at, promotion_n, CASE WHEN is_exploration THEN 'explored' ELSE 'meets_definition' END,
            '', %(by)s, false, %(at)s, recorded_at
        FROM written ORDER BY id
    )
    SELECT id FROM written ORDER BY id
"""

# The answer that lay in the closing goes with it; a promise that is still ahead binds again. What closed as void counted nowhere.
REOPEN = f"""
    WITH wanted AS (
        SELECT w.*, p.answered_as = ANY(%(closing)s) AS is_taken_back
        FROM unnest(%(lead)s::bigint[], %(owner)s::bigint[], %(queue)s::bigint[], %(next_step_at)s::timestamptz[])
            AS w(lead_id, owner_id, queue_id, next_step_at)
        JOIN leads_lead l ON l.id = w.lead_id
        LEFT JOIN leads_promotion p ON p.lead_id = l.id AND p.n = l.promotion_n
    ), written AS (
        UPDATE leads_lead l SET
            stage = %(to)s, stage_entered_at = %(at)s, owner_id = w.owner_id, queue_id = w.queue_id, closed_at = NULL,
            next_step_at = CASE WHEN l.promised_by >= %(at)s AND (l.answered_at IS NULL OR w.is_taken_back)
                THEN least(w.next_step_at, l.promised_by) ELSE w.next_step_at END,
            next_step_set_at = %(at)s, recorded_at = greatest(%(at)s, l.recorded_at),
            answered_at = CASE WHEN w.is_taken_back THEN NULL ELSE l.answered_at END
        FROM wanted w WHERE l.id = w.lead_id
        RETURNING l.id, l.owner_id, l.queue_id, l.next_step_at, l.promotion_n, l.answered_at, l.recorded_at
    ), told AS (
        {_MOVE}
        SELECT id, %(to)s, owner_id, queue_id, next_step_at, promotion_n, 'reopened', %(note)s, %(by)s, false, %(at)s, recorded_at
        FROM written ORDER BY id
    ), promised AS (
        UPDATE leads_promotion p SET
            owner_id = CASE WHEN p.n = w.promotion_n THEN coalesce(w.owner_id, p.owner_id) ELSE p.owner_id END,
            answered_at = CASE WHEN p.n = w.promotion_n THEN w.answered_at ELSE p.answered_at END,
            answered_as = CASE WHEN p.n = w.promotion_n AND w.answered_at IS NULL THEN '' ELSE p.answered_as END,
            voided_at = NULL
        FROM written w WHERE p.lead_id = w.id AND (p.n = w.promotion_n OR p.voided_at IS NOT NULL)
    ), touched AS (
        INSERT INTO leads_leadtouch (lead_id, touched_at) SELECT id, %(at)s FROM written ORDER BY id
        ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
    )
    SELECT id FROM written ORDER BY id
"""
