"""Imports that pause, cells that are put right, and mapping templates with a name."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("mapping", "Choosing fields"),
    ("checking", "Checking"),
    ("checked", "Checked"),
    ("waiting", "Waiting"),
    ("running", "Running"),
    ("paused", "Paused"),
    ("cancelled", "Cancelled"),
    ("finishing", "Scoring and routing"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("undoing", "Being taken back"),
    ("undone", "Taken back"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0007_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="corrections",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(choices=STATES, default="mapping", max_length=10),
        ),
        migrations.CreateModel(
            name="MappingTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with everybody")),
                ("header_digest", models.CharField(db_index=True, max_length=64)),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mapping_templates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        models.F("by"),
                        name="one_template_of_a_name_each",
                    )
                ],
            },
        ),
    ]
