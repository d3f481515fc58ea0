"""What is said of a pair: what it is, which record is kept, and whose value wins where they differ?"""

from __future__ import annotations

from typing import Any

from django import forms

from leads.merging import GROUPS
from leads.models import DuplicatePair

LEFT, RIGHT = "left", "right"
SIDES = ((LEFT, LEFT), (RIGHT, RIGHT))


class SidesForm(forms.Form):
    """Which record is kept (the left one unless said), and of each group of fields which side wins (the kept one's).

    `contact` is the person from whose page the two were brought together: it is gone back to.
    """

    keep = forms.ChoiceField(choices=SIDES, required=False)
    contact = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for group in GROUPS:
            self.fields[f"of-{group}"] = forms.ChoiceField(choices=SIDES, required=False)

    @property
    def sides(self) -> dict[str, Any]:
        """Whether the right one is kept, and the groups in which the other one's values win; what is unfit is not said."""
        said = self.cleaned_data
        keeps_right = said.get("keep") == RIGHT
        other = LEFT if keeps_right else RIGHT
        return {"keeps_right": keeps_right, "taken": {group for group in GROUPS if said.get(f"of-{group}") == other}}


class DecisionForm(SidesForm):
    """The sides, what the pair is, and what it was when it was shown."""

    decision = forms.ChoiceField(choices=DuplicatePair.Decision.choices)
    seen = forms.ChoiceField(choices=DuplicatePair.Decision.choices, required=False)
