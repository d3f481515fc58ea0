"""Which field do values alone suggest, where nothing useful stands above them?"""

import re

from leads.importing.header_words import is_known, meanings
from leads.importing.header_words.phrasebook import canonical, is_word, plain
from leads.importing.mapping.claims import Claim
from leads.importing.sample_values import Profile

NAMELESS = re.compile(
    r"(unnamed|column|field|col|var|kolom|spalte|colonne|veld|feld|attribute|x|v|c|f)?[\s_:.]*\d*|[a-z]", re.IGNORECASE
)
ENOUGH = 0.7


def is_nameless(header: str) -> bool:
    """Whether a header says nothing that can be read: blank, "Column 3", "Unnamed: 0", "B", letters of another script."""
    return bool(NAMELESS.fullmatch(header.strip())) or not canonical(header)


def by_values(column: int, profile: Profile) -> list[Claim]:
    """What the values of a column without a name look like."""
    if profile.count < 2:
        return []
    field, strength = likeliest(profile)
    return [Claim(column, field, strength, by_values=True)] if field else []


def likeliest(profile: Profile) -> tuple[str | None, float]:
    """The field whose shape the values have, the surest shapes first."""
    for field, shape, strength in (
        ("email", "email", 0.85),
        ("linkedin_url", "linkedin", 0.8),
        ("website", "link", 0.7),
        ("postcode", "dutch_postcode", 0.75),
        ("postcode", "british_postcode", 0.75),
        ("mobile", "mobile", 0.72),
        ("occurred_at", "date", 0.58),
        ("infix", "infix", 0.62),
        ("country", "country", 0.64),
    ):
        if profile.share(shape) >= ENOUGH:
            return field, strength
    if is_phone(profile):
        return "phone", 0.68
    return likeliest_words(profile)


def is_phone(profile: Profile) -> bool:
    """Numbers with the marks or the length of phone numbers, not amounts or counts."""
    marked = profile.part(re.compile(r"(\+|0|\(0?\d).*|\d{3}[-. ]\d{3}[-. ]\d{4}.*").fullmatch)
    return profile.share("phone") >= ENOUGH and profile.length >= 8 and marked >= 0.5


def likeliest_words(profile: Profile) -> tuple[str | None, float]:
    if profile.numeric >= 0.3 or profile.share("yes_no") >= 0.6:
        return None, 0.0
    if profile.share("salutation") >= ENOUGH and profile.length > 1.5:
        return "salutation", 0.62
    if profile.share("legal_form") >= 0.35:
        return "organisation", 0.62
    numbered = profile.part(re.compile(r".{4,} \d+(\W?\w)?|\d+ .{4,}").fullmatch)
    if profile.share("street") >= (0.5 if numbered == 1 else ENOUGH) and profile.part(re.compile(r".*\d").match) >= 0.6:
        return "street", 0.6
    if (
        profile.share("person") >= ENOUGH
        and profile.distinct > 0.5
        and profile.share("job") < 0.4
        and profile.length < 35
    ):
        return "full_name", 0.6
    if profile.share("job") >= 0.6:
        return "job_title", 0.56
    return ("notes", 0.52) if profile.length > 40 and profile.distinct > 0.5 else (None, 0.0)


def names_by_email(columns: list[list[str]], email: int, nameless: list[int]) -> list[Claim]:
    """Columns whose single words come back in the mail address are first and last names, in that order."""
    found = [column for column in nameless if column != email and echo(columns[column], columns[email]) >= 0.4]
    return [
        Claim(column, field, 0.66, by_values=True)
        for column, field in zip(found, ("first_name", "last_name"), strict=False)
        if len(found) >= 2
    ]


def company_by_email(columns: list[list[str]], email: int, nameless: list[int]) -> list[Claim]:
    """A column whose words come back in the domains of the mail addresses is the organisation."""
    domains = [bare(address.partition("@")[2]) for address in columns[email]]
    for column in nameless:
        if column != email and echo_of_domain([bare(value) for value in columns[column]], domains) >= 0.5:
            return [Claim(column, "organisation", 0.66, by_values=True)]
    return []


def echo_of_domain(values: list[str], domains: list[str]) -> float:
    """The share of values whose beginning stands in the domain beside them."""
    pairs = [(value, domain) for value, domain in zip(values, domains, strict=True) if value and domain]
    like = sum(len(value) > 2 and value[:6] in domain and domain not in value for value, domain in pairs)
    return like / len(pairs) if len(pairs) > 1 else 0.0


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))


def echo(values: list[str], addresses: list[str]) -> float:
    """The share of single words that stand in the local part of the mail address beside them."""
    pairs = [
        (letters(value), letters(address.split("@")[0]))
        for value, address in zip(values, addresses, strict=True)
        if value and "@" in address and " " not in value.strip()
    ]
    return (
        sum(len(value) > 1 and value in local for value, local in pairs) / max(1, len(pairs))
        if len(pairs) > len(values) / 4
        else 0.0
    )


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def unread(profiles: list[Profile], headers: list[str], claims: list[Claim]) -> list[Claim]:
    """Columns under words that nobody knows, where their values say what no other column claims to be."""
    claimed = {claim.field for claim in claims}
    unknown = [column for column, header in enumerate(headers) if is_unread(header)]
    return [
        Claim(column, field, 0.55, by_values=True)
        for field, shape, needed in (("email", "email", ENOUGH), ("organisation", "legal_form", 0.35))
        if field not in claimed
        for column in unknown
        if tells(profiles[column], shape, needed)
    ]


def tells(profile: Profile, shape: str, needed: float) -> bool:
    """Whether enough values have a shape, and are different names rather than a few words over and over."""
    return profile.count > 1 and profile.share(shape) >= needed and profile.length < 60 and profile.distinct > 0.6


def is_unread(header: str) -> bool:
    """Whether a header has words of which none is known, with whatever meaning."""
    words = canonical(header)
    return bool(words) and not any(map(is_word, words)) and not meanings(header) and not is_known(header)
