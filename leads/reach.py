"""How may this person be reached, and if not, why not?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leads.models import Consent, Contact

NOTHING_SAID: Mapping[str, datetime] = {}


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


def reach(contact: Contact, objected: Mapping[str, datetime] = NOTHING_SAID) -> Reach:
    """What may be offered in a list or on a page: suppression wins over whatever stands in the record.

    `objected` says when the person asked so, by channel, where that is known.
    """
    phone, phone_withheld = _phone(contact, objected.get(Consent.Channel.PHONE))
    email, email_withheld = _email(contact, objected.get(Consent.Channel.EMAIL))
    return Reach(phone, phone_withheld, email, email_withheld)


def _phone(contact: Contact, objected_at: datetime | None) -> tuple[str, str]:
    if contact.is_phone_suppressed:
        return "", _asked(_("Asked on %(day)s not to be called"), objected_at) or _("Asked not to be called")
    number = contact.mobile_e164 or contact.phone_e164
    if number:
        return number, ""
    return "", _("No number that can be dialled") if contact.phone or contact.mobile else _("No phone number")


def _email(contact: Contact, objected_at: datetime | None) -> tuple[str, str]:
    if contact.is_mail_suppressed:
        return "", _asked(_("Asked on %(day)s not to be mailed"), objected_at) or _("Asked not to be mailed")
    return (contact.email_key, "") if contact.email_key else ("", _("No mail address"))


def _asked(sentence: str, at: datetime | None) -> str:
    return sentence % {"day": date_format(localtime(at), "SHORT_DATE_FORMAT")} if at else ""


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
