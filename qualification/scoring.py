"""How much is each lead worth under a definition, and which points make that up?

The score is the sum of its addends, always: one for each criterion in its order, then what the cap on fit and the
cap on engagement take off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from leads.arrays import array
from leads.models import Lead, LeadScore
from leads.querysets import LeadQuerySet
from qualification.formula import Bound, Formula, Sql
from qualification.models import Criterion, Definition

SLICE = 50_000
AT_ONCE = 2
"""How many slices of a large set are scored side by side, each on a connection and a core of its own."""
CLOSE = 20_000
"""From so many leads on, a slice may be read together."""

_READ = ("leads_lead", "leads_contact", "leads_organisation", "leads_engagement", "leads_leadscore")
_UNKNOWN = "SELECT oid::regclass::text FROM pg_class WHERE reltuples < 0 AND oid = ANY(%s::regclass[])"

_RESCORE = """
    WITH judged (lead_id, has_musts{columns}{inputs}) AS ({judged}
    ), summed AS (
        SELECT j.*, ({fit})::int AS fit_sum, ({engagement})::int AS engagement_sum FROM judged j OFFSET 0
    ), capped AS (
        SELECT lead_id, has_musts, least(fit_sum, %s) AS fit, least(engagement_sum, %s) AS engagement,
            ARRAY[{addends}least(0, %s - fit_sum), least(0, %s - engagement_sum)]::smallint[] AS addends{inputs}
        FROM summed OFFSET 0
    ), scored AS (
        SELECT lead_id{inputs}, fit + engagement AS score, fit, engagement, addends, has_musts AND fit + engagement >= %s AS meets,
            CASE WHEN fit * 4 >= 3 * %s THEN 'A' WHEN fit * 2 >= %s THEN 'B' WHEN fit * 4 >= %s THEN 'C' ELSE 'D' END
            || CASE WHEN engagement * 4 >= 3 * %s THEN '1' WHEN engagement * 2 >= %s THEN '2'
                WHEN engagement * 4 >= %s THEN '3' ELSE '4' END AS grade
        FROM capped OFFSET 0
    ), changed AS MATERIALIZED (
        SELECT s.*, o.lead_id IS NULL AS is_new,
            o.lead_id IS NULL AND s.meets OR o.grade <> s.grade OR o.meets <> s.meets AS is_turn
        FROM scored s LEFT JOIN {before}
        WHERE o.lead_id IS NULL OR o.definition_version <> %s OR o.meets <> s.meets OR o.addends <> s.addends
    ), written AS ({write}
    ), carded AS (
        INSERT INTO qualification_scorecard (lead_id, definition_version, score, grade, meets, addends, inputs, scored_at)
        SELECT lead_id, %s, score, grade, meets, addends, jsonb_build_object({pairs}), %s FROM changed WHERE is_turn
    )
    SELECT count(*) FROM changed
"""
_INSERT = """
        INSERT INTO leads_leadscore (lead_id, definition_version, score, fit, engagement, grade, meets, addends, scored_at)
        SELECT lead_id, %s, score, fit, engagement, grade, meets, addends, %s FROM changed{which} ORDER BY lead_id
        ON CONFLICT (lead_id) DO UPDATE SET definition_version = excluded.definition_version, score = excluded.score,
            fit = excluded.fit, engagement = excluded.engagement, grade = excluded.grade, meets = excluded.meets,
            addends = excluded.addends, scored_at = excluded.scored_at
