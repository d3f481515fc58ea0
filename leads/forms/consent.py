"""What did a person say of being contacted, and which addresses, numbers and domains may not be used?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import campaigns, sources, suppressions
from leads.filters import Pick
from leads.forms.campaigns import DayInput
from leads.forms.purposes import PurposeField
from leads.models import Consent

MOST = 5_000
LONGEST_PERIOD = timedelta(days=366)
SHORT = forms.TextInput(attrs={"autocomplete": "off"})


class SaidForm(forms.Form):
    """How somebody said something, with a few words."""

    how = forms.ChoiceField(
        label=gettext_lazy("How they said it"),
        choices=[(key, gettext_lazy(sentence)) for key, sentence in sources.HOW.items()],
        widget=Pick,
    )
    words = forms.CharField(label=gettext_lazy("In their words"), required=False, max_length=250, widget=SHORT)

    @property
    def source(self) -> str:
        """Where a statement came from, as its proof says."""
        return sources.kept(sources.HOW[self.cleaned_data["how"]], self.cleaned_data.get("words", ""))


class ObjectionForm(SaidForm):
    """What a person does not want any more."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("They do not want"),
        choices=[(Consent.Channel.EMAIL, gettext_lazy("mail")), (Consent.Channel.PHONE, gettext_lazy("calls"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what they do not want: mail, calls or both.")},
    )


class AgreementForm(SaidForm):
    """A yes that was given by word of mouth: to which words, when and how."""

    channel = forms.ChoiceField(label=gettext_lazy("They agreed to"), choices=Consent.Channel, widget=Pick)
    purpose = PurposeField(label=gettext_lazy("For"))
    wording = forms.CharField(
        label=gettext_lazy("What you asked, word for word"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "agreed_%s"} | options)
        self.at, self.today = at, campaigns.today(at)
        self.initial.setdefault("day", self.today)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day.year < 2000 or day > self.today:
            raise forms.ValidationError(_("Choose a day from 2000 on, not after today."))
        return day

    @property
    def given_at(self) -> datetime:
        """When it was said: now, or at noon of an earlier day."""
        day = self.cleaned_data["day"]
        return (
            self.at if day == self.today else datetime.combine(day, time(12), ZoneInfo(campaigns.company().time_zone))
        )


class LiftingForm(forms.Form):
    """Why somebody or something may be contacted again."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=SHORT)


class ListForm(forms.Form):
    """What is put on the list, many at once."""

    listed = forms.CharField(
        label=gettext_lazy("Addresses, numbers and domains"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line: a mail address, a phone number, or a domain such as rival.example for every address in it."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=SHORT)

    def clean_listed(self) -> suppressions.Named:
        named = suppressions.read(self.cleaned_data["listed"])
        if named.wrong:
            shown = ", ".join(f"“{piece[:60]}”" for piece in named.wrong[:5])
            more = _(" and %(count)d more") % {"count": len(named.wrong) - 5} if len(named.wrong) > 5 else ""
            raise forms.ValidationError(
                _("Not an address, a number or a company's own domain: %(what)s.") % {"what": shown + more}
            )
        if not 0 < named.count <= MOST:
            raise forms.ValidationError(_("Put 1 to %(most)d on the list at once.") % {"most": MOST})
        return named


class ProofForm(forms.Form):
    """Of which days the statements are wanted, and as what."""

    first = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    last = forms.DateField(label=gettext_lazy("To"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + LONGEST_PERIOD:
            self.add_error("last", _("Choose at most a year, the first day first."))
        if first and first.year < 2000:
            self.add_error("first", _("Choose a day from 2000 on."))
        return cleaned
