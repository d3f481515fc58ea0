"""Leads: who is this person, where did they come from, where do they stand?"""

from django.apps import AppConfig
from django.db.models import BigIntegerField
from django.utils.module_loading import autodiscover_modules

from leads.arrays import Among


class LeadsConfig(AppConfig):
    name = "leads"

    def ready(self) -> None:
        """Have keys compared with many at once, and let the apps above register what they add.

        Those are condition fields, conservation checks, lead-page panels, obstacles and acts on many leads.
        """
        BigIntegerField.register_lookup(Among)
        autodiscover_modules("lead_fields", "conservation", "panels", "obstacles", "bulk_acts")
