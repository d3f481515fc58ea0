"""Which leads does a reader ask the list for?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role, has_role
from leads import search, stages
from leads.models import Campaign, Queue
from leads.querysets import LeadQuerySet, Place
from leads.stages import HELD_BY_QUEUE, HELD_BY_REP, OPEN, Channel, Stage

MINE, QUEUED = "me", "queued"
ALL, CLOSED = "all", "closed"
BY_STAGE = frozenset({"stage", "channel"})
CAMPAIGNS_OFFERED = 200
SELECTED = SafeString(" selected")
STAGES = [(stage.value, stage.label) for stage in Stage if stage != Stage.VOID]


class Pick(forms.Select):
    """A select of hundreds of choices, drawn at once instead of by a template an option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the select with its choices, those under a heading as a group."""
        asked = "" if value is None else str(value)
        parts = (_drawn(key, label, asked) for key, label in self.choices)
        drawn = format_html_join("", "{}", ((part,) for part in parts))
        given = self.build_attrs(self.attrs, (attrs or {}) | {"name": name})
        return format_html("<select{}>{}</select>", flatatt(given), drawn)


def _drawn(key: Any, label: Any, asked: str) -> SafeString:
    if isinstance(label, list):
        rows = ((_drawn(value, name, asked),) for value, name in label)
        return format_html('<optgroup label="{}">{}</optgroup>', key, format_html_join("", "{}", rows))
    return format_html('<option value="{}"{}>{}</option>', key, SELECTED if str(key) == asked else "", label)


class LeadFilter(forms.Form):
    """The fixed filters of the list. What is not understood is left out, so that an old link still shows a list."""

    q = forms.CharField(label=_("Name, company, address or number"), required=False, max_length=200)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        widget=Pick,
        choices=[("", _("All open")), *STAGES, (CLOSED, _("All closed")), (ALL, _("Open and closed"))],
    )
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, widget=Pick, choices=[("", _("All channels")), *Channel.choices]
    )
    overdue = forms.BooleanField(label=_("Overdue"), required=False)

    def __init__(self, asked: Any, *, reader: User) -> None:
        super().__init__(asked, auto_id="filter_%s")
        self.reader = reader
        self.fields["holder"] = forms.ChoiceField(
            label=_("Holder"), required=False, widget=Pick, choices=_holders(reader)
        )
        self.fields["campaign"] = forms.ChoiceField(
            label=_("Campaign"), required=False, widget=Pick, choices=_campaigns()
        )
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as an address keeps it."""
        return {name: "1" if value is True else value for name, value in self.cleaned_data.items() if value}

    def page(self, leads: LeadQuerySet, at: datetime, place: Place, most: int) -> LeadQuerySet:
        """The next leads that fit every filter asked for and that the reader may see, at most so many."""
        if "q" in self.asked:
            asked = self.asked["q"]
            seen = self._fitting(leads.visible_to(self.reader), at)
            return search.next_leads(
                seen, lambda start, number: self._next(leads, at, start, number), asked, place, most
            )
        return self._next(leads, at, place, most)

    def _next(self, leads: LeadQuerySet, at: datetime, place: Place, most: int) -> LeadQuerySet:
        """The same, whatever words are asked for."""
        asked = {name: value for name, value in self.asked.items() if name != "q"}
        if asked.keys() <= BY_STAGE and self.reader.has_perm("leads.see_all_leads"):
            channels = [asked["channel"]] if "channel" in asked else Channel.values
            return leads.next_of(_stages(asked.get("stage", "")), channels, place, most)
        are_few = not has_role(self.reader, Role.MARKETER, Role.SALES_MANAGER, Role.ADMIN)
        return self._fitting(leads.visible_to(self.reader), at).next_keys(place, most, are_few=are_few)

    def narrow(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        """The leads of the set that fit every filter asked for, and the words."""
        fitting = self._fitting(leads, at)
        return search.within(fitting, self.asked["q"]) if "q" in self.asked else fitting

    def _fitting(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        asked = self.asked
        if _is_nowhere(asked):
            return leads.none()
        leads = _in_stage(leads, asked.get("stage", ""))
        leads = _with_holder(leads, asked.get("holder", ""), self.reader)
        if "channel" in asked:
            leads = leads.filter(channel=asked["channel"])
        if "campaign" in asked:
            leads = leads.filter(campaign_id=int(asked["campaign"]))
        if "overdue" in asked:
            leads = leads.overdue(at)
        return leads


def _stages(stage: str) -> list[str]:
    """The stages that a choice of the list means."""
    listed = frozenset(Stage) - {Stage.VOID}
    return sorted({"": OPEN, CLOSED: listed - OPEN, ALL: listed}.get(stage) or {stage})


def _is_nowhere(asked: dict[str, str]) -> bool:
    """Whether no lead can be there: closed ones are not overdue, and each stage has its kind of holder."""
    found, holder = set(_stages(asked.get("stage", ""))), asked.get("holder", "")
    if "overdue" in asked:
        found &= OPEN
    if holder:
        found -= HELD_BY_REP | stages.CLOSED if holder.startswith("queue") else HELD_BY_QUEUE
    return not found


def _in_stage(leads: LeadQuerySet, stage: str) -> LeadQuerySet:
    if not stage:
        return leads.still_open()
    if stage == CLOSED:
        return leads.listed().closed()
    if stage == ALL:
        return leads.listed()
    leads = leads.filter(stage=stage)  # and what that implies, for the indexes of open and of closed leads
    return leads.still_open() if stage in OPEN else leads.closed()


def _with_holder(leads: LeadQuerySet, holder: str, reader: User) -> LeadQuerySet:
    kind, _sign, key = holder.partition("-")
    if kind == MINE:
        return leads.owned_by(reader.pk)
    if kind == QUEUED:
        return leads.still_open().filter(queue__isnull=False)
    if kind == "queue":
        return leads.still_open().filter(queue=int(key))
    return leads.owned_by(int(key)) if kind == "user" else leads


def _holders(reader: User) -> list[tuple[Any, Any]]:
    """Whom a reader can ask about: themselves, the queues, and the reps whose leads they see."""
    queues = [(f"queue-{queue.pk}", str(queue)) for queue in Queue.objects.order_by("name").only("name")]
    reps = [(f"user-{key}", name) for key, name in _reps(reader)]
    first: list[tuple[Any, Any]] = [("", _("All holders")), (MINE, _("Me")), (QUEUED, _("Any queue"))]
    groups: list[tuple[Any, Any]] = [(_("Queues"), queues), (_("Reps"), reps)]
    return first + [(name, choices) for name, choices in groups if choices]


def _reps(reader: User) -> list[tuple[int, str]]:
    if reader.has_perm("leads.see_all_leads"):
        people = User.objects.with_role(*REPS, Role.SALES_MANAGER)
    else:
        people = User.objects.filter(memberships__team__manager=reader, memberships__until__isnull=True).distinct()
    return list(people.order_by("name").values_list("pk", "name"))


def _campaigns() -> list[tuple[str, Any]]:
    newest = Campaign.objects.order_by("-pk").values_list("pk", "name")[:CAMPAIGNS_OFFERED]
    return [("", _("All campaigns")), *sorted(((str(pk), name) for pk, name in newest), key=lambda row: row[1].lower())]


# As a user is named everywhere: by address where there is no name.
_NAME = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())


def shown(leads: LeadQuerySet) -> LeadQuerySet:
    """With all that a row of the list shows, in one query; what is only named stands apart, so that few tables are joined."""
    return leads.select_related("contact__organisation", "score").only(
        "stage", "origin", "channel", "opened_at", "closed_at", "next_step_at", "family_id",
        "contact__first_name", "contact__initials", "contact__infix", "contact__last_name", "contact__email",
        "contact__phone", "contact__external_id", "contact__job_title", "contact__organisation__name",
        "score__score", "score__grade",
    ).annotate(
        campaign_name=Subquery(Campaign.objects.filter(pk=OuterRef("campaign")).values("name")),
        owner_name=Subquery(User.objects.filter(pk=OuterRef("owner")).values_list(_NAME)),
        queue_name=Subquery(Queue.objects.filter(pk=OuterRef("queue")).values("name")),
    )  # fmt: skip
