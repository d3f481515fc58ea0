"""Does too much come from one address? What was kept is counted, so that every process counts alike."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from leads.models import FormEntry

SPAN = timedelta(minutes=10)
PROVEN, UNPROVEN = 30, 6
"""How many forms one address sends within the span: with a proof of work, and without."""


def sender_of(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed digest; behind proxies of ours, what the outermost of them saw."""
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.LEADOPS_PROXIES:
        passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = passed[-settings.LEADOPS_PROXIES] if len(passed) >= settings.LEADOPS_PROXIES else address
    return hmac.digest(settings.SECRET_KEY.encode(), f"sender:{address}".encode(), "sha256").hex()


def is_too_many(sender: str, at: datetime, *, is_proven: bool) -> bool:
    """Whether one address has sent as much as it may. Rides form_entry_of_sender."""
    most = PROVEN if is_proven else UNPROVEN
    return FormEntry.objects.filter(sender=sender, received_at__gt=at - SPAN)[:most].count() >= most
