"""How many leads more can each rep take?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

WEEK = timedelta(days=7)
# What holds for a rep of whom no setting was ever kept.
OPEN_CAP, WEEKLY_CAP = 60, 40


class Capacity(NamedTuple):
    """What a rep has, what they may have, and until when they are away."""

    rep_id: int
    is_active: bool
    open: int
    open_cap: int
    week: int
    weekly_cap: int
    away_until: datetime | None

    @property
    def room(self) -> int:
        return min(self.open_cap - self.open, self.weekly_cap - self.week)

    @property
    def is_present(self) -> bool:
        return self.is_active and self.away_until is None


# Rides lead_of_owner, handoff_of_rep, rep_setting_once and absence_of_rep.
_CAPACITIES = """
    SELECT r.user_id, u.is_active,
        (SELECT count(*) FROM leads_lead l WHERE l.owner_id = r.user_id AND l.closed_at IS NULL),
        coalesce(s.open_cap, %(open_cap)s),
        (SELECT count(*) FROM handoff_handoff h WHERE h.rep_id = r.user_id AND h.assigned_at > %(since)s),
        coalesce(s.weekly_cap, %(weekly_cap)s),
        (SELECT max(a.ends_at) FROM handoff_absence a
         WHERE a.rep_id = r.user_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s)
    FROM handoff_rep r
    JOIN accounts_user u ON u.id = r.user_id
    LEFT JOIN LATERAL (
        SELECT * FROM handoff_repsetting s WHERE s.rep_id = r.user_id AND s.since <= %(at)s ORDER BY s.since DESC LIMIT 1
    ) s ON true
    WHERE r.user_id = ANY(%(reps)s)
    ORDER BY r.user_id
"""


def capacities(rep_ids: Collection[int], at: datetime) -> dict[int, Capacity]:
    """What each rep can take at this moment: open leads against one cap, handoffs of seven days against the other."""
    values: dict[str, Any] = {
        "reps": list(rep_ids),
        "at": at,
        "since": at - WEEK,
        "open_cap": OPEN_CAP,
        "weekly_cap": WEEKLY_CAP,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CAPACITIES, values)
        return {row[0]: Capacity(*row) for row in cursor.fetchall()}
