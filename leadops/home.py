"""What does each reader see first? A rep their queue, others what waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.models import User
from leadops.accounts.requests import Request
from leadops.accounts.roles import REPS, Role, has_role
from leads.models import ImportBatch, Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import HELD_BY_REP

IMPORTS_SHOWN = LEADS_SHOWN = 5
COUNTED = 99


@require_safe
@login_required
def home(request: Request) -> HttpResponse:
    """Send a rep to their queue; show marketers and managers what is theirs to do."""
    user, at = request.user, timezone.now()
    steers = has_role(user, Role.SALES_MANAGER, Role.ADMIN)
    markets = user.has_perm("leads.import_leads")
    if has_role(user, *REPS) and not (steers or markets):
        return redirect("handoff:queue")
    context: dict[str, Any] = {"at": at, "works": has_role(user, *REPS)}
    context |= {"marketing": _marketing(at)} if markets else {}
    context |= {"sales": _sales(user, at)} if steers else {}
    return render(request, "home.html", context)


def _marketing(at: datetime) -> dict[str, Any]:
    """What waits in marketing's queues, what of it is due, and the last imports."""
    kinds = (Queue.Kind.TO_QUALIFY, Queue.Kind.RETURNED)
    queues = list(Queue.objects.filter(kind__in=kinds).order_by("-kind"))
    waiting = Lead.objects.still_open().filter(queue__in=queues)
    return {
        "queues": [_tally(queue, waiting.filter(queue=queue), at) for queue in queues],
        "due": _first(waiting),
        "imports": ImportBatch.objects.select_related("by").order_by("-pk")[:IMPORTS_SHOWN],
    }


def _sales(user: User, at: datetime) -> dict[str, Any]:
    """What of the teams' leads is overdue, and what waits in the pools for somebody free."""
    seen = Lead.objects.visible_to(user).still_open()
    held = seen.filter(stage__in=HELD_BY_REP)
    pools = list(Queue.objects.pools().filter(is_active=True).order_by("name"))
    return {
        "overdue": _bounded(held.overdue(at)),
        "first_overdue": _first(held.overdue(at)),
        "pools": [_tally(pool, Lead.objects.waiting_in_pools().filter(queue=pool), at) for pool in pools],
    }


def _tally(queue: Queue, leads: LeadQuerySet, at: datetime) -> dict[str, Any]:
    return {"queue": queue, "waiting": _bounded(leads), "overdue": _bounded(leads.overdue(at))}


def _bounded(leads: LeadQuerySet) -> int:
    """How many leads there are, counted no further than one beyond COUNTED."""
    return leads[: COUNTED + 1].count()


def _first(leads: LeadQuerySet) -> LeadQuerySet:
    return leads.with_story().order_by("next_step_at", "pk")[:LEADS_SHOWN]


urlpatterns = [path("", home, name="home")]
