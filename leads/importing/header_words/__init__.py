"""What could a column mean, going by the words above it alone?"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leads.importing.header_words.labels import LABELS, NOTHING
from leads.importing.header_words.qualifiers import (
    ADDRESS_WORDS,
    COMPANY_WORDS,
    HOME_WORDS,
    ID_WORDS,
    OTHER_PEOPLE,
    PAIR_FILLERS,
    PAIRS,
    PERSON_WORDS,
    STOP_WORDS,
    WORK_WORDS,
)
from leads.importing.header_words.synonyms import SYNONYMS

SURE, LESS, HINT = 0.92, 0.84, 0.62
MARKS = {"~": HINT, "<": LESS}
BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z])(?=\d)")
NO_LETTER = re.compile(r"[^a-z0-9#]+")
PLACE_FIELDS = frozenset({"street", "house_number", "postcode", "city", "region", "country"})
COMPANY_FIELDS = frozenset({"organisation", "website", "industry", "employees", "revenue"})
OTHER_SCORES = frozenset({"credit", "exam", "test", "satisfaction", "nps", "quality", "risk", "confidence", "math", "reading"})
OWN_WORDS = frozenset({"lead", "contact", "person", "record", "customer", "prospect", "attendee"})
REPEATABLE = PLACE_FIELDS | {"email", "phone", "mobile", "website", "organisation", "job_title"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One field that a header may stand for, how surely, and which of several addresses it belongs to."""

    field: str
    weight: float
    is_hint: bool = False
    group: str = ""


@cache
def phrases() -> dict[str, dict[str, float]]:
    """Every known phrase in canonical words, with the fields that it stands for and how surely."""
    known: dict[str, dict[str, float]] = {}
    for field, listed in LABELS.items():
        for phrase in listed.split(";"):
            text = " ".join(phrase.split())
            fields = known.setdefault(" ".join(canonical(text.lstrip("~<"))), {})
            fields[field] = max(MARKS.get(text[0], SURE), fields.get(field, 0.0))
    return known


@cache
def short_phrases() -> dict[str, str]:
    """The known phrases without their stop words."""
    return {" ".join(words): phrase for phrase in phrases() if (words := without_stops(phrase.split()))}


def without_stops(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]


def plain(text: str) -> str:
    """Lower case, without accents."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("№", " nr ").replace("n°", "nr ").replace("N°", "nr "))
    return "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()


def canonical(header: str) -> list[str]:
    """The words of a header, each in the one spelling that the lexicon uses."""
    text = plain(CAMEL.sub(" ", header)).replace("'s", "s").replace("’s", "s").replace("#", " number ").replace("@", " email ")
    words = NO_LETTER.sub(" ", text).split()
    joined = " ".join(words)
    joined = re.sub(r"\be (mail\w*)", r"\1", joined)
    joined = re.sub(r"\bopt (in|out)\b", r"opt \1", joined)
    return " ".join(SYNONYMS.get(word, word) for word in joined.split()).split()


@lru_cache(maxsize=4096)
def meanings(header: str) -> tuple[Meaning, ...]:
    """The fields that a header may stand for, the likeliest first; none for words that mean nothing to a lead."""
    found: dict[str, Meaning] = {}
    for text, penalty in spellings(header):
        for meaning in read(canonical(text), penalty) or read(canonical(text.lower()), penalty):
            if meaning.field not in found or found[meaning.field].weight < meaning.weight:
                found[meaning.field] = meaning
        if found:
            break
    return tuple(sorted(found.values(), key=lambda meaning: -meaning.weight))


def spellings(header: str) -> list[tuple[str, float]]:
    """The header whole, and then without what stands in brackets or after a prefix."""
    header = header.strip().strip("*:?.! ")
    spelled = [(header, 0.0), (BRACKETS.sub(" ", header), 0.02)]
    parts = re.split(r"[:.>/|]|\s-\s|__", BRACKETS.sub(" ", header))
    last = next((part for part in reversed(parts) if part.strip()), "")
    if len(parts) > 1 and last.strip():
        spelled.append((last, 0.08))
        spelled.append((parts[0], 0.12))
    return [(text, penalty) for text, penalty in spelled if text.strip()]


def read(words: list[str], penalty: float) -> list[Meaning]:
    """Look the words up whole, without stop words, without qualifiers, and last with a typing error in them."""
    if not words:
        return []
    if " ".join(words) in nothings():
        return []
    return look_up(words, penalty) or qualified(words, penalty) or paired(words, penalty) or numbered(words, penalty) or scored(words, penalty) or misspelled(words, penalty)


@cache
def nothings() -> frozenset[str]:
    """The headers that are known to name no field."""
    return frozenset(" ".join(canonical(phrase.strip())) for phrase in NOTHING.split(";"))


def paired(words: list[str], penalty: float) -> list[Meaning]:
    """Leave given or refused, and the medium that it is about, in any order."""
    rest = set(without_stops(words)) - PAIR_FILLERS
    for field, leaves, media in PAIRS:
        if rest & leaves and set(words) & media and rest <= leaves | media | PERSON_WORDS:
            return [Meaning(field, SURE - 0.1 - penalty)]
    return []


def numbered(words: list[str], penalty: float) -> list[Meaning]:
    """The record's own number: "code client", "apollo contact id"."""
    others = [word for word in without_stops(words) if word not in ID_WORDS]
    if len(others) == len(words) or not 0 < len(others) < 4 or OTHER_PEOPLE & set(others):
        return []
    if all(word in PERSON_WORDS for word in others):
        return [Meaning("external_id", SURE - 0.05 - penalty)]
    own = words[-1] in ID_WORDS and words[-2] in OWN_WORDS
    return [Meaning("external_id", SURE - 0.15 - penalty)] if own and not COMPANY_WORDS & set(others) else []


