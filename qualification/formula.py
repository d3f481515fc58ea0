"""How does a definition become SQL? Its criteria as expressions over a slice of leads.

Engagements are counted once a lead, for all criteria together; conditions over them then compare those counts. What is
asked of job titles alone is asked once a title, not once a lead: many share one, and comparing words is dear.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum, auto
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, F, FloatField, Func, IntegerField, Q, Sum, Value, When
from django.db.models.expressions import Expression, RawSQL
from django.db.models.lookups import Exact
from django.db.models.sql import Query

from leads.conditions import compile_condition, compile_engagements, leaves, standing_engagements
from leads.models import Lead
from qualification.models import Criterion, Definition

Sql = tuple[str, tuple[Any, ...]]
Kind = Criterion.Kind

TITLE = "contact.job_title"
LARGEST_SUM = 30_000
"""Bounds a sum of decayed points before its cap, so that it stays a smallint."""
HALF = 0.5 + 1e-9
"""From where points are rounded up; a little more than half, so that the order in which they were summed decides nothing."""


class Bound(Enum):
    """Stands among the parameters for what a slice is bound to: its keys, and the first and the last of its families."""

    KEYS = auto()
    FIRST = auto()
    LAST = auto()


BOUNDS = [RawSQL("%s", (bound,)) for bound in (Bound.FIRST, Bound.LAST)]


class Faded(Func):
    """What is left of an engagement's weight at a moment: halved for every half-life of its age, until nothing is left."""

    template = """power(0.5::float8, least(1000,
        greatest(0, date_part('epoch', %(expressions)s)) / (86400.0 * %(half_life_days)s)))"""
    arg_joiner = " - "


# The leads of a slice with what is asked of their people alone.
_SLICE = """
    SELECT l.id AS lead_id, l.family_id, c.job_title FROM leads_lead l
    CROSS JOIN LATERAL (SELECT job_title FROM leads_contact WHERE id = l.contact_id OFFSET 0) c
    WHERE l.id = ANY(%s::bigint[])
"""
_APART = """
    WITH slice AS MATERIALIZED ({slice}), titled AS MATERIALIZED ({titled}), tallied AS MATERIALIZED ({tallied})
    SELECT j.*{inputs} FROM tallied JOIN titled ON titled.job_title = tallied.job_title
    CROSS JOIN LATERAL ({asked} OFFSET 0) j OFFSET 0
"""
_TOGETHER = """
    SELECT leads_lead.id, {asked}{inputs} FROM {tables}
    JOIN ({titled} OFFSET 0) titled ON titled.job_title = leads_contact.job_title
    LEFT JOIN ({tallied}) tallied ON tallied.family = leads_lead.family_id
    WHERE leads_lead.id = ANY(%s::bigint[]) AND leads_contact.family_id BETWEEN %s AND %s OFFSET 0
"""


