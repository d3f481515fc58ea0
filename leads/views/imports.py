"""How does a person bring a file of leads in, step by step, and see what became of it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from leads import reasons, tasks
from leads.forms.imports import ColumnsForm, UploadForm
from leads.forms.uploads import LARGEST, Bounded
from leads.importing import (
    checks,
    choices,
    choosing,
    errors_file,
    files,
    history,
    one_line,
    running,
    templates,
    undoing,
)
from leads.importing.reading import Unreadable
from leads.models import Campaign, ImportBatch
from leads.views import import_choices, import_columns, import_history, import_results

State = ImportBatch.State
CHECKED_AT_ONCE = 1_000
"""A file of up to so many rows is judged while the reader waits; a larger one by a worker."""
CAMPAIGNS_OFFERED = 200
PAGE = 25


class HtmxRequest(HttpRequest):
    """A request as the middleware hands it on."""

    htmx: HtmxDetails


may_import = permission_required("leads.import_leads", raise_exception=True)


@require_safe
@login_required
@may_import
def import_list(request: HttpRequest) -> HttpResponse:
    """The imports of everybody, newest first; those that run show how far they are."""
    batches = ImportBatch.objects.select_related("campaign", "by").defer("reading", "headers", "preview", "draft")
    page = Paginator(batches.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "leads/imports/list.html",
        {
            "page": page,
            "at": timezone.now(),
            "is_under_way": any(batch.state in import_results.WORKED_ON for batch in page),
        },
    )


@csrf_exempt
def import_new(request: HttpRequest) -> HttpResponse:
    """Step 1. The upload's limit is set before the request is read, and with it its protection."""
    request.upload_handlers = [Bounded(request)]
    return upload(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_import
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; one that cannot be read is forgotten, and the page says what is wrong with it."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        batch = received(request, form)
        if not batch.problem:
            return redirect("leads:import-columns", batch.pk)
        form.add_error("file", batch.problem)
    names = Campaign.objects.order_by("-pk").values_list("name", flat=True)[:CAMPAIGNS_OFFERED]
    context = {"form": form, "campaigns": names, "limit": LARGEST // 1_000_000}
    return render(request, "leads/imports/new.html", context, status=422 if form.errors else 200)


def received(request: HttpRequest, form: UploadForm) -> ImportBatch:
    """The batch of the file that was sent in; one without a table or without rows has a problem and is not kept."""
    at = timezone.now()
    file = form.cleaned_data["file"]
    is_counted = file.size <= running.COUNTED_AT_ONCE
    batch = running.create(file, file.name, by=request.user, at=at, channel=form.cleaned_data["channel"])
    if is_counted and not batch.rows and not batch.problem:
        batch.problem = _("There are no rows below the header. Check that the right sheet and file were chosen.")
    if batch.problem:
        choosing.discard(batch)
    else:
        running.change(batch, **form.of_campaign())
    return batch


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_import
def import_columns_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """Step 2: what the columns become. Each change is kept and tried on the file; `go` says that it is right so."""
    batch = get_object_or_404(ImportBatch.objects.select_related("campaign"), pk=pk)
    if not choosing.is_open(batch):
        return redirect("leads:import-detail", batch.pk)
    is_final = request.method == "POST" and "go" in request.POST
    form = sent(batch, request) if request.method == "POST" else unsent(batch)
    if is_final and form.is_valid() and is_told(batch, form):
        return check(request, batch, form)
    return columns_page(request, batch, form, status=422 if is_final else 200)


def is_told(batch: ImportBatch, form: ColumnsForm) -> bool:
    """Whether every word of history was given a meaning, where the file is such; a file that is gone is the page's to tell."""
    batch.mapping = form.mapping
    if not form.cleaned_data.get("is_history"):
        return True
    try:
        with files.opened(batch) as table:
            return form.require_meanings(history.values_of(batch, table))
    except Unreadable:
        return False


def columns_page(request: HtmxRequest, batch: ImportBatch, form: ColumnsForm, status: int = 200) -> HttpResponse:
    """The page of columns, or its form alone where that is asked for."""
    try:
        context = tried(batch, form, request)
    except Unreadable as problem:
        messages.error(request, str(problem))
        return redirect("leads:imports")
    name = "leads/imports/_columns.html" if request.htmx else "leads/imports/columns.html"
    return render(request, name, context, status=status)


def sent(batch: ImportBatch, request: HttpRequest) -> ColumnsForm:
    """The form as it was sent; what it says is kept, so that it is there again whoever comes back to the page."""
    form = ColumnsForm(request.POST, headers=batch.headers)
    form.is_valid()
    choosing.draft(batch, form.mapping, form.cleaned_data)
    return form


def unsent(batch: ImportBatch) -> ColumnsForm:
    """The form as the batch stands: the suggestions, or what was chosen before, or is being chosen."""
    choosing.drafted(batch)
    form = ColumnsForm(None, headers=batch.headers)
    form.initial = {"country": "NL"} | batch.options
    return form


def tried(batch: ImportBatch, form: ColumnsForm, request: HttpRequest) -> dict[str, Any]:
    """The page of columns: the batch with what the form says, tried on its file."""
    if form.is_bound:
        batch.mapping = form.mapping
        batch.options = batch.options | form.cleaned_data
    is_as_suggested = choosing.is_as_suggested(batch)
    asked = request.POST.get("row") or request.GET.get("row")
    trial = checks.check(batch, timezone.now(), number_in(asked, 1))
    columns = import_columns.shown(batch, form, trial)
    wanted = import_columns.kind_wanted(request.POST.get("found", ""), trial.check)
    return {
        "batch": batch,
        "form": form,
        "trial": trial,
        "columns": columns,
        "has_phones": any(column.field in ("phone", "mobile") for column in columns),
        "recognised": sum(bool(column.field) for column in columns),
        "kinds": import_columns.kinds(batch, trial.check, wanted),
        "wanted": wanted,
        "is_of_row": "row" in request.GET,
        "findings": import_columns.findings(
            trial, wanted, of_row="row" in request.GET, batch=batch, typed=request.POST
        ),
        "separator": one_line.separator(batch),
        "person": list(import_columns.person(trial.row, batch, trial.columns)),
        "problem": reasons.said(trial.row.get("problem", "")),
        "templates": templates.offered(batch, request.user),
        "is_as_suggested": is_as_suggested,
        **import_choices.of_batch(batch),
        **import_history.of_batch(batch, trial),
        "remarks": files.of_lines(batch) + choices.remarks(batch),
    }


def number_in(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def check(request: HttpRequest, batch: ImportBatch, form: ColumnsForm) -> HttpResponse:
    """Keep what was chosen, and judge what each row would do: a small file now, a large one by a worker."""
    at = timezone.now()
    if not choosing.columns(batch, form.mapping, form.cleaned_data, at=at):
        messages.warning(request, _("This import is under way already; its columns stay as they are."))
    elif 0 < batch.rows <= CHECKED_AT_ONCE:
        running.check(batch, at=at)
    elif choosing.ask_for_check(batch):
        tasks.ring()
    return redirect("leads:import-detail", batch.pk)


@require_safe
@login_required
@may_import
def import_detail(request: HtmxRequest, pk: int) -> HttpResponse:
    """Steps 3 and 4: what each row will do, how far the run is, or how it ended."""
    batch = get_object_or_404(ImportBatch.objects.select_related("campaign", "by"), pk=pk)
    if batch.state == State.MAPPING:
        return redirect("leads:import-columns", batch.pk)
    context = {"batch": batch, "at": timezone.now(), "may_choose": choosing.is_open(batch)}
    context |= {"may_undo": undoing.may_undo(batch), "consent": import_choices.consent(batch)}
    context |= import_results.progress(batch, context["at"])
    context["remarks"] = import_results.remarks(batch, context["at"])
    if import_results.shows_rows(batch):
        context |= import_results.rows(batch, request.GET)
    name = "leads/imports/_rows.html" if request.htmx else "leads/imports/detail.html"
    return render(request, name, context)


@require_safe
@login_required
@may_import
def import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that could not be taken in, as a file to put right and import again."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    errors_file.remember(batch, at=timezone.now())
    stem = batch.name.rpartition(".")[0] or batch.name
    name = _("%(file)s, rows to correct.csv") % {"file": stem}
    return HttpResponse(
        errors_file.content(batch).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
