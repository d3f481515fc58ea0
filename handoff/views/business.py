"""What does a rep do with a lead beyond the call: make it business, win it, lose it, put it off, take a slip back?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handoff import at_work, followup, outcomes, sheets
from handoff.deadlines import Clock
from handoff.forms import BusinessForm, LossForm, PutOffForm
from handoff.models import FollowUp, Opportunity
from handoff.views.answers import name_of, onward, too_late, worked_by_form
from handoff.views.queue import clock_of, swap
from leadops.accounts.models import Company
from leadops.accounts.requests import Request
from leads.models import Lead


@require_POST
@login_required
def opportunities(request: Request, pk: int) -> HttpResponse:
    """Qualify an accepted lead: it becomes an opportunity and stays open on the page."""
    clock, leads = clock_of(request), _seen(request, pk)

    def qualify(said: dict[str, Any]) -> object:
        business = outcomes.Business(**said, currency=Company.objects.get().currency)
        return outcomes.qualify(leads, by=request.user, at=clock.at, business=business)

    def answer(lead: Lead) -> HttpResponse:
        messages.success(request, _("%(lead)s is an opportunity now.") % {"lead": name_of(lead)})
        return stay(request, pk, clock)

    return worked_by_form(request, pk, clock, act=qualify, answer=answer, business=BusinessForm(request.POST))


@require_POST
@login_required
def won(request: Request, pk: int) -> HttpResponse:
    """Win an opportunity, and with it the lead."""
    clock = clock_of(request)
    opportunity = _opportunity(request, pk)
    lead = at_work.worked(request.user, opportunity.lead_id)
    if lead is None or not outcomes.win(Opportunity.objects.filter(pk=pk), by=request.user, at=clock.at):
        return too_late(request, opportunity.lead_id, clock)
    return onward(request, lead, clock, _("%(lead)s is won. Well done!") % {"lead": name_of(lead)})


@require_POST
@login_required
def lost(request: Request, pk: int) -> HttpResponse:
    """Lose an opportunity; the lead is lost with its last one."""
    clock = clock_of(request)
    opportunity = _opportunity(request, pk)

    def lose(said: dict[str, Any]) -> object:
        return outcomes.lose(Opportunity.objects.filter(pk=pk), by=request.user, at=clock.at, **said)

    def answer(lead: Lead) -> HttpResponse:
        return onward(request, lead, clock, _("%(lead)s is lost.") % {"lead": name_of(lead)})

    return worked_by_form(request, opportunity.lead_id, clock, act=lose, answer=answer, loss=LossForm(request.POST))


@require_POST
@login_required
def later(request: Request, pk: int) -> HttpResponse:
    """Put the next step off; a promise that is still ahead is never passed."""
    clock, leads = clock_of(request), _seen(request, pk)

    def put_off(said: dict[str, Any]) -> object:
        return followup.put_off(leads, by=request.user, at=clock.at, **said)

    def answer(lead: Lead) -> HttpResponse:
        return onward(request, lead, clock, _("%(lead)s comes back later.") % {"lead": name_of(lead)})

    return worked_by_form(request, pk, clock, act=put_off, answer=answer, delay=PutOffForm(request.POST))


@require_POST
@login_required
def retraction(request: Request, pk: int) -> HttpResponse:
    """Take back a follow-up of one's own, and open its lead again."""
    clock = clock_of(request)
    follow_up = get_object_or_404(FollowUp.objects.filter(by=request.user, voids=None), pk=pk)
    if not followup.undo(FollowUp.objects.filter(pk=pk), by=request.user, at=clock.at):
        return too_late(request, follow_up.lead_id, clock)
    messages.success(request, _("Taken back."))
    return stay(request, follow_up.lead_id, clock)


def stay(request: Request, key: int, clock: Clock) -> HttpResponse:
    """The lead as it stands now, beside the list."""
    if not request.htmx:
        return redirect("handoff:queue-lead", key)
    return swap(request, sheets.desk(request.user, clock.at), at_work.worked(request.user, key), clock)


def _seen(request: Request, pk: int) -> list[int]:
    """The lead, if the reader may see it; not found else."""
    return [get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk]


def _opportunity(request: Request, pk: int) -> Opportunity:
    """An opportunity of a lead that the reader may see."""
    return get_object_or_404(Opportunity.objects.filter(lead__in=Lead.objects.visible_to(request.user)), pk=pk)
