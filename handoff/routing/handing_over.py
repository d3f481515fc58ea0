"""Who takes a lead by a person's word: taken from the pool, handed over, reassigned, spread, given back, released?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from handoff import acceptance, deadlines, passing, rotation
from handoff.capacity import capacities
from handoff.models import Handoff
from handoff.roster import who_stay
from leadops.accounts import notifying
from leadops.accounts.models import Team, User
from leads import lifecycle
from leads.models import Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import HELD_BY_REP, Reason, Stage
from qualification.definition import qualify_by

HANDED_OVER = gettext_noop("%(by)s gave you leads: %(count)s")


class NobodyToHoldLeads(ValueError):
    """The leads of somebody who leaves have nowhere to go."""


class Standing(NamedTuple):
    """A locked lead, as far as its deadlines and its pool depend on it."""

    lead: int
    promised_by: datetime | None
    answered_at: datetime | None


def _lock(leads: LeadQuerySet, which: Q) -> list[Standing]:
    """Lock the open leads of the set that stand as `which` says, now that it is their turn, in key order."""
    rows = Lead.objects.still_open().filter(which, pk__in=leads.values("pk")).order_by("pk")
    locked = rows.select_for_update().values_list("pk", "promised_by", "answered_at")
    return [Standing(*row) for row in locked]


def _pass(
    standing: Sequence[Standing], to: Mapping[int, int], reason: Reason, by: User | None, at: datetime
) -> list[int]:
    """Move locked leads to the reps that `to` names, each with a handoff of its own; the one before it ends.

    What would go to somebody who left meanwhile stays where it is.
    """
    stay = who_stay(to.values())
    clock = deadlines.Clock(stay, at)
    passings = [_passing(row, to[row.lead], clock) for row in standing if to.get(row.lead) in stay]
    holds = {p.lead: lifecycle.Hold(p.accept_due_at, owner=p.rep) for p in passings if p.accept_due_at}
    ids = lifecycle.move(list(holds), to=Stage.ASSIGNED, holds=holds, at=at, reason=reason, by=by)
    passing.end(ids, outcome=Handoff.Outcome.TRANSFERRED, at=at)
    passing.begin([p for p in passings if p.lead in set(ids)], at=at, by=by)
    return ids


def _passing(row: Standing, rep_id: int, clock: deadlines.Clock) -> passing.Passing:
    promise = deadlines.binding(row.promised_by, row.answered_at, clock.at)
    due = deadlines.within(clock.due(rep_id, clock.accept_minutes), promise)
    return passing.Passing(row.lead, rep_id, due, promise or due)


@transaction.atomic
def claim(leads: LeadQuerySet, *, by: User, at: datetime) -> list[int]:
    """Let a rep take leads out of the pools they are a member of, as far as their caps allow; return the leads taken.

    Who takes a lead accepts it. Of two who take the same lead one wins; for the other it is left out of the answer.
    """
    waiting = Q(stage=Stage.MQL, queue__in=by.queue_memberships.values("queue"))
    standing = _lock(leads, waiting)
    capacity = capacities([by.pk], at).get(by.pk)
    room = max(capacity.room, 0) if capacity else len(standing)
    ids = _pass(standing, {row.lead: by.pk for row in standing[:room]}, Reason.CLAIMED, by, at)
    acceptance.accept(Handoff.objects.filter(lead__in=ids), by=by, at=at)
    return ids


@transaction.atomic
def transfer(leads: LeadQuerySet, *, to: User, by: User, at: datetime) -> list[int]:
    """Hand leads that `by` works over to a colleague, who accepts them anew; return the leads handed over."""
    standing = _lock(leads, Q(owner=by, stage__in=HELD_BY_REP))
    ids = _pass(standing, {row.lead: to.pk for row in standing}, Reason.TRANSFERRED, by, at)
    _tell({to.pk: len(ids)}, ids, by, at)
    return ids


@transaction.atomic
def reassign(leads: LeadQuerySet, *, to: User, by: User | None, at: datetime) -> list[int]:
    """Give leads that a rep works, or that wait in a pool, to `to`; return the leads that changed hands.

    A manager's word goes before caps and turns. Leads that `to` has already are left alone.
    """
    standing = _lock(leads, (Q(stage__in=HELD_BY_REP) & ~Q(owner=to)) | Q(stage=Stage.MQL))
    ids = _pass(standing, {row.lead: to.pk for row in standing}, Reason.REASSIGNED, by, at)
    _tell({to.pk: len(ids)}, ids, by, at)
    return ids


@transaction.atomic
def spread(leads: LeadQuerySet, *, reps: QuerySet[User], by: User | None, at: datetime) -> list[int]:
    """Deal leads that reps work, or that wait in a pool, evenly over `reps` who are present, as far as their caps allow.

    Return the leads that changed hands; the others stay where they are.
    """
    standing = _lock(leads, Q(stage__in=[*HELD_BY_REP, Stage.MQL]))
    reps_now = capacities(list(reps.values_list("pk", flat=True)), at).values()
    holders = dict(Lead.objects.filter(pk__in=[row.lead for row in standing]).values_list("pk", "owner"))
    candidates = tuple(
        rotation.Candidate(c.rep_id, 1, c.open * rotation.STEP, max(c.room, 0), c.is_present) for c in reps_now
    )
    turns = _deal([row.lead for row in standing], candidates, holders)
    ids = _pass(standing, turns, Reason.REASSIGNED, by, at)
    _tell(rotation.wins(rotation.Turn(lead, 0, turns[lead]) for lead in ids), ids, by, at)
    return ids


def _deal(
    leads: Sequence[int], candidates: tuple[rotation.Candidate, ...], holders: Mapping[int, int | None]
) -> dict[int, int]:
    """Whose turn it is for each lead, never its holder's."""
    everyone = frozenset(candidate.rep_id for candidate in candidates)
    wishes = {holder: rotation.Group(everyone - {holder}) for holder in set(holders.values()) if holder is not None}
    groups, numbers = rotation.groups_of([wishes.get(holders[lead] or 0, rotation.ANYONE) for lead in leads])
    turns = rotation.deal(zip(leads, numbers, strict=True), rotation.Snapshot(candidates, groups))
    return {turn.lead_id: turn.rep_id for turn in turns if turn.rep_id is not None}


