"""Why does nobody look at the leads of an import, though all its rows are in? Who would look says what is missing.

An app above registers what can keep it from judging leads in a module of this name: a lower app names no upper one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from leads.models import ImportBatch, ImportedPast, ImportRow, LeadTouch

Obstacle = Callable[[datetime], str]

_registered: dict[str, Obstacle] = {}


def obstacle(ask: Obstacle) -> Obstacle:
    """Register a function of the moment that says what is missing; empty where nothing is."""
    _registered[f"{ask.__module__}.{ask.__qualname__}"] = ask
    return ask


def found(at: datetime) -> list[str]:
    """What keeps leads from being judged at this moment."""
    return [said for ask in _registered.values() if (said := ask(at))]


def of_batch(batch: ImportBatch, at: datetime) -> list[str]:
    """What keeps the leads of a batch from being judged; nothing where all of them are."""
    said = found(at)
    return said if said and is_waiting(batch) else []


def is_waiting(batch: ImportBatch) -> bool:
    """Whether leads that the batch touched wait to be judged, or their past to be taken up."""
    return (
        ImportedPast.objects.due().filter(batch=batch).exists()
        or LeadTouch.objects.filter(lead__in=ImportRow.objects.filter(batch=batch).values("lead_id")).exists()
    )
