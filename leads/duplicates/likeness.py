"""How much do two contacts look like one person, and why?

Points are added: for a name that fits, for what only one person has, for where they work and live; and taken off for
what speaks against it. rapidfuzz counts the typing errors: a pair is compared outside the database, where stored and
written-down people are compared alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import DamerauLevenshtein

from leads import emails
from leads.querysets import ASKED_FROM

# From MERGE on two contacts are one person; from ASK on somebody is asked; below it nobody is.
MERGE, ASK = 85, ASKED_FROM
# What is short of proof is asked, however much of it there is.
UNPROVEN = 80

POINTS = {
    "same_name": 45,
    "swapped_name": 42,
    "misspelt_name": 36,
    "short_name": 36,
    "initial_fits": 32,
    "misspelt_names": 30,
    "name_unknown": 28,
    "part_of_name": 25,
    "other_first_name": -8,
    "other_last_name": -8,
    "other_name": -18,
    "same_email": 58,
    "same_shared_email": 40,
    "misspelt_email": 15,
    "same_mailbox": 5,
    "other_email": -5,
    "colleagues_email": -25,
    "same_mobile": 58,
    "same_phone": 40,
    "same_office_phone": 8,
    "other_mobile": -10,
    "same_organisation": 42,
    "same_domain": 20,
    "same_address": 30,
    "same_street": 20,
    "same_postcode": 12,
    "same_city": 6,
    "same_external_id": 45,
    "other_external_id": -10,
    "same_linkedin": 58,
    "same_birth_date": 43,
    "misspelt_birth_date": 20,
    "other_birth_date": -10,
}
WORDS = {
    "same_name": _("Same name"),
    "swapped_name": _("First and last name swapped"),
    "misspelt_name": _("Names differ by a typing error"),
    "short_name": _("One name is a short form of the other"),
    "initial_fits": _("Same last name, the initial fits"),
    "misspelt_names": _("First and last name differ by typing errors"),
    "name_unknown": _("One has no name"),
    "part_of_name": _("Only a part of the name is known"),
    "other_first_name": _("Other first name"),
    "other_last_name": _("Other last name"),
    "other_name": _("Other name"),
    "same_email": _("Same email address"),
    "same_shared_email": _("Same shared email address"),
    "misspelt_email": _("Email addresses differ by a typing error"),
    "same_mailbox": _("Same name before the @, elsewhere"),
    "other_email": _("Other email address"),
    "colleagues_email": _("Other email address at the same company"),
    "same_mobile": _("Same mobile number"),
    "same_phone": _("Same phone number"),
    "same_office_phone": _("Same phone number of the company"),
    "other_mobile": _("Other mobile number"),
    "same_organisation": _("Same company"),
    "same_domain": _("Email addresses at the same company"),
    "same_address": _("Same address"),
    "same_street": _("Same street"),
    "same_postcode": _("Same postcode"),
    "same_city": _("Same city"),
    "same_external_id": _("Same external number"),
    "other_external_id": _("Other external number"),
    "same_linkedin": _("Same LinkedIn page"),
    "same_birth_date": _("Same date of birth"),
    "misspelt_birth_date": _("Dates of birth differ by a typing error"),
    "other_birth_date": _("Other date of birth"),
}
FULL_NAMES = frozenset({"same_name", "swapped_name"})
OTHER_NAMES = frozenset({"other_name", "other_first_name", "other_last_name", "name_unknown"})
PERSONAL = frozenset({"same_email", "same_mobile", "same_linkedin", "same_external_id", "same_birth_date"})
CLOSE = frozenset({"same_address", "same_street", "same_postcode", "same_organisation", "same_domain"})
# Of one person or of a few: enough to look at a record that has no name.
NARROW = PERSONAL | {"same_shared_email", "same_phone", "misspelt_birth_date"}


class Person(NamedTuple):
    """What of a contact is compared, each key in normal form."""

    name_key: str = ""
    email_key: str = ""
    phone_e164: str = ""
    mobile_e164: str = ""
    organisation_key: str = ""
    postcode: str = ""
    house_number: str = ""
    city: str = ""
    external_id: str = ""
    linkedin_url: str = ""
    birth_date: date | None = None
    street: str = ""


class Likeness(NamedTuple):
    """From 0 to 100, and the keys of the reasons, weightiest first."""

    score: int
    reasons: tuple[str, ...]


def said(reasons: Iterable[str]) -> list[tuple[str, bool]]:
    """The reasons in the reader's language, each with whether it speaks for one person."""
    return [(str(WORDS[key]), POINTS[key] > 0) for key in reasons if key in WORDS]


