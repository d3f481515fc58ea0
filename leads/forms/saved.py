"""What is a view of the list called, who sees it, and which columns does it show?"""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db import IntegrityError, transaction
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.conditions import ATTRIBUTES
from leads.listing import columns
from leads.models import SavedView


class SavedViewForm(forms.ModelForm):
    """The name of a view, and whether everybody has it."""

    class Meta:
        model = SavedView
        fields = ("name", "is_shared")
        help_texts = {
            "is_shared": gettext_lazy("Each reader sees in it what they may see. Only you change it."),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = SavedView.objects.filter(owner=self.instance.owner, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("You have a view of this name already."))
        return name

    def is_kept(self) -> bool:
        """Keep the view; False, and said why, where another of its name came in between."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error("name", _("You have a view of this name already."))
        return not self.errors


class ColumnsForm(forms.Form):
    """Which columns a list shows, in their order: those that are shown come first."""

    def __init__(self, data: QueryDict | None = None, *, shown: Sequence[str]) -> None:
        super().__init__(data, initial={"columns": list(shown)})
        labels = {column.key: column.label for column in columns.offered()}
        sent = shown if data is None else data.getlist("columns")
        self.shown = [key for key in dict.fromkeys(sent) if key in labels]
        self.fields["columns"] = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            choices=[*((key, labels.pop(key)) for key in self.shown), *labels.items()],
            error_messages={"required": _("Choose at least one column.")},
        )

    def shown_boxes(self) -> list[BoundWidget]:
        """The boxes of the columns that are shown, in their order."""
        return list(self["columns"])[: len(self.shown)]

    def other_boxes(self) -> list[BoundWidget]:
        """The boxes of our columns that are not."""
        return [box for box in self._hidden() if not box.data["value"].startswith(ATTRIBUTES)]

    def brought_boxes(self) -> list[BoundWidget]:
        """The boxes of those among them that files, forms and webhooks brought."""
        return [box for box in self._hidden() if box.data["value"].startswith(ATTRIBUTES)]

    def _hidden(self) -> list[BoundWidget]:
        return list(self["columns"])[len(self.shown) :]

    def moved(self, key: str, by: int) -> list[str]:
        """The columns that are shown, one of them some places further down; up where that is less than nought."""
        if key not in self.shown:
            return self.shown
        others = [one for one in self.shown if one != key]
        others.insert(max(0, self.shown.index(key) + by), key)
        return others

    def clean_columns(self) -> list[str]:
        wanted: list[str] = self.cleaned_data["columns"]
        if len(wanted) > columns.MOST:
            raise forms.ValidationError(_("Choose at most %(most)d columns.") % {"most": columns.MOST})
        return wanted
