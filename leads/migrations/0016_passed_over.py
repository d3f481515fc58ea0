"""What did not become a lead is found without going through all that did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0015_known_by_birth_and_house")]

    operations = [
        migrations.AddIndex(
            "intake",
            models.Index(
                fields=["id"], condition=models.Q(verdict__in=("skipped", "error")), name="intake_passed_over"
            ),
        ),
    ]
