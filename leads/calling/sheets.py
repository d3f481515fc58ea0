"""What does a caller see of whom they call: who, why, what happened before, and when they can call back?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads.calling import hours, lists
from leads.calling.recording import spoken
from leads.conditions import in_words, standing_engagements, validate
from leads.lead_fields import campaign_names, people_named, queue_names
from leads.listing.asking import ALL, CLOSED, QUEUED
from leads.models import Call, CallList, CallTarget, Engagement, ImportBatch, Lead
from leads.reach import Reach, reach_of
from leads.stages import Channel, Stage

SHOWN = 12
COUNTED = 100
ICONS: dict[str, tuple[str, str]] = {
    Call.Disposition.NO_ANSWER: ("phone-missed", ""),
    Call.Disposition.VOICEMAIL: ("voicemail", ""),
    Call.Disposition.BUSY: ("phone-off", ""),
    Call.Disposition.CALL_BACK: ("clock", "wait"),
    Call.Disposition.INTERESTED: ("thumbs-up", "good"),
    Call.Disposition.NOT_INTERESTED: ("thumbs-down", "bad"),
    Call.Disposition.WRONG_NUMBER: ("circle-x", "bad"),
    Call.Disposition.DO_NOT_CALL: ("ban", "bad"),
}
ENGAGED: dict[str, str] = {
    Engagement.Kind.FORM: "file-text",
    Engagement.Kind.SCAN: "scan-line",
    Engagement.Kind.ATTENDED: "users",
    Engagement.Kind.CLICK: "mouse-pointer-click",
    Engagement.Kind.OPENED: "mail-open",
    Engagement.Kind.NOTE: "sticky-note",
}


class Line(NamedTuple):
    """A thing that happened, as it reads."""

    icon: str
    title: str | Promise
    by: str
    text: str
    occurred_at: datetime


class Outcome(NamedTuple):
    """A way in which a call ends, with its key."""

    n: int
    value: str
    label: str | Promise
    icon: str
    mood: str


@dataclass(frozen=True, slots=True)
class Day:
    """How far a caller is: their calls of today, whom they reached, and who is due still, counted to a hundred."""

    calls: int
    reached: int
    due: int

    @property
    def is_more(self) -> bool:
        return self.due > COUNTED


def outcomes() -> list[Outcome]:
    """The ways in which a call ends, in the order of their keys."""
    return [
        Outcome(n, value, Call.Disposition(value).label, icon, mood)
        for n, (value, (icon, mood)) in enumerate(ICONS.items(), start=1)
    ]


def day(call_list: CallList, by: User, at: datetime) -> Day:
    """Rides call_of_list and target_to_call."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Call.objects.standing().filter(call_list=call_list, by=by, occurred_at__gte=midnight)
    made = list(today.values_list("is_reached", flat=True))
    due = CallTarget.objects.filter(call_list=call_list, state=CallTarget.State.TO_CALL, due_at__lte=at)
    return Day(len(made), sum(made), due[: COUNTED + 1].count())


def withheld(lead: Lead) -> Reach:
    """How the person may be reached, or why not."""
    return reach_of(lead.contact)


def story(lead: Lead) -> list[Line]:
    """Earlier calls, and what the person did, newest first. Rides call_of_lead and engagement_of_contact."""
    calls = Call.objects.standing().filter(lead=lead).select_related("by", "call_list").order_by("-occurred_at")
    done = standing_engagements().filter(contact__family_id=lead.family_id, call__isnull=True)
    lines = [*map(_called, calls[:SHOWN])]
    lines += map(_engaged, done.select_related("campaign").order_by("-occurred_at")[:SHOWN])
    return sorted(lines, key=attrgetter("occurred_at"), reverse=True)[:SHOWN]


def _called(call: Call) -> Line:
    said = [*filter(None, [call.note]), *map(spoken, call.answers.values())]
    title = Call.Disposition(call.disposition).label
    return Line(ICONS[call.disposition][0], title, f"{call.by} · {call.call_list}", "\n".join(said), call.occurred_at)


def _engaged(engagement: Engagement) -> Line:
    title = Engagement.Kind(engagement.kind).label
    text = "\n".join(filter(None, [engagement.interest, engagement.detail]))
    return Line(
        ENGAGED.get(engagement.kind, "inbox"), title, str(engagement.campaign or ""), text, engagement.occurred_at
    )


def moments(call_list: CallList, at: datetime) -> Sequence[datetime]:
    """When a caller can promise to call back: in two hours, the next morning and the afternoon after it, and in a week."""
    zone = ZoneInfo(hours.calendar(call_list).zone)
    soon = (at + timedelta(hours=2)).astimezone(zone).replace(minute=0, second=0, microsecond=0)
    tomorrow = (at.astimezone(zone) + timedelta(days=1)).date()
    wanted = [
        soon,
        datetime.combine(tomorrow, call_list.opens_at, zone),
        datetime.combine(tomorrow + timedelta(days=1), call_list.opens_at, zone) + timedelta(hours=5),
        datetime.combine(tomorrow + timedelta(days=6), call_list.opens_at, zone) + timedelta(hours=1),
    ]
    found = (hours.next_open(call_list, moment) or moment for moment in wanted)
    return sorted({moment for moment in found if moment > at})


def asked_in_words(asked: Mapping[str, Any]) -> str:
    """Which leads a list asks for, as it keeps it, in the reader's words."""
    if lists.BATCH in asked:
        name = ImportBatch.objects.filter(pk=asked[lists.BATCH]).values_list("name", flat=True).first()
        return _("The leads of the import “%(file)s”") % {"file": name or asked[lists.BATCH]}
    if asked.get("keys") is not None:
        return _("Leads that were chosen one by one")
    tree = asked.get("condition")
    if tree and not validate(tree):
        said = [*_filters_in_words(asked.get("filters", {})), in_words(tree, get_language() or "en")]
        return " · ".join(said)
    return " · ".join(_filters_in_words(asked.get("filters", {}))) or _("All open leads")


def _filters_in_words(filters: Mapping[str, str]) -> Iterator[str]:
    """The fixed filters of the list of leads, each in words."""
    if words := filters.get("q"):
        yield f"“{words}”"
    if stage := filters.get("stage"):
        every = {ALL: _("Open and closed"), CLOSED: _("All closed")}
        yield every.get(stage) or f"{_('Stage')}: {Stage(stage).label}"
    if (channel := filters.get("channel")) in Channel.values:
        yield f"{_('Channel')}: {Channel(channel).label}"
    if campaign := filters.get("campaign"):
        yield from (f"{_('Campaign')}: {name}" for name in campaign_names([int(campaign)]).values())
    kind, _sign, key = filters.get("holder", "").partition("-")
    if kind == QUEUED:
        yield f"{_('Holder')}: {_('Any queue')}"
    if key:
        found = (queue_names if kind == "queue" else people_named)([int(key)])
        yield from (f"{_('Holder')}: {name}" for name in found.values())
    if "overdue" in filters:
        yield _("Overdue")
