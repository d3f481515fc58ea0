"""What does a visitor see and fill in of a form that somebody built?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import emails
from leads.arrivals.shapes import limits
from leads.importing.fields import BY_KEY, Kind
from leads.models import CaptureForm, Consent
from leads.public.building import OFFERED, WHO, Fields
from leads.public.sending import TOLD, Sent

AUTOCOMPLETE = {
    "full_name": "name", "first_name": "given-name", "last_name": "family-name", "email": "email", "phone": "tel",
    "mobile": "tel", "job_title": "organization-title", "organisation": "organization", "website": "url",
    "street": "address-line1", "postcode": "postal-code", "city": "address-level2", "country": "country-name",
    "salutation": "honorific-prefix",
}  # fmt: skip
TYPES = {Kind.EMAIL: "email", Kind.PHONE: "tel"}
LONGEST = limits() | {"full_name": 200, "notes": 5_000, "interest": 1_000, "phone": 60, "mobile": 60, "email": 254}
TRAP, TICKET, PROOF, YES = "homepage_url", "ticket", "proof", "yes_"
TOLD_LONGEST = 500


class PublicForm(forms.Form):
    """The form as it was built, with questions about consent below it.

    What is wrong is said beside the field. A field that was left out while a visitor had the page open is there as long as
    they filled it in. Under names of their own go a trap that people do not see, the ticket of
    the page, the proof of work, and what the page tells of the visit.
    """

    def __init__(self, data: Any = None, *, built: CaptureForm) -> None:
        super().__init__(data, auto_id="f_%s", use_required_attribute=True)
        self.built = built
        for asked in [*built.fields, *_left_out(built, data or {})]:
            self.fields[asked["field"]] = _field(asked)
        for channel, wording in built.wordings.items():
            self.fields[f"{YES}{channel}"] = forms.BooleanField(label=wording, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_email(cleaned)
        self._check_numbers(cleaned)
        if not self.errors and not any(cleaned.get(name) for name in WHO):
            self.add_error(None, _("Fill in a name, an email address or a phone number."))
        return cleaned

    def _check_email(self, cleaned: Mapping[str, Any]) -> None:
        if address := cleaned.get("email"):
            found = emails.normal(address)
            if found.problem:
                self.add_error("email", str(found.problem))
        elif self.built.is_double_opt_in and self.wordings and "email" in self.fields and "email" not in self.errors:
            self.add_error("email", _("Fill in your address: we mail you a link to confirm your yes."))

    def _check_numbers(self, cleaned: Mapping[str, Any]) -> None:
        for name in ("phone", "mobile"):
            if cleaned.get(name) and not any(character.isdigit() for character in cleaned[name]):
                self.add_error(name, _("There is no phone number in this."))

    @property
    def wordings(self) -> dict[str, str]:
        """The questions about consent that were answered with yes."""
        asked = self.built.wordings.items()
        return {channel: wording for channel, wording in asked if self.cleaned_data.get(f"{YES}{channel}")}

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions about consent, to be drawn below the fields."""
        return [self[name] for name in self.fields if name.startswith(YES)]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith(YES)]

    def sent(self, told: Mapping[str, str]) -> Sent:
        """What came, as it is kept; what was left empty is left out."""
        said = {field.name: self.cleaned_data[field.name] for field in self.asked}
        return Sent({name: value for name, value in said.items() if value}, self.wordings, told)


class ObjectingForm(forms.Form):
    """What a person does not want of us any more, of what they did not rule out yet."""

    NAMES = ((Consent.Channel.EMAIL, gettext_lazy("mail you")), (Consent.Channel.PHONE, gettext_lazy("call you")))
    DONE = (
        (Consent.Channel.EMAIL, gettext_lazy("It is done: we mail you no more.")),
        (Consent.Channel.PHONE, gettext_lazy("It is done: we call you no more.")),
    )

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("From now on we are not to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what we are not to do any more.")},
    )

    def __init__(self, data: Any = None, *, channels: Sequence[str]) -> None:
        super().__init__(data, auto_id="f_%s", initial={"channels": channels})
        asked = cast("forms.MultipleChoiceField", self.fields["channels"])
        asked.choices = [(channel, name) for channel, name in self.NAMES if channel in channels]
        self.is_over = not channels
        self.done = [said for channel, said in self.DONE if channel not in channels]


def _left_out(built: CaptureForm, data: Mapping[str, str]) -> Fields:
    """The fields that were filled in though the form asks for them no more."""
    asks = {asked["field"] for asked in built.fields}
    filled = [name for name in OFFERED if name not in asks and data.get(name, "").strip()]
    return [{"field": name, "label": "", "is_required": False} for name in filled]


def unticked(data: Mapping[str, str]) -> dict[str, str]:
    """What was sent, without the answers to the questions about consent."""
    return {name: value for name, value in data.items() if not name.startswith(YES)}


def is_ticked(data: Mapping[str, str]) -> bool:
    """Whether a question about consent was answered with yes, whatever it said."""
    return any(name.startswith(YES) for name in data)


def _field(asked: Mapping[str, Any]) -> forms.CharField:
    """One field of a form as it was built."""
    known = BY_KEY[asked["field"]]
    if known.kind == Kind.LONG_TEXT:
        widget: forms.Widget = forms.Textarea({"rows": 4, "autocomplete": "off"})
    else:
        attributes = {"type": TYPES.get(known.kind, "text"), "autocomplete": AUTOCOMPLETE.get(known.key, "on")}
        widget = forms.TextInput(attributes)
    return forms.CharField(
        label=asked["label"] or str(known.label),
        required=asked["is_required"],
        max_length=LONGEST.get(known.key, 100),
        widget=widget,
    )


def told_by(data: Mapping[str, str]) -> dict[str, str]:
    """What the page tells of the visit, cut to a length that fits."""
    return {name: data[name].strip()[:TOLD_LONGEST] for name in TOLD if data.get(name, "").strip()}
