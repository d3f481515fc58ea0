"""How many leads are asked for? About so many at once, exactly where somebody waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leads.estimates import expected
from leads.listing.asking import Asked
from leads.listing.patience import TooLong, at_most

# So many are counted whatever it takes of a moment; more are told as PostgreSQL's planner sees them.
FEW = 2_000
GLANCE, WAIT = timedelta(seconds=0.25), timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Count:
    """How many; about so many where it is not exact."""

    number: int
    is_exact: bool = True


def glanced(asked: Asked, at: datetime) -> Count:
    """How many there are where they are few, else about how many. Raises TooLong where not even that can be said."""
    with at_most(GLANCE):
        leads = asked.seen(at)
        try:
            with at_most(GLANCE):
                few = leads.order_by().values("pk")[: FEW + 1].count()
        except TooLong:
            few = FEW + 1
        return Count(few) if few <= FEW else Count(max(_rounded(expected(leads)), FEW), is_exact=False)


def exactly(asked: Asked, at: datetime) -> Count:
    """How many there are. Raises TooLong."""
    with at_most(WAIT):
        return Count(asked.seen(at).order_by().count())


def _rounded(number: int) -> int:
    """Two digits are all that an estimate is worth."""
    return round(number, 2 - len(str(number)))
