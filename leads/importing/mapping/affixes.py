"""What do columns claim whose headers share a word that says nothing by itself ("Locations_city", "Supplier email")?"""

from collections import Counter

from leads.importing.header_words import is_known, meanings
from leads.importing.header_words.phrasebook import LESS, canonical, short_words
from leads.importing.header_words.qualifiers import OTHER_PEOPLE, STOP_WORDS
from leads.importing.mapping.claims import Claim, claim
from leads.importing.sample_values import Profile

SHARED = 4
LESS_SURE = 0.92
SELLERS = frozenset({"supplier", "vendor", "dealer", "reseller"})
"""Other people, unless the table is of them."""
OF_TIMES = frozenset({"next", "previous", "total", "days", "count", "avg", "average", "max", "min", "utm", "is", "has"})
NUMBERED = frozenset({"id", "number"})


def claims(headers: list[str], profiles: list[Profile]) -> list[Claim]:
    """The claims of headers without the word that they share, and of a number of the record in the first column.

    Where most of those fields stand in the table by their own names too, the shared word is somebody else's: "Name L",
    "Street L" of a second address.
    """
    shorter = without_shared(headers)
    plain = {meaning.field for header in headers for meaning in meanings(header) if not meaning.is_hint}
    told = {meaning.field for header in shorter.values() for meaning in meanings(header) if meaning.weight >= LESS}
    if len(told) > 1 and len(told & plain) > len(told) / 2:
        return first_number(headers, profiles)
    found = [
        claim(column, meaning, profiles[column]) for column, header in shorter.items() for meaning in meanings(header)
    ]
    weaker = [Claim(one.column, one.field, one.strength * LESS_SURE, one.group, one.is_hint) for one in found]
    return [one for one in weaker if one.strength > 0] + first_number(headers, profiles)


def without_shared(headers: list[str]) -> dict[int, str]:
    """The headers that say nothing as they stand, without a word that some columns share at one end, by column."""
    spoken = {column: words for column, header in enumerate(headers) if len(words := canonical(header)) > 1}
    firsts, lasts = (Counter(words[end] for words in spoken.values()) for end in (0, -1))
    found = {}
    for column, words in spoken.items():
        if is_known(headers[column]) or meanings(headers[column]):
            continue
        if firsts[words[0]] >= SHARED and is_mute(words[0]):
            found[column] = " ".join(words[1:])
        elif lasts[words[-1]] >= SHARED and is_mute(words[-1]):
            found[column] = " ".join(words[:-1])
    return found


def is_mute(word: str) -> bool:
    """Whether a word only says of which things several columns are."""
    if word in SELLERS:
        return True
    return len(word) > 2 and word.isalpha() and word not in short_words() | OTHER_PEOPLE | STOP_WORDS | OF_TIMES


def first_number(headers: list[str], profiles: list[Profile]) -> list[Claim]:
    """The first column is the number in the other system where its header begins or ends with "ID" and no two values are alike."""
    if not headers:
        return []
    words, profile = canonical(headers[0]), profiles[0]
    other = words[-1] if NUMBERED & set(words[:1]) else words[0] if words else ""
    if not NUMBERED & {*words[:1], *words[-1:]} or not 1 < len(words) < 4 or any(map(is_known, (headers[0], other))):
        return []
    return [Claim(0, "external_id", 0.6, is_hint=True)] if profile.count > 1 and profile.distinct == 1 else []
