"""Factories of definitions and engagements."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from leadops.accounts.roles import Role
from leads.models import Contact, Engagement, Lead
from qualification import definition as definitions
from qualification.default import TERMS, default_definition
from qualification.definition import Line, Terms
from qualification.models import Definition, Signature
from tests.factories import TUESDAY, make_lead, make_user


def sign_both(definition: Definition, *, at: datetime = TUESDAY) -> Definition:
    """Have a marketer and a sales manager sign, and put the definition in force."""
    definitions.sign(definition, by=make_user(Role.MARKETER), side=Signature.Side.MARKETING, at=at)
    definitions.sign(definition, by=make_user(Role.SALES_MANAGER), side=Signature.Side.SALES, at=at)
    return definitions.put_in_force(definition, at=at)


def make_definition(
    *lines: Line, at: datetime = TUESDAY - timedelta(days=1000), in_force: bool = True, **terms: Any
) -> Definition:
    """A definition of these criteria, signed by a marketer and a manager, in force; without any, nobody misses a must-have."""
    values = {name: getattr(TERMS, name) for name in Terms.__dataclass_fields__} | {"exploration_percent": 0} | terms
    drafted = definitions.draft(Terms(**values), lines, by=None, at=at)
    return sign_both(drafted, at=at) if in_force else drafted


def make_default(at: datetime = TUESDAY) -> Definition:
    return sign_both(default_definition(by=None, at=at), at=at)


def engage(who: Lead | Contact, kind: str = "form", *, at: datetime = TUESDAY, **fields: Any) -> Engagement:
    contact = who.contact_id if isinstance(who, Lead) else who.pk
    fields.setdefault("recorded_at", at)
    return Engagement.objects.create(contact_id=contact, kind=kind, occurred_at=at, **fields)


def make_good_lead(**fields: Any) -> Lead:
    """A lead that meets the default definition once it has enquired."""
    values = {"job_title": "Directeur", "phone_e164": "+31205550124", "email": "d@bouw.example", "country": "NL"}
    return make_lead(**(values | fields))
