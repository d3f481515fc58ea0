"""Which rep gets each lead that waits in a pool? Found by query, dealt in slices, explained by what is kept.

A run is serial by intent: one lock, a slice of leads a transaction. Of each pool the snapshot is kept before its
first lead of the slice, and of each lead what it was dealt with; `explanation` makes every choice again from these.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from handoff import deadlines, passing, rotation
from handoff.models import RoutingRun
from handoff.roster import seat
from handoff.routing.choosing import Choice, deal
from handoff.routing.pools import Pools
from handoff.routing.waiting import Position, Waiting, find
from leadops.accounts import notifying
from leads import lifecycle
from leads.models import Lead
from leads.querysets import LeadQuerySet
from leads.stages import Reason, Stage

SLICE = 10_000
NEW_LEADS = gettext_noop("New leads for you: %(count)s")
# The key of the lock that makes runs serial, and with them the pointers.
_LOCK = 0x4C_52_4F_55


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many leads a run gave to a rep, and how many newly wait because nobody was free."""

    assigned: int = 0
    waiting: int = 0

    def __add__(self, other: Assigned) -> Assigned:
        return Assigned(self.assigned + other.assigned, self.waiting + other.waiting)


class Dealt(NamedTuple):
    """A slice after the deal: who got what, who found nobody free, and where the walk goes on; None at its end."""

    counts: Assigned
    last: Position | None


def assign(at: datetime, leads: LeadQuerySet | None = None, limit: int = 100_000) -> Assigned:
    """Give each MQL that waits in a pool, or those of `leads`, to the rep whose turn it is; return the counts.

    At most `limit` leads are looked at. A lead for which nobody is free stays in its pool with the deadline it has,
    and says so once. A second run finds nothing.
    """
    seat()
    counts, last, seen = Assigned(), None, 0
    while seen < limit:
        dealt = _slice(at, leads, min(SLICE, limit - seen), last)
        counts, last, seen = counts + dealt.counts, dealt.last, seen + SLICE
        if last is None:
            break
    return counts


@transaction.atomic
def _slice(at: datetime, leads: LeadQuerySet | None, limit: int, last: Position | None) -> Dealt:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if not Lead.objects.waiting_in_pools().filter(is_routable=True).exists():
        return Dealt(Assigned(), None)
    pools = Pools(at)
    waiting = find(at, pools, leads, limit, last)
    if not waiting:
        return Dealt(Assigned(), None)
    choices = deal(waiting, pools)
    assigned = _give(choices, pools, at)
    held = _keep([choice.lead for choice in choices if choice.rep_id is None], at)
    return Dealt(Assigned(assigned, held), waiting[-1].position if len(waiting) == limit else None)


def _give(choices: Sequence[Choice], pools: Pools, at: datetime) -> int:
    """Write what was dealt: runs, leads, handoffs, pointers, and a notice to each rep."""
    taken = [choice for choice in choices if choice.rep_id is not None]
    if not taken:
        return 0
    runs = pools.keep_runs({choice.lead.pool for choice in taken})
    clock = deadlines.Clock({choice.rep_id for choice in taken if choice.rep_id}, at)
    passings = [_passing(choice, runs, clock) for choice in taken]
    holds = {p.lead: lifecycle.Hold(p.accept_due_at, owner=p.rep) for p in passings if p.accept_due_at}
    lifecycle.move(list(holds), to=Stage.ASSIGNED, holds=holds, at=at, reason=Reason.ROUTED, by=None)
    passing.begin(passings, at=at, by=None)
    pools.move_pointers()
    _tell(passings, runs, at)
    return len(passings)


def _passing(choice: Choice, runs: dict[int, RoutingRun], clock: deadlines.Clock) -> passing.Passing:
    lead, rep_id = choice.lead, choice.rep_id or 0
    promise = deadlines.binding(lead.promised_by, lead.answered_at, clock.at)
    accept_due = deadlines.within(clock.due(rep_id, lead.accept_minutes), promise)
    return passing.Passing(
        lead=lead.lead_id,
        rep=rep_id,
        accept_due_at=accept_due,
        follow_up_due_at=promise or accept_due,
        pool=lead.pool,
        rule=lead.rule,
        run=runs[lead.pool].pk,
        explanation=choice.delta,
    )


def _keep(leads: Collection[Waiting], at: datetime) -> int:
    """Let leads for which nobody is free wait in their pool, told once; their deadline stays what it is."""
    holds = {
        lead.lead_id: lifecycle.Hold(lead.next_step_at, queue=lead.pool)
        for lead in leads
        if not lead.is_told or lead.pool != lead.queue_id
    }
    return len(lifecycle.hold(list(holds), holds=holds, at=at, reason=Reason.NOBODY_FREE, by=None)) if holds else 0


def _tell(passings: Sequence[passing.Passing], runs: dict[int, RoutingRun], at: datetime) -> None:
    won = rotation.wins(rotation.Turn(p.lead, 0, p.rep) for p in passings)
    run = max(run.pk for run in runs.values())
    notifying.tell_each(
        [
            notifying.Telling(rep_id, "assigned", f"assigned:{run}:{rep_id}", NEW_LEADS, {"count": count}, "/queue/")
            for rep_id, count in sorted(won.items())
        ],
        at=at,
    )
