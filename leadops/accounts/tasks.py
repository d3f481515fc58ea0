"""Which job tells users what happened?"""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from leadops.accounts import notifying

logger = structlog.get_logger(__name__)


@shared_task
def send_notices() -> None:
    """Mail what users were not told yet."""
    sent = notifying.send(timezone.now())
    if sent:
        logger.info("notices mailed", mails=sent)
