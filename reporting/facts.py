"""Which promotions does a report count, and what had come of each? The one definition that every figure rests on.

Live facts read the derived columns of the promotion. Facts of a past moment read the ledgers, by when each row was
recorded, so that the same question gets the same answer for ever. Both yield the same columns and are judged by the
same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from leads.stages import ANSWERED_BY_STAGE, Answer, Origin, Reason, Stage
from leads.statements import ANSWERS, taken_back
from reporting.periods import Period

# A follow-up comes first, then an answer at or before the promise; what remains is due or it is not. What was moved in
# from another system was promised to nobody: it is neither in time nor late, and never due.
STATE = """CASE
    WHEN first_follow_up_at <= promised_by THEN 'in_time'
    WHEN first_follow_up_at > promised_by THEN 'late'
    WHEN first_follow_up_at IS NOT NULL THEN 'unpromised'
    WHEN answered_at <= promised_by OR promised_by IS NULL AND answered_at IS NOT NULL THEN answered_as
    WHEN promised_by < %(as_of)s THEN 'never'
    ELSE 'not_yet_due' END"""
IN_TIME = "first_follow_up_at <= promised_by"
LATE = "first_follow_up_at > promised_by"
ANSWERED_OTHERWISE = """first_follow_up_at IS NULL AND answered_at IS NOT NULL
    AND (answered_at <= promised_by OR promised_by IS NULL)"""
NEVER = """first_follow_up_at IS NULL AND promised_by < %(as_of)s
    AND (answered_at IS NULL OR answered_at > promised_by)"""

_COUNTED = f"""p.mql_at >= %(since)s AND p.mql_at < %(until)s AND p.origin = '{Origin.MARKETING.value}'
    AND (NOT p.is_imported OR %(with_imported)s)"""

# Rides promotion_by_moment.
_LIVE = f"""SELECT p.id, p.lead_id, p.mql_at, p.promised_by, p.channel, p.campaign_id, p.owner_id,
        p.first_follow_up_at, p.answered_at, p.answered_as
    FROM leads_promotion p
    WHERE {_COUNTED} AND p.voided_at IS NULL"""

_ANSWER = " ".join(f"WHEN '{stage.value}' THEN '{answer.value}'" for stage, answer in ANSWERED_BY_STAGE.items())
_ANSWERING = ", ".join(f"'{stage.value}'" for stage in ANSWERED_BY_STAGE)

# A follow-up counts for the promotion of its handoff, else for the last promotion at or before it (handoff.answers).
# Rides promotion_by_moment, then for each promotion move_of_lead and follow_up_of_lead.
_KNOWN = f"""SELECT p.id, p.lead_id, p.mql_at, p.promised_by, p.channel, p.campaign_id, held.owner_id,
        done.first_follow_up_at, answer.answered_at, answer.answered_as
    FROM leads_promotion p
    LEFT JOIN LATERAL (
        SELECT m.owner_id FROM leads_leadmove m
        WHERE m.lead_id = p.lead_id AND m.promotion_n = p.n AND m.owner_id IS NOT NULL AND m.recorded_at <= %(as_of)s
        ORDER BY m.id DESC LIMIT 1) held ON true
    LEFT JOIN LATERAL (
        SELECT min(f.occurred_at) AS first_follow_up_at
        FROM handoff_followup f LEFT JOIN handoff_handoff h ON h.id = f.handoff_id
        WHERE f.lead_id = p.lead_id AND f.occurred_at >= p.mql_at AND f.recorded_at <= %(as_of)s AND f.voids_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM handoff_followup v WHERE v.voids_id = f.id AND v.recorded_at <= %(as_of)s)
            AND CASE WHEN h.promotion_id IS NOT NULL THEN h.promotion_id = p.id ELSE NOT EXISTS (
                SELECT 1 FROM leads_promotion q
                WHERE q.lead_id = p.lead_id AND q.n > p.n AND q.mql_at <= f.occurred_at AND q.recorded_at <= %(as_of)s)
            END) done ON true
    LEFT JOIN LATERAL (
        SELECT m.occurred_at AS answered_at, CASE WHEN m.reason = '{Reason.SUPPRESSED.value}'
            THEN '{Answer.SUPPRESSED.value}' ELSE CASE m.stage {_ANSWER} END END AS answered_as
        FROM leads_leadmove m
        WHERE m.lead_id = p.lead_id AND m.promotion_n = p.n AND m.recorded_at <= %(as_of)s
            AND (m.stage IN ({_ANSWERING}) OR m.reason = '{Reason.SUPPRESSED.value}')
            AND {ANSWERS} AND NOT {taken_back("r.recorded_at <= %(as_of)s")}
        ORDER BY m.id LIMIT 1) answer ON true
    WHERE {_COUNTED} AND p.recorded_at <= %(as_of)s AND (p.voided_at IS NULL OR NOT EXISTS (
        SELECT 1 FROM leads_leadmove m
        WHERE m.lead_id = p.lead_id AND m.stage = '{Stage.VOID.value}' AND m.recorded_at <= %(as_of)s
            AND NOT {taken_back("r.recorded_at <= %(as_of)s")}))"""


@dataclass(frozen=True, slots=True)
class Facts:
    """The promotions of leads of marketing origin in a period, as they stood at a moment.

    `owners` keeps those of some people, as a team's.
    """

    period: Period
    as_of: datetime
    is_live: bool = True
    with_imported: bool = False
    owners: frozenset[int] | None = None

    @property
    def rows(self) -> str:
        """The facts as a subquery: one row a promotion."""
        rows = _LIVE if self.is_live else _KNOWN
        if self.owners is None:
            return f"({rows}) facts"
        return f"(SELECT * FROM ({rows}) everyones WHERE owner_id = ANY(%(owners)s)) facts"

    @property
    def values(self) -> dict[str, Any]:
        """What the subquery binds."""
        return {
            "since": self.period.since,
            "until": self.period.until,
            "as_of": self.as_of,
            "with_imported": self.with_imported,
            "owners": sorted(self.owners or ()),
        }

    def read(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a query over the facts and return its rows.

        The query names them as `[facts]`; values for `since` and `until` ask for another stretch than the period.
        """
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("[facts]", self.rows), self.values | dict(values or {}))
            return cursor.fetchall()
