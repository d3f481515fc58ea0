"""What a visitor sent is kept durably, once, with all that is known of where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from leads import emails, intake
from leads.models import CaptureForm, FormEntry, Intake

TOLD = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "landing_page", "referrer")
"""What a page tells beside what the visitor typed."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: the fields, the questions about consent answered with yes, and what the page told of the visit."""

    said: Mapping[str, str]
    wordings: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def is_kept(nonce: str) -> bool:
    """Whether this was sent before."""
    return FormEntry.objects.filter(nonce=nonce).exists()


def keep(form: CaptureForm, sent: Sent, *, nonce: str, sender: str, at: datetime) -> bool:
    """Keep it, raw, in one transaction; False, and nothing kept twice, where the nonce was sent before."""
    address = emails.key_of(sent.said.get("email", "").strip().lower()) or ""
    waits = form.is_double_opt_in and bool(sent.wordings)
    try:
        with transaction.atomic():
            [raw] = intake.store([payload(form, sent)], source=Intake.Source.FORM, at=at)
            FormEntry.objects.create(
                form=form,
                version=form.version,
                intake=raw,
                nonce=nonce,
                sender=sender,
                email_key=address,
                wordings=dict(sent.wordings),
                received_at=at,
                is_mail_due=waits and bool(address),
                is_consent_due=bool(sent.wordings) and not waits,
            )
    except IntegrityError:
        if is_kept(nonce):
            return False
        raise
    return True


def payload(form: CaptureForm, sent: Sent) -> dict[str, str]:
    """What is judged: the fields, the campaign, and the visit, which is kept with the enquiry and with a new person."""
    visit = "\n".join(f"{name}: {value}" for name, value in sent.told.items())
    given = {"language": form.language, "source_detail": "\n".join(filter(None, (form.name, visit)))}
    if form.campaign:
        given |= {"campaign": form.campaign.name, "channel": form.campaign.channel}
    return {**given, **sent.said, **sent.told}
