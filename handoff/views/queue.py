"""What does a rep work on now? The list beside the lead, and the parts of it that swap in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from handoff import at_work, deadlines, queue, sheets
from handoff.forms import FollowUpForm
from leadops.accounts.requests import Request
from leads.models import Lead


@require_safe
@login_required
def queue_page(request: Request) -> HttpResponse:
    """The queue with its first lead; on a phone, the list alone."""
    clock = clock_of(request)
    desk = sheets.desk(request.user, clock.at, _tab(request), _after(request))
    lead = first(request, desk) if desk.tab != sheets.DONE else None
    return page(request, desk, lead, clock)


@require_safe
@login_required
def queue_lead(request: Request, pk: int) -> HttpResponse:
    """The queue with one lead of it open; a lead that is no longer the reader's has its own page."""
    clock, lead = clock_of(request), at_work.worked(request.user, pk)
    if lead is None:
        return _elsewhere(request, pk)
    return page(request, sheets.desk(request.user, clock.at, _tab(request)), lead, clock, is_open=True)


@require_safe
@login_required
def queue_lead_part(request: Request, pk: int) -> HttpResponse:
    """A fragment: the lead alone, to stand beside the list that is there."""
    lead = at_work.worked(request.user, pk)
    if lead is None:
        raise Http404
    shown = panel(request, lead, clock_of(request)) | {"tab": _tab(request), "is_open": True}
    return render(request, "handoff/_lead.html", shown)


def clock_of(request: Request) -> deadlines.Clock:
    """Now, by the reader's working hours."""
    return deadlines.Clock([request.user.pk], timezone.now())


def first(request: Request, desk: sheets.Desk) -> Lead | None:
    """The lead at the head of the list."""
    return at_work.worked(request.user, desk.entries[0].lead) if desk.entries else None


def _elsewhere(request: Request, pk: int) -> HttpResponse:
    if Lead.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("leads:detail", pk)
    raise Http404


def _tab(request: Request) -> str:
    asked = request.GET.get("tab", sheets.NOW)
    return asked if asked in sheets.SECTIONS else sheets.NOW


def _after(request: Request) -> queue.Position | None:
    """The place in the list after which a page of it begins; None where the address holds none."""
    moment, _sign, key = request.GET.get("after", "").partition("~")
    try:
        parsed = parse_datetime(moment)
    except ValueError:
        return None
    is_place = parsed is not None and timezone.is_aware(parsed) and key.isdecimal() and len(key) < 19
    return (parsed, int(key)) if parsed is not None and is_place else None


def page(
    request: Request,
    desk: sheets.Desk,
    lead: Lead | None,
    clock: deadlines.Clock,
    *,
    is_open: bool = False,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The whole page."""
    request.overdue = desk.counts.overdue
    context = {"desk": desk, "tab": desk.tab, "at": clock.at, "is_open": is_open, "lead": None}
    context |= panel(request, lead, clock) if lead else {}
    return render(request, "handoff/queue.html", context | extra, status=status)


def swap(
    request: Request,
    desk: sheets.Desk,
    lead: Lead | None,
    clock: deadlines.Clock,
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The parts of the page that change when a lead was worked: the lead that comes next, the list, what there is to say."""
    context = {"desk": desk, "tab": desk.tab, "at": clock.at, "is_open": lead is not None, "lead": None, "oob": True}
    context |= panel(request, lead, clock) if lead else {}
    response = render(request, "handoff/_swap.html", context | extra, status=status)
    response["HX-Push-Url"] = reverse("handoff:queue-lead", args=[lead.pk]) if lead else reverse("handoff:queue")
    return response


def panel(request: Request, lead: Lead, clock: deadlines.Clock) -> dict[str, Any]:
    """What the panel of one lead needs."""
    return {
        "at": clock.at,
        "lead": lead,
        "contact": lead.contact,
        "sheet": sheets.sheet(lead, request.user, clock),
        "form": FollowUpForm(initial={"disposition": ""}),
    }
