"""What would the workers do now? All sweeps over leads in order, for commands that run where no worker does."""

from __future__ import annotations

from datetime import datetime

from handoff import routing
from leads import intake
from qualification import promotion


def catch_up(*, at: datetime) -> None:
    """Judge what arrived, score and promote what was touched, and hand over, slice after slice until nothing is left."""
    while intake.judge_waiting(at=at):
        pass
    while promotion.judge(at).claimed:
        pass
    while routing.assign(at).assigned:
        pass
