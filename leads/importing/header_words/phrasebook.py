"""How are the words of a header spelled in the one way that the known phrases are?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leads.importing.header_words.labels import LABELS, NOTHING
from leads.importing.header_words.qualifiers import OTHER_PEOPLE, PERSON_WORDS, STOP_WORDS
from leads.importing.header_words.synonyms import SYNONYMS

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
)
YES_OR_NO = re.compile(r"\b(j/n|y/n|o/n|ja/nee|ja/nein|yes/no|oui/non)\b")
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
    joined = " ".join(NO_LETTER.sub(" ", text).split())
    return respelled(re.sub(r"\be (mail\w*)", r"\1", joined).split())


def respelled(words: Iterable[str]) -> list[str]:
    """Words with each synonym in its canonical spelling, which may be several words."""
    return " ".join(SYNONYMS.get(word, word) for word in words).split()


@cache
def nothings() -> frozenset[str]:
    """The headers that are known to name no field."""
    return frozenset(" ".join(canonical(phrase)) for phrase in NOTHING.split(";"))


def is_nothing(words: list[str]) -> bool:
    """Whether words, numbers apart, are known to name no field."""
    return " ".join(words) in nothings() or " ".join(word for word in words if not word.isdigit()) in nothings()


@lru_cache(maxsize=4096)
def correct(word: str) -> str:
    """The known word that differs by one slip (two in a long word) and begins alike; the word itself when there is none."""
    if len(word) < 4 or word in known_words() or not word.isalpha():
        return word
    near = process.extractOne(word, vocabulary(), scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2)
    if near is None or near[0][0] != word[0] or (len(word) < 6 and sorted(near[0]) != sorted(word)):
        return word
    return near[0]


@cache
def known_words() -> frozenset[str]:
    """Every word of four letters or more that stands in a known phrase or is a synonym of one."""
    words = {word for phrase in phrases() for word in phrase.split()} | set(SYNONYMS) | OTHER_PEOPLE | PERSON_WORDS
    return frozenset(word for word in words if len(word) >= 4 and word.isalpha())


@cache
def vocabulary() -> tuple[str, ...]:
    """The known words in a fixed order, so that a correction never depends on chance."""
    return tuple(sorted(known_words()))
