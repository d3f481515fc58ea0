"""Which rows could not be taken in, as a file to put right and import again?"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from leads import reasons
from leads.importing import files
from leads.importing.fields import LEFT_OUT
from leads.importing.reading import letters
from leads.models import ImportBatch, ImportRow, MappingMemory

# What a spreadsheet would run as a formula; plain numbers with a sign (phones) are harmless.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().,-]*$)")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def content(batch: ImportBatch) -> str:
    """The error rows of a batch as CSV: the line in the file and the reason, then the cells as they came, however many.

    It is separated as the file was, or as spreadsheets of the language in force do. Every text stands in quotes, so that a
    program that separates otherwise finds no formula within it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator(batch), quoting=csv.QUOTE_NONNUMERIC)
    width = len(batch.headers)
    writer.writerow(headers(batch))
    rows = ImportRow.objects.filter(batch=batch, verdict=ImportRow.Verdict.ERROR).order_by("n")
    for line, raw, reason in rows.values_list("line", "raw", "reason").iterator(chunk_size=2_000):
        cells = raw + [""] * (width - len(raw))
        writer.writerow([line, reasons.said(reason), *map(guarded, cells)])
    return buffer.getvalue()


def headers(batch: ImportBatch) -> list[str]:
    """The names of the columns: as the file calls them, or by their letters where it calls none."""
    named = batch.headers if any(batch.headers) else map(letters, range(len(batch.headers)))
    return [_("Line"), _("Reason"), *map(guarded, named)]


def separator(batch: ImportBatch) -> str:
    """What stands between the cells: as in the file that came, if something did there."""
    usual = ";" if get_format("DECIMAL_SEPARATOR") == "," else ","
    return batch.reading.get("delimiter") or usual


def remember(batch: ImportBatch, *, at: datetime) -> None:
    """Let the columns of the error file become, once it comes in, what those of its file became; what was added is left out."""
    mapping = [LEFT_OUT, LEFT_OUT, *batch.mapping]
    MappingMemory.objects.update_or_create(
        header_digest=files.digest_of_headers(headers(batch)), defaults={"mapping": mapping, "used_at": at}
    )


def keep(batch: ImportBatch) -> str | None:
    """Write the error file beside the kept file and return its name in the storage; None when there are no errors."""
    if not batch.errors:
        return None
    remember(batch, at=batch.finished_at or batch.created_at)
    kept = str(batch.file.name)
    stem = kept.rpartition(".")[0] or kept
    name = f"{stem}-errors-{batch.pk}.csv"
    if default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content(batch).encode("utf-8-sig")))
