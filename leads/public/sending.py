"""What a visitor sent is kept durably, once, with all that is known of where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from leads import emails, intake
from leads.models import CaptureForm, FormEntry, Intake
from leads.public.building import OFFERED

TOLD = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "landing_page", "referrer")
"""What a page tells beside what the visitor typed."""
AGAIN = timedelta(hours=1)
"""The same words of the same sender within this time are one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: the fields, the questions about consent answered with yes, and what the page told of the visit."""

    said: Mapping[str, str]
    wordings: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def kept_before(form: CaptureForm, sent: Sent, *, nonce: str, sender: str, at: datetime) -> FormEntry | None:
    """What this is once more: sent from the same page, or in the same words by the same sender within the hour.

    Somebody who goes back is drawn a new page. What was taken back since does not count. Rides form_entry_of_sender.
    """
    recent = FormEntry.objects.filter(sender=sender, received_at__gt=at - AGAIN, form=form, withdrawn_at__isnull=True)
    alike = recent.filter(email_key=address_of(sent), wordings=intake.storable(sent.wordings)).select_related("intake")
    same = (entry for entry in alike.order_by("pk") if said_in(entry) == intake.storable(sent.said))
    return FormEntry.objects.filter(nonce=nonce).first() or next(same, None)


def said_in(entry: FormEntry) -> dict[str, str]:
    """What the visitor typed of what is kept."""
    return {name: value for name, value in entry.intake.payload.items() if name in OFFERED}


def address_of(sent: Sent) -> str:
    return emails.key_of(sent.said.get("email", "").strip().lower()) or ""


def keep(form: CaptureForm, sent: Sent, *, nonce: str, sender: str, at: datetime) -> FormEntry | None:
    """Keep it, raw, in one transaction; None, and nothing kept twice, where the nonce was sent before."""
    address = address_of(sent)
    waits = form.is_double_opt_in and bool(sent.wordings)
    try:
        with transaction.atomic():
            [raw] = intake.store([payload(form, sent)], source=Intake.Source.FORM, at=at)
            return FormEntry.objects.create(
                form=form,
                version=form.version,
                intake=raw,
                nonce=nonce,
                sender=sender,
                email_key=address,
                wordings=dict(sent.wordings),
                purpose=form.purpose,
                received_at=at,
                is_mail_due=waits and bool(address),
                is_consent_due=bool(sent.wordings) and not waits,
            )
    except IntegrityError:
        if FormEntry.objects.filter(nonce=nonce).exists():
            return None
        raise


def payload(form: CaptureForm, sent: Sent) -> dict[str, str]:
    """What is judged: the fields, the campaign, and the visit, which is kept with the enquiry and with a new person."""
    visit = "\n".join(f"{name}: {value}" for name, value in sent.told.items())
    given = {"language": form.language, "source_detail": "\n".join(filter(None, (form.name, visit)))}
    if form.campaign:
        given |= {"campaign": form.campaign.name, "channel": form.campaign.channel}
    return {**given, **sent.said, **sent.told}
