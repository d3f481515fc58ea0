from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0007_keys_of_batches'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='promotion', name='promotion_by_moment'),
        migrations.AddIndex(
            model_name='promotion',
            index=models.Index(condition=models.Q(('origin', 'marketing')), fields=['mql_at'], include=('promised_by', 'first_follow_up_at', 'answered_at', 'answered_as', 'channel', 'campaign', 'owner', 'is_imported', 'voided_at'), name='promotion_by_moment'),
        ),
    ]
