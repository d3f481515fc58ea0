"""Handoff: who takes a lead, by when, and what came of it."""

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    name = "handoff"
