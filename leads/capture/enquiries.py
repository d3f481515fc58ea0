"""What did the people of these rows do, and what follows from it: a lead opened, or its holder told?"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_noop

from leadops.accounts.models import User
from leads import lifecycle
from leads.arrays import array
from leads.capture import history
from leads.capture.holds import to_qualify
from leads.capture.slices import ARRIVED, Slice
from leads.capture.verdicts import SUPPRESSED
from leads.stages import Origin, Reason, Stage

# Whoever is new has a new enquiry, and is marked so already. The same enquiry: same person, campaign and kind, at the
# same moment where the row names one. Of rows folded together each that is not the same as one before it counts.
# Rides engagement_of_contact. Other tables are looked up a row at a time, never joined: a session may plan for one row.
_NEW = f"""
    UPDATE judged j SET is_engaged = true
    FROM leads_arrival a
    WHERE {ARRIVED} AND j.round = %(round)s
        AND j.contact_id IS NOT NULL AND NOT j.is_new AND (
            SELECT 1 FROM leads_engagement e
            WHERE e.contact_id IN (SELECT m.id FROM leads_contact m WHERE m.family_id = j.family_id)
                AND e.campaign_id IS NOT DISTINCT FROM j.campaign_id AND e.kind = a.kind
                AND (a.occurred_at IS NULL OR e.occurred_at = a.occurred_at) AND e.voids_id IS NULL
                AND (SELECT v.id FROM leads_engagement v WHERE v.voids_id = e.id) IS NULL LIMIT 1
    ) IS NULL AND (j.folded_into IS NULL OR j.n IN (
        SELECT n FROM (SELECT o.n, b.occurred_at, row_number() OVER same AS nth, row_number() OVER same_moment AS nth_of_moment
            FROM judged o JOIN leads_arrival b ON b.batch_id = %(batch)s AND b.n = o.n
            WHERE o.round = %(round)s AND o.folded_into IS NOT NULL
            WINDOW same AS (PARTITION BY o.family_id, o.campaign_id, b.kind ORDER BY o.n),
                same_moment AS (PARTITION BY o.family_id, o.campaign_id, b.kind, b.occurred_at ORDER BY o.n)) f
        WHERE nth_of_moment = 1 AND (occurred_at IS NOT NULL OR nth = 1)))
"""
_ANY = "SELECT EXISTS (SELECT 1 FROM judged WHERE round = %(round)s AND is_engaged)"
# Rides one_open_lead_a_family.
_WITHOUT_LEAD = f"""
    SELECT DISTINCT ON (j.family_id) j.contact_id, j.family_id, j.channel, j.campaign_id, a.requested_owner_id
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.round = %(round)s AND j.is_engaged
        AND (SELECT l.id FROM leads_lead l WHERE l.family_id = j.family_id AND l.closed_at IS NULL) IS NULL
    ORDER BY j.family_id, j.n
"""
_OPENED = """
    UPDATE judged j SET lead_id = o.lead_id, is_opened = j.folded_into IS NULL OR j.n IN (
        SELECT min(n) FROM judged WHERE round = %(round)s AND is_engaged AND folded_into IS NOT NULL GROUP BY contact_id)
    FROM unnest(%(contact)s::bigint[], %(lead)s::bigint[]) AS o (contact_id, lead_id)
    WHERE j.contact_id = o.contact_id AND j.round = %(round)s AND j.is_engaged
"""
_RECORD = f"""
    INSERT INTO leads_engagement (contact_id, lead_id, campaign_id, batch_id, kind, channel, detail, interest, attended_minutes,
        occurred_at, recorded_at)
    SELECT j.contact_id, j.lead_id, j.campaign_id, %(import_batch)s, a.kind, j.channel, a.detail, a.interest, a.attended_minutes,
        coalesce(a.occurred_at, %(at)s),
        greatest(%(at)s, CASE WHEN NOT j.is_opened THEN (SELECT l.recorded_at FROM leads_lead l WHERE l.id = j.lead_id) END)
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.round = %(round)s AND j.is_engaged
    ORDER BY j.n
