"""What does PostgreSQL have to find? A condition as a Q over leads."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import Count, Exists, Expression, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

from leads.conditions.fields import ENGAGEMENTS, field_of
from leads.conditions.operators import operator_of
from leads.conditions.validating import require
from leads.models import Engagement

CLOCKS_DIFFER = timedelta(minutes=5)
"""An engagement may bear a moment this far ahead of `at`: machines' clocks differ. What lies further ahead has not happened."""

OF_NOTHING = ("is_not", "is_unknown", "at_most")
COUNTED = {"at_least": GreaterThanOrEqual, "at_most": LessThanOrEqual, "is": Exact}

Leaf = Mapping[str, Any]
Tally = Callable[[Leaf], Expression]


def compile_condition(tree: object, at: datetime, *, tally: Tally | None = None) -> Q:
    """Return the Q over Lead that `tree` says at this moment; InvalidCondition when it says nothing sensible.

    `tally` replaces the subquery that counts a leaf's engagements, for who has counted them already.
    """
    return _node(require(tree), at, tally)


def _node(tree: Mapping[str, Any], at: datetime, tally: Tally | None) -> Q:
    if "all" in tree:
        return reduce(operator.and_, (_node(part, at, tally) for part in tree["all"]))
    if "any" in tree:
        return reduce(operator.or_, (_node(part, at, tally) for part in tree["any"]))
    if "not" in tree:
        return ~_node(tree["not"], at, tally)
    if tree["field"] == ENGAGEMENTS:
        return _counted(tree, at, tally)
    return _compared(tree, at)


def _compared(leaf: Leaf, at: datetime) -> Q:
    field = field_of(leaf["field"])
    chosen = operator_of(field, leaf["operator"]) if field else None
    if field is None or chosen is None:
        raise LookupError(leaf["field"])
    found = chosen.build(field.reads, leaf.get("value"), at)
    return found if field.among is None or _holds_without(leaf) else field.among(leaf, at) & found


def _holds_without(leaf: Leaf) -> bool:
    """Whether a comparison may hold of a lead of which nothing is known."""
    return leaf["operator"] in OF_NOTHING or leaf.get("value") == 0


def _counted(leaf: Leaf, at: datetime, tally: Tally | None) -> Q:
    if tally is None and (leaf["operator"], leaf["value"]) == ("at_least", 1):
        return Q(Exists(_of_family(leaf, at)))
    number = tally(leaf) if tally else _number(leaf, at)
    return Q(COUNTED[leaf["operator"]](number, leaf["value"]))


def _of_family(leaf: Leaf, at: datetime) -> QuerySet[Engagement]:
    return standing_engagements().filter(compile_engagements(leaf, at), contact__family_id=OuterRef("family_id"))


def _number(leaf: Leaf, at: datetime) -> Expression:
    counted = _of_family(leaf, at).order_by().values("contact__family_id").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def standing_engagements() -> QuerySet[Engagement]:
    """Engagements that were not taken back, without the lines that take them back."""
    taken_back = Engagement.objects.filter(voids__isnull=False, voids=OuterRef("pk"))
    return Engagement.objects.filter(~Exists(taken_back), voids__isnull=True)


def compile_engagements(leaf: Leaf, at: datetime) -> Q:
    """Return the Q over Engagement for what a leaf over engagements counts."""
    found = Q(occurred_at__lte=at + CLOCKS_DIFFER)
    for name in ("kind", "channel"):
        if name in leaf:
            found &= Q(**{f"{name}__in": [leaf[name]] if isinstance(leaf[name], str) else leaf[name]})
    if "campaign" in leaf:
        found &= Q(campaign_id=leaf["campaign"])
    if "within_days" in leaf:
        found &= Q(occurred_at__gt=at - timedelta(days=leaf["within_days"]))
    if "minutes_at_least" in leaf:
        found &= Q(attended_minutes__gte=leaf["minutes_at_least"])
    if leaf.get("with_interest"):
        found &= ~Q(interest="")
    return found
