"""Run a batch: stage its rows, judge them slice by slice, and end in exactly one verdict a row.

Each slice is one transaction that writes contacts, leads and the rows' verdicts together and moves the batch's count
along, so that a run that was killed goes on from the first row that has no verdict.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import matching
from leads.capture import End, Slice, capture
from leads.capture.enquiries import NobodyQualifiesError, to_qualify
from leads.importing import files, sharing, staging
from leads.importing.mapping import suggest
from leads.importing.reading import Table, Unreadable
from leads.models import Campaign, ImportBatch, ImportRow, Intake, LeadTouch, MappingMemory
from leads.stages import Channel

State = ImportBatch.State
OnProgress = Callable[[ImportBatch], None]

RUN_LOCK = 7_002
SLICE = 10_000
SLICE_WHILE_OTHERS_WAIT = 2_000
LARGE = 10_000
SAMPLES_SHOWN = 5
PREVIEWED = 200
COUNTED_AT_ONCE = 20_000_000
RUNNABLE = (State.MAPPING, State.CHECKED, State.CHECKING, State.WAITING, State.RUNNING, State.FAILED)
COUNTS = {"created": "created", "updated": "updated", "merged": "merged", "skipped": "skipped", "error": "errors"}


class TakenError(Exception):
    """Another process runs this batch."""


def create(
    file: File,
    name: str,
    *,
    by: User | None,
    at: datetime,
    sheet: str = "",
    campaign: Campaign | None = None,
    channel: str = "",
) -> ImportBatch:
    """Keep a file and read what its columns are; a file that cannot be read makes a failed batch that says why."""
    batch = ImportBatch(name=name[:300], sheet=sheet, campaign=campaign, channel=channel, by=by, created_at=at)
    batch.reading = {"digest": files.digest_of(file)}
    batch.file.save(uuid4().hex + Path(name).suffix[:10], file, save=False)
    try:
        with files.opened(batch) as table:
            describe(batch, table, is_counted=file.size <= COUNTED_AT_ONCE)
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
    batch.rows = table.count_rows() if is_counted else 0
    batch.reading |= {
        "sheets": table.sheets,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "samples": [[cell[:100] for cell in cells] for cells in table.samples[:SAMPLES_SHOWN]],
        "suggestions": [{"field": one.field, "confidence": one.confidence} for one in suggestions],
    }
    remembered = MappingMemory.objects.filter(header_digest=batch.header_digest).first()
    batch.mapping = remembered.mapping if remembered else [one.field for one in suggestions]


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
    asked = ImportBatch.objects.filter(pk=batch.pk, state__in=(State.MAPPING, State.CHECKED, State.FAILED)).exclude(
        headers=[]
    )
    return bool(asked.update(state=State.WAITING, problem=""))


@contextmanager
def claimed(batch: ImportBatch) -> Iterator[None]:
    """Hold the right to run a batch for as long as this process lives; raises TakenError when another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUN_LOCK, batch.pk])
        if not cursor.fetchone()[0]:
            raise TakenError
    try:
        batch.refresh_from_db()
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCK, batch.pk])


def quietly(batch: ImportBatch) -> None:
    """Report progress to nobody."""


