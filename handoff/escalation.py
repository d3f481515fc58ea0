"""Which leads lie past their moment, and who is told, in which order?

The ladder of a policy: remind, escalate, reassign, return. Steps are found by query, claimed by a row that is unique,
and told in the same transaction; a lead that was worked in the meantime falls out when its row is locked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from handoff import alarms, horizon, passing, routing
from handoff.models import Escalation, Handoff, SlaPolicy
from handoff.rules import first_fitting
from leads import calendars, lifecycle, working_time
from leads.models import Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import HELD_BY_REP, Reason, Stage
from leads.working_time import Calendar
from qualification.definition import qualify_by

Step = Escalation.Step
SLICE = 5_000
# What holds where no policy fits: minutes of working time after the deadline; None is never.
USUAL = SlaPolicy(remind_after=0, escalate_after=240)


class Overdue(NamedTuple):
    """A locked lead past its moment, and who has it."""

    lead: int
    due_at: datetime
    owner: int | None
    queue: int | None
    handoff: int | None
    policy: int | None


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of one policy, the moment at or before which a deadline must lie for it, and after which one, if any."""

    step: Step
    policy: SlaPolicy
    latest: datetime
    after: datetime | None


def flag(at: datetime, *, is_thorough: bool = False) -> dict[str, int]:
    """Take every step of the ladder that is due, each once for a lead, its holder and its deadline; return how many of each.

    Steps come in order, so that after hours of silence a reminder still comes before its escalation. Two runs at
    once share the work. Looks at deadlines that came due since the last run; `is_thorough` looks at all, and so finds what
    another policy, or a handoff that was put straight, made due.
    """
    counts = {step.value: 0 for step in Step}
    policies = list(SlaPolicy.objects.filter(is_active=True))
    since = None if is_thorough else horizon.since("flag", at)
    for step in Step:
        for rung in _rungs(step, policies, at, since):
            counts[step.value] += _climb(rung, policies, at)
    horizon.reach("flag", at)
    return counts


def _climb(rung: Rung, policies: Sequence[SlaPolicy], at: datetime) -> int:
    """Take one step for all leads that are due for it, slice after slice in the order of their keys; return how many."""
    taken = 0
    after: int | None = 0
    while after is not None:
        count, after = _take(rung, policies, at, after)
        taken += count
    return taken


def _rungs(step: Step, policies: Sequence[SlaPolicy], at: datetime, since: datetime | None) -> list[Rung]:
    """The steps of all policies. A return also waits for the promise to break, so that all deadlines are looked at for it."""
    calendar = calendars.company()
    since = None if step == Step.RETURN else since
    ladder = [(policy, minutes) for policy in [*policies, USUAL] if (minutes := _minutes(policy, step)) is not None]
    return [
        Rung(step, policy, _latest(at, minutes, calendar), since and _latest(since, minutes, calendar))
        for policy, minutes in ladder
    ]


def _minutes(policy: SlaPolicy, step: Step) -> int | None:
    return {
        Step.REMIND: policy.remind_after,
        Step.ESCALATE: policy.escalate_after,
        Step.REASSIGN: policy.reassign_after,
        Step.RETURN: policy.return_after,
    }[step]


