"""What could a column mean, going by the words above it alone?"""

import re
from functools import lru_cache

from leads.importing.header_words.meaning import Meaning
from leads.importing.header_words.phrasebook import (
    HINT,
    LESS,
    SURE,
    canonical,
    completed,
    correct,
    is_nothing,
    phrases,
    plain,
    respelled,
    short_phrases,
    turned,
    unglued,
    without_stops,
)
from leads.importing.header_words.qualifiers import (
    ADDRESS_WORDS,
    COMPANY_WORDS,
    COUNTING,
    HOME_WORDS,
    ID_WORDS,
    KINDS,
    MADE_WORDS,
    OTHER_PEOPLE,
    PAIR_FILLERS,
    PAIRS,
    PERSON_WORDS,
    RECORD_WORDS,
    ROLES,
    SCHEMES,
    WORDED,
    WORK_WORDS,
)
from leads.importing.header_words.sentences import asked, telling

__all__ = ["PLACE_FIELDS", "Meaning", "is_known", "meanings", "weight"]

LONGEST_KNOWN = 80
ABRIDGED = re.compile(r"\b([a-z]{3,})\.(?=\W|$)")
BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")
PART_OF_NAME = re.compile(r"([^()]+)\(([^()]+)\)")
"""A header as forms write it: "Name (First)"."""
OFFICES = frozenset({"bureau", "office"})
"""Words of where a person works that name an organisation too."""
PARTS = frozenset({"first_name", "last_name", "infix", "initials"})
PLACE_FIELDS = frozenset({"street", "house_number", "postcode", "city", "region", "country"})
COMPANY_FIELDS = frozenset({"organisation", "website", "industry", "employees", "revenue"})
OTHER_SCORES = frozenset(
    {"credit", "exam", "test", "satisfaction", "nps", "quality", "risk", "confidence", "math", "reading"}
)
OWN_WORDS = frozenset({"lead", "contact", "person", "record", "customer", "prospect", "attendee"})
PERSONAL = frozenset(
    {"full_name", "first_name", "last_name", "job_title", "birth_date", "salutation", "department", "interest"}
)
ADDRESSED = PLACE_FIELDS | {
    "employees",
    "revenue",
    "phone",
    "mobile",
    "email",
    "organisation",
    "full_name",
    "first_name",
    "last_name",
}
LONGEST = 500
"""Letters of a header that are read: more than any question that a form asks."""
UNCOUNTED = PLACE_FIELDS | {
    "external_id",
    "email",
    "phone",
    "mobile",
    "website",
    "organisation",
    "lead_status",
    "notes",
}
"""Fields that hold no number of things."""
OF_A_TABLE = re.compile(r"_ids?/\w+$")
YEAR = re.compile(r"20[0-4]\d")
BY_YEAR = frozenset({"employees", "revenue"})
"""Fields of which a year may be said."""
WHOSE_ADDRESS = COMPANY_WORDS | PERSON_WORDS | WORK_WORDS | ADDRESS_WORDS.keys()
REPEATABLE = PLACE_FIELDS | {"email", "phone", "mobile", "website", "organisation", "job_title"}


@lru_cache(maxsize=4096)
def meanings(header: str) -> tuple[Meaning, ...]:
    """The fields that a header may stand for, the likeliest first; none for words that mean nothing to a lead."""
    header = header[:LONGEST]
    found = all_meanings(header)
    return tuple(one for one in found if one.field not in UNCOUNTED) if counts(canonical(header)) else found


def all_meanings(header: str) -> tuple[Meaning, ...]:
    """The fields that a header may stand for, also those that nothing is counted in."""
    if both := either(header):
        return both
    for text, penalty in spellings(header):
        words = canonical(text)
        if is_nothing(words):
            return ()
        if found := read(words, penalty) or read(canonical(text.lower()), penalty):
            return tuple(sorted(found, key=lambda meaning: -meaning.weight))
    return tuple(read(canonical(unabridged(header)), 0.15) or asked(canonical(header.lower())))


def either(header: str) -> tuple[Meaning, ...]:
    """What the two sides of a slash mean where only each by itself says something: "PLZ/Straße"."""
    sides = [canonical(side) for side in header.split("/")]
    if len(sides) != 2 or "_" in header or exactly(canonical(header), 0.0) or any(map(is_nothing, sides)):
        return ()
    first, last = (exactly(side, penalty) for side, penalty in zip(sides, (0.08, 0.12), strict=True))
    found = [*first, *(one for one in last if one.field not in {other.field for other in first})]
    return tuple(sorted(found, key=lambda meaning: -meaning.weight)) if first and last else ()


def unabridged(header: str) -> str:
    """The header with words that a full stop cuts short written out: "Voorn.", "Mobilfunk-Nr. Ansprechp."."""
    return ABRIDGED.sub(lambda cut: completed(cut[1]) or cut[0], plain(header))


