"""What does a rep do with a lead that was handed to them: accept it, reject it, follow it up?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handoff import acceptance, at_work, outcomes, sheets
from handoff.explanation import explain
from handoff.forms import FollowUpForm, RejectionForm, TransferForm
from handoff.models import FollowUp, Handoff
from handoff.outcomes import Ending
from handoff.views.answers import name_of, onward, too_late, worked_by_form
from handoff.views.queue import clock_of, swap
from leadops.accounts.models import User
from leadops.accounts.requests import Request
from leadops.accounts.roles import REPS
from leads.models import Lead


@require_safe
@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One handoff: who got the lead, who was passed over and why, and what came of it."""
    handoffs = Handoff.objects.visible_to(request.user).with_explanation().select_related("lead__contact__organisation")
    handoff = get_object_or_404(handoffs, pk=pk)
    return explained(request, handoff, status=200)


def explained(request: Request, handoff: Handoff, *, status: int, transfer: TransferForm | None = None) -> HttpResponse:
    is_mine = handoff.rep_id == request.user.pk
    if is_mine and handoff.ended_at is None:
        transfer = transfer or TransferForm(colleagues=colleagues(request.user))
    context = {
        "handoff": handoff,
        "lead": handoff.lead,
        "explanation": explain(handoff),
        "transfer": transfer,
        "sees_times": is_mine,
        "at": timezone.now(),
    }
    return render(request, "handoff/detail.html", context, status=status)


@require_POST
@login_required
def follow_ups(request: Request, pk: int) -> HttpResponse:
    """Record a follow-up in a handoff and go on to the next lead."""
    lead = at_work.worked_in(request.user, pk)
    if lead is None:
        key = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk).lead_id
        return too_late(request, key, clock_of(request))
    return _record(request, lead)


@require_POST
@login_required
def follow_ups_of_lead(request: Request, pk: int) -> HttpResponse:
    """The same for a lead whose handoff has yet to be written down."""
    lead = at_work.worked(request.user, pk)
    if lead is None:
        return too_late(request, get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk, clock_of(request))
    return _record(request, lead)


def _record(request: Request, lead: Lead) -> HttpResponse:
    clock, form = clock_of(request), FollowUpForm(request.POST)
    written: dict[int, int] = {}

    def write(said: dict[str, Any]) -> object:
        columns = {name: said[name] for name in ("kind", "disposition", "note", "next_step_at")}
        ending = _ending(said["then"])
        written.update(outcomes.follow_up([lead.pk], by=request.user, clock=clock, ending=ending, **columns))
        return written

    def answer(lead: Lead) -> HttpResponse:
        label = FollowUp.Disposition(form.cleaned_data["disposition"]).label
        said = _("%(lead)s: %(outcome)s") % {"lead": name_of(lead), "outcome": label}
        undo = "" if form.cleaned_data["then"] else reverse("handoff:retraction", args=[written[lead.pk]])
        return onward(request, lead, clock, said, undo=undo)

    return worked_by_form(request, lead.pk, clock, act=write, answer=answer, lead=lead, form=form)


def _ending(then: str) -> Ending | None:
    where, _sign, reason = then.partition(":")
    return Ending(reason, is_return=where == "recycle") if then else None


@require_POST
@login_required
def accept(request: Request, pk: int) -> HttpResponse:
    """Take a lead on; it stays open on the page."""
    clock = clock_of(request)
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    if not acceptance.accept(Handoff.objects.filter(pk=pk), by=request.user, at=clock.at):
        return too_late(request, handoff.lead_id, clock)
    if not request.htmx:
        return redirect("handoff:queue-lead", handoff.lead_id)
    lead = at_work.worked(request.user, handoff.lead_id)
    return swap(request, sheets.desk(request.user, clock.at), lead, clock)


@require_POST
@login_required
def reject(request: Request, pk: int) -> HttpResponse:
    """Send a lead back to marketing with a reason, and go on to the next one."""
    clock = clock_of(request)
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    form = RejectionForm(request.POST, at=clock.at)

    def send_back(said: dict[str, Any]) -> object:
        return acceptance.reject(Handoff.objects.filter(pk=pk), by=request.user, at=clock.at, **said)

    def answer(lead: Lead) -> HttpResponse:
        return onward(request, lead, clock, _("%(lead)s went back to marketing.") % {"lead": name_of(lead)})

    return worked_by_form(request, handoff.lead_id, clock, act=send_back, answer=answer, rejection=form)


def colleagues(user: User) -> QuerySet[User]:
    """The reps to whom a lead can be handed over."""
    return User.objects.filter(is_active=True, groups__name__in=REPS).exclude(pk=user.pk).distinct().order_by("name")
