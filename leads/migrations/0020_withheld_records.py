"""Withhold of every record of a person what is withheld of the one they count as: merges marked that one alone before."""

from django.db import migrations

# Rides contact_merged_into. Their leads are judged anew; a merge that is taken back leaves these records marked.
WITHHELD = """
    WITH marked AS (
        UPDATE leads_contact c SET is_mail_suppressed = c.is_mail_suppressed OR w.is_mail_suppressed,
            is_phone_suppressed = c.is_phone_suppressed OR w.is_phone_suppressed
        FROM leads_contact w
        WHERE w.id = c.family_id AND c.merged_into_id IS NOT NULL
            AND (w.is_mail_suppressed AND NOT c.is_mail_suppressed OR w.is_phone_suppressed AND NOT c.is_phone_suppressed)
        RETURNING c.id
    )
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT l.id, now() FROM leads_lead l JOIN marked m ON m.id = l.contact_id WHERE l.closed_at IS NULL
    ORDER BY l.id ON CONFLICT (lead_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0019_campaign_moves")]
    operations = [migrations.RunSQL(WITHHELD, migrations.RunSQL.noop)]
