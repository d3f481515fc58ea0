"""What do the other columns of a table say about a column's claim?"""

from collections import defaultdict
from dataclasses import replace

from leads.importing.header_words import PLACE_FIELDS
from leads.importing.header_words.phrasebook import HINT, canonical
from leads.importing.header_words.qualifiers import ADDRESS_WORDS
from leads.importing.mapping.claims import Claim
from leads.importing.sample_values import Profile

STRONG = 0.7
WHO = frozenset(
    {"full_name", "first_name", "last_name", "email", "phone", "mobile", "organisation", "external_id", "linkedin_url"}
)
PEOPLE = frozenset({"first_name", "last_name", "full_name", "email", "job_title"})
COMPANY_FACTS = frozenset({"industry", "employees", "revenue", "website", "legal_form"})
ONLY_OF_LEADS = frozenset(
    {
        "job_title",
        "channel",
        "campaign",
        "notes",
        "interest",
        "score",
        "tags",
        "attended_minutes",
        "lead_status",
        "owner",
        "department",
        "occurred_at",
        "source_detail",
        "salutation",
        "language",
        "is_customer",
        "birth_date",
        "infix",
        "initials",
        "consent_phone",
        "consent_email",
    }
)
"""Fields that mean nothing where a table names nobody."""
ONE_PLACE = 0.125
"""Addresses nearer than this may be one, as "Billing address" with a bare "City"."""
BEFORE_LAST_NAMES = frozenset({"first_name", "initials", "infix"})
"""Parts of a name beside which a bare "Name" is the last name."""
OF_CALLS = frozenset(
    {
        "afloop",
        "anrufergebnis",
        "anrufstatus",
        "appel",
        "appels",
        "belresultaat",
        "belstatus",
        "call",
        "calls",
        "disposition",
        "ergebnis",
        "gesprachsergebnis",
        "gesprek",
        "gespreksresultaat",
        "outcome",
        "resultaat",
        "resultat",
        "result",
        "uitkomst",
    }
)
"""Words of what a conversation came to."""
OF_WARMTH = frozenset(
    {
        "bewertung",
        "degre",
        "interesseniveau",
        "kwalificatie",
        "level",
        "niveau",
        "qualification",
        "qualifizierung",
        "rating",
        "rsvp",
        "temperature",
    }
)
"""Words of how much a person is interested."""


def weigh(claims: list[Claim], profiles: list[Profile], headers: list[str]) -> list[Claim]:
    """Strengthen and weaken claims by the company that they keep."""
    strong = {claim.field for claim in claims if claim.strength >= STRONG and not claim.is_hint}
    claims = [replace(claim, strength=claim.strength * name_factor(claim, strong)) for claim in claims]
    claims = one_address(numbers_of_houses(claims), profiles)
    claims = status_before_calls(claims, headers)
    if names_somebody(claims):
        return claims
    sure = [claim for claim in claims if not claim.is_hint]
    return sure if speaks_of_leads(headers) else [claim for claim in sure if claim.field not in ONLY_OF_LEADS]


def names_somebody(claims: list[Claim]) -> bool:
    return any(claim.field in WHO and claim.strength >= 0.5 for claim in claims)


def speaks_of_leads(headers: list[str]) -> bool:
    """Whether columns say that they are of leads, where nobody is named."""
    return sum("lead" in canonical(header) for header in headers) > 1


def name_factor(claim: Claim, strong: set[str]) -> float:
    """How a bare "Name", "Nom" or "Company ID" reads among the other columns."""
    if claim.group == "company" and strong & PEOPLE and (claim.field == "linkedin_url" or is_number(claim)):
        return 0.0
    if not claim.is_hint:
        return 1.0
    if claim.field == "full_name":
        return full_name_factor(strong)
    if claim.field == "organisation":
        return organisation_factor(strong)
    if claim.field == "interest":
        return 0.75 if "organisation" in strong and not strong & PEOPLE else 1.0
    if claim.field == "department":
        return 1.0 if strong & {"organisation", "job_title"} else 0.8
    if claim.field == "region":
        return 1.3 if strong >= {"postcode", "city"} else 0.95
    if claim.field == "last_name":
        return 1.4 if strong & BEFORE_LAST_NAMES and "last_name" not in strong else 0.7
    if claim.field == "first_name":
        return 1.4 if "last_name" in strong else 0.9
    return 1.0


