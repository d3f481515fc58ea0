"""When does the company work?"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.forms.campaigns import DayInput
from leads.forms.imports import COUNTRIES
from leads.models import BusinessCalendar
from leads.working_time import check_hours

SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\N{EN DASH})\s*(\d{1,2})(?:[:.](\d{2}))?")
CLOSED, OPEN = "closed_on", "open_on"


def written(spans: list[list[str]]) -> str:
    """Hours of a day as people write them: 09:00-12:30, 13:00-17:30."""
    return ", ".join(f"{start}\N{EN DASH}{end}" for start, end in spans)


class HoursField(forms.CharField):
    """The hours of one day; none where the company is closed."""

    def to_python(self, value: Any) -> Any:
        parts = [part.strip() for part in re.split(r"[,;]", super().to_python(value) or "") if part.strip()]
        try:
            spans = [self._span(part) for part in parts]
            check_hours(tuple(spans))
        except ValueError:
            raise forms.ValidationError(_("Write hours as 9:00-17:30, more than one with a comma between.")) from None
        return [[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in spans]

    def _span(self, text: str) -> tuple[time, time]:
        found = SPAN.fullmatch(text)
        if found is None:
            raise ValueError(text)
        start, start_minutes, end, end_minutes = (int(part or 0) for part in found.groups())
        return time(start, start_minutes), time(end % 24, end_minutes)


class CalendarForm(forms.ModelForm):
    """The hours of each weekday, and whose public holidays close the company."""

    class Meta:
        model = BusinessCalendar
        fields = ("country", "is_good_friday_closed")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"] = forms.ChoiceField(
            label=gettext_lazy("Public holidays of"),
            required=False,
            choices=[("", gettext_lazy("no country: no holidays")), *COUNTRIES],
            widget=forms.Select(attrs={"class": "field"}),
        )
        for day, name in WEEKDAYS.items():
            spans = self.instance.hours[day]
            self.fields[f"day_{day}"] = HoursField(
                label=str(name).capitalize(), required=False, initial=written(spans), max_length=100,
                widget=forms.TextInput(attrs={"class": "field", "autocomplete": "off", "placeholder": _("Closed"), "aria-describedby": "hours-how"}),
            )  # fmt: skip

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in WEEKDAYS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        week = [cleaned.get(f"day_{day}") for day in WEEKDAYS]
        if all(spans == [] for spans in week):
            raise forms.ValidationError(_("The company works at some time: fill in a day at least."))
        self.instance.hours = [spans or [] for spans in week]
        return cleaned


class DayForm(forms.Form):
    """One day on which the company is closed, or open all the same."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("On this day"),
        choices=[(CLOSED, gettext_lazy("we are closed")), (OPEN, gettext_lazy("we work all the same"))],
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day of this century."))
        return day
