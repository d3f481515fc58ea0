"""When does a yes of a visitor count, and how do they take it back?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leads import consent, objections
from leads.models import Consent, Contact, FormEntry

log = structlog.get_logger(__name__)

CONFIRM, WITHDRAW = "leads.form.confirm", "leads.form.withdraw"
CONFIRMED_WITHIN, MAILED_WITHIN = timedelta(days=14), timedelta(days=3)
AGAIN = timedelta(hours=1)
"""One address gets one mail of a form within this time, whoever asks for more."""
MOST = 500


def link(entry: FormEntry, salt: str) -> str:
    """The address at which somebody confirms or takes back what they said."""
    name = "leads:public-confirm" if salt == CONFIRM else "leads:public-withdraw"
    return settings.LEADOPS_URL + reverse(name, args=[signed(entry, salt)])


def signed(entry: FormEntry, salt: str) -> str:
    """What opens that page for this entry, and for no other."""
    return signing.dumps(entry.pk, salt=salt)


def entry_of(signed: str, salt: str) -> FormEntry | None:
    """What a link is about; None where it is not ours."""
    try:
        return FormEntry.objects.select_related("form").filter(pk=signing.loads(signed, salt=salt)).first()
    except (signing.BadSignature, TypeError, ValueError):
        return None


def is_over(entry: FormEntry, at: datetime) -> bool:
    """Whether it was taken back, or is too late to confirm."""
    is_late = entry.confirmed_at is None and at - entry.received_at > CONFIRMED_WITHIN
    return is_late or entry.withdrawn_at is not None


def confirm(entries: QuerySet[FormEntry], *, at: datetime) -> int:
    """Let the consent of these count from now; return how many did not before. What was taken back stays so."""
    waiting = entries.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)
    in_time = waiting.filter(received_at__gte=at - CONFIRMED_WITHIN)
    return in_time.update(confirmed_at=at, is_consent_due=True, is_mail_due=False)


@transaction.atomic
def record(*, at: datetime) -> int:
    """Write down the consent that counts of those who are known by now, with the words they said yes to."""
    due = FormEntry.objects.filter(is_consent_due=True, intake__judged_at__isnull=False).order_by("pk")
    entries = list(due.select_related("form", "intake__lead").select_for_update(of=("self",), skip_locked=True)[:MOST])
    consent.give(
        [
            consent.Given(
                entry.intake.lead.contact_id, channel, wording, source(entry), given_at(entry), purpose=entry.purpose
            )
            for entry in entries
            if entry.intake.lead
            for channel, wording in entry.wordings.items()
        ],
        at=at,
    )
    FormEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(is_consent_due=False)
    return len(entries)


def source(entry: FormEntry) -> str:
    """Where a consent came from, as its proof says."""
    return f"{entry.form.name} (/f/{entry.form.key}/, {entry.version})"


def given_at(entry: FormEntry) -> datetime:
    """When a consent was given: when it was confirmed, where that was asked."""
    return entry.confirmed_at or entry.received_at


@transaction.atomic
def withdraw(entries: QuerySet[FormEntry], *, at: datetime) -> int:
    """Take back what these said yes to, and suppress their addresses and numbers; return how many did not before."""
    standing = entries.filter(withdrawn_at__isnull=True).select_related("form", "intake__lead__contact")
    held = list(standing.order_by("pk").select_for_update(of=("self",)))
    for entry in held:
        contact = entry.intake.lead.contact if entry.intake.lead else None
        for channel in {Consent.Channel.EMAIL.value, *entry.wordings}:
            consent.withdraw(channel, keys_of(entry, contact, channel), contact=contact, source=source(entry), at=at)
    return FormEntry.objects.filter(pk__in=[entry.pk for entry in held]).update(
        withdrawn_at=at, is_mail_due=False, is_consent_due=False
    )


def keys_of(entry: FormEntry, contact: Contact | None, channel: str) -> set[str]:
    """The address, or the numbers, that may not be used any more; those that were filled in, too, before they are judged."""
    if channel == Consent.Channel.EMAIL:
        return {entry.email_key} - {""}
    filled_in = {key for kind, key in objections.keys_in(entry.intake.payload) if kind == channel}
    borne = {contact.phone_e164, contact.mobile_e164} if contact else set()
    return {number for number in filled_in | borne if number}


def mail(*, at: datetime) -> int:
    """Ask those who have to confirm, each in a transaction of its own; return how many mails went out."""
    due = FormEntry.objects.filter(is_mail_due=True, received_at__gt=at - MAILED_WITHIN).order_by("pk")
    return sum(_mail_one(key, at) for key in list(due.values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def _mail_one(key: int, at: datetime) -> bool:
    held = FormEntry.objects.filter(pk=key, is_mail_due=True).select_related("form")
    entry = held.select_for_update(of=("self",), skip_locked=True).first()
    if entry is None:
        return False
    is_wanted = not _was_asked(entry, at) and not consent.suppressed(consent.EMAIL, [entry.email_key])
    if is_wanted and not _send(entry):
        return False
    FormEntry.objects.filter(pk=key).update(is_mail_due=False, mailed_at=at if is_wanted else None)
    return is_wanted


def _was_asked(entry: FormEntry, at: datetime) -> bool:
    asked = FormEntry.objects.filter(email_key=entry.email_key, form=entry.form, mailed_at__gt=at - AGAIN)
    return asked.exists()


def _send(entry: FormEntry) -> bool:
    with translation.override(entry.form.language):
        message = EmailMessage(_("Please confirm: %(form)s") % {"form": entry.form.heading}, _text(entry))
    message.to = [entry.email_key]
    message.extra_headers = {"List-Unsubscribe": f"<{link(entry, WITHDRAW)}>", "Auto-Submitted": "auto-generated"}
    try:
        message.send()
    except SMTPRecipientsRefused:  # an address that is none: asking again would not help
        log.info("form_mail_refused", entry=entry.pk)
    except OSError as error:
        log.warning("form_not_mailed", entry=entry.pk, error=str(error))
        return False
    return True


def _text(entry: FormEntry) -> str:
    return "\n\n".join(_lines(entry)) + "\n"


def _lines(entry: FormEntry) -> Iterable[str]:
    yield _("Somebody, probably you, filled in “%(form)s” and said yes to this:") % {"form": entry.form.heading}
    yield from (f"- {wording}" for wording in entry.wordings.values())
    yield _("Open this page to confirm it. Without that we do not count it as a yes.")
    yield link(entry, CONFIRM)
    yield _("Did you change your mind, or was it not you? Then take it back here, now or later:")
    yield link(entry, WITHDRAW)
