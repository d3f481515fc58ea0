"""What Django cannot say.

The composite key that carries a merge to the leads; room on the page for rows that change; a stage that is not logged;
and how few groups a report has: a campaign has one channel, nearly always, and who plans the report learns that.
"""

from typing import ClassVar

from django.db import migrations

FAMILY_KEY = """
    ALTER TABLE leads_lead ADD CONSTRAINT lead_contact_in_family
        FOREIGN KEY (family_id, contact_id) REFERENCES leads_contact (family_id, id) ON UPDATE CASCADE;
"""
FILL = """
    ALTER TABLE leads_leadscore SET (fillfactor = 50);
    ALTER TABLE leads_lead SET (fillfactor = 75);
    ALTER TABLE leads_promotion SET (fillfactor = 80);
"""
UNFILL = """
    ALTER TABLE leads_leadscore RESET (fillfactor);
    ALTER TABLE leads_lead RESET (fillfactor);
    ALTER TABLE leads_promotion RESET (fillfactor);
"""
GROUPS = "CREATE STATISTICS leads_promotion_groups (ndistinct) ON campaign_id, channel, owner_id FROM leads_promotion"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("leads", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL(FAMILY_KEY, "ALTER TABLE leads_lead DROP CONSTRAINT lead_contact_in_family"),
        migrations.RunSQL(FILL, UNFILL),
        migrations.RunSQL("ALTER TABLE leads_arrival SET UNLOGGED", "ALTER TABLE leads_arrival SET LOGGED"),
        migrations.RunSQL(GROUPS, "DROP STATISTICS leads_promotion_groups"),
    ]
