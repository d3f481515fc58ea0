"""Which devices may send in what they write down at a stand? Each has a token of its own, and can be shut out."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads.models import Campaign, StandDevice

PREFIX = "ls_"
LONGEST_NAME = 200
LISTED_AFTER = timedelta(days=90)
SEEN_TOLD_EVERY = timedelta(seconds=10)
"""The moment at which a device was last seen is written no more often than this."""
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
)
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip


def digest(value: str) -> str:
    """By what a token is kept and found: useless without the key of this installation."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"stand:{value}".encode(), "sha256").hex()


def admit(campaign: Campaign, *, user: User, name: str, at: datetime) -> tuple[StandDevice, str]:
    """Let a device send for the stand of a campaign; return it with its token, which is kept nowhere here."""
    value = PREFIX + secrets.token_urlsafe(32)
    device = StandDevice.objects.create(
        campaign=campaign,
        user=user,
        name=name[:LONGEST_NAME],
        digest=digest(value),
        created_at=at,
        last_seen_at=at,
    )
    return device, value


def known(value: str) -> StandDevice | None:
    """The device that had this token, whether or not it still opens anything."""
    return StandDevice.objects.select_related("user", "campaign").filter(digest=digest(value)).first()


def find(value: str, *, at: datetime) -> StandDevice | None:
    """The device with this token, if it and whoever opened the stand on it may still send; it was seen now."""
    device = known(value)
    if device is None or device.revoked_at or not device.user.has_perm("leads.staff_stands"):
        return None
    if device.last_seen_at < at - SEEN_TOLD_EVERY:
        StandDevice.objects.filter(pk=device.pk, last_seen_at__lt=at).update(last_seen_at=at)
    return device


def revoke(devices: QuerySet[StandDevice], *, at: datetime) -> int:
    """Shut devices out; return how many that were not before. What they have not sent yet stays on them."""
    return devices.filter(revoked_at__isnull=True).update(revoked_at=at)


def listed(campaign: Campaign, *, at: datetime) -> QuerySet[StandDevice]:
    """The devices of a stand, without those that were shut out long ago."""
    is_long_gone = Q(revoked_at__lt=at - LISTED_AFTER)
    return StandDevice.objects.filter(campaign=campaign).exclude(is_long_gone)


def with_figures(devices: QuerySet[StandDevice]) -> QuerySet[StandDevice]:
    """The devices with how many visitors each sent in, and of how many something has still to be put right."""
    return devices.annotate(
        sent=Count("entries", filter=Q(entries__intake__isnull=False)),
        wrong=Count("entries", filter=Q(entries__intake__isnull=True)),
    )


def called(agent: str) -> str:
    """What a device is called, by what its browser tells of itself."""
    machine = next((name for mark, name in MACHINES if mark in agent), "Linux" if "Linux" in agent else "")
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}[A-Za-z]*/", agent)), "")
    return ", ".join(filter(None, (machine, browser))) or _("Device")
