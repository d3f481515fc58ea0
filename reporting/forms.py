"""What does the reader ask of a report? Choices that are not there, or make no sense, fall back and say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import Team
from reporting import tracking
from reporting.facts import Facts
from reporting.periods import Period, is_within_reach, named

PERIODS = (
    ("quarter", _("This quarter")),
    ("last-quarter", _("Last quarter")),
    ("month", _("This month")),
    ("last-month", _("Last month")),
    ("year", _("This year")),
    ("custom", _("From … to …")),
)


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

    imported = forms.BooleanField(required=False, label=_("With what was moved in"))

    def __init__(self, *args: Any, teams: Sequence[Team], now: datetime, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now, self.zone = now, zone
        cast("forms.ChoiceField", self.fields["team"]).choices = [
            ("", _("All teams")),
            *((team.pk, team.name) for team in teams),
        ]

    def clean_first(self) -> date | None:
        """Refuse a first day that no report reaches."""
        return self.within_reach(self.cleaned_data["first"])

    def clean_last(self) -> date | None:
        """Refuse a last day that no report reaches."""
        return self.within_reach(self.cleaned_data["last"])

    def within_reach(self, day: date | None) -> date | None:
        """Return a day that reports reach; raise ValidationError for another."""
        if day is not None and not is_within_reach(day, self.now):
            raise forms.ValidationError(_("Choose days from 2000 to the end of next year."))
        return day

    def clean_as_of(self) -> datetime | None:
        """Refuse a moment that has not come, or from before any report."""
        as_of = self.cleaned_data["as_of"]
        if as_of is not None and as_of > self.now:
            raise forms.ValidationError(_("This moment has not come yet."))
        if as_of is not None:
            self.within_reach(as_of.date())
        return as_of

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The period ends before it begins."))
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
    def is_with_imported(self) -> bool:
        """Whether what was moved in from another system is taken in."""
        return bool(self.cleaned_data.get("imported"))

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
        with_imported = self.cleaned_data.get("imported", False)
        return Facts(self.days, self.at, is_live=is_live, with_imported=with_imported, owners=owners)
