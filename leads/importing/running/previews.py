"""What would a run do? Slices are judged and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leads.capture import End, Slice, capture
from leads.importing import moving_in
from leads.importing.running.batches import OnProgress, change
from leads.importing.running.slices import COUNTS, folded_into_earlier, next_slice
from leads.models import ImportBatch

PREVIEWED = 200

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
    stages: Counter[str] = Counter()
    done = 0
    while done < batch.rows:
        part = next_slice(batch, done)
        for verdict, count in tried(batch, part, clock(), ends, shown, stages).items():
            counts[COUNTS[verdict]] += count
        done = part.last
        change(batch, preview={"rows": batch.rows, "judged": done, **counts})
        on_progress(batch)
    return {"rows": batch.rows, **counts, "shown": shown, "stages": stages}


def tried(
    batch: ImportBatch,
    part: Slice,
    at: datetime,
    ends: dict[int, End],
    shown: list[dict[str, Any]],
    stages: Counter[str],
) -> dict[str, int]:
    """Judge a slice, remember how its rows ended, and take everything back."""
    with transaction.atomic():
        needed = {n: ends[n] for n in folded_into_earlier(part)}
        counts = capture(part, at=at, by=batch.by, ends=needed)
        if part.is_history:
            stages.update(moving_in.stages_of_slice())
        with connection.cursor() as cursor:
            cursor.execute(_FIRST_ROWS, part.values)
            # A contact that was only tried is gone after this; what is folded into its row is merged in any case.
            ends |= {n: End(v, r, None if v == "created" else contact) for n, v, r, contact in cursor.fetchall()}
            if len(shown) < PREVIEWED * 2:
                shown += rows_of(part)
        transaction.set_rollback(True)
    return counts


def rows_of(part: Slice) -> list[dict[str, Any]]:
    """The first rows of a slice, and some of each verdict, as they are kept to be shown."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, part.values | {"previewed": PREVIEWED})
        return [
            {"n": n, "line": line, "verdict": verdict, "reason": reason, "raw": [cell[:100] for cell in raw]}
            for n, line, verdict, reason, _contact, raw in cursor.fetchall()
        ]
