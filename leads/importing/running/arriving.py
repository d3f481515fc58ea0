"""How do the rows of a file come to the stage, in normal form and with doubles folded?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leads import matching
from leads.importing import choices, files, sharing, staging
from leads.importing.reading import Table, Unreadable
from leads.importing.running.batches import OnProgress, change, quietly, survey
from leads.models import ImportBatch

LARGE = 10_000


def stage(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> None:
    """Have every row of the file on the stage, in normal form and with doubles folded; what is there is used again."""
    if is_staged(batch):
        return
    with files.opened(batch) as table:
        change(batch, reading=batch.reading | {"is_folded": False, "attributes": files.attributes(batch, table)})
        staging.clear(batch.pk)
        columns = staging.columns_for(files.fields(batch))

        def told(total: int) -> None:
            change(batch, staged=total)
            on_progress(batch)

        total = staging.stage(parts(batch, table, columns, at), columns, told)
        if "left_out" not in batch.reading:
            survey(batch, table)
    if not total:
        raise Unreadable(_("There are no rows below the header. Check that the right sheet and file were chosen."))
    staging.analyse()
    with transaction.atomic():
        matching.fold(batch.pk, choices.known_by(batch.options))
        change(batch, rows=total, staged=total, reading=batch.reading | {"is_folded": True})


def is_staged(batch: ImportBatch) -> bool:
    """Whether every row stands on the stage and doubles are folded: a run may have been killed between the two."""
    is_whole = bool(batch.rows) and batch.staged == batch.rows and bool(batch.reading.get("is_folded"))
    return is_whole and staging.count(batch.pk) == batch.rows


def parts(batch: ImportBatch, table: Table, columns: Sequence[str], at: datetime) -> Iterator[bytes]:
    """The rows of the file, ready to be copied; those of a large file by a process for each processor."""
    reader = files.reader(batch, table, at)

    def some(n: int, of: int) -> Iterator[bytes]:
        return staging.parts(files.records(batch, table), reader, columns, batch.pk, n, of)

    return sharing.shared(some) if sharing.PROCESSES > 1 and is_large(batch) else some(0, 1)


def is_large(batch: ImportBatch) -> bool:
    """Whether a file has so many rows, or so many that they were not counted, that two processors are worth their while."""
    return not batch.rows or batch.rows >= LARGE
