"""How does a person say which sheet of a file is read, which of its lines names the columns, or begin again?"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leads.importing import choosing, files
from leads.importing.reading import NO_HEADER, Unreadable, first_lines, letters
from leads.models import ImportBatch
from leads.views.imports import may_import, number_in

LINES, CELLS, LONGEST = 15, 8, 40


@require_POST
@login_required
@may_import
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        if not choosing.sheet(batch, request.POST.get("sheet", "")):
            messages.warning(request, _("This import is under way already; its sheet stays as it is."))
    except Unreadable as problem:
        messages.error(request, str(problem))
    return redirect("leads:import-columns", batch.pk)


@require_POST
@login_required
@may_import
def import_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was chosen for the columns and for the file: they are as is suggested again."""
    if choosing.afresh(get_object_or_404(ImportBatch, pk=pk)):
        messages.success(request, _("The columns are as is suggested again."))
    return redirect("leads:import-columns", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_import
def import_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first lines of a file; sent, let one of them name the columns, or none."""
    batch = get_object_or_404(ImportBatch.objects.select_related("campaign"), pk=pk)
    if not choosing.is_open(batch):
        return redirect("leads:import-detail", batch.pk)
    try:
        if request.method == "POST":
            choosing.header(batch, number_in(request.POST.get("line"), NO_HEADER))
            return redirect("leads:import-columns", batch.pk)
        shown = lines(batch)
        columns = list(map(letters, range(len(shown[0].cells))))
        return render(request, "leads/imports/header.html", {"batch": batch, "lines": shown, "columns": columns})
    except Unreadable as problem:
        messages.error(request, str(problem))
    return redirect("leads:import-columns", batch.pk)


@dataclass(frozen=True, slots=True)
class LineShown:
    """One of the first lines: its number in the file, its first cells, and whether it names the columns now."""

    line: int
    cells: list[str]
    is_header: bool


def lines(batch: ImportBatch) -> list[LineShown]:
    with files.opened(batch) as table:
        found = first_lines(table)[:LINES]
        header = table.header_row
    width = min(CELLS, max(len(cells) for _line, cells in found))
    return [
        LineShown(line, [cell[:LONGEST] for cell in [*cells, *[""] * width][:width]], line == header)
        for line, cells in found
    ]
