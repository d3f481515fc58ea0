"""How does somebody write a lead down by hand?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from handoff import deadlines, passing
from leadops.accounts.requests import Request
from leadops.accounts.roles import is_rep
from leads import entering
from leads.forms.entering import EntryForm, MarketingEntryForm, OwnEntryForm
from leads.models import Lead

NEXT_STEP_MINUTES = 480
"""One working day: by then a rep usually has called whom they found."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("leads.enter_leads", raise_exception=True)
def new_lead(request: Request) -> HttpResponse:
    """Write a lead down; of somebody who is known it is said first who has them."""
    at = timezone.now()
    form = _form(request, at)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        row = entering.read(form.said, at)
        said = request.POST.get("same", "")
        if "confirmed" in request.POST and not said:
            return _entered(request, row, form, at)
        known = list(entering.known(row))
        alike = [] if known else entering.alike(row)
        same_as = next((one.person.pk for one in alike if str(one.person.pk) == said), None)
        if same_as is None and (known or alike):
            return _page(request, form, known=known, alike=alike)
        return _entered(request, row, form, at, same_as)
    except entering.Unfit as unfit:
        form.add_error(None, str(unfit))
        return _page(request, form, status=422)


def _form(request: Request, at: datetime) -> EntryForm:
    kind = OwnEntryForm if is_rep(request.user) else MarketingEntryForm
    if request.method == "POST":
        return kind(request.POST, at=at)
    initial: dict[str, Any] = {}
    if is_rep(request.user):
        initial["next_step_at"] = deadlines.Clock([request.user.pk], at).due(request.user.pk, NEXT_STEP_MINUTES)
    return kind(initial=initial, at=at)


def _page(request: Request, form: EntryForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    return render(
        request, "handoff/new_lead.html", {"form": form, "is_own": is_rep(request.user)} | extra, status=status
    )


@transaction.atomic
def _entered(
    request: Request, row: dict[str, Any], form: EntryForm, at: datetime, same_as: int | None = None
) -> HttpResponse:
    own_step_at, campaign = form.cleaned_data.get("next_step_at"), form.cleaned_data.get("campaign")
    done = entering.enter(row, by=request.user, at=at, own_step_at=own_step_at, campaign=campaign, same_as=same_as)
    passing.straighten(at, leads=[done.lead])
    lead = Lead.objects.select_related("owner", "contact").get(pk=done.lead)
    if done.is_opened:
        messages.success(request, _("%(person)s is written down.") % {"person": lead.contact})
    elif lead.owner_id and lead.owner != request.user:
        messages.info(
            request,
            _("%(person)s is with %(holder)s already, who was told.") % {"person": lead.contact, "holder": lead.owner},
        )
    else:
        messages.info(request, _("%(person)s had an open lead: it is noted there.") % {"person": lead.contact})
    if lead.owner == request.user:
        return redirect("handoff:queue-lead", lead.pk)
    is_seen = Lead.objects.visible_to(request.user).filter(pk=lead.pk).exists()
    return redirect("leads:detail", lead.pk) if is_seen else redirect("leads:list")
