"""Why a handoff ended, as a key, and the handoffs of a run found at once."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("handoff", "0001_tables")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="handoff",
            name="outcome_reason",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(condition=models.Q(("run__isnull", False)), fields=["run"], name="handoff_of_run"),
        ),
    ]
