"""How is a form for the public described, and what does it ask?"""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.forms.purposes import PurposeField
from leads.importing.fields import BY_KEY
from leads.models import Campaign, CaptureForm
from leads.public.building import OFFERED, Fields, arranged, is_answerable

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
LONGEST_LABEL, MOST_ORIGINS = 200, 20


class Origins(forms.CharField):
    """Sites, one a line, as a browser names them: https://www.example.com."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Allowed sites"),
            required=False,
            widget=forms.Textarea({"rows": 3, "placeholder": "https://www.example.com", "spellcheck": "false"}),
            help_text=gettext_lazy("One a line. These may show the form in a frame or hold it in a page of their own."),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        sites = [line.rstrip("/").lower() for line in (super().clean(value) or "").split()]
        for site in sites:
            if not ORIGIN.fullmatch(site):
                raise forms.ValidationError(
                    _("“%(site)s” is no site: write it as https://www.example.com") % {"site": site}
                )
        if len(sites) > MOST_ORIGINS:
            raise forms.ValidationError(_("At most %(most)d sites.") % {"most": MOST_ORIGINS})
        return list(dict.fromkeys(sites))


class BuiltForm(forms.ModelForm):
    """What a form says, asks about consent, and does when it is sent."""

    redirect_url = forms.URLField(
        label=gettext_lazy("Or go on to this page"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Instead of the thank-you text."),
    )
    origins = Origins()
    purpose = PurposeField(
        label=gettext_lazy("What they say yes to"),
        help_text=gettext_lazy("The questions below should say so. A yes to a newsletter never lets sales call."),
    )

    class Meta:
        model = CaptureForm
        fields = (
            "name", "language", "campaign", "title", "introduction", "email_wording", "phone_wording", "purpose", "is_double_opt_in",
            "thanks", "redirect_url", "origins",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea({"rows": 3}) for name in ("introduction", "email_wording", "phone_wording", "thanks")
        }
        help_texts = {
            "name": gettext_lazy("For yourselves; visitors see the heading."),
            "email_wording": gettext_lazy(
                "The very words that visitors say yes to are kept as the proof. Empty: not asked."
            ),
            "phone_wording": gettext_lazy("Likewise. Nobody has to say yes to send the form."),
            "is_double_opt_in": gettext_lazy("The enquiry itself counts at once."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        campaign = cast("forms.ModelChoiceField", self.fields["campaign"])
        campaign.queryset = Campaign.objects.offered(self.instance.campaign_id)
        campaign.empty_label = _("No campaign")

    def clean_redirect_url(self) -> str:
        url: str = self.cleaned_data["redirect_url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address that begins with https://"))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = {one["field"] for one in self.instance.fields}
        if cleaned.get("is_double_opt_in") and "email" not in asked:
            self.add_error("is_double_opt_in", _("The form does not ask for a mail address."))
        return cleaned


class FieldsForm:
    """What a form asks, as the builder sent it in with what was pressed there; as it was typed where that cannot be."""

    def __init__(self, data: QueryDict, form: CaptureForm) -> None:
        required = set(data.getlist("required"))
        known = dict.fromkeys(name for name in data.getlist("field") if name in OFFERED)
        typed: Fields = [
            {
                "field": name,
                "label": data.get(f"label_{name}", "").strip()[:LONGEST_LABEL],
                "is_required": name in required,
            }
            for name in known
        ]
        act = data.get("act", "")
        after = arranged(typed, f"add:{data.get('new', '')}" if act == "add" else act)
        self.problem = _problem(after, form)
        self.fields = typed if self.problem else after


def _problem(fields: Fields, form: CaptureForm) -> str:
    """What keeps a form from asking this; empty where nothing does."""
    if not is_answerable(fields):
        return _("Keep a name, an email address or a phone number: else nobody knows who it is about.")
    if form.is_double_opt_in and all(one["field"] != "email" for one in fields):
        return _("Keep the email address: this form asks to confirm by mail.")
    return ""


def rows(fields: Fields) -> list[dict[str, Any]]:
    """What a form asks, as the builder shows it."""
    return [one | {"known": BY_KEY[one["field"]].label} for one in fields]


def offered(fields: Fields) -> list[tuple[str, Any]]:
    """The fields that can still be added."""
    taken = {one["field"] for one in fields}
    return [(name, BY_KEY[name].label) for name in OFFERED if name not in taken]