def _latest(at: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The last deadline for which so much working time has passed by `at`; a deadline at `at` itself has not passed."""
    just_before = at - timedelta(microseconds=1)
    return min(working_time.before(at, minutes, calendar), just_before) if minutes else just_before


@transaction.atomic
def _take(rung: Rung, policies: Sequence[SlaPolicy], at: datetime, after: int) -> tuple[int, int | None]:
    """Take one step for a slice of the leads behind the key `after`; return how many took it, and the slice's last key if there may be more."""
    overdue = _found(rung, policies, at, after)
    claimed = _claim(rung, overdue, at)
    if claimed:
        _ACTS[rung.step](claimed, at)
    return len(claimed), overdue[-1].lead if len(overdue) == SLICE else None


def _found(rung: Rung, policies: Sequence[SlaPolicy], at: datetime, after: int) -> list[Overdue]:
    """Lock the leads of this policy that are due for the step and for which it was not taken; those under hand are passed by.

    Rides lead_of_owner, lead_of_queue and flagged_once.
    """
    handoff = Handoff.objects.still_open().filter(lead=OuterRef("pk")).values("pk")[:1]
    passed = Q(next_step_at__lte=rung.latest)
    if rung.after:
        passed &= Q(next_step_at__gt=rung.after)
    is_held = Q(passed, owner__isnull=False) | Q(passed, queue__isnull=False)
    rows = (
        Lead.objects.overdue(at)
        .filter(is_held, pk__gt=after)
        .annotate(handoff=Subquery(handoff, output_field=BigIntegerField()), policy=first_fitting(policies, at))
    )
    is_its = Q(policy=rung.policy.pk) if rung.policy.pk else Q(policy__isnull=True)
    due = rows.filter(is_its, _may_take(rung.step, at)).filter(~Exists(_taken(rung.step)))
    columns = ("pk", "next_step_at", "owner_id", "queue_id", "handoff", "policy")
    locked = due.order_by("pk").select_for_update(of=("self",), skip_locked=True, no_key=True)
    return [Overdue(*row) for row in locked.values_list(*columns)[:SLICE]]


def _taken(step: Step) -> QuerySet[Escalation]:
    """The step as it was taken before, for the same deadline and holder: a handoff, a queue, or neither.

    The holder is one number (queues negative), so that PostgreSQL can hash all that was ever taken.
    """
    rows = Escalation.objects.annotate(holder=Coalesce("handoff_id", -F("queue_id"), 0))
    holder = Coalesce(OuterRef("handoff"), -OuterRef("queue_id"), 0)
    return rows.filter(lead=OuterRef("pk"), due_at=OuterRef("next_step_at"), step=step, holder=holder)


def _may_take(step: Step, at: datetime) -> Q:
    """Leads with a rep have their handoff. Only promoted ones are dealt anew; a return never comes before the promise broke."""
    handed_off = ~Q(stage__in=HELD_BY_REP) | Q(handoff__isnull=False)
    if step == Step.REASSIGN:
        return handed_off & Q(stage__in=HELD_BY_REP, promotion_n__gt=0)
    if step == Step.RETURN:
        is_broken = Q(promised_by__isnull=True) | Q(promised_by__lt=at)
        return handed_off & is_broken & Q(stage__in=[Stage.ASSIGNED, Stage.SAL])
    return handed_off


_CLAIM = """
    INSERT INTO handoff_escalation (lead_id, due_at, handoff_id, queue_id, step, policy_id, flagged_at)
    SELECT w.*, %(step)s, %(policy)s, %(at)s
    FROM unnest(%(lead)s::bigint[], %(due_at)s::timestamptz[], %(handoff)s::bigint[], %(queue)s::bigint[])
        AS w(lead_id, due_at, handoff_id, queue_id)
    ON CONFLICT DO NOTHING
    RETURNING lead_id
"""


def _claim(rung: Rung, overdue: Sequence[Overdue], at: datetime) -> list[Overdue]:
    """Write the step for each; return those for which nobody else had."""
    if not overdue:
        return []
    columns = {name: [getattr(row, name) for row in overdue] for name in ("lead", "due_at", "handoff", "queue")}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, columns | {"step": rung.step.value, "policy": rung.policy.pk, "at": at})
        claimed = {row[0] for row in cursor.fetchall()}
    return [row for row in overdue if row.lead in claimed]


def _leads(overdue: Sequence[Overdue]) -> LeadQuerySet:
    return Lead.objects.filter(pk__in=[row.lead for row in overdue])


def _remind(overdue: Sequence[Overdue], at: datetime) -> None:
    alarms.remind([alarms.Late(row.lead, row.owner, row.queue) for row in overdue], at=at)


def _escalate(overdue: Sequence[Overdue], at: datetime) -> None:
    alarms.escalate([alarms.Late(row.lead, row.owner, row.queue) for row in overdue], at=at)


def _reassign(overdue: Sequence[Overdue], at: datetime) -> None:
    routing.give_back(_leads(overdue), by=None, at=at)


def _return(overdue: Sequence[Overdue], at: datetime) -> None:
    """Send leads back to marketing; the promise stays broken, whoever holds them."""
    queue, due = Queue.objects.get(kind=Queue.Kind.RETURNED), qualify_by(at)
    holds = {row.lead: lifecycle.Hold(due, queue=queue.pk) for row in overdue}
    ids = lifecycle.move(_leads(overdue), to=Stage.INQUIRY, holds=holds, at=at, reason=Reason.RECYCLED, by=None)
    passing.end(ids, outcome=Handoff.Outcome.RETURNED, at=at)


_ACTS: dict[Step, Callable[[Sequence[Overdue], datetime], None]] = {
    Step.REMIND: _remind,
    Step.ESCALATE: _escalate,
    Step.REASSIGN: _reassign,
    Step.RETURN: _return,
}