def run(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> bool:
    """Run a batch to its end, or on from where it stopped; return whether it came there.

    False when it is not to be run, when another process runs it, or when it failed: `problem` then says why.
    """
    clock = moving(at)
    try:
        with claimed(batch):
            if batch.state not in RUNNABLE or not batch.headers:
                return False
            to_qualify(at)
            stage(batch, at=at, on_progress=on_progress)
            change(batch, state=State.RUNNING, started_at=batch.started_at or at, problem="")
            while batch.committed < batch.rows:
                commit(batch, next_slice(batch, batch.committed), at=clock())
                on_progress(batch)
            change(batch, state=State.FINISHING)
            staging.clear(batch.pk)
    except TakenError:
        return False
    except (Unreadable, NobodyQualifiesError) as problem:
        fail(batch, problem)
        return False
    return True


def check(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> bool:
    """Judge every row as a run would and take each slice back; the counts and the first rows go to `preview`."""
    clock = moving(at)
    try:
        with claimed(batch):
            if batch.state not in (State.MAPPING, State.CHECKING, State.CHECKED) or not batch.headers:
                return False
            to_qualify(at)
            change(batch, state=State.CHECKING)
            stage(batch, at=at, on_progress=on_progress)
            change(batch, state=State.CHECKED, preview=previewed(batch, clock, on_progress))
    except TakenError:
        return False
    except (Unreadable, NobodyQualifiesError) as problem:
        fail(batch, problem)
        return False
    return True


def moving(at: datetime) -> Callable[[], datetime]:
    """A clock that stands at `at` now and goes on: a long run's later slices happen later."""
    start = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - start)


def change(batch: ImportBatch, **values: Any) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    ImportBatch.objects.filter(pk=batch.pk).update(**values)


def fail(batch: ImportBatch, problem: Exception) -> None:
    said = str(problem) or _(
        "Nobody works the queue “To qualify”. Add an active member to it, then run the import again."
    )
    change(batch, state=State.FAILED, problem=said)


def give_up(batch: ImportBatch) -> None:
    """Fail a batch that stopped on a fault of our own; what is in stays in, and it can be run again."""
    said = _("The import stopped on a fault of ours, which was logged. The rows that are in stay in; run it again.")
    change(batch, state=State.FAILED, problem=said)


def stage(batch: ImportBatch, *, at: datetime, on_progress: OnProgress = quietly) -> None:
    """Have every row of the file on the stage, in normal form and with doubles folded; what is there is used again."""
    if is_staged(batch):
        return
    change(batch, reading=batch.reading | {"is_folded": False})
    with files.opened(batch) as table:
        staging.clear(batch.pk)
        files.register_attributes(batch, table, at)
        columns = staging.columns_for(batch.mapping)

        def told(total: int) -> None:
            change(batch, staged=total)
            on_progress(batch)

        total = staging.stage(parts(batch, table, columns, at), columns, told)
    if not total:
        raise Unreadable(_("There are no rows below the header. Check that the right sheet and file were chosen."))
    staging.analyse()
    with transaction.atomic():
        matching.fold(batch.pk)
        change(batch, rows=total, staged=total, reading=batch.reading | {"is_folded": True})


def is_staged(batch: ImportBatch) -> bool:
    """Whether every row stands on the stage and doubles are folded: a run may have been killed between the two."""
    is_whole = bool(batch.rows) and batch.staged == batch.rows and bool(batch.reading.get("is_folded"))
    return is_whole and staging.count(batch.pk) == batch.rows


def parts(batch: ImportBatch, table: Table, columns: Sequence[str], at: datetime) -> Iterator[bytes]:
    """The rows of the file, ready to be copied; those of a large file by a process for each processor."""
    reader = files.reader(batch, table, at)

    def some(n: int, of: int) -> Iterator[bytes]:
        return staging.parts(table.records(), reader, columns, batch.pk, n, of)

    return sharing.shared(some) if sharing.PROCESSES > 1 and is_large(batch) else some(0, 1)


def is_large(batch: ImportBatch) -> bool:
    """Whether a file has so many rows, or so many that they were not counted, that two processors are worth their while."""
    return not batch.rows or batch.rows >= LARGE


def next_slice(batch: ImportBatch, done: int) -> Slice:
    """The rows after the first `done`; fewer at once while enquiries wait to be judged."""
    size = SLICE_WHILE_OTHERS_WAIT if Intake.objects.filter(judged_at__isnull=True).exists() else SLICE
    channel = batch.channel or (batch.campaign.channel if batch.campaign else Channel.WEB)
    last = min(done + size, batch.rows)
    return Slice(batch.pk, done + 1, last, batch.campaign_id, channel, batch.name, batch.started_at)


_KEEP_ROWS = """
    INSERT INTO leads_importrow (batch_id, n, line, raw, verdict, reason, contact_id, lead_id, before)
    SELECT %(batch)s, j.n, a.line, a.raw, j.verdict, j.reason, j.contact_id, j.lead_id, j.before
    FROM judged j JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = j.n AND a.n BETWEEN %(first)s AND %(last)s ORDER BY j.n
"""
_EARLIER = """
    SELECT DISTINCT folded_into FROM leads_arrival
    WHERE batch_id = %(batch)s AND n BETWEEN %(first)s AND %(last)s AND folded_into < %(first)s
"""


@transaction.atomic
def commit(batch: ImportBatch, part: Slice, *, at: datetime) -> None:
    """Judge a slice, and write what follows and how each row ended, in one transaction."""
    earlier = ImportRow.objects.filter(batch=batch, n__in=folded_into_earlier(part))
    ends = {row.n: End(row.verdict, row.reason, row.contact_id) for row in earlier}
    counts = capture(part, at=at, by=batch.by, ends=ends)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_ROWS, part.values)
    moved = ImportBatch.objects.filter(pk=batch.pk, committed=part.first - 1).update(
        committed=part.last, **{COUNTS[verdict]: F(COUNTS[verdict]) + count for verdict, count in counts.items()}
    )
    if not moved or sum(counts.values()) != part.last - part.first + 1:
        raise TakenError
    batch.refresh_from_db(fields=["committed", *COUNTS.values()])


