"""What came of reading a cell?"""

from typing import Generic, NamedTuple, TypeVar

from leads.problems import Problem

T = TypeVar("T")


class Parsed(NamedTuple, Generic[T]):
    """A value, or the problem that kept one from being read; neither for a blank cell."""

    value: T | None = None
    problem: Problem | None = None


NOTHING: Parsed = Parsed()
