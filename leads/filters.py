"""Which leads does a reader ask the list for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role
from leads.listing.asking import ALL, CLOSED, MINE, QUEUED, Asked
from leads.models import Campaign, Queue
from leads.querysets import LeadQuerySet, Place
from leads.stages import Channel, Stage

SELECTED = " selected"
STAGES = [(stage.value, stage.label) for stage in Stage if stage != Stage.VOID]


class Pick(forms.Select):
    """A select of hundreds of choices, drawn at once instead of by a template an option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the select with its choices, those under a heading as a group."""
        drawn = options(self.choices, "" if value is None else str(value))
        given = self.build_attrs(self.attrs, (attrs or {}) | {"name": name})
        return format_html("<select{}>{}</select>", flatatt(given), drawn)


class Offered(BaseChoiceIterator):
    """Choices that are as they should be already, so that nobody goes through hundreds of them."""

    def __init__(self, choices: list[tuple[Any, Any]]) -> None:
        self.choices = choices

    def __iter__(self) -> Iterator[Any]:
        return iter(self.choices)


def options(choices: Iterable[Any], asked: str) -> SafeString:
    """The choices of a select, those under a heading as a group."""
    return SafeString("".join(_drawn(key, label, asked) for key, label in choices))


def _drawn(key: Any, label: Any, asked: str) -> str:
    shown = escape(str(key))
    if isinstance(label, list):
        return f'<optgroup label="{shown}">{options(label, asked)}</optgroup>'
    return f'<option value="{shown}"{SELECTED if str(key) == asked else ""}>{escape(str(label))}</option>'


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

    def asking(self) -> Asked:
        """What is asked for, by whom."""
        return Asked(self.reader, self.asked)

    def page(self, leads: LeadQuerySet, at: datetime, place: Place, most: int) -> LeadQuerySet:
        """The next leads that fit every filter asked for and that the reader may see, at most so many."""
        return self.asking().page(leads, at, place, most)

    def narrow(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        """The leads of the set that fit every filter asked for, and the words."""
        return self.asking().narrow(leads, at)


def _holders(reader: User) -> Offered:
    """Whom a reader can ask about: themselves, the queues, and the reps whose leads they see."""
    queues = [(f"queue-{queue.pk}", str(queue)) for queue in Queue.objects.order_by("name").only("name")]
    reps = [(f"user-{key}", name) for key, name in _reps(reader)]
    first: list[tuple[Any, Any]] = [("", _("All holders")), (MINE, _("Me")), (QUEUED, _("Any queue"))]
    groups: list[tuple[Any, Any]] = [(_("Queues"), queues), (_("Reps"), reps)]
    return Offered(first + [(name, choices) for name, choices in groups if choices])


def _reps(reader: User) -> list[tuple[int, str]]:
    if reader.has_perm("leads.see_all_leads"):
        people = User.objects.with_role(*REPS, Role.SALES_MANAGER)
    else:
        people = User.objects.filter(memberships__team__manager=reader, memberships__until__isnull=True).distinct()
    return list(people.order_by("name").values_list("pk", "name"))


def _campaigns() -> Offered:
    offered = Campaign.objects.offered().values_list("pk", "name")
    return Offered([("", _("All campaigns")), *((str(pk), name) for pk, name in offered)])
