"""Whose are the columns "Owner name" and "Owner email": who looks after the lead, or whom a listed business belongs to?"""

from leads.importing.header_words import meanings
from leads.importing.header_words.phrasebook import canonical
from leads.importing.sample_values import Profile

PEOPLE = frozenset({"full_name", "first_name", "last_name"})
ENOUGH = 4


def renamed(headers: list[str], profiles: list[Profile]) -> list[str]:
    """The headers, with the owner called the contact where the table is of businesses that each have their own.

    Few people look after many leads; so an owner who is another in every row, in a table that names a business and nobody
    else, is its owner.
    """
    owned = [column for column, header in enumerate(headers) if canonical(header)[:1] == ["owner"]]
    fields = {meaning.field for header in headers for meaning in meanings(header) if not meaning.is_hint}
    if (
        not owned
        or fields & PEOPLE
        or "organisation" not in fields
        or not any(is_each_its_own(profiles[column]) for column in owned)
    ):
        return headers
    return [as_contact(header) if column in owned else header for column, header in enumerate(headers)]


def is_each_its_own(profile: Profile) -> bool:
    """Whether a column names another person in every row."""
    return profile.count >= ENOUGH and profile.distinct > 0.9 and profile.share("person") >= 0.5


def as_contact(header: str) -> str:
    """A header with the contact for the owner."""
    rest = canonical(header)[1:]
    return " ".join(["contact", *(rest or ["name"])])
