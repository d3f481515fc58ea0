"""What does a rep do with a lead that was handed to them: accept it, reject it, follow it up?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handoff import acceptance, followup, outcomes, queue, sheets
from handoff.explanation import explain
from handoff.forms import FollowUpForm, RejectionForm, TransferForm
from handoff.models import FollowUp, Handoff
from handoff.views.answers import again, name_of, onward, too_late
from handoff.views.queue import swap
from leadops.accounts.models import User
from leadops.accounts.requests import Request
from leadops.accounts.roles import REPS
from leads.models import Lead

EXPLAINED = ("lead__contact__organisation", "rep", "pool", "rule", "run", "assigned_by")


@require_safe
@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One handoff: who got the lead, who was passed over and why, and what came of it."""
    handoff = get_object_or_404(Handoff.objects.visible_to(request.user).select_related(*EXPLAINED), pk=pk)
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
    return _record(request, get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk).lead_id)


@require_POST
@login_required
def follow_ups_of_lead(request: Request, pk: int) -> HttpResponse:
    """The same for a lead whose handoff has yet to be written down."""
    return _record(request, get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk)


def _record(request: Request, key: int) -> HttpResponse:
    at = timezone.now()
    lead = queue.worked(request.user, key)
    if lead is None:
        return too_late(request, key, at)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return again(request, lead, at, form=form)
    try:
        is_done = _write(form.cleaned_data, lead, request.user, at)
    except followup.MomentRefused as refused:
        form.add_error("picked", str(refused))
        return again(request, lead, at, form=form)
    if not is_done:
        return too_late(request, key, at)
    label = FollowUp.Disposition(form.cleaned_data["disposition"]).label
    said = _("%(lead)s: %(outcome)s") % {"lead": name_of(lead), "outcome": label}
    return onward(request, lead, at, said, undo="" if form.cleaned_data["then"] else _undo(lead, request.user))


def _undo(lead: Lead, by: User) -> str:
    """The address that takes back what was just written."""
    last = FollowUp.objects.filter(lead=lead, by=by).order_by("-pk").values_list("pk", flat=True)
    return reverse("handoff:retraction", args=[last[0]])


def _write(said: dict[str, Any], lead: Lead, by: User, at: datetime) -> bool:
    """Write the follow-up and what follows from it; tell whether the lead was still theirs."""
    columns = {name: said[name] for name in ("kind", "disposition", "note", "next_step_at")}
    then, _sign, reason = said["then"].partition(":")
    wake_at = at + outcomes.USUAL_SLEEP if then == "recycle" else None
    ending = outcomes.Ending(reason, wake_at) if then else None
    return bool(outcomes.follow_up(Lead.objects.filter(pk=lead.pk), by=by, at=at, ending=ending, **columns))


@require_POST
@login_required
def accept(request: Request, pk: int) -> HttpResponse:
    """Take a lead on; it stays open on the page."""
    at = timezone.now()
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    if not acceptance.accept(Handoff.objects.filter(pk=pk), by=request.user, at=at):
        return too_late(request, handoff.lead_id, at)
    lead = queue.worked(request.user, handoff.lead_id)
    desk = sheets.desk(request.user, at)
    if request.htmx:
        return swap(request, desk, lead, at)
    return redirect("handoff:queue-lead", handoff.lead_id)


@require_POST
@login_required
def reject(request: Request, pk: int) -> HttpResponse:
    """Send a lead back to marketing with a reason, and go on to the next one."""
    at = timezone.now()
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    lead = queue.worked(request.user, handoff.lead_id)
    if lead is None:
        return too_late(request, handoff.lead_id, at)
    form = RejectionForm(request.POST, at=at)
    if not form.is_valid():
        return again(request, lead, at, rejection=form)
    said = form.cleaned_data
    handoffs = Handoff.objects.filter(pk=pk)
    if not acceptance.reject(handoffs, by=request.user, reason=said["reason"], note=said["note"], at=at):
        return too_late(request, handoff.lead_id, at)
    return onward(request, lead, at, _("%(lead)s went back to marketing.") % {"lead": name_of(lead)})


def colleagues(user: User) -> QuerySet[User]:
    """The reps to whom a lead can be handed over."""
    return User.objects.filter(is_active=True, groups__name__in=REPS).exclude(pk=user.pk).distinct().order_by("name")
