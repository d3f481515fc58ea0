"""How is a part of a batch judged, for good?"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from leads import tracking_links
from leads.capture import End, Slice, capture
from leads.capture.slices import ARRIVED
from leads.importing import choices, files
from leads.importing.running.batches import TakenError
from leads.importing.running.holding import go_on_writing
from leads.models import ImportBatch, ImportRow, Intake
from leads.stages import Channel

SLICE = 10_000
SLICE_WHILE_OTHERS_WAIT = 2_000
COUNTS = {"created": "created", "updated": "updated", "merged": "merged", "skipped": "skipped", "error": "errors"}


def next_slice(batch: ImportBatch, done: int, most: int | None = None) -> Slice:
    """The rows after the first `done`, at most so many; fewer at once while enquiries wait to be judged."""
    is_waited_for = Intake.objects.filter(judged_at__isnull=True).exists()
    size = min(SLICE_WHILE_OTHERS_WAIT if is_waited_for else SLICE, most or SLICE)
    channel = batch.channel or (batch.campaign.channel if batch.campaign else Channel.WEB)
    return Slice(
        batch.pk,
        done + 1,
        min(done + size, batch.rows),
        batch.campaign_id,
        channel,
        batch.name,
        batch.started_at,
        known_by=choices.known_by(batch.options),
        conflicts=choices.on_conflict(batch),
        is_routable=choices.is_routable(batch.options),
        is_told=choices.is_told(batch.options) and not files.is_history(batch.options),
        is_history=files.is_history(batch.options),
        is_in_campaign_currency=batch.options.get("currency") == choices.OF_CAMPAIGN,
        terms=choices.terms(batch.options),
    )


_KEEP_ROWS = f"""
    INSERT INTO leads_importrow (batch_id, n, line, raw, verdict, reason, contact_id, lead_id, before)
    SELECT %(batch)s, j.n, a.line, a.raw, j.verdict, j.reason, j.contact_id, j.lead_id, j.before
    FROM judged j JOIN leads_arrival a ON {ARRIVED} ORDER BY j.n
"""
_MARKED = f"""
    SELECT j.n, a.raw FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.is_engaged AND a.raw::text ~* %(ending)s ORDER BY j.n
"""
_EARLIER = """
    SELECT DISTINCT folded_into FROM leads_arrival
    WHERE batch_id = %(batch)s AND n BETWEEN %(first)s AND %(last)s AND folded_into < %(first)s
"""


@transaction.atomic
def commit(batch: ImportBatch, part: Slice, *, at: datetime) -> None:
    """Judge a slice, and write what follows and how each row ended, in one transaction.

    Raises HeldError, with nothing of it written, where the run was ended meanwhile.
    """
    earlier = ImportRow.objects.filter(batch=batch, n__in=folded_into_earlier(part))
    ends = {row.n: End(row.verdict, row.reason, row.contact_id) for row in earlier}
    counts = capture(part, at=at, by=batch.by, ends=ends)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_ROWS, part.values)
    count_marked(batch, part)
    go_on_writing(batch)
    moved = ImportBatch.objects.filter(pk=batch.pk, committed=part.first - 1).update(
        committed=part.last, **{COUNTS[verdict]: F(COUNTS[verdict]) + count for verdict, count in counts.items()}
    )
    if not moved or sum(counts.values()) != part.last - part.first + 1:
        raise TakenError
    batch.refresh_from_db(fields=["committed", *COUNTS.values()])


def count_marked(batch: ImportBatch, part: Slice) -> None:
    """Count the new enquiries of a slice by the tracking links whose marks they bear. Asks nothing where no column can hold one."""
    if "campaign" not in batch.mapping and not any(map(tracking_links.is_mark, batch.headers)):
        return
    names = [*batch.headers, *("campaign" for field in batch.mapping if field == "campaign")]
    places = [*range(len(batch.headers)), *(n for n, field in enumerate(batch.mapping) if field == "campaign")]
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, part.values | {"ending": tracking_links.IN_A_LIST.pattern})
        rows = cursor.fetchall()
    said = {
        n: {name: raw[place] for name, place in zip(names, places, strict=True) if place < len(raw)} for n, raw in rows
    }
    tracking_links.count_rows(batch.pk, said)


def folded_into_earlier(part: Slice) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, part.values)
        return [row[0] for row in cursor.fetchall()]
