"""How does a person say, without a log-in, that we are not to mail or call them any more?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse

from leads import objections, sources
from leads.models import Consent, Contact

SALT = "leads.contact.objection"
CHANNELS = [str(channel) for channel in Consent.Channel]


def link(contact: Contact) -> str:
    """The address at which a person objects themselves; it stays good."""
    return settings.LEADOPS_URL + reverse("leads:public-objection", args=[signing.dumps(contact.pk, salt=SALT)])


def person_of(signed: str) -> Contact | None:
    """Whom a link is about, as the record that they count as now; None where it is not ours, or they are gone."""
    try:
        known = Contact.objects.filter(pk=signing.loads(signed, salt=SALT)).first()
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return known and Contact.objects.filter(pk=known.family_id, erased_at__isnull=True).first()


def open_channels(contact: Contact) -> list[str]:
    """Those channels to which they did not object yet."""
    return [
        channel for channel in CHANNELS if contact.family_id not in objections.objecting(channel, [contact.family_id])
    ]


def object_to(contact: Contact, channels: Sequence[str], *, at: datetime) -> list[str]:
    """Write down that a person does not want these channels used any more; return those where that is news."""
    return objections.withdraw(contact, channels, source=sources.BY_LINK, by=None, at=at, is_own=True)
