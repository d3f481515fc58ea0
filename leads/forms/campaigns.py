"""What is said of a campaign, and which cost is booked on it?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads.filters import Pick
from leads.forms.purposes import PurposeField
from leads.forms.stand import language_of
from leads.importing.values.numbers import parse_number
from leads.models import Campaign, CampaignCost
from leads.querysets import CampaignQuerySet
from leads.stages import Channel

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
YEAR = timedelta(days=366)
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK")
RUNNING, PAST, TO_COME = "running", "past", "to-come"


class DayInput(forms.DateInput):
    """A day as browsers pick one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AmountField(forms.Field):
    """An amount of money as people write it: 1.234,50 or 1,234.50 or € 5k."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        amount = parse_number(str(value)).value
        if amount is None or not abs(amount) < MOST:
            raise forms.ValidationError(_("Write an amount in figures, as 1250 or 1250,50."))
        return amount.quantize(CENT, ROUND_HALF_UP)


class CampaignFilter(forms.Form):
    """The fixed filters of the list. What is not understood is left out."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        required=False,
        widget=Pick,
        choices=[("", gettext_lazy("All channels")), *Channel.choices],
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        widget=Pick,
        choices=[
            ("", gettext_lazy("At any time")),
            (RUNNING, gettext_lazy("Running")),
            (TO_COME, gettext_lazy("Still to come")),
            (PAST, gettext_lazy("Past")),
        ],
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, auto_id="filter_%s")
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as an address keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, campaigns: CampaignQuerySet, today: date) -> CampaignQuerySet:
        """The campaigns of the set that fit every filter asked for."""
        spans = {RUNNING: campaigns.running, PAST: campaigns.past, TO_COME: campaigns.to_come}
        if when := self.asked.get("when"):
            campaigns = spans[when](today)
        return campaigns.filter(channel=self.asked["channel"]) if "channel" in self.asked else campaigns


class CampaignForm(forms.ModelForm):
    """A campaign as its marketer describes it. Its currency stays from the first cost line on: reports count on it."""

    stand_purpose = PurposeField(
        label=gettext_lazy("Visitors of the stand say yes to"),
        help_text=gettext_lazy(
            "Asked in the words of the campaign's newest form for the same, else in the usual ones."
        ),
    )

    stand_language = forms.TypedChoiceField(
        label=gettext_lazy("Visitors of the stand are asked in"),
        help_text=gettext_lazy(
            "Also where staff read another language. A form's words in another language are left out."
        ),
        choices=settings.LANGUAGES,
        required=False,
        widget=Pick,
    )

    class Meta:
        model = Campaign
        fields = (
            "name",
            "channel",
            "starts_on",
            "ends_on",
            "owner",
            "currency",
            "exchange_rate",
            "goal",
            "stand_purpose",
            "stand_language",
        )
        widgets = {
            "starts_on": DayInput,
            "ends_on": DayInput,
            "goal": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, company_currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = self.instance.currency if self.instance.pk else company_currency
        self.fields["currency"] = forms.ChoiceField(
            label=gettext_lazy("Currency"), choices=[(code, code) for code in _with(kept, company_currency)]
        )
        self.initial["currency"] = kept
        self.initial["exchange_rate"] = f"{self.instance.exchange_rate.normalize():f}" if self.instance.pk else "1"
        self.fields["exchange_rate"].help_text = _("%(currency)s for one unit of the campaign's currency.") % {
            "currency": company_currency
        }
        self.initial["stand_language"] = language_of(self.instance) if self.instance.pk else get_language()
        channel = cast("forms.ChoiceField", self.fields["channel"])
        channel.choices = [("", _("Choose a channel")), *Channel.choices]
        owner = cast("forms.ModelChoiceField", self.fields["owner"])
        owner.queryset = _owners(self.instance.owner_id)
        owner.empty_label = _("Nobody yet")
        if self.instance.pk and self.instance.costs.exists():
            self.keep_currency()

    def keep_currency(self) -> None:
        """Leave currency and rate as they were when the first cost was booked."""
        for name in ("currency", "exchange_rate"):
            self.fields[name].disabled = True
        self.fields["exchange_rate"].help_text = _("Fixed since the first cost was booked: reports count on it.")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if Campaign.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a campaign of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("The campaign ends before it begins."))
        if cleaned.get("exchange_rate") is not None and cleaned["exchange_rate"] <= 0:
            self.add_error("exchange_rate", _("A rate is more than nought."))
        return cleaned


def _with(*codes: str) -> list[str]:
    return list(dict.fromkeys([*codes, *CURRENCIES]))


def _owners(present: int | None) -> Any:
    """Those who can own a campaign: active marketers and administrators, and who owns it now."""
    able = Q(is_active=True, groups__name__in=[Role.MARKETER, Role.ADMIN])
    return User.objects.filter(able | Q(pk=present)).distinct().order_by("name")


class CostForm(forms.Form):
    """A cost line: what was planned or spent, and when."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CampaignCost.Kind, initial=CampaignCost.Kind.ACTUAL)
    amount = AmountField(
        label=gettext_lazy("Amount"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    label = forms.CharField(
        label=gettext_lazy("For what"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "cost_%s"} | options)
        self.today = today
        self.initial.setdefault("day", today)

    def clean_amount(self) -> Decimal:
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Nought is no cost."))
        return cast("Decimal", amount)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if day := cleaned.get("day"):
            latest = self.today if cleaned.get("kind") == CampaignCost.Kind.ACTUAL else self.today + 5 * YEAR
            if day.year < 2000 or day > latest:
                self.add_error("day", _("Choose a day from 2000 on; what was spent, not after today."))
        return cleaned
