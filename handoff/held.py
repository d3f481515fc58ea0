"""Which of these leads does a rep hold? Locked, with what deadlines need to know of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from handoff import deadlines
from leadops.accounts.models import User
from leads.lifecycle import Hold, Leads
from leads.prepared import Prepared
from leads.querysets import LeadQuerySet
from leads.stages import HELD_BY_REP


class Held(NamedTuple):
    """A locked lead that a rep holds."""

    lead: int
    stage: str
    mql_at: datetime | None
    promised_by: datetime | None
    answered_at: datetime | None

    def until(self, due: datetime, by: User, at: datetime) -> Hold:
        """The lead held by `by` until `due`, never beyond a promise that is open and still ahead."""
        return Hold(deadlines.within(due, deadlines.binding(self.promised_by, self.answered_at, at)), owner=by.pk)


# Rides the primary key.
_LOCK = Prepared(
    """
    SELECT id, stage, mql_at, promised_by, answered_at FROM leads_lead
    WHERE id = ANY(%(leads)s) AND owner_id = %(owner)s AND stage = ANY(%(stages)s) ORDER BY id FOR UPDATE
""",
    leads="bigint[]",
    owner="bigint",
    stages="text[]",
)


def held(leads: Leads, by: User, stages: Collection[str] = HELD_BY_REP) -> list[Held]:
    """The leads of the set that `by` holds in one of `stages`; locked in key order until the end of the transaction."""
    keys = list(leads.values_list("pk", flat=True)) if isinstance(leads, LeadQuerySet) else sorted(leads)
    with connection.cursor() as cursor:
        _LOCK.run(cursor, {"leads": keys, "owner": by.pk, "stages": list(stages)})
        return [Held(*row) for row in cursor.fetchall()]
