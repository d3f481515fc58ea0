"""What does a rep see of their queue, and of the lead that they are working on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handoff import acceptance, deadlines, queue
from handoff.forms import ASKS_A_DATE, ENDINGS
from handoff.models import FollowUp, Opportunity
from handoff.timeline import Event, timeline
from leadops.accounts.models import User
from leads.models import Consent, Engagement, Lead
from leads.reach import Reach, reach
from leads.stages import Reason, Stage
from qualification.scoring import Addend, explain

NOW, LATER, DONE = "now", "later", "done"
TABS = (NOW, LATER, DONE)

Disposition = FollowUp.Disposition
# In the order of their keys, 1 to 7: icon and mood of each outcome.
OUTCOMES: dict[str, tuple[str, str]] = {
    Disposition.SPOKE: ("message-square", "good"),
    Disposition.APPOINTMENT: ("calendar", "good"),
    Disposition.CALL_BACK: ("clock", "wait"),
    Disposition.NO_ANSWER: ("phone-missed", ""),
    Disposition.VOICEMAIL: ("voicemail", ""),
    Disposition.NO_INTEREST: ("ban", "bad"),
    Disposition.WRONG_NUMBER: ("phone-off", "bad"),
}
ICONS: dict[str, dict[str, str]] = {
    "follow_up": {key: icon for key, (icon, _mood) in OUTCOMES.items()},
    "engagement": {
        Engagement.Kind.FORM: "file-text",
        Engagement.Kind.SCAN: "scan-line",
        Engagement.Kind.ATTENDED: "users",
        Engagement.Kind.CALL: "phone-call",
        Engagement.Kind.CLICK: "mouse-pointer-click",
        Engagement.Kind.OPENED: "mail-open",
        Engagement.Kind.NOTE: "sticky-note",
    },
    "move": {
        Reason.CAPTURED: "inbox",
        Reason.IMPORTED: "inbox",
        Reason.MEETS_DEFINITION: "badge-check",
        Reason.EXPLORED: "badge-check",
        Reason.NOBODY_FREE: "pause",
        Reason.ACCEPTED: "check",
        Reason.REJECTED: "undo-2",
        Reason.RECYCLED: "undo-2",
        Reason.RELEASED: "undo-2",
        Reason.SNOOZED: "alarm-clock",
        Reason.WOKEN: "alarm-clock",
        Reason.NURTURED: "sprout",
        Reason.QUALIFIED: "flag",
        Reason.WON: "trophy",
        Reason.LOST: "circle-x",
        Reason.DISQUALIFIED: "circle-x",
        Reason.SUPPRESSED: "ban",
        Reason.MERGED: "git-merge",
        Reason.REOPENED: "rotate-ccw",
    },
}
ICON_OF = {
    "move": "arrow-right-left",
    "follow_up": "phone",
    "engagement": "inbox",
    "escalation": "bell-ring",
    "score": "gauge",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the lead, and how long it is overdue."""

    lead: Lead
    late: timedelta | None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; `more` is the address of those that follow."""

    name: str
    title: str | Promise
    tone: str
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Desk:
    """The list beside the lead: one tab of a rep's queue."""

    tab: str
    sections: Sequence[Section]
    counts: queue.Counts
    leads: Sequence[Lead]
    more: str = ""

    @property
    def suffix(self) -> str:
        """What an address of a lead ends in, so that this tab stays beside it."""
        return "" if self.tab == NOW else f"?tab={self.tab}"

    @property
    def share_done(self) -> float:
        return self.counts.done / self.counts.to_do if self.counts.to_do else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the seven tiles: its key, icon and mood, whether it asks for a date, and when the lead comes back by itself."""

    n: int
    value: str
    label: str | Promise
    icon: str
    mood: str
    asks_date: bool
    comes_back_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story as it reads, with its icon."""

    event: Event
    icon: str
    title: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the panel of one lead shows."""

    lead: Lead
    at: datetime
    late: timedelta | None
    reach: Reach
    lines: Sequence[Line]
    brief: Event | None
    addends: Sequence[Addend]
    kin: Sequence[Lead]
    consents: Sequence[str]
    outcomes: Sequence[Outcome]
    moments: Sequence[datetime]
    reasons: Sequence[acceptance.RejectReason]
    can_reject: bool
    business: Opportunity | None

    @property
    def usual_moment(self) -> int:
        """Which of the moments is chosen until the rep chooses: the first one after today."""
        today = timezone.localdate(self.at)
        return next((n for n, moment in enumerate(self.moments) if timezone.localdate(moment) > today), 0)

    @property
    def endings(self) -> Sequence[tuple[Any, Any]]:
        """What can become of a lead instead of staying in the queue, in groups."""
        return ENDINGS

    @property
    def largest(self) -> int:
        return max((abs(addend.points) for addend in self.addends), default=1)


def desk(user: User, at: datetime, tab: str = NOW, after: queue.Position | None = None) -> Desk:
    """One tab of the user's queue; two statements."""
    if tab == LATER:
        leads = queue.later(user, at, after=after)
        counts = queue.counts(user, at)
        sections = [_section("later", _("Later"), "", counts.later, leads, at)] if leads else []
        return Desk(tab, sections, counts, leads, _following_page(leads))
    if tab == DONE:
        leads, counts = queue.done(user, at), queue.counts(user, at)
        sections = [_section("done", _("Done today"), "", counts.done, leads, at)] if leads else []
        return Desk(tab, sections, counts, leads)
    mine = queue.for_rep(user, at)
    parts = (
        _section("overdue", _("Overdue"), "late", mine.counts.overdue, mine.overdue, at),
        _section("today", _("Today"), "soon", mine.counts.today, mine.today, at),
        _section("new", _("New"), "", mine.counts.new, mine.new, at),
    )
    return Desk(NOW, [part for part in parts if part.rows], mine.counts, mine.leads)


