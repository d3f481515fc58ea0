"""Where does a tracking link lead, and which source and medium does it name?"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import tracking_links
from leads.filters import Pick
from leads.models import CaptureForm, TrackingLink
from leads.stages import Channel

SHORT = {"autocomplete": "off", "spellcheck": "false"}


def already_there() -> str:
    """What is said of a link with the marks of another."""
    return _("There is a link with these marks already: write here which one this is, so that they are told apart.")


class LinkForm(forms.ModelForm):
    """A link as it is made: what it is called, a page of the company's site or one of its forms, and what it says of where it stands."""

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

    class Meta:
        model = TrackingLink
        fields = ("name", "source", "medium", "content")
        labels = {
            "name": gettext_lazy("Name"),
            "source": gettext_lazy("Where it stands"),
            "medium": gettext_lazy("Kind of place"),
            "content": gettext_lazy("Which one"),
        }
        help_texts = {
            "name": gettext_lazy("For yourselves: newsletter of May, flyer at the entrance"),
            "source": gettext_lazy("utm_source: newsletter, linkedin, google"),
            "medium": gettext_lazy("utm_medium: email, social, cpc, print"),
            "content": gettext_lazy("utm_content: tells two links in one place apart"),
        }
        widgets = {name: forms.TextInput(SHORT) for name in fields}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        campaign = self.instance.campaign
        # A form of another campaign would count to that one.
        built = CaptureForm.objects.filter(Q(campaign=None) | Q(campaign=campaign), is_active=True)
        cast("forms.ModelChoiceField", self.fields["form"]).queryset = built.order_by("name")
        if not self.initial.get("medium"):
            self.initial["medium"] = tracking_links.MEDIUM[Channel(campaign.channel)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("form") and not cleaned.get("page") and "page" not in self.errors:
            self.add_error("page", _("Choose a form, or write the address of a page."))
        self.instance.address = cleaned.get("page") or ""
        marks = {name: cleaned.get(name, "") for name in ("source", "medium", "content")}
        if not self.errors and (same := tracking_links.taken(self.instance.campaign, **marks)):
            told = _("It is called “%(name)s”.") % {"name": same}
            self.add_error("content", f"{already_there()} {told}")
        return cleaned
