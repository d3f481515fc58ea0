import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0001_tables'),
        ('reporting', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CampaignTally',
            fields=[
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='leads.campaign')),
                ('up_to', models.BigIntegerField()),
                ('leads', models.PositiveIntegerField()),
            ],
        ),
    ]
