"""What may still be chosen for a file that came in: its sheet, what its columns become, whether it stays at all?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leads.importing import files, one_line, running, staging
from leads.importing.reading import Unreadable
from leads.models import ImportBatch

State = ImportBatch.State
WITHOUT_COLUMNS = frozenset({"country", "date_order"})
"""What is chosen for a file whatever its columns are."""
OF_THE_READING = frozenset({"header_row"})
"""What says which table is read, not what becomes of it."""
LONGEST, MOST_ROWS = 20_000, 2_000
"""So long is a cell, and so many are the rows, that can be put right by hand."""
BEFORE_THE_RUN = (State.MAPPING, State.CHECKED, State.FAILED)


def is_open(batch: ImportBatch) -> bool:
    """Whether nothing of the batch is written yet and nobody works on it, so that its columns can be chosen."""
    return batch.state in BEFORE_THE_RUN and not batch.committed and bool(batch.headers)


@transaction.atomic
def columns(batch: ImportBatch, mapping: list[str | None], options: dict[str, Any], *, at: datetime) -> bool:
    """Set what the columns become and how values are read; False when the batch runs or has run.

    What was chosen meanwhile by somebody else stays where this says nothing of it.
    """
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not is_open(held):
        return False
    batch.options = held.options | still_accepted(held, files.field_keys(mapping))
    said = {field: value for field, value in options.get("constants", {}).items() if value}
    running.choose(batch, mapping, at=at, options=options | ({"constants": said} if "constants" in options else {}))
    running.change(batch, state=State.MAPPING, problem="", draft={})
    return True


def draft(batch: ImportBatch, mapping: list[str | None], options: dict[str, Any]) -> bool:
    """Keep what is being chosen, right or not, until `columns` is told that it is right so; False when it is too late for that.

    What was chosen and checked before holds as long.
    """
    said = {"mapping": files.field_keys(mapping), "options": options}
    is_as_it_was = said["mapping"] == batch.mapping and batch.options | options == batch.options
    still_open = ImportBatch.objects.filter(pk=batch.pk, state__in=BEFORE_THE_RUN, committed=0)
    return bool(still_open.update(draft={} if is_as_it_was else said))


def drafted(batch: ImportBatch) -> ImportBatch:
    """The batch as it would be by its draft, if it has one; unsaved."""
    if batch.draft:
        batch.mapping, batch.options = batch.draft["mapping"], batch.options | batch.draft["options"]
    return batch


@transaction.atomic
def afresh(batch: ImportBatch) -> bool:
    """Let the columns become what is suggested, with nothing chosen besides; False when it is too late for that.

    Cells that were put right stay so, and the sheet and the header as they were chosen.
    """
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not is_open(held):
        return False
    mapping = suggested(held)
    kept = {key: value for key, value in held.options.items() if key in OF_THE_READING}
    _begin_again(held, mapping=mapping, options=kept | still_accepted(held, mapping), draft={})
    return True


def is_as_suggested(batch: ImportBatch) -> bool:
    """Whether nothing is chosen of a batch but its sheet and its header."""
    return batch.mapping == suggested(batch) and batch.options.keys() <= OF_THE_READING


def suggested(batch: ImportBatch) -> list[str | None]:
    """What the columns are suggested to become."""
    return files.field_keys([one["field"] for one in batch.reading.get("suggestions", [])])


def still_accepted(held: ImportBatch, mapping: list[str | None]) -> dict[str, Any]:
    """The suggestions that were accepted, if any, without those of columns that become another field than they did."""
    said: dict[str, list[str]] = held.options.get("accepted", {})
    changed = {
        str(place) for place, (was, is_now) in enumerate(zip(held.mapping, mapping, strict=False)) if was != is_now
    }
    kept = {place: sentences for place, sentences in said.items() if place not in changed}
    return {"accepted": kept} if said else {}


@transaction.atomic
def sheet(batch: ImportBatch, name: str) -> bool:
    """Read another sheet of the same workbook; False when it is too late for that. Raises Unreadable."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not is_open(held):
        return False
    if name not in held.reading.get("sheets", []):
        raise Unreadable(_("There is no such sheet in this workbook."))
    held.sheet = name
    _read_anew(held, header_row=None)
    return True


