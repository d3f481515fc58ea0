"""How strongly does a column claim a field, by its header and by what its values bear out?"""

from dataclasses import dataclass

from leads.importing.header_words import Meaning, meanings
from leads.importing.mapping.bearings import bearing
from leads.importing.sample_values import Profile


@dataclass(frozen=True, slots=True)
class Claim:
    """A column's claim to a field; `group` tells a second address or phone from the first."""

    column: int
    field: str
    strength: float
    group: str = ""
    is_hint: bool = False
    by_values: bool = False


def by_header(column: int, header: str, profile: Profile) -> list[Claim]:
    """The claims that the header makes and the values do not refuse."""
    claims = [claim(column, meaning, profile) for meaning in meanings(header)]
    return [one for one in claims if one.strength > 0]


def claim(column: int, meaning: Meaning, profile: Profile) -> Claim:
    """The claim of one meaning, to the field that the values say it is of those that the word stands for."""
    field = otherwise(meaning, profile) or meaning.field
    strength = meaning.weight * bearing(field, profile, meaning.is_hint)
    return Claim(column, field, strength, meaning.group, meaning.is_hint)


def otherwise(meaning: Meaning, profile: Profile) -> str | None:
    """A state that is a stage ("new", "contacted") is the status of the lead, a title of companies their name."""
    if meaning.field == "region" and profile.share("status") >= 0.5:
        return "lead_status"
    if meaning.field == "job_title" and meaning.is_hint and profile.share("job") < 0.15:
        return "organisation" if profile.share("legal_form") >= 0.4 else None
    return None
