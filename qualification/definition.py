"""What do marketing and sales agree a lead to be, and who signed it?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import calendars, conditions
from leads.capture.holds import QUALIFY_MINUTES
from qualification.models import Criterion, Definition, Signature

RIGHTS = {
    Signature.Side.MARKETING: "qualification.sign_for_marketing",
    Signature.Side.SALES: "qualification.sign_for_sales",
}
MOST_CRITERIA = 60
MOST_POINTS = 100
LARGEST_CAP = 1000
FOLLOWING = frozenset({
    "lead.score", "lead.grade", "lead.stage", "lead.stage_entered_at", "lead.closed_at", "lead.owner", "lead.queue",
})  # fmt: skip
"""What becomes of a lead by its definition: its score, its stages, and who has it then."""

CALLS = "calls."
"""How we called says what we did. What came of it is an engagement, which is scored at once."""


@lru_cache(maxsize=8)
def signed(key: int, in_force_at: datetime) -> Definition:
    """A version that came into force then, with its criteria. This process keeps it: PostgreSQL refuses any change of it."""
    return Definition.objects.prefetch_related("criteria").get(pk=key, in_force_at=in_force_at)


def qualify_by(at: datetime) -> datetime:
    """By when marketing qualifies a lead that comes to it now, by the version in force."""
    definition = Definition.objects.in_force(at)
    return calendars.due(at, definition.qualify_minutes if definition else QUALIFY_MINUTES)


class DefinitionRefused(ValueError):
    """A definition cannot be drafted, signed or put in force as asked; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All of a definition but its criteria; times are in working minutes."""

    name: str
    threshold: int
    promise_minutes: int
    accept_minutes: int
    qualify_minutes: int
    fit_cap: int = 60
    engagement_cap: int = 40
    exploration_percent: int = 0
    reject_reasons: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as it is drafted."""

    kind: str
    label_en: str
    label_nl: str
    condition: dict[str, Any]
    points: int = 0
    cap: int | None = None
    half_life_days: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two definitions differ; empty where one has it not."""

    what: str
    before: str
    after: str


@transaction.atomic
def draft(terms: Terms, lines: Sequence[Line], *, by: User | None, at: datetime) -> Definition:
    """Write a new version that nobody has signed yet; DefinitionRefused names what is wrong with it."""
    _check(terms, lines)
    latest = Definition.objects.order_by("-version").select_for_update().first()
    values = asdict(terms) | {"reject_reasons": list(terms.reject_reasons)}
    definition = Definition.objects.create(
        version=latest.version + 1 if latest else 1, created_by=by, created_at=at, **values
    )
    Criterion.objects.bulk_create(
        Criterion(definition=definition, position=n, **asdict(line)) for n, line in enumerate(lines, start=1)
    )
    return definition


def _check(terms: Terms, lines: Sequence[Line]) -> None:
    if len(lines) > MOST_CRITERIA:
        raise DefinitionRefused(_("A definition has at most %(most)s criteria.") % {"most": MOST_CRITERIA})
    if not (0 < terms.fit_cap <= LARGEST_CAP and 0 < terms.engagement_cap <= LARGEST_CAP):
        raise DefinitionRefused(_("The most points of a group lie between 1 and %(most)s.") % {"most": LARGEST_CAP})
    if terms.accept_minutes > terms.promise_minutes:
        raise DefinitionRefused(_("The time to accept cannot be longer than the promise."))
    for n, line in enumerate(lines, start=1):
        for problem in _problems(line):
            raise DefinitionRefused(_("Criterion %(n)s: %(problem)s") % {"n": n, "problem": problem})


def _problems(line: Line) -> list[str]:
    found = [str(fault) for fault in conditions.validate(line.condition)] or [*_circles(line), *_about_us(line)]
    if abs(line.points) > MOST_POINTS:
        found.append(_("a criterion gives at most %(most)s points") % {"most": MOST_POINTS})
    if line.cap is not None and not 0 < line.cap <= LARGEST_CAP:
        found.append(_("a cap lies between 1 and %(most)s") % {"most": LARGEST_CAP})
    if line.half_life_days is not None and line.condition.get("field") != "engagements":
        found.append(_("only a count of engagements can fade"))
    return found


def _circles(line: Line) -> list[str]:
    """What a criterion asks that follows from the definition itself: its answer would change what it is asked for."""
    return [
        _("“%(field)s” follows from this very definition: ask for what is known before it") % {"field": field.label}
        for key in _asked(line)
        if key in FOLLOWING and (field := conditions.field_of(key))
    ]


def _about_us(line: Line) -> list[str]:
    """What a criterion asks of what we did, which makes nobody a better lead."""
    return [
        _("“%(field)s” is what we did: ask for engagements, of which an answered call is one") % {"field": field.label}
        for key in _asked(line)
        if key.startswith(CALLS) and (field := conditions.field_of(key))
    ]


def _asked(line: Line) -> Iterable[str]:
    """The fields that a criterion asks for, each once."""
    return dict.fromkeys(str(leaf.get("field", "")) for leaf in conditions.leaves(line.condition))


def canonical(definition: Definition) -> str:
    """The text that is signed: terms and criteria as data, and in the words of both languages."""
    criteria = list(definition.criteria.all())
    return json.dumps(
        {
            "language_version": conditions.LANGUAGE_VERSION,
            "version": definition.version,
            "terms": {name: getattr(definition, name) for name in Terms.__dataclass_fields__},
            "criteria": [_as_data(criterion) for criterion in criteria],
            "texts": {language: words_of(criteria, language) for language in ("en", "nl")},
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def _as_data(criterion: Criterion) -> dict[str, Any]:
    return {name: getattr(criterion, name) for name in Line.__dataclass_fields__}


def words_of(criteria: Sequence[Criterion], language: str) -> list[list[str]]:
    """Each criterion's label, and its condition in words."""
    labelled = ((getattr(criterion, f"label_{language}"), criterion.condition) for criterion in criteria)
    return [[label, conditions.in_words(condition, language)] for label, condition in labelled]


