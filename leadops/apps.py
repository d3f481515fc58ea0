"""The wiring as a Django app: commands over all apps, and the Celery app for every process that loads Django."""

from django.apps import AppConfig

from leadops.celery import app as celery_app

__all__ = ["LeadopsConfig", "celery_app"]


class LeadopsConfig(AppConfig):
    """The project's own package, so that its commands and migrations are found."""

    name = "leadops"
    verbose_name = "LeadOps"
