"""What did a lead of each campaign cost, in company currency?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import connection

from leads.bulk.campaigns import CHANGES
from leads.models import CampaignCost
from leads.stages import Stage

# Rides lead_of_campaign from where the tally ends; the void are few, so they are counted apart and taken off.
_COSTS = f"""
    WITH spent AS (
        SELECT k.campaign_id, sum(k.amount) AS amount
        FROM leads_campaigncost k
        WHERE k.kind = '{CampaignCost.Kind.ACTUAL.value}' AND k.recorded_at <= %(as_of)s AND k.voids_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM leads_campaigncost v WHERE v.voids_id = k.id AND v.recorded_at <= %(as_of)s)
        GROUP BY k.campaign_id
    ), changes AS MATERIALIZED ({{changes}}
    ), opened AS MATERIALIZED ({{opened}}
    ), void AS (
        SELECT campaign_id, count(*) AS leads FROM leads_lead l
        WHERE stage = '{Stage.VOID.value}' AND {{void}} GROUP BY campaign_id
    )
    SELECT spent.campaign_id, spent.amount * c.exchange_rate / (opened.leads - coalesce(void.leads, 0))
    FROM spent JOIN opened USING (campaign_id) LEFT JOIN void USING (campaign_id)
        JOIN leads_campaign c ON c.id = spent.campaign_id
    WHERE opened.leads > coalesce(void.leads, 0)
"""
_LIVE = {
    "changes": f"""
        SELECT campaign_id, sum(c.n)::bigint AS leads FROM ({CHANGES}) c JOIN reporting_campaigntally t USING (campaign_id)
        WHERE c.lead_id <= t.up_to GROUP BY campaign_id""",
    "opened": """
        SELECT campaign_id, coalesce(t.leads, 0) + (
            SELECT count(*) FROM leads_lead l WHERE l.campaign_id = spent.campaign_id AND l.id > coalesce(t.up_to, 0)
        ) + coalesce(changes.leads, 0) AS leads
        FROM spent LEFT JOIN reporting_campaigntally t USING (campaign_id) LEFT JOIN changes USING (campaign_id)""",
    "void": "true",
}
# What was moved in from another system is known only since then.
_THEN = """opened_at <= %(as_of)s AND NOT EXISTS (
            SELECT 1 FROM leads_importedpast p WHERE p.lead_id = l.id AND p.moved_in_at > %(as_of)s)"""
# What was put under another campaign since is counted where it stood then.
_KNOWN = {
    "changes": f"""
        SELECT c.campaign_id, sum(c.n) AS leads FROM ({CHANGES}) c JOIN leads_lead l ON l.id = c.lead_id
        WHERE c.recorded_at > %(as_of)s AND {_THEN} GROUP BY c.campaign_id""",
    "opened": f"""
        SELECT campaign_id, sum(leads)::bigint AS leads FROM (
            SELECT campaign_id, count(*) AS leads FROM leads_lead l WHERE {_THEN} GROUP BY campaign_id
            UNION ALL SELECT campaign_id, -leads FROM changes) counted GROUP BY campaign_id""",
    "void": f"""{_THEN} AND EXISTS (
        SELECT 1 FROM leads_leadmove m
        WHERE m.lead_id = l.id AND m.stage = '{Stage.VOID.value}' AND m.recorded_at <= %(as_of)s)""",
}


def of_a_lead(as_of: datetime, *, is_live: bool) -> dict[int, Decimal]:
    """Return the cost of a lead by campaign: its actual cost / the leads it opened, at the rate kept on the campaign.

    A campaign without actual costs, or without leads, is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COSTS.format(**_LIVE if is_live else _KNOWN), {"as_of": as_of})
        return dict(cursor.fetchall())
