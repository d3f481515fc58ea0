"""When does a yes of a visitor count, and how do they take it back?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leads import consent, objections
from leads.models import Consent, Contact, FormEntry, Intake

log = structlog.get_logger(__name__)

CONFIRM, WITHDRAW = "leads.form.confirm", "leads.form.withdraw"
CONFIRMED_WITHIN, MAILED_WITHIN = timedelta(days=14), timedelta(days=3)
AGAIN, AGAIN_AFTER_NO = timedelta(hours=1), timedelta(days=1)
"""One address gets one mail of a form within this time, whoever asks for more; who said no before, one of any form."""
SALES = Consent.Purpose.SALES
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
    """Write down the consent that counts of those who are known by now, with the words they said yes to.

    Who was left aside, since they had objected by a link, and confirmed a yes to sales since, comes in again, as of now.
    """
    due = FormEntry.objects.filter(is_consent_due=True, intake__judged_at__isnull=False).order_by("pk")
    entries = list(due.select_related("form", "intake__lead").select_for_update(of=("self",), skip_locked=True)[:MOST])
    people = speakers(entries)
    consent.give(
        [
            consent.Given(people[entry.pk], channel, wording, source(entry), given_at(entry), purpose=entry.purpose)
            for entry in entries
            if entry.pk in people
            for channel, wording in entry.wordings.items()
        ],
        at=at,
    )
    again = [entry for entry in entries if _comes_back(entry, at)]
    Intake.objects.filter(entry__in=again).update(judged_at=None, verdict="", reason="", received_at=at)
    settled = [entry.pk for entry in entries if entry.pk in people or entry not in again]
    FormEntry.objects.filter(pk__in=settled).update(is_consent_due=False)
    return len(entries)


def speakers(entries: Sequence[FormEntry]) -> dict[int, int]:
    """{entry: contact} of those who are known: by their lead, or, where they proved their address, as the one who bears it."""
    known = {entry.pk: entry.intake.lead.contact_id for entry in entries if entry.intake.lead}
    proven = [entry for entry in entries if entry.confirmed_at and entry.pk not in known]
    return known | objections.bearers({entry.pk: [(consent.EMAIL.value, entry.email_key)] for entry in proven})


def _comes_back(entry: FormEntry, at: datetime) -> bool:
    """Whether what was left aside is to be judged once more: a confirmed yes to sales lifted what kept the address from use."""
    if entry.confirmed_at is None or entry.purpose != SALES or consent.EMAIL.value not in entry.wordings:
        return False
    is_free = objections.come_back(entry.email_key, said_at=entry.confirmed_at, because=source(entry), at=at)
    raw = entry.intake
    was_left = raw.verdict == Intake.Verdict.SKIPPED and raw.judged_at and raw.judged_at < entry.confirmed_at
    return is_free and bool(was_left)


def source(entry: FormEntry) -> str:
    """Where a consent came from, as its proof says."""
    return f"{entry.form.name} (/f/{entry.form.key}/, {entry.version})"


def given_at(entry: FormEntry) -> datetime:
    """When a consent was given: when it was confirmed, where that was asked."""
    return entry.confirmed_at or entry.received_at


@transaction.atomic
def withdraw(entries: QuerySet[FormEntry], *, at: datetime) -> int:
    """Take back what these said yes to, for its own purpose; return how many did not before. A yes to sales is taken back by objecting."""
    held = _held(entries.filter(withdrawn_at__isnull=True).exclude(purpose=SALES))
    for entry in held:
        _take_back(entry, at)
    return FormEntry.objects.filter(pk__in=[entry.pk for entry in held]).update(
        withdrawn_at=at, is_mail_due=False, is_consent_due=False
    )


@transaction.atomic
def object_(entries: QuerySet[FormEntry], *, at: datetime) -> int:
    """Let the addresses and numbers of these not be used any more, for no purpose; return how many did not say so before."""
    held = _held(entries.filter(objected_at__isnull=True))
    for entry in held:
        contact = entry.intake.lead.contact if entry.intake.lead else None
        for channel in {Consent.Channel.EMAIL.value, *entry.wordings}:
            keys = keys_of(entry, contact, channel)
            consent.withdraw(channel, keys, contact=contact, source=source(entry), at=at, is_own=True)
    return FormEntry.objects.filter(pk__in=[entry.pk for entry in held]).update(
        withdrawn_at=Coalesce("withdrawn_at", Value(at)), objected_at=at, is_mail_due=False, is_consent_due=False
    )


def _held(entries: QuerySet[FormEntry]) -> list[FormEntry]:
    known = entries.select_related("form", "intake__lead__contact").order_by("pk")
    return list(known.select_for_update(of=("self",)))


def _take_back(entry: FormEntry, at: datetime) -> None:
    """Write down, where the person is known, that they said yes to this no more."""
    contact = entry.intake.lead.contact_id if entry.intake.lead else _bearer(entry)
    if contact:
        rows = [
            Consent(
                contact_id=contact, channel=channel, purpose=entry.purpose, wording=wording, source=source(entry)[:300],
                withdrawn_at=at, recorded_at=at,
            )
            for channel, wording in entry.wordings.items()
        ]  # fmt: skip
        Consent.objects.bulk_create(rows)


def _bearer(entry: FormEntry) -> int | None:
    return objections.bearers({entry.pk: [(consent.EMAIL.value, entry.email_key)]}).get(entry.pk)


def is_called_no_more(entry: FormEntry) -> bool:
    """Whether they said yes to calls on a number that may not be called all the same: a mail does not prove a number."""
    contact = entry.intake.lead.contact if entry.intake.lead else None
    channel = Consent.Channel.PHONE.value
    return channel in entry.wordings and bool(consent.suppressed(channel, keys_of(entry, contact, channel)))


def is_mailed_no_more(entry: FormEntry) -> bool:
    """Whether mail about anything else than what was confirmed stays withheld: they had said no to all of it."""
    return entry.purpose != SALES and bool(consent.suppressed(consent.EMAIL, {entry.email_key} - {""}))


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
    is_wanted = not _was_asked(entry, at) and _may_ask(entry, at)
    if is_wanted and not _send(entry):
        return False
    FormEntry.objects.filter(pk=key).update(is_mail_due=False, mailed_at=at if is_wanted else None)
    return is_wanted


def _was_asked(entry: FormEntry, at: datetime) -> bool:
    asked = FormEntry.objects.filter(email_key=entry.email_key, form=entry.form, mailed_at__gt=at - AGAIN)
    return asked.exists()


def _may_ask(entry: FormEntry, at: datetime) -> bool:
    """Whether they may be asked: who said no by a link of ours themselves, once a day; of whom anybody else said so, never."""
    if consent.suppressed(consent.EMAIL, [entry.email_key], but_own=True):
        return False
    asked = FormEntry.objects.filter(email_key=entry.email_key, mailed_at__gt=at - AGAIN_AFTER_NO)
    return not consent.suppressed(consent.EMAIL, [entry.email_key]) or not asked.exists()


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
