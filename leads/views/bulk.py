"""How does a reader do one thing to many leads, watch it, see what was left alone, and take it back?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from leadops.accounts.requests import Request, sent
from leads import reasons, tasks
from leads.bulk import running
from leads.bulk.acts import act_of, registered
from leads.forms.bulk import ActForm, said
from leads.models import BulkAct, BulkActLead, Lead
from leads.views.asked import OfAddress, asked_before
from leads.views.choosing import chosen_keys, newest, shown_up_to

ACTS_SHOWN, LEFT_SHOWN, UNFIT = 50, 25, 422
NOT_UNDERSTOOD = gettext_lazy("Not everything that the list asks for was understood: nothing is done to all of it.")
may_act = permission_required("leads.act_in_bulk", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_act
def act_new(request: Request) -> HttpResponse:
    """Say what will happen to which leads, and how; sent, ask for it, unless it was `kept` while a log-in ran out."""
    data = request.POST if request.method == "POST" else request.GET
    asked = _asked(request)
    keys, act = chosen_keys(data), act_of(data.get("act", ""))
    if keys == () or (keys is None and not asked.is_sound):
        messages.warning(request, _("Choose at least one lead first.") if asked.is_sound else NOT_UNDERSTOOD)
        return redirect(asked.address())
    up_to = _up_to(request)
    context: dict[str, Any] = {"asked": asked, "keys": keys, "up_to": up_to, "acts": registered(), "act": act}
    if act is None:
        return render(request, "leads/bulk/choose.html", context)
    at = timezone.now()
    form = ActForm(sent(request), act=act, today=timezone.localdate(at))
    if not form.is_valid() or "kept" in data:
        return render(request, "leads/bulk/new.html", context | {"form": form}, status=UNFIT if form.errors else 200)
    bulk = running.request(act, asked.of(keys, up_to), options=form.options, at=at)
    tasks.ring_for_errands()
    return redirect("leads:act", bulk.pk)


def _asked(request: Request) -> OfAddress:
    """The list that the leads were chosen in."""
    if request.method == "POST":
        return asked_before(request.POST.get("asked", ""), request.user)
    return OfAddress(request.GET, reader=request.user)


def _up_to(request: Request) -> int:
    """The newest lead that the reader was told of before they sent it: what came in later was not meant."""
    shown = shown_up_to(request.POST)
    last = newest()
    return last if shown is None else min(shown, last)


@require_safe
@login_required
@may_act
def act_list(request: Request) -> HttpResponse:
    """What the reader did to many leads at once, newest first; an administrator sees everybody's."""
    found = BulkAct.objects.visible_to(request.user).select_related("by").order_by("-pk")[:ACTS_SHOWN]
    return render(
        request, "leads/bulk/list.html", {"acts": [(one, act_of(one.act)) for one in found], "at": timezone.now()}
    )


def _bulk(request: Request, pk: int) -> BulkAct:
    found: BulkAct = get_object_or_404(
        BulkAct.objects.visible_to(request.user).select_related("by", "undone_by"), pk=pk
    )
    return found


@require_safe
@login_required
@may_act
def act_detail(request: Request, pk: int) -> HttpResponse:
    """How far it is, how it ended, and which leads were left alone and why."""
    bulk, at = _bulk(request, pk), timezone.now()
    left = BulkActLead.objects.filter(act=bulk.pk, outcome__in=("refused", "kept")).order_by("lead_id")
    page = Paginator(left.values_list("lead_id", "reason"), LEFT_SHOWN).get_page(request.GET.get("page"))
    people = Lead.objects.select_related("contact__organisation").in_bulk([lead for lead, _reason in page])
    act = act_of(bulk.act)
    context = {
        "bulk": bulk,
        "act": act,
        "said": said(act, bulk.options) if act else [],
        "at": at,
        "may_undo": running.may_undo(bulk, at),
        "until": bulk.finished_at and bulk.finished_at + running.TAKEN_BACK_FOR,
        "page": page,
        "left": [(people.get(lead), reasons.said(reason)) for lead, reason in page],
    }
    return render(request, "leads/bulk/detail.html", context)


@require_safe
@login_required
@may_act
def act_progress(request: Request, pk: int) -> HttpResponse:
    """A fragment: how far it is. When it has come to another state the reader's page is read anew."""
    bulk = _bulk(request, pk)
    if request.GET.get("state") != bulk.state:
        return HttpResponseClientRefresh()
    return render(request, "leads/listing/_progress.html", {"errand": bulk, "address": request.path})


@require_POST
@login_required
@may_act
def act_undoing(request: Request, pk: int) -> HttpResponse:
    """Ask for it to be taken back; asking twice changes nothing."""
    bulk = _bulk(request, pk)
    if running.request_undoing(bulk, by=request.user, at=timezone.now()):
        tasks.ring_for_errands()
    elif bulk.state != BulkAct.State.UNDOING:
        messages.warning(request, _("This cannot be taken back any more."))
    return redirect("leads:act", bulk.pk)
