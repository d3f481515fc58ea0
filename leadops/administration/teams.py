"""Which teams are there, who leads them, and who belongs to them since when?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadops.accounts.models import Team, TeamMembership, User
from leadops.accounts.requests import Request, posted_from, sent
from leadops.accounts.roles import REPS, Role
from leadops.administration import staffing
from leadops.administration.forms import MembershipForm, TeamForm
from leadops.administration.rights import may_manage


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def teams(request: Request) -> HttpResponse:
    """The teams, and a form for a new one."""
    form = TeamForm(sent(request))
    if form.is_valid():
        return redirect("settings-team", form.save().pk)
    members = Count("memberships", filter=Q(memberships__until__isnull=True))
    rows = Team.objects.select_related("manager").annotate(size=members).order_by("name")
    return render(request, "settings/teams.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def team(request: Request, pk: int) -> HttpResponse:
    """A team's name, manager and members."""
    one = get_object_or_404(Team, pk=pk)
    form = TeamForm(sent(request), instance=one)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings-team", pk)
    return _page(
        request, Team.objects.get(pk=pk), form, MembershipForm(people=_others(one)), 422 if form.errors else 200
    )


def _page(request: Request, one: Team, form: TeamForm, joining: MembershipForm, status: int) -> HttpResponse:
    members = one.memberships.filter(until__isnull=True).select_related("user").order_by("user__name")
    context = {"team": one, "form": form, "joining": joining, "members": members, "at": timezone.now()}
    return render(request, "settings/team.html", context, status=status)


def _others(one: Team) -> object:
    """Who can join: active people of sales who are not in the team."""
    there = one.memberships.filter(until__isnull=True).values("user")
    return User.objects.with_role(*REPS, Role.SALES_MANAGER).exclude(pk__in=there).order_by("name")


@posted_from("settings-team")
@login_required
@may_manage
def memberships(request: Request, pk: int) -> HttpResponse:
    """Somebody joins a team, from now on."""
    one = get_object_or_404(Team, pk=pk)
    form = MembershipForm(request.POST, people=_others(one))
    if not form.is_valid():
        return _page(request, one, TeamForm(instance=one), form, 422)
    staffing.join(one, [form.cleaned_data["user"]], at=timezone.now())
    messages.success(request, _("%(name)s is in the team from now on.") % {"name": form.cleaned_data["user"]})
    return redirect("settings-team", pk)


@require_POST
@login_required
@may_manage
def membership_end(request: Request, pk: int, membership: int) -> HttpResponse:
    """Somebody leaves a team, now."""
    one = get_object_or_404(TeamMembership.objects.select_related("user"), pk=membership, team=pk)
    if staffing.leave(TeamMembership.objects.filter(pk=one.pk), at=timezone.now()):
        messages.success(
            request, _("%(name)s is no longer in the team; reports of before keep them in it.") % {"name": one.user}
        )
    return redirect("settings-team", pk)
