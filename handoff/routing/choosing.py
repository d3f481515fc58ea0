"""Who gets each lead of a slice? The deal: who is asked for by name first, then whose turn it is in the pool."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from handoff import rotation
from handoff.routing.pools import Pools
from handoff.routing.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of one lead: the rep, or nobody, and the delta to the run's snapshot that explains it."""

    lead: Waiting
    rep_id: int | None
    delta: dict[str, Any]


def deal(waiting: Sequence[Waiting], pools: Pools) -> list[Choice]:
    """Choose a rep for each lead, pool by pool, in order; room that one pool takes is gone for the next."""
    by_pool: dict[int, list[Waiting]] = {}
    for lead in waiting:
        by_pool.setdefault(lead.pool, []).append(lead)
    return [choice for pool in sorted(by_pool) for choice in _deal_pool(pool, by_pool[pool], pools)]


def _deal_pool(pool: int, leads: Sequence[Waiting], pools: Pools) -> list[Choice]:
    asked_for = {rep_id for lead in leads for rep_id in (lead.requested, lead.manager) if rep_id is not None}
    candidates = pools.candidates(pool, asked_for)
    groups, numbers = _groups(pool, candidates, asked_for, pools)
    snapshot = rotation.Snapshot(candidates, groups)
    next_rep = rotation.Table(snapshot).next_rep
    choices: list[Choice] = []
    won: dict[int, int] = {}
    for lead in leads:
        tried, rep_id = _try([numbers.get(lead.requested), numbers.get(lead.manager), 0], next_rep)
        choices.append(Choice(lead, rep_id, {"n": len(choices), "tried": tried}))
        if rep_id is not None:
            won[rep_id] = won.get(rep_id, 0) + 1
            pools.room[rep_id] -= 1
    pools.snapshots[pool], pools.won[pool] = snapshot, won
    return choices


def _groups(
    pool: int, candidates: Sequence[rotation.Candidate], asked_for: Collection[int], pools: Pools
) -> tuple[tuple[rotation.Group, ...], dict[int | None, int]]:
    """Group 0 is the pool itself; each rep asked for by name is a group of their own. Return them and {rep: group}."""
    members = frozenset(turn.rep_id for turn in pools.turns[pool])
    present = {candidate.rep_id for candidate in candidates}
    numbers: dict[int | None, int] = {rep_id: n for n, rep_id in enumerate(sorted(present & set(asked_for)), 1)}
    alone = [rotation.Group(frozenset({rep_id})) for rep_id in numbers if rep_id is not None]
    return (rotation.Group(None if present == members else members), *alone), numbers


def _try(groups: Sequence[int | None], next_rep: Callable[[int], int | None]) -> tuple[list[int], int | None]:
    """Ask each group in turn until somebody takes the lead; return the groups asked, and who took it."""
    tried: list[int] = []
    for group in dict.fromkeys(group for group in groups if group is not None):
        tried.append(group)
        rep_id = next_rep(group)
        if rep_id is not None:
            return tried, rep_id
    return tried, None