def compare(one: Person, other: Person) -> Likeness:
    """Score two people. Without a full name that fits or something that only one person has, it is never sure."""
    name = _name(one.name_key.split(), other.name_key.split())
    places = _places(one, other)
    found = [name, *_mail(one, other, name), *_numbers(one, other, places), *places, *_rest(one, other)]
    score = min(max(0, sum(POINTS[reason] for reason in found)), _most(name, frozenset(found)))
    return Likeness(score, tuple(sorted(found, key=lambda reason: -abs(POINTS[reason]))))


def _most(name: str, found: frozenset[str]) -> int:
    """The most that a pair may score: what colleagues or a household share says nothing of people of other names."""
    personal = found & PERSONAL
    if name == "other_name" and len(personal) < 2 and "same_birth_date" not in personal:
        return ASK - 1
    if name in OTHER_NAMES and not (found & NARROW if name == "name_unknown" else personal):
        return ASK - 1
    is_namesake = personal == {"same_birth_date"} and found.isdisjoint(CLOSE)
    is_proven = (name in FULL_NAMES or personal) and not is_namesake
    return 100 if is_proven and name != "other_name" and "other_birth_date" not in found else UNPROVEN


def _name(mine: list[str], yours: list[str]) -> str:
    if not mine or not yours:
        return "name_unknown"
    if len(mine) == 1 or len(yours) == 1:
        return "part_of_name" if any(_alike(one, other) for one in mine for other in yours) else "other_name"
    straight = _fit(mine[0], yours[0]), _fit(mine[-1], yours[-1])
    if straight == ("same", "same"):
        return "same_name" if len(mine[0]) > 1 else "initial_fits"
    if _alike(mine[0], yours[-1]) and _alike(mine[-1], yours[0]):
        return "swapped_name"
    if mine[0] == yours[0] and (set(mine) <= set(yours) or set(yours) <= set(mine)):
        return "short_name"
    return _near_name(mine, yours, *straight)


def _near_name(mine: list[str], yours: list[str], first: str, last: str) -> str:
    """How two names fit of which a part at least is not the same."""
    if min(len(mine[0]), len(yours[0])) == 1 and last:
        is_initial = mine[0][0] == yours[0][0]
        return "other_first_name" if not is_initial else "initial_fits" if last == "same" else "part_of_name"
    if first and last:
        return "misspelt_name" if "same" in (first, last) else "misspelt_names"
    if _is_torn("".join(mine), "".join(yours), is_longer=len(mine) != len(yours)):
        return "misspelt_name"
    if last:
        is_short = last == "same" and _is_short(mine[0], yours[0])
        return "short_name" if is_short else "other_first_name"
    return "other_last_name" if first else _crosswise(mine, yours)


def _is_torn(mine: str, yours: str, *, is_longer: bool) -> bool:
    """Whether two names are one but for a blank that is missing, too much or misplaced."""
    return mine == yours or (is_longer and _alike(mine, yours))


def _crosswise(mine: list[str], yours: list[str]) -> str:
    """Whether a part of one name stands in the other one's place, when neither fits in its own."""
    is_part = _alike(mine[0], yours[-1]) or _alike(mine[-1], yours[0])
    return "other_first_name" if is_part else "other_name"


def _is_short(mine: str, yours: str) -> bool:
    return min(len(mine), len(yours)) > 2 and (mine.startswith(yours) or yours.startswith(mine))


