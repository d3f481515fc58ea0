"""What happened with this lead, newest first, as far as this reader may see it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handoff.models import Escalation, FollowUp, Rep, RepSetting
from leadops.accounts.models import User
from leadops.accounts.roles import Role, has_role
from leads import consent
from leads.models import Call, Consent, Engagement, Lead
from leads.prepared import Prepared
from leads.stages import Reason

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` says which family of events, `key` which of it."""

    kind: str
    key: str
    occurred_at: datetime
    by: str
    text: str
    row: int

    @property
    def title(self) -> str | Promise:
        return _TITLES[self.kind].get(self.key, self.key)


_TITLES: dict[str, dict[str, str | Promise]] = {
    "move": {reason.value: reason.label for reason in Reason},
    "engagement": {kind.value: kind.label for kind in Engagement.Kind},
    "follow_up": {
        "": _("Followed up, in the other system"),
        **{disposition.value: disposition.label for disposition in FollowUp.Disposition},
    },
    "attempt": {disposition.value: disposition.label for disposition in Call.Disposition},
    "escalation": {step.value: step.label for step in Escalation.Step},
    "score": {},
}

# Moves that only carry a follow-up are left to the follow-up. Rides move_of_lead, follow_up_of_lead,
# engagement_of_contact, call_of_lead, flagged_once and score_card_of_lead. Attempts of a call list bear its name, not the
# caller's; an answered one is an engagement.
_EVENTS = """
    (SELECT 'move', m.reason, m.occurred_at, coalesce(u.name, ''), m.note, m.id
     FROM leads_leadmove m LEFT JOIN accounts_user u ON u.id = coalesce(m.by_id, m.owner_id)
     WHERE m.lead_id = %(lead)s AND m.reason <> 'followed_up' ORDER BY m.id DESC LIMIT [shown])
    UNION ALL
    (SELECT 'follow_up', f.disposition, f.occurred_at, u.name, f.note, f.id
     FROM handoff_followup f LEFT JOIN accounts_user u ON u.id = f.by_id
     WHERE f.lead_id = %(lead)s AND f.voids_id IS NULL AND (%(sees_all)s OR f.by_id = ANY(%(seen)s))
       AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id)
     ORDER BY f.occurred_at DESC LIMIT [shown])
    UNION ALL
    (SELECT 'engagement', e.kind, e.occurred_at, coalesce(c.name, ''), concat_ws(E'\n', nullif(e.interest, ''), nullif(e.detail, '')), e.id
     FROM leads_contact k JOIN leads_engagement e ON e.contact_id = k.id LEFT JOIN leads_campaign c ON c.id = e.campaign_id
     WHERE k.family_id = %(family)s AND e.voids_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM leads_engagement v WHERE v.voids_id = e.id)
     ORDER BY e.occurred_at DESC LIMIT [shown])
    UNION ALL
    (SELECT 'attempt', a.disposition, a.occurred_at, b.name, a.note, a.id
     FROM leads_call a JOIN leads_calllist b ON b.id = a.call_list_id
     WHERE a.lead_id = %(lead)s AND a.engagement_id IS NULL AND a.voids_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM leads_call v WHERE v.voids_id = a.id)
     ORDER BY a.occurred_at DESC LIMIT [shown])
    UNION ALL
    (SELECT 'escalation', s.step, s.flagged_at, '', '', s.id
     FROM handoff_escalation s WHERE s.lead_id = %(lead)s ORDER BY s.flagged_at DESC LIMIT [shown])
    UNION ALL
    (SELECT 'score', q.grade, q.scored_at, '', q.score::text, q.id
     FROM qualification_scorecard q WHERE q.lead_id = %(lead)s ORDER BY q.scored_at DESC LIMIT [shown])
    ORDER BY 3 DESC, 1, 6 DESC LIMIT [shown]
"""

