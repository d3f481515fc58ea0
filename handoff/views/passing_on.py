"""How does a lead change hands by somebody's word: handed over, taken from a pool, reassigned, spread?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handoff import at_work, routing
from handoff.forms import ReassignmentForm, TransferForm
from handoff.models import Handoff
from handoff.views.answers import name_of, onward, too_late
from handoff.views.handoffs import colleagues, explained
from handoff.views.queue import clock_of
from leadops.accounts.models import Team, User
from leadops.accounts.requests import Request
from leadops.accounts.roles import REPS, Role, has_role
from leads.models import Lead

MOST_AT_ONCE = 5_000


@require_POST
@login_required
def transfer(request: Request, pk: int) -> HttpResponse:
    """Hand a lead over to a colleague, and go on to the next one."""
    clock = clock_of(request)
    handoffs = Handoff.objects.filter(rep=request.user).with_explanation().select_related("lead__contact__organisation")
    handoff = get_object_or_404(handoffs, pk=pk)
    lead = at_work.worked(request.user, handoff.lead_id)
    if lead is None:
        return too_late(request, handoff.lead_id, clock)
    form = TransferForm(request.POST, colleagues=colleagues(request.user))
    if not form.is_valid():
        return explained(request, handoff, status=422, transfer=form)
    to = form.cleaned_data["to"]
    if not routing.transfer(Lead.objects.filter(pk=lead.pk), to=to, by=request.user, at=clock.at):
        return too_late(request, lead.pk, clock)
    return onward(request, lead, clock, _("%(lead)s went to %(name)s.") % {"lead": name_of(lead), "name": to})


@require_POST
@login_required
def claim(request: Request, pk: int) -> HttpResponse:
    """Take a lead out of a pool into one's own queue."""
    if not request.user.has_perm("handoff.work_queue"):
        raise PermissionDenied
    clock = clock_of(request)
    lead = get_object_or_404(Lead.objects.filter(queue__in=request.user.queue_memberships.values("queue")), pk=pk)
    if not routing.claim(Lead.objects.filter(pk=lead.pk), by=request.user, at=clock.at):
        return too_late(request, pk, clock)
    return redirect("handoff:queue-lead", pk)


@require_POST
@login_required
def reassignments(request: Request) -> HttpResponse:
    """Give leads to one rep, or spread them over a team: a manager's word."""
    if not request.user.has_perm("handoff.reassign"):
        raise PermissionDenied
    back = _local(request, request.POST.get("next", ""))
    reps, teams = within_reach(request.user)
    form = ReassignmentForm(request.POST, reps=reps, teams=teams)
    leads = Lead.objects.visible_to(request.user).filter(pk__in=_keys(request.POST.getlist("lead")))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    moved = _pass_on(
        Lead.objects.filter(pk__in=list(leads.values_list("pk", flat=True))), form.cleaned_data, request.user
    )
    if moved:
        said = ngettext("%(n)s lead has a new holder.", "%(n)s leads have a new holder.", moved) % {"n": moved}
        messages.success(request, said)
    else:
        messages.warning(
            request, _("No lead changed hands: they are closed, with the rep already, or nobody has room.")
        )
    return redirect(back)


def _pass_on(leads: Any, said: dict[str, Any], by: User) -> int:
    at = timezone.now()
    if said["to"]:
        return len(routing.reassign(leads, to=said["to"], by=by, at=at))
    members = User.objects.filter(
        memberships__team=said["spread"], memberships__until__isnull=True, is_active=True, groups__name__in=REPS
    )
    return len(routing.spread(leads, reps=members.distinct(), by=by, at=at))


def within_reach(user: User) -> tuple[QuerySet[User], QuerySet[Team]]:
    """The reps and teams that a manager may give leads to: their own; an administrator all."""
    reps = User.objects.filter(is_active=True, groups__name__in=REPS)
    if has_role(user, Role.ADMIN):
        return reps.distinct(), Team.objects.all()
    return (
        reps.filter(memberships__team__manager=user, memberships__until__isnull=True).distinct(),
        Team.objects.filter(manager=user),
    )


def _keys(texts: list[str]) -> list[int]:
    return [int(text) for text in texts[:MOST_AT_ONCE] if text.isascii() and text.isdecimal() and len(text) < 19]


def _local(request: Request, path: str) -> str:
    """The path to go back to, never another site's."""
    is_ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if is_ours else "/"
