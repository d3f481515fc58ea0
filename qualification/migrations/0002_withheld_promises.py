"""Have leads judged anew that sales owes a follow-up and that may be contacted in no way: they were left open before."""

from django.db import migrations

TOUCH = """
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT l.id, now() FROM leads_lead l JOIN leads_contact c ON c.id = l.contact_id
    WHERE l.closed_at IS NULL AND l.stage IN ('mql', 'assigned', 'sal') AND l.promised_by IS NOT NULL
        AND l.answered_at IS NULL AND (c.is_mail_suppressed OR c.is_phone_suppressed)
    ORDER BY l.id ON CONFLICT (lead_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("qualification", "0001_tables"), ("leads", "0016_passed_over")]
    operations = [migrations.RunSQL(TOUCH, migrations.RunSQL.noop)]
