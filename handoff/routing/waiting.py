"""Which leads wait for a rep, in which order, and where do the rules send them?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Exists, Expression, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from handoff import deadlines
from handoff.models import RoutingRule, SlaPolicy
from handoff.routing.pools import Pools
from handoff.rules import first_fitting
from leads.models import Lead, LeadMove, Queue
from leads.querysets import LeadQuerySet
from leads.stages import Reason

Position = tuple[datetime, int]


class Waiting(NamedTuple):
    """A locked lead that waits for a rep: where it is, where the rules send it, who is asked for."""

    lead_id: int
    next_step_at: datetime
    queue_id: int
    pool: int
    rule: int | None
    promised_by: datetime | None
    answered_at: datetime | None
    requested: int | None
    manager: int | None
    accept_minutes: int
    is_told: bool

    @property
    def position(self) -> Position:
        return (self.next_step_at, self.lead_id)


_COLUMNS = (
    "pk",
    "next_step_at",
    "queue_id",
    "pool",
    "rule",
    "promised_by",
    "answered_at",
    "requested_owner_id",
    "manager",
    "policy",
    "is_told",
)


def find(at: datetime, pools: Pools, leads: LeadQuerySet | None, limit: int, after: Position | None) -> list[Waiting]:
    """Lock and return the next leads for which something can be done: somebody may be free, or it was not told yet that nobody is.

    In order of their deadline. Leads that somebody else has under hand are passed by; the next run finds them.
    Rides lead_of_queue.
    """
    rows = _sent(at, pools, leads).filter(_has_a_chance(pools))
    if after is not None:
        rows = rows.filter(Q(next_step_at__gt=after[0]) | Q(next_step_at=after[0], pk__gt=after[1]))
    policies, usual = _accept_minutes(at)
    rows = rows.annotate(policy=first_fitting(policies, at)).order_by("next_step_at", "pk")
    locked = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).values_list(*_COLUMNS)[:limit]
    minutes = {policy.pk: policy.accept_minutes for policy in policies}
    return [Waiting._make((*row[:9], minutes.get(row[9]) or usual, row[10])) for row in locked]


def _accept_minutes(at: datetime) -> tuple[list[SlaPolicy], int]:
    """The policies that set a time to accept, by position, and the time that holds else: never more than signed."""
    policies = SlaPolicy.objects.filter(is_active=True, accept_minutes__isnull=False)
    return list(policies), deadlines.Clock([], at).accept_minutes


def _sent(at: datetime, pools: Pools, leads: LeadQuerySet | None) -> LeadQuerySet:
    """MQLs that may be routed, with the rule that fits, the pool it names, and the farmer of their customer."""
    rows = Lead.objects.waiting_in_pools().filter(is_routable=True, queue__in=pools.keys())
    if leads is not None:
        rows = rows.filter(pk__in=leads.values("pk"))
    rules = list(RoutingRule.objects.filter(is_active=True, pool__in=pools.keys()))
    told = LeadMove.objects.filter(
        lead=OuterRef("pk"), reason=Reason.NOBODY_FREE, occurred_at__gte=OuterRef("stage_entered_at")
    )
    rows = rows.annotate(rule=first_fitting(rules, at))
    return rows.annotate(pool=_pool(rules, pools), manager=_manager(), is_told=Exists(told))


def _pool(rules: list[RoutingRule], pools: Pools) -> Expression:
    """The pool of the rule, else the lead's own where the company made it, else farmers for customers and hunters for others."""
    usual = Case(
        When(queue__in=pools.of_kind(Queue.Kind.POOL), then=F("queue_id")),
        When(contact__organisation__is_customer=True, then=pools.first(Queue.Kind.FARMERS, F("queue_id"))),
        default=pools.first(Queue.Kind.HUNTERS, F("queue_id")),
        output_field=BigIntegerField(),
    )
    if not rules:
        return usual
    ruled = [When(rule=rule.pk, then=Value(rule.pool_id)) for rule in rules]
    return Coalesce(Case(*ruled, default=Value(None), output_field=BigIntegerField()), usual)


def _manager() -> Case:
    return Case(
        When(contact__organisation__is_customer=True, then=F("contact__organisation__account_manager_id")),
        output_field=BigIntegerField(),
    )


def _has_a_chance(pools: Pools) -> Q:
    free: list[Any] = sorted(pools.free_reps())
    somebody = Q(pool__in=pools.with_room()) | Q(requested_owner__in=free) | Q(manager__in=free)
    return somebody | Q(is_told=False) | ~Q(pool=F("queue_id"))
