"""Which definition does a company start with, until it has one of its own?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from leadops.accounts.models import User
from qualification.definition import Line, Terms, draft
from qualification.models import Criterion, Definition

MUST, FIT, ENGAGEMENT = Criterion.Kind.MUST, Criterion.Kind.FIT, Criterion.Kind.ENGAGEMENT

REJECT_REASONS = (
    {"key": "not_reachable", "en": "Contact details are wrong", "nl": "Contactgegevens kloppen niet"},
    {"key": "wrong_person", "en": "Not the right person", "nl": "Niet de juiste persoon"},
    {"key": "no_fit", "en": "Company does not fit", "nl": "Bedrijf past niet"},
    {"key": "no_interest", "en": "Asked for something else", "nl": "Vroeg om iets anders"},
    {"key": "known", "en": "Already in contact with a colleague", "nl": "Al in gesprek met een collega"},
    {"key": "competitor", "en": "Competitor, supplier or student", "nl": "Concurrent, leverancier of student"},
)
TERMS = Terms(
    name=gettext_noop("Shared lead definition"),
    threshold=50,
    fit_cap=60,
    engagement_cap=40,
    promise_minutes=1440,
    accept_minutes=480,
    qualify_minutes=960,
    exploration_percent=5,
    reject_reasons=REJECT_REASONS,
)

DECIDES = [
    "directeur", "bestuurder", "eigenaar", "oprichter", "president", "director", "owner", "founder", "head of", "hoofd",
    "managing partner", "zaakvoerder", "chief", "geschäftsführer",
]  # fmt: skip
DECIDES_SHORT = ["ceo", "cto", "cio", "cfo", "coo", "cmo", "cdo", "ciso", "dga", "vp", "svp", "evp"]
ADVISES = [
    "manager", "inkoper", "inkoop", "architect", "adviseur", "consultant", "coordinator", "coördinator", "teamleider",
    "team lead", "projectleider", "beheerder", "administrator", "controller", "specialist", "buyer", "procurement",
]  # fmt: skip
STUDIES = [
    "student",
    "stagiair",
    "intern",
    "trainee",
    "scholier",
    "werkzoekend",
    "unemployed",
    "retired",
    "gepensioneerd",
]
PRIVATE_MAIL = [
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "live.nl", "live.com", "outlook.com", "yahoo.com",
    "icloud.com", "me.com", "ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "home.nl", "hetnet.nl", "aol.com",
    "gmx.de", "gmx.net", "proton.me", "protonmail.com", "mail.com",
]  # fmt: skip
MARKETS = ["NL", "BE", "LU", "DE"]
INDUSTRIES = [
    "ict", "software", "technolog", "informat", "telecom", "zorg", "health", "onderwijs", "education", "overheid",
    "government", "logist", "transport", "bouw", "construct", "industr", "manufactur", "financ", "bank", "verzeker",
    "insurance", "groothandel", "wholesale", "retail", "energ", "zakelijke dienst", "consult",
]  # fmt: skip


def _is(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": "is", "value": value}


def _known(field: str) -> dict[str, Any]:
    return {"field": field, "operator": "is_known"}


def _any_of(field: str, operator: str, values: list[str]) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": values}


def _at_least(count: int, **which: Any) -> dict[str, Any]:
    return {"field": "engagements", "operator": "at_least", "value": count, **which}


TITLE = "contact.job_title"
IS_STUDENT = _any_of(TITLE, "has_word", STUDIES)
IS_DECIDER = {"any": [_any_of(TITLE, "contains_any", DECIDES), _any_of(TITLE, "has_word", DECIDES_SHORT)]}
IS_ADVISER = {"all": [_any_of(TITLE, "contains_any", ADVISES), {"not": IS_DECIDER}]}
HAS_WORK_MAIL = {"all": [_known("contact.email"), {"not": _any_of("contact.email_domain", "is_any_of", PRIVATE_MAIL)}]}
IN_MARKET = {
    "any": [_any_of("contact.country", "is_any_of", MARKETS), _any_of("organisation.country", "is_any_of", MARKETS)]
}

LINES = (
    Line(
        MUST,
        "May be called or mailed",
        "Mag gebeld of gemaild worden",
        {"any": [_is("contact.by_phone", True), _is("contact.by_email", True)]},
    ),
    Line(
        MUST,
        "Organisation or job title is known",
        "Organisatie of functie is bekend",
        {"any": [_known("organisation.name"), _known(TITLE)]},
    ),
    Line(FIT, "Decides on purchases", "Beslist over aankopen", IS_DECIDER, 28),
    Line(FIT, "Advises on purchases", "Adviseert over aankopen", IS_ADVISER, 18),
    Line(FIT, "Student, intern or retired", "Student, stagiair of gepensioneerd", IS_STUDENT, -25),
    Line(FIT, "Can be called", "Is te bellen", _is("contact.by_phone", True), 10),
    Line(FIT, "Mails from work", "Mailt vanaf het werk", HAS_WORK_MAIL, 5),
    Line(FIT, "Organisation is known", "Organisatie is bekend", _known("organisation.name"), 5),
    Line(
        FIT,
        "50 employees or more",
        "50 medewerkers of meer",
        {"field": "organisation.employees", "operator": "at_least", "value": 50},
        8,
    ),
    Line(FIT, "Works in our markets", "Werkt in onze landen", IN_MARKET, 5),
    Line(
        FIT,
        "Industry that we serve",
        "Branche die wij bedienen",
        _any_of("organisation.industry", "contains_any", INDUSTRIES),
        5,
    ),
    Line(
        ENGAGEMENT,
        "Asked for contact or came by",
        "Vroeg om contact of kwam langs",
        _at_least(1, kind=["enquiry", "form", "scan", "call"]),
        12,
        cap=24,
        half_life_days=60,
    ),
    Line(
        ENGAGEMENT,
        "Attended an event",
        "Woonde een evenement bij",
        _at_least(1, kind="attended"),
        15,
        cap=30,
        half_life_days=60,
    ),
    Line(
        ENGAGEMENT,
        "Named an interest",
        "Noemde een interesse",
        _at_least(1, with_interest=True, within_days=180),
        10,
    ),
    Line(
        ENGAGEMENT,
        "Reads our mail",
        "Leest onze mail",
        _at_least(1, kind=["click", "opened"]),
        2,
        cap=8,
        half_life_days=30,
    ),
    Line(
        ENGAGEMENT,
        "Three engagements in 90 days",
        "Drie keer contact in 90 dagen",
        _at_least(3, within_days=90),
        10,
    ),
)


def default_definition(*, by: User | None, at: datetime) -> Definition:
    """Draft the definition that an installation starts with; nobody has signed it."""
    return draft(TERMS, LINES, by=by, at=at)