@transaction.atomic
def header(batch: ImportBatch, line: int) -> bool:
    """Let a line name the columns, or none (NO_HEADER); False when it is too late for that. Raises Unreadable."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not is_open(held):
        return False
    _read_anew(held, header_row=line)
    return True


def _read_anew(held: ImportBatch, *, header_row: int | None) -> None:
    """Describe the table of a batch as if it had just come in; what was chosen for its columns goes."""
    kept = {key: value for key, value in held.options.items() if key in WITHOUT_COLUMNS}
    held.options = kept if header_row is None else kept | {"header_row": header_row}
    held.reading.pop("header_row", None)
    with files.opened(held) as table:
        running.describe(held, table, is_counted=held.file.size <= running.COUNTED_AT_ONCE)
    held.state, held.problem, held.staged, held.preview, held.draft = State.MAPPING, "", 0, {}, {}
    held.save()
    staging.clear(held.pk)


@transaction.atomic
def correct(batch: ImportBatch, n: int, place: int, value: str) -> bool:
    """Put one cell right, for this import: the file stays as it came. False when it is too late for that, or too much."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    cells = held.corrections.get(str(n), {}) | {str(place): value.strip()[:LONGEST]}
    if not is_open(held) or not 0 <= place < len(held.headers) or len(held.corrections) >= MOST_ROWS:
        return False
    _begin_again(held, corrections=held.corrections | {str(n): cells})
    return True


class UnfitLineError(ValueError):
    """A line has more values than there are columns; says so in the reader's language."""


@transaction.atomic
def rewrite(batch: ImportBatch, n: int, line: str) -> bool:
    """Put a whole row right, for this import; what is not said is empty. False as `correct`; raises UnfitLineError."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    cells, width = one_line.read(line, held), len(held.headers)
    if not is_open(held) or len(held.corrections) >= MOST_ROWS:
        return False
    if len(cells) > width:
        gaps = {"length": len(cells), "width": width, "separator": one_line.separator(held)}
        raise UnfitLineError(
            _(
                "This line still has %(length)d values, and there are %(width)d columns. "
                "Put quotes around a value with “%(separator)s” in it."
            )
            % gaps
        )
    filled = [*(cell.strip()[:LONGEST] for cell in cells), *[""] * (width - len(cells))]
    said = {str(place): cell for place, cell in enumerate(filled)}
    _begin_again(held, corrections=held.corrections | {str(n): said})
    return True


@transaction.atomic
def accept(batch: ImportBatch, place: int, sentence: str) -> bool:
    """Take the suggestion for every value of a column with which this is the matter. False when it is too late for that."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not is_open(held) or not 0 <= place < len(held.headers):
        return False
    accepted = held.options.get("accepted", {})
    sentences = sorted({*accepted.get(str(place), ()), sentence})
    _begin_again(held, options=held.options | {"accepted": accepted | {str(place): sentences}})
    return True


@transaction.atomic
def as_in_file(batch: ImportBatch) -> bool:
    """Drop what was put right by hand, and every suggestion that was accepted."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if is_open(held):
        _begin_again(held, corrections={}, options=held.options | {"accepted": {}})
    return is_open(held)


def _begin_again(held: ImportBatch, **values: Any) -> None:
    running.change(held, state=State.MAPPING, problem="", staged=0, preview={}, **values)
    staging.clear(held.pk)


def ask_for_check(batch: ImportBatch) -> bool:
    """Have a batch judged by a worker without writing anything; False when it is not ready for that."""
    asked = ImportBatch.objects.filter(pk=batch.pk, state__in=(State.MAPPING, State.CHECKED))
    return bool(asked.update(state=State.CHECKING))


def discard(batch: ImportBatch) -> None:
    """Forget a file that could not be read."""
    batch.file.delete(save=False)
    batch.delete()
