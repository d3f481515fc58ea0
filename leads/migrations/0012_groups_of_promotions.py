from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0011_queue_by_index_alone'),
    ]

    operations = [
        # A campaign has one channel, nearly always: who plans a report learns how few its groups are, and shares it out.
        migrations.RunSQL(
            'CREATE STATISTICS leads_promotion_groups (ndistinct) ON campaign_id, channel, owner_id FROM leads_promotion',
            'DROP STATISTICS leads_promotion_groups',
        ),
    ]
