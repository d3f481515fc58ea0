"""What can be done to many leads at once?

An app registers its acts in a module named bulk_acts, so that a lower app names no upper one. An act is done to a slice
of leads at a time; it says what those it changed were before, and why it left the others alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.utils.functional import Promise

from leadops.accounts.models import User
from leads.problems import Problem

Before = Mapping[int, Any]
Options = Mapping[str, Any]


class Impossible(Exception):
    """The act cannot be done to any lead now; says why in the reader's words."""


class Unfit(ValueError):
    """What was said for an option does not do; says why in the reader's words."""

    def __init__(self, option: str, said: str) -> None:
        super().__init__(said)
        self.option = option


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a slice: what each changed lead was before, and why each of the others was left alone."""

    changed: Before = field(default_factory=dict)
    refused: Mapping[int, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """Who has it done, how, and when."""

    by: User
    options: Options
    at: datetime


class Asks(Enum):
    """What kind of answer an option wants."""

    WORD = "word"
    CHOICE = "choice"
    DAY = "day"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that has to be said before.

    `choices` gives what to choose from, `furthest` how many days ahead a day may lie, `longest` the characters of a word.
    """

    key: str
    label: str | Promise
    asks: Asks
    choices: Callable[[], Sequence[tuple[Any, Any]]] | None = None
    furthest: int = 0
    usual: int = 0
    is_needed: bool = True
    longest: int = 100


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done. `undo` takes a slice back and returns the leads that are as they were.

    `says` tells beforehand what happens; `check` looks at all that was said together, and raises Unfit.
    """

    key: str
    label: str | Promise
    says: str | Promise
    do: Callable[[Sequence[int], Order], Done]
    undo: Callable[[Before, Order], Collection[int]] | None = None
    options: tuple[Option, ...] = ()
    icon: str = "pencil"
    check: Callable[[Options], None] | None = None

    @property
    def is_undoable(self) -> bool:
        """Whether there is a way back."""
        return self.undo is not None


_registered: dict[str, Act] = {}


def register(*acts: Act) -> None:
    """Offer these acts, in this order; registering twice changes nothing."""
    _registered.update({act.key: act for act in acts})


def registered() -> list[Act]:
    """Every act that can be done."""
    return list(_registered.values())


def act_of(key: str) -> Act | None:
    """The act of this key; None where nobody registered it."""
    return _registered.get(key)
