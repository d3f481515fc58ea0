"""How does a person take an import back?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads import tasks
from leads.importing import undoing
from leads.models import ImportBatch
from leads.views.imports import may_import


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_import
def import_undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking an import back does; sent, ask for it. Asking twice changes nothing."""
    batch = get_object_or_404(ImportBatch.objects.select_related("campaign"), pk=pk)
    if request.method != "POST" and undoing.may_undo(batch):
        return render(request, "leads/imports/undoing.html", {"batch": batch})
    if request.method == "POST" and undoing.request(batch, by=request.user):
        tasks.ring()
    elif batch.state != ImportBatch.State.UNDOING:
        messages.warning(request, _("There is nothing to take back of this import."))
    return redirect("leads:import-detail", batch.pk)
