"""What does the reader ask of a report? Choices that are not there, or make no sense, fall back and say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import Team
from reporting import tracking
from reporting.facts import Facts
from reporting.periods import Period, named

PERIODS = (
    ("quarter", _("This quarter")),
    ("last-quarter", _("Last quarter")),
    ("month", _("This month")),
    ("last-month", _("Last month")),
    ("year", _("This year")),
    ("custom", _("From … to …")),
)
OLDEST_YEAR = 2000


class Asked(forms.Form):
    """The period, the team and the moment that a report is asked for; `facts` answers even where a choice is wrong."""

    period = forms.ChoiceField(choices=PERIODS, required=False, label=_("Period"))
    first = forms.DateField(required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    team = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label=_("Team"))
    as_of = forms.DateTimeField(
        required=False,
        label=_("As known at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )

    def __init__(self, *args: Any, teams: Sequence[Team], now: datetime, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now, self.zone = now, zone
        self.fields["team"].choices = [("", _("All teams")), *((team.pk, team.name) for team in teams)]

    def clean_as_of(self) -> datetime | None:
        """Refuse a moment that has not come."""
        as_of = self.cleaned_data["as_of"]
        if as_of is not None and as_of > self.now:
            raise forms.ValidationError(_("This moment has not come yet."))
        return as_of

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or that no calendar holds."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("The period ends before it begins."))
        if any(day and not OLDEST_YEAR <= day.year <= self.now.year + 1 for day in (first, last)):
            self.add_error("first", _("Choose days between %(year)s and next year.") % {"year": OLDEST_YEAR})
        return cleaned

    @property
    def days(self) -> Period:
        """The period asked for; this quarter where none was."""
        today = timezone.localtime(self.at, ZoneInfo(self.zone)).date()
        found = named(self.cleaned_data.get("period", ""), today, self.zone)
        if self.cleaned_data.get("period") == "custom":
            first = self.cleaned_data.get("first") or found.first
            return Period(first, max(first, self.cleaned_data.get("last") or found.last), self.zone)
        return found

    @property
    def at(self) -> datetime:
        """The moment asked for; now where none was."""
        return self.cleaned_data.get("as_of") or self.now

    @property
    def is_detailed(self) -> bool:
        """Whether days or a moment of the reader's own are asked for."""
        given = (self.data.get(name) for name in ("first", "last", "as_of"))
        return self.data.get("period") == "custom" or any(given)

    def query(self) -> str:
        """What was asked, as the end of an address."""
        given = {name: self.data.get(name, "") for name in self.fields}
        return urlencode({name: value for name, value in given.items() if value})

    def facts(self) -> Facts:
        """The facts that the answer rests on."""
        is_live = not self.cleaned_data.get("as_of")
        team = self.cleaned_data.get("team")
        owners = tracking.members([team], self.at) if team else None
        return Facts(self.days, self.at, is_live=is_live, owners=owners)
