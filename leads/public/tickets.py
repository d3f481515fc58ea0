"""Was this form handed out by us, when, and did the browser work for it?

A page carries a ticket: signed, with the moment of the page and a nonce by which what is sent twice is one. Code that
a site has in its own pages carries one that has neither; whose posts these are, the browser says as their origin.
Both carry a digest of what the page asked consent to, so that nobody is held to words that they never saw.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

from leads.models import CaptureForm, Consent
from leads.public.sending import Sent

SALT = "leads.form"
LASTS, QUICKEST = timedelta(hours=12), timedelta(seconds=2)
BITS = 14
"""How many zeros a proof begins with: some 16,000 digests, a moment for one visitor and a cost for a thousand."""


class WrongTicketError(Exception):
    """This ticket is not ours, is of another form, or is too old."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says: its text, its nonce, and when its page was drawn; neither where it is part of a site.

    `asked` is the digest of the questions about consent on that page, empty where it does not tell.
    """

    text: str
    nonce: str = ""
    drawn_at: datetime | None = None
    asked: str = ""


def issue(form: CaptureForm, at: datetime) -> str:
    """A ticket for one page."""
    said = {
        "form": form.key,
        "nonce": secrets.token_urlsafe(12),
        "at": int(at.timestamp() * 1000),
        "asked": asked(form),
    }
    return signing.dumps(said, salt=SALT)


def standing(form: CaptureForm) -> str:
    """A ticket for code in somebody's pages; it stays good."""
    return signing.Signer(salt=SALT).sign(f"{form.key}.{asked(form)}")


def again(form: CaptureForm, ticket: Ticket | None, at: datetime) -> str:
    """The ticket of a page that comes back: its own, where it has one and its page asked what the form asks, else a new one."""
    return ticket.text if ticket and ticket.nonce and is_of_now(form, ticket) else issue(form, at)


def asked(form: CaptureForm) -> str:
    """The digest of what a form asks consent to, in which words and for what; code handed out before purposes asked for sales."""
    about = {} if form.purpose == Consent.Purpose.SALES else {"purpose": form.purpose}
    return hashlib.sha256(json.dumps(form.wordings | about, sort_keys=True).encode()).hexdigest()[:32]


def is_of_now(form: CaptureForm, ticket: Ticket) -> bool:
    """Whether its page asked consent to what the form asks it to now."""
    return ticket.asked == asked(form)


def read(form: CaptureForm, text: str, at: datetime) -> Ticket:
    """What a ticket says. Raises WrongTicketError."""
    return _standing(form, text) or _of_page(form, text, at)


def _standing(form: CaptureForm, text: str) -> Ticket | None:
    """A ticket for code in somebody's pages; those handed out at first say nothing of what was asked."""
    try:
        key, _dot, told = signing.Signer(salt=SALT).unsign(text).partition(".")
    except signing.BadSignature:
        return None
    return Ticket(text, asked=told) if key == form.key else None


def _of_page(form: CaptureForm, text: str, at: datetime) -> Ticket:
    try:
        said = signing.loads(text, salt=SALT)
        drawn_at = datetime.fromtimestamp(said["at"] / 1000, UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise WrongTicketError from None
    if said["form"] != form.key or not timedelta() <= at - drawn_at <= LASTS:
        raise WrongTicketError
    return Ticket(text, said["nonce"], drawn_at, said.get("asked", ""))


def nonce_of(ticket: Ticket, sender: str, sent: Sent, at: datetime) -> str:
    """By what this is the same as what was sent before: the same words from the same page.

    Without a nonce of the page, the same words from the same address within the hour. Words put right are sent anew.
    """
    page = ticket.nonce or f"{ticket.text}\n{sender}\n{at:%Y%m%d%H}"
    words = f"{sorted(sent.said.items())}{sorted(sent.wordings.items())}"
    return hmac.digest(settings.SECRET_KEY.encode(), f"{page}\n{words}".encode(), "sha256").hex()


def is_too_quick(ticket: Ticket, at: datetime) -> bool:
    """Whether it came back sooner than anybody fills a form in."""
    return ticket.drawn_at is not None and at - ticket.drawn_at < QUICKEST


def is_proven(ticket: Ticket, proof: str) -> bool:
    """Whether the browser found a number with which the ticket's digest begins with BITS zeros."""
    if not ticket.nonce or not proof.isascii() or not proof.isdigit() or len(proof) > 12:
        return False
    digest = hashlib.sha256(f"{ticket.text}:{proof}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0
