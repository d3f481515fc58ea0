"""How does a reader want LeadOps: their name, language and time zone?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadops.accounts.models import User
from leadops.accounts.requests import Request, sent
from leadops.administration.forms import OwnForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own(request: Request) -> HttpResponse:
    """Show and take what readers say of themselves."""
    person = User.objects.get(pk=request.user.pk)
    form = OwnForm(sent(request), instance=person)
    if form.is_valid():
        form.save()
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("settings")
    return render(request, "settings/own.html", {"form": form}, status=422 if form.errors else 200)
