"""Which number does a cell hold, whoever's commas and dots it is written with?"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext_noop

from leads.importing.values.answers import is_blank
from leads.importing.values.parsed import NOTHING, Parsed
from leads.problems import Problem

CURRENCY = re.compile(
    r"€|\$|£|¥|\b(?:eur|euros?|usd|gbp|chf|sek|nok|dkk|pln|us)\b\$?|\bdollars?\b|,-{1,2}$|%$|\bfte\b|\.-{1,2}$"
)
SCALES = {
    "k": 10**3, "t": 10**3, "duizend": 10**3, "thousand": 10**3, "tausend": 10**3, "mille": 10**3, "tsd": 10**3, "dzd": 10**3,
    "m": 10**6, "mln": 10**6, "mio": 10**6, "mn": 10**6, "mm": 10**6, "miljoen": 10**6, "million": 10**6, "millions": 10**6,
    "millionen": 10**6, "mrd": 10**9, "mld": 10**9, "miljard": 10**9, "milliarde": 10**9, "milliarden": 10**9, "milliard": 10**9,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
NUMBER = re.compile(r"([+-])?(\d[\d.,' \u00a0\u202f\u2019]*)(?:e([+-]?\d{1,2}))?")
SCALED = re.compile(r"(.*?\d)\s*([a-z]{1,10})\.?")
GAPS = str.maketrans("", "", "' \u00a0\u202f\u2019")
DECIMAL_MARK = re.compile(r"\d([.,])(?:\d{1,2}|\d{4,})(?:\D|$)")
TWO_MARKS = re.compile(r"[.,]\d{3}([.,])\d")

RANGE = re.compile(
    r"(\d[\d.,' ]*?k?)\s*(?:-|\u2013|\u2014|t/m|tot en met|tot|to|bis|à|a|and|en|und|et|through|/)\s*(\d[\d.,' ]*k?)\+?"
)
AROUND = re.compile(
    r"\b(?:ca|circa|ongeveer|approx|approximately|about|around|rond|ruim|over|more than|meer dan|plus de|mehr als|minimaal|min|at "
    r"least|tussen|between|entre|zwischen|from|van|von|de|etwa|rund|environ|employees|employee|medewerkers?|werknemers?|personen|people|"
    r"staff|fte'?s?|mitarbeiter|employés|salariés|personeel|man|pers)\b\.?|[±~≈>≥+]"
)
FEWER = re.compile(
    r"^\s*(?:<|≤|less than|fewer than|under|minder dan|onder|tot|up to|bis|moins de|weniger als|max|maximaal)\.?\s*(\d.*)$"
)
ALONE = frozenset(
    {
        "zzp",
        "zzp'er",
        "zzper",
        "self-employed",
        "self employed",
        "freelance",
        "freelancer",
        "eenmanszaak",
        "sole trader",
    }
)
MADE_A_DATE = re.compile(
    r"\d{1,2}[- ](?:jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)[a-z]*\.?|"
    r"(?:jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)[a-z]*\.?[- ]\d{2,4}"
)

LONGEST = 100

NO_NUMBER = gettext_noop("“%(raw)s” is not a number.")
IS_A_DATE = gettext_noop("A spreadsheet has made a date of a range: “%(raw)s”. Type it again as text.")


def parse_number(raw: str, decimal_mark: str | None = None) -> Parsed[Decimal]:
    """The number in a cell, currency and scale ("k", "mln") included.

    Without a `decimal_mark` ("," or "."), the last of two different marks is it; a lone mark before exactly three
    digits parts thousands.
    """
    text = raw.strip()
    if len(text) > LONGEST:
        return Parsed(problem=Problem(NO_NUMBER, {"raw": text[:40]}))
    if text.isascii() and text.isdigit():
        return Parsed(Decimal(text))
    return worded_number(text, decimal_mark)


@lru_cache(maxsize=1 << 14)
def worded_number(text: str, decimal_mark: str | None) -> Parsed[Decimal]:
    """The number in a stripped cell that is more than digits."""
    if is_blank(text):
        return NOTHING
    found = number_in(text, decimal_mark)
    return Parsed(found) if found is not None else Parsed(problem=Problem(NO_NUMBER, {"raw": text[:40]}))


def number_in(text: str, decimal_mark: str | None) -> Decimal | None:
    """The number in a text that may say its currency, its scale and its sign behind."""
    text = CURRENCY.sub("", text.lower()).strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1].strip()}"
    elif text.endswith("-"):
        text = f"-{text[:-1].strip()}"
    scaled = SCALED.fullmatch(text)
    factor = SCALES.get(scaled[2]) if scaled else 1
    if factor is None:
        return None
    match = NUMBER.fullmatch(scaled[1] if scaled else text.replace("- ", "-"))
    if not match:
        return None
    plain = plain_digits(match[2].translate(GAPS), "," if decimal_mark is None and factor > 1 else decimal_mark)
    if plain is None:
        return None
    return Decimal(f"{match[1] or ''}{plain}e{match[3] or 0}") * factor


def plain_digits(digits: str, decimal_mark: str | None) -> str | None:
    """Digits with at most a dot for their decimals; None where the marks make no sense."""
    mark = decimal_mark_of(digits, decimal_mark)
    whole, _, part = digits.rpartition(mark) if mark else (digits, "", "")
    groups = re.split(r"[.,]", whole)
    is_grouped = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) <= (3 if groups[1:] else 99)
    if not is_grouped or (part and not part.isdigit()):
        return None
    return f"{''.join(groups)}.{part}" if part else "".join(groups)


def decimal_mark_of(digits: str, told: str | None) -> str | None:
    """Which mark parts the decimals from the rest, if any does."""
    marks = [letter for letter in digits if letter in ".,"]
    if not marks:
        return None
    if len(set(marks)) == 2:
        return marks[-1]
    whole, _, part = digits.rpartition(marks[-1])
    if len(marks) > 1 or (len(part) == 3 and told != marks[-1] and 1 <= len(whole) <= 3 and whole != "0"):
        return None
    return marks[-1]


def detect_decimal_mark(samples: Iterable[str]) -> str | None:
    """The mark that parts the decimals in a column: "," or "."; None when nothing in it tells."""
    votes = {",": 0, ".": 0}
    for sample in samples:
        if len(sample) > LONGEST:
            continue
        text = CURRENCY.sub("", sample.strip().lower()).strip()
        match = TWO_MARKS.search(text) or DECIMAL_MARK.search(text)
        if match:
            votes[match[1]] += 1
    if votes[","] == votes["."]:
        return None
    return max(votes, key=lambda mark: votes[mark])


def parse_employees(raw: str) -> Parsed[int]:
    """How many people work somewhere: a number, or the middle of a range, halves rounded up."""
    text = raw.strip()
    if len(text) > LONGEST:
        return Parsed(problem=Problem(NO_NUMBER, {"raw": text[:40]}))
    return Parsed(int(text)) if text.isascii() and text.isdigit() else worded_employees(text)


@lru_cache(maxsize=1 << 14)
def worded_employees(raw: str) -> Parsed[int]:
    """How many people a stripped cell speaks of that is more than digits."""
    text = raw.casefold()
    if is_blank(text):
        return NOTHING
    if text in ALONE:
        return Parsed(1)
    if MADE_A_DATE.fullmatch(text):
        return Parsed(problem=Problem(IS_A_DATE, {"raw": raw[:40]}))
    found = employees_in(text)
    return Parsed(found) if found is not None else Parsed(problem=Problem(NO_NUMBER, {"raw": raw[:40]}))


def employees_in(text: str) -> int | None:
    """The number of people in words such as "± 800 medewerkers", "51-200 employees", "< 10"."""
    text = re.sub(r"\((?:[^()]*)\)", "", text).strip()
    fewer = FEWER.match(text)
    if fewer:
        most = number_in(AROUND.sub("", fewer[1]).strip(), None)
        return middle(Decimal(1), most - 1 if text[0] == "<" else most) if most else None
    text = AROUND.sub(" ", text).strip()
    both = RANGE.fullmatch(text)
    if both:
        low, high = number_in(both[1].strip(), None), number_in(both[2].strip(), None)
        return middle(low, high) if low is not None and high is not None and low <= high else None
    alone = number_in(text, None)
    return middle(alone, alone) if alone is not None and alone >= 0 else None


def middle(low: Decimal, high: Decimal) -> int:
    """The middle of two numbers as a whole one, halves rounded up."""
    return int(((low + high) / 2).quantize(Decimal(1), ROUND_HALF_UP))