class Formula:
    """A definition at a moment, ready to be put to leads, a slice apart or together."""

    def __init__(self, definition: Definition, at: datetime) -> None:
        self.definition = definition
        self.at = at
        self.criteria = list(definition.criteria.all())
        self.counts: dict[str, Q] = {}
        self.faded: dict[str, tuple[Q, int]] = {}
        self.titles: dict[str, Q] = {}
        self._counted: dict[str, Mapping[str, Any]] = {}
        self._asked = self._ask()

    def tally(self, leaf: Mapping[str, Any]) -> Expression:
        """Count what a leaf counts, once for all leaves that count the same."""
        what = json.dumps({key: leaf[key] for key in leaf if key not in ("operator", "value")}, sort_keys=True)
        names = {known: f"n{n}" for n, known in enumerate(self._counted)}
        name = names.get(what, f"n{len(names)}")
        self._counted.setdefault(what, leaf)
        self.counts[name] = compile_engagements(leaf, self.at)
        return RawSQL(f"coalesce(tallied.{name}, 0)", (), output_field=IntegerField())  # noqa: S611 - a name of our own

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
            f"greatest(%s, least(%s, floor(%s * coalesce(tallied.{name}, 0) + %s)))::int",
            (-cap, cap, criterion.points, HALF),
            output_field=IntegerField(),
        )

    def musts(self) -> Q:
        """All must-haves at once."""
        found = Q()
        for criterion in self.criteria:
            if criterion.kind == Kind.MUST:
                found &= self.holds(criterion)
        return found

    def _ask(self) -> dict[str, Any]:
        """What is asked of a lead: whether the must-haves hold, and each addend."""
        musts = self.musts()
        has_musts = Case(When(musts, then=True), default=False) if musts else Value(True, output_field=BooleanField())
        return {"has_musts": has_musts} | {f"a{n}": self.addend(one) for n, one in enumerate(self.criteria)}

    @cached_property
    def apart(self) -> Sql:
        """Select id, whether the must-haves hold, each addend, and the counts they came from, of each lead of a slice.

        Looked up lead by lead, whatever the planner believes: of a base that was just filled it knows nothing.
        """
        leads = Lead.objects.extra(where=["leads_lead.id = tallied.lead_id"]).order_by()
        asked, params = leads.annotate(**self._asked).values_list("pk", *self._asked).query.sql_with_params()
        titled, titled_params = self._titled("slice")
        tallied, tallied_params = self._tallied_apart()
        inputs = "".join(f", tallied.{name}" for name in self.inputs)
        text = _APART.format(slice=_SLICE, titled=titled, tallied=tallied, asked=asked, inputs=inputs)
        return text, (Bound.KEYS, *titled_params, *tallied_params, *params)

    @cached_property
    def together(self) -> Sql:
        """Select the same of a slice whose families stand close: tables are read in the order of families, and joined."""
        query = Lead.objects.annotate(**self._asked, job_title=F("contact__job_title")).query
        asked, params = _compiled(query, self._asked)
        tables, table_params = query.get_compiler(connection=connection).get_from_clause()
        titled, titled_params = self._titled("leads_contact WHERE family_id BETWEEN %s AND %s", Bound.FIRST, Bound.LAST)
        tallied, tallied_params = self._tallied_together()
        inputs = "".join(f", coalesce(tallied.{name}, 0)" for name in self.inputs)
        text = _TOGETHER.format(asked=asked, inputs=inputs, tables=" ".join(tables), titled=titled, tallied=tallied)
        return text, (*params, *table_params, *titled_params, *tallied_params, *Bound)

    @property
    def inputs(self) -> list[str]:
        """The counts, and what is left of fading ones, that addends come from."""
        return [*self.counts, *self.faded]

    def _titled(self, people: str, *params: Bound) -> Sql:
        """Select each job title of these people, and what the criteria over titles make of it."""
        cases = {name: Case(When(what, then=True), default=False) for name, what in self.titles.items()}
        found, found_params = _compiled(Lead.objects.annotate(**cases).query, cases)
        columns = f", {found}" if found else ""
        text = f"SELECT job_title{columns} FROM (SELECT DISTINCT job_title FROM {people}) leads_contact"
        return text, (*found_params, *params)

    def _tallied_apart(self) -> Sql:
        """Select each lead of `slice` with the counts of its family: what its root did, and those folded into it."""
        if not self.inputs:
            return "SELECT lead_id, job_title FROM slice", ()
        families = RawSQL("SELECT family_id FROM slice", ())
        roots, root_params = self._roots(contact__id__in=families)
        folded, folded_params = self._folded(contact__family_id__in=families)
        text = f"""SELECT s.lead_id, s.job_title, {self._summed} FROM slice s
            LEFT JOIN ({roots}) r ON r.family = s.family_id LEFT JOIN ({folded}) f ON f.family = s.family_id"""
        return text, (*root_params, *folded_params)

    def _tallied_together(self) -> Sql:
        """Select each family within the bounds that did anything, with the same counts."""
        if not self.inputs:
            return "SELECT NULL::bigint AS family", ()
        (roots, root_params), (folded, folded_params) = self._roots(), self._folded()
        text = f"""SELECT coalesce(r.family, f.family) AS family, {self._summed}
            FROM ({roots}) r FULL JOIN ({folded}) f ON f.family = r.family"""
        return text, (*root_params, *folded_params)

    @property
    def _summed(self) -> str:
        return ", ".join(f"coalesce(r.{name}, 0) + coalesce(f.{name}, 0) AS {name}" for name in self.inputs)

    def _roots(self, **which: Any) -> Sql:
        """Count what the roots of families within the bounds did; rides engagement_of_contact."""
        return self._engaged("contact__id", contact__id__range=BOUNDS, **which)

    def _folded(self, **which: Any) -> Sql:
        """Count what those did who are folded into families within the bounds."""
        is_folded = {"contact__merged_into__isnull": False, "contact__family_id__range": BOUNDS}
        return self._engaged("contact__family_id", **is_folded, **which)

    def _engaged(self, family: str, **which: Any) -> Sql:
        counts = {name: Count("pk", filter=what) for name, what in self.counts.items()}
        faded = {name: Sum(self._weight(days), filter=what) for name, (what, days) in self.faded.items()}
        found = standing_engagements().filter(**which).order_by()
        return found.values(family=F(family)).annotate(**counts, **faded).query.sql_with_params()

    def _weight(self, half_life_days: int) -> Expression:
        return Faded(Value(self.at), F("occurred_at"), half_life_days=half_life_days, output_field=FloatField())

    def places(self, kind: str) -> list[int]:
        """Which addends, by position, belong to a group."""
        return [n for n, criterion in enumerate(self.criteria) if criterion.kind == kind]


def _compiled(query: Query, names: Iterable[str]) -> Sql:
    """These annotations of a query, as the columns of a statement of our own."""
    compiler = query.get_compiler(connection=connection)
    found = [(name, *compiler.compile(query.annotations[name])) for name in names]
    columns = ", ".join(f"{text} AS {name}" for name, text, _ in found)
    return columns, tuple(param for _, _, params in found for param in params)