# What the person said of being contacted by sales comes with it, and that they have other records, at the end.
_EVENTS_AND_WORDS = f"""
    SELECT * FROM (({_EVENTS}) UNION ALL (
        SELECT 'consent', w.channel, coalesce(w.withdrawn_at, w.given_at), w.basis, CASE WHEN w.given_at IS NULL THEN '' ELSE 'given' END, w.id
        FROM leads_contact k JOIN leads_consent w ON w.contact_id = k.id
        WHERE k.family_id = %(family)s AND {consent.ABOUT.format(purpose="'sales'")} AND w.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_consent v WHERE v.voids_id = w.id)
    ) UNION ALL (
        SELECT 'record', '', k.created_at, '', '', k.id FROM leads_contact k WHERE k.family_id = %(family)s AND k.merged_into_id IS NOT NULL
    )) told (kind, key, occurred_at, by, said, row) ORDER BY kind IN ('consent', 'record'), occurred_at DESC, kind, row DESC
"""


class Word(NamedTuple):
    """What the person said last of one channel: that we may use it, or that we may not any more."""

    is_given: bool
    said_at: datetime
    basis: str

    def of(self, channel: str) -> str:
        """The channel, and on which basis it may be used where that is no consent."""
        named = str(Consent.Channel(channel).label)
        return named if self.basis == Consent.Basis.CONSENT else f"{named} ({Consent.Basis(self.basis).label})"


def timeline(lead: Lead, reader: User, *, shown: int = SHOWN) -> list[Event]:
    """Moves, engagements, follow-ups, attempts by telephone, escalations and scores of a lead, newest first, at most `shown`.

    Follow-ups of others are for who works the lead, and for managers of reps that they coach.
    """
    return _read(_EVENTS, lead, reader, shown)


class Told(NamedTuple):
    """The timeline, the person's last word on each channel, and whether records of theirs were merged."""

    events: list[Event]
    words: dict[str, Word]
    is_merged: bool


def timeline_and_words(lead: Lead, reader: User) -> Told:
    """The timeline, and what is told of the person with it: one statement."""
    found = _read(_EVENTS_AND_WORDS, lead, reader, SHOWN)
    words = sorted((event for event in found if event.kind == "consent"), key=attrgetter("row"))
    said = {word.key: Word(bool(word.text), word.occurred_at, word.by) for word in words}
    events = [event for event in found if event.kind not in ("consent", "record")]
    return Told(events, said, any(event.kind == "record" for event in found))


@cache
def _prepared(sql: str, shown: int) -> Prepared:
    return Prepared(
        sql.replace("[shown]", str(shown)), lead="bigint", family="bigint", sees_all="boolean", seen="bigint[]"
    )


def _read(sql: str, lead: Lead, reader: User, shown: int) -> list[Event]:
    sees_all, seen = _follow_ups_seen_by(reader, lead)
    values: dict[str, Any] = {
        "lead": lead.pk,
        "family": lead.family_id,
        "sees_all": sees_all,
        "seen": seen,
    }
    with connection.cursor() as cursor:
        _prepared(sql, shown).run(cursor, values)
        return [Event(*row) for row in cursor.fetchall()]


def _follow_ups_seen_by(reader: User, lead: Lead) -> tuple[bool, list[int]]:
    """Whether a reader sees all follow-ups of a lead, else whose: their own, and those of reps that they coach."""
    if lead.owner_id == reader.pk:
        return True, []
    if not has_role(reader, Role.SALES_MANAGER, Role.ADMIN):
        return False, [reader.pk]
    latest = RepSetting.objects.order_by("rep_id", "-since").distinct("rep_id").values_list("rep_id", "tracking")
    tracking = dict(latest)
    writers = FollowUp.objects.filter(lead=lead.pk, by__isnull=False).values_list("by_id", flat=True).distinct()
    coached = [key for key in writers if tracking.get(key, Rep.Tracking.COACH) == Rep.Tracking.COACH]
    return False, [reader.pk, *coached]