@transaction.atomic
def give_back(leads: LeadQuerySet, *, by: User | None, at: datetime) -> list[int]:
    """Put leads that `by` works (None: that anybody works), and that were promoted, back into their pool; return them.

    They are dealt anew; the promise stays as it is.
    """
    worked = Q(stage__in=HELD_BY_REP, promotion_n__gt=0)
    return _to_pools(_lock(leads, worked & Q(owner=by) if by else worked), by, at)


def _to_pools(standing: Sequence[Standing], by: User | None, at: datetime, leaving: User | None = None) -> list[int]:
    pools = _pools_of([row.lead for row in standing], leaving)
    clock = deadlines.Clock([], at)
    due = clock.due(None, clock.accept_minutes)
    holds = {
        row.lead: lifecycle.Hold(
            deadlines.within(due, deadlines.binding(row.promised_by, row.answered_at, at)), queue=pools[row.lead]
        )
        for row in standing
        if row.lead in pools
    }
    ids = lifecycle.move(list(holds), to=Stage.MQL, holds=holds, at=at, reason=Reason.RELEASED, by=by)
    passing.end(ids, outcome=Handoff.Outcome.RELEASED, at=at)
    return ids


def _pools_of(leads: Sequence[int], leaving: User | None) -> dict[int, int]:
    """The pool of each lead's last handoff, else farmers for customers and hunters for others, where somebody is left in it."""
    active = User.objects.filter(is_active=True)
    members = active.exclude(pk=leaving.pk) if leaving else active
    able = Queue.objects.pools().filter(is_active=True, members__user__in=members).distinct()
    kinds = {queue.kind: queue.pk for queue in able}
    rows = (
        Handoff.objects.filter(lead__in=leads, pool__in=able).order_by("lead", "-assigned_at", "-pk").distinct("lead")
    )
    last = dict(rows.values_list("lead_id", "pool_id"))
    customers = Lead.objects.filter(pk__in=leads, contact__organisation__is_customer=True)
    farmed = set(customers.values_list("pk", flat=True))
    usual = {lead: kinds.get(Queue.Kind.FARMERS if lead in farmed else Queue.Kind.HUNTERS) for lead in leads}
    found = {lead: last.get(lead) or usual[lead] for lead in leads}
    return {lead: pool for lead, pool in found.items() if pool is not None}


@transaction.atomic
def release(rep: User, *, by: User, at: datetime) -> list[int]:
    """Let somebody leave: all their open leads get another holder, and then the user is switched off. Return the leads.

    Promoted leads go back to their pool, to be dealt anew; a rep's own go to the manager of their team (else to `by`),
    inquiries to marketing's queue. Raises NobodyToHoldLeads where no other person is left to take them.
    """
    user = User.objects.select_for_update().get(pk=rep.pk)
    leads = Lead.objects.filter(owner=user)
    promoted = _lock(leads, Q(stage__in=HELD_BY_REP, promotion_n__gt=0))
    ids = _to_pools(promoted, by, at, leaving=user)
    own = _lock(leads, Q(stage__in=HELD_BY_REP))
    heir = _heir(user, by) if own else by
    ids += _pass(own, {row.lead: heir.pk for row in own}, Reason.REASSIGNED, by, at)
    ids += _to_marketing(_lock(leads, Q(stage=Stage.INQUIRY)), by, at)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return sorted(ids)


def _heir(user: User, by: User) -> User:
    """The manager of the team of somebody who leaves, else who lets them go."""
    teams = Team.objects.filter(memberships__user=user, memberships__until__isnull=True, manager__is_active=True)
    managers = [team.manager for team in teams.exclude(manager=user).select_related("manager").order_by("pk")]
    heir = next((manager for manager in managers if manager is not None), by)
    if heir.pk == user.pk:
        raise NobodyToHoldLeads(_("Hand these leads over first: nobody else would hold them."))
    return heir


def _to_marketing(standing: Sequence[Standing], by: User, at: datetime) -> list[int]:
    if not standing:
        return []
    queue, due = Queue.objects.get(kind=Queue.Kind.TO_QUALIFY), qualify_by(at)
    holds = {
        row.lead: lifecycle.Hold(
            deadlines.within(due, deadlines.binding(row.promised_by, row.answered_at, at)), queue=queue.pk
        )
        for row in standing
    }
    return lifecycle.hold(list(holds), holds=holds, at=at, reason=Reason.RELEASED, by=by)


def _tell(won: Mapping[int, int], leads: Sequence[int], by: User | None, at: datetime) -> None:
    """Tell each rep how many leads somebody gave them."""
    if not leads:
        return
    key = f"handed_over:{at.isoformat()}:{min(leads)}"
    gaps = {"by": str(by or "LeadOps")}
    notifying.tell_each(
        [
            notifying.Telling(rep, "handed_over", f"{key}:{rep}", HANDED_OVER, gaps | {"count": count}, "/queue/")
            for rep, count in sorted(won.items())
        ],
        at=at,
    )
