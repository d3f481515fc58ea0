"""What does a rep do next, and what do they need to know for it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import OuterRef, Subquery

from handoff.models import Handoff
from leadops.accounts.models import User
from leads.models import Lead
from leads.models.contacts import called
from leads.prepared import Prepared

# How many leads a section shows, and how far a count counts.
SHOWN = 30
COUNTED = 99
OVERDUE, TODAY, NEW, LATER, DONE = "overdue", "today", "new", "later", "done"
NOW = (OVERDUE, TODAY, NEW)

Position = tuple[datetime, int]
BEFORE_ALL = ("-infinity", 0)


class Counts(NamedTuple):
    """How many leads of each kind a rep has; none counts further than one beyond COUNTED."""

    overdue: int
    today: int
    new: int
    later: int
    done: int

    @property
    def now(self) -> int:
        return self.overdue + self.today + self.new

    @property
    def to_do(self) -> int:
        """What today asks in all: what was done and what is left."""
        return self.done + self.overdue + self.today


class Entry(NamedTuple):
    """A lead of the queue with what its line shows, and in which section it stands."""

    section: str
    lead: int
    stage: str
    channel: str
    next_step_at: datetime | None
    organisation: str | None
    campaign: str | None
    score: int | None
    grade: str | None
    contact: str

    @property
    def position(self) -> Position | None:
        return (self.next_step_at, self.lead) if self.next_step_at else None


@dataclass(frozen=True, slots=True)
class Queue:
    """A rep's queue: each section in order of next step, at most SHOWN of it, and how many there are."""

    overdue: list[Lead]
    today: list[Lead]
    new: list[Lead]
    counts: Counts


def end_of_day(user: User, at: datetime) -> datetime:
    """When the reader's day ends, in their own time zone."""
    return start_of_day(user, at + timedelta(days=1))


def start_of_day(user: User, at: datetime) -> datetime:
    local = at.astimezone(ZoneInfo(user.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


# Overdue: its moment has passed. New: not accepted yet. Today: accepted, and due before the day ends.
_DUE = {
    OVERDUE: "next_step_at < %(at)s",
    TODAY: "next_step_at >= %(at)s AND next_step_at < %(day_ends)s AND stage <> 'assigned'",
    NEW: "next_step_at >= %(at)s AND stage = 'assigned'",
    LATER: "next_step_at >= %(day_ends)s AND stage <> 'assigned'",
}
_HELD = "FROM leads_lead WHERE owner_id = %(user)s AND closed_at IS NULL AND"
# Found first and grouped then: or a plan for any rep goes through all leads in their order.
_FOLLOWED_UP = """FROM (SELECT f.lead_id, f.occurred_at FROM handoff_followup f
    WHERE f.by_id = %(user)s AND f.occurred_at >= %(day_starts)s AND f.voids_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id) OFFSET 0) f"""
# Each count stops one beyond what is shown.
_COUNTS = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM ({rows} LIMIT {COUNTED + 1}) counted) AS {name}"
    for name, rows in (
        *((name, f"SELECT 1 {_HELD} {due}") for name, due in _DUE.items()),
        (DONE, f"SELECT DISTINCT lead_id {_FOLLOWED_UP}"),
    )
)
# What was done stands the last one first: by how long ago it was.
_SECTIONS = {
    name: f"""(SELECT '{name}' AS section, id, next_step_at - %(at)s AS place {_HELD} {due}
        AND (next_step_at, id) > (%(moment)s::timestamptz, %(key)s) ORDER BY next_step_at, id LIMIT [shown])"""
    for name, due in _DUE.items()
} | {
    DONE: f"""(SELECT '{DONE}' AS section, f.lead_id AS id, %(at)s - max(f.occurred_at) AS place {_FOLLOWED_UP}
        GROUP BY f.lead_id ORDER BY 3 LIMIT [shown])"""
}
# Rides lead_of_owner and follow_up_of_rep, then each row's keys.
_ENTRIES = f"""
    SELECT counted.*, e.* FROM ({_COUNTS}) counted LEFT JOIN (
        SELECT p.place, p.section, l.id, l.stage, l.channel, l.next_step_at, o.name AS organisation, c.name AS campaign,
            s.score, s.grade, k.first_name, k.initials, k.infix, k.last_name, k.email, k.phone, k.external_id
        FROM ([sections]) p JOIN leads_lead l ON l.id = p.id JOIN leads_contact k ON k.id = l.contact_id
        LEFT JOIN leads_organisation o ON o.id = k.organisation_id
        LEFT JOIN leads_campaign c ON c.id = l.campaign_id
        LEFT JOIN leads_leadscore s ON s.lead_id = l.id
    ) e ON true ORDER BY e.place, e.id
"""


