"""Leads: who is this person, where did they come from, where do they stand?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LeadsConfig(AppConfig):
    name = "leads"

    def ready(self) -> None:
        """Let the apps above register their condition fields, conservation checks, lead-page panels, obstacles and acts on many leads."""
        autodiscover_modules("lead_fields", "conservation", "panels", "obstacles", "bulk_acts")
