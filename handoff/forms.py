"""What does somebody who works leads fill in, and is it right?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handoff import acceptance
from handoff.models import FollowUp
from handoff.outcomes import DisqualifyReason, RecycleReason
from leadops.accounts.models import Team, User
from leads.importing.values.numbers import parse_number

LONGEST_NOTE = 5_000
PICKED = "pick"
LOCAL = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M")
# The outcomes after which the rep says when the next step is; after the others it follows from the outcome.
ASKS_A_DATE = frozenset({FollowUp.Disposition.SPOKE, FollowUp.Disposition.APPOINTMENT, FollowUp.Disposition.CALL_BACK})
# The outcomes with which a lead can leave the queue.
CAN_END = frozenset({FollowUp.Disposition.SPOKE, FollowUp.Disposition.NO_INTEREST, FollowUp.Disposition.WRONG_NUMBER})
# What can become of a lead instead of staying in the queue.
ENDINGS = (
    (_("Close it"), [(f"close:{key}", label) for key, label in DisqualifyReason.choices]),
    (_("Back to marketing"), [(f"recycle:{key}", label) for key, label in RecycleReason.choices]),
)
NOT_YOURS = {"invalid_choice": _("Choose a rep or a team of your own.")}
TOO_LONG = _("A note has at most %(limit_value)d characters; this one has %(show_value)d.")


def note(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_NOTE, error_messages={"max_length": TOO_LONG}
    )


class FollowUpForm(forms.Form):
    """How it went, when the next time is, and a note. `when` is a moment, or that one is picked in `picked`."""

    moment = "picked"

    kind = forms.ChoiceField(label=_("How"), choices=FollowUp.Kind.choices, initial=FollowUp.Kind.CALL, required=False)
    disposition = forms.ChoiceField(
        label=_("How did it go?"),
        choices=FollowUp.Disposition.choices,
        error_messages={"required": _("Choose how it went.")},
    )
    when = forms.CharField(label=_("When next"), required=False, max_length=40)
    picked = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        input_formats=LOCAL,
        error_messages={"invalid": _("Write a date and a time, such as 24-11-2026 09:30.")},
    )
    then = forms.ChoiceField(
        label=_("What happens to the lead"),
        required=False,
        choices=[("", _("Keep it in my queue")), *ENDINGS],
    )
    note = note(_("Note"))

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or FollowUp.Kind.CALL

    def clean(self) -> dict[str, Any]:
        """Reckon the one moment of the next step; None leaves it to the outcome."""
        cleaned = super().clean() or {}
        cleaned["next_step_at"] = None
        if cleaned.get("disposition") not in CAN_END:
            cleaned["then"] = ""
        if cleaned.get("disposition") in ASKS_A_DATE and not cleaned.get("then"):
            cleaned["next_step_at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        when = cleaned.get("when", "")
        if when == PICKED:
            if not cleaned.get("picked") and "picked" not in self.errors:
                self.add_error("picked", _("Pick a date and a time."))
            return cleaned.get("picked")
        moment = _moment(when)
        if when and moment is None:
            self.add_error("when", _("Choose a moment from the list, or pick one."))
        return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None


class RejectionForm(forms.Form):
    """Why a lead goes back to marketing before anybody was spoken to: a reason that both sides signed."""

    note = note(_("Note for marketing"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why"),
            choices=[("", _("Choose a reason")), *acceptance.reject_reasons(at)],
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a reason from the list.")),
        )


class TransferForm(forms.Form):
    """To which colleague a rep hands a lead over."""

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            colleagues,
            label=_("Give to"),
            empty_label=_("Choose a colleague"),
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a colleague from the list.")),
        )


class AmountField(forms.DecimalField):
    """An amount as people write it: 12.500,50 or 12,500.50, with or without its currency."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take a decimal for an integer
        """The number; one that cannot be read is an error."""
        parsed = parse_number(str(value or ""), "," if get_language() == "nl" else ".")
        if parsed.problem:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return parsed.value


class BusinessForm(forms.Form):
    """The piece of business that a lead becomes."""

    name = forms.CharField(
        label=_("What is it about?"), max_length=200, error_messages={"required": _("Name it in a few words.")}
    )
    amount = AmountField(
        label=_("Amount"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput,
        error_messages={"invalid": _("Write an amount in figures."), "min_value": _("An amount is nought or more.")},
    )
    expected_close_on = forms.DateField(
        label=_("Expected close"),
        required=False,
        error_messages={"invalid": _("Choose a day.")},
    )


class LossForm(forms.Form):
    """Why an opportunity was lost."""

    reason = forms.CharField(
        label=_("Why was it lost?"), max_length=200, error_messages={"required": _("Say why in a few words.")}
    )


class PutOffForm(forms.Form):
    """When a lead comes up again."""

    moment = "next_step_at"

    next_step_at = forms.DateTimeField(
        label=_("When next"),
        input_formats=LOCAL,
        error_messages=dict.fromkeys(("required", "invalid"), _("Pick a date and a time.")),
    )


class ReassignmentForm(forms.Form):
    """Which rep a manager gives leads to, or over which team they are spread."""

    def __init__(self, *args: Any, reps: QuerySet[User], teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(reps, required=False, error_messages=NOT_YOURS)
        self.fields["spread"] = forms.ModelChoiceField(teams, required=False, error_messages=NOT_YOURS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("to")) == bool(cleaned.get("spread")):
            raise forms.ValidationError(_("Choose one rep, or a team to spread the leads over."))
        return cleaned