_TYPES = {"user": "bigint", "at": "timestamptz", "day_starts": "timestamptz", "day_ends": "timestamptz"}
_PLACE = {"moment": "timestamptz", "key": "bigint"}


@cache
def _prepared(sections: tuple[str, ...], shown: int) -> Prepared:
    asked = " UNION ALL ".join(_SECTIONS[section] for section in sections).replace("[shown]", str(shown))
    place = {} if sections == (DONE,) else _PLACE
    return Prepared(_ENTRIES.replace("[sections]", asked), **_TYPES, **place)


def entries(
    user: User, at: datetime, sections: Iterable[str] = NOW, *, after: Position | None = None, shown: int = SHOWN
) -> tuple[list[Entry], Counts]:
    """What stands in some sections of a rep's queue, each in its order, and how many there are: one statement.

    From `after` on, so that any depth costs the same. Done is what the rep followed up today.
    """
    moment, key = after or BEFORE_ALL
    values = _values(user, at) | {"moment": moment, "key": key}
    with connection.cursor() as cursor:
        _prepared(tuple(sections), shown).run(cursor, values)
        rows = cursor.fetchall()
    return [_entry(*row[6:]) for row in rows if row[7] is not None], Counts(*rows[0][:5])


def _entry(*columns: Any) -> Entry:
    section, lead, stage, channel, due, organisation, campaign, score, grade, *person = columns
    return Entry(section, lead, stage, channel, due, organisation, campaign, score, grade, called(*person))


def _values(user: User, at: datetime) -> dict[str, Any]:
    return {
        "user": user.pk,
        "at": at,
        "day_starts": start_of_day(user, at),
        "day_ends": end_of_day(user, at),
    }


def for_rep(user: User, at: datetime) -> Queue:
    """A rep's queue with all that there is to know of its leads, in two statements."""
    found, counts = entries(user, at)
    leads = _leads(found)
    overdue, today, new = ([leads[e.lead] for e in found if e.section == name and e.lead in leads] for name in NOW)
    return Queue(overdue, today, new, counts)


def section(user: User, at: datetime, name: str, *, after: Position | None = None, shown: int = SHOWN) -> list[Lead]:
    """Some leads of one section, from a position on."""
    found, _counts = entries(user, at, [name], after=after, shown=shown)
    leads = _leads(found)
    return [leads[entry.lead] for entry in found if entry.lead in leads]


def _leads(found: Sequence[Entry]) -> Mapping[int, Lead]:
    handoff = Handoff.objects.still_open().filter(lead=OuterRef("pk")).values("pk")
    rows = Lead.objects.select_related("contact__organisation", "campaign", "score")
    with_handoff = rows.annotate(handoff=Subquery(handoff[:1])).filter(pk__in=[entry.lead for entry in found])
    return {lead.pk: lead for lead in with_handoff}


def counts(user: User, at: datetime) -> Counts:
    """How many leads each section has, bounded: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _values(user, at))
        return Counts(*cursor.fetchone())


def overdue_count(user: User, at: datetime) -> int:
    """How many leads the reader has that are overdue, at most one more than COUNTED; for the side bar."""
    return Lead.objects.held_by(user).overdue(at)[: COUNTED + 1].count()


def position(lead: Lead) -> Position | None:
    """Where a lead stands in its holder's order; taken before it is worked, to find what comes after it."""
    return (lead.next_step_at, lead.pk) if lead.next_step_at else None
