"""Which work of the reports runs by itself?"""

from __future__ import annotations

from datetime import datetime

import structlog
from celery import shared_task
from django.utils import timezone

from reporting import snapshots, tallies

log = structlog.get_logger(__name__)


@shared_task
def keep_follow_up_days(*, at: str = "") -> None:
    """Keep the figures of the nights that are over and not kept yet."""
    nights = snapshots.keep(datetime.fromisoformat(at) if at else timezone.now())
    if nights:
        log.info("follow_up_days_kept", nights=len(nights))


@shared_task
def keep_tallies(*, at: str = "") -> None:
    """Keep how many leads each campaign has opened."""
    kept = tallies.keep(datetime.fromisoformat(at) if at else timezone.now())
    log.info("tallies_kept", campaigns=kept)