def look_up(words: list[str], penalty: float, group: str = "") -> list[Meaning]:
    phrase = " ".join(words)
    entries = phrases().get(phrase)
    if entries is None:
        shorter = " ".join(without_stops(words))
        entries = phrases().get(shorter) or phrases().get(short_phrases().get(shorter, ""))
    return [Meaning(field, weight - penalty, weight == HINT, group) for field, weight in (entries or {}).items()]


def qualified(words: list[str], penalty: float) -> list[Meaning]:
    """Read a header of qualifiers ("billing", "company", "contact", "2") and a phrase that is known."""
    rest, group, cost, kinds = list(words), "", penalty, set()
    while len(rest) > 1:
        place = next((place for place in qualifying_places(rest) if qualifier(rest[place])), None)
        if place is None:
            return []
        word = rest.pop(place)
        kind, price, name = qualifier(word) or ("", 0.0, "")
        kinds.add(kind)
        cost, group = cost + price, group or name
        if kind == "other person":
            return []
        if found := look_up(rest, cost, group):
            return [meaning for meaning in found if fits(meaning, kinds)]
    return []


def qualifying_places(words: list[str]) -> list[int]:
    """Where a qualifier can stand: first, last, or, a number, anywhere."""
    return [place for place, word in enumerate(words) if word.isdigit()] + [0, len(words) - 1]


def fits(meaning: Meaning, kinds: set[str]) -> bool:
    """Whether a field can carry the qualifiers that stood with it."""
    if "again" in kinds and meaning.field not in REPEATABLE:
        return False
    if "address" in kinds and meaning.field not in PLACE_FIELDS | {"phone", "email", "organisation", "full_name", "first_name", "last_name", "mobile"}:
        return False
    if "company" in kinds and meaning.field in {"full_name", "first_name", "last_name", "job_title", "birth_date", "salutation", "department"}:
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
    if word in PERSON_WORDS:
        return ("person", 0.01, "")
    if word in WORK_WORDS:
        return ("work", 0.02, "work")
    if word in COMPANY_WORDS:
        return ("company", 0.05, "work" if word == "business" else "company")
    if word in HOME_WORDS:
        return ("home", 0.14, "home")
    if word.isdigit() and len(word) < 3:
        return ("number", 0.01, "") if word == "1" else ("again", 0.25 + 0.01 * min(int(word), 9), f"again{word}")
    return None


def scored(words: list[str], penalty: float) -> list[Meaning]:
    """Some score, which the values must bear out."""
    return [Meaning("score", HINT - penalty, True)] if len(words) == 2 and words[1] == "score" and words[0] not in OTHER_SCORES else []


def misspelled(words: list[str], penalty: float) -> list[Meaning]:
    """Read the words again with slips of the finger put right."""
    corrected = " ".join(SYNONYMS.get(word, word) for word in map(correct, words)).split()
    if corrected == words:
        return []
    found = look_up(corrected, penalty + 0.15) or qualified(corrected, penalty + 0.15)
    return [meaning for meaning in found if not meaning.is_hint]


@lru_cache(maxsize=4096)
def correct(word: str) -> str:
    """The known word that differs by one slip (two in a long word) and begins alike; the word itself when there is none."""
    if len(word) < 4 or word in vocabulary() or not word.isalpha():
        return word
    near = process.extractOne(word, tuple(vocabulary()), scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2)
    if near is None or near[0][0] != word[0] or (len(word) < 6 and sorted(near[0]) != sorted(word)):
        return word
    return near[0]


@cache
def vocabulary() -> dict[str, None]:
    """Every word of four letters or more that stands in a known phrase or is a synonym of one."""
    words = {word for phrase in phrases() for word in phrase.split()} | set(SYNONYMS) | OTHER_PEOPLE | PERSON_WORDS
    return dict.fromkeys(sorted(word for word in words if len(word) >= 4 and word.isalpha()))


@lru_cache(maxsize=4096)
def is_known(header: str) -> bool:
    """Whether a cell holds words that stand above columns."""
    return len(header) < 80 and (bool(meanings(header)) or " ".join(canonical(header)) in nothings())


def weight(header: str) -> float:
    """How surely a header names a field of a lead."""
    return max((meaning.weight for meaning in meanings(header)), default=0.0)
