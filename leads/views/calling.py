"""How do callers work through a list: whom next, what came of it, and back?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.requests import Request
from leads.calling import handing_out, hours, recording, sheets, taking_back
from leads.forms.calling import CallForm
from leads.models import Call, CallList, CallTarget, Lead
from leads.views.call_lists import may_call

UNFIT = 422


def _called(request: Request, pk: int) -> CallList:
    """A list that the reader calls for."""
    found: CallList = get_object_or_404(CallList.objects.called_by(request.user).select_related("campaign"), pk=pk)
    return found


@never_cache
@require_safe
@login_required
@may_call
def call_next(request: Request, pk: int) -> HttpResponse:
    """Whom the caller calls next; asked again, still the same one."""
    return _next(request, _called(request, pk), timezone.now())


def _next(request: Request, found: CallList, at: datetime) -> HttpResponse:
    target = handing_out.next_for(found, by=request.user, at=at)
    form = _form(request, target, found, at) if target else None
    return _page(request, found, target, form, at)


def _form(request: Request, target: CallTarget, found: CallList, at: datetime, data: Any = None) -> CallForm:
    return CallForm(data, questions=found.questions, contact=target.lead.contact, at=at)


def _page(
    request: Request, found: CallList, target: CallTarget | None, form: CallForm | None, at: datetime
) -> HttpResponse:
    """The page with whom to call, or with nobody; only that part where htmx asks."""
    context: dict[str, Any] = {"list": found, "target": target, "form": form, "at": at}
    context["day"] = sheets.day(found, request.user, at)
    context |= _sheet(request, target, found, at) if target else {"opens_at": hours.next_open(found, at)}
    name = "leads/calls/_swap.html" if request.htmx else "leads/calls/next.html"
    return render(request, name, context, status=UNFIT if form and form.errors else 200)


def _sheet(request: Request, target: CallTarget, found: CallList, at: datetime) -> dict[str, Any]:
    """All that is shown of whom to call."""
    lead = target.lead
    return {
        "lead": lead,
        "contact": lead.contact,
        "reach": sheets.withheld(lead),
        "lines": sheets.story(lead),
        "why_asked": sheets.asked_in_words(found.asked),
        "outcomes": sheets.outcomes(),
        "moments": sheets.moments(found, at),
        "whys": Call.Why.choices,
        "attempt": target.attempts + 1,
        "may_see": Lead.objects.visible_to(request.user).filter(pk=lead.pk).exists(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_call
def call_made(request: Request, pk: int, target: int) -> HttpResponse:
    """Write down what came of a call, and go on to the next one."""
    if request.method != "POST":
        return redirect("leads:call-next", pk)
    found, at = _called(request, pk), timezone.now()
    rows = CallTarget.objects.select_related("lead__contact__organisation", "lead__campaign", "lead__score")
    row = get_object_or_404(rows, pk=target, call_list=found)
    if row.claimed_by_id != request.user.pk:
        return _too_late(request, found, at)
    form = _form(request, row, found, at, request.POST)
    if not form.is_valid():
        return _page(request, found, row, form, at)
    try:
        made = recording.record(target, said=form.said, by=request.user, at=at)
    except recording.SomebodyElse:
        return _too_late(request, found, at)
    undo = reverse("leads:call-undoing", args=[pk, made.pk])
    messages.success(request, f"{row.lead.contact}: {recording.said_of(made)}", extra_tags=undo)
    return _onward(request, found, at)


def _too_late(request: Request, found: CallList, at: datetime) -> HttpResponse:
    """Say that the caller has them no more, and go on to the next one."""
    messages.warning(request, _("This call was written down before, or somebody else made it in the meantime."))
    return _onward(request, found, at)


def _onward(request: Request, found: CallList, at: datetime) -> HttpResponse:
    return _next(request, found, at) if request.htmx else redirect("leads:call-next", found.pk)


@require_POST
@login_required
@may_call
def call_put_off(request: Request, pk: int, target: int) -> HttpResponse:
    """Give somebody back uncalled, and go on to the next one."""
    found, at = _called(request, pk), timezone.now()
    row = get_object_or_404(CallTarget, pk=target, call_list=found)
    if handing_out.put_off(row.pk, by=request.user, at=at):
        messages.success(request, _("Put off: they come back in half an hour."))
    return _onward(request, found, at)


@require_POST
@login_required
@may_call
def call_undoing(request: Request, pk: int, call: int) -> HttpResponse:
    """Take back the call that was just written down, and have the person on the page again."""
    found, at = _called(request, pk), timezone.now()
    made = get_object_or_404(Call.objects.select_related("engagement"), pk=call, call_list=found)
    handing_out.release(found, by=request.user)
    if taking_back.take_back(made, by=request.user, at=at):
        handing_out.take(made.target_id, by=request.user, at=at)
        messages.success(request, _("Taken back."))
    else:
        messages.warning(request, _("This cannot be taken back any more."))
    return _onward(request, found, at)


@require_POST
@login_required
@may_call
def call_leaving(request: Request, pk: int) -> HttpResponse:
    """Stop calling: whoever the caller has is free for others."""
    found = _called(request, pk)
    handing_out.release(found, by=request.user)
    return redirect("leads:call-list", pk)