def spellings(header: str) -> list[tuple[str, float]]:
    """The header whole, and then without what stands in brackets or after a prefix; "user_id/name" is the user."""
    header = OF_A_TABLE.sub("", header.strip().strip("*:?.! "))
    spelled = [(header, 0.0), (BRACKETS.sub(" ", header), 0.02)]
    if (part := PART_OF_NAME.fullmatch(header)) and canonical(part[1]) == ["name"] and is_part_of_name(part[2]):
        spelled.insert(0, (part[2], 0.0))
    parts = re.split(r"[:.>/|]|\s-\s|__", BRACKETS.sub(" ", header))
    last = next((part for part in reversed(parts) if part.strip()), "")
    if len(parts) > 1 and last.strip():
        spelled.append((last, 0.08))
        spelled.append((parts[0], 0.12))
    return [(text, penalty) for text, penalty in spelled if text.strip()]


def is_part_of_name(text: str) -> bool:
    """Whether words name a part of a person's name: "First", "Voornaam", "Last"."""
    return bool(PARTS & phrases().get(" ".join(canonical(text)), {}).keys())


def read(words: list[str], penalty: float) -> list[Meaning]:
    """Look the words up whole, without stop words, without qualifiers, taken apart, and last with a typing error in them."""
    return exactly(words, penalty) or otherwise(words, penalty) or misspelled(words, penalty)


def counts(words: list[str]) -> bool:
    """Whether words say how many of something there are: "No. of PCs" is not a postcode."""
    return any(tuple(words[: len(start)]) == start for start in COUNTING)


def otherwise(words: list[str], penalty: float) -> list[Meaning]:
    """Look the words up with each said once, with glued ones taken apart, and by one telling word among them."""
    for respelling in (list(dict.fromkeys(words)), unglued(words)):
        if respelling != words and (found := exactly(respelling, penalty + 0.05)):
            return found
    return look_up(turned(words), penalty + 0.05) or telling(words, penalty)


def exactly(words: list[str], penalty: float) -> list[Meaning]:
    """Look the words up as they are spelled."""
    if not words:
        return []
    return (
        look_up(words, penalty)
        or qualified(words, penalty)
        or (qualified(shorter, penalty + 0.03) if (shorter := without_stops(words)) != words else [])
        or paired(words, penalty)
        or numbered(words, penalty)
        or scored(words, penalty)
        or alone(words, penalty)
        or listed(words, penalty)
    )


def alone(words: list[str], penalty: float) -> list[Meaning]:
    """A role or a kind of organisation alone, above the names of those who have it: "Vorsitzende/r", "Fahrschule"."""
    if len(words) != 1:
        return []
    field = "full_name" if words[0] in ROLES else "organisation" if words[0] in KINDS else None
    return [Meaning(field, HINT - penalty, True)] if field else []


def listed(words: list[str], penalty: float) -> list[Meaning]:
    """What a company does in the words of an official list: "WZ-Text", "SIC2007 Desc"."""
    said = set(words)
    return [Meaning("industry", LESS - penalty)] if SCHEMES & said and WORDED & said else []


def paired(words: list[str], penalty: float) -> list[Meaning]:
    """Leave given or refused, and the medium that it is about, in any order."""
    rest = set(without_stops(words)) - PAIR_FILLERS
    for field, leaves, media in PAIRS:
        if rest & leaves and set(words) & media and rest <= leaves | media | PERSON_WORDS:
            return [Meaning(field, SURE - 0.1 - penalty)]
    return []


def numbered(words: list[str], penalty: float) -> list[Meaning]:
    """The record's own number: "code client", "apollo contact id"."""
    others = [word for word in without_stops(words) if word not in ID_WORDS and len(word) > 1]
    if not ID_WORDS & set(words) or not 0 < len(others) < 4 or OTHER_PEOPLE & set(others):
        return []
    if all(word in PERSON_WORDS | RECORD_WORDS for word in others):
        return [Meaning("external_id", SURE - 0.05 - penalty)]
    own = words[-1] in ID_WORDS and words[-2] in OWN_WORDS
    return [Meaning("external_id", SURE - 0.15 - penalty)] if own and not COMPANY_WORDS & set(others) else []


def look_up(words: list[str], penalty: float, group: str = "") -> list[Meaning]:
    phrase = " ".join(words)
    entries = phrases().get(phrase)
    if entries is None:
        shorter = " ".join(without_stops(words))
        entries = phrases().get(shorter) or phrases().get(short_phrases().get(shorter, ""))
    meanings = (entries or {}).items()
    return [
        Meaning(field, weight - penalty, weight == HINT, group or group_of(field, words)) for field, weight in meanings
    ]


def group_of(field: str, words: list[str]) -> str:
    """The company, where a number is said to be the company's."""
    return "company" if field == "external_id" and "company" in words else ""