def folded_into_earlier(part: Slice) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, part.values)
        return [row[0] for row in cursor.fetchall()]


_SHOWN = """
    SELECT j.n, a.line, j.verdict, j.reason, j.contact_id, a.raw FROM judged j
    JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = j.n
    WHERE j.n <= %(previewed)s OR j.n IN (SELECT n FROM (
        SELECT n, row_number() OVER (PARTITION BY verdict ORDER BY n) AS place FROM judged) p WHERE place <= 20)
    ORDER BY j.n
"""
_FIRST_ROWS = """
    SELECT j.n, j.verdict, j.reason, j.contact_id FROM judged j
    WHERE j.n IN (SELECT folded_into FROM leads_arrival WHERE batch_id = %(batch)s AND folded_into IS NOT NULL)
"""


def previewed(batch: ImportBatch, clock: Callable[[], datetime], on_progress: OnProgress) -> dict[str, Any]:
    """What a run would do: the counts, and rows of each verdict with their reasons."""
    counts = dict.fromkeys(COUNTS.values(), 0)
    shown: list[dict[str, Any]] = []
    ends: dict[int, End] = {}
    done = 0
    while done < batch.rows:
        part = next_slice(batch, done)
        for verdict, count in tried(batch, part, clock(), ends, shown).items():
            counts[COUNTS[verdict]] += count
        done = part.last
        change(batch, preview={"rows": batch.rows, "judged": done, **counts})
        on_progress(batch)
    return {"rows": batch.rows, **counts, "shown": shown}


def tried(
    batch: ImportBatch, part: Slice, at: datetime, ends: dict[int, End], shown: list[dict[str, Any]]
) -> dict[str, int]:
    """Judge a slice, remember how its rows ended, and take everything back."""
    with transaction.atomic():
        needed = {n: ends[n] for n in folded_into_earlier(part)}
        counts = capture(part, at=at, by=batch.by, ends=needed)
        with connection.cursor() as cursor:
            cursor.execute(_FIRST_ROWS, part.values)
            # A contact that was only tried is gone after this; what is folded into its row is merged in any case.
            ends |= {n: End(v, r, None if v == "created" else contact) for n, v, r, contact in cursor.fetchall()}
            if len(shown) < PREVIEWED * 2:
                cursor.execute(_SHOWN, part.values | {"previewed": PREVIEWED})
                shown += [
                    {"n": n, "line": line, "verdict": verdict, "reason": reason, "raw": [cell[:100] for cell in raw]}
                    for n, line, verdict, reason, _contact, raw in cursor.fetchall()
                ]
        transaction.set_rollback(True)
    return counts


def finish(*, at: datetime) -> list[int]:
    """Call those batches done whose leads have all been looked at since; return their keys.

    A run that was killed when its last row was in left its rows on the stage; they are taken off here.
    """
    waiting = [
        batch.pk
        for batch in ImportBatch.objects.filter(state=State.FINISHING)
        if not LeadTouch.objects.filter(lead__in=ImportRow.objects.filter(batch=batch).values("lead_id")).exists()
    ]
    ImportBatch.objects.filter(pk__in=waiting, state=State.FINISHING).update(state=State.DONE, finished_at=at)
    for key in waiting:
        staging.clear(key)
    return waiting


def interrupted() -> list[ImportBatch]:
    """Batches that are to be run and that may have lost their runner."""
    return list(ImportBatch.objects.filter(state__in=(State.WAITING, State.RUNNING, State.CHECKING)).order_by("pk"))
