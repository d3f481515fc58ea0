"""Which jobs judge leads? Each looks for what there is to do, so that a lost message costs nothing."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from qualification import promotion

logger = structlog.get_logger(__name__)


@shared_task
def judge() -> None:
    """Judge touched leads, slice after slice, until none is left unclaimed."""
    while (judged := promotion.judge(timezone.now())).claimed:
        logger.info("leads judged", **{name: getattr(judged, name) for name in judged.__slots__})


@shared_task
def touch_fading(*, after: int = 0) -> None:
    """Have every lead with marketing judged anew, slice after slice."""
    while after := promotion.touch_fading(timezone.now(), after):
        logger.info("leads touched", up_to=after)
