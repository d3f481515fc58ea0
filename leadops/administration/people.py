"""Who may come in, in which roles? People are invited, changed, let go and taken back; nobody is ever deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handoff.routing.handing_over import NobodyToHoldLeads
from leadops.accounts.models import TeamMembership, User
from leadops.accounts.requests import Request, posted_from, sent
from leadops.accounts.roles import Role
from leadops.administration import inviting, staffing
from leadops.administration.forms import PeopleFilter, PersonForm
from leadops.administration.rights import may_manage

PAGE = 50


@require_safe
@login_required
@may_manage
def people(request: Request) -> HttpResponse:
    """Everybody who works here, by name."""
    form = PeopleFilter(request.GET)
    page = Paginator(_asked(form).order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    rows = [(person, [role.label for role in Role if role in person.role_names]) for person in page]
    return render(request, "settings/people.html", {"form": form, "page": page, "rows": rows, "at": timezone.now()})


def _asked(form: PeopleFilter) -> QuerySet[User]:
    said = form.cleaned_data
    teams = TeamMembership.objects.filter(user=OuterRef("pk"), until__isnull=True).values("team__name")
    found = User.objects.with_group_names().annotate(team_names=ArraySubquery(teams))
    if said.get("show") != "all":
        found = found.filter(is_active=said.get("show") != "gone")
    if text := said.get("q"):
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def person_new(request: Request) -> HttpResponse:
    """Invite somebody: their link goes to them by mail, and is shown once here."""
    form = PersonForm(sent(request), initial={"language": request.user.language})
    if form.is_valid() and (person := _invited(form)):
        return _link(request, person)
    return render(request, "settings/person_new.html", {"form": form}, status=422 if form.errors else 200)


def _invited(form: PersonForm) -> User | None:
    """The new user; None, with the form saying so, where the address was taken meanwhile."""
    form.instance.set_unusable_password()
    try:
        with transaction.atomic():
            return staffing.employ(form.save(), form.cleaned_data["roles"])
    except IntegrityError:
        form.add_error("email", _("Somebody has this address already."))
        return None


def _link(request: Request, person: User) -> HttpResponse:
    address = inviting.link(person, request)
    context = {
        "person": person,
        "address": address,
        "hours": inviting.HOURS,
        "is_mailed": inviting.mail(person, address, request.user),
    }
    return render(request, "settings/invited.html", context, status=201)


@never_cache
@posted_from("settings-person")
@login_required
@may_manage
def invitation(request: Request, pk: int) -> HttpResponse:
    """Make a new link for somebody, to choose a password with."""
    return _link(request, get_object_or_404(User, pk=pk, is_active=True))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def person(request: Request, pk: int) -> HttpResponse:
    """Somebody's name, address and roles, and whether they may come in."""
    someone = get_object_or_404(User, pk=pk)
    form = PersonForm(sent(request), instance=someone)
    if form.is_valid() and _changed(form, someone):
        messages.success(request, _("Saved."))
        return redirect("settings-person", pk)
    return _page(request, User.objects.get(pk=pk), form=form, status=422 if form.errors else 200)


def _changed(form: PersonForm, someone: User) -> bool:
    """Keep what was said; where that cannot be, the form says why."""
    try:
        with transaction.atomic():
            form.save()
            staffing.employ(someone, form.cleaned_data["roles"])
    except staffing.Refused as problem:
        form.add_error("roles", str(problem))
    except IntegrityError:
        form.add_error("roles", _resting(someone) or _("This could not be saved. Look at it once more."))
    return not form.errors


def _resting(someone: User) -> str:
    """Why a queue needs somebody to stay; empty where none does."""
    queues = ", ".join(str(queue) for queue in staffing.queues_resting_on(someone))
    said = _("Leads wait in %(queues)s, and nobody else who is active works there: add a member first.")
    return said % {"queues": queues} if queues else ""


def _page(
    request: Request, someone: User, *, form: PersonForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "person": someone,
        "form": form or PersonForm(instance=someone),
        "is_self": someone.pk == request.user.pk,
        "is_invited": not someone.has_usable_password(),
        "held": staffing.held_by(someone),
        "teams": someone.memberships.filter(until__isnull=True).select_related("team").order_by("team__name"),
        "at": timezone.now(),
    }
    return render(request, "settings/person.html", context | more, status=status)


@posted_from("settings-person")
@login_required
@may_manage
def deactivation(request: Request, pk: int) -> HttpResponse:
    """Let somebody no longer in. Where they hold leads, the page says how many and offers to release them."""
    return _let_go(request, pk, _deactivate)


@posted_from("settings-person")
@login_required
@may_manage
def release(request: Request, pk: int) -> HttpResponse:
    """Give somebody's open leads another holder, and let them no longer in."""
    return _let_go(request, pk, _release)


def _let_go(request: Request, pk: int, act: Callable[[User, User], str]) -> HttpResponse:
    """Do what lets somebody no longer in, and say so; where that cannot be, their page says why."""
    someone = get_object_or_404(User, pk=pk)
    if someone == request.user:
        return _page(request, someone, status=409, problem=_("Nobody deactivates themselves: ask a colleague."))
    try:
        said = act(someone, request.user)
    except (NobodyToHoldLeads, staffing.Refused) as problem:
        return _page(request, someone, status=409, problem=str(problem))
    except IntegrityError:
        return _page(request, someone, status=409, problem=_resting(someone), is_refused=True)
    messages.success(request, said)
    return redirect("settings-person", pk)


def _deactivate(someone: User, _by: User) -> str:
    staffing.deactivate(someone)
    return _("%(name)s can no longer log in.") % {"name": someone}


def _release(someone: User, by: User) -> str:
    leads = staffing.release(someone, by=by, at=timezone.now())
    said = ngettext(
        "%(n)s lead has another holder; %(name)s can no longer log in.",
        "%(n)s leads have another holder; %(name)s can no longer log in.",
        len(leads),
    )
    return said % {"n": len(leads), "name": someone}


@require_POST
@login_required
@may_manage
def reactivation(request: Request, pk: int) -> HttpResponse:
    """Let somebody in again, with the roles that they had."""
    someone = get_object_or_404(User, pk=pk)
    User.objects.filter(pk=pk).update(is_active=True)
    messages.success(request, _("%(name)s can log in again.") % {"name": someone})
    return redirect("settings-person", pk)
