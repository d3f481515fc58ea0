"""What may a row do to a value of somebody known: fill what is empty, put its own instead, or leave it alone?

Objections and consent are no values: nothing here touches them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

NAMES = ("initials", "first_name", "infix", "last_name")
COLUMNS: dict[str, tuple[str, ...]] = {
    "full_name": ("salutation", *NAMES),
    "last_name": ("infix", "last_name"),
    "email": ("email", "email_key"),
    "phone": ("phone", "phone_e164"),
    "mobile": ("mobile", "mobile_e164"),
    "organisation": ("organisation_id",),
    **{
        name: (name,)
        for name in (
            "salutation", "initials", "first_name", "infix", "job_title", "department", "street", "house_number", "postcode",
            "city", "region", "country", "language", "linkedin_url", "external_id", "birth_date", "tags", "website", "industry",
            "employees", "revenue", "legal_form",
        )
    },
}  # fmt: skip
"""The columns of a contact, or of its organisation, in which the value of a field stands."""
OVERWRITING: dict[str, str] = {
    **{
        name: f"a.{name} <> '' AND c.{name} <> a.{name}"
        for name in (
            "salutation", "initials", "first_name", "last_name", "job_title", "department", "street", "house_number", "postcode",
            "city", "region", "country", "language", "linkedin_url", "external_id",
        )
    },
    "infix": "a.last_name <> '' AND c.infix <> a.infix",
    "email": "a.email_key <> '' AND c.email_key <> a.email_key",
    "email_key": "a.email_key <> '' AND c.email_key <> a.email_key",
    **{
        column: f"a.{name}_e164 NOT IN ('', c.phone_e164, c.mobile_e164)"
        for name in ("phone", "mobile")
        for column in (name, f"{name}_e164")
    },
    "birth_date": "a.birth_date IS NOT NULL AND c.birth_date IS DISTINCT FROM a.birth_date",
    "organisation_id": "j.organisation_id IS NOT NULL AND c.organisation_id IS DISTINCT FROM j.organisation_id",
    "tags": "cardinality(a.tags) > 0 AND c.tags::text[] <> a.tags",
    "attributes": "a.attributes IS NOT NULL AND ({attributes}) <> c.attributes",
}  # fmt: skip
"""When a row's value takes the place of another; an empty one never does, nor a number that is no number."""
NOT_EMPTY = "c.{0} <> ''"
HELD: dict[str, str] = {
    "organisation_id": "c.organisation_id IS NOT NULL",
    "birth_date": "c.birth_date IS NOT NULL",
    "tags": "cardinality(c.tags) > 0",
    "attributes": "c.attributes ?| %(overwritten_attributes)s::text[]",
}
"""When a contact says something already, for the columns that are no texts."""
ATTRIBUTES = """(a.attributes - %(kept_attributes)s::text[]) || c.attributes || coalesce((SELECT jsonb_object_agg(e.key, e.value)
    FROM jsonb_each(a.attributes) e WHERE e.key = ANY(%(overwritten_attributes)s::text[])), '{}')"""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The columns, and the attributes by key, that rows overwrite or leave alone; all others are filled where empty."""

    overwritten: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    overwritten_attributes: tuple[str, ...] = ()
    kept_attributes: tuple[str, ...] = ()

    @property
    def renames(self) -> bool:
        """Whether a name may change of which only a part is in the row."""
        return not self.overwritten.isdisjoint(NAMES)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "overwritten_attributes": list(self.overwritten_attributes),
            "kept_attributes": list(self.kept_attributes),
        }

    @property
    def has_attributes(self) -> bool:
        return bool(self.overwritten_attributes or self.kept_attributes)


def conflicts(
    overwritten: Iterable[str], kept: Iterable[str], *, attributes: Collection[str], kept_attributes: Collection[str]
) -> Conflicts:
    """The conflicts by fields; a field without a column of its own has none."""
    over = frozenset(column for field in overwritten for column in COLUMNS.get(field, ()))
    left = frozenset(column for field in kept for column in COLUMNS.get(field, ()))
    return Conflicts(over, left, tuple(sorted(attributes)), tuple(sorted(kept_attributes)))
