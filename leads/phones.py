"""Which telephone number is meant, in the form that the world agrees on (E.164)?

Most numbers are decided by the patterns of the numbering plans alone; what they cannot decide goes to the slow,
patient reader of the phonenumbers library.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from django.utils.translation import gettext_noop
from phonenumbers import PhoneMetadata, PhoneNumberMatcher
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE

from leads.problems import Problem

PUNCTUATION = str.maketrans("", "", " ()./-\u00a0\u2010\u2011\u2012\u2013\u202f\t")
PLAIN = re.compile(r"\+?[0-9 ()./\u00a0\u2010-\u2013\u202f\t-]+")
FROM_A_CELL = re.compile(r"\+?\d+\.0")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
DUTCH_EXTENSION = re.compile(r"\s*\b(?:tst|toestel|doorkiesnr|doorkies)\b\.?", re.IGNORECASE)
TOO_FEW_DIGITS = (phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
NEVER = re.compile(r"(?!)()")
DIGIT = re.compile(r"\d")
SHORTEST_FOREIGN = 11
# A text with more digits than this may hold two numbers.
LONGEST_ALONE = 13
NON_GEOGRAPHIC = frozenset({"800", "808", "870", "878", "881", "882", "883", "888", "979"})
KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "uan", "pager", "voicemail",
)  # fmt: skip
LONGEST = 200

NO_NUMBER = gettext_noop("There is no telephone number in “%(raw)s”.")
DUTCH_LENGTH = gettext_noop("A Dutch number has 10 digits; this one has %(count)s.")
TOO_SHORT = gettext_noop("“%(raw)s” is too short for a telephone number in %(country)s.")
TOO_LONG = gettext_noop("“%(raw)s” is too long for a telephone number in %(country)s.")
NO_SUCH = gettext_noop("No telephone number in %(country)s looks like “%(raw)s”.")
NO_COUNTRY = gettext_noop("No country has the code that “%(raw)s” begins with.")
IS_ROUNDED = gettext_noop("The spreadsheet has rounded “%(raw)s”: export the column as text.")
NOUGHT_LOST = gettext_noop("The leading nought was missing, as spreadsheets leave it out.")
PLUS_LOST = gettext_noop("Read as an international number whose plus sign was missing.")
FIRST_OF_MANY = gettext_noop("There are %(count)s numbers here; the first was taken.")
EXTENSION = gettext_noop("The number has extension %(extension)s.")


class Phone(NamedTuple):
    """A number as given, in E.164 when it is one, else the problem; and what was assumed in reading it."""

    raw: str
    e164: str | None = None
    problem: Problem | None = None
    note: Problem | None = None


class Plan(NamedTuple):
    """What a country's numbers look like: its code, the prefix dialled inside it, every valid number, and their lengths."""

    code: str
    prefix: str
    valid: re.Pattern[str]
    lengths: frozenset[int]


@lru_cache(maxsize=512)
def plan(country: str) -> Plan | None:
    """The numbering plan of a country, by its two-letter code."""
    metadata = PhoneMetadata.metadata_for_region(country)
    if metadata is None:
        return None
    described = [found for kind in KINDS if (found := getattr(metadata, kind)) and found.national_number_pattern]
    patterns = "|".join(kind.national_number_pattern for kind in described)
    lengths = frozenset(length for kind in described for length in kind.possible_length if length > 0)
    return Plan(str(metadata.country_code), metadata.national_prefix or "", re.compile(patterns), lengths)


@lru_cache(maxsize=512)
def plans_of_code(code: str) -> tuple[Plan, ...]:
    """The plans of the countries that share a country code."""
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    return tuple(found for found in map(plan, regions) if found)


@lru_cache(maxsize=512)
def shape(country: str) -> tuple[str, re.Pattern[str]]:
    """The code of a country and its numbers as most people write them, without blanks and dashes.

    The group in the pattern is what E.164 keeps.
    """
    found = plan(country)
    if found is None or found.prefix not in ("0", ""):
        return "", NEVER
    pattern = rf"(?:{found.prefix}|(?:\+|00){found.code}(?:\(0\))?)({found.valid.pattern})"
    return f"+{found.code}", re.compile(pattern)


def normal(raw: str, country: str = "NL") -> Phone:
    """The number that `raw` holds; one without a country code is read as a number of `country`."""
    code, dialled = shape(country)
    if usual := dialled.fullmatch(raw.replace(" ", "").replace("-", "")):
        return Phone(raw, f"{code}{usual[1]}")
    text = raw.strip()
    if not text:
        return Phone(raw)
    if len(text) > LONGEST:
        return Phone(raw, problem=Problem(NO_NUMBER, {"raw": text[:40]}))
    if not PLAIN.fullmatch(text):
        return by_patience(raw, text, country)
    if FROM_A_CELL.fullmatch(text):
        text = text[:-2]
    elif text[:1] == "+" or text[:2] == "00":
        text = text.replace("(0)", "")
    digits = text.translate(PUNCTUATION)
    home = plan(country)
    if home is None:
        return by_patience(raw, text, country)
    if digits[:1] == "+" or digits[:2] == "00":
        figures = digits[1:] if digits[:1] == "+" else digits[2:]
        e164 = international(figures)
        return Phone(raw, e164) if e164 else refused(raw, text, figures) or by_patience(raw, text, country)
    return at_home(raw, digits, home) or by_patience(raw, text, country)