def _following_page(leads: Sequence[Lead]) -> str:
    """The address of what comes after a full page of what is due later."""
    if len(leads) < queue.SHOWN or (place := queue.position(leads[-1])) is None:
        return ""
    return f"?{urlencode({'tab': LATER, 'after': f'{place[0].isoformat()}~{place[1]}'})}"


def _section(name: str, title: str | Promise, tone: str, count: int, leads: Sequence[Lead], at: datetime) -> Section:
    return Section(name, title, tone, count, [Row(lead, _late(lead, at)) for lead in leads])


def _late(lead: Lead, at: datetime) -> timedelta | None:
    return at - lead.next_step_at if lead.next_step_at and lead.next_step_at < at else None


def following(shown: Desk, place: queue.Position | None) -> Lead | None:
    """The lead of the list that comes after a place in it: what is due first, then what is new, else the first of all."""
    new = [section.rows for section in shown.sections if section.name == "new"]
    due = [row.lead for section in shown.sections if section.name != "new" for row in section.rows]
    behind = (lead for lead in due if place is None or (lead.next_step_at, lead.pk) > place)
    return next(behind, None) or (new[0][0].lead if new else next(iter(due), None))


def sheet(lead: Lead, reader: User, at: datetime) -> Sheet:
    """All that the panel of a lead shows to the rep who works it."""
    events, clock = timeline(lead, reader), deadlines.Clock([reader.pk], at)
    can_reject = lead.stage in (Stage.ASSIGNED, Stage.SAL) and not any(e.kind == "follow_up" for e in events)
    reasons = acceptance.reject_reasons(at) if can_reject else []
    said = _said(lead)
    return Sheet(
        lead=lead,
        at=at,
        late=_late(lead, at),
        reach=reach(lead.contact, {channel: row.withdrawn_at for channel, row in said.items() if row.withdrawn_at}),
        lines=lines(events),
        brief=next((event for event in events if event.kind == "engagement" and event.text), None),
        addends=[addend for addend in explain(lead) if addend.points],
        kin=queue.others_at(lead, reader, shown=5),
        consents=[str(row.get_channel_display()) for _channel, row in sorted(said.items()) if row.given_at],
        outcomes=_outcomes(reader, clock),
        moments=deadlines.proposals(reader.pk, at, clock),
        reasons=reasons,
        can_reject=bool(reasons),
        business=_business(lead),
    )


def _business(lead: Lead) -> Opportunity | None:
    """The opportunity that a qualified lead is about; the first of those still open."""
    if lead.stage != Stage.SQL:
        return None
    return lead.opportunities.filter(won_at=None, lost_at=None).order_by("pk").first()


def lines(events: Sequence[Event]) -> list[Line]:
    """Events as lines that can be read, each with its icon."""
    return [_line(event) for event in events]


def _line(event: Event) -> Line:
    icon = ICONS.get(event.kind, {}).get(event.key, ICON_OF[event.kind])
    if event.kind == "score":
        said = gettext("Score %(score)s, grade %(grade)s") % {"score": event.text, "grade": event.key}
        return Line(event, icon, said, "")
    return Line(event, icon, event.title, event.text)


def _said(lead: Lead) -> dict[str, Consent]:
    """The person's last word on each channel: given, or withdrawn."""
    rows = Consent.objects.filter(contact__family_id=lead.family_id, voids=None, voided_by=None)
    return {row.channel: row for row in rows.order_by("pk").only("channel", "given_at", "withdrawn_at")}


def _outcomes(user: User, clock: deadlines.Clock) -> list[Outcome]:
    return [
        Outcome(
            n,
            value,
            Disposition(value).label,
            icon,
            mood,
            value in ASKS_A_DATE,
            deadlines.next_step(clock, user.pk, value),
        )
        for n, (value, (icon, mood)) in enumerate(OUTCOMES.items(), start=1)
    ]
