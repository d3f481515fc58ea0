from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0008_figures_by_moment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['stage', 'channel', 'id'], name='lead_of_stage'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('owner__isnull', False)), fields=['owner', 'id'], name='lead_closed_by_owner'),
        ),
    ]
