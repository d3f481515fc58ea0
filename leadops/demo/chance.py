"""How is the demo's story drawn, the same each time it is told?"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Value = TypeVar("Value")

SEED = 2013


def dice(*what: object) -> Random:
    """Dice of their own for each thing that is drawn, so that one draw more changes nothing else."""
    return Random("/".join(map(str, (SEED, *what))))  # noqa: S311 - a seeded story, no secret


def drawn(random: Random, weights: Mapping[Value, float]) -> Value:
    """One of the keys, each as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def tempered(share: float, odds: float) -> float:
    """A share whose odds are multiplied: stays between nought and one."""
    if share >= 1:
        return 1.0
    multiplied = share / (1 - share) * odds
    return multiplied / (1 + multiplied)
