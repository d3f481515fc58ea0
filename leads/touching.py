"""Something changed about people: have whoever judges leads look at theirs again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

# Rides one_open_lead_a_family.
_TOUCH = """
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT id, %(at)s FROM leads_lead WHERE family_id = ANY(%(families)s) AND closed_at IS NULL ORDER BY id
    ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
"""


def touch(families: Iterable[int], *, at: datetime) -> None:
    """Mark the open leads of these people."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, {"families": list(families), "at": at})
