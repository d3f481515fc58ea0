"""What is a row that arrived made of: its columns, the ways of its source, and what can be the matter with a value?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_noop

from leads import reasons
from leads.models import AttributeKey, Contact, Organisation
from leads.problems import Problem

Row = dict[str, Any]
Read = Callable[[Row, str], None]

LONGEST_TEXT = 20_000
LATEST = datetime(9999, 12, 1, tzinfo=UTC)

IN_COLUMN = gettext_noop("Column “%(column)s”: %(problem)s")
TOO_LONG = gettext_noop("Column “%(column)s” has %(length)s characters; at most %(limit)s fit. Shorten the value.")
NOBODY = gettext_noop("There is no name, email address, phone number or external number: fill in one of them.")
KEPT_AS_IS = gettext_noop("Column “%(column)s”: “%(raw)s” could not be read and is kept as it is.")
IN_FUTURE = gettext_noop("Column “%(column)s”: “%(raw)s” lies in the future; the moment of arrival is used instead.")
MISSPELT = gettext_noop("“%(raw)s” is taken as it stands; %(better)s was probably meant.")
NO_OWNER = gettext_noop("Nobody here is called “%(raw)s”; the owner is kept as it is.")

TEXTS = (
    "salutation", "initials", "first_name", "infix", "last_name", "job_title", "department", "street", "house_number",
    "postcode", "city", "region", "linkedin_url", "external_id",
)  # fmt: skip
ORGANISATION_TEXTS = {"organisation": "name", "website": "website", "industry": "industry"}


def _longest(model: type[Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


def limits() -> dict[str, int]:
    """How many characters each text field takes."""
    found = {name: _longest(Contact, name) for name in TEXTS}
    found |= {key: _longest(Organisation, name) for key, name in ORGANISATION_TEXTS.items()}
    return {key: limit or LONGEST_TEXT for key, limit in found.items()} | {"campaign": 200, "phone": 100, "mobile": 100}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field it becomes (or none), and how its values are written.

    Where nothing in a column of dates told their order, it was chosen or assumed. `words` (in small letters) were given
    a meaning; of what is the matter by one of the sentences `accepted` the suggestion is read.
    """

    header: str
    field: str | None
    attribute: str = ""
    kind: str = AttributeKey.Kind.TEXT
    date_order: Any = None
    is_order_told: bool = True
    is_serial: bool = False
    decimal_mark: str | None = None
    words: Mapping[str, str] = field_(default_factory=dict)
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ways:
    """How a source writes, and who is known here: the country of its phones, its zone, owners by name and address.

    With a `past` the rows are history of another system.
    """

    country: str = "NL"
    zone: tzinfo = UTC
    latest: datetime = LATEST
    owners: Mapping[str, int] = field_(default_factory=dict)
    past: PastWays | None = None


@dataclass(frozen=True, slots=True)
class PastWays:
    """Who is known here by name and address, also who left; and when leads were closed of which the file does not say it."""

    people: Mapping[str, int] = field_(default_factory=dict)
    closed_at: datetime = LATEST


class WrongValueError(Exception):
    """A value without which, or with which, the row would be wrong; holds the problem to tell."""


def note(row: Row, problem: Problem) -> None:
    said = reasons.line(problem)
    row["notes"] = f"{row['notes']}\n{said}" if "notes" in row else said
