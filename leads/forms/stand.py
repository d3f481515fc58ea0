"""What is written down of a visitor at a stand?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from leads import emails, entering
from leads.forms.entering import SAID, EntryForm
from leads.models import Campaign, CaptureForm, Consent, StandEntry

LONGEST_NOTE, LONGEST_WORDING = 5_000, 1_000
FIRST = ("full_name", "organisation", "email", "phone")
ATTRIBUTES: dict[str, dict[str, str]] = {
    "full_name": {"autocapitalize": "words"},
    "organisation": {"autocapitalize": "words"},
    "email": {"inputmode": "email", "autocapitalize": "off", "spellcheck": "false"},
    "phone": {"inputmode": "tel"},
}


USUAL = {
    Consent.Purpose.SALES: (_("Yes, you may mail me about this."), _("Yes, you may call me about this.")),
    Consent.Purpose.NEWSLETTER: (_("Yes, mail me the newsletter."), _("Yes, you may call me with news.")),
    Consent.Purpose.EVENTS: (_("Yes, invite me to events by mail."), _("Yes, you may call me to invite me to events.")),
}
"""What visitors are asked, by what they say yes to: for mail, and for calls."""


def language_of(campaign: Campaign) -> str:
    """In which language visitors are asked: as the campaign says, else as its newest form for the same, or as its owner reads."""
    built = _forms(campaign).first() if not campaign.stand_language else None
    reads = built.language if built else campaign.owner.language if campaign.owner else ""
    return campaign.stand_language or reads or settings.LANGUAGE_CODE


def wordings_of(campaign: Campaign) -> dict[str, str]:
    """What visitors are asked about consent, by channel: as the campaign's newest form for the same asks it in the stand's
    language, else in the usual words."""
    language, (by_mail, by_phone) = language_of(campaign), USUAL[Consent.Purpose(campaign.stand_purpose)]
    with translation.override(language):
        usual = {Consent.Channel.EMAIL.value: str(by_mail), Consent.Channel.PHONE.value: str(by_phone)}
    built = _forms(campaign).filter(language=language).first()
    return usual | (built.wordings if built else {})


def _forms(campaign: Campaign) -> QuerySet[CaptureForm]:
    """The forms that ask for what the stand asks for, the newest first."""
    return campaign.forms.filter(is_active=True, purpose=campaign.stand_purpose).order_by("-pk")


def purpose_in(text: Any) -> str:
    """What a page said its questions are about; follow-up by sales where it says nothing of it, as pages did at first."""
    return text if text in Consent.Purpose.values else Consent.Purpose.SALES.value


class StandForm(EntryForm):
    """A visitor: who they are, what they want, how warm they seem, and what they said yes to."""

    temperature = forms.ChoiceField(
        label=_("How warm"), required=False, choices=StandEntry.Temperature.choices, widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, wordings: Mapping[str, str], **options: Any) -> None:
        super().__init__(data, auto_id="v_%s", use_required_attribute=False, **options)
        self.wordings = wordings
        for channel, wording in wordings.items():
            box = forms.CheckboxInput({"data-channel": channel})
            self.fields[f"yes_{channel}"] = forms.BooleanField(label=wording, required=False, widget=box)
        for name, given in self.fields.items():
            given.widget.attrs |= ATTRIBUTES.get(name, {})
            if isinstance(given, forms.CharField):
                given.widget.attrs |= {"autocomplete": "off", "class": "field", "enterkeyhint": "next"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("email") and (found := emails.normal(cleaned["email"])).problem:
            self.add_error("email", str(found.problem))
        if cleaned.get("phone") and not any(character.isdigit() for character in cleaned["phone"]):
            self.add_error("phone", _("There is no phone number in this."))
        if not self.errors:
            self._read()
        return cleaned

    def _read(self) -> None:
        """Find now what would be found when it is judged."""
        try:
            entering.read(self.said, timezone.now())
        except entering.Unfit as unfit:
            self.add_error(None, str(unfit))

    @property
    def said(self) -> dict[str, str]:
        """What was filled in, by the fields of an arrival."""
        return {name: self.cleaned_data[name] for name in (*SAID, "notes") if self.cleaned_data.get(name)}

    @property
    def agreed(self) -> dict[str, str]:
        """The questions about consent that were answered with yes."""
        asked = self.wordings.items()
        return {channel: wording for channel, wording in asked if self.cleaned_data.get(f"yes_{channel}")}

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked above how warm they seem: enough to find them again."""
        return [self[name] for name in FIRST]

    @property
    def then(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SAID, "notes") if name not in FIRST]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"yes_{channel}"] for channel in self.wordings]


def key_of(text: Any) -> uuid.UUID | None:
    """The key that a device made; None where it is none."""
    try:
        return uuid.UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
