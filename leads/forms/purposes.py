"""To what does somebody say yes, as a form asks it?"""

from __future__ import annotations

from typing import Any

from django import forms

from leads.filters import Pick
from leads.models import Consent


class PurposeField(forms.TypedChoiceField):
    """One of the purposes of consent; follow-up by sales where nothing is said."""

    def __init__(self, **options: Any) -> None:
        usual = Consent.Purpose.SALES
        super().__init__(
            choices=Consent.Purpose, required=False, empty_value=usual, initial=usual, widget=Pick, **options
        )
