"""What does a rep do with a lead beyond the call: make it business, win it, lose it, put it off, take a slip back?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
from handoff.views.answers import name_of, onward, too_late, worked_by_form
from handoff.views.queue import swap
from leadops.accounts.models import Company
from leadops.accounts.requests import Request
from leads.models import Lead
from leads.querysets import LeadQuerySet


@require_POST
@login_required
def opportunities(request: Request, pk: int) -> HttpResponse:
    """Qualify an accepted lead: it becomes an opportunity and stays open on the page."""
    at, leads = timezone.now(), _seen(request, pk)

    def qualify(said: dict[str, Any]) -> object:
        business = outcomes.Business(**said, currency=Company.objects.get().currency)
        return outcomes.qualify(leads, by=request.user, at=at, business=business)

    def answer(lead: Lead) -> HttpResponse:
        messages.success(request, _("%(lead)s is an opportunity now.") % {"lead": name_of(lead)})
        return stay(request, pk, at)

    return worked_by_form(request, pk, at, act=qualify, answer=answer, business=BusinessForm(request.POST))


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

    def lose(said: dict[str, Any]) -> object:
        return outcomes.lose(Opportunity.objects.filter(pk=pk), by=request.user, at=at, **said)

    def answer(lead: Lead) -> HttpResponse:
        return onward(request, lead, at, _("%(lead)s is lost.") % {"lead": name_of(lead)})

    return worked_by_form(request, opportunity.lead_id, at, act=lose, answer=answer, loss=LossForm(request.POST))


@require_POST
@login_required
def later(request: Request, pk: int) -> HttpResponse:
    """Put the next step off; a promise that is still ahead is never passed."""
    at, leads = timezone.now(), _seen(request, pk)

    def put_off(said: dict[str, Any]) -> object:
        return followup.put_off(leads, by=request.user, at=at, **said)

    def answer(lead: Lead) -> HttpResponse:
        return onward(request, lead, at, _("%(lead)s comes back later.") % {"lead": name_of(lead)})

    return worked_by_form(request, pk, at, act=put_off, answer=answer, delay=PutOffForm(request.POST))


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


def _seen(request: Request, pk: int) -> LeadQuerySet:
    """The lead, if the reader may see it; not found else."""
    return Lead.objects.filter(pk=get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk)


def _opportunity(request: Request, pk: int) -> Opportunity:
    """An opportunity of a lead that the reader may see."""
    return get_object_or_404(Opportunity.objects.filter(lead__in=Lead.objects.visible_to(request.user)), pk=pk)
