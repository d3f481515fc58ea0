"""How can a field be compared, with what, and what does PostgreSQL make of it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import Lookup, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IRegex,
    IsNull,
    LessThan,
    LessThanOrEqual,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.conditions.fields import Field, Kind

Lhs = Any
"""An expression over Lead, or for yes or no a Q: what a field reads."""


class Takes(Enum):
    """What an operator wants beside the field."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    DAYS = "days"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison: its words, what it takes, and the Q it becomes (never null, so that `not` turns it round)."""

    key: str
    words: str | Promise
    takes: Takes
    build: Callable[[Lhs, Any, datetime], Q]


def known(lhs: Lhs) -> Q:
    return Q(IsNull(lhs, False))


def written(lhs: Lhs) -> Q:
    return known(lhs) & ~Q(Exact(lhs, Value("")))


def filled(lhs: Lhs) -> Q:
    return known(lhs) & ~Q(Exact(lhs, Value([])))


def among(lhs: Lhs, values: Sequence[str]) -> Q:
    """Text that is one of `values`, capitals or not."""
    return known(lhs) & Q(In(Lower(lhs), sorted({value.lower() for value in values})))


def one_of(lhs: Lhs, values: Sequence[Any]) -> Q:
    return known(lhs) & Q(In(lhs, list(values)))


class LikeAny(Lookup):
    """Text that is like one of the patterns, capitals or not: many substrings at a twentieth of what a regex costs."""

    lookup_name = "like_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare the text, in small letters, to an array of patterns."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"LOWER({lhs}) LIKE ANY(%s)", (*params, self.rhs)


def like_any(lhs: Lhs, words: Sequence[str], pattern: str) -> Q:
    """Text that is like `pattern` with one of `words` in it."""
    return known(lhs) & Q(LikeAny(lhs, [pattern % _plain(word.lower()) for word in words]))


def _plain(word: str) -> str:
    """A word whose wildcards stand for themselves."""
    return re.sub(r"([\\%_])", r"\\\1", word)


def worded(lhs: Lhs, words: Sequence[str]) -> Q:
    """Text with one of `words` as a word of its own; the regex is asked only where the letters occur at all."""
    pattern = rf"(^|\W)({'|'.join(map(re.escape, words))})(\W|$)"
    return like_any(lhs, words, "%%%s%%") & Q(IRegex(lhs, pattern))


def carrying(lhs: Lhs, values: Sequence[str]) -> Q:
    """A list of tags that holds one of `values`."""
    found = Q()
    for value in values:
        found |= Q(_Holds(Value(value), lhs))
    return known(lhs) & found


class _Holds(Exact):
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        value, value_params = self.process_lhs(compiler, connection)
        tags, tags_params = self.process_rhs(compiler, connection)
        return f"{value} = ANY({tags})", (*value_params, *tags_params)


def _compared(lookup: type) -> Callable[[Lhs, Any, datetime], Q]:
    return lambda lhs, value, at: known(lhs) & Q(lookup(lhs, value))


def _ago(at: datetime, days: int) -> datetime:
    return at - timedelta(days=days)


def _day(value: str) -> str:
    return date.fromisoformat(value).isoformat()


KNOWN = Operator("is_known", _("%(field)s is known"), Takes.NOTHING, lambda lhs, value, at: known(lhs))
UNKNOWN = Operator("is_unknown", _("%(field)s is unknown"), Takes.NOTHING, lambda lhs, value, at: ~known(lhs))
IS, IS_NOT, ANY_OF = _("%(field)s is %(value)s"), _("%(field)s is not %(value)s"), _("%(field)s is %(value)s")

