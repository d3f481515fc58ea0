"""How does a definition become SQL? Its criteria as expressions over a slice of leads.

Engagements are counted once a lead, for all criteria together; conditions over them then compare those counts. What is
asked of job titles alone is asked once a title, not once a lead: many share one, and comparing words is dear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, F, FloatField, Func, IntegerField, Q, Sum, Value, When
from django.db.models.expressions import Expression, RawSQL
from django.db.models.lookups import Exact

from leads.conditions import compile_condition, compile_engagements, leaves, standing_engagements
from leads.models import Lead
from qualification.models import Criterion, Definition

Sql = tuple[str, tuple[Any, ...]]
Kind = Criterion.Kind

TITLE = "contact.job_title"
LARGEST_SUM = 30_000
"""Bounds a sum of decayed points before its cap, so that it stays a smallint."""


class Bound(Enum):
    """Stands among the parameters for the first and the last family of a slice, which lets both be read in their order."""

    FIRST = auto()
    LAST = auto()


BOUNDS = [RawSQL("%s", (bound,)) for bound in Bound]


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
        self.titles: dict[str, Q] = {}
        self._counted: dict[str, Mapping[str, Any]] = {}
        self.judged = self._judged()
        self.tallied = self._tallied()
        self.titled = self._titled()

    def tally(self, leaf: Mapping[str, Any]) -> Expression:
        """Count what a leaf counts, once for all leaves that count the same."""
        what = json.dumps({key: leaf[key] for key in leaf if key not in ("operator", "value")}, sort_keys=True)
        names = {known: f"n{n}" for n, known in enumerate(self._counted)}
        name = names.get(what, f"n{len(names)}")
        self._counted.setdefault(what, leaf)
        self.counts[name] = compile_engagements(leaf, self.at)
        return RawSQL(f"tallied.{name}", (), output_field=IntegerField())  # noqa: S611 - a name of our own

    def holds(self, criterion: Criterion) -> Q:
        """Whether the criterion's condition is true of a lead; where it reads the title alone, as was found for that title."""
        if {leaf["field"] for leaf in leaves(criterion.condition)} != {TITLE}:
            return compile_condition(criterion.condition, self.at, tally=self.tally)
        name = f"t{len(self.titles)}"
        self.titles[name] = compile_condition(criterion.condition, self.at)
        return Q(Exact(RawSQL(f"titled.{name}", (), output_field=BooleanField()), True))  # noqa: S611 - a name of our own

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
        """Select id, whether the must-haves hold, and each addend, of each lead in `tallied`, and the counts they came from.

        Looked up lead by lead, whatever the planner believes: of a base that was just filled it knows nothing.
        """
        addends = {f"a{n}": self.addend(criterion) for n, criterion in enumerate(self.criteria)}
        musts = self.musts()
        has_musts = Case(When(musts, then=True), default=False) if musts else Value(True)
        leads = Lead.objects.extra(where=["leads_lead.id = tallied.lead_id"]).order_by()
        rows = leads.annotate(has_musts=has_musts, **addends).values_list("pk", "has_musts", *addends)
        text, params = rows.query.sql_with_params()
        counts = "".join(f", tallied.{name}" for name in self.inputs)
        return (
            f"""SELECT j.*{counts} FROM tallied JOIN titled ON titled.job_title = tallied.job_title
            CROSS JOIN LATERAL ({text} OFFSET 0) j""",
            params,
        )

    @property
    def inputs(self) -> list[str]:
        """The counts, and what is left of fading ones, that addends come from."""
        return [*self.counts, *self.faded]

    def _titled(self) -> Sql:
        """Select each job title of the slice's people, and what the criteria over titles make of it."""
        asked = {name: Case(When(what, then=True), default=False) for name, what in self.titles.items()}
        query = Lead.objects.annotate(**asked).query
        compiler = query.get_compiler(connection=connection)
        found = [(name, *compiler.compile(query.annotations[name])) for name in asked]
        columns = "".join(f", {text} AS {name}" for name, text, _ in found)
        params = tuple(param for _, _, its in found for param in its)
        return f"SELECT job_title{columns} FROM (SELECT DISTINCT job_title FROM slice) leads_contact", params

    def _tallied(self) -> Sql:
        """Select each lead of `slice` with the counts of its family: what its root did, and those folded into it."""
        if not self.inputs:
            return "SELECT lead_id, job_title FROM slice", ()
        roots, root_params = self._engaged("contact__id", {"contact__id__range": BOUNDS})
        merged = {"contact__merged_into__isnull": False, "contact__family_id__range": BOUNDS}
        folded, folded_params = self._engaged("contact__family_id", merged)
        columns = ", ".join(f"coalesce(r.{name}, 0) + coalesce(f.{name}, 0) AS {name}" for name in self.inputs)
        text = f"""SELECT s.lead_id, s.job_title, {columns} FROM slice s
            LEFT JOIN ({roots}) r ON r.family = s.family_id LEFT JOIN ({folded}) f ON f.family = s.family_id"""
        return text, (*root_params, *folded_params)

    def _engaged(self, family: str, which: Mapping[str, Any]) -> Sql:
        """Select the counts of each family of `slice`, from engagements of contacts `which`."""
        counts = {name: Count("pk", filter=what) for name, what in self.counts.items()}
        faded = {name: Sum(self._weight(days), filter=what) for name, (what, days) in self.faded.items()}
        in_slice = {f"{family}__in": RawSQL("SELECT family_id FROM slice", ())}
        found = standing_engagements().filter(**which, **in_slice).order_by()
        return found.values(family=F(family)).annotate(**counts, **faded).query.sql_with_params()

    def _weight(self, half_life_days: int) -> Expression:
        return Faded(Value(self.at), F("occurred_at"), half_life_days=half_life_days, output_field=FloatField())

    def places(self, kind: str) -> list[int]:
        """Which addends, by position, belong to a group."""
        return [n for n, criterion in enumerate(self.criteria) if criterion.kind == kind]
