"""How does a condition stand in an address, so that a link can be shared?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leads.conditions import in_words, validate

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Where:
    """The condition of an address: `tree` where there is one, and what is `wrong` with it where it says nothing sensible."""

    tree: Mapping[str, Any] | None = None
    wrong: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The condition in the reader's words; empty where there is none."""
        return in_words(self.tree, get_language() or "en") if self.tree and not self.wrong else ""

    @property
    def text(self) -> str:
        """As an address keeps it."""
        return written(self.tree)


def written(tree: Mapping[str, Any] | None) -> str:
    """A condition as an address keeps it."""
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False, allow_nan=False) if tree else ""


def read(text: str) -> Where:
    """The condition of an address."""
    if not text.strip():
        return Where()
    try:
        tree = json.loads(text) if len(text) <= LONGEST else None
        written(tree).encode()  # half a character, or a number beyond all: no address holds it
    except (ValueError, RecursionError):
        tree = None
    return judged(tree) if isinstance(tree, dict) else Where(wrong=(_("The address holds no condition."),))


def judged(tree: Mapping[str, Any] | None) -> Where:
    """A condition that was kept, with what is wrong with it by now."""
    return Where(tree, tuple(str(fault.problem) for fault in validate(tree))) if tree else Where()
