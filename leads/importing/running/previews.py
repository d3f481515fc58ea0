"""What would a run do? Its parts are judged by the very code of the run, and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leads.capture import Slice, capture
from leads.importing import moving_in
from leads.importing.running.batches import OnProgress, change, made
from leads.importing.running.linking import parts
from leads.importing.running.slices import COUNTS
from leads.models import ImportBatch

PREVIEWED, OF_EACH = 200, 20
"""So many first rows are shown, and of each part so many of each verdict as long as there is room."""
SEEN_AT_ONCE = 25
"""So many rows of the first part are shown while the others are judged."""

_SHOWN = """
    SELECT j.n, a.line, j.verdict, j.reason, a.raw FROM judged j JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = j.n
    WHERE j.n <= %(previewed)s OR j.n IN (SELECT n FROM (
        SELECT n, row_number() OVER (PARTITION BY verdict ORDER BY n) AS place FROM judged) p WHERE place <= %(of_each)s)
    ORDER BY j.n
"""


@dataclass
class Preview:
    """What is found so far: how many rows end in each verdict, where leads of history stand, and some rows themselves."""

    counts: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    shown: list[dict[str, Any]] = field(default_factory=list)

    def told(self, rows: int) -> dict[str, Any]:
        return {"rows": rows} | {name: self.counts[verdict] for verdict, name in COUNTS.items()}

    def so_far(self, rows: int, since: datetime) -> dict[str, Any]:
        """What is told while it goes on: the counts, since when rows are judged, and the first of them."""
        went = {"judged": self.counts.total(), "since": since.isoformat(), "shown": self.shown[:SEEN_AT_ONCE]}
        return self.told(rows) | went


def previewed(batch: ImportBatch, clock: Callable[[], datetime], on_progress: OnProgress) -> dict[str, Any]:
    """What a run would do: the counts, and rows of each verdict with their reasons."""
    found, since = Preview(), clock()
    for part in parts(batch, on_progress):
        judge(batch, part, clock(), found)
        change(batch, preview=found.so_far(batch.rows, since))
        on_progress(batch)
    shown = sorted(found.shown, key=lambda row: row["n"])
    return found.told(batch.rows) | {"shown": shown, "stages": found.stages}


def judge(batch: ImportBatch, part: Slice, at: datetime, found: Preview) -> None:
    """Judge a part, remember how its rows ended, and take everything back."""
    with transaction.atomic():
        if batch.new_campaign:
            part = replace(part, campaign=made(batch, at).pk)
        found.counts.update(capture(part, at=at, by=batch.by))
        if part.is_history:
            found.stages.update(moving_in.stages_of_slice())
        found.shown += rows_of(part, 0 if len(found.shown) >= PREVIEWED * 2 else OF_EACH)
        transaction.set_rollback(True)


def rows_of(part: Slice, of_each: int) -> list[dict[str, Any]]:
    """The first rows of the file among those of a part, and some of each verdict, as they are kept to be shown."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, part.values | {"previewed": PREVIEWED, "of_each": of_each})
        return [
            {"n": n, "line": line, "verdict": verdict, "reason": reason, "raw": [cell[:100] for cell in raw]}
            for n, line, verdict, reason, raw in cursor.fetchall()
        ]
