"""Which file comes in for which campaign, and what do its columns become?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.forms.import_choices import Sent
from leads.forms.uploads import LARGEST
from leads.importing import files, history, history_words, orders
from leads.importing.fields import BY_KEY, IDENTIFYING, LEFT_OUT
from leads.models import Campaign, MappingTemplate
from leads.stages import Channel

MEGABYTE = 1_000_000
READABLE = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,.vcf"
COUNTRIES = [
    ("NL", gettext_lazy("the Netherlands")),
    ("BE", gettext_lazy("Belgium")),
    ("DE", gettext_lazy("Germany")),
    ("LU", gettext_lazy("Luxembourg")),
    ("FR", gettext_lazy("France")),
    ("GB", gettext_lazy("the United Kingdom")),
    ("IE", gettext_lazy("Ireland")),
    ("AT", gettext_lazy("Austria")),
    ("CH", gettext_lazy("Switzerland")),
    ("DK", gettext_lazy("Denmark")),
    ("NO", gettext_lazy("Norway")),
    ("SE", gettext_lazy("Sweden")),
    ("PL", gettext_lazy("Poland")),
    ("ES", gettext_lazy("Spain")),
    ("IT", gettext_lazy("Italy")),
    ("US", gettext_lazy("the United States")),
    ("CA", gettext_lazy("Canada")),
    ("IN", gettext_lazy("India")),
    ("AU", gettext_lazy("Australia")),
]


def too_large() -> str:
    return _(
        "The file is larger than %(limit)d MB. Split it into several files, or save a workbook's sheet as CSV, and choose those."
    ) % {"limit": LARGEST // MEGABYTE}


class UploadForm(forms.Form):
    """Step 1: the file, and where its leads come from."""

    campaign = forms.CharField(
        label=gettext_lazy("Campaign"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Choose one, or type the name of a new one. A column of the file can name it too."),
        widget=forms.TextInput(attrs={"list": "campaigns", "autocomplete": "off", "class": "field"}),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        required=False,
        choices=[("", gettext_lazy("As the campaign; else web")), *Channel.choices],
        help_text=gettext_lazy("For rows that do not say how they came."),
    )
    file = forms.FileField(
        label=gettext_lazy("File with leads"),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "missing": gettext_lazy("Choose a file first."),
            "invalid": gettext_lazy("The file did not arrive. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": READABLE, "data-largest": LARGEST}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(too_large())
        return file

    def of_campaign(self) -> dict[str, Any]:
        """The campaign that was named as a batch keeps it: itself, or its name where there is none of that name yet."""
        name = self.cleaned_data["campaign"]
        campaign = Campaign.objects.named(name).first() if name else None
        return {"campaign": campaign, "new_campaign": "" if campaign else name}


class ColumnsForm(forms.Form):
    """Step 2: what each column becomes (values named `column`, in the order of the file), and how values are read.

    A column in which day and month cannot be told apart is asked for their order by a name of its own.
    """

    country = forms.ChoiceField(label=gettext_lazy("Phone numbers without a country are from"), choices=COUNTRIES)

    data: Any

    def __init__(self, data: QueryDict | None, *, headers: Sequence[str]) -> None:
        super().__init__(data, auto_id="columns_%s")
        self.headers = headers
        self.wrong: set[int] = set()

    @property
    def mapping(self) -> list[str | None]:
        """What the columns become as it was sent in, whether that is right or not; what is unknown becomes nothing."""
        sent = self.data.getlist("column")[: len(self.headers)]
        sent += [""] * (len(self.headers) - len(sent))
        is_history = "is_history" in self.data
        known = BY_KEY.keys() - (set() if is_history else files.OF_HISTORY)
        chosen = [field if field in known or field == LEFT_OUT else None for field in sent]
        return (
            history_words.suggested(self.headers, chosen) if is_history and "was_history" not in self.data else chosen
        )

    @property
    def date_orders(self) -> dict[str, str]:
        """The order of day and month that was chosen for columns, by their place."""
        sent = {str(place): self.data.get(f"order_{place}") for place in range(len(self.headers))}
        return {place: order for place, order in sent.items() if order in orders.LABELS}

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["date_orders"] = self.date_orders
        sent = Sent(self.data, self.mapping, self.headers)
        self.cleaned_data |= sent.options()
        for problem in sent.problems():
            self.add_error(None, problem)
        places = self.places()
        for field, taken in places.items():
            if len(taken) > 1:
                self.wrong.update(taken)
                self.add_error(None, self.taken_twice(field, taken))
        if IDENTIFYING.isdisjoint(places):
            self.add_error(
                None,
                _(
                    "No column says who it is about. "
                    "Choose at least one column as name, email, phone or number in the other system."
                ),
            )
        return self.cleaned_data

    def require_meanings(self, found: Mapping[int, history.Counts]) -> bool:
        """Whether every value that is to be given a meaning has one; else the form says which columns lack some."""
        for place in history.too_many(found):
            self.wrong.add(place)
            self.add_error(None, self.too_many_values(place))
        for place in history.unsaid(found, self.cleaned_data):
            said = _("Say of every value of “%(name)s” what it becomes, below the columns.")
            self.add_error(None, said % {"name": files.called(self.headers, place)})
        return not self.errors

    def too_many_values(self, place: int) -> str:
        return _(
            "“%(name)s” has more than %(most)d different values: choose another column for it, or keep it as it is."
        ) % {
            "name": files.called(self.headers, place),
            "most": history.MOST_VALUES,
        }

    def places(self) -> dict[str, list[int]]:
        """The columns that become each field."""
        found = defaultdict(list)
        for place, field in enumerate(self.mapping):
            if field in BY_KEY:
                found[field].append(place)
        return found

    def taken_twice(self, field: str, places: Sequence[int]) -> str:
        names = ", ".join(f"“{files.called(self.headers, place)}”" for place in places)
        return _(
            "The field “%(field)s” is chosen for %(count)d columns: %(names)s. Keep it for one and choose another for the rest."
        ) % {"field": BY_KEY[field].label, "count": len(places), "names": names}


class TemplateForm(forms.ModelForm):
    """The name of a template, and whether everybody may use it."""

    class Meta:
        model = MappingTemplate
        fields = ("name", "is_shared")

    def clean_name(self) -> str:
        """A name that no other template of the same person has."""
        name: str = self.cleaned_data["name"]
        others = MappingTemplate.objects.filter(by=self.instance.by_id, name__iexact=name).exclude(pk=self.instance.pk)
        if self.instance.pk and others.exists():
            raise forms.ValidationError(_("You have a template of this name already."))
        return name
