"""What is each user told, and when does it reach them? Written to one outbox by every app, sent by one sweep.

A notice is a sentence (an English msgid, marked by gettext_noop where it is written) with what fills its gaps, so
that it is said in the reader's language when it is read or sent. A gap whose name ends in `_at` is a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from leadops.accounts.models import Mailed, Notice, User

log = structlog.get_logger(__name__)

# How many notices one mail lists; the rest is a number.
LISTED = 20


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that one user is told, once for its key."""

    user: int
    kind: str
    key: str
    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    is_urgent: bool = False


def tell_each(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Write a notice for each; what was told under its key before is left alone. Return how many were handed in."""
    rows = [
        Notice(
            user_id=telling.user,
            kind=telling.kind,
            key=telling.key,
            facts={"sentence": telling.sentence, "gaps": dict(telling.gaps)},
            path=telling.path,
            is_urgent=telling.is_urgent,
            created_at=at,
        )
        for telling in sorted(tellings, key=lambda telling: telling.key)
    ]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True)) if rows else 0


def tell(users: Iterable[User], kind: str, key: str, facts: Mapping[str, Any], path: str, at: datetime) -> int:
    """Tell users the same thing, each once for the key. `facts` holds a `sentence` and the `gaps` it has."""
    sentence, gaps = facts.get("sentence", kind), facts.get("gaps", {})
    tellings = [Telling(user.pk, kind, f"{key}:{user.pk}", sentence, gaps, path) for user in users]
    return tell_each(tellings, at=at)


def said(notice: Notice) -> str:
    """A notice as a sentence, in the language and the time zone in force."""
    sentence = gettext(notice.facts.get("sentence", notice.kind))
    gaps = {name: _gap(name, value) for name, value in notice.facts.get("gaps", {}).items()}
    return sentence % gaps if gaps else sentence


def _gap(name: str, value: object) -> object:
    if name.endswith("_at") and isinstance(value, str):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    return gettext(value["said"]) if isinstance(value, dict) else value


def send(at: datetime, limit: int = 200) -> int:
    """Mail what users were not told yet, one mail a user however much it is; return how many mails went out.

    Each user's notices are claimed, mailed and marked in one transaction: two sweeps at once never mail the same
    one twice, and what cannot be mailed now is found by the next sweep. What was read, is for somebody who left,
    or is not what its reader wants by mail, is marked without a mail.
    """
    waiting = Notice.objects.unsent().order_by("user_id").values_list("user_id", flat=True).distinct()
    return sum(_send_to(user_id, at) for user_id in waiting[:limit])


@transaction.atomic
def _send_to(user_id: int, at: datetime) -> bool:
    claimed = Notice.objects.unsent().filter(user=user_id).order_by("created_at", "pk")
    notices = list(claimed.select_for_update(skip_locked=True))
    user = User.objects.get(pk=user_id)
    wanted = [notice for notice in notices if is_mailed(notice, user)]
    if wanted and not _mail(user, wanted):
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=at)
    return bool(wanted)


def is_mailed(notice: Notice, user: User) -> bool:
    """Whether a notice goes to its reader by mail, as they chose; nothing that was read, nothing to who left."""
    is_wanted = user.mailed == Mailed.ALL or (user.mailed == Mailed.URGENT and notice.is_urgent)
    return is_wanted and user.is_active and notice.read_at is None


def _mail(user: User, notices: Sequence[Notice]) -> bool:
    """Mail the notices in the user's language; return whether the mail went out."""
    with translation.override(user.language), timezone.override(user.time_zone):
        subject = said(notices[0]) if len(notices) == 1 else gettext("LeadOps: %(count)s messages")
        mail = EmailMessage(
            subject % {"count": len(notices)} if len(notices) > 1 else subject, _body(notices), to=[user.email]
        )
    try:
        mail.send()
    except OSError as error:
        log.warning("notices_not_mailed", user=user.pk, error=str(error))
        return False
    return True


def _body(notices: Sequence[Notice]) -> str:
    lines = [f"{said(notice)}\n{settings.LEADOPS_URL}{notice.path}" for notice in notices[:LISTED]]
    more = len(notices) - LISTED
    if more > 0:
        lines.append(gettext("And %(count)s more: %(address)s") % {"count": more, "address": settings.LEADOPS_URL})
    return "\n\n".join(lines) + "\n"
