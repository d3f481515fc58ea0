"""What would the workers do now? All sweeps over leads in order, for commands that run where no worker does."""

from __future__ import annotations

from datetime import datetime

from qualification import promotion


def catch_up(*, at: datetime) -> None:
    """Score and promote what was touched, slice after slice until nothing is left."""
    while promotion.judge(at).claimed:
        pass
