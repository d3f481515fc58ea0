from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0010_references_a_statement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='lead', name='lead_of_owner'),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('owner__isnull', False)), fields=['owner', 'next_step_at', 'id'], include=('stage',), name='lead_of_owner'),
        ),
    ]
