"""Factories of reps, promoted leads and handoffs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from handoff import acceptance, roster, routing
from handoff.models import Handoff, PoolTurn, Rep
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import lifecycle
from leads.models import Lead, Queue
from leads.stages import Stage
from qualification.models import Definition
from tests.factories import TUESDAY, make_lead, make_user, queue_of
from tests.qualification.factories import make_definition


def make_rep(
    role: Role = Role.HUNTER,
    *,
    at: datetime = TUESDAY - timedelta(days=30),
    open_cap: int = 60,
    weekly_cap: int = 40,
    tracking: str = Rep.Tracking.COACH,
    weight: int = 1,
    **fields: Any,
) -> User:
    lay()
    user = make_user(role, **fields)
    roster.settle([user], by=None, at=at, open_cap=open_cap, weekly_cap=weekly_cap, tracking=tracking)
    PoolTurn.objects.filter(rep=user.pk).update(weight=weight)
    return user


def in_force(at: datetime = TUESDAY) -> Definition:
    lay()
    return Definition.objects.in_force(at) or make_definition()


def make_mqls(
    count: int,
    *,
    at: datetime = TUESDAY,
    promised_by: datetime | None = None,
    pool: str = Queue.Kind.HUNTERS,
    leads: list[Lead] | None = None,
    **fields: Any,
) -> list[Lead]:
    """Leads that were promoted just now, and wait in a pool."""
    leads = leads or [make_lead(at=at, **fields) for _ in range(count)]
    promise = promised_by or at + timedelta(days=3)
    hold = lifecycle.Hold(min(at + timedelta(days=1), promise), queue=queue_of(pool).pk)
    version = in_force(at).version
    with lifecycle.history():
        lifecycle.promote(
            Lead.objects.filter(pk__in=[lead.pk for lead in leads]),
            holds={lead.pk: hold for lead in leads},
            promises={lead.pk: promise for lead in leads},
            version=version,
            at=at,
            by=None,
        )
    return [Lead.objects.get(pk=lead.pk) for lead in leads]


def make_mql(**fields: Any) -> Lead:
    return make_mqls(1, **fields)[0]


def make_assigned(rep: User, *, at: datetime = TUESDAY, **fields: Any) -> Lead:
    """A lead that was given to `rep` a moment ago, and that they have not accepted."""
    lead = make_mql(at=at, **fields)
    with lifecycle.history():
        routing.reassign(only(lead), to=rep, by=None, at=at)
    return fresh(lead)


def make_accepted(rep: User, *, at: datetime = TUESDAY, **fields: Any) -> Lead:
    lead = make_assigned(rep, at=at, **fields)
    with lifecycle.history():
        acceptance.accept(Handoff.objects.filter(lead=lead), by=rep, at=at)
    return fresh(lead)


def make_own(rep: User, *, at: datetime = TUESDAY, **fields: Any) -> Lead:
    """A lead that a rep found: accepted, without a promise."""
    return make_lead(at=at, origin="sales", channel="sales", owner=rep, **fields)


def only(*leads: Lead) -> Any:
    return Lead.objects.filter(pk__in=[lead.pk for lead in leads])


def fresh(lead: Lead) -> Lead:
    return Lead.objects.get(pk=lead.pk)


def stands(lead: Lead) -> tuple[str, int | None, int | None]:
    """Stage, owner and queue of a lead as they are now."""
    now = fresh(lead)
    return Stage(now.stage).value, now.owner_id, now.queue_id