def organisation_factor(strong: set[str]) -> float:
    """A mere "Golf course name" is the organisation where none is named surely; more so among facts of companies."""
    if "organisation" in strong:
        return 0.6
    return 1.25 if not strong & PEOPLE and strong & (COMPANY_FACTS | {"street", "phone"}) else 1.0


def is_number(claim: Claim) -> bool:
    """Whether a column may hold numbers of the other system, by a hint."""
    return claim.field == "external_id" and claim.is_hint


def full_name_factor(strong: set[str]) -> float:
    if strong & BEFORE_LAST_NAMES and "last_name" not in strong:
        return 0.85
    if {"first_name", "last_name"} <= strong:
        return 0.9
    if "organisation" in strong:
        return 1.25
    if strong & (COMPANY_FACTS - {"revenue"}) and not strong & PEOPLE:
        return 0.8
    return 1.15 if strong & PEOPLE else 1.0


def status_before_calls(claims: list[Claim], headers: list[str]) -> list[Claim]:
    """What a call came to, or how warm the lead is, is its status only where no other column tells that."""
    of_calls = {column for column, header in enumerate(headers) if (OF_CALLS | OF_WARMTH) & set(canonical(header))}
    states = [claim for claim in claims if claim.field == "lead_status" and claim.strength >= HINT * 0.9]
    if all(claim.column in of_calls for claim in states):
        return claims
    return [claim for claim in claims if claim.field != "lead_status" or claim.column not in of_calls]


def numbers_of_houses(claims: list[Claim]) -> list[Claim]:
    """A bare "Nr" is the number of a house only beside the street."""
    beside = {claim.column + 1 for claim in claims if claim.field == "street" and claim.strength >= STRONG}
    kept = (claim for claim in claims if claim.field != "house_number" or not claim.is_hint or claim.column in beside)
    return [
        replace(claim, strength=claim.strength * 1.3) if claim.field == "house_number" and claim.is_hint else claim
        for claim in kept
    ]


def one_address(claims: list[Claim], profiles: list[Profile]) -> list[Claim]:
    """Take the place from one address only: the nearest to the person's work that is at least half as full as any."""
    fill: dict[str, float] = defaultdict(float)
    for claim in claims:
        if claim.field in PLACE_FIELDS and not claim.is_hint:
            fill[claim.group] += 1.0 if profiles[claim.column].count else 0.15
    if not fill:
        return claims
    full_enough = [group for group in fill if fill[group] * 2 >= max(fill.values())]
    chosen = min(full_enough, key=lambda group: (distance(group), -fill[group]))
    return [claim for claim in (settle(claim, chosen) for claim in claims) if claim.strength > 0]


def settle(claim: Claim, chosen: str) -> Claim:
    """A claim to a place, stronger in the chosen address, refused where it belongs to quite another."""
    if claim.field not in PLACE_FIELDS:
        return claim
    if claim.group == chosen:
        return replace(claim, strength=claim.strength + 0.12)
    mixes = distance(claim.group) < ONE_PLACE and distance(chosen) < ONE_PLACE
    return replace(claim, strength=claim.strength - 0.02 if mixes else 0.0)


def distance(group: str) -> float:
    """How far an address is from the one where the person works."""
    if group.startswith("again"):
        return 0.3
    return {"": 0.0, "work": 0.01, "company": 0.03, "home": 0.2}.get(group, ADDRESS_WORDS.get(group, 0.1))
