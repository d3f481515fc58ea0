"""What becomes of a handoff: accepted, rejected, followed up, passed on?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from handoff import acceptance, followup, outcomes, queue, routing, sheets
from handoff.explanation import explain
from handoff.forms import FollowUpForm, ReassignmentForm, RejectionForm, TransferForm
from handoff.models import FollowUp, Handoff
from handoff.timeline import timeline
from handoff.views.queue import page, panel, swap
from leadops.accounts.models import Team, User
from leadops.accounts.roles import REPS, Role, has_role
from leads.models import Lead

STORY, WHOLE_STORY = 50, 1_000
MOST_AT_ONCE = 5_000
# When a lead that went back to marketing is woken, where the rep names no date.
USUAL_SLEEP = timedelta(days=90)
EXPLAINED = ("lead__contact__organisation", "rep", "pool", "rule", "run", "assigned_by")


@require_safe
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One handoff: who got the lead, who was passed over and why, and what came of it."""
    handoff = get_object_or_404(Handoff.objects.visible_to(request.user).select_related(*EXPLAINED), pk=pk)
    return _detail(request, handoff, status=200)


def _detail(request: HttpRequest, handoff: Handoff, *, status: int, transfer: TransferForm | None = None) -> HttpResponse:
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
def follow_ups(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a follow-up in a handoff and go on to the next lead."""
    return _record(request, get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk).lead_id)


@require_POST
@login_required
def follow_ups_of_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a lead whose handoff has yet to be written down."""
    return _record(request, get_object_or_404(Lead.objects.visible_to(request.user), pk=pk).pk)


def _record(request: HttpRequest, key: int) -> HttpResponse:
    at = timezone.now()
    lead = queue.worked(request.user, key)
    if lead is None:
        return _too_late(request, key, at)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _again(request, lead, at, form=form)
    try:
        is_done = _write(form.cleaned_data, lead, request.user, at)
    except followup.MomentRefused as refused:
        form.add_error("picked", str(refused))
        return _again(request, lead, at, form=form)
    if not is_done:
        return _too_late(request, key, at)
    label = FollowUp.Disposition(form.cleaned_data["disposition"]).label
    return _next(request, lead, at, _("%(lead)s: %(outcome)s") % {"lead": _name(lead), "outcome": label})


@transaction.atomic
def _write(said: dict[str, Any], lead: Lead, by: User, at: datetime) -> bool:
    """Write the follow-up and what follows from it; tell whether the lead was still theirs."""
    leads = Lead.objects.filter(pk=lead.pk)
    columns = {name: said[name] for name in ("kind", "disposition", "note", "next_step_at")}
    then, _sign, reason = said["then"].partition(":")
    if then and columns["disposition"] in followup.deadlines.NEEDS_A_DATE:
        columns["disposition"] = FollowUp.Disposition.SPOKE
    if not followup.record(leads, by=by, at=at, **columns):
        return False
    if then == "close":
        outcomes.disqualify(leads, by=by, reason=reason, at=at, note=said["note"])
    elif then == "recycle":
        wake_at = at + USUAL_SLEEP
        outcomes.recycle(leads, by=by, reason=reason, wake_at=wake_at, at=at, note=said["note"])
    return True


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lead on; it stays open on the page."""
    at = timezone.now()
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    if not acceptance.accept(Handoff.objects.filter(pk=pk), by=request.user, at=at):
        return _too_late(request, handoff.lead_id, at)
    lead = queue.worked(request.user, handoff.lead_id)
    desk = sheets.desk(request.user, at)
    if request.htmx:
        return swap(request, desk, lead, at)
    return redirect("handoff:queue-lead", handoff.lead_id)


@require_POST
@login_required
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a lead back to marketing with a reason, and go on to the next one."""
    at = timezone.now()
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user), pk=pk)
    lead = queue.worked(request.user, handoff.lead_id)
    if lead is None:
        return _too_late(request, handoff.lead_id, at)
    form = RejectionForm(request.POST, at=at)
    if not form.is_valid():
        return _again(request, lead, at, rejection=form)
    said = form.cleaned_data
    handoffs = Handoff.objects.filter(pk=pk)
    if not acceptance.reject(handoffs, by=request.user, reason=said["reason"], note=said["note"], at=at):
        return _too_late(request, handoff.lead_id, at)
    return _next(request, lead, at, _("%(lead)s went back to marketing.") % {"lead": _name(lead)})


@require_POST
@login_required
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a lead over to a colleague, and go on to the next one."""
    at = timezone.now()
    handoff = get_object_or_404(Handoff.objects.filter(rep=request.user).select_related(*EXPLAINED), pk=pk)
    lead = queue.worked(request.user, handoff.lead_id)
    if lead is None:
        return _too_late(request, handoff.lead_id, at)
    form = TransferForm(request.POST, colleagues=colleagues(request.user))
    if not form.is_valid():
        return _detail(request, handoff, status=422, transfer=form)
    to = form.cleaned_data["to"]
    if not routing.transfer(Lead.objects.filter(pk=lead.pk), to=to, by=request.user, at=at):
        return _too_late(request, lead.pk, at)
    return _next(request, lead, at, _("%(lead)s went to %(name)s.") % {"lead": _name(lead), "name": to})


def colleagues(user: User) -> QuerySet[User]:
    """The reps to whom a lead can be handed over."""
    return User.objects.filter(is_active=True, groups__name__in=REPS).exclude(pk=user.pk).distinct().order_by("name")


@require_POST
@login_required
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lead out of a pool into one's own queue."""
    if not request.user.has_perm("handoff.work_queue"):
        raise PermissionDenied
    at = timezone.now()
    lead = get_object_or_404(Lead.objects.filter(queue__in=request.user.queue_memberships.values("queue")), pk=pk)
    if not routing.claim(Lead.objects.filter(pk=lead.pk), by=request.user, at=at):
        return _too_late(request, pk, at)
    return redirect("handoff:queue-lead", pk)


