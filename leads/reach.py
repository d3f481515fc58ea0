"""How may this person be reached, and if not, why not?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import phonenumbers
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leads.models import Consent, Contact
from leads.withholding import Why, Whys, why

NOTHING_KNOWN: Whys = MappingProxyType({})
LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Reach:
    """The number and the address that may be used; withheld ones are empty, and a reason stands in their place."""

    phone: str = ""
    phone_withheld: str = ""
    email: str = ""
    email_withheld: str = ""

    @property
    def phone_shown(self) -> str:
        """The number as people write it."""
        return shown(self.phone)


def reach(contact: Contact, whys: Whys = NOTHING_KNOWN) -> Reach:
    """What may be offered in a list or on a page: suppression wins over whatever stands in the record.

    `whys` says by channel why it is withheld, where that is known.
    """
    phone, phone_withheld = _phone(contact, whys.get(Consent.Channel.PHONE))
    email, email_withheld = _email(contact, whys.get(Consent.Channel.EMAIL))
    return Reach(phone, phone_withheld, email, email_withheld)


def reach_of(contact: Contact) -> Reach:
    """The same for a page of one person, with why it is withheld what is."""
    return reach(contact, why([contact])[contact.pk])


def _phone(contact: Contact, held: Why | None) -> tuple[str, str]:
    if contact.is_phone_suppressed:
        return "", _said(held, _("Asked on %(day)s not to be called")) if held else _("May not be called")
    number = contact.mobile_e164 or contact.phone_e164
    if number:
        return number, ""
    return "", _("No number that can be dialled") if contact.phone or contact.mobile else _("No phone number")


def _email(contact: Contact, held: Why | None) -> tuple[str, str]:
    if contact.is_mail_suppressed:
        return "", _said(held, _("Asked on %(day)s not to be mailed")) if held else _("May not be mailed")
    return (contact.email_key, "") if contact.email_key else ("", _("No mail address"))


def _said(held: Why, asked: str) -> str:
    """Since when a channel is withheld and why: as the person `asked`, or by whom of us they were put on the list."""
    day = date_format(localtime(held.since), "SHORT_DATE_FORMAT")
    if not held.by:
        return asked % {"day": day}
    said = _("On the do-not-contact list since %(day)s, by %(name)s: %(reason)s")
    return said % {"day": day, "name": held.by, "reason": Truncator(held.reason).chars(LONGEST_REASON)}


def shown(e164: str) -> str:
    """A number as people at home write it: 06 12345678; one of abroad with its country's code."""
    if not e164:
        return ""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, home if number.country_code == 31 else abroad)
