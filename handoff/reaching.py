"""How may the rep reach this person, and why not?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leads.models import Consent, Contact


@dataclass(frozen=True, slots=True)
class Way:
    """A phone number or an address; `why_not` is empty where it may be used."""

    channel: str
    shown: str
    address: str
    why_not: str = ""


def ways(contact: Contact) -> list[Way]:
    """The ways to reach a contact, in the order in which a rep tries them; withheld with the reason where suppressed."""
    numbers = [(contact.mobile, contact.mobile_e164), (contact.phone, contact.phone_e164)]
    no_phone = _why_not(contact, Consent.Channel.PHONE) if contact.is_phone_suppressed else ""
    no_mail = _why_not(contact, Consent.Channel.EMAIL) if contact.is_mail_suppressed else ""
    found = [
        _way(Consent.Channel.PHONE, raw or e164, f"tel:{e164 or raw}", no_phone) for raw, e164 in numbers if raw or e164
    ]
    if contact.email:
        found.append(
            _way(Consent.Channel.EMAIL, contact.email, f"mailto:{contact.email_key or contact.email}", no_mail)
        )
    return found


def _way(channel: str, shown: str, address: str, why_not: str) -> Way:
    return Way(channel, shown, "" if why_not else address, why_not)


def _why_not(contact: Contact, channel: str) -> str:
    """The objection on record, where there is one."""
    objections = Consent.objects.filter(
        contact__family_id=contact.family_id, channel=channel, withdrawn_at__isnull=False
    )
    last = objections.order_by("-withdrawn_at").first()
    if last is None or last.withdrawn_at is None:
        return _("May not be called.") if channel == Consent.Channel.PHONE else _("May not be mailed.")
    day = date_format(last.withdrawn_at, "SHORT_DATE_FORMAT")
    if channel == Consent.Channel.PHONE:
        return _("Asked on %(day)s not to be called.") % {"day": day}
    return _("Asked on %(day)s not to be mailed.") % {"day": day}