def qualified(words: list[str], penalty: float) -> list[Meaning]:
    """Read a header of qualifiers ("billing", "company", "contact", "2") and a phrase that is known."""
    if is_address_of(without_stops(words)):
        which = next((word for word in words if word in ADDRESS_WORDS), "")
        return look_up(["address"], penalty + 0.05 + ADDRESS_WORDS.get(which, 0.0), which)
    return stripped(words, penalty, (0, -1)) or stripped(words, penalty, (-1, 0))


def stripped(words: list[str], penalty: float, ends: tuple[int, int]) -> list[Meaning]:
    """Take qualifiers off, from one end before the other, until a phrase that is known is left."""
    rest, group, cost, kinds = list(words), "", penalty, set()
    while len(rest) > 1:
        place = next((place for place in qualifying_places(rest, ends) if qualifier(rest[place])), None)
        if place is None:
            return []
        word = rest.pop(place)
        kind, price, name = qualifier(word) or ("", 0.0, "")
        kinds.add(kind)
        cost, group = cost + price, group or name
        if kind == "other person":
            return [meaning for meaning in look_up(rest, penalty + 0.1) if meaning.field == "notes"]
        if rest in (["first"], ["last"]):
            return [Meaning(f"{rest[0]}_name", SURE - cost)] if place == 0 and kinds == {"person"} else []
        if rest == ["name"] and kinds & {"person", "company"}:
            return [Meaning("full_name" if "person" in kinds else "organisation", SURE - cost)]
        if rest in (["name"], ["nom"]) and (kinds == {"company"} or word in OFFICES):
            return [Meaning("organisation", SURE - cost)]
        if found := look_up(rest, cost, group):
            return [meaning for meaning in found if fits(meaning, kinds)]
    return []


def is_address_of(words: list[str]) -> bool:
    """Whether words say whose address it is after the address: "Adres bedrijf", "Adresse de l'entreprise"."""
    return words[:1] == ["address"] and len(words) > 1 and set(words[1:]) <= WHOSE_ADDRESS


def qualifying_places(words: list[str], ends: tuple[int, int]) -> list[int]:
    """Where a qualifier can stand: first, last, or, a number, anywhere."""
    return [place for place, word in enumerate(words) if word.isdigit()] + [end % len(words) for end in ends]


def fits(meaning: Meaning, kinds: set[str]) -> bool:
    """Whether a field can carry the qualifiers that stood with it."""
    if "again" in kinds and meaning.field not in REPEATABLE:
        return False
    if "year" in kinds and meaning.field not in BY_YEAR:
        return False
    if "address" in kinds and meaning.field not in ADDRESSED:
        return False
    if "company" in kinds and (meaning.field in PERSONAL or (meaning.field == "external_id" and meaning.is_hint)):
        return False
    return "person" not in kinds or meaning.field not in COMPANY_FIELDS or not meaning.is_hint


def qualifier(word: str) -> tuple[str, float, str] | None:
    """What a qualifying word is, what it costs in certainty, and the group of columns that it names."""
    if word in OTHER_PEOPLE:
        return ("other person", 1.0, "")
    if word in ADDRESS_WORDS:
        return ("address", ADDRESS_WORDS[word], word)
    if word == "address":
        return ("address", 0.01, "")
    if word in MADE_WORDS:
        return ("made", 0.02, "")
    if word in PERSON_WORDS:
        return ("person", 0.01, "")
    if word in WORK_WORDS:
        return ("work", 0.02, "work")
    if word in COMPANY_WORDS:
        return ("company", 0.05, "work" if word == "business" else "company")
    if word in HOME_WORDS:
        return ("home", 0.14, "home")
    return numeral(word) if word.isdigit() else None


def numeral(word: str) -> tuple[str, float, str] | None:
    """What a number qualifies: the year of a figure, or which of several columns."""
    if YEAR.fullmatch(word):
        return ("year", 0.04, "")
    if len(word) > 2:
        return None
    return ("number", 0.01, "") if word == "1" else ("again", 0.25 + 0.01 * min(int(word), 9), f"again{word}")


def scored(words: list[str], penalty: float) -> list[Meaning]:
    """Some score, which the values must bear out."""
    if len(words) != 2 or words[1] != "score" or words[0] in OTHER_SCORES:
        return []
    return [Meaning("score", HINT - penalty, True)]


def misspelled(words: list[str], penalty: float) -> list[Meaning]:
    """Read the words again with slips of the finger put right."""
    corrected = respelled(map(correct, words))
    if corrected == words:
        return []
    found = look_up(corrected, penalty + 0.15) or qualified(without_stops(corrected), penalty + 0.15)
    return [meaning for meaning in found if not meaning.is_hint]


@lru_cache(maxsize=4096)
def is_known(header: str) -> bool:
    """Whether a cell holds words that stand above columns, spelled without errors."""
    if len(header) >= LONGEST_KNOWN:
        return False
    readings = (canonical(text) for text, _penalty in spellings(header))
    return any(is_nothing(words) or bool(exactly(words, 0.0)) for words in readings)


def weight(header: str) -> float:
    """How surely a header names a field of a lead."""
    return max((meaning.weight for meaning in meanings(header)), default=0.0)
