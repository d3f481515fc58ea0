"""A stage for rows that arrived; unlogged, since it can be built again from the kept file."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0002_family_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch_id", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
                ("line", models.BigIntegerField(null=True)),
                ("raw", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                ("problem", models.TextField(blank=True, db_default="")),
                ("notes", models.TextField(blank=True, db_default="")),
                ("folded_into", models.BigIntegerField(null=True)),
                ("salutation", models.TextField(blank=True, db_default="")),
                ("initials", models.TextField(blank=True, db_default="")),
                ("first_name", models.TextField(blank=True, db_default="")),
                ("infix", models.TextField(blank=True, db_default="")),
                ("last_name", models.TextField(blank=True, db_default="")),
                ("first_key", models.TextField(blank=True, db_default="")),
                ("last_key", models.TextField(blank=True, db_default="")),
                ("name_key", models.TextField(blank=True, db_default="")),
                ("email", models.TextField(blank=True, db_default="")),
                ("email_key", models.TextField(blank=True, db_default="")),
                ("is_shared_email", models.BooleanField(db_default=False)),
                ("phone", models.TextField(blank=True, db_default="")),
                ("phone_e164", models.TextField(blank=True, db_default="")),
                ("mobile", models.TextField(blank=True, db_default="")),
                ("mobile_e164", models.TextField(blank=True, db_default="")),
                ("job_title", models.TextField(blank=True, db_default="")),
                ("department", models.TextField(blank=True, db_default="")),
                ("street", models.TextField(blank=True, db_default="")),
                ("house_number", models.TextField(blank=True, db_default="")),
                ("postcode", models.TextField(blank=True, db_default="")),
                ("city", models.TextField(blank=True, db_default="")),
                ("region", models.TextField(blank=True, db_default="")),
                ("country", models.TextField(blank=True, db_default="")),
                ("language", models.TextField(blank=True, db_default="")),
                ("linkedin_url", models.TextField(blank=True, db_default="")),
                ("birth_date", models.DateField(null=True)),
                ("external_id", models.TextField(blank=True, db_default="")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None),
                ),
                ("attributes", models.JSONField(null=True)),
                ("organisation", models.TextField(blank=True, db_default="")),
                ("organisation_key", models.TextField(blank=True, db_default="")),
                ("domain", models.TextField(blank=True, db_default="")),
                ("website", models.TextField(blank=True, db_default="")),
                ("industry", models.TextField(blank=True, db_default="")),
                ("employees", models.BigIntegerField(null=True)),
                ("revenue", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("is_customer", models.BooleanField(db_default=False)),
                ("campaign", models.TextField(blank=True, db_default="")),
                ("channel", models.TextField(blank=True, db_default="")),
                ("kind", models.TextField(blank=True, db_default="")),
                ("detail", models.TextField(blank=True, db_default="")),
                ("interest", models.TextField(blank=True, db_default="")),
                ("attended_minutes", models.BigIntegerField(null=True)),
                ("occurred_at", models.DateTimeField(null=True)),
                ("requested_owner_id", models.BigIntegerField(null=True)),
                ("consent_email", models.BooleanField(db_default=False)),
                ("consent_phone", models.BooleanField(db_default=False)),
                ("opt_out_email", models.BooleanField(db_default=False)),
                ("opt_out_phone", models.BooleanField(db_default=False)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE leads_arrival SET UNLOGGED", "ALTER TABLE leads_arrival SET LOGGED"),
    ]
