"""How many were delivered, followed up, answered otherwise, not yet due, never followed up, and what shares are those?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

CENT = Decimal("0.01")
# A cost of a lead that is no whole number of cents is cut off far behind the point: undo that before rounding.
EXACT = Decimal("0.00000001")


def part(some: int, whole: int) -> float | None:
    """Return a share from 0 to 1; None of nothing."""
    return some / whole if whole else None


@dataclass(slots=True)
class Figures:
    """The counts of some promotions, and what the never followed up had cost in company currency.

    The `unpromised` were followed up, and nothing was promised of them: they came from another system.
    """

    in_time: int = 0
    late: int = 0
    unpromised: int = 0
    over_a_day_late: int = 0
    answered_otherwise: int = 0
    not_yet_due: int = 0
    never: int = 0
    spend_lost: Decimal = Decimal()

    @property
    def followed_up(self) -> int:
        """Followed up, in time or late, or promised to nobody."""
        return self.in_time + self.late + self.unpromised

    @property
    def up_to_a_day_late(self) -> int:
        """Followed up within a day after the promise."""
        return self.late - self.over_a_day_late

    @property
    def expected(self) -> int:
        """Of which the shares are parts: followed up, or never."""
        return self.followed_up + self.never

    @property
    def delivered(self) -> int:
        """All of them."""
        return self.expected + self.answered_otherwise + self.not_yet_due

    @property
    def share(self) -> float | None:
        """The black-hole share."""
        return part(self.never, self.expected)

    @property
    def follow_up_rate(self) -> float | None:
        """The share that was followed up at all."""
        return part(self.followed_up, self.expected)

    @property
    def in_time_rate(self) -> float | None:
        """The share that was followed up in time, of those of which that was promised."""
        return part(self.in_time, self.expected - self.unpromised)

    def add(self, other: Figures) -> None:
        """Count in what another has counted."""
        self.in_time += other.in_time
        self.late += other.late
        self.unpromised += other.unpromised
        self.over_a_day_late += other.over_a_day_late
        self.answered_otherwise += other.answered_otherwise
        self.not_yet_due += other.not_yet_due
        self.never += other.never
        if other.spend_lost:
            self.spend_lost += other.spend_lost

    def as_row(self) -> dict[str, Any]:
        """The figures under the names that reports, commands and integrations use."""
        return {
            "delivered": self.delivered,
            "followed_up": self.followed_up,
            "followed_up_in_time": self.in_time,
            "answered_otherwise": self.answered_otherwise,
            "not_yet_due": self.not_yet_due,
            "never_followed_up": self.never,
            "share": None if self.share is None else round(self.share, 4),
            "spend_lost": float(self.spend_lost.quantize(EXACT).quantize(CENT)),
        }


def total(parts: Iterable[Figures]) -> Figures:
    """Return the sum of figures."""
    whole = Figures()
    for one in parts:
        whole.add(one)
    return whole
