"""Which rows could not be taken in, as a file to put right and import again?"""

from __future__ import annotations

import csv
import io
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from leads import reasons
from leads.models import ImportBatch, ImportRow

# What a spreadsheet would run as a formula; plain numbers with a sign (phones) are harmless.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().,-]*$)")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def content(batch: ImportBatch) -> str:
    """The error rows of a batch as CSV: the columns as they came, the line in the file, and the reason."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    width = len(batch.headers)
    writer.writerow([*map(guarded, batch.headers), _("Line"), _("Reason")])
    rows = ImportRow.objects.filter(batch=batch, verdict=ImportRow.Verdict.ERROR).order_by("n")
    for line, raw, reason in rows.values_list("line", "raw", "reason").iterator(chunk_size=2_000):
        cells = (raw + [""] * width)[: max(width, len(raw))]
        writer.writerow([*map(guarded, cells), line, reasons.said(reason)])
    return buffer.getvalue()


def keep(batch: ImportBatch) -> str | None:
    """Write the error file beside the kept file and return its name in the storage; None when there are no errors."""
    if not batch.errors:
        return None
    kept = str(batch.file.name)
    stem = kept.rpartition(".")[0] or kept
    name = f"{stem}-errors-{batch.pk}.csv"
    if default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content(batch).encode("utf-8-sig")))
