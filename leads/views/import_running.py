"""How does a person start a run, hold it, end it, and see how far it is?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from leads import tasks
from leads.importing import running
from leads.models import ImportBatch
from leads.views import import_results
from leads.views.imports import may_import


@require_safe
@login_required
@may_import
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: how far a batch is. When it has come to another state, the reader's page is read anew."""
    batch = get_object_or_404(ImportBatch.objects.defer("headers"), pk=pk)
    if request.GET.get("state") != import_results.look(batch):
        return HttpResponseClientRefresh()
    name = "_finishing" if batch.state == ImportBatch.State.FINISHING else "_progress"
    context = {"batch": batch} | import_results.progress(batch, timezone.now())
    return render(request, f"leads/imports/{name}.html", context)


@require_POST
@login_required
@may_import
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the run; asking twice changes nothing."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if running.request(batch):
        tasks.ring()
    return redirect("leads:import-detail", batch.pk)


@require_POST
@login_required
@may_import
def import_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the run after its present slice."""
    return _told(request, pk, is_done=running.pause(get_object_or_404(ImportBatch, pk=pk)))


@require_POST
@login_required
@may_import
def import_resumption(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a paused run go on."""
    is_done = running.resume(get_object_or_404(ImportBatch, pk=pk))
    if is_done:
        tasks.ring()
    return _told(request, pk, is_done=is_done)


@require_POST
@login_required
@may_import
def import_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """End the run with what is in."""
    is_done = running.cancel(get_object_or_404(ImportBatch, pk=pk), at=timezone.now())
    if is_done:
        tasks.ring()
    return _told(request, pk, is_done=is_done)


def _told(request: HttpRequest, pk: int, *, is_done: bool) -> HttpResponse:
    """Back to the import; where the act came too late, with a word about it."""
    if not is_done:
        messages.warning(request, _("That came too late: the import is in another state by now."))
    return redirect("leads:import-detail", pk)
