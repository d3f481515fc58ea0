"""What does a header ask for as a whole sentence, or name among words that nobody knows?"""

from leads.importing.header_words.meaning import Meaning
from leads.importing.header_words.phrasebook import HINT, is_word, phrases, unglued
from leads.importing.header_words.qualifiers import COMPANY_WORDS, OTHER_PEOPLE, PAIRS, SHARING, TELLING

ASKED = frozenset({"email", "phone", "mobile", "website", "postcode", "birth_date"})
"""Fields whose values tell by their shape that they were asked for."""
HEADS = ASKED | {"interest", "notes", "language", "country", "first_name", "last_name", "job_title"}
"""Fields that any words before them may narrow."""
NAMES = frozenset({"full_name", "organisation"})
"""Fields that several last words may name: "Public contact name", but not the one word "name"."""
LONG = frozenset({"interest", "notes"})
"""Fields of which only the last word may be so narrowed: "course name" is not what a golf course is interested in."""
LITTLE = frozenset({"in", "ok", "out", "pas"})
"""Words that give or refuse leave only beside few others."""
OURS = frozenset({"draft", "generated", "outgoing", "outreach", "suggested", "template"})
"""Words of what is said to a person, and not by them."""


def telling(words: list[str], penalty: float) -> list[Meaning]:
    """A word or two that tell enough in a question, whatever stands with them, for the values to bear out."""
    said = set(words)
    if "linkedin" in said and COMPANY_WORDS & said:
        return []
    field = next((field for field, told in TELLING if any(set(one) <= said for one in told)), None)
    return [Meaning(field, HINT - penalty, True)] if field else []


def asked(words: list[str]) -> list[Meaning]:
    """What a whole sentence asks for: leave to write or call, or a field that is named in it."""
    said = set(words)
    if words[:1] == ["assigned"] and len(words) == 2 and not is_word(words[1]):
        return [Meaning("owner", HINT, True)]
    if not words or (OTHER_PEOPLE | OURS) & said or "linkedin" in said:
        return []
    if about := contact_about(words):
        return about
    if len(words) < 3:
        return beside_unknown(words) if len(words) == 2 else compounded(words[0])
    for field, leaves, media in PAIRS:
        if said & leaves - LITTLE and said & media - leaves and not SHARING & said:
            return [Meaning(field, HINT, True)]
    return headed(words) or (named_in(words) if len(words) > 3 else [])


def contact_about(words: list[str]) -> list[Meaning]:
    """Whom to speak to about something: "Contactpersoon activiteit", "Ansprechpartner Technik"."""
    for size in (2, 1):
        named = phrases().get(" ".join(words[:size]), {}) if len(words) > size else {}
        if words[0] != "name" and named.get("full_name", 0.0) > HINT:
            return [Meaning("full_name", HINT, True)]
    return []


def compounded(word: str) -> list[Meaning]:
    """The field that the second half of a compound names: "Besuchsinteressen", "Beursnotitie"."""
    parts = unglued([word])
    return [one for one in headed(parts) if one.field != "website"] if len(parts) > 1 else []


def beside_unknown(words: list[str]) -> list[Meaning]:
    """The field that one of two words names where nobody knows the other: "Case interest", "E-mail DMU"."""
    first, last = words
    if not is_word(first):
        return [one for one in headed(words) if one.field != "website"]
    return [one for one in headed([last, first]) if one.field in ASKED] if not is_word(last) else []


def headed(words: list[str]) -> list[Meaning]:
    """The field that the last words of a compound name: "Beverage category interest", "WPML language code"."""
    for size in range(min(3, len(words) - 1), 0, -1):
        named = phrases().get(" ".join(words[-size:]), {})
        heads = HEADS if size == 1 else (HEADS | NAMES) - LONG
        if found := [Meaning(field, HINT, True) for field, weight in named.items() if field in heads and weight > HINT]:
            return found
    return [Meaning("organisation", HINT - 0.12, True)] if words[-1] == "name" else []


def named_in(words: list[str]) -> list[Meaning]:
    """The field that the longest known phrase in a sentence names, for the values to bear out."""
    for size in range(min(3, len(words) - 1), 0, -1):
        for place in range(len(words) - size + 1):
            named = phrases().get(" ".join(words[place : place + size]), {})
            field = next((field for field, weight in named.items() if field in ASKED and weight > HINT), None)
            if field:
                return [Meaning(field, HINT, True)]
    return []
