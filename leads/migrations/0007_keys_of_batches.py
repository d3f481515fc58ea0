import django.contrib.postgres.fields
from django.db import migrations, models

# A key now names all the receipts that were given for it.
_KEEP = "UPDATE leads_idempotencykey SET intakes = ARRAY[intake_id]"


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0006_arrival_opting_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='idempotencykey',
            name='intakes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
            preserve_default=False,
        ),
        migrations.RunSQL(_KEEP, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='idempotencykey',
            name='intake',
        ),
    ]
