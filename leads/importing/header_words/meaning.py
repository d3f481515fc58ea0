"""What may a header mean?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """One field that a header may stand for, how surely, and which of several addresses it belongs to."""

    field: str
    weight: float
    is_hint: bool = False
    group: str = ""
