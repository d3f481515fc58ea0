"""Which integration is this, for whom does it look, and what may it do? Tokens are known by a keyed hash alone."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import Token, User

SALT = "leadops.accounts.tokens"
PREFIX = "lo_"
# How long a process goes by what it read of a token: within so many seconds a revocation is honoured everywhere.
REMEMBERED_SECONDS = 5
# The moment of last use is written no more often than this.
USE_TOLD_EVERY = timedelta(minutes=1)
MOST_REMEMBERED = 1_000


class Scope(models.TextChoices):
    """What an integration may do; what of it there is to see is still what its user may see."""

    LEADS_READ = "leads:read", _("Read leads, contacts and campaigns")
    LEADS_WRITE = "leads:write", _("Send enquiries")
    IMPORTS_READ = "imports:read", _("Read how imports went")
    IMPORTS_WRITE = "imports:write", _("Import files")
    DUPLICATES_READ = "duplicates:read", _("Read duplicates")
    DUPLICATES_WRITE = "duplicates:write", _("Decide on duplicates")
    CALLS_READ = "calls:read", _("Read call lists")
    CALLS_WRITE = "calls:write", _("Take whom to call, and record calls")
    HANDOFFS_READ = "handoffs:read", _("Read the queue and handoffs")
    HANDOFFS_WRITE = "handoffs:write", _("Accept, reject and follow up")
    DEFINITIONS_READ = "definitions:read", _("Read the lead definition")
    REPORTS_READ = "reports:read", _("Read reports")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who sent a request: the token, the user with whose eyes it looks, and its scopes."""

    token: Token
    user: User
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    bearer: Bearer
    until: float


_remembered: dict[str, _Read] = {}


def digest(value: str) -> str:
    """By what a token is kept and found: useless without the key of this installation."""
    keyed = _keyed(settings.SECRET_KEY).copy()
    keyed.update(value.encode())
    return keyed.hexdigest()


@lru_cache(maxsize=1)
def _keyed(_key: str) -> hmac.HMAC:
    """The hash of nothing under the installation's key: to go on from it spares reckoning the key anew each time."""
    return salted_hmac(SALT, "", algorithm="sha256")


def issue(name: str, *, user: User, scopes: Collection[str], at: datetime) -> tuple[Token, str]:
    """Make a token; return it with its value, which is kept nowhere and cannot be told again."""
    value = PREFIX + secrets.token_urlsafe(32)
    chosen = [scope.value for scope in Scope if scope in scopes]
    return Token.objects.create(name=name, user=user, digest=digest(value), scopes=chosen, created_at=at), value


def revoke(tokens: QuerySet[Token], *, at: datetime) -> int:
    """Let the tokens of the set no longer open anything; return how many did until now."""
    count = tokens.filter(revoked_at__isnull=True).update(revoked_at=at)
    forget()
    return count


def find(value: str, *, at: datetime) -> Bearer | None:
    """The bearer of a token that is valid; what was read of it is remembered for REMEMBERED_SECONDS."""
    key = digest(value)
    read = _remembered.get(key)
    if read is not None and time.monotonic() < read.until:
        return read.bearer
    bearer = _read(key, at)
    if bearer is None:
        _remembered.pop(key, None)
        return None
    if len(_remembered) >= MOST_REMEMBERED:
        forget()
    _remembered[key] = _Read(bearer, time.monotonic() + REMEMBERED_SECONDS)
    return bearer


def forget() -> None:
    """Let this process read every token anew."""
    _remembered.clear()


def _read(key: str, at: datetime) -> Bearer | None:
    valid = Token.objects.filter(revoked_at__isnull=True, user__is_active=True).select_related("user")
    token = valid.filter(digest=key).first()
    if token is None:
        return None
    unsaid = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - USE_TOLD_EVERY)
    if token.last_used_at is None or token.last_used_at < at - USE_TOLD_EVERY:
        Token.objects.filter(unsaid, pk=token.pk).update(last_used_at=at)
    return Bearer(token, token.user, frozenset(token.scopes))
