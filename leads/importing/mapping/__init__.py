"""Which field does each column of a table become?

Two witnesses are heard for every column: the words above it and the values in it. The words propose, the values confirm
or refuse; where there are no words the values propose. Then each field goes to the one column that bears it best.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leads.importing.mapping import affixes, context, guesses, neighbours, owners
from leads.importing.mapping.claims import Claim, by_header
from leads.importing.reading.table import Table
from leads.importing.sample_values import Profile

__all__ = ["Suggestion", "suggest"]

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one column may become, how surely (0 to 1), and why."""

    header: str
    field: str | None
    confidence: float
    reason: str


def suggest(table: Table) -> list[Suggestion]:
    """Suggest a field, or none, for every column; a field is given to one column at most."""
    columns = [list(cells) for cells in zip(*table.samples, strict=True)] or [[] for _header in table.headers]
    profiles = [Profile.of(cells) for cells in columns]
    headers = owners.renamed(table.headers, profiles)
    claims = [claim for column, header in enumerate(headers) for claim in by_header(column, header, profiles[column])]
    claims += affixes.claims(headers, profiles) + guessed(headers, columns, profiles)
    claims += guesses.unread(profiles, headers, claims)
    chosen = award(context.weigh(claims, profiles, headers))
    return [suggestion(header, chosen.get(column)) for column, header in enumerate(table.headers)]


def guessed(headers: list[str], columns: list[list[str]], profiles: list[Profile]) -> list[Claim]:
    """The claims of columns without a name, by their values and by their neighbours'."""
    nameless = [column for column, header in enumerate(headers) if guesses.is_nameless(header)]
    claims = [claim for column in nameless for claim in guesses.by_values(column, profiles[column])]
    email = next((claim.column for claim in claims if claim.field == "email"), None)
    if email is not None:
        claims += guesses.names_by_email(columns, email, nameless) + guesses.company_by_email(columns, email, nameless)
    return claims + neighbours.claims(profiles, claims, nameless)


def award(claims: list[Claim]) -> dict[int, Claim]:
    """Give each field to one column and each column one field, the strongest claims first."""
    by_column: dict[int, Claim] = {}
    by_field: dict[str, Claim] = {}
    ranked = sorted(
        (claim for claim in claims if claim.strength >= THRESHOLD),
        key=lambda claim: (-round(claim.strength, 3), claim.column),
    )
    for claim in ranked:
        if claim.column in by_column:
            continue
        if claim.field not in by_field or make_room(by_field[claim.field], ranked, by_column, by_field):
            by_column[claim.column] = by_field[claim.field] = claim
    return by_column


def make_room(holder: Claim, ranked: list[Claim], by_column: dict[int, Claim], by_field: dict[str, Claim]) -> bool:
    """Let the column that holds a field take another that nobody holds, if it has as good a claim to that."""
    other = next((claim for claim in ranked if claim.column == holder.column and claim.field not in by_field), None)
    if other is None or other.strength < holder.strength - 0.4:
        return False
    by_column[other.column] = by_field[other.field] = other
    return True


def suggestion(header: str, claim: Claim | None) -> Suggestion:
    if claim is None:
        return Suggestion(header, None, 0.0, _("No field fits; the column is kept as it is."))
    reason = _("Its values look like it.") if claim.by_values else _("Its name says so, and its values agree.")
    return Suggestion(header, claim.field, round(min(claim.strength, 0.99), 2), reason)
