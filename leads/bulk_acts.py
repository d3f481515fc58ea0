"""Which of our own acts can be done to many leads at once? They are registered as this module is found."""

from leads.bulk import editing, marking

__all__ = ["editing", "marking"]