TEXT = (
    Operator("is", IS, Takes.ONE, lambda lhs, value, at: among(lhs, [value])),
    Operator("is_not", IS_NOT, Takes.ONE, lambda lhs, value, at: ~among(lhs, [value])),
    Operator("is_any_of", ANY_OF, Takes.MANY, lambda lhs, value, at: among(lhs, value)),
    Operator(
        "contains",
        _("%(field)s contains %(value)s"),
        Takes.ONE,
        lambda lhs, value, at: like_any(lhs, [value], "%%%s%%"),
    ),
    Operator(
        "contains_any",
        _("%(field)s contains %(value)s"),
        Takes.MANY,
        lambda lhs, value, at: like_any(lhs, value, "%%%s%%"),
    ),
    Operator(
        "has_word",
        _("%(field)s has the word %(value)s"),
        Takes.MANY,
        lambda lhs, value, at: worded(lhs, value),
    ),
    Operator(
        "starts_with",
        _("%(field)s starts with %(value)s"),
        Takes.ONE,
        lambda lhs, value, at: like_any(lhs, [value], "%s%%"),
    ),
    Operator(
        "ends_with_any",
        _("%(field)s ends with %(value)s"),
        Takes.MANY,
        lambda lhs, value, at: like_any(lhs, value, "%%%s"),
    ),
    Operator("is_known", _("%(field)s is known"), Takes.NOTHING, lambda lhs, value, at: written(lhs)),
    Operator("is_unknown", _("%(field)s is unknown"), Takes.NOTHING, lambda lhs, value, at: ~written(lhs)),
)
CHOICE = (
    Operator("is", IS, Takes.ONE, lambda lhs, value, at: one_of(lhs, [value])),
    Operator("is_not", IS_NOT, Takes.ONE, lambda lhs, value, at: ~one_of(lhs, [value])),
    Operator("is_any_of", ANY_OF, Takes.MANY, lambda lhs, value, at: one_of(lhs, value)),
)
NUMBER = (
    Operator("is", IS, Takes.ONE, _compared(Exact)),
    Operator("at_least", _("%(field)s is at least %(value)s"), Takes.ONE, _compared(GreaterThanOrEqual)),
    Operator("at_most", _("%(field)s is at most %(value)s"), Takes.ONE, _compared(LessThanOrEqual)),
    KNOWN,
    UNKNOWN,
)
MOMENT = (
    Operator(
        "within_days",
        _("%(field)s lies in the last %(value)s days"),
        Takes.DAYS,
        lambda lhs, value, at: known(lhs) & Q(GreaterThan(lhs, _ago(at, value))),
    ),
    Operator(
        "before_days",
        _("%(field)s lies more than %(value)s days back"),
        Takes.DAYS,
        lambda lhs, value, at: known(lhs) & Q(LessThanOrEqual(lhs, _ago(at, value))),
    ),
    KNOWN,
    UNKNOWN,
)
DAY = (
    Operator(
        "within_days",
        _("%(field)s lies in the last %(value)s days"),
        Takes.DAYS,
        lambda lhs, value, at: (
            known(lhs)
            & Q(GreaterThan(lhs, _ago(at, value).date().isoformat()))
            & Q(LessThanOrEqual(lhs, at.date().isoformat()))
        ),
    ),
    Operator(
        "since",
        _("%(field)s is %(value)s or later"),
        Takes.DAY,
        lambda lhs, value, at: known(lhs) & Q(GreaterThanOrEqual(lhs, _day(value))),
    ),
    Operator(
        "before",
        _("%(field)s is before %(value)s"),
        Takes.DAY,
        lambda lhs, value, at: known(lhs) & Q(LessThan(lhs, _day(value))),
    ),
    KNOWN,
    UNKNOWN,
)
TAGS = (
    Operator("includes", _("%(field)s include %(value)s"), Takes.MANY, lambda lhs, value, at: carrying(lhs, value)),
    Operator("is_known", _("%(field)s is known"), Takes.NOTHING, lambda lhs, value, at: filled(lhs)),
    Operator("is_unknown", _("%(field)s is unknown"), Takes.NOTHING, lambda lhs, value, at: ~filled(lhs)),
)
YES_NO = (Operator("is", IS, Takes.ONE, lambda reads, value, at: reads if value else ~reads),)

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: TEXT,
    Kind.CHOICE: CHOICE,
    Kind.NUMBER: NUMBER,
    Kind.YES_NO: YES_NO,
    Kind.MOMENT: MOMENT,
    Kind.DAY: DAY,
    Kind.REFERENCE: (*CHOICE, KNOWN, UNKNOWN),
    Kind.TAGS: TAGS,
}


def operator_of(field: Field, key: object) -> Operator | None:
    """Return the operator of this key that the field has."""
    return next((operator for operator in OPERATORS[field.kind] if operator.key == key), None)
