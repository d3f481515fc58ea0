"""Whose are the columns "Owner name" and "Owner email": who looks after the lead, or whom a listed business belongs to?"""

from leads.importing.header_words import meanings
from leads.importing.header_words.phrasebook import canonical
from leads.importing.sample_values import Profile

PEOPLE = frozenset({"full_name", "first_name", "last_name"})
ENOUGH = 4
OWNERS = frozenset({"owner", "manager"})


def renamed(headers: list[str], profiles: list[Profile]) -> list[str]:
    """The headers, with the owner called the contact where the table is of businesses that each have their own.

    Few people look after many leads; so an owner who is another in every row, in a table that names a business and nobody
    else, is its owner. So are the managers whose last names have a column of their own, as in bought lists.
    """
    owned = [column for column, header in enumerate(headers) if set(canonical(header)[:1]) & OWNERS]
    fields = {meaning.field for header in headers for meaning in meanings(header) if not meaning.is_hint}
    if (
        not owned
        or fields & PEOPLE
        or "organisation" not in fields
        or not any(is_each_its_own(profiles[column], canonical(headers[column])) for column in owned)
    ):
        return headers
    return [as_contact(header) if column in owned else header for column, header in enumerate(headers)]


def is_each_its_own(profile: Profile, words: list[str]) -> bool:
    """Whether a column names another owner in every row, or holds the last names of owners or managers."""
    is_name = (profile.share("person") >= 0.5 and words[0] == "owner") or words[-2:] == ["last", "name"]
    return profile.count >= ENOUGH and profile.distinct > 0.9 and is_name


def as_contact(header: str) -> str:
    """A header with the contact for the owner."""
    rest = canonical(header)[1:]
    return " ".join(["contact", *(rest or ["name"])])
