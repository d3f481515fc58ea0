"""How are the words of a header spelled in the one way that the known phrases are?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leads.importing.header_words.labels import LABELS, NOTHING
from leads.importing.header_words.qualifiers import (
    ADDRESS_WORDS,
    CALLING,
    COMPANY_WORDS,
    HOME_WORDS,
    MADE_WORDS,
    MAILING,
    OTHER_PEOPLE,
    PERSON_WORDS,
    REFUSING,
    STOP_WORDS,
    WORK_WORDS,
)
from leads.importing.header_words.synonyms import SYNONYMS

QUALIFYING = OTHER_PEOPLE | PERSON_WORDS | COMPANY_WORDS | WORK_WORDS | HOME_WORDS | MADE_WORDS | set(ADDRESS_WORDS)
SURE, LESS, HINT = 0.92, 0.84, 0.62
MARKS = {"~": HINT, "<": LESS}
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z])(?=\d)")
SIGNS = (
    ("ß", "ss"),
    ("ø", "o"),
    ("№", " nr "),
    ("n°", "nr "),
    ("N°", "nr "),
    ("'s", "s"),
    ("\u2019s", "s"),
    ("#", " number "),
    ("@", " email "),
    *((sign, " phone ") for sign in "☎☏✆📞📱"),
    *((sign, " email ") for sign in "✉📧📨"),
)
YES_OR_NO = re.compile(r"\b(j/n|y/n|o/n|ja/nee|ja/nein|yes/no|oui/non)\b")
OF_EITHER_GENDER = re.compile(r"(?<=[a-z]{4})[/:*](innen|in|r)\b")
"""Endings that name women too: "Ansprechpartner/in", "Vorsitzende/r"."""
TURNING = frozenset({"of", "van", "from"})
ISO_CODE = re.compile(r"\biso[ -]?(alpha[ -]?)?[23]\b")
NO_LETTER = re.compile(r"[^a-z0-9#]+")


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


@cache
def turned_phrases() -> dict[tuple[str, ...], str]:
    """The known phrases of two words and more by their words in alphabetical order, but for mere hints."""
    sure = (phrase for phrase, fields in phrases().items() if max(fields.values()) > HINT)
    return {tuple(sorted(words)): phrase for phrase in sure if len(words := without_stops(phrase.split())) > 1}


def turned(words: list[str]) -> list[str]:
    """The words of the known phrase that has the same words in another order: "name of event"."""
    spoken = sorted(word for word in without_stops(words) if word not in TURNING)
    return turned_phrases().get(tuple(spoken), "").split()


def without_stops(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]


def plain(text: str) -> str:
    """Lower case, without accents."""
    for sign, letters in SIGNS:
        text = text.replace(sign, letters)
    text = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()


def canonical(header: str) -> list[str]:
    """The words of a header, each in the one spelling that the lexicon uses."""
    text = YES_OR_NO.sub(" ", plain(CAMEL.sub(" ", header)))
    text = OF_EITHER_GENDER.sub("", ISO_CODE.sub("iso", text))
    joined = " ".join(NO_LETTER.sub(" ", text).split())
    return respelled(re.sub(r"\be (mail\w*)", r"\1", joined).split())


def respelled(words: Iterable[str]) -> list[str]:
    """Words with each synonym in its canonical spelling, which may be several words."""
    return " ".join(SYNONYMS.get(word, word) for word in words).split()


@cache
def nothings() -> frozenset[str]:
    """The headers that are known to name no field."""
    return frozenset(" ".join(canonical(phrase)) for phrase in NOTHING.split(";"))


@cache
def words_of_nothing() -> frozenset[str]:
    """The words of the headers that are known to name no field."""
    return frozenset(word for header in nothings() for word in header.split())


def is_nothing(words: list[str]) -> bool:
    """Whether words, numbers apart, are known to name no field."""
    return " ".join(words) in nothings() or " ".join(word for word in words if not word.isdigit()) in nothings()


def is_word(word: str) -> bool:
    """Whether a word is one of those that stand above columns, with whatever meaning."""
    return word in short_words() | PERSON_WORDS | STOP_WORDS | words_of_nothing() or len(word) < 2


@lru_cache(maxsize=4096)
def correct(word: str) -> str:
    """The known word that differs by one slip (two in a long word) and begins alike; the word itself when there is none."""
    if len(word) < 4 or word in known_words() or not word.isalpha():
        return word
    near = process.extractOne(word, vocabulary(), scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2)
    if near is None or near[0][0] != word[0] or (len(word) < 6 and sorted(near[0]) != sorted(word)):
        return word
    return near[0]


@lru_cache(maxsize=4096)
def completed(beginning: str) -> str:
    """The known word that begins so, where all that do name the same fields; nothing where they do not."""
    longer = [word for word in vocabulary() if word.startswith(beginning) and len(word) > len(beginning)]
    named = {word: frozenset(phrases().get(SYNONYMS.get(word, word), {})) for word in longer}
    telling = {fields for fields in named.values() if fields}
    return min((word for word, fields in named.items() if fields), key=len) if len(telling) == 1 else ""


def unglued(words: Iterable[str]) -> list[str]:
    """Words with each unknown one that consists of two known ones taken apart: "leadid", "badgenr"."""
    return respelled(part for word in words for part in halves(word))


@lru_cache(maxsize=4096)
def halves(word: str) -> tuple[str, ...]:
    """The two known words that a word consists of, the first as long as can be; the word alone where it does not."""
    known = short_words()
    if len(word) < 5 or word in known or not word.isalpha():
        return (word,)
    for place in range(len(word) - 2, 1, -1):
        if word[:place] in known and (rest := without_joint(word[place:], known)) in known:
            return word[:place], rest
    return (word,)


def without_joint(rest: str, known: frozenset[str]) -> str:
    """The second half of a word without the s that joins it to the first: "personeelsklasse"."""
    return rest[1:] if rest not in known and rest.startswith("s") else rest


@cache
def short_words() -> frozenset[str]:
    """Every word of three letters or more that is known, and what numbers are called."""
    words = known_words() | {word for phrase in phrases() for word in phrase.split()} | REFUSING | CALLING | MAILING
    return frozenset(word for word in words | set(SYNONYMS) if len(word) >= 3 and word.isalpha()) | {"id", "nr", "no"}


@cache
def known_words() -> frozenset[str]:
    """Every word of four letters or more that stands in a known phrase or is a synonym of one."""
    words = {word for phrase in phrases() for word in phrase.split()} | set(SYNONYMS) | QUALIFYING
    return frozenset(word for word in words if len(word) >= 4 and word.isalpha())


@cache
def vocabulary() -> tuple[str, ...]:
    """The known words in a fixed order, so that a correction never depends on chance."""
    return tuple(sorted(known_words()))
