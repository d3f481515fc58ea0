"""What does an administrator say of a new token?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leadops.accounts.tokens import Scope


class TokenForm(forms.Form):
    """What it is for, with whose eyes it looks, and what it may do."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=200, help_text=_("The program that uses it, such as “Website forms”.")
    )
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("With whose eyes"),
        empty_label=_("Choose a user"),
        help_text=_("It sees what this user may see, and writes in their name."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a user from the list.")),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        users = self.fields["user"]
        if isinstance(users, forms.ModelChoiceField):
            users.queryset = User.objects.filter(is_active=True).order_by("name", "pk")
