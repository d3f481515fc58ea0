"""How does a definition become SQL? Its criteria as expressions over a slice of leads.

Engagements are counted once a lead, for all criteria together; conditions over them then compare those counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, FloatField, Func, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Expression, RawSQL

from leads.conditions import compile_condition, compile_engagements, standing_engagements
from leads.models import Lead
from qualification.models import Criterion, Definition

Sql = tuple[str, tuple[Any, ...]]
Kind = Criterion.Kind

LARGEST_SUM = 30_000
"""Bounds a sum of decayed points before its cap, so that it stays a smallint."""


class Faded(Func):
    """What is left of an engagement's weight at a moment: halved for every half-life of its age."""

    template = "power(0.5::float8, greatest(0, date_part('epoch', %(expressions)s)) / (86400.0 * %(half_life_days)s))"
    arg_joiner = " - "


class Formula:
    """A definition at a moment, ready to be put to leads; put together at once, so that threads may share it."""

    def __init__(self, definition: Definition, at: datetime) -> None:
        self.definition = definition
        self.at = at
        self.criteria = list(definition.criteria.all())
        self.counts: dict[str, Q] = {}
        self.faded: dict[str, tuple[Q, int]] = {}
        self._counted: dict[str, Mapping[str, Any]] = {}
        self.judged = self._judged()
        self.tallied = self._tallied()

    def tally(self, leaf: Mapping[str, Any]) -> Expression:
        """Count what a leaf counts, once for all leaves that count the same."""
        what = json.dumps({key: leaf[key] for key in leaf if key not in ("operator", "value")}, sort_keys=True)
        names = {known: f"n{n}" for n, known in enumerate(self._counted)}
        name = names.get(what, f"n{len(names)}")
        self._counted.setdefault(what, leaf)
        self.counts[name] = compile_engagements(leaf, self.at)
        return RawSQL(f"tallied.{name}", (), output_field=IntegerField())  # noqa: S611 - a name of our own

    def holds(self, criterion: Criterion) -> Q:
        return compile_condition(criterion.condition, self.at, tally=self.tally)

    def addend(self, criterion: Criterion) -> Expression:
        """What a criterion adds to the score; nought for a must-have."""
        if criterion.kind == Kind.MUST:
            return Value(0, output_field=IntegerField())
        if criterion.half_life_days:
            return self._fading(criterion, criterion.half_life_days)
        return Case(
            When(self.holds(criterion), then=Value(criterion.points)), default=Value(0), output_field=IntegerField()
        )

    def _fading(self, criterion: Criterion, half_life_days: int) -> Expression:
        name = f"d{len(self.faded)}"
        self.faded[name] = (compile_engagements(criterion.condition, self.at), half_life_days)
        cap = criterion.cap if criterion.cap is not None else LARGEST_SUM
        return RawSQL(  # noqa: S611 - a name of our own, values bound
            f"greatest(%s, least(%s, floor(%s * tallied.{name} + 0.5)))::int",
            (-cap, cap, criterion.points),
            output_field=IntegerField(),
        )

    def musts(self) -> Q:
        """All must-haves at once."""
        found = Q()
        for criterion in self.criteria:
            if criterion.kind == Kind.MUST:
                found &= self.holds(criterion)
        return found

    def _judged(self) -> Sql:
        """Select id, whether the must-haves hold, and each addend, of the leads in `tallied`."""
        addends = {f"a{n}": self.addend(criterion) for n, criterion in enumerate(self.criteria)}
        musts = self.musts()
        has_musts = Case(When(musts, then=True), default=False) if musts else Value(True)
        leads = Lead.objects.extra(tables=["tallied"], where=["tallied.lead_id = leads_lead.id"])
        rows = leads.order_by().annotate(has_musts=has_musts, **addends).values_list("pk", "has_musts", *addends)
        return rows.query.sql_with_params()

    def _tallied(self) -> Sql:
        """Select each lead of `slice` with the counts of its family that `judged` compares."""
        names = [*self.counts, *self.faded]
        if not names:
            return "SELECT lead_id FROM slice", ()
        engaged, params = self._engaged().query.sql_with_params()
        columns = ", ".join(f"coalesce(t.{name}, 0) AS {name}" for name in names)
        return f"SELECT s.lead_id, {columns} FROM slice s LEFT JOIN ({engaged}) t ON t.family = s.family_id", params

    def _engaged(self) -> QuerySet[Any, Any]:
        families = RawSQL("SELECT family_id FROM slice", ())
        counts = {name: Count("pk", filter=what) for name, what in self.counts.items()}
        faded = {name: Sum(self._weight(days), filter=what) for name, (what, days) in self.faded.items()}
        found = standing_engagements().filter(contact__family_id__in=families).order_by()
        return found.values(family=F("contact__family_id")).annotate(**counts, **faded)

    def _weight(self, half_life_days: int) -> Expression:
        return Faded(Value(self.at), F("occurred_at"), half_life_days=half_life_days, output_field=FloatField())

    def places(self, kind: str) -> list[int]:
        """Which addends, by position, belong to a group."""
        return [n for n, criterion in enumerate(self.criteria) if criterion.kind == kind]
