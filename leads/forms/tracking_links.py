"""Where does a tracking link lead, and which source and medium does it name?"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import tracking_links
from leads.filters import Pick
from leads.models import Campaign, CaptureForm
from leads.stages import Channel

SHORT = {"autocomplete": "off", "spellcheck": "false"}


class LinkForm(forms.Form):
    """A page of the company's site, or one of its forms; and what the link says of where it stands."""

    form = forms.ModelChoiceField(
        label=gettext_lazy("Leads to the form"),
        queryset=CaptureForm.objects.none(),
        required=False,
        widget=Pick,
        empty_label=gettext_lazy("a page of your site"),
    )
    page = forms.URLField(
        label=gettext_lazy("Page of your site"),
        required=False,
        max_length=1_000,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Where it stands"),
        max_length=100,
        widget=forms.TextInput(SHORT),
        help_text=gettext_lazy("utm_source: newsletter, linkedin, google"),
    )
    medium = forms.CharField(
        label=gettext_lazy("Kind of place"),
        max_length=100,
        widget=forms.TextInput(SHORT),
        help_text=gettext_lazy("utm_medium: email, social, cpc, print"),
    )
    content = forms.CharField(
        label=gettext_lazy("Which one"),
        required=False,
        max_length=100,
        widget=forms.TextInput(SHORT),
        help_text=gettext_lazy("utm_content: tells two links in one place apart"),
    )

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign = campaign
        # A form of another campaign would count to that one.
        built = CaptureForm.objects.filter(Q(campaign=None) | Q(campaign=campaign), is_active=True)
        cast("forms.ModelChoiceField", self.fields["form"]).queryset = built.order_by("name")
        self.initial.setdefault("medium", tracking_links.MEDIUM[Channel(campaign.channel)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("form") and not cleaned.get("page") and "page" not in self.errors:
            self.add_error("page", _("Choose a form, or write the address of a page."))
        return cleaned

    def link(self, form_address: str) -> str:
        """The link; `form_address` is where the chosen form stands."""
        said = {name: self.cleaned_data[name] for name in ("source", "medium", "content")}
        return tracking_links.link(form_address or self.cleaned_data["page"], self.campaign, **said)
