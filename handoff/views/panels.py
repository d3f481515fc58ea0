"""Which panels does handoff add to a lead's page?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handoff import sheets
from handoff.models import Handoff
from handoff.timeline import timeline
from handoff.views.passing_on import within_reach
from leadops.accounts.requests import Request
from leads.models import ImportedPast, Lead
from leads.stages import Stage

STORY, WHOLE_STORY = 50, 1_000


@require_safe
@login_required
def story(request: Request, pk: int) -> HttpResponse:
    """A panel of a lead's page: everything that happened, newest first."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    most = WHOLE_STORY if "all" in request.GET else STORY
    events = timeline(lead, request.user, shown=most)
    context = {"lead": lead, "lines": sheets.lines(events), "has_more": len(events) == most < WHOLE_STORY}
    return _panel(request, "handoff/_story_panel.html", context, lead)


@require_safe
@login_required
def of_lead(request: Request, pk: int) -> HttpResponse:
    """A panel of a lead's page: to whom it went, and what the reader can do about that."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).with_story(), pk=pk)
    handoffs = Handoff.objects.filter(lead=lead).select_related("rep", "pool").order_by("-assigned_at", "-pk")[:20]
    is_waiting = lead.is_open and lead.queue_id is not None and lead.stage == Stage.MQL
    reps, teams = within_reach(request.user) if request.user.has_perm("handoff.reassign") else ((), ())
    context = {
        "lead": lead,
        "handoffs": handoffs,
        "past": ImportedPast.objects.filter(lead=lead).select_related("owner").first(),
        "is_mine": lead.is_open and lead.owner_id == request.user.pk,
        "can_claim": is_waiting and request.user.has_perm("handoff.work_queue"),
        "reps": reps,
        "teams": teams,
        "can_reassign": lead.is_open and (is_waiting or lead.owner_id is not None) and bool(reps),
    }
    return _panel(request, "handoff/_of_lead.html", context, lead)


def _panel(request: Request, template: str, context: dict[str, Any], lead: Lead) -> HttpResponse:
    """A fragment for the lead's page; a page of its own for who comes without it."""
    at = {"at": timezone.now(), "template": template, "lead": lead}
    return render(request, template if request.htmx else "handoff/panel.html", context | at)
