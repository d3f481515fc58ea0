"""How is a webhook described, and what do its keys become?"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.forms.import_choices import Sent
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
    """What the paths of a webhook become, as it was sent in: `path` and `become` in the same order, and what a yes is to."""

    def __init__(self, data: QueryDict) -> None:
        pairs = zip(data.getlist("path"), data.getlist("become"), strict=False)
        self.mapping = {path: become if become in BY_KEY or become == LEFT_OUT else "" for path, become in pairs}
        self._sent = Sent(data, list(self.mapping.values()), list(self.mapping))

    @property
    def consent(self) -> dict[str, str] | None:
        """What a yes is to; none where it was not told."""
        said: dict[str, str] | None = self._sent.of_consent().get("consent")
        return said

    @property
    def problem(self) -> str:
        """What is wrong with it; empty where nothing is."""
        if IDENTIFYING.isdisjoint(self.mapping.values()):
            return _("No key says who it is about: choose a name, an address or a number.")
        return next(self._sent.of_consent_problems(), "")
