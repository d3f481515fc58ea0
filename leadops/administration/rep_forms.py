"""What does a manager say of a rep, and when are they away?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handoff.capacity import OPEN_CAP, WEEKLY_CAP
from handoff.models import PoolTurn, Rep, RepSetting
from leadops.accounts.roles import Role
from leads.forms.campaigns import DayInput

CRAFTS = [(Role.HUNTER.value, Role.HUNTER.label), (Role.FARMER.value, Role.FARMER.label)]
HEAVIEST = 20


class RepForm(forms.Form):
    """What a rep does, how much of it, and how closely their manager looks."""

    crafts = forms.MultipleChoiceField(
        label=gettext_lazy("Works as"), choices=CRAFTS, widget=forms.CheckboxSelectMultiple
    )
    hired_on = forms.DateField(label=gettext_lazy("Hired on"), required=False, widget=DayInput)
    open_cap = forms.IntegerField(label=gettext_lazy("Open leads at most"), min_value=0, max_value=10_000)
    weekly_cap = forms.IntegerField(label=gettext_lazy("New leads a week at most"), min_value=0, max_value=10_000)
    quota_attainment = forms.IntegerField(
        label=gettext_lazy("Quota attained, in percent"), required=False, min_value=0, max_value=1_000
    )
    tracking = forms.ChoiceField(
        label=gettext_lazy("Tracking"),
        choices=Rep.Tracking,
        help_text=gettext_lazy(
            "Coach shows you follow-ups, times and outcomes of each lead. Results shows stages, overdue leads, broken promises and sales, "
            "not the way there: closer tracking of experienced reps yields less follow-up."
        ),
    )

    def __init__(self, *args: Any, rep: Rep, now: RepSetting | None, turns: Sequence[PoolTurn], **options: Any) -> None:
        super().__init__(*args, **options)
        self.turns = turns
        setting = now or RepSetting(open_cap=OPEN_CAP, weekly_cap=WEEKLY_CAP)
        names = ("open_cap", "weekly_cap", "quota_attainment", "tracking")
        crafts = [craft for craft, has in ((Role.HUNTER, rep.is_hunter), (Role.FARMER, rep.is_farmer)) if has]
        self.initial = {name: getattr(setting, name) for name in names} | {"crafts": crafts, "hired_on": rep.hired_on}
        for turn in turns:
            self.fields[f"weight_{turn.queue_id}"] = forms.IntegerField(
                label=_("Weight in %(pool)s") % {"pool": turn.queue},
                min_value=0,
                max_value=HEAVIEST,
                initial=turn.weight,
                help_text=_("Twice the weight, twice the turns; 0 takes none."),
            )

    @property
    def weights(self) -> dict[int, int]:
        """What was said of each pool."""
        return {turn.queue_id: self.cleaned_data[f"weight_{turn.queue_id}"] for turn in self.turns}

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{turn.queue_id}"] for turn in self.turns]

    @property
    def said(self) -> dict[str, Any]:
        """All but the weights."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("weight_")}


class AbsenceForm(forms.Form):
    """Whole days on which a rep is away."""

    first = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days <= 366:
            self.add_error("last", _("The last day is the first one or later, within a year."))
        if first and not 2000 <= first.year <= 2100:
            self.add_error("first", _("Choose a day of this century."))
        return cleaned
