"""What Django cannot say: the composite key that carries a merge to the leads, and room on the page for hot rows."""

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


class Migration(migrations.Migration):
    dependencies: ClassVar = [("leads", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL(FAMILY_KEY, "ALTER TABLE leads_lead DROP CONSTRAINT lead_contact_in_family"),
        migrations.RunSQL(FILL, UNFILL),
    ]
