"""Which rule, or which policy, fits a lead first?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import BigIntegerField, Case, Expression, Q, Value, When

from leads import conditions


class Conditional(Protocol):
    """A row with a condition: routing rules and service-level policies."""

    pk: int
    condition: dict[str, object]


def fits(row: Conditional, at: datetime) -> Q | None:
    """The leads that a row is about; None is all of them."""
    return conditions.compile_condition(row.condition, at) if row.condition else None


def first_fitting(rows: Iterable[Conditional], at: datetime) -> Expression:
    """The key of the first of `rows` (in their order) whose condition a lead meets; null where none does."""
    whens: list[When] = []
    for row in rows:
        condition = fits(row, at)
        if condition is None:
            return _case(whens, Value(row.pk, BigIntegerField()))
        whens.append(When(condition, then=Value(row.pk)))
    return _case(whens, Value(None, BigIntegerField()))


def _case(whens: list[When], otherwise: Value) -> Expression:
    return Case(*whens, default=otherwise, output_field=BigIntegerField()) if whens else otherwise