def possible(raw: str, country: str = "NL") -> str:
    """E.164 of what has the length of a number of its country, though no plan has given it out yet; empty for the rest."""
    wrong = normal(raw, country).problem
    if wrong is None or wrong.sentence != NO_SUCH:
        return ""
    try:
        number = phonenumbers.parse(raw, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def international(digits: str) -> str | None:
    """E.164 for the digits behind a plus sign, where they are a valid number as they stand."""
    for length in (2, 3, 1):
        for found in plans_of_code(digits[:length] or "0"):
            if found.valid.fullmatch(digits, length):
                return f"+{digits}"
    return None


def refused(raw: str, text: str, digits: str) -> Phone | None:
    """Why the digits of one number behind a plus sign are no number of their country; None when patience may find one."""
    if "/" in text or (len(digits) > LONGEST_ALONE and not text[1:].isdigit()):
        return None
    code = next((digits[:length] for length in (2, 3, 1) if plans_of_code(digits[:length] or "0")), None)
    if code is None and digits[:3] in NON_GEOGRAPHIC:
        return None
    if code is None:
        return Phone(raw, problem=Problem(NO_COUNTRY, {"raw": text[:40]}))
    plans = plans_of_code(code)
    rest = digits[len(code) :]
    if any(found.prefix and rest.startswith(found.prefix) for found in plans):
        return None
    if code == "31" and len(rest) != 9:
        return Phone(raw, problem=Problem(DUTCH_LENGTH, {"count": len(rest) + 1}))
    lengths = frozenset[int]().union(*(found.lengths for found in plans))
    sentence = TOO_SHORT if len(rest) < min(lengths) else TOO_LONG if len(rest) > max(lengths) else NO_SUCH
    region = phonenumbers.region_code_for_country_code(int(code))
    return Phone(raw, problem=Problem(sentence, {"raw": text[:40], "country": region}))


def at_home(raw: str, digits: str, home: Plan) -> Phone | None:
    """A number as dialled inside its country, or with its nought or its plus sign lost; None when undecided."""
    if not home.prefix:
        return Phone(raw, f"+{home.code}{digits}") if home.valid.fullmatch(digits) else None
    if digits.startswith(home.prefix):
        is_valid = home.valid.fullmatch(digits, len(home.prefix))
        return Phone(raw, f"+{home.code}{digits[len(home.prefix) :]}") if is_valid else None
    if home.valid.fullmatch(digits):
        note = Problem(NOUGHT_LOST) if home.prefix == "0" else None
        return Phone(raw, f"+{home.code}{digits}", note=note)
    if digits.startswith(home.code) or len(digits) >= SHORTEST_FOREIGN:
        e164 = international(digits)
        return Phone(raw, e164, note=Problem(PLUS_LOST)) if e164 else None
    return None


def by_patience(raw: str, text: str, country: str) -> Phone:
    """The first number in a text, whatever stands around it."""
    if ROUNDED.fullmatch(text):
        return unrounded(raw, text, country)
    text = text.replace("(0)", "") if text.startswith(("+", "00")) else text
    if text.startswith("00"):
        text = f"+{text[2:].lstrip()}"
    text = DUTCH_EXTENSION.sub(" ext ", text)
    found = [match.number for match in PhoneNumberMatcher(text, country)]
    if not found:
        return Phone(raw, problem=what_is_wrong(text, country))
    return Phone(raw, phonenumbers.format_number(found[0], phonenumbers.PhoneNumberFormat.E164), note=note_on(found))


def unrounded(raw: str, text: str, country: str) -> Phone:
    """A number that a spreadsheet wrote as 3.1612E+10, where no digit was lost."""
    exact = Decimal(text.replace(",", "."))
    if exact.as_tuple().exponent:
        mantissa = len(exact.as_tuple().digits)
        if mantissa <= exact.adjusted():
            return Phone(raw, problem=Problem(IS_ROUNDED, {"raw": text}))
    return normal(str(int(exact)), country)._replace(raw=raw)


def note_on(found: list[phonenumbers.PhoneNumber]) -> Problem | None:
    """What was left out of a text with an extension or with several numbers."""
    if len(found) > 1:
        return Problem(FIRST_OF_MANY, {"count": len(found)})
    return Problem(EXTENSION, {"extension": found[0].extension}) if found[0].extension else None


def what_is_wrong(text: str, country: str) -> Problem:
    """Why a text holds no number that can be dialled."""
    raw = text[:40]
    if not DIGIT.search(text):
        return Problem(NO_NUMBER, {"raw": raw})
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        is_code = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        return Problem(NO_COUNTRY if is_code else NO_NUMBER, {"raw": raw})
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    gaps = {"raw": raw, "country": region}
    reason = phonenumbers.is_possible_number_with_reason(number)
    if region == "NL" and (digits := dutch_digits(text)) != 10:
        return Problem(DUTCH_LENGTH, {"count": digits})
    if reason in TOO_FEW_DIGITS:
        return Problem(TOO_SHORT, gaps)
    return Problem(TOO_LONG if reason == phonenumbers.ValidationResult.TOO_LONG else NO_SUCH, gaps)


def dutch_digits(text: str) -> int:
    """How many digits a Dutch number has, counted as it is dialled inside the country."""
    digits = re.sub(r"\D", "", text)
    return len(digits) - 1 if text.startswith("+") else len(digits)


def is_mobile(e164: str) -> bool:
    """Whether a number is that of a mobile telephone, or may be."""
    if e164.startswith("+316"):
        return True
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(phonenumbers.parse(e164)) in kinds
