"""How does Django know the reports?"""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
