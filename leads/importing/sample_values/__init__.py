"""What do the values of a column look like, whatever stands above it?"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from leads.importing.sample_values.known import BLANKS
from leads.importing.sample_values.shapes import test_of

__all__ = ["Profile"]

LOOKED_AT = 300
PLAIN_NUMBER = re.compile(r"\d{1,15}(\.\d+)?")


@dataclass(frozen=True)
class Profile:
    """The values of one column that are not blank, each with how often it stands there."""

    values: Counter[str]
    shares: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Iterable[str]) -> "Profile":
        """The profile of a column's cells; only the beginning of a long one is looked at."""
        stripped = (cell.strip()[:LOOKED_AT] for cell in cells)
        return cls(Counter(cell for cell in stripped if cell.lower() not in BLANKS))

    @cached_property
    def count(self) -> int:
        """How many values there are."""
        return self.values.total()

    @cached_property
    def distinct(self) -> float:
        """The number of different values as a share of all; 1 when all differ."""
        return len(self.values) / self.count if self.count else 0.0

    @cached_property
    def length(self) -> float:
        """The mean number of characters."""
        return sum(len(value) * count for value, count in self.values.items()) / self.count if self.count else 0.0

    @cached_property
    def largest(self) -> float:
        """The largest plain number, nought without one."""
        return max((float(value) for value in self.values if PLAIN_NUMBER.fullmatch(value)), default=0.0)

    @property
    def numeric(self) -> float:
        """The share of values that are numbers or amounts."""
        return self.share("number")

    def share(self, shape: str) -> float:
        """The share of values of a shape; nought for an empty column."""
        if shape not in self.shares:
            self.shares[shape] = self.part(test_of(shape))
        return self.shares[shape]

    def part(self, test: Callable[[str], object]) -> float:
        """The share of values that pass a test, each different one tested once."""
        if not self.count:
            return 0.0
        return sum(count for value, count in self.values.items() if test(value)) / self.count