@require_POST
@login_required
def reassignments(request: HttpRequest) -> HttpResponse:
    """Give leads to one rep, or spread them over a team: a manager's word."""
    if not request.user.has_perm("handoff.reassign"):
        raise PermissionDenied
    back = _local(request, request.POST.get("next", ""))
    reps, teams = _within_reach(request.user)
    form = ReassignmentForm(request.POST, reps=reps, teams=teams)
    leads = Lead.objects.visible_to(request.user).filter(pk__in=_keys(request.POST.getlist("lead")))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    moved = _pass_on(Lead.objects.filter(pk__in=list(leads.values_list("pk", flat=True))), form.cleaned_data, request.user)
    if moved:
        said = ngettext("%(n)s lead has a new holder.", "%(n)s leads have a new holder.", moved) % {"n": moved}
        messages.success(request, said)
    else:
        messages.warning(request, _("No lead changed hands: they are closed, with the rep already, or nobody has room."))
    return redirect(back)


def _pass_on(leads: Any, said: dict[str, Any], by: User) -> int:
    at = timezone.now()
    if said["to"]:
        return len(routing.reassign(leads, to=said["to"], by=by, at=at))
    members = User.objects.filter(
        memberships__team=said["spread"], memberships__until__isnull=True, is_active=True, groups__name__in=REPS
    )
    return len(routing.spread(leads, reps=members.distinct(), by=by, at=at))


def _within_reach(user: User) -> tuple[QuerySet[User], QuerySet[Team]]:
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


def _local(request: HttpRequest, path: str) -> str:
    """The path to go back to, never another site's."""
    is_ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if is_ours else "/"


@require_safe
@login_required
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel of a lead's page: everything that happened, newest first."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    most = WHOLE_STORY if "all" in request.GET else STORY
    events = timeline(lead, request.user, shown=most)
    context = {"lead": lead, "lines": sheets.lines(events), "has_more": len(events) == most < WHOLE_STORY}
    return _panel(request, "handoff/_story_panel.html", context, lead)


@require_safe
@login_required
def of_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel of a lead's page: to whom it went, and what the reader can do about that."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).with_story(), pk=pk)
    handoffs = Handoff.objects.filter(lead=lead).select_related("rep", "pool").order_by("-assigned_at", "-pk")[:20]
    is_waiting = lead.is_open and lead.queue_id is not None and lead.stage == "mql"
    reps, teams = _within_reach(request.user) if request.user.has_perm("handoff.reassign") else ((), ())
    context = {
        "lead": lead,
        "handoffs": handoffs,
        "is_mine": lead.is_open and lead.owner_id == request.user.pk,
        "can_claim": is_waiting and request.user.has_perm("handoff.work_queue"),
        "reps": reps,
        "teams": teams,
        "can_reassign": lead.is_open and (is_waiting or lead.owner_id is not None) and bool(reps),
    }
    return _panel(request, "handoff/_of_lead.html", context, lead)


def _panel(request: HttpRequest, template: str, context: dict[str, Any], lead: Lead) -> HttpResponse:
    """A fragment for the lead's page; a page of its own for who comes without it."""
    at = {"at": timezone.now(), "template": template, "lead": lead}
    return render(request, template if request.htmx else "handoff/panel.html", context | at)


def _name(lead: Lead) -> str:
    return str(lead.contact.organisation or lead.contact)


def _next(request: HttpRequest, lead: Lead, at: datetime, said: str) -> HttpResponse:
    """On to the lead that comes after the one that was worked."""
    messages.success(request, said)
    desk = sheets.desk(request.user, at)
    following = sheets.following(desk, queue.position(lead))
    if request.htmx:
        return swap(request, desk, following, at)
    return redirect("handoff:queue-lead", following.pk) if following else redirect("handoff:queue")


def _again(request: HttpRequest, lead: Lead, at: datetime, **forms: Any) -> HttpResponse:
    """The lead once more, with what was typed and what to do about it."""
    if request.htmx:
        context = panel(request, lead, at) | {"tab": sheets.NOW, "is_open": True} | forms
        return render(request, "handoff/_lead.html", context, status=422)
    return page(request, sheets.desk(request.user, at), lead, at, is_open=True, status=422, **forms)


def _too_late(request: HttpRequest, key: int, at: datetime) -> HttpResponse:
    """Say who was first, with the list as it is now and the lead that comes next."""
    answer: Callable[..., HttpResponse] = swap if request.htmx else page
    desk = sheets.desk(request.user, at)
    gone = {"gone": _whereabouts(key, request.user), "typed": request.POST.get("note", "")[:5_000]}
    return answer(request, desk, next(iter(desk.leads), None), at, status=409, **gone)


def _whereabouts(key: int, reader: User) -> str:
    lead = Lead.objects.select_related("owner", "queue", "contact__organisation").get(pk=key)
    gaps = {"lead": _name(lead), "name": lead.owner, "queue": lead.queue}
    if not lead.is_open:
        return _("%(lead)s was closed meanwhile.") % gaps
    if lead.owner_id == reader.pk:
        return _("This was done already: %(lead)s stands as you see it.") % gaps
    if lead.owner_id is not None:
        return _("%(name)s was first: %(lead)s is with them now.") % gaps
    return _("%(lead)s went to %(queue)s meanwhile.") % gaps
