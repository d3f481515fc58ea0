"""What would the workers do now? All sweeps over leads in order, for commands that run where no worker does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from threading import Event, Thread

import structlog
from django.db import connection
from django.utils import timezone

from handoff import moving_in, passing, routing
from leads import intake
from qualification import promotion

PAUSE = 0.5

logger = structlog.get_logger(__name__)


@contextmanager
def beside() -> Iterator[None]:
    """Score, promote and hand over what comes in while the block lasts, and what is left then.

    One sweeps what is to be judged and rings for another, which hands over; each has a connection of its own. Who
    leaves the block catches up: what went wrong here is logged, and nothing is lost by it.
    """
    ends, bell = Ends(), SimpleQueue[bool]()
    sweepers = [
        Thread(target=_judge, args=(ends, bell), daemon=True),
        Thread(target=_hand_over, args=(bell,), daemon=True),
    ]
    for sweeper in sweepers:
        sweeper.start()
    try:
        yield
    except BaseException:
        ends.given_up.set()
        raise
    finally:
        ends.all_in.set()
        for sweeper in sweepers:
            sweeper.join()


@dataclass(frozen=True, slots=True)
class Ends:
    """When sweeping beside ends: with nothing left once all is in, or at once."""

    all_in: Event = field(default_factory=Event)
    given_up: Event = field(default_factory=Event)


@contextmanager
def _on_its_own() -> Iterator[None]:
    try:
        yield
    except Exception:
        logger.exception("sweeping beside failed")
    finally:
        connection.close()


def _judge(ends: Ends, bell: SimpleQueue[bool]) -> None:
    with _on_its_own():
        is_left = True
        while is_left and not ends.given_up.is_set():
            is_left = not ends.all_in.is_set()
            while (judged := promotion.judge(timezone.now())).claimed and not ends.given_up.is_set():
                if judged.promoted:
                    bell.put(True)
            ends.all_in.wait(PAUSE)
    bell.put(False)


def _hand_over(bell: SimpleQueue[bool]) -> None:
    with _on_its_own():
        for _rung in iter(bell.get, False):
            routing.assign(timezone.now())


def catch_up(*, at: datetime) -> None:
    """Judge what arrived, score and promote what was touched, hand over, and take up the past of what was moved in."""
    while intake.judge_next(at=at):
        pass
    while promotion.judge(at).claimed:
        pass
    while routing.assign(at).assigned:
        pass
    while moving_in.take_up(at):
        pass
    while passing.straighten(at):
        pass
