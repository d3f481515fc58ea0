"""Was this form handed out by us, when, and did the browser work for it?

A page carries a ticket: signed, with the moment of the page and a nonce by which what is sent twice is one. Code that
a site has in its own pages carries one that has neither; whose posts these are, the browser says as their origin.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

from leads.models import CaptureForm
from leads.public.sending import Sent

SALT = "leads.form"
LASTS, QUICKEST = timedelta(hours=12), timedelta(seconds=2)
BITS = 14
"""How many zeros a proof begins with: some 16,000 digests, a moment for one visitor and a cost for a thousand."""


class WrongTicketError(Exception):
    """This ticket is not ours, is of another form, or is too old."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says: its text, its nonce, and when its page was drawn; neither where it is part of a site."""

    text: str
    nonce: str = ""
    drawn_at: datetime | None = None


def issue(form: CaptureForm, at: datetime) -> str:
    """A ticket for one page."""
    said = {"form": form.key, "nonce": secrets.token_urlsafe(12), "at": int(at.timestamp() * 1000)}
    return signing.dumps(said, salt=SALT)


def standing(form: CaptureForm) -> str:
    """A ticket for code in somebody's pages; it stays good."""
    return signing.Signer(salt=SALT).sign(form.key)


def read(form: CaptureForm, text: str, at: datetime) -> Ticket:
    """What a ticket says. Raises WrongTicketError."""
    if hmac.compare_digest(text.encode(), standing(form).encode()):
        return Ticket(text)
    try:
        said = signing.loads(text, salt=SALT)
        drawn_at = datetime.fromtimestamp(said["at"] / 1000, UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise WrongTicketError from None
    if said["form"] != form.key or not timedelta() <= at - drawn_at <= LASTS:
        raise WrongTicketError
    return Ticket(text, said["nonce"], drawn_at)


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
