"""How does the first person get in: a link on the console that makes the first administrator, once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login, password_validation
from django.core import signing
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leadops.accounts.models import User

SALT = "leadops.welcome"
DAY = 24 * 3600
ONE_AT_A_TIME = 7_305_911
"""The advisory lock under which the first administrator is made."""


class WelcomeForm(forms.ModelForm):
    """Who the first administrator is."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    class Meta:
        model = User
        fields = ("name", "email")

    def clean(self) -> dict[str, Any]:
        """Judge the password with the person's name and address known."""
        given = super().clean() or self.cleaned_data
        if "password" in given:
            person = User(name=given.get("name", ""), email=given.get("email", ""))
            try:
                password_validation.validate_password(given["password"], person)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return given


def is_needed() -> bool:
    """Tell whether nobody can administer this installation yet."""
    return not get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


def link(address: str) -> str:
    """Return a link that makes the first administrator, good for a day or until there is one."""
    return address + reverse("welcome", args=[signing.dumps("first administrator", salt=SALT)])


@transaction.atomic
def make_first(name: str, email: str, password: str) -> User | None:
    """Make the first administrator; return None when somebody was first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    if not is_needed():
        return None
    return User.objects.create_superuser(email, password, name=name)


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Show and take the form for the first administrator; a spent, old or made-up link says so."""
    if not (is_genuine(token) and is_needed()):
        return render(request, "welcome_over.html", status=410)
    form = WelcomeForm(request.POST or None)
    if not form.is_valid():
        return render(request, "welcome.html", {"form": form}, status=422 if form.is_bound else 200)
    user = make_first(**form.cleaned_data)
    if user is None:
        return render(request, "welcome_over.html", status=410)
    login(request, user, backend="leadops.accounts.backends.AddressBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)


def is_genuine(token: str) -> bool:
    """Tell whether `token` is ours and of today."""
    try:
        signing.loads(token, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return False
    return True
