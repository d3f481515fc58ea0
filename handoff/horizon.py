"""How far has a sweep that waits for moments to pass looked already? A place to go on from, that is safe to lose."""

from __future__ import annotations

from datetime import datetime, timedelta

from handoff.models import Sweep

MARGIN = timedelta(minutes=15)
"""A sweep begins this much before the end of the last one: what was locked then, or not yet committed, is seen again."""


def since(name: str, at: datetime) -> datetime | None:
    """The moment up to which everything was looked at; None when all of it is to be looked at."""
    reached = Sweep.objects.filter(name=name).values_list("reached_at", flat=True).first()
    return min(reached, at) - MARGIN if reached else None


def reach(name: str, at: datetime) -> None:
    """Remember that everything up to `at` has been looked at."""
    Sweep.objects.bulk_create(
        [Sweep(name=name, reached_at=at)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["reached_at"],
    )
