"""How is a webhook described, and what do its keys become?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.importing.fields import BY_KEY, IDENTIFYING, LEFT_OUT
from leads.models import Campaign, Hook


class HookForm(forms.ModelForm):
    """A webhook: what it is called, and the campaign of what comes by it."""

    class Meta:
        model = Hook
        fields = ("name", "campaign", "is_active")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        campaign = cast("forms.ModelChoiceField", self.fields["campaign"])
        campaign.queryset = Campaign.objects.offered(self.instance.campaign_id)
        campaign.empty_label = _("As it says, or none")


class HookMapping:
    """What the paths of a webhook become, as it was sent in: `path` and `become` in the same order."""

    def __init__(self, data: QueryDict) -> None:
        pairs = zip(data.getlist("path"), data.getlist("become"), strict=False)
        self.mapping = {path: become if become in BY_KEY or become == LEFT_OUT else "" for path, become in pairs}

    @property
    def problem(self) -> str:
        """What is wrong with it; empty where nothing is."""
        taken = Counter(field for field in self.mapping.values() if field in BY_KEY)
        twice = [str(BY_KEY[field].label) for field, count in taken.items() if count > 1]
        if twice:
            return _("Chosen for more than one key: %(fields)s. Keep it for one.") % {"fields": ", ".join(twice)}
        return (
            "" if _names_somebody(taken) else _("No key says who it is about: choose a name, an address or a number.")
        )


def _names_somebody(fields: Iterable[str]) -> bool:
    return not IDENTIFYING.isdisjoint(fields)
