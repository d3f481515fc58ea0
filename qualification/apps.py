"""Is this lead worth a salesperson's time?"""

from django.apps import AppConfig


class QualificationConfig(AppConfig):
    name = "qualification"
