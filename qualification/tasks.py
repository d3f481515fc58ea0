"""Which jobs judge leads? Each looks for what there is to do, so that a lost message costs nothing."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from qualification import nurture, promotion

logger = structlog.get_logger(__name__)


@shared_task
def judge() -> None:
    """Judge touched leads, slice after slice, until none is left unclaimed."""
    while (judged := promotion.judge(timezone.now())).claimed:
        logger.info("leads judged", **{name: getattr(judged, name) for name in judged.__slots__})


@shared_task
def wake() -> None:
    """Bring back nurtured leads whose moment has come, slice after slice."""
    while woken := nurture.wake(timezone.now()):
        logger.info("leads woken", count=len(woken))


@shared_task
def touch_fading(*, after: int = 0) -> None:
    """Have every lead with marketing judged anew, slice after slice."""
    while after := promotion.touch_fading(timezone.now(), after):
        logger.info("leads touched", up_to=after)


def ring() -> None:
    """Have leads judged as soon as this transaction is over; a ring that fails is dropped, the next sweep comes anyway."""
    transaction.on_commit(judge.delay)