def _fit(mine: str, yours: str) -> str:
    return "same" if mine == yours else "alike" if _alike(mine, yours) else ""


def _alike(mine: str, yours: str) -> bool:
    """Equal, or a typing error apart; two in a long word."""
    if mine == yours:
        return True
    shortest = min(len(mine), len(yours))
    allowed = 0 if shortest < 4 else 1 if shortest < 8 else 2
    return bool(allowed) and DamerauLevenshtein.distance(mine, yours, score_cutoff=allowed) <= allowed


def _places(one: Person, other: Person) -> list[str]:
    """Where they work and live."""
    return [reason for reason in (_work(one, other), _home(one, other)) if reason]


def _work(one: Person, other: Person) -> str:
    domain = emails.domain(one.email_key)
    if one.organisation_key and one.organisation_key == other.organisation_key:
        return "same_organisation"
    is_same = domain and one.email_key != other.email_key and domain == emails.domain(other.email_key)
    return "same_domain" if is_same and not emails.is_free(domain) else ""


def _home(one: Person, other: Person) -> str:
    is_code = bool(one.postcode) and _closed(one.postcode) == _closed(other.postcode)
    is_city = bool(one.city) and _alike(_closed(one.city), _closed(other.city))
    is_house = bool(one.house_number) and _closed(one.house_number) == _closed(other.house_number)
    is_street = bool(one.street) and _alike(_closed(one.street), _closed(other.street))
    if is_house and (is_code or (is_street and is_city)):
        return "same_address"
    if is_street and (is_code or is_city or is_house):
        return "same_street"
    return "same_postcode" if is_code else "same_city" if is_city else ""


def _closed(text: str) -> str:
    return "".join(text.split()).casefold()


def _mail(one: Person, other: Person, name: str) -> list[str]:
    mine, yours = one.email_key, other.email_key
    if not mine or not yours:
        return []
    if mine == yours:
        return ["same_shared_email" if emails.is_role(mine) else "same_email"]
    if emails.is_role(mine) or emails.is_role(yours):
        return []
    (box, domain), (other_box, other_domain) = mine.split("@"), yours.split("@")
    if DamerauLevenshtein.distance(mine, yours, score_cutoff=1) <= 1 and min(len(box), len(other_box)) > 3:
        return ["misspelt_email"]
    if domain != other_domain:
        return ["same_mailbox" if box == other_box else "other_email"]
    last = one.name_key.rpartition(" ")[2]
    if name in FULL_NAMES and last in box and last in other_box:
        return []
    return ["other_email" if emails.is_free(domain) else "colleagues_email"]


def _numbers(one: Person, other: Person, places: list[str]) -> list[str]:
    mobiles = {one.mobile_e164, other.mobile_e164} - {""}
    shared = {one.phone_e164, one.mobile_e164} & {other.phone_e164, other.mobile_e164} - {""}
    if shared & mobiles or any(number.startswith("+316") for number in shared):
        return ["same_mobile"]
    if shared:
        return ["same_office_phone" if {"same_organisation", "same_domain"} & set(places) else "same_phone"]
    return ["other_mobile"] if len(mobiles) == 2 else []


def _rest(one: Person, other: Person) -> list[str]:
    """Numbers, pages and dates that say the same or contradict each other."""
    found = []
    if one.external_id and other.external_id:
        found.append("same_external_id" if one.external_id == other.external_id else "other_external_id")
    if one.linkedin_url and one.linkedin_url.casefold() == other.linkedin_url.casefold():
        found.append("same_linkedin")
    if one.birth_date and other.birth_date:
        found.append(_birth(one.birth_date, other.birth_date))
    return found


def _birth(one: date, other: date) -> str:
    """The same day; a digit or two neighbours from it; another day or month of the year, or both the other way round."""
    if one == other:
        return "same_birth_date"
    is_near = one.year == other.year and (one.month == other.month or one.day == other.day)
    is_turned = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    is_typed = DamerauLevenshtein.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}", score_cutoff=1) <= 1
    return "misspelt_birth_date" if is_near or is_turned or is_typed else "other_birth_date"
