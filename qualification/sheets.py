"""How does a definition read, and who can still sign it?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext

from leadops.accounts.models import User
from qualification.definition import RIGHTS, words_of
from qualification.models import Criterion, Definition, Signature


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as it is read: label, condition in words, points."""

    label: str
    words: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Sheet:
    """A definition as a page shows it; `to_sign` are the sides for which this reader may still sign."""

    definition: Definition
    musts: Sequence[Line]
    fit: Sequence[Line]
    engagement: Sequence[Line]
    reasons: Sequence[str]
    promise: str
    accept: str
    qualify: str
    signatures: Sequence[Signature]
    to_sign: Sequence[tuple[str, str]]
    can_force: bool


def sheet(definition: Definition, reader: User) -> Sheet:
    """Return the definition in the reader's language; of a signed one, the text that was signed."""
    language = _language()
    criteria = list(definition.criteria.all())
    said = json.loads(definition.canonical)["texts"][language] if definition.canonical else words_of(criteria, language)
    lines = [Line(label, words, criterion) for (label, words), criterion in zip(said, criteria, strict=True)]
    signatures = list(definition.signatures.select_related("by").order_by("signed_at"))
    return Sheet(
        definition=definition,
        musts=_of(lines, Criterion.Kind.MUST),
        fit=_of(lines, Criterion.Kind.FIT),
        engagement=_of(lines, Criterion.Kind.ENGAGEMENT),
        reasons=[str(reason.get(language) or reason.get("en", "")) for reason in definition.reject_reasons],
        promise=working_time(definition.promise_minutes),
        accept=working_time(definition.accept_minutes),
        qualify=working_time(definition.qualify_minutes),
        signatures=signatures,
        to_sign=_to_sign(signatures, reader),
        can_force=definition.in_force_at is None
        and len(signatures) == len(Signature.Side)
        and any(map(reader.has_perm, RIGHTS.values())),
    )


def _language() -> str:
    return "nl" if (get_language() or "").startswith("nl") else "en"


def _of(lines: Sequence[Line], kind: str) -> list[Line]:
    return [line for line in lines if line.criterion.kind == kind]


def _to_sign(signatures: Sequence[Signature], reader: User) -> list[tuple[str, str]]:
    if reader.pk in {signature.by_id for signature in signatures}:
        return []
    signed = {signature.side for signature in signatures}
    return [
        (side.value, str(side.label)) for side in Signature.Side if side not in signed and reader.has_perm(RIGHTS[side])
    ]


def working_time(minutes: int) -> str:
    """Write 1440 as 24 working hours, and what is no whole number of hours in working minutes."""
    if minutes % 60:
        return ngettext("%(n)s working minute", "%(n)s working minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)s working hour", "%(n)s working hours", hours) % {"n": hours}
