"""What is a view of the list called, who sees it, and which columns does it show?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    """Which columns a list shows."""

    def __init__(self, data: Any = None, *, shown: Collection[str]) -> None:
        super().__init__(data, initial={"columns": list(shown)})
        self.fields["columns"] = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            choices=[(column.key, column.label) for column in columns.offered()],
            error_messages={"required": _("Choose at least one column.")},
        )

    def clean_columns(self) -> list[str]:
        wanted: list[str] = self.cleaned_data["columns"]
        if len(wanted) > columns.MOST:
            raise forms.ValidationError(_("Choose at most %(most)d columns.") % {"most": columns.MOST})
        return wanted
