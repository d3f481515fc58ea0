"""What is a batch: its file, its columns, and in which state it stands?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads.campaigns import company
from leads.importing import files, obstacles, orders, staging
from leads.importing.mapping import suggest
from leads.importing.reading import Table, Unreadable
from leads.models import Campaign, ImportBatch, MappingMemory
from leads.stages import Channel

State = ImportBatch.State
OnProgress = Callable[[ImportBatch], None]

SAMPLES_SHOWN = 5
COUNTED_AT_ONCE = 20_000_000


class TakenError(Exception):
    """Another process runs this batch."""


def quietly(batch: ImportBatch) -> None:
    """Report progress to nobody."""


def create(
    file: File,
    name: str,
    *,
    by: User | None,
    at: datetime,
    sheet: str = "",
    header_row: int | None = None,
    campaign: Campaign | None = None,
    channel: str = "",
    is_run_next: bool = False,
) -> ImportBatch:
    """Keep a file and read what its columns are; a file that cannot be read makes a failed batch that says why.

    Its table stays open where this process runs it next.
    """
    batch = ImportBatch(name=name[:300], sheet=sheet, campaign=campaign, channel=channel, by=by, created_at=at)
    batch.reading = {"digest": files.digest_of(file)}
    batch.options = {} if header_row is None else {"header_row": header_row}
    batch.file.save(uuid4().hex + Path(name).suffix[:10], file, save=False)
    try:
        with files.opened(batch) as table:
            describe(batch, table, is_counted=file.size <= COUNTED_AT_ONCE)
            if is_run_next:
                files.leave_open(batch, table)
    except Unreadable as problem:
        batch.state, batch.problem = State.FAILED, str(problem)
    batch.save()
    return batch


def describe(batch: ImportBatch, table: Table, *, is_counted: bool) -> None:
    """Write down what the table is, and the mapping that was used last for these headers, or the suggested one."""
    suggestions = suggest(table)
    batch.sheet = table.sheet or ""
    batch.headers = table.headers
    batch.header_digest = files.digest_of_headers(table.headers)
    batch.rows = 0
    if is_counted:
        survey(batch, table)
    batch.reading |= {
        "sheets": table.sheets,
        "hidden_sheets": list(table.hidden_sheets),
        "is_of_cards": table.is_of_cards,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "orders": orders.undecided(table),
        "values": {},
        "samples": [[cell[:100] for cell in cells] for cells in table.samples[:SAMPLES_SHOWN]],
        "suggestions": [{"field": one.field, "confidence": one.confidence} for one in suggestions],
    }
    batch.corrections = {}
    remembered = MappingMemory.objects.filter(header_digest=batch.header_digest).first() if any(batch.headers) else None
    batch.mapping = remembered.mapping if remembered else [one.field for one in suggestions]


def survey(batch: ImportBatch, table: Table) -> None:
    """Write down how many rows the table has, what below its header is none, and which rows were filled up."""
    batch.rows, left_out, filled_up = table.survey()
    batch.reading |= {"left_out": asdict(left_out), "filled_up": asdict(filled_up)}


def choose(
    batch: ImportBatch, mapping: list[str | None], *, at: datetime, options: dict[str, Any] | None = None
) -> None:
    """Set what the columns become, and remember it for the next file with these headers; the rows are staged anew."""
    batch.mapping = files.field_keys(mapping)
    batch.options = batch.options | (options or {})
    batch.staged, batch.preview = 0, {}
    batch.save(update_fields=["mapping", "options", "staged", "preview"])
    staging.clear(batch.pk)
    MappingMemory.objects.update_or_create(
        header_digest=batch.header_digest, defaults={"mapping": batch.mapping, "used_at": at}
    )


def request(batch: ImportBatch) -> bool:
    """Ask for a batch to be run; False when it runs or has run already."""
    asked = ImportBatch.objects.filter(
        pk=batch.pk, state__in=(State.MAPPING, State.CHECKED, State.FAILED), undone=0
    ).exclude(headers=[])
    return bool(asked.update(state=State.WAITING, problem=""))


def change(batch: ImportBatch, **values: Any) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    ImportBatch.objects.filter(pk=batch.pk).update(**values)


def enter_campaign(batch: ImportBatch, *, at: datetime) -> None:
    """Let a batch be of the campaign that was named for it, made if there still is none of that name."""
    if batch.new_campaign:
        change(batch, campaign=made(batch, at), new_campaign="")


def made(batch: ImportBatch, at: datetime) -> Campaign:
    """The campaign that was named for a batch, made if there is none of that name."""
    said = {"name": batch.new_campaign, "channel": batch.channel or Channel.WEB, "currency": company().currency}
    with suppress(IntegrityError), transaction.atomic():  # somebody else may make it meanwhile
        if not Campaign.objects.named(batch.new_campaign).exists():
            return Campaign.objects.create(**said, created_at=at)
    return Campaign.objects.named(batch.new_campaign).get()


def fail(batch: ImportBatch, problem: Exception) -> None:
    said = str(problem) or _(
        "Nobody works the queue “To qualify”. Add an active member to it, then run the import again."
    )
    change(batch, state=State.FAILED, problem=said)


def give_up(batch: ImportBatch) -> None:
    """Fail a batch that stopped on a fault of our own; it can be run, or taken back, again."""
    said = _("The import stopped on a fault of ours, which was logged. The rows that are in stay in; run it again.")
    if batch.state == State.UNDOING:
        said = _("Taking it back stopped on a fault of ours, which was logged. Take it back again: it goes on there.")
    change(batch, state=State.FAILED, problem=said)


def finish(*, at: datetime) -> list[int]:
    """Call those batches done whose leads have all been looked at since, or cannot be now; return their keys.

    What keeps leads from being looked at is told beside the batch, as long as it does. A run that was killed when its
    last row was in left its rows on the stage; they are taken off here.
    """
    is_held_up = bool(obstacles.found(at))
    batches = ImportBatch.objects.filter(state=State.FINISHING)
    finished = [batch.pk for batch in batches if is_held_up or not obstacles.is_waiting(batch)]
    ImportBatch.objects.filter(pk__in=finished, state=State.FINISHING).update(state=State.DONE, finished_at=at)
    for key in finished:
        staging.clear(key)
    return finished


def interrupted() -> list[ImportBatch]:
    """Batches that are to be run, checked or taken back, and that may have lost their runner."""
    return list(
        ImportBatch.objects.filter(state__in=(State.WAITING, State.RUNNING, State.CHECKING, State.UNDOING)).order_by(
            "pk"
        )
    )
