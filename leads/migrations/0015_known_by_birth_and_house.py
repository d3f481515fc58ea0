"""People who may be one person are found by their date of birth, and by their house."""

from django.db import migrations, models

# As leads.duplicates.blocks asks for it.
HOUSE = """
    CREATE INDEX contact_house ON leads_contact
        ((upper(replace(postcode, ' ', '')) || '/' || lower(replace(house_number, ' ', ''))))
        WHERE postcode <> '' AND house_number <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0014_legal_form_and_last_follow_up")]

    operations = [
        migrations.AddIndex(
            "contact",
            models.Index(
                fields=["birth_date"], condition=models.Q(birth_date__isnull=False), name="contact_birth_date"
            ),
        ),
        migrations.RunSQL(HOUSE, "DROP INDEX contact_house"),
    ]
