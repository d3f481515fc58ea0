"""Which overdue leads come next in the list? They are many among the next leads, or few in all, or neither."""

from __future__ import annotations

from django.db.models.expressions import RawSQL

from leads.models import Lead
from leads.querysets import LeadQuerySet, Place

# How many keys are gone through first, and how many overdue leads are put in order.
NEAR, FEW = 5_000, 40_000

# Where the newest leads are not due yet, all that are overdue are sooner found by who holds them and put in order. Each way
# is gone only where the one before it did not lead to a page. Rides the primary key, lead_of_owner and lead_of_queue.
_NEXT = """
    WITH near (id) AS MATERIALIZED ({near}),
    few AS MATERIALIZED (
        SELECT id FROM ({owned} UNION ALL {queued}) held (id) WHERE (SELECT count(*) FROM near) < %s LIMIT %s
    )
    SELECT id FROM near WHERE (SELECT count(*) FROM near) = %s
    UNION ALL (SELECT id FROM few WHERE (SELECT count(*) FROM few) <= %s ORDER BY id {order} LIMIT %s)
    UNION ALL SELECT id FROM ({far}) far (id) WHERE (SELECT count(*) FROM few) > %s
"""


def next_overdue(leads: LeadQuerySet, place: Place, most: int) -> LeadQuerySet:
    """The next leads of a set of overdue ones by key, at most so many; in one statement."""
    if leads.query.is_empty():
        return leads
    rows = leads.beyond(place)
    owned, queued = (rows.order_by().filter(**{f"{holder}__isnull": False}) for holder in ("owner", "queue"))
    asked = {"near": leads.near(place, NEAR)[:most], "owned": owned, "queued": queued, "far": rows[:most]}
    sql, params = zip(*(one.values("pk").query.sql_with_params() for one in asked.values()), strict=True)
    statement = _NEXT.format(order="DESC" if place.is_down else "ASC", **dict(zip(asked, sql, strict=True)))
    near, owned_by, queued_in, far = params
    values = [*near, *owned_by, *queued_in, most, FEW + 1, most, FEW, most, *far, FEW]
    return Lead.objects.filter(pk__in=RawSQL(statement, values))  # noqa: S611 - our own words
