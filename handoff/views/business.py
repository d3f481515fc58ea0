"""What does a rep do with a lead beyond the call: make it business, win it, lose it, put it off, take a slip back?"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handoff import followup, outcomes, queue, sheets
from handoff.forms import BusinessForm, LossForm, PutOffForm
from handoff.models import FollowUp, Opportunity
from handoff.views.answers import again, name_of, onward, too_late
from handoff.views.queue import swap
from leadops.accounts.models import Company
from leadops.accounts.requests import Request
from leads.models import Lead


@require_POST
@login_required
def opportunities(request: Request, pk: int) -> HttpResponse:
    """Qualify an accepted lead: it becomes an opportunity and stays open on the page."""
    at = timezone.now()
    lead = queue.worked(request.user, pk)
    if lead is None:
        return too_late(request, _seen(request, pk), at)
    form = BusinessForm(request.POST)
    if not form.is_valid():
        return again(request, lead, at, business=form)
    business = outcomes.Business(**form.cleaned_data, currency=Company.objects.get().currency)
    if not outcomes.qualify(Lead.objects.filter(pk=pk), by=request.user, at=at, business=business):
        return too_late(request, pk, at)
    messages.success(request, _("%(lead)s is an opportunity now.") % {"lead": name_of(lead)})
    return stay(request, pk, at)


@require_POST
@login_required
def won(request: Request, pk: int) -> HttpResponse:
    """Win an opportunity, and with it the lead."""
    at = timezone.now()
    opportunity = _opportunity(request, pk)
    lead = queue.worked(request.user, opportunity.lead_id)
    if lead is None or not outcomes.win(Opportunity.objects.filter(pk=pk), by=request.user, at=at):
        return too_late(request, opportunity.lead_id, at)
    return onward(request, lead, at, _("%(lead)s is won. Well done!") % {"lead": name_of(lead)})


@require_POST
@login_required
def lost(request: Request, pk: int) -> HttpResponse:
    """Lose an opportunity; the lead is lost with its last one."""
    at = timezone.now()
    opportunity = _opportunity(request, pk)
    lead = queue.worked(request.user, opportunity.lead_id)
    if lead is None:
        return too_late(request, opportunity.lead_id, at)
    form = LossForm(request.POST)
    if not form.is_valid():
        return again(request, lead, at, loss=form)
    reason = form.cleaned_data["reason"]
    if not outcomes.lose(Opportunity.objects.filter(pk=pk), by=request.user, at=at, reason=reason):
        return too_late(request, lead.pk, at)
    return onward(request, lead, at, _("%(lead)s is lost.") % {"lead": name_of(lead)})


@require_POST
@login_required
def later(request: Request, pk: int) -> HttpResponse:
    """Put the next step off; a promise that is still ahead is never passed."""
    at = timezone.now()
    lead = queue.worked(request.user, pk)
    if lead is None:
        return too_late(request, _seen(request, pk), at)
    form = PutOffForm(request.POST)
    if not form.is_valid():
        return again(request, lead, at, delay=form)
    next_step_at = form.cleaned_data["next_step_at"]
    try:
        moved = followup.put_off(Lead.objects.filter(pk=pk), by=request.user, next_step_at=next_step_at, at=at)
    except followup.MomentRefused as refused:
        form.add_error("next_step_at", str(refused))
        return again(request, lead, at, delay=form)
    if not moved:
        return too_late(request, pk, at)
    return onward(request, lead, at, _("%(lead)s comes back later.") % {"lead": name_of(lead)})


@require_POST
@login_required
def retraction(request: Request, pk: int) -> HttpResponse:
    """Take back a follow-up of one's own, and open its lead again."""
    at = timezone.now()
    follow_up = get_object_or_404(FollowUp.objects.filter(by=request.user, voids=None), pk=pk)
    if not followup.undo(FollowUp.objects.filter(pk=pk), by=request.user, at=at):
        return too_late(request, follow_up.lead_id, at)
    messages.success(request, _("Taken back."))
    return stay(request, follow_up.lead_id, at)


def stay(request: Request, key: int, at: datetime) -> HttpResponse:
    """The lead as it stands now, beside the list."""
    if not request.htmx:
        return redirect("handoff:queue-lead", key)
    return swap(request, sheets.desk(request.user, at), queue.worked(request.user, key), at)


def _seen(request: Request, pk: int) -> int:
    return get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk


def _opportunity(request: Request, pk: int) -> Opportunity:
    """An opportunity of a lead that the reader may see."""
    return get_object_or_404(Opportunity.objects.filter(lead__in=Lead.objects.visible_to(request.user)), pk=pk)
