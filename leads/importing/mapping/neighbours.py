"""What are columns without a name that their values leave unsaid, going by the columns beside them?"""

import re

from leads.importing.mapping.claims import Claim
from leads.importing.sample_values import Profile

NAMES_TELL = 0.25
"""How many common given names a column must hold; the rest are rarer ones."""
LONGEST_NAME = 25
LONGEST_COMPANY = 60
WITHIN = 3
"""How many columns a postcode can stand from the street."""
FOUR_OR_FIVE, FIVE = re.compile(r"\d{4,5}"), re.compile(r"\d{5}")
STATE = re.compile(r"[A-Z]{2}")
REACHED_BY = frozenset({"street", "phone", "mobile", "email"})


def claims(profiles: list[Profile], found: list[Claim], nameless: list[int]) -> list[Claim]:
    """Postcodes beside the street, the two parts of names, and the company with which a list begins."""
    postcodes = postcode_by_street(profiles, found, nameless)
    beside = towns(profiles, [*found, *postcodes], nameless)
    names = names_in_parts(profiles, [*found, *postcodes, *beside], nameless)
    added = [*postcodes, *beside, *names]
    return [*added, *company_first(profiles, [*found, *added], nameless)]


def free(found: list[Claim], nameless: list[int]) -> list[int]:
    """The columns without a name that nothing is known of yet."""
    taken = {claim.column for claim in found}
    return [column for column in nameless if column not in taken]


def postcode_by_street(profiles: list[Profile], found: list[Claim], nameless: list[int]) -> list[Claim]:
    """Numbers of four or five digits, all as long, with a town beside them: near the street, or five before the town."""
    if "postcode" in {claim.field for claim in found}:
        return []
    fields = {claim.field: claim.column for claim in found}
    left = free(found, nameless)
    places = {column for column in left if is_of_names(profiles[column])}
    near = [column for column in left if abs(column - fields.get("street", -99)) <= WITHIN]
    far = [column for column in left if column + 1 in places and fields.keys() & REACHED_BY]
    return [
        Claim(column, "postcode", 0.62, by_values=True)
        for column, digits in [*((one, FOUR_OR_FIVE) for one in near), *((one, FIVE) for one in far)]
        if are_equally_long(profiles[column], digits) and places & {column + 1, column - 1}
    ][:1]


def are_equally_long(profile: Profile, digits: re.Pattern[str]) -> bool:
    """Whether the values are numbers of so many digits, all of as many."""
    return profile.count > 1 and profile.part(digits.fullmatch) >= 0.9 and len(set(map(len, profile.values))) == 1


def is_of_names(profile: Profile) -> bool:
    """Whether a column holds short words, as towns and last names are, and no company."""
    return (
        profile.count > 1
        and profile.length < LONGEST_NAME
        and profile.numeric < 0.1
        and profile.part(lambda value: value[:1].isalpha() or value[:1] in "'\u2019") >= 0.9
        and not any(profile.share(shape) >= 0.3 for shape in ("legal_form", "yes_no", "link", "date", "email"))
    )


def towns(profiles: list[Profile], found: list[Claim], nameless: list[int]) -> list[Claim]:
    """The words beside a postcode are a town, also where the two letters of a state stand between them."""
    left = [column for column in free(found, nameless) if profiles[column].count and profiles[column].numeric < 0.1]
    states = {column for column in left if profiles[column].part(STATE.fullmatch) >= 0.9}
    beside = [claim.column + step for claim in found if claim.field == "postcode" for step in (1, -1)]
    state = next((column for column in beside if column in states), None)
    towns = [column for column in left if column not in states]
    town = next((column for column in [*beside, *([state - 1] if state else [])] if column in towns), None)
    return [
        Claim(column, field, 0.6, by_values=True)
        for column, field in ((town, "city"), (state, "region"))
        if column is not None
    ]


def names_in_parts(profiles: list[Profile], found: list[Claim], nameless: list[int]) -> list[Claim]:
    """A column of given names with one of words beside it are the parts of a name, where nobody is named whole."""
    if {"first_name", "last_name", "full_name"} & {claim.field for claim in found}:
        return []
    left = [column for column in free(found, nameless) if is_of_names(profiles[column])]
    share = {column: profiles[column].share("given_name") for column in left}
    first = max(left, key=lambda column: share[column], default=None)
    if first is None or share[first] < NAMES_TELL:
        return []
    last = next((column for column in (first + 1, first - 1) if column in left and share[column] < share[first]), None)
    if last is None:
        return []
    return [Claim(first, "first_name", 0.62, by_values=True), Claim(last, "last_name", 0.6, by_values=True)]


def company_first(profiles: list[Profile], found: list[Claim], nameless: list[int]) -> list[Claim]:
    """Names of which hardly two are alike, in the first column of a list of how to reach them, are of organisations."""
    fields = {claim.field for claim in found}
    profile = profiles[0] if profiles else None
    if profile is None or 0 not in free(found, nameless) or "organisation" in fields or not fields & REACHED_BY:
        return []
    are_names = profile.count > 1 and profile.distinct > 0.9 and 3 < profile.length < LONGEST_COMPANY
    worded = profile.part(lambda value: sum(letter.isalpha() for letter in value) > len(value) / 2)
    return [Claim(0, "organisation", 0.55, by_values=True)] if are_names and worded >= 0.9 else []
