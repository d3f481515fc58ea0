"""What does a rep do next, and what do they need to know for it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery

from handoff.models import Handoff
from leadops.accounts.models import User
from leads.models import Contact, Lead
from leads.querysets import LeadQuerySet
from leads.stages import Stage

# How many leads a section shows, and how far a count counts.
SHOWN = 30
COUNTED = 99

Position = tuple[datetime, int]


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


@dataclass(frozen=True, slots=True)
class Queue:
    """A rep's queue: each section in order of next step, at most SHOWN of it, and how many there are."""

    overdue: list[Lead]
    today: list[Lead]
    new: list[Lead]
    counts: Counts

    @property
    def leads(self) -> list[Lead]:
        return [*self.overdue, *self.today, *self.new]


def end_of_day(user: User, at: datetime) -> datetime:
    """When the reader's day ends, in their own time zone."""
    return start_of_day(user, at + timedelta(days=1))


def start_of_day(user: User, at: datetime) -> datetime:
    local = at.astimezone(ZoneInfo(user.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _sections(user: User, at: datetime) -> dict[str, LeadQuerySet]:
    """Overdue: its moment has passed. New: not accepted yet. Today: accepted, and due before the day ends."""
    held = Lead.objects.held_by(user)
    due = held.filter(next_step_at__gte=at)
    return {
        "overdue": held.overdue(at),
        "today": due.exclude(stage=Stage.ASSIGNED).filter(next_step_at__lt=end_of_day(user, at)),
        "new": due.filter(stage=Stage.ASSIGNED),
    }


def for_rep(user: User, at: datetime, *, shown: int = SHOWN) -> Queue:
    """A rep's queue with all that its rows show, in two statements. Rides lead_of_owner."""
    first, *others = [rows.order_by("next_step_at", "pk").values("pk")[:shown] for rows in _sections(user, at).values()]
    found: dict[str, list[Lead]] = {"overdue": [], "today": [], "new": []}
    for lead in _ordered(Lead.objects.filter(pk__in=first.union(*others, all=True))):
        found[_section_of(lead, at)].append(lead)
    return Queue(**found, counts=counts(user, at))


def _section_of(lead: Lead, at: datetime) -> str:
    if lead.next_step_at and lead.next_step_at < at:
        return "overdue"
    return "new" if lead.stage == Stage.ASSIGNED else "today"


def later(user: User, at: datetime, *, after: Position | None = None, shown: int = SHOWN) -> list[Lead]:
    """What is due after today, in order; from `after` on, so that any depth costs the same."""
    rows = Lead.objects.held_by(user).filter(next_step_at__gte=end_of_day(user, at)).exclude(stage=Stage.ASSIGNED)
    return list(_ordered(_beyond(rows, after))[:shown])


def more(user: User, at: datetime, section: str, *, after: Position, shown: int = SHOWN) -> list[Lead]:
    """The next leads of one section."""
    return list(_ordered(_beyond(_sections(user, at)[section], after))[:shown])


def done(user: User, at: datetime, *, shown: int = SHOWN) -> list[Lead]:
    """The leads that the rep followed up today, the last one first. Rides follow_up_of_rep."""
    today = Q(follow_ups__by=user, follow_ups__occurred_at__gte=start_of_day(user, at), follow_ups__voids=None)
    rows = Lead.objects.filter(today, follow_ups__voided_by=None)
    keys = rows.order_by("-follow_ups__occurred_at").values_list("pk", flat=True)
    order = list(dict.fromkeys(keys[: 4 * shown]))[:shown]
    found = {lead.pk: lead for lead in Lead.objects.with_story().filter(pk__in=order)}
    return [found[key] for key in order if key in found]


def _ordered(rows: LeadQuerySet) -> LeadQuerySet:
    handoff = Handoff.objects.still_open().filter(lead=OuterRef("pk")).values("pk")
    return (
        rows.select_related("contact__organisation", "campaign", "score")
        .annotate(handoff=Subquery(handoff[:1]))
        .order_by("next_step_at", "pk")
    )


def _beyond(rows: LeadQuerySet, after: Position | None) -> LeadQuerySet:
    """Keyset: the rows after a position in order of next step."""
    if after is None:
        return rows
    moment, key = after
    return rows.filter(Q(next_step_at__gt=moment) | Q(next_step_at=moment, pk__gt=key))


_HELD = "SELECT 1 FROM leads_lead WHERE owner_id = %(user)s AND closed_at IS NULL AND"
_DONE = """
    SELECT DISTINCT f.lead_id FROM handoff_followup f
    WHERE f.by_id = %(user)s AND f.occurred_at >= %(day_starts)s AND f.voids_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id)
"""
# Each count stops one beyond what is shown. Rides lead_of_owner and follow_up_of_rep.
_COUNTS = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM ({rows} LIMIT %(most)s) counted)"
    for rows in (
        f"{_HELD} next_step_at < %(at)s",
        f"{_HELD} next_step_at >= %(at)s AND next_step_at < %(day_ends)s AND stage <> 'assigned'",
        f"{_HELD} next_step_at >= %(at)s AND stage = 'assigned'",
        f"{_HELD} next_step_at >= %(day_ends)s AND stage <> 'assigned'",
        _DONE,
    )
)


def counts(user: User, at: datetime) -> Counts:
    """How many leads each section has, bounded: one statement."""
    values: dict[str, Any] = {
        "user": user.pk,
        "at": at,
        "day_starts": start_of_day(user, at),
        "day_ends": end_of_day(user, at),
        "most": COUNTED + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return Counts(*cursor.fetchone())


def overdue_count(user: User, at: datetime) -> int:
    """How many leads the reader has that are overdue, at most one more than COUNTED; for the side bar."""
    return Lead.objects.held_by(user).overdue(at)[: COUNTED + 1].count()


def position(lead: Lead) -> Position | None:
    """Where a lead stands in its holder's order; taken before it is worked, to find what comes after it."""
    return (lead.next_step_at, lead.pk) if lead.next_step_at else None


def next_lead(user: User, at: datetime, after: Position | None = None) -> Lead | None:
    """The lead after a position in the order of overdue, today and new; the first of all where none comes after."""
    sections = _sections(user, at)
    due = sections["overdue"] | sections["today"]
    for rows in (_beyond(due, after), sections["new"], due):
        lead = _ordered(rows).first()
        if lead is not None:
            return lead
    return None


def worked(user: User, key: int) -> Lead | None:
    """A lead of the reader's own queue, with all that its panel shows; None where they do not hold it."""
    return _ordered(Lead.objects.held_by(user).filter(pk=key)).first()


def others_at(lead: Lead, reader: User, *, shown: int = 10) -> Sequence[Lead]:
    """Other leads at the same organisation that the reader may see, open ones first. Rides lead_of_family."""
    organisation = lead.contact.organisation_id
    if organisation is None:
        return []
    people = Contact.objects.filter(organisation=organisation).values("family_id")
    rows = Lead.objects.listed().filter(family_id__in=people).exclude(pk=lead.pk)
    named = rows.visible_to(reader).select_related("contact", "owner").only(
        "stage", "contact__first_name", "contact__initials", "contact__infix", "contact__last_name", "contact__email",
        "contact__phone", "contact__external_id", "contact__job_title", "owner__name", "owner__email",
    )  # fmt: skip
    return list(named.order_by(F("closed_at").asc(nulls_first=True), "-opened_at", "pk")[:shown])
