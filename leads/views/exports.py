"""How does a reader learn how many leads there are, and take them along as a file?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from leadops.accounts.requests import Request
from leads import tasks
from leads.listing import counting, exporting
from leads.listing.patience import TooLong
from leads.models import LeadExport
from leads.views.asked import OfAddress, asked_before
from leads.views.choosing import chosen_keys, shown_up_to

EXPORTS_SHOWN = 50


@require_safe
@login_required
def list_count(request: Request) -> HttpResponse:
    """A fragment: about how many leads the list has, or exactly where that is asked for."""
    asked = OfAddress(request.GET, reader=request.user)
    count, at, up_to = None, timezone.now(), shown_up_to(request.GET)
    if not asked.where.wrong:
        reckon = counting.exactly if "exactly" in request.GET else counting.glanced
        try:
            count = reckon(asked.of(None, up_to), at)
        except TooLong:
            count = None
    name = "leads/exports/_count.html" if request.htmx else "leads/exports/count.html"
    context = {"asked": asked, "count": count, "is_exactly": "exactly" in request.GET, "up_to": up_to}
    return render(request, name, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export_new(request: Request) -> HttpResponse:
    """Say what the file will hold; sent, ask for it."""
    if request.method != "POST":
        asked = OfAddress(request.GET, reader=request.user)
        keys = chosen_keys(request.GET)
        return render(request, "leads/exports/new.html", {"asked": asked, "keys": keys, "formats": LeadExport.Format})
    asked, keys = asked_before(request.POST.get("asked", ""), request.user), chosen_keys(request.POST)
    wanted = request.POST.get("format", "")
    if (keys is None and not asked.is_sound) or wanted not in LeadExport.Format.values:
        return redirect(asked.address())
    shown = [column.key for column in asked.columns]
    export = exporting.request(asked.of(keys, shown_up_to(request.POST)), format=wanted, shown=shown, at=timezone.now())
    tasks.ring_for_errands()
    return redirect("leads:export", export.pk)


@require_safe
@login_required
def export_list(request: Request) -> HttpResponse:
    """The files that the reader asked for this week, newest first; an administrator sees everybody's."""
    exports = LeadExport.objects.visible_to(request.user).select_related("by").order_by("-pk")[:EXPORTS_SHOWN]
    lines = [(export, exporting.days_of(export)) for export in exports]
    return render(request, "leads/exports/list.html", {"lines": lines, "at": timezone.now()})


def _export(request: Request, pk: int) -> LeadExport:
    found: LeadExport = get_object_or_404(LeadExport.objects.visible_to(request.user).select_related("by"), pk=pk)
    return found


@require_safe
@login_required
def export_detail(request: Request, pk: int) -> HttpResponse:
    """How far a file is, or where it can be fetched."""
    export = _export(request, pk)
    context: dict[str, Any] = {"export": export, "at": timezone.now(), "until": export.asked_at + exporting.KEPT}
    context["days"] = exporting.days_of(export)
    context["may_fetch"] = exporting.may_fetch(export, request.user)
    return render(request, "leads/exports/detail.html", context)


@require_safe
@login_required
def export_progress(request: Request, pk: int) -> HttpResponse:
    """A fragment: how far a file is. When it is there the reader's page is read anew."""
    export = _export(request, pk)
    if request.GET.get("state") != export.state:
        return HttpResponseClientRefresh()
    return render(request, "leads/listing/_progress.html", {"errand": export, "address": request.path})


@require_safe
@login_required
def export_file(request: Request, pk: int) -> FileResponse:
    """The file itself, for who asked for it and for administrators, as long as they see no less than they did then."""
    export = _export(request, pk)
    if not exporting.may_fetch(export, request.user):
        raise Http404
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=exporting.name_of(export))
