"""How many leads had each campaign opened, so that a report need count only the latest?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from leads.bulk.campaigns import CHANGES

# What was recorded so long ago is committed: no lead with a lower key is still to come.
SETTLED_AFTER = timedelta(hours=1)

# Counted are the leads that a campaign opened, whichever they were put under since: they are never deleted, so what is
# counted stays true. Rides lead_of_campaign.
_KEEP = f"""
    INSERT INTO reporting_campaigntally (campaign_id, up_to, leads)
    WITH last AS (SELECT max(id) AS id FROM leads_lead WHERE recorded_at < %(before)s)
    SELECT campaign_id, last.id, sum(leads) FROM last, LATERAL (
        SELECT campaign_id, count(*) AS leads FROM leads_lead l WHERE l.id <= last.id GROUP BY campaign_id
        UNION ALL SELECT campaign_id, -sum(n) FROM ({CHANGES}) c WHERE lead_id <= last.id GROUP BY campaign_id) counted
    WHERE campaign_id IS NOT NULL GROUP BY campaign_id, last.id
    ON CONFLICT (campaign_id) DO UPDATE SET up_to = excluded.up_to, leads = excluded.leads
"""


def keep(at: datetime) -> int:
    """Count every campaign's leads anew, as far as they are settled; return how many campaigns have any.

    This is the one rebuild of the tallies; reports are the same whether it ran or not.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"before": at - SETTLED_AFTER})
        return cursor.rowcount