"""
_TELL = """
    INSERT INTO accounts_notice (user_id, kind, key, facts, path, created_at)
    SELECT l.owner_id, 'enquired_again', 'enquired_again:' || l.id || ':' || %(batch)s || ':' || min(j.n),
        jsonb_build_object(
            'sentence', CASE WHEN min(c.id) IS NULL THEN %(again)s ELSE %(again_in)s END,
            'gaps', jsonb_build_object('campaign', (array_agg(c.name ORDER BY j.n))[1], 'who', coalesce(
                nullif(concat_ws(' ', nullif(p.first_name, ''), nullif(p.infix, ''), nullif(p.last_name, '')), ''),
                nullif(p.email, ''), nullif(p.phone, ''), p.external_id))),
        '/leads/' || l.id || '/', %(at)s
    FROM judged j JOIN leads_lead l ON l.id = j.lead_id JOIN leads_contact p ON p.id = l.contact_id
    LEFT JOIN leads_campaign c ON c.id = j.campaign_id
    WHERE j.round = %(round)s AND j.is_engaged AND NOT j.is_opened AND l.owner_id IS NOT NULL
    GROUP BY l.id, l.owner_id, p.id ORDER BY l.id
    ON CONFLICT DO NOTHING
"""
AGAIN, AGAIN_IN = gettext_noop("%(who)s enquired again."), gettext_noop("%(who)s enquired again: %(campaign)s.")
_TOUCH = """
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT DISTINCT j.lead_id, %(at)s::timestamptz FROM judged j
    WHERE j.round = %(round)s AND j.lead_id IS NOT NULL AND NOT j.is_opened
        AND (j.is_engaged OR j.is_consented OR j.before IS NOT NULL)
    ORDER BY j.lead_id
    ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
"""
# Whoever was folded into a row of somebody who may not be contacted is that person too.
_BARRED = """
    UPDATE judged j SET round = %(round)s, contact_id = f.contact_id, family_id = f.family_id
    FROM judged f
    WHERE f.n = coalesce(j.folded_into, j.n) AND f.folded_into IS NULL AND f.contact_id IS NOT NULL
        AND f.verdict = 'skipped' AND f.reason = %(suppressed)s
        AND j.verdict = 'skipped' AND starts_with(j.reason, %(suppressed)s)
"""


def find_barred(round_: int) -> bool:
    """Give those known people a round whose rows were skipped because no channel may be used; tell whether there are any."""
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, {"suppressed": SUPPRESSED, "round": round_})
        return cursor.rowcount > 0


def find_leads(round_: int) -> None:
    """Name the open lead of each person of a round."""
    with connection.cursor() as cursor:
        cursor.execute(history.OPEN_LEAD, {"round": round_})


def find_new(part: Slice, round_: int) -> bool:
    """Mark the rows of a round whose enquiry is not recorded yet; tell whether there are any."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, part.values | {"round": round_})
        cursor.execute(_ANY, {"round": round_})
        return bool(cursor.fetchone()[0])


def open_leads(part: Slice, round_: int, at: datetime, by: User | None) -> None:
    """Open a lead for each person of the round who enquired and has none open; of history, those that it tells."""
    if part.is_history:
        history.open_leads(part, round_, at, by)
        return
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_LEAD, part.values | {"round": round_})
        rows = cursor.fetchall()
        if rows:
            opening, reason = opening_of(part, at)
            openings = [
                lifecycle.Opening(
                    contact,
                    family,
                    opening.origin,
                    channel,
                    opening.hold,
                    campaign,
                    owner,
                    opening.stage,
                    opening.is_routable,
                )
                for contact, family, channel, campaign, owner in rows
            ]
            opened = lifecycle.open_(openings, at=at, reason=reason, by=by)
            cursor.execute(_OPENED, {"contact": array(opened), "lead": array(opened.values()), "round": round_})


def opening_of(part: Slice, at: datetime) -> tuple[lifecycle.Opening, Reason]:
    """How the slice opens leads, as one of nobody yet: with marketing, or with the rep who found them."""
    if part.owner and part.next_step_at:
        own = lifecycle.Hold(part.next_step_at, owner=part.owner)
        return lifecycle.Opening(0, 0, Origin.SALES, "", own, stage=Stage.SAL), Reason.OWN_LEAD
    opening = lifecycle.Opening(0, 0, Origin.MARKETING, "", to_qualify(at), is_routable=part.is_routable)
    return opening, Reason.CAPTURED


def record(part: Slice, round_: int, at: datetime) -> None:
    """Record the new enquiries of a round, and tell those who hold the leads they belong to."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, part.values | {"round": round_, "at": at})
        if part.is_told:
            sentences = {"again": AGAIN, "again_in": AGAIN_IN}
            cursor.execute(_TELL, part.values | sentences | {"round": round_, "at": at})


def touch(round_: int, at: datetime) -> None:
    """Mark the open leads about which a round brought something new, for whoever scores them."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, {"round": round_, "at": at})
