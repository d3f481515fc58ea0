"""How does a person put cells of a file right before it comes in, and take such things back?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.forms.import_choices import clean
from leads.forms.imports import ColumnsForm
from leads.importing import choosing
from leads.models import ImportBatch
from leads.views.imports import HtmxRequest, columns_page, may_import, number_in, unsent

NOWHERE = -1
WHOLE = "line"


@require_POST
@login_required
@may_import
def import_corrections(request: HtmxRequest, pk: int) -> HttpResponse:
    """Put a cell or a whole line right (`correct`), take a suggestion for all alike (`accept`), or take all that back (`as_in_file`)."""
    batch = get_object_or_404(ImportBatch.objects.select_related("campaign"), pk=pk)
    if not choosing.is_open(batch):
        return redirect("leads:import-detail", pk)
    keep(batch, request)
    try:
        is_done = corrected(batch, request)
    except choosing.UnfitLineError as unfit:
        messages.warning(request, str(unfit))
    else:
        if not is_done:
            said = _("That could not be put right here: correct it in the file and choose it again.")
            messages.warning(request, said)
    batch.refresh_from_db()
    if request.htmx:
        return columns_page(request, batch, unsent(batch))
    return redirect("leads:import-columns", pk)


def keep(batch: ImportBatch, request: HtmxRequest) -> None:
    """Keep what the page says of the columns, so that nothing that was chosen is lost by something else that is done."""
    form = ColumnsForm(request.POST, headers=batch.headers)
    form.is_valid()
    choosing.columns(batch, form.mapping, form.cleaned_data, at=timezone.now())


def corrected(batch: ImportBatch, request: HtmxRequest) -> bool:
    """Do what was asked for; False where that is nothing that can be done."""
    sent = request.POST
    if "as_in_file" in sent:
        return choosing.as_in_file(batch)
    if "accept" in sent:
        column, _mark, sentence = sent["accept"].partition(":")
        return choosing.accept(batch, number_in(column, NOWHERE), clean(sentence)[:300])
    row, _mark, column = sent.get("correct", "").partition(":")
    n, place = number_in(row, NOWHERE), number_in(column, NOWHERE)
    if n != NOWHERE and column == WHOLE:
        return choosing.rewrite(batch, n, clean(sent.get(f"line_{n}", "")))
    return n != NOWHERE and choosing.correct(batch, n, place, clean(sent.get(f"value_{n}_{place}", "")))
