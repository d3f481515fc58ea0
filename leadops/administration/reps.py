"""Whom does a sales manager lead: what do they do, how much can they take, and when are they away?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import IntegrityError
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handoff import absences, roster
from handoff.capacity import capacities
from handoff.models import Absence, PoolTurn, Rep, RepSetting
from leadops.accounts.models import User
from leadops.accounts.requests import Request, posted_from, sent
from leadops.accounts.roles import Role, has_role
from leadops.administration import staffing
from leadops.administration.rep_forms import AbsenceForm, RepForm

may_manage = permission_required("handoff.manage_reps", raise_exception=True)


def led_by(user: User) -> QuerySet[Rep]:
    """The active reps whom a user leads: an administrator all, a manager those of their teams."""
    reps = Rep.objects.filter(user__is_active=True).select_related("user")
    return reps if has_role(user, Role.ADMIN) else reps.managed_by(user).distinct()


@require_safe
@login_required
@may_manage
def team(request: Request) -> HttpResponse:
    """The reps of the reader's teams: what they have, what they can take, when they are away."""
    at = timezone.now()
    latest = RepSetting.objects.filter(rep=OuterRef("pk"), since__lte=at).order_by("-since", "-pk")
    reps = led_by(request.user).annotate(tracking=Subquery(latest.values("tracking")[:1]))
    reps = reps.prefetch_related(
        Prefetch("turns", PoolTurn.objects.select_related("queue").order_by("queue__name")),
        Prefetch("absences", Absence.objects.filter(ends_at__gt=at).order_by("starts_at"), "away"),
    )
    found = list(reps.order_by("user__name", "pk"))
    loads = capacities([rep.pk for rep in found], at)
    rows = [(rep, loads[rep.pk], Rep.Tracking(rep.tracking or Rep.Tracking.COACH).label) for rep in found]
    return render(request, "settings/reps.html", {"rows": rows, "at": at})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def rep(request: Request, pk: int) -> HttpResponse:
    """One rep: what they do, how much, how closely they are tracked, and when they are away."""
    at = timezone.now()
    one = get_object_or_404(led_by(request.user), pk=pk)
    form = _form(one, at, sent(request))
    if form.is_valid() and _set_up(one, form, request.user, at):
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("team-rep", pk)
    return _page(request, one, at, form, AbsenceForm(), 422 if form.errors else 200)


def _form(one: Rep, at: datetime, said: Any = None) -> RepForm:
    turns = list(one.turns.select_related("queue").order_by("queue__name"))
    return RepForm(said, rep=one, now=roster.setting(one, at), turns=turns)


def _set_up(one: Rep, form: RepForm, by: User, at: datetime) -> bool:
    """Keep what was said; where that cannot be, the form says why."""
    try:
        staffing.set_up(one, **form.said, weights=form.weights, by=by, at=at)
    except staffing.Refused as problem:
        form.add_error("crafts", str(problem))
    except IntegrityError:
        form.add_error("crafts", _("Leads wait in a pool that only this rep works: add a member to it first."))
    return not form.errors


def _page(request: Request, one: Rep, at: datetime, form: RepForm, away: AbsenceForm, status: int) -> HttpResponse:
    now = roster.setting(one, at)
    context = {
        "usual": roster.usual_tracking(
            one.hired_on, now.quota_attainment if now else None, timezone.localdate(at)
        ).label,
        "rep": one,
        "load": capacities([one.pk], at)[one.pk],
        "form": form,
        "away": away,
        "absences": absences.not_over(one, at),
        "at": at,
    }
    return render(request, "settings/rep.html", context, status=status)


@posted_from("team-rep")
@login_required
@may_manage
def absence(request: Request, pk: int) -> HttpResponse:
    """Keep days on which a rep is away: no lead is dealt to them then, and their deadlines wait."""
    at = timezone.now()
    one = get_object_or_404(led_by(request.user), pk=pk)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, one, at, _form(one, at), form, 422)
    absences.plan(one, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("team-rep", pk)


@require_POST
@login_required
@may_manage
def absence_cancellation(request: Request, pk: int, absence: int) -> HttpResponse:
    """Call an absence off; one that has begun ends now."""
    one = get_object_or_404(led_by(request.user), pk=pk)
    if absences.call_off(one.absences.filter(pk=absence), at=timezone.now()):
        messages.success(request, _("Called off."))
    return redirect("team-rep", pk)
