"""Which of our own acts can be done to many leads at once? They are registered as this module is found."""

from leads.bulk import campaigns, editing, marking

__all__ = ["campaigns", "editing", "marking"]