@transaction.atomic
def sign(definition: Definition, *, by: User, side: str, at: datetime) -> Signature:
    """Sign for one side, over the digest of the canonical text, which the first signature fixes.

    Signing twice changes nothing. DefinitionRefused without the right, when somebody else has signed for that side,
    or when the same person has signed for the other.
    """
    if not by.has_perm(RIGHTS[Signature.Side(side)]):
        raise DefinitionRefused(_("You may not sign for this side."))
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    signed = {signature.side: signature for signature in definition.signatures.select_related("by")}
    if side in signed and signed[side].by_id == by.pk:
        return signed[side]
    if side in signed:
        raise DefinitionRefused(_("%(name)s has signed for this side already.") % {"name": signed[side].by})
    if signed and by.pk in {signature.by_id for signature in signed.values()}:
        raise DefinitionRefused(_("Two different people sign: somebody else has to sign for this side."))
    if not signed:
        definition.canonical = canonical(definition)
        definition.save(update_fields=["canonical"])
    return Signature.objects.create(
        definition=definition, side=side, by=by, digest=digest(definition.canonical), signed_at=at
    )


def digest(text: str) -> str:
    """SHA-256 of the text that was signed, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


_TOUCH_OPEN = """
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT id, %s FROM leads_lead WHERE closed_at IS NULL ORDER BY id
    ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
"""


@transaction.atomic
def put_in_force(definition: Definition, *, at: datetime) -> Definition:
    """Let promotions go by this version from now on, and have every open lead judged by it.

    A version that is in force already is left as it is. DefinitionRefused unless both sides have signed.
    """
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    if definition.in_force_at is not None:
        return definition
    if {signature.side for signature in definition.signatures.all()} != set(Signature.Side.values):
        raise DefinitionRefused(_("Marketing and sales must both sign before it comes into force."))
    definition.in_force_at = at
    definition.save(update_fields=["in_force_at"])
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH_OPEN, [at])
    return definition


def compare(before: Definition, after: Definition) -> list[Difference]:
    """What changed from one version to another: the terms, then the criteria by their label."""
    names = [name for name in Terms.__dataclass_fields__ if name != "reject_reasons"]
    old = {name: str(getattr(before, name)) for name in names} | _labelled(before)
    new = {name: str(getattr(after, name)) for name in names} | _labelled(after)
    keys = [*old, *(key for key in new if key not in old)]
    return [Difference(key, old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key)]


def _labelled(definition: Definition) -> dict[str, str]:
    return {
        criterion.label_en: json.dumps(_as_data(criterion), sort_keys=True, ensure_ascii=False)
        for criterion in definition.criteria.all()
    }
