"""Which fields can a condition ask about? Each app registers its own, in a module named lead_fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import Case, CharField, DecimalField, Expression, F, Q, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Lower, Substr
from django.db.models.lookups import In, IsNull, Regex
from django.utils.functional import Promise

from leads.models import AttributeKey

ATTRIBUTES = "attributes."
ENGAGEMENTS = "engagements"
YES = ("true", "yes", "ja", "1", "y", "j")

Names = Callable[[Iterable[int]], Mapping[int, str]]
Among = Callable[[Mapping[str, Any], datetime], Q]
Choices = Callable[[], Mapping[str, "str | Promise"]]


class Kind(Enum):
    """What the values of a field are; it decides which operators a field has."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes_no"
    MOMENT = "moment"
    DAY = "day"
    REFERENCE = "reference"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a condition can ask of a lead.

    `reads` is an expression over Lead; for yes or no a Q that is never null. `names` gives the rows of a reference
    their names, `offers` those to choose from; `choices` the values of a choice. Where few leads have it at all,
    `among` says by what is compared to which leads it can hold at most, so that it is not read of each of the others.
    """

    key: str
    label: str | Promise
    kind: Kind
    reads: F | Expression | Subquery | Q
    choices: Choices | None = None
    names: Names | None = None
    offers: Callable[[], Mapping[int, str]] | None = None
    among: Among | None = None


_registered: dict[str, Field] = {}


def register(*fields: Field) -> None:
    """Let conditions ask about these fields; a key that is there already is replaced."""
    _registered.update({field.key: field for field in fields})


def field_of(key: str) -> Field | None:
    """Return the field with this key, an attribute among them; None when nobody registered it."""
    if key.startswith(ATTRIBUTES):
        attribute = AttributeKey.objects.filter(key=key.removeprefix(ATTRIBUTES)).first()
        return _attribute(attribute) if attribute else None
    return _registered.get(key)


def all_fields() -> list[Field]:
    """Every field: the registered ones in their order, then the attributes by name."""
    return [*_registered.values(), *map(_attribute, AttributeKey.in_order())]


def _attribute(attribute: AttributeKey) -> Field:
    text = KeyTextTransform(attribute.key, "contact__attributes")
    kind, reads = _READINGS[attribute.kind](text)
    return Field(ATTRIBUTES + attribute.key, attribute.shown, kind, reads)


def _number(text: KeyTextTransform) -> tuple[Kind, Expression]:
    plain = Q(Regex(text, r"^-?[0-9]{1,15}([.][0-9]{1,6})?$"))
    return Kind.NUMBER, Case(When(plain, then=Cast(text, DecimalField(max_digits=24, decimal_places=6))))


def _day(text: KeyTextTransform) -> tuple[Kind, Expression]:
    plain = Q(Regex(text, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    return Kind.DAY, Case(When(plain, then=Substr(text, 1, 10)), output_field=CharField())


_READINGS: dict[str, Callable[[KeyTextTransform], tuple[Kind, Expression | Q]]] = {
    AttributeKey.Kind.TEXT: lambda text: (Kind.TEXT, text),
    AttributeKey.Kind.NUMBER: _number,
    AttributeKey.Kind.DATE: _day,
    AttributeKey.Kind.BOOLEAN: lambda text: (Kind.YES_NO, Q(IsNull(text, False)) & Q(In(Lower(text), YES))),
}
