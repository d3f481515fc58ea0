"""What does a rep see of their queue, and of the lead that they are working on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handoff import acceptance, at_work, deadlines, queue
from handoff.forms import ASKS_A_DATE, ENDINGS
from handoff.models import FollowUp, Opportunity
from handoff.timeline import Event, timeline_and_words
from leadops.accounts import meters, writing
from leadops.accounts.models import User
from leads.also_known import AlsoKnown, also_known
from leads.models import Engagement, Lead
from leads.reach import Reach, reach_of
from leads.stages import Channel, Reason, Stage
from qualification.scoring import Addend, explain

NOW, LATER, DONE = "now", queue.LATER, queue.DONE
# Which sections of the queue each tab shows.
SECTIONS: dict[str, tuple[str, ...]] = {NOW: queue.NOW, LATER: (queue.LATER,), DONE: (queue.DONE,)}
# How many leads of each section: of what is to be done now the next few, as it is drawn anew after every lead.
SHOWN = {NOW: 20, LATER: queue.SHOWN, DONE: queue.SHOWN}
HEADINGS: dict[str, tuple[str | Promise, str]] = {
    queue.OVERDUE: (_("Overdue"), "late"),
    queue.TODAY: (_("Today"), "soon"),
    queue.NEW: (_("New"), ""),
    queue.LATER: (_("Later"), ""),
    queue.DONE: (_("Done today"), ""),
}

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
    "attempt": "phone-outgoing",
    "engagement": "inbox",
    "escalation": "bell-ring",
    "score": "gauge",
}


class Row(NamedTuple):
    """A line of the list as it reads: whose lead, its score, and how long it is overdue or when it is due.

    `path` is behind the queue's own address; what was done has its own page, and no path here.
    """

    lead: int
    path: str
    ring: str
    name: str
    about: str
    tone: str
    when: str
    is_late: bool
    grade: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, and how many there are in all."""

    name: str
    title: str | Promise
    tone: str
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Desk:
    """The list beside the lead: one tab of a rep's queue; `more` is the address of what follows a full page."""

    tab: str
    sections: Sequence[Section]
    counts: queue.Counts
    entries: Sequence[queue.Entry]
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
    also: AlsoKnown
    lines: Sequence[Line]
    brief: Event | None
    addends: Sequence[Addend]
    kin: Sequence[at_work.Kin]
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
    """One tab of the user's queue; one statement."""
    found, counts = queue.entries(user, at, SECTIONS[tab], after=after, shown=SHOWN[tab])
    sections = [_section(name, [e for e in found if e.section == name], counts, at) for name in SECTIONS[tab]]
    more = _following_page(found) if tab == LATER else ""
    return Desk(tab, [section for section in sections if section.rows], counts, found, more)


def _following_page(found: Sequence[queue.Entry]) -> str:
    """The address of what comes after a full page of what is due later."""
    if len(found) < SHOWN[LATER] or (place := found[-1].position) is None:
        return ""
    return f"?{urlencode({'tab': LATER, 'after': f'{place[0].isoformat()}~{place[1]}'})}"


def _section(name: str, found: Sequence[queue.Entry], counts: queue.Counts, at: datetime) -> Section:
    title, tone = HEADINGS[name]
    return Section(name, title, tone, getattr(counts, name), [_row(entry, tone, at) for entry in found])


def _row(entry: queue.Entry, tone: str, at: datetime) -> Row:
    late = _late(entry.next_step_at, at)
    source = entry.campaign or Channel(entry.channel).label
    return Row(
        lead=entry.lead,
        path="" if entry.section == queue.DONE else f"{entry.lead}/",
        ring=meters.ring(entry.score),
        name=entry.organisation or entry.contact,
        about=f"{entry.contact} · {source}" if entry.organisation else str(source),
        tone="late" if late else tone,
        when=writing.short_duration(late) if late else _when(entry, at),
        is_late=bool(late),
        grade=entry.grade or "",
    )


def _when(entry: queue.Entry, at: datetime) -> str:
    return writing.moment(entry.next_step_at, at) if entry.next_step_at else str(Stage(entry.stage).label)


def _late(due: datetime | None, at: datetime) -> timedelta | None:
    return at - due if due and due < at else None


def following(shown: Desk, place: queue.Position | None) -> int | None:
    """The lead of the list that comes after a place in it: what is due first, then what is new, else the first of all."""
    new = next((entry.lead for entry in shown.entries if entry.section == queue.NEW), None)
    due = [entry for entry in shown.entries if entry.section != queue.NEW]
    behind = (entry.lead for entry in due if place is None or (entry.next_step_at, entry.lead) > place)
    return next(behind, None) or new or next((entry.lead for entry in due), None)


def sheet(lead: Lead, reader: User, clock: deadlines.Clock) -> Sheet:
    """All that the panel of a lead shows to the rep who works it."""
    events, said, is_merged = timeline_and_words(lead, reader)
    reach = reach_of(lead.contact)
    can_reject = lead.stage in (Stage.ASSIGNED, Stage.SAL) and not any(e.kind == "follow_up" for e in events)
    reasons = acceptance.reasons_of(clock.definition) if can_reject else []
    return Sheet(
        lead=lead,
        at=clock.at,
        late=_late(lead.next_step_at, clock.at),
        reach=reach,
        also=also_known(lead.contact, reach, is_alone=not is_merged),
        lines=lines(events),
        brief=next((event for event in events if event.kind == "engagement" and event.text), None),
        addends=[addend for addend in explain(lead, clock.definition) if addend.points],
        kin=at_work.others_at(lead, reader, shown=5),
        consents=[word.of(channel) for channel, word in sorted(said.items()) if word.is_given],
        outcomes=_outcomes(reader, clock),
        moments=deadlines.proposals(reader.pk, clock),
        reasons=reasons,
        can_reject=bool(reasons),
        business=_business(lead),
    )


def _business(lead: Lead) -> Opportunity | None:
    """The opportunity that a qualified lead is about; the first of those still open."""
    if lead.stage != Stage.SQL:
        return None
    return Opportunity.objects.still_open().filter(lead=lead.pk).order_by("pk").first()


def lines(events: Sequence[Event]) -> list[Line]:
    """Events as lines that can be read, each with its icon."""
    return [_line(event) for event in events]


def _line(event: Event) -> Line:
    icon = ICONS.get(event.kind, {}).get(event.key, ICON_OF[event.kind])
    if event.kind == "score":
        said = gettext("Score %(score)s, grade %(grade)s") % {"score": event.text, "grade": event.key}
        return Line(event, icon, said, "")
    return Line(event, icon, event.title, event.text)


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
