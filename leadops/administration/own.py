"""How does a reader want LeadOps: name, language, time zone and mail; and when is a rep away?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from handoff import absences
from handoff.models import Rep
from leadops.accounts.models import User
from leadops.accounts.requests import Request, sent
from leadops.administration.forms import OwnForm
from leadops.administration.rep_forms import AbsenceForm


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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: Request) -> HttpResponse:
    """Show when a rep is away, and take days that they enter themselves."""
    at = timezone.now()
    one = get_object_or_404(Rep, pk=request.user.pk)
    form = AbsenceForm(sent(request))
    if form.is_valid():
        absences.plan(one, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings-leave")
    context = {"away": form, "absences": absences.not_over(one, at), "at": at}
    return render(request, "settings/leave.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def leave_cancellation(request: Request, pk: int) -> HttpResponse:
    """Call own leave off; what has begun ends now."""
    one = get_object_or_404(Rep, pk=request.user.pk)
    if absences.call_off(one.absences.filter(pk=pk), at=timezone.now()):
        messages.success(request, _("Called off."))
    return redirect("settings-leave")