"""
# To a slice read together rows that are there are updated: to insert them first locks each, which doubles what it costs.
_UPDATE = """
        UPDATE leads_leadscore o SET definition_version = %s, score = s.score, fit = s.fit, engagement = s.engagement,
            grade = s.grade, meets = s.meets, addends = s.addends, scored_at = %s
        FROM (SELECT * FROM changed WHERE NOT is_new ORDER BY lead_id) s
        WHERE o.lead_id = s.lead_id AND o.lead_id = ANY(%s::bigint[])
    ), added AS ("""
_BEFORE_APART = "LATERAL (SELECT * FROM leads_leadscore l WHERE l.lead_id = s.lead_id OFFSET 0) o ON true"
_BEFORE_TOGETHER = "leads_leadscore o ON o.lead_id = s.lead_id AND o.lead_id = ANY(%s::bigint[])"


@dataclass(frozen=True, slots=True)
class Addend:
    """One line of a score: what for, how many points, out of how many."""

    label: str
    points: int
    most: int
    kind: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Keys of some leads, and the first and the last of their families."""

    keys: Sequence[int]
    first: int
    last: int

    @property
    def is_close(self) -> bool:
        """Whether it is large, and its families stand so close that reading all between them costs less than looking each up."""
        return len(self.keys) >= CLOSE and self.last - self.first < 4 * len(self.keys)

    def bind(self, params: Sequence[Any]) -> list[Any]:
        """The parameters of the statement, with what those that stand for a bound stand for."""
        bounds = {Bound.KEYS: array(self.keys), Bound.FIRST: self.first, Bound.LAST: self.last}
        return [bounds[param] if isinstance(param, Bound) else param for param in params]


def rescore(leads: LeadQuerySet, at: datetime, definition: Definition | None = None) -> int:
    """Score every lead of the set under the definition in force (or `definition`); return how many changed.

    Walks slices of keys, one statement each, so that it can be stopped and run again; a lead whose addends and
    version stay is not written. Appends a ScoreCard where the grade or the side of the threshold turned, with the
    counts of engagements (n0, n1, ...) and what is left of fading ones (d0, d1, ...) that were seen.
    """
    definition = definition or Definition.objects.in_force(at)
    if definition is None:
        return 0
    formula, slices = Formula(definition, at), _slices(leads)
    first = list(islice(slices, AT_ONCE))
    if len(first) < AT_ONCE or connection.in_atomic_block:
        return sum(_rescore_slice(formula, one) for one in chain(first, slices))
    _acquaint()
    rest, turn = chain(first, slices), Lock()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = [pool.submit(_rescore_share, formula, rest, turn) for _ in range(AT_ONCE)]
        return sum(share.result() for share in shares)


def _acquaint() -> None:
    """Let the planner know the tables that it has never looked at: it would not know how to join them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN, [list(_READ)])
        if unknown := [row[0] for row in cursor.fetchall()]:
            cursor.execute(f"ANALYZE {', '.join(unknown)}")


def _rescore_share(formula: Formula, slices: Iterator[Slice], turn: Lock) -> int:
    """Score slices as long as there are any, in a thread of its own, whose connection is closed with it."""
    changed = 0
    try:
        while one := _next(slices, turn):
            changed += _rescore_slice(formula, one)
    finally:
        connection.close()
    return changed


def _next(slices: Iterator[Slice], turn: Lock) -> Slice | None:
    with turn:
        return next(slices, None)


def _slices(leads: LeadQuerySet) -> Iterator[Slice]:
    last, is_over = (0, 0), False
    while not is_over:
        rows = list(_after(leads, last)[:SLICE])
        is_over = len(rows) < SLICE
        if rows:
            last = rows[-1]
            yield Slice([key for _, key in rows], rows[0][0], last[0])


def _after(leads: LeadQuerySet, last: tuple[int, int]) -> QuerySet[Lead, tuple[int, int]]:
    """The (family, key) of leads behind this one, in their order: leads of a family stand together with what it did."""
    behind = leads.extra(where=["(leads_lead.family_id, leads_lead.id) > (%s, %s)"], params=last)
    return behind.order_by("family_id", "pk").values_list("family_id", "pk")


def _rescore_slice(formula: Formula, leads: Slice) -> int:
    with connection.cursor() as cursor:
        cursor.execute(*statement(formula, leads))
        return int(cursor.fetchone()[0])


def statement(formula: Formula, leads: Slice) -> Sql:
    """The one statement that scores a slice; it rides engagement_of_contact and the tables' keys."""
    definition, version = formula.definition, formula.definition.version
    judged, judged_params = formula.together if leads.is_close else formula.apart
    before, before_params = (_BEFORE_TOGETHER, [Bound.KEYS]) if leads.is_close else (_BEFORE_APART, [])
    write, write_params = _write(version, formula.at, is_close=leads.is_close)
    columns = [f"a{n}" for n in range(len(formula.criteria))]
    text = _RESCORE.format(
        judged=judged,
        before=before,
        write=write,
        columns="".join(f", {column}" for column in columns),
        inputs="".join(f", {name}" for name in formula.inputs),
        pairs=", ".join(f"'{name}', {name}" for name in formula.inputs),
        addends="".join(f"{column}, " for column in columns),
        fit=_sum(formula.places(Criterion.Kind.FIT)),
        engagement=_sum(formula.places(Criterion.Kind.ENGAGEMENT)),
    )
    params = (*judged_params, *_caps_of(definition), *before_params, version, *write_params, version, formula.at)
    return text, tuple(leads.bind(params))


def _caps_of(definition: Definition) -> list[int]:
    """The caps on fit and on engagement, and the threshold, as often as the statement asks for them."""
    fit, engagement = definition.fit_cap, definition.engagement_cap
    return [fit, engagement, fit, engagement, definition.threshold, *[fit] * 3, *[engagement] * 3]


def _write(version: int, at: datetime, *, is_close: bool) -> Sql:
    """Insert or update the scores; where many stand close together, update what is there and insert the rest."""
    if is_close:
        return _UPDATE + _INSERT.format(which=" WHERE is_new"), (version, at, Bound.KEYS, version, at)
    return _INSERT.format(which=""), (version, at)


def _sum(places: Sequence[int]) -> str:
    return " + ".join(f"a{n}" for n in places) or "0"


def in_language(criterion: Criterion) -> str:
    """The criterion's label as the reader's language has it."""
    return criterion.label_nl if (get_language() or "").startswith("nl") else criterion.label_en


def explain(lead: Lead, kept: Definition | None = None) -> list[Addend]:
    """Return the addends of the lead's score with their labels in the reader's language; together they are the score.

    `kept` is a version that is at hand with its criteria; what was scored under another is looked up.
    """
    score: LeadScore | None = getattr(lead, "score", None)
    if score is None:
        return []
    if kept is not None and kept.version == score.definition_version:
        criteria = list(kept.criteria.all())
    else:
        scored_under = Criterion.objects.filter(definition__version=score.definition_version)
        criteria = list(scored_under.select_related("definition"))
    if not criteria:
        return []
    points = score.addends
    scored = [
        Addend(in_language(criterion), points[n], _most(criterion), criterion.kind)
        for n, criterion in enumerate(criteria)
        if criterion.kind != Criterion.Kind.MUST
    ]
    return scored + _caps(criteria[0].definition, points[len(criteria) :])


def _most(criterion: Criterion) -> int:
    return criterion.cap if criterion.half_life_days and criterion.cap else criterion.points


def _caps(definition: Definition, taken_off: Sequence[int]) -> list[Addend]:
    """What the caps on the two groups took off; nothing where they did not bite."""
    groups = (
        (gettext("More than %(most)s points for fit do not count"), definition.fit_cap, Criterion.Kind.FIT),
        (
            gettext("More than %(most)s points for engagement do not count"),
            definition.engagement_cap,
            Criterion.Kind.ENGAGEMENT,
        ),
    )
    return [
        Addend(label % {"most": most}, points, 0, kind)
        for (label, most, kind), points in zip(groups, taken_off, strict=True)
        if points
    ]
