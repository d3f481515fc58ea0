"""What is said of a call list: which leads, who calls, when, and how often they try?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role
from leads.calling import lists
from leads.forms.purposes import PurposeField
from leads.models import CallingRule, CallList, Campaign, ImportBatch, Organisation, SavedView
from leads.stages import Channel

OFFERED = 50
PAUSES = (
    (60, gettext_lazy("An hour")),
    (120, gettext_lazy("Two hours")),
    (240, gettext_lazy("Four hours")),
    (1_440, gettext_lazy("A day")),
    (2_880, gettext_lazy("Two days")),
    (10_080, gettext_lazy("A week")),
)


class Clock(forms.TimeInput):
    """A time of the day as browsers pick one."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class CallListForm(forms.ModelForm):
    """A list as its maker describes it."""

    callers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Callers"), widget=forms.CheckboxSelectMultiple
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        choices=list(WEEKDAYS_ABBR.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    purpose = PurposeField(
        label=gettext_lazy("What they are called about"),
        help_text=gettext_lazy("Natural persons who are no customers are only called about what they said yes to."),
    )
    minutes_between = forms.TypedChoiceField(
        label=gettext_lazy("Until the next attempt"), choices=PAUSES, coerce=int, initial=240
    )

    class Meta:
        model = CallList
        fields = (
            "name", "campaign", "callers", "opens_at", "closes_at", "weekdays", "most_attempts", "minutes_between",
            "purpose", "calls_sales", "opening",
        )  # fmt: skip
        widgets = {"opens_at": Clock(), "closes_at": Clock(), "opening": forms.Textarea({"rows": 4})}
        help_texts = {
            "most_attempts": gettext_lazy(
                "Six attempts reach about 90% of those who can be reached, says InsideSales, who sells software for callers."
            ),
            "calls_sales": gettext_lazy("Otherwise whoever sales has, or is about to get, is kept out."),
            "opening": gettext_lazy("What the caller says first. It stands above the questions."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        campaign = cast("forms.ModelChoiceField", self.fields["campaign"])
        chosen = self.instance.campaign_id
        campaign.queryset = Campaign.objects.filter(Q(channel=Channel.TELEMARKETING) | Q(pk=chosen)).offered(chosen)
        campaign.required = bool(chosen)
        campaign.empty_label = None if chosen else _("A new campaign, named as the list")
        callers = cast("forms.ModelMultipleChoiceField", self.fields["callers"])
        able = User.objects.with_role(*REPS, Role.MARKETER, Role.ADMIN).filter(is_active=True)
        callers.queryset = able.order_by("name").distinct()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Choose a time after the first one."))
        named = Campaign.objects.named(cleaned.get("name", ""))
        if "campaign" in cleaned and cleaned["campaign"] is None and named.exists():
            self.add_error("campaign", _("There is a campaign of this name already: choose one, or another name."))
        return cleaned

    def made(self, *, by: User, asked: dict[str, Any], questions: list[dict[str, Any]], at: datetime) -> CallList:
        """Make the list, with a campaign of its own where none was chosen."""
        made: CallList = self.save(commit=False)
        made.by, made.asked, made.asked_at, made.questions = by, asked, at, questions
        made.questions_made = len(questions)
        if self.cleaned_data["campaign"] is None:
            made.campaign = Campaign.objects.create(
                name=made.name, channel=Channel.TELEMARKETING, owner=by, starts_on=timezone.localdate(at), created_at=at
            )
        made.save()
        self.save_m2m()
        return made


class SourceForm(forms.Form):
    """Which leads a list takes that was not begun in the lead list: those of a saved view, or of an import."""

    source = forms.ChoiceField(label=gettext_lazy("Which leads"))

    def __init__(self, data: Any, *, reader: User, initial: str = "") -> None:
        super().__init__(data, initial={"source": initial})
        views = SavedView.objects.visible_to(reader).order_by("name", "pk")[:OFFERED]
        batches = ImportBatch.objects.filter(state=ImportBatch.State.DONE).order_by("-pk")[:OFFERED]
        self.views = {f"view-{view.pk}": view for view in views}
        self.batches = {f"batch-{batch.pk}": batch for batch in batches}
        cast("forms.ChoiceField", self.fields["source"]).choices = [
            ("", _("Choose")),
            (_("Saved views"), [(key, str(view)) for key, view in self.views.items()]),
            (_("Imports"), [(key, batch.name) for key, batch in self.batches.items()]),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What is kept of it."""
        key = self.cleaned_data["source"]
        if batch := self.batches.get(key):
            return lists.of_batch(batch.pk)
        view = self.views[key]
        return {"filters": view.filters, "condition": view.condition, "keys": None}


class RuleForm(forms.ModelForm):
    """Of which natural persons the company needs a yes."""

    class Meta:
        model = CallingRule
        fields = ("natural_persons",)
        widgets = {"natural_persons": forms.RadioSelect}


class LegalFormForm(forms.ModelForm):
    """What an organisation is by law."""

    class Meta:
        model = Organisation
        fields = ("legal_form",)
