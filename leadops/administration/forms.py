"""What do readers say of themselves, and administrators of the company, its people, teams and queues?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadops.accounts.models import Company, Team, User
from leadops.accounts.roles import REPS, Role
from leads.duplicates import MERGE
from leads.filters import Pick
from leads.forms.campaigns import CURRENCIES
from leads.models import CampaignCost, Queue

UTTER = 95
AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """The time zones that people live in, under their cities."""
    lived_in = sorted(zone for zone in available_timezones() if zone.startswith(AREAS))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in lived_in)]


class ZoneField(forms.ChoiceField):
    """A choice of time zones, drawn at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=gettext_lazy("Time zone"), choices=zones, widget=Pick, **options)


class OwnForm(forms.ModelForm):
    """What readers say of themselves."""

    time_zone = ZoneField()

    class Meta:
        model = User
        fields = ("name", "language", "time_zone", "mailed")


def merged() -> list[tuple[int | str, str]]:
    """From which likeness on two records become one without somebody who looks at them."""
    return [
        ("", _("nothing: somebody looks at each pair")),
        (MERGE, _("what is sure: from %(score)s points") % {"score": MERGE}),
        (UTTER, _("what is beyond doubt: from %(score)s points") % {"score": UTTER}),
    ]


class CompanyForm(forms.ModelForm):
    """The company. Its currency stays from the first cost on: what was booked is in it."""

    time_zone = ZoneField(help_text=gettext_lazy("Weeks, working hours and promises are reckoned in it."))

    class Meta:
        model = Company
        fields = ("name", "time_zone", "currency", "follow_up_target", "in_time_target", "merges_from")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["merges_from"] = forms.TypedChoiceField(
            label=gettext_lazy("Merged without asking"), required=False, choices=merged, coerce=int, empty_value=None,
            help_text=gettext_lazy("Each night, into the record that was there first. A merge that was taken back is not made again."),
        )  # fmt: skip
        codes = dict.fromkeys([self.instance.currency, *CURRENCIES])
        self.fields["currency"] = forms.ChoiceField(
            label=gettext_lazy("Currency"), choices=[(code, code) for code in codes]
        )
        if CampaignCost.objects.exists():
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = _("Fixed since the first cost was booked: reports count on it.")


class PersonForm(forms.ModelForm):
    """Somebody who works here."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A hunter brings in new business, a farmer looks after customers; one can be both."),
    )

    class Meta:
        model = User
        fields = ("name", "email", "language")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = True
        if self.instance.pk:
            self.initial["roles"] = sorted(self.instance.role_names)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return cast("str", email)


class PeopleFilter(forms.Form):
    """Whom an administrator looks for."""

    q = forms.CharField(label=gettext_lazy("Name or address"), required=False, max_length=200)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        widget=Pick,
        choices=[
            ("", gettext_lazy("Active")),
            ("gone", gettext_lazy("Deactivated")),
            ("all", gettext_lazy("Everybody")),
        ],
    )

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, auto_id="people_%s")
        self.is_valid()


class TeamForm(forms.ModelForm):
    """A team and who leads it."""

    class Meta:
        model = Team
        fields = ("name", "manager")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        manager = cast("forms.ModelChoiceField", self.fields["manager"])
        manager.queryset = User.objects.with_role(Role.SALES_MANAGER).order_by("name")
        manager.empty_label = _("Nobody yet")
        manager.help_text = _("Sees the team's leads and figures, and is told what stays lying.")


class MembershipForm(forms.Form):
    """Who joins a team."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who joins?"), empty_label=gettext_lazy("Choose somebody")
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField", self.fields["user"]).queryset = people


class QueueForm(forms.ModelForm):
    """A queue and who works it. The company's own queues keep their name; pools can be added."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They see what waits here. Reps who are members of a pool take turns in it."),
    )

    class Meta:
        model = Queue
        fields = ("name", "manager", "is_active")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_pool = self.instance.kind in ("", Queue.Kind.POOL)
        if not is_pool:
            del self.fields["name"], self.fields["is_active"]
        elif not self.instance.pk:
            del self.fields["is_active"]
        manager = cast("forms.ModelChoiceField", self.fields["manager"])
        manager.queryset = User.objects.with_role(Role.SALES_MANAGER, Role.MARKETER, Role.ADMIN).order_by("name")
        manager.empty_label = _("Nobody yet")
        manager.help_text = _("Is told when a lead stays lying here.")
        people = cast("forms.ModelMultipleChoiceField", self.fields["people"])
        people.queryset = _able_in(self.instance)
        self.initial["people"] = list(self.instance.members.values_list("user", flat=True)) if self.instance.pk else []


def _able_in(queue: Queue) -> Any:
    """The active people whose roles let them work a queue, and who works it now."""
    sells = queue.kind in ("", *Queue.POOLS)
    roles: Iterable[Role] = (*REPS, Role.SALES_MANAGER) if sells else (Role.MARKETER,)
    able = Q(is_active=True, groups__name__in=[*roles, Role.ADMIN])
    return User.objects.filter(able | Q(queue_memberships__queue=queue.pk or 0)).distinct().order_by("name")
