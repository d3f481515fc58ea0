"""What would the workers do now? All sweeps over leads in order, for commands that run where no worker does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog
from django.db import connection
from django.utils import timezone

from handoff import routing
from leads import intake
from qualification import promotion

PAUSE = 0.5

logger = structlog.get_logger(__name__)


@contextmanager
def beside() -> Iterator[None]:
    """Score, promote and hand over what comes in while the block lasts, on a connection of its own.

    Who leaves the block catches up: what went wrong here is logged, and nothing is lost by it.
    """
    is_over = threading.Event()
    sweeper = threading.Thread(target=_keep_up, args=(is_over,), daemon=True)
    sweeper.start()
    try:
        yield
    finally:
        is_over.set()
        sweeper.join()


def _keep_up(is_over: threading.Event) -> None:
    try:
        while not is_over.wait(PAUSE):
            promotion.judge(timezone.now())
            routing.assign(timezone.now())
    except Exception:
        logger.exception("sweeping beside failed")
    finally:
        connection.close()


def catch_up(*, at: datetime) -> None:
    """Judge what arrived, score and promote what was touched, and hand over, slice after slice until nothing is left."""
    while intake.judge_next(at=at):
        pass
    while promotion.judge(at).claimed:
        pass
    while routing.assign(at).assigned:
        pass
