"""Where does a closed lead stand when its closing is taken back? The stage and the holder before it, with a fresh next step.

A holder who cannot act any more is replaced by the queue of the stage: the pool for what was promised to sales,
"to qualify" for the rest.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from leadops.accounts.models import User
from leads import calendars, lifecycle
from leads.lifecycle import Hold
from leads.models import Queue
from leads.querysets import LeadQuerySet
from leads.stages import HELD_BY_REP, OPEN, Stage

# One working day: what stood before has passed when it comes back.
FRESH_MINUTES = 480


class Former(NamedTuple):
    """How a closed lead stood before; without owner and queue where neither can act any more."""

    lead: int
    stage: str
    owner: int | None
    queue: int | None
    next_step_at: datetime
    is_promoted: bool
    is_customers: bool


# Rides move_of_lead.
_FORMER = """
    SELECT l.id, m.stage, (SELECT u.id FROM accounts_user u WHERE u.id = m.owner_id AND u.is_active),
        (SELECT q.id FROM leads_queue q WHERE q.id = m.queue_id AND q.is_active AND EXISTS (
            SELECT 1 FROM leads_queuemember w JOIN accounts_user u ON u.id = w.user_id WHERE w.queue_id = q.id AND u.is_active)),
        m.next_step_at, l.promotion_n > 0, coalesce(o.is_customer, false)
    FROM leads_lead l
    JOIN LATERAL (
        SELECT m.* FROM leads_leadmove m WHERE m.lead_id = l.id AND m.stage = ANY(%(open)s) ORDER BY m.id DESC LIMIT 1
    ) m ON true
    JOIN leads_contact c ON c.id = l.contact_id
    LEFT JOIN leads_organisation o ON o.id = c.organisation_id
    WHERE l.id = ANY(%(leads)s) AND l.closed_at IS NOT NULL ORDER BY l.id
"""
_LOCK = """
    SELECT 1 FROM leads_contact WHERE family_id IN (SELECT family_id FROM leads_lead WHERE id = ANY(%(leads)s))
    ORDER BY id FOR UPDATE
"""


@transaction.atomic
def reopen(leads: LeadQuerySet, *, at: datetime, by: User | None, note: str = "") -> list[int]:
    """Open the closed leads of the set again where they stood; return those that were opened.

    The others stay closed: their family has another open lead, they were never open, or nobody can hold them.
    """
    ids = list(leads.closed().alone().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"leads": ids})
        cursor.execute(_FORMER, {"leads": ids, "open": sorted(OPEN)})
        former = [Former(*row) for row in cursor.fetchall()]
    queues = {queue.kind: queue.pk for queue in Queue.objects.able_to_act().exclude(kind=Queue.Kind.POOL)}
    holds: dict[Stage, dict[int, Hold]] = defaultdict(dict)
    fresh = calendars.due(at, FRESH_MINUTES)
    for one in former:
        stage, owner, queue = _place(one, queues)
        if owner or queue:
            step = one.next_step_at if one.next_step_at > at else fresh
            holds[stage][one.lead] = Hold(step, owner=owner, queue=queue)
    opened: list[int] = []
    for to, those in holds.items():
        opened += lifecycle.reopen(leads, to=to, holds=those, at=at, by=by, note=note)
    return sorted(opened)


def _place(one: Former, queues: dict[str, int]) -> tuple[Stage, int | None, int | None]:
    """The stage and holder before; where that holder is gone, the queue that takes such leads."""
    if one.owner or one.queue:
        return Stage(one.stage), one.owner, one.queue
    pool = queues.get(Queue.Kind.FARMERS if one.is_customers else Queue.Kind.HUNTERS)
    if pool and one.is_promoted and one.stage in HELD_BY_REP | {Stage.MQL}:
        return Stage.MQL, None, pool
    if one.stage == Stage.NURTURE and (nurture := queues.get(Queue.Kind.NURTURE)):
        return Stage.NURTURE, None, nurture
    return Stage.INQUIRY, None, queues.get(Queue.Kind.TO_QUALIFY)
