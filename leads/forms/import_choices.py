"""What was chosen for a file, as its page sends it in: conflicts, words, what every row says, keys, where leads go?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import matching, reasons
from leads.arrivals import PastWays, Row, Ways, WrongValueError
from leads.arrivals.cells import CONSENTS, Cells
from leads.importing import choices, files, templates
from leads.importing.fields import BY_KEY
from leads.models import Consent

CONSTANTS = (
    "country", "language", "channel", "interest", "source_detail", "notes", "tags", "owner", "occurred_at", "organisation", "industry",
    "city", "region", "legal_form", "is_customer", "consent_email", "consent_phone", "opt_out_email", "opt_out_phone",
)  # fmt: skip
"""What may be said of every row of a file."""
CONFLICT_LABELS = {
    choices.FILL: gettext_lazy("If known: fill what is empty"),
    choices.OVERWRITE: gettext_lazy("If known: overwrite"),
    choices.KEEP: gettext_lazy("If known: leave alone"),
}
KNOWN_BY_LABELS = {
    "external_id": gettext_lazy("Number in the other system"),
    "email": gettext_lazy("Email"),
    "phone": gettext_lazy("Phone and name"),
    "name": gettext_lazy("Name and organisation"),
}
NOTHING = "-"
"""Sent for a word that means nothing."""


def clean(text: str) -> str:
    """A text that was sent, as it can be kept."""
    return text.replace("\0", "").strip()


@dataclass(frozen=True, slots=True)
class Sent:
    """What the page sent of the choices; nothing where it was another page."""

    data: QueryDict
    mapping: Sequence[str | None]
    headers: Sequence[str]

    def options(self) -> dict[str, Any]:
        """The choices as a batch keeps them."""
        if "has_choices" not in self.data:
            return {}
        return (
            {
                "on_conflict": self.conflicts(),
                "words": self.words(),
                "constants": dict(self.said_of_all()),
                "known_by": self.known_by(),
                "is_routable": "is_routable" in self.data,
                "is_told": "is_told" in self.data,
            }
            | self.of_consent()
            | self.of_history()
        )

    def of_consent(self) -> dict[str, Any]:
        """What a yes in the file is to; as it was, where the page did not ask it, since no column said yes."""
        if "consent_basis" not in self.data:
            return {}
        said = {name: self.data.get(f"consent_{name}", "") for name in ("purpose", "basis")}
        known = {name: one for name, one in said.items() if templates.FITS_CONSENT[name](one)}
        wording = clean(self.data.get("consent_wording", "")).replace("\r\n", "\n")
        return {"consent": known | {"wording": wording}}

    @property
    def is_history(self) -> bool:
        return "is_history" in self.data

    @property
    def closed_on(self) -> str:
        return clean(self.data.get("closed_on", ""))

    def of_history(self) -> dict[str, Any]:
        """What is said of the history of another system; nothing of it where the file is none."""
        currency = self.data.get("currency")
        return {
            "is_history": self.is_history,
            "is_all_worked": self.is_history and "is_all_worked" in self.data,
            "closed_on": self.closed_on if self.is_history and is_past_day(self.closed_on) else "",
            "currency": currency if currency in choices.CURRENCIES else choices.OF_COMPANY,
        }

    def conflicts(self) -> dict[str, str]:
        sent = {str(place): self.data.get(f"conflict_{place}", "") for place in range(len(self.headers))}
        return {place: way for place, way in sent.items() if way in (choices.OVERWRITE, choices.KEEP)}

    def words(self) -> dict[str, dict[str, str]]:
        """What words mean, by column and word; those of a column that became another field since are forgotten.

        One meaning can be said of all that have none yet.
        """
        found = {}
        for place, field in enumerate(self.mapping):
            if self.data.get(f"words_of_{place}", "") != (field or ""):
                continue
            pairs = zip(self.data.getlist(f"word_{place}"), self.data.getlist(f"meaning_{place}"), strict=False)
            rest = self.data.get(f"rest_{place}", "")
            told = ((word.casefold(), meant.strip() or rest.strip()) for word, meant in pairs)
            said = {word: "" if meant == NOTHING else meant for word, meant in told if meant}
            if said:
                found[str(place)] = said
        return found

    def said_of_all(self) -> Iterator[tuple[str, str]]:
        """What every row says; a field that was only just chosen has no value yet."""
        pairs = zip(self.data.getlist("constant_field"), self.data.getlist("constant_value"), strict=False)
        return ((field, clean(value)) for field, value in pairs if field in CONSTANTS)

    def known_by(self) -> list[str]:
        """The ways in their order; none where all are meant in their usual order."""
        sent = dict.fromkeys(self.data.get(f"known_by_{n}", "") for n in range(len(matching.KNOWN_BY)))
        chosen = [by for by in sent if by in matching.KNOWN_BY]
        return [] if tuple(chosen) == matching.KNOWN_BY else chosen

    def problems(self) -> Iterator[str]:
        """What is wrong with the choices, each with what it is about."""
        past = PastWays(files.owners(with_gone=True)) if self.is_history else None
        cells = Cells(Ways(latest=datetime.now(UTC), owners=files.owners(), past=past))
        if self.is_history and self.closed_on and not is_past_day(self.closed_on):
            yield _("Choose a day in the past on which the closed leads without a date were closed.")
        for field, value in self.said_of_all():
            if value and (said := wrong(cells, field, value)):
                yield f"{BY_KEY[field].label}: {said}"
        for place, said_of in self.words().items():
            field = self.mapping[int(place)] or ""
            for meant in filter(None, said_of.values()):
                if said := wrong(cells, field, meant):
                    yield f"{files.called(self.headers, int(place))}: {said}"
        if len({*self.known_by_sent()}) < len(self.known_by_sent()):
            yield _("People are known by the same thing twice: choose each once.")
        yield from self.of_consent_problems()

    def of_consent_problems(self) -> Iterator[str]:
        """What is missing of what proves a yes: the reason of an interest, the words where every row agrees alike."""
        terms = choices.terms(self.of_consent())
        says_alike = not CONSENTS.isdisjoint(field for field, value in self.said_of_all() if value)
        if len(terms.wording) > choices.LONGEST_WORDING:
            said = _("Shorten what is kept with every yes: at most %(most)d characters.")
            yield said % {"most": choices.LONGEST_WORDING}
        if "consent_basis" not in self.data or terms.wording:
            return
        if terms.basis == Consent.Basis.INTEREST:
            yield _("Say in a few words what our legitimate interest is.")
        elif terms.basis == Consent.Basis.CONSENT and says_alike:
            yield _("Say in which words the people of this file agreed.")

    def known_by_sent(self) -> list[str]:
        return [by for n in range(len(matching.KNOWN_BY)) if (by := self.data.get(f"known_by_{n}", ""))]


def is_past_day(said: str) -> bool:
    """Whether a text is a day of ours that has come."""
    try:
        return date.fromisoformat(said) <= datetime.now(UTC).date()
    except ValueError:
        return False


def wrong(cells: Cells, field: str, value: str) -> str:
    """Why a value is not one of its field; empty where it is."""
    row: Row = {}
    try:
        cells.reader(files.constant(field))(row, value)
    except WrongValueError as problem:
        return reasons.said(reasons.kept(problem.args))
    return reasons.said(row.get("notes", ""))
