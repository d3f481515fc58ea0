"""What does the queue answer when something was done: on to the next lead, once more, or too late?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handoff import at_work, followup, queue, sheets
from handoff.deadlines import Clock
from handoff.views.queue import first, page, panel, swap
from leadops.accounts.models import User
from leadops.accounts.requests import Request
from leads.models import Lead
from leads.stages import Stage


def worked_by_form(
    request: Request,
    key: int,
    clock: Clock,
    *,
    act: Callable[[dict[str, Any]], object],
    answer: Callable[[Lead], HttpResponse],
    lead: Lead | None = None,
    **form: forms.Form,
) -> HttpResponse:
    """Do with a lead of one's own what a form says, then `answer` with it; once more where the form is wrong.

    `act` takes what the form says, and gives nothing where somebody was first. The form's name is the one that the
    page knows it by; a moment that cannot be is told at the field that its `moment` names. `lead` is given where it is
    at hand already.
    """
    lead = lead or at_work.worked(request.user, key)
    if lead is None:
        return too_late(request, key, clock)
    [filled] = form.values()
    if not filled.is_valid():
        return again(request, lead, clock, **form)
    try:
        done = act(filled.cleaned_data)
    except followup.MomentRefused as refused:
        filled.add_error(getattr(filled, "moment", None), str(refused))
        return again(request, lead, clock, **form)
    return answer(lead) if done else too_late(request, key, clock)


def name_of(lead: Lead) -> str:
    return str(lead.contact.organisation or lead.contact)


def onward(request: Request, lead: Lead, clock: Clock, said: str, *, undo: str = "") -> HttpResponse:
    """On to the lead that comes after the one that was worked; `undo` is the address that takes it back."""
    messages.success(request, said, extra_tags=undo)
    desk = sheets.desk(request.user, clock.at)
    following = sheets.following(desk, queue.position(lead))
    if request.htmx:
        return swap(request, desk, following and at_work.worked(request.user, following), clock)
    return redirect("handoff:queue-lead", following) if following else redirect("handoff:queue")


def again(request: Request, lead: Lead, clock: Clock, **form: forms.Form) -> HttpResponse:
    """The lead once more, with what was typed and what to do about it."""
    if request.htmx:
        context = panel(request, lead, clock) | {"tab": sheets.NOW, "is_open": True} | form
        return render(request, "handoff/_lead.html", context, status=422)
    return page(request, sheets.desk(request.user, clock.at), lead, clock, is_open=True, status=422, **form)


def too_late(request: Request, key: int, clock: Clock) -> HttpResponse:
    """Say who was first, with the list as it is now and the lead that comes next."""
    answer: Callable[..., HttpResponse] = swap if request.htmx else page
    desk = sheets.desk(request.user, clock.at)
    gone = {"gone": _whereabouts(key, request.user), "typed": request.POST.get("note", "")[:5_000]}
    return answer(request, desk, first(request, desk), clock, status=409, **gone)


def _whereabouts(key: int, reader: User) -> str:
    lead = Lead.objects.select_related("owner", "queue", "contact__organisation").get(pk=key)
    gaps = {"lead": name_of(lead), "name": lead.owner, "queue": lead.queue}
    if not lead.is_open:
        return _("%(lead)s was closed meanwhile.") % gaps
    if lead.owner_id == reader.pk:
        return _("This was done already: %(lead)s stands as you see it.") % gaps
    if lead.stage == Stage.MQL:
        return _("You have no room for %(lead)s: work on what you have first.") % gaps
    if lead.owner_id is not None:
        return _("%(name)s was first: %(lead)s is with them now.") % gaps
    return _("%(lead)s went to %(queue)s meanwhile.") % gaps
