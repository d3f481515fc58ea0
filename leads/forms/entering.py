"""What is written down of a new lead?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leads.filters import Pick
from leads.models import Campaign
from leads.stages import LONGEST_STEP_DAYS, Stage

SAID = ("full_name", "organisation", "email", "phone", "job_title", "interest")
LONGEST_STEP = timedelta(days=LONGEST_STEP_DAYS[Stage.SAL])


class EntryForm(forms.Form):
    """Who it is and what they want. Somebody is to be told apart by a name, an address or a number."""

    full_name = forms.CharField(label=_("Name"), required=False, max_length=200)
    organisation = forms.CharField(label=_("Company"), required=False, max_length=300)
    email = forms.CharField(label=_("Email"), required=False, max_length=320, widget=forms.EmailInput)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60, widget=forms.TextInput({"type": "tel"}))
    job_title = forms.CharField(label=_("Job title"), required=False, max_length=300)
    interest = forms.CharField(label=_("What they are after"), required=False, max_length=2_000)

    @property
    def said(self) -> dict[str, str]:
        """What was filled in, by the fields of an arrival."""
        return {name: self.cleaned_data[name] for name in SAID if self.cleaned_data[name]}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("full_name", "email", "phone")):
            self.add_error("full_name", _("Fill in a name, an email address or a phone number."))
        return cleaned


class OwnEntryForm(EntryForm):
    """A lead that a rep found: theirs, with a next step."""

    next_step_at = forms.DateTimeField(
        label=_("When next"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_next_step_at(self) -> datetime:
        """Ahead, and not further than a lead may wait."""
        step: datetime = self.cleaned_data["next_step_at"]
        if step <= self.at:
            raise forms.ValidationError(_("Choose a moment in the future."))
        if step > self.at + LONGEST_STEP:
            raise forms.ValidationError(_("Choose a moment at most %(days)s days ahead.") % {"days": LONGEST_STEP.days})
        return step


class MarketingEntryForm(EntryForm):
    """A lead that marketing writes down, of a campaign or of none."""

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["campaign"] = forms.ModelChoiceField(
            Campaign.objects.offered(),
            label=_("Campaign"),
            required=False,
            widget=Pick,
            empty_label=_("No campaign"),
        )
