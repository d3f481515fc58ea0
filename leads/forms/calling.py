"""What does a caller write down: how the call went, what was answered, and when they call again?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.calling import answering
from leads.calling.recording import Said, worded
from leads.calling.scripts import Question, QuestionKind
from leads.forms.campaigns import DayInput
from leads.models import Call, Contact

PICKED = "pick"
LOCAL = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M")
LONGEST, LONGEST_NOTE = 1_000, 5_000
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as the caller sees it: the field for its answer, and what is known already."""

    question: Question
    field: forms.BoundField
    replace: forms.BoundField | None
    known: str

    @property
    def is_boxes(self) -> bool:
        """Whether the answer is one of a few."""
        return self.question["kind"] in (QuestionKind.CHOICE, QuestionKind.YES_NO)


class CallForm(forms.Form):
    """How it went, the answers to the script, and a note. Nothing but the outcome is needed."""

    disposition = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=Call.Disposition.choices,
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )
    when = forms.CharField(label=gettext_lazy("When next"), required=False, max_length=40)
    picked = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        required=False,
        input_formats=LOCAL,
        error_messages={"invalid": gettext_lazy("Write a date and a time, such as 24-11-2026 09:30.")},
    )
    why = forms.ChoiceField(
        label=gettext_lazy("Why"), required=False, choices=[("", gettext_lazy("Not said")), *Call.Why.choices]
    )
    disqualifies = forms.BooleanField(label=gettext_lazy("Disqualify the lead"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, data: Any, *, questions: Sequence[Question], contact: Contact, at: datetime) -> None:
        super().__init__(data)
        self.questions, self.contact, self.at = questions, contact, at
        for question in questions:
            self.fields[question["key"]] = _field(question)
            if answering.known(contact, question) is not None:
                self.fields[f"replace_{question['key']}"] = forms.BooleanField(label=_("Replace"), required=False)

    @property
    def asked(self) -> Iterator[Asking]:
        """The questions in their order, with what is known."""
        for question in self.questions:
            key, known = question["key"], answering.known(self.contact, question)
            replace = self[f"replace_{key}"] if known is not None else None
            yield Asking(question, self[key], replace, "" if known is None else worded(known))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["call_back_at"] = None
        if cleaned.get("disposition") == Call.Disposition.CALL_BACK:
            cleaned["call_back_at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        is_picked = cleaned.get("when") == PICKED
        moment = cleaned.get("picked") if is_picked else _parsed(cleaned.get("when", ""))
        if "picked" in self.errors:
            return None
        if moment is None:
            self.add_error("picked", _("Choose when to call back."))
        elif not self.at < moment <= self.at + FURTHEST:
            self.add_error("picked", _("Choose a moment to come, within a year."))
        return moment

    @property
    def said(self) -> Said:
        """What was written down."""
        given, keys = self.cleaned_data, [question["key"] for question in self.questions]
        return Said(
            given["disposition"],
            note=given["note"],
            why=given["why"],
            call_back_at=given["call_back_at"],
            answers={key: given[key] for key in keys if given[key] not in (None, "")},
            replacing=[key for key in keys if given.get(f"replace_{key}")],
            disqualifies=given["disqualifies"],
        )


def _parsed(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None


def _yes(value: str) -> bool:
    return value == "yes"


def _field(question: Question) -> forms.Field:
    """The field for the answer to a question."""
    said: dict[str, Any] = {"label": question["label"], "required": False}
    kind = question["kind"]
    if kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=[(one, one) for one in question["choices"]], widget=forms.RadioSelect, **said)
    if kind == QuestionKind.YES_NO:
        choices = [("yes", _("Yes")), ("no", _("No"))]
        return forms.TypedChoiceField(choices=choices, coerce=_yes, empty_value=None, widget=forms.RadioSelect, **said)
    if kind == QuestionKind.NUMBER:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        return forms.DecimalField(max_digits=18, decimal_places=2, localize=True, widget=widget, **said)
    if kind == QuestionKind.DATE:
        return forms.DateField(widget=DayInput(), **said)
    return forms.CharField(max_length=LONGEST, widget=forms.TextInput({"autocomplete": "off"}), **said)
