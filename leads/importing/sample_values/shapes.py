"""What does a single value look like?"""

import re
from collections.abc import Callable

from leads.importing import values
from leads.importing.sample_values import known
from leads.importing.sample_values.given_names import GIVEN_NAMES

MONTH = (
    "(jan|feb|mar|mrt|maa|mär|apr|may|mai|mei|jun|jul|aug|sep|oct|okt|nov|dec|dez|déc|fév|avr|jui|aoû"
    "|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)[a-zéû]*"
    r"\.?"
)
WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)\w*"
DATES = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T,]+\d{1,2}:\d\d.*)?",
    r"\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d\d)([ T,]+\d{1,2}[:.]\d\d.*)?",
    rf"({WEEKDAY},?\s+)?{MONTH}\s+\d{{1,2}},?\s+\d{{2,4}}.*",
    rf"(\w{{2,10}},?\s+)?\d{{1,2}}\.?[ -]{MONTH},?[ -]\d{{2,4}}.*",
    rf"{WEEKDAY} {MONTH} \d.*",
    r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])T?\d{0,6}Z?",
)
POSTCODES = (
    r"\d{4}\s?[A-Z]{2}",  # Netherlands
    r"\d{5}(-\d{4})?",  # Germany, France, Italy, Spain, United States
    r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}",  # United Kingdom
    r"[A-Z]\d[A-Z]\s?\d[A-Z]\d",  # Canada
    r"\d{3,4}",  # Belgium, Switzerland; a spreadsheet drops the nought of 02138
    r"[A-Z]-?\d{4,5}",
    r"\d{3}\s?\d{2,3}",  # Sweden; India, Singapore
)
MOBILES = (
    r"(\+31|0031)\s?\(?0?\)?\s?-?6[\s\d-]{8,}|06[\s-]?[\d\s-]{8,}",
    r"(\+49|0049)\s?\(?0?\)?\s?1[5-7]\d.*|01[5-7]\d[\s/-].*",
    r"(\+33|0033)\s?\(?0?\)?\s?[67].*|0[67][\s.]\d\d[\s.].*",
    r"(\+44|0044)\s?\(?0?\)?\s?7\d.*|07\d{3}\s.*",
    r"(\+32|0032)\s?\(?0?\)?\s?4\d\d.*|04\d\d[\s/.-].*",
)
RANGES = (
    r"[<>±~+]?\s?\d[\d.,']*\s?k?m?\s?(\+|-|\u2013|to|t/m|tot|bis|à|a|and|en)\s?(more|\d[\d.,']*\s?k?m?)?(\s\w+)?",
    r"(less|more|fewer|over|under|meer|minder|mehr|uber)\b.*\d.*",
    r"[<>±~]\s?\d.*",
    r"self[- ]employed",
    r"\d[\d.,]*\s?(employees|medewerkers|mitarbeiter|fte|people|personen)",
)
CAPITALISED = r"[A-ZÀ-Þ(][\w'\u2019.À-ÿ)-]*"
PEOPLE = (
    rf"[A-ZÀ-Þ][\w'\u2019.À-ÿ-]*,? ({known.INFIX[:-1]}|bin|v\.?d\.?|[A-Z]\.?)\s)*{CAPITALISED}( {CAPITALISED}){{0,2}}",
    r"[A-ZÀ-Þ][\w'\u2019À-ÿ-]+, ?[A-ZÀ-Þ][\w'\u2019.À-ÿ -]*",
    r"([A-Z]\.)+ ?.*",
)
TITLE = r"\.?(\s?(dr|prof|ir|drs|ing|med|phd)\.?)*"
DOMAIN_ENDS = "com|nl|de|fr|be|eu|org|net|io|co|uk|example|info|biz|es|it|at|ch|ai|app|se|dk|no|fi|pl|lu|ie|pt|us|ca|au|tech|agency|shop|test"
ADDRESS = r"<?[^@\s<>;,|]+@[^@\s;,|]+\.[^@\s<>;,|]{2,}>?"


def any_of(*patterns: str, exact: bool = False) -> re.Pattern[str]:
    return re.compile("|".join(patterns), 0 if exact else re.IGNORECASE)


WHOLE: dict[str, re.Pattern[str]] = {
    "email": any_of(rf"{ADDRESS}(\s*(:::|[;,|])\s*{ADDRESS})*"),
    "link": any_of(r"(https?://|www\.)\S+", rf"[\w-]+(\.[\w-]+)*\.({DOMAIN_ENDS})(/\S*)?"),
    "domain": any_of(r"(https?://)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?"),
    "linkedin": any_of(r"(https?://)?([a-z]{2,3}\.)?linkedin\.com/\S+"),
    "number": any_of(
        r"[-+]?[€$£]?\s?[-+]?\d[\d.,' \u00a0]*\s?([%€$£]|eur|usd|[kmb]|mln|mio|mrd|bn|mn|million|billion)?"
    ),
    "range": any_of(*RANGES),
    "phone": any_of(
        r"(p:)?[+(]?[\d(][\d\s()./+\-\u2013\u00a0]{5,22}(\s?(x|ext\.?|#|tst\.?)\s?\d{1,6})?",
        r"\+?\d+\s\(\d+\)\s[\d\s-]+",
    ),
    "date": any_of(*DATES),
    "uuid": any_of(r"\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?"),
    "postcode": any_of(*POSTCODES),
    "dutch_postcode": any_of(r"[1-9]\d{3}\s?[A-Z]{2}", exact=True),
    "british_postcode": any_of(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}", exact=True),
    "house_number": any_of(r"\d{1,5}(\s?[-/]?\s?[a-z0-9]{0,4})?(\s?(bis|hs|huis|rood|-?[ivx]+|[a-z]))?(\s?-\s?\d+)?"),
    "mobile": any_of(*MOBILES),
    "salutation": any_of(known.SALUTATION + TITLE),
    "initials": any_of(r"([A-Z][a-z]?\.?\s?-?){1,6}", exact=True),
    "infix": any_of(rf"{known.INFIX}([\s./]+(van|de|der|den|het|'t|\u2019t|d|d\.|la|el|ten|ter|und|zu))*"),
    "person": any_of(*PEOPLE, exact=True),
    "channel": any_of(known.CHANNEL),
    "true_channel": any_of(known.TRULY_CHANNELS),
    "street": any_of(rf".*{known.STREET}\b.*", r"\d+\s[A-Z].*"),
}
"""Patterns that a whole value matches."""

PART: dict[str, re.Pattern[str]] = {
    "legal_form": any_of(rf"\b{known.LEGAL_FORM}\b\.?"),
    "job": any_of(known.JOB_WORDS),
}
"""Patterns that a value holds somewhere."""

LISTED = {
    "yes_no": known.YES_NO,
    "language": known.LANGUAGES,
    "country": known.COUNTRIES,
    "status": known.STATUSES,
    "given_name": GIVEN_NAMES,
}


def test_of(shape: str) -> Callable[[str], object]:
    """The test that a value of a shape passes."""
    if shape == "name_of_form":
        return values.legal_form
    if shape in LISTED:
        listed = LISTED[shape]
        return lambda value: value.lower() in listed
    return PART[shape].search if shape in PART else WHOLE[shape].fullmatch
