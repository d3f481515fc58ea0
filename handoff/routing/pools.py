"""Which pools can hold leads, whose turn is it there, and how much room has every rep left?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Expression, F, Value

from handoff import rotation
from handoff.capacity import Capacity, capacities
from handoff.models import PoolTurn, Rep, RoutingRun
from handoff.roster import who_stay
from leads.models import Queue


class Pools:
    """The pools that can hold leads, their turns, and what every rep has room for; moves on as leads are dealt."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.queues = {queue.pk: queue for queue in Queue.objects.pools().able_to_act()}
        self.turns: dict[int, list[PoolTurn]] = {key: [] for key in self.queues}
        for turn in PoolTurn.objects.filter(queue__in=self.queues).order_by("rep_id"):
            self.turns[turn.queue_id].append(turn)
        reps = list(Rep.objects.values_list("pk", flat=True))
        who_stay(reps)
        self.capacities = capacities(reps, at)
        self.room = {key: capacity.room for key, capacity in self.capacities.items()}
        self.snapshots: dict[int, rotation.Snapshot] = {}
        self.won: dict[int, dict[int, int]] = {}

    def keys(self) -> list[int]:
        return sorted(self.queues)

    def of_kind(self, kind: str) -> list[int]:
        return [key for key, queue in self.queues.items() if queue.kind == kind]

    def first(self, kind: str, otherwise: F) -> Expression | F:
        """The company's pool of this kind; `otherwise` where it cannot hold leads."""
        return next((Value(key) for key in self.of_kind(kind)), otherwise)

    def free_reps(self) -> set[int]:
        return {key for key, capacity in self.capacities.items() if capacity.is_present and self.room[key] > 0}

    def with_room(self) -> list[int]:
        free = self.free_reps()
        return [key for key, turns in self.turns.items() if any(t.weight and t.rep_id in free for t in turns)]

    def candidates(self, pool: int, asked_for: Iterable[int]) -> tuple[rotation.Candidate, ...]:
        """The reps of a pool, and those of other pools who are asked for by name."""
        turns = {turn.rep_id: (turn.weight, turn.pointer) for turn in self.turns[pool]}
        outside = {rep_id: (1, 0) for rep_id in asked_for if rep_id in self.capacities and rep_id not in turns}
        return tuple(
            rotation.Candidate(rep_id, weight, pointer, max(self.room[rep_id], 0), self.capacities[rep_id].is_present)
            for rep_id, (weight, pointer) in sorted((turns | outside).items())
        )

    def keep_runs(self, pools: Collection[int]) -> dict[int, RoutingRun]:
        """Write a run with its snapshot for each of these pools."""
        rows = [RoutingRun(pool_id=pool, ran_at=self.at, snapshot=self._stored(pool)) for pool in sorted(pools)]
        return {run.pool_id: run for run in RoutingRun.objects.bulk_create(rows)}

    def _stored(self, pool: int) -> dict[str, Any]:
        snapshot = self.snapshots[pool]
        loads = {str(c.rep_id): _load(self.capacities[c.rep_id]) for c in snapshot.candidates}
        return snapshot.stored() | {"loads": loads}

    def move_pointers(self) -> None:
        """Write the pointers that the deal has moved on: one statement."""
        moved: list[PoolTurn] = []
        for pool, won in self.won.items():
            after = {c.rep_id: c.pointer for c in rotation.after(self.snapshots[pool], won)}
            moved += [_at(turn, after[turn.rep_id]) for turn in self.turns[pool] if turn.rep_id in won]
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [[t.pk for t in moved], [t.pointer for t in moved]])


_MOVE = """
    UPDATE handoff_poolturn t SET pointer = w.pointer
    FROM unnest(%s::bigint[], %s::bigint[]) AS w(id, pointer) WHERE t.id = w.id
"""


def _at(turn: PoolTurn, pointer: int) -> PoolTurn:
    turn.pointer = pointer
    return turn


def _load(capacity: Capacity) -> list[Any]:
    """What the explanation says of a rep: open, of how many; this week, of how many; away until; active."""
    away = capacity.away_until.isoformat() if capacity.away_until else None
    return [capacity.open, capacity.open_cap, capacity.week, capacity.weekly_cap, away, capacity.is_active]
