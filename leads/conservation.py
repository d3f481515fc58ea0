"""Does any lead fall between ship and shore? Counts of what no constraint can see, over the running base.

Each app registers its own checks, in a module named conservation; a check counts leaks and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from leads.models import Lead

Count = Callable[[datetime], int]

_checks: dict[str, Count] = {}


@dataclass(frozen=True, slots=True)
class Check:
    """One law and how many rows break it."""

    name: str
    leaks: int


@dataclass(frozen=True, slots=True)
class Report:
    """How many leads are open and closed, and what each check counted."""

    open: int
    closed: int
    checks: tuple[Check, ...]

    @property
    def leaks(self) -> int:
        return sum(check.leaks for check in self.checks)


def check(name: str) -> Callable[[Count], Count]:
    """Register a function of the moment that counts leaks under this name."""

    def registered(count: Count) -> Count:
        _checks[name] = count
        return count

    return registered


def check_rows(name: str, rows: str) -> None:
    """Register a check that counts the rows of a query; it may use %(at)s."""
    _checks[name] = lambda at: counted(rows, at)


def counted(rows: str, at: datetime) -> int:
    """How many rows a query finds at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({rows}) leaking", {"at": at})
        return int(cursor.fetchone()[0])


@transaction.atomic
def run(at: datetime) -> Report:
    """Make every check on one snapshot of the base."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    checks = tuple(Check(name, count(at)) for name, count in sorted(_checks.items()))
    return Report(Lead.objects.still_open().count(), Lead.objects.closed().count(), checks)


check_rows(
    "every open lead has one holder and a next step",
    """SELECT 1 FROM leads_lead
       WHERE closed_at IS NULL AND ((owner_id IS NULL) = (queue_id IS NULL) OR next_step_at IS NULL)""",
)
check_rows(
    "every holder can act",
    """SELECT 1 FROM leads_lead l LEFT JOIN accounts_user u ON u.id = l.owner_id
       WHERE l.closed_at IS NULL AND (
           l.owner_id IS NOT NULL AND u.is_active IS NOT TRUE
           OR l.queue_id IS NOT NULL AND l.queue_id NOT IN (
               SELECT q.id FROM leads_queue q JOIN leads_queuemember m ON m.queue_id = q.id
               JOIN accounts_user a ON a.id = m.user_id WHERE q.is_active AND a.is_active))""",
)
check_rows(
    "every lead stands where its last move put it",
    """SELECT 1 FROM leads_lead l
       LEFT JOIN LATERAL (SELECT * FROM leads_leadmove m WHERE m.lead_id = l.id ORDER BY m.id DESC LIMIT 1) m ON true
       WHERE m.id IS NULL OR ROW(m.stage, m.owner_id, m.queue_id, m.next_step_at, m.promotion_n)
           IS DISTINCT FROM ROW(l.stage, l.owner_id, l.queue_id, l.next_step_at, l.promotion_n)""",
)
check_rows(
    "moves are recorded in order",
    """SELECT 1 FROM (SELECT recorded_at < lag(recorded_at) OVER (PARTITION BY lead_id ORDER BY id) AS is_back
       FROM leads_leadmove) m WHERE is_back""",
)
check_rows(
    "every lead carries its latest promotion",
    """SELECT 1 FROM leads_lead l LEFT JOIN leads_promotion p ON p.lead_id = l.id AND p.n = l.promotion_n
       WHERE ROW(l.mql_at, l.promised_by, l.first_follow_up_at, l.answered_at)
           IS DISTINCT FROM ROW(p.mql_at, p.promised_by, p.first_follow_up_at, p.answered_at)""",
)
check_rows(
    "promotions of a lead are numbered without a gap",
    """SELECT 1 FROM leads_lead l
       FULL JOIN (SELECT lead_id, count(*) AS number, max(n) AS last FROM leads_promotion GROUP BY lead_id) p ON p.lead_id = l.id
       WHERE l.id IS NULL OR coalesce(p.number, 0) <> l.promotion_n OR coalesce(p.last, 0) <> l.promotion_n""",
)
check_rows(
    "every promotion names who had it last",
    """SELECT 1 FROM leads_promotion p
       LEFT JOIN LATERAL (SELECT m.owner_id FROM leads_leadmove m
           WHERE m.lead_id = p.lead_id AND m.promotion_n = p.n AND m.owner_id IS NOT NULL ORDER BY m.id DESC LIMIT 1) m ON true
       WHERE NOT p.is_imported AND p.owner_id IS DISTINCT FROM m.owner_id""",
)
check_rows(
    "a family has one open lead",
    "SELECT family_id FROM leads_lead WHERE closed_at IS NULL GROUP BY family_id HAVING count(*) > 1",
)
check_rows(
    "families are flat",
    """SELECT 1 FROM leads_contact c LEFT JOIN leads_contact r ON r.id = c.family_id
       LEFT JOIN leads_contact w ON w.id = c.merged_into_id
       WHERE r.merged_into_id IS NOT NULL OR r.id IS NULL
          OR c.merged_into_id IS NOT NULL AND w.family_id IS DISTINCT FROM c.family_id""",
)
check_rows(
    "every lead belongs to its contact's family",
    """SELECT 1 FROM leads_lead l LEFT JOIN leads_contact c ON c.id = l.contact_id
       WHERE c.family_id IS DISTINCT FROM l.family_id""",
)
check_rows(
    "every row of a finished file ended once",
    """SELECT 1 FROM leads_importbatch b WHERE b.state = 'done'
       AND b.rows <> (SELECT count(*) FROM leads_importrow r WHERE r.batch_id = b.id)""",
)
check_rows(
    "what visitors of a stand said yes to is written down",
    """SELECT 1 FROM leads_standentry e JOIN leads_intake i ON i.id = e.intake_id
       WHERE e.is_due AND i.judged_at < %(at)s - interval '1 hour'""",
)
check_rows(
    "every lead is counted with the campaign that it was put under last",
    """SELECT 1 FROM (SELECT DISTINCT ON (lead_id) lead_id, campaign_id FROM leads_campaignmove ORDER BY lead_id, id DESC) m
       JOIN leads_lead l ON l.id = m.lead_id WHERE l.campaign_id IS DISTINCT FROM m.campaign_id""",
)
