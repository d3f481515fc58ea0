"""How is it shown what is chosen for a file besides what its columns become?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from leads import matching
from leads.consent import Terms
from leads.forms.import_choices import CONFLICT_LABELS, CONSTANTS, KNOWN_BY_LABELS, NOTHING
from leads.importing import choices, values
from leads.importing.checks import ColumnCheck
from leads.importing.fields import BY_KEY, Kind
from leads.models import Consent, ImportBatch, Organisation
from leads.stages import Channel

WORDS_SHOWN = 30
Options = list[tuple[str, Any, bool]]
"""Value, label, and whether it is the one now."""
ANSWERS = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


@dataclass(frozen=True, slots=True)
class Word:
    """One of the values of a column, how often it stands there, and what it means."""

    said: str
    count: int
    meaning: str
    understood: str
    options: Options

    @property
    def is_understood(self) -> bool:
        return bool(self.meaning or self.understood)


@dataclass(frozen=True, slots=True)
class ColumnChoices:
    """What can be chosen for one column."""

    conflicts: Options
    words: list[Word]

    @property
    def is_open(self) -> bool:
        """Whether something was chosen, or is to be, so that it is shown at once."""
        return self.lost > 0 or any(is_now for value, _label, is_now in self.conflicts if value)

    @property
    def lost(self) -> int:
        return sum(not word.is_understood for word in self.words)


def of_column(place: int, field: str | None, check: ColumnCheck, options: dict[str, Any]) -> ColumnChoices:
    chosen = options.get("on_conflict", {}).get(str(place), choices.FILL)
    conflicts = [(way, label, way == chosen) for way, label in CONFLICT_LABELS.items()]
    said = options.get("words", {}).get(str(place), {})
    words = [of_word(word, count, field or "", said) for word, count in (check.words or {}).items()]
    words.sort(key=lambda word: (word.is_understood, -word.count))
    return ColumnChoices(conflicts if choices.may_conflict(field) else [], words[:WORDS_SHOWN])


def of_word(word: str, count: int, field: str, said: dict[str, str]) -> Word:
    key = word.casefold()
    chosen = (said[key] or NOTHING) if key in said else ""
    return Word(word, count, chosen, shown(field, understood(field, word)), meanings(field, chosen))


def understood(field: str, word: str) -> str:
    """What a word is read as by itself; empty where it is not understood."""
    if field in LOOKED_UP:
        return LOOKED_UP[field](word) or ""
    answer = values.parse_bool(word)
    return "" if answer is None else "yes" if answer else "no"


def shown(field: str, value: str) -> str:
    """A value as people say it."""
    labels: Any = dict(LISTED.get(field, ANSWERS))
    return str(labels.get(value, value))


LOOKED_UP: dict[str, Any] = {
    "country": values.country,
    "language": values.language,
    "channel": values.channel,
    "legal_form": values.legal_form,
}
LISTED: dict[str, Any] = {
    "channel": Channel.choices,
    "legal_form": [one for one in Organisation.LegalForm.choices if one[0]],
}
"""The fields of which a word can mean one of a short list."""


def meanings(field: str, chosen: str) -> Options:
    """What a word can mean, where that is a short list."""
    offered: Any = LISTED.get(field, ANSWERS)
    if field not in LISTED and BY_KEY[field].kind is not Kind.YES_NO:
        return []
    return [(value, label, value == chosen) for value, label in offered]


@dataclass(frozen=True, slots=True)
class Constant:
    """Something that every row says: the choice of its field, and the value."""

    options: Options
    value: str


def constants(options: dict[str, Any]) -> list[Constant]:
    """What every row says, and room for one more."""
    said = [*options.get("constants", {}).items(), ("", "")]
    return [
        Constant([(field, BY_KEY[field].label, field == chosen) for field in CONSTANTS], str(value))
        for chosen, value in said
    ]


def known_by(options: dict[str, Any]) -> list[Options]:
    """By what people are known, in order: a choice for each place."""
    chosen = [*choices.known_by(options), *[""] * len(matching.KNOWN_BY)][: len(matching.KNOWN_BY)]
    return [[(by, label, by == now) for by, label in KNOWN_BY_LABELS.items()] for now in chosen]


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """What a yes of the file is to, as it is chosen: for what, on which basis, and in which words."""

    purposes: Options
    bases: Options
    basis: str
    wording: str

    @property
    def said(self) -> str:
        """What is chosen, in words."""
        return " · ".join(str(label) for _key, label, is_now in (*self.purposes, *self.bases) if is_now)

    @property
    def asks(self) -> Any:
        """What is asked to be written down, by the basis."""
        return WORDINGS[self.basis]


WORDINGS = {
    Consent.Basis.CONSENT.value: gettext_lazy("What they agreed to, word for word"),
    Consent.Basis.CUSTOMER.value: gettext_lazy("What they bought of us"),
    Consent.Basis.INTEREST.value: gettext_lazy("What our interest is, in short"),
}


def consent(batch: ImportBatch) -> ConsentShown | None:
    """What is chosen of consent; nothing where the file says no yes."""
    if not choices.says_yes(batch.mapping, batch.options):
        return None
    return consent_shown(choices.terms(batch.options))


def consent_shown(now: Terms) -> ConsentShown:
    """What can be chosen of consent, and what is."""
    purposes = [(key, label, key == now.purpose) for key, label in Consent.Purpose.choices]
    bases = [(str(basis), basis.label, basis == now.basis) for basis in Consent.BASES_OF_FILES]
    return ConsentShown(purposes, bases, now.basis, now.wording)


def of_batch(batch: ImportBatch) -> dict[str, Any]:
    """What the page of columns shows of the choices for the file as a whole."""
    return {
        "constants": constants(batch.options),
        "known_by": known_by(batch.options),
        "is_routable": choices.is_routable(batch.options),
        "is_told": choices.is_told(batch.options),
        "consent": consent(batch),
        "put_right": len(batch.corrections) + sum(map(len, batch.options.get("accepted", {}).values())),
    }
