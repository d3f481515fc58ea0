"""What does a base say, apart from keys and moments? Two bases that say the same are in the same state."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

CONTACT = (
    "(SELECT c.external_id || '|' || c.email_key || '|' || c.name_key FROM leads_contact c WHERE c.id = {}.contact_id)"
)
CAMPAIGN = "(SELECT m.name FROM leads_campaign m WHERE m.id = {}.campaign_id)"
# Each gives one JSON value a row, without keys and without moments that depend on when somebody looked.
SAID = {
    "contacts": """SELECT to_jsonb(c) - '{id,family_id,organisation_id,merged_into_id,created_at}'::text[]
        || jsonb_build_object('organisation', (SELECT o.name_key FROM leads_organisation o WHERE o.id = c.organisation_id),
            'is_root', c.family_id = c.id)
        FROM leads_contact c""",
    "organisations": "SELECT to_jsonb(o) - '{id,created_at,account_manager_id}'::text[] FROM leads_organisation o",
    "leads": f"""SELECT jsonb_build_object('contact', {CONTACT.format("l")}, 'campaign', {CAMPAIGN.format("l")},
            'stage', l.stage, 'origin', l.origin, 'channel', l.channel, 'promotion_n', l.promotion_n, 'is_owned', l.owner_id IS NOT NULL,
            'queue', (SELECT q.kind FROM leads_queue q WHERE q.id = l.queue_id), 'is_answered', l.answered_at IS NOT NULL,
            'has_step', l.next_step_at IS NOT NULL, 'is_promised', l.promised_by IS NOT NULL,
            'moves', (SELECT jsonb_agg(m.stage || ' ' || m.reason ORDER BY m.id) FROM leads_leadmove m WHERE m.lead_id = l.id),
            'handoffs', (SELECT jsonb_agg(h.outcome ORDER BY h.id) FROM handoff_handoff h WHERE h.lead_id = l.id),
            'score', (SELECT to_jsonb(s) - '{{lead_id,scored_at}}'::text[] FROM leads_leadscore s WHERE s.lead_id = l.id))
        FROM leads_lead l""",
    "engagements": f"""SELECT to_jsonb(e) - '{{id,contact_id,lead_id,campaign_id,batch_id,recorded_at}}'::text[]
        || jsonb_build_object('contact', {CONTACT.format("e")}, 'campaign', {CAMPAIGN.format("e")}, 'lead', e.lead_id IS NOT NULL)
        FROM leads_engagement e""",
    "consents": f"""SELECT jsonb_build_object('contact', {CONTACT.format("s")}, 'channel', s.channel, 'given', s.given_at IS NOT NULL)
        FROM leads_consent s""",
    "suppressions": "SELECT jsonb_build_object('channel', s.channel, 'digest', s.digest) FROM leads_suppression s",
    "rows": f"""SELECT to_jsonb(r) - '{{batch_id,contact_id,lead_id,before}}'::text[] || jsonb_build_object(
            'contact', {CONTACT.format("r")}, 'filled', (SELECT jsonb_agg(k ORDER BY k) FROM jsonb_object_keys(r.before -> 'contact') k))
        FROM leads_importrow r""",
    "batches": """SELECT to_jsonb(b) - '{id,file,campaign_id,by_id,created_at,started_at,finished_at,reading,preview}'::text[]
        FROM leads_importbatch b""",
    "shares": """SELECT to_jsonb(count(*)) FROM handoff_handoff h JOIN handoff_rep r ON r.user_id = h.rep_id GROUP BY h.rep_id, r.is_farmer""",
    "told": """SELECT jsonb_build_object('kind', n.kind, 'leads', sum(coalesce((n.facts -> 'gaps' ->> 'count')::int, 1)))
        FROM accounts_notice n GROUP BY n.kind""",
    "broken": "SELECT jsonb_build_object('cause', b.cause) FROM handoff_brokenpromise b",
    "steps": "SELECT jsonb_build_object('step', e.step) FROM handoff_escalation e",
    "left over": "SELECT to_jsonb(t.lead_id) FROM leads_leadtouch t UNION ALL SELECT to_jsonb(a.n) FROM leads_arrival a",
}


def state() -> dict[str, list[str]]:
    """Everything that the base says, each table sorted."""
    with connection.cursor() as cursor:
        return {
            name: sorted(json.dumps(row, sort_keys=True) for row in _rows(cursor, said)) for name, said in SAID.items()
        }


def _rows(cursor: Any, said: str) -> list[Any]:
    cursor.execute(said)
    return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def difference(left: dict[str, list[str]], right: dict[str, list[str]]) -> dict[str, tuple[list[str], list[str]]]:
    """What only the one and what only the other says, a few of each; empty when they are the same."""
    found = {}
    for name, rows in left.items():
        if rows != right[name]:
            ours, others = set(rows), set(right[name])
            found[name] = (sorted(ours - others)[:3] or rows[:1], sorted(others - ours)[:3] or right[name][:1])
    return found
