"""What has to be said before something is done to many leads at once?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leads.bulk.acts import Act, Asks, Option, Unfit

LONGEST_NOTE = 2_000


class ActForm(forms.Form):
    """The options of an act, as fields."""

    def __init__(self, data: Any, *, act: Act, today: date) -> None:
        super().__init__(data)
        self.act = act
        for option in act.options:
            self.fields[option.key] = _field(option, today)

    def clean(self) -> dict[str, Any]:
        """What was said for each option has to fit together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.act.check and not self.errors:
            try:
                self.act.check(cleaned)
            except Unfit as unfit:
                self.add_error(unfit.option, str(unfit))
        return cleaned

    @property
    def options(self) -> dict[str, str]:
        """What was said, as it is kept."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in said.items()}


def said(act: Act, options: Mapping[str, str]) -> list[tuple[Any, str]]:
    """What was said before an act, in its reader's words: each option with its value."""
    return [(option.label, _shown(option, options[option.key])) for option in act.options if option.key in options]


def _shown(option: Option, value: str) -> str:
    if option.asks is Asks.DAY:
        return date_format(date.fromisoformat(value))
    return str(dict(_flat(option.choices() if option.choices else ())).get(value, value))


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[str, Any]]:
    """Choices by what is sent of them, those of groups too."""
    for key, label in choices:
        yield from _flat(label) if isinstance(label, list) else [(str(key), label)]


def _field(option: Option, today: date) -> forms.Field:
    said: dict[str, Any] = {"label": option.label, "required": option.is_needed}
    if option.asks is Asks.CHOICE:
        choices = list(option.choices()) if option.choices else []
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **said)
    if option.asks is Asks.DAY:
        return Day(today, option, **said)
    if option.asks is Asks.NOTE:
        return forms.CharField(max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3}), **said)
    return forms.CharField(max_length=option.longest, widget=forms.TextInput({"autocomplete": "off"}), **said)


class Day(forms.DateField):
    """A day to come, not too far ahead."""

    def __init__(self, today: date, option: Option, **said: Any) -> None:
        self.first, self.last = today + timedelta(days=1), today + timedelta(days=option.furthest)
        marks = {"type": "date", "min": self.first.isoformat(), "max": self.last.isoformat()}
        usual = (today + timedelta(days=option.usual)).isoformat()
        super().__init__(widget=forms.DateInput(marks, format="%Y-%m-%d"), initial=usual, **said)

    def validate(self, value: Any) -> None:
        """A day between tomorrow and the last one that is allowed."""
        super().validate(value)
        if value and not self.first <= value <= self.last:
            raise forms.ValidationError(_("Choose a day that is to come, at most a year ahead."))
