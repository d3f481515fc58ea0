"""By which other names, addresses and numbers is a person known, from all records that were found to be theirs?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from leads.models import Contact
from leads.reach import Reach, shown

MOST = 20


@dataclass(frozen=True, slots=True)
class AlsoKnown:
    """What the records of one person say besides what is shown of them; withheld channels are left out."""

    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    homes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def also_known(contact: Contact, reach: Reach, *, is_alone: bool = False) -> AlsoKnown:
    """What else a person is known by, under whichever of their records; `reach` is what is offered already.

    Rides contact_family, unless this is known to be their only record: of such a one it is their other number.
    """
    records = Contact.objects.filter(family_id=contact.family_id).select_related("organisation").order_by("pk")
    people = [contact] if is_alone else list(records)
    may_mail = not any(one.is_mail_suppressed for one in people)
    may_call = not any(one.is_phone_suppressed for one in people)
    numbers = _others((number for one in people for number in (one.mobile_e164, one.phone_e164)), reach.phone)
    return AlsoKnown(
        names=_others((one.full_name for one in people), contact.full_name),
        organisations=_others((str(one.organisation or "") for one in people), str(contact.organisation or "")),
        emails=_others((one.email_key for one in people), reach.email) if may_mail else (),
        phones=tuple((number, shown(number)) for number in numbers) if may_call else (),
        homes=_others(map(_home, people), _home(contact)),
        numbers=_others((one.external_id for one in people), contact.external_id),
    )


def _home(contact: Contact) -> str:
    lines = (f"{contact.street} {contact.house_number}", f"{contact.postcode} {contact.city}")
    return ", ".join(filter(None, map(str.strip, lines)))


def _others(values: Iterable[str], known: str) -> tuple[str, ...]:
    """Each value once, without what is known, and no more of them than somebody reads."""
    return tuple(islice((value for value in dict.fromkeys(values) if value and value != known), MOST))
