"""Which rows of a file are to be judged together, though they stand in slices apart?

Those of one person: rows that were folded into each other, and rows that say the same known person. What one of them
does counts for the next; what rows of other people do does not, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import gcd

from django.db import connection

from leads import matching
from leads.capture import Slice
from leads.importing.running import slices
from leads.importing.running.batches import OnProgress
from leads.importing.running.slices import next_slice
from leads.models import ImportBatch

_BEGIN = """
    CREATE TEMP TABLE IF NOT EXISTS known_row (n bigint PRIMARY KEY, family_id bigint);
    CREATE TEMP TABLE IF NOT EXISTS linked_row (n bigint PRIMARY KEY, part bigint);
    TRUNCATE known_row, linked_row
"""
_KNOWN = """
    INSERT INTO known_row
    WITH live AS MATERIALIZED (
        SELECT {asked}
        FROM leads_arrival a WHERE {rows} AND problem = '' AND folded_into IS NULL
    )
    SELECT n, family_id FROM ({found}) f
"""
# A person is a known family, or the row of somebody new; they are packed whole, some slices full of them.
_LINK = """
    INSERT INTO linked_row
    WITH folded AS MATERIALIZED (
        SELECT n, folded_into FROM leads_arrival WHERE batch_id = %(batch)s AND folded_into IS NOT NULL
    ), told AS (
        SELECT n, n AS first FROM known_row UNION SELECT n, folded_into FROM folded UNION SELECT folded_into, folded_into FROM folded
    ), of_person AS MATERIALIZED (
        SELECT t.n, coalesce((SELECT k.family_id FROM known_row k WHERE k.n = t.first), -t.first) AS person FROM told t
    ), spread AS (
        SELECT n, min(n) OVER (PARTITION BY person) AS first, max(n) OVER (PARTITION BY person) AS last FROM of_person
    )
    SELECT n, (count(*) OVER (ORDER BY first) - 1) / %(size)s FROM spread
    WHERE (first - 1) / %(unit)s <> (last - 1) / %(unit)s
"""
_PARTS = "SELECT array_agg(n ORDER BY n) FROM linked_row GROUP BY part ORDER BY part"
_ALONE = """
    SELECT array_agg(s.n) FROM generate_series(%(first)s, %(last)s) s(n)
    WHERE NOT EXISTS (SELECT 1 FROM linked_row l WHERE l.n = s.n)
"""


def parts(batch: ImportBatch, on_progress: OnProgress) -> Iterator[Slice]:
    """The rows of a batch so that each part can be judged for itself: slices, then what is linked over their bounds.

    The first slice is a small one: how its rows end is to be seen soon.
    """
    if batch.rows <= unit():
        yield next_slice(batch, 0)
        return
    link(batch, on_progress)
    done = 0
    while done < batch.rows:
        part = next_slice(batch, done, None if done else unit())
        done = part.last
        yield replace(part, only=alone(part))
    for rows in linked():
        yield replace(part, first=rows[0], last=rows[-1], only=tuple(rows))


def link(batch: ImportBatch, on_progress: OnProgress) -> None:
    """Look up which rows say somebody who is known, and link those of one person that no slice is sure to have together."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        done = 0
        while done < batch.rows:
            part = next_slice(batch, done)
            known = matching.found("SELECT * FROM live", part.known_by)
            cursor.execute(_KNOWN.format(asked=matching.ASKED, found=known, rows=part.rows), part.values)
            done = part.last
            on_progress(batch)
        cursor.execute("ANALYZE known_row")
        cursor.execute(_LINK, {"batch": batch.pk, "unit": unit(), "size": slices.SLICE})
        cursor.execute("ANALYZE linked_row")


def alone(part: Slice) -> tuple[int, ...] | None:
    """The rows of a slice that are linked to none of another; None where that are all."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, part.values)
        found = tuple(cursor.fetchone()[0] or ())
    return None if len(found) == part.last - part.first + 1 else found


def linked() -> list[list[int]]:
    """The rows that are linked, in parts of persons."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS)
        return [row[0] for row in cursor.fetchall()]


def unit() -> int:
    """Slices of any size end at a multiple of this."""
    return gcd(slices.SLICE, slices.SLICE_WHILE_OTHERS_WAIT)
