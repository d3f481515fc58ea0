"""Which jobs hand leads off and watch over them? Each looks for what there is to do, so that a lost message costs nothing."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from handoff import broken, escalation, moving_in, passing, routing

logger = structlog.get_logger(__name__)


@shared_task
def assign() -> None:
    """Give waiting leads to reps."""
    dealt = routing.assign(timezone.now())
    if dealt.assigned or dealt.waiting:
        logger.info("leads assigned", assigned=dealt.assigned, waiting=dealt.waiting)


@shared_task
def take_up_past() -> None:
    """Take up what leads had behind them that were moved in, and give those with a rep their handoff."""
    count = 0
    while taken := moving_in.take_up(timezone.now()):
        count += taken
    if count:
        logger.info("pasts taken up", leads=count)
        straighten()


@shared_task
def straighten() -> None:
    """Put handoffs straight where leads were moved elsewhere."""
    while count := passing.straighten(timezone.now()):
        logger.info("handoffs put straight", leads=count)


@shared_task
def flag(*, is_thorough: bool = False) -> None:
    """Remind, escalate, reassign and return what lies."""
    taken = escalation.flag(timezone.now(), is_thorough=is_thorough)
    if any(taken.values()):
        logger.info("leads flagged", **taken)


@shared_task
def record_broken(*, is_thorough: bool = False) -> None:
    """Store why promises broke."""
    count = broken.record_broken(timezone.now(), is_thorough=is_thorough)
    if count:
        logger.info("promises broken", promotions=count)


def ring() -> None:
    """Have waiting leads dealt as soon as this transaction is over."""
    transaction.on_commit(assign.delay)
