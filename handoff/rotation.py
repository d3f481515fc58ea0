"""Whose turn is it, by weighted pointer, and how is that explained afterwards?

The lowest pointer among those who can take the lead wins, ties by id; on winning a pointer grows by one step divided
by the rep's weight. Steps are whole numbers, so that the outcome is exact and the same on every machine. Nothing is
drawn by lot: from the snapshot of a run and its turns every choice can be made again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heapify, heappop, heapreplace
from typing import Any, NamedTuple

# The least common multiple of 1 to 20: weights up to 20 share the work exactly, others to one part in a million.
STEP = 232_792_560
# Heaps are kept for this many groups of leads at most; with more, those of all groups are made again.
HEAPS_KEPT = 512

Mark = tuple[frozenset[int] | None, tuple[tuple[int, str], ...]]


class Passed(StrEnum):
    """Why a rep did not get a lead, as far as the rotation knows."""

    ABSENT = "absent"
    FULL = "full"
    NO_WEIGHT = "no_weight"
    NOT_ELIGIBLE = "not_eligible"
    NOT_THEIR_TURN = "not_their_turn"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rep of the pool as the run finds them; `room` is how many leads more they can take."""

    rep_id: int
    weight: int = 1
    pointer: int = 0
    room: int = 0
    is_present: bool = True

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError("A weight cannot be negative.")

    @property
    def step(self) -> int:
        """How far the pointer moves with each lead won."""
        return STEP // self.weight

    def passed_over(self) -> Passed | None:
        """Why this rep can take no lead at all; None when they can."""
        if not self.is_present:
            return Passed.ABSENT
        if not self.weight:
            return Passed.NO_WEIGHT
        return Passed.FULL if self.room <= 0 else None

    def after(self, wins: int) -> "Candidate":
        """This rep after so many leads won."""
        if not wins:
            return self
        return Candidate(self.rep_id, self.weight, self.pointer + wins * self.step, self.room - wins, self.is_present)


@dataclass(frozen=True, slots=True)
class Group:
    """What leads with the same wishes allow: the reps that are eligible (None: all), and why others are not."""

    eligible: frozenset[int] | None = None
    reasons: Mapping[int, str] = field(default_factory=dict)

    def admits(self, rep_id: int) -> bool:
        return self.eligible is None or rep_id in self.eligible


ANYONE = Group()


class Turn(NamedTuple):
    """What is kept of one lead: the group it belongs to and the rep who got it, None where nobody could."""

    lead_id: int
    group: int
    rep_id: int | None


class Standing(NamedTuple):
    """How a rep stood when a lead was dealt: their pointer, and why they were passed over (None: they got it)."""

    rep_id: int
    pointer: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that decides a run before its first lead; kept once a run."""

    candidates: tuple[Candidate, ...]
    groups: tuple[Group, ...] = (ANYONE,)

    def stored(self) -> dict[str, Any]:
        """The snapshot as plain JSON values."""
        return {
            "candidates": [[c.rep_id, c.weight, c.pointer, c.room, c.is_present] for c in self.candidates],
            "groups": [
                {
                    "eligible": None if group.eligible is None else sorted(group.eligible),
                    "reasons": {str(rep_id): reason for rep_id, reason in sorted(group.reasons.items())},
                }
                for group in self.groups
            ],
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Snapshot":
        """The snapshot that `stored` gave."""
        groups = (
            Group(
                None if group["eligible"] is None else frozenset(group["eligible"]),
                {int(rep_id): reason for rep_id, reason in group["reasons"].items()},
            )
            for group in stored["groups"]
        )
        return cls(tuple(Candidate(*row) for row in stored["candidates"]), tuple(groups))


class Table:
    """The pool while leads are dealt: each rep's pointer and room, and a heap a group to find the lowest pointer."""

    def __init__(self, snapshot: Snapshot) -> None:
        able = [candidate for candidate in snapshot.candidates if candidate.passed_over() is None]
        self.groups = snapshot.groups
        self.pointers = {candidate.rep_id: candidate.pointer for candidate in able}
        self.rooms = {candidate.rep_id: candidate.room for candidate in able}
        self.steps = {candidate.rep_id: candidate.step for candidate in able}
        self.heaps: dict[int, list[tuple[int, int]]] = {}

    def heap(self, group: int) -> list[tuple[int, int]]:
        """The eligible reps of a group with room left, lowest pointer first."""
        found = self.heaps.get(group)
        if found is None:
            if len(self.heaps) >= HEAPS_KEPT:
                self.heaps.clear()
            admits = self.groups[group].admits
            found = [(at, rep_id) for rep_id, at in self.pointers.items() if self.rooms[rep_id] > 0 and admits(rep_id)]
            heapify(found)
            self.heaps[group] = found
        return found

    def next_rep(self, group: int) -> int | None:
        """The rep whose turn it is, who is moved on by it; None when nobody of the group has room.

        A rep that won in another group stands too low in this heap; pointers only grow, so that it is enough to
        put the top right until it is true.
        """
        heap = self.heap(group)
        while heap:
            pointer, rep_id = heap[0]
            current = self.pointers[rep_id]
            if self.rooms[rep_id] <= 0:
                heappop(heap)
            elif pointer != current:
                heapreplace(heap, (current, rep_id))
            else:
                self.pointers[rep_id] = current + self.steps[rep_id]
                self.rooms[rep_id] -= 1
                heapreplace(heap, (self.pointers[rep_id], rep_id))
                return rep_id
        return None


def choose(candidates: Iterable[Candidate], group: Group = ANYONE) -> int | None:
    """The rep whose turn it is for one lead, or None when nobody can take it."""
    able = [c for c in candidates if c.passed_over() is None and group.admits(c.rep_id)]
    return min(able, key=lambda c: (c.pointer, c.rep_id)).rep_id if able else None


def deal(leads: Iterable[tuple[int, int]], snapshot: Snapshot) -> list[Turn]:
    """Give each lead, in order, to the rep whose turn it is.

    `leads` are pairs of a lead's id and the number of its group in the snapshot. The turns returned, with the
    snapshot, are all that is needed to explain every choice.
    """
    next_rep = Table(snapshot).next_rep
    return [Turn(lead_id, group, next_rep(group)) for lead_id, group in leads]


def replay(snapshot: Snapshot, turns: Iterable[Turn]) -> list[int | None]:
    """Every choice of a run made again from what is kept of it; equal to what was dealt."""
    next_rep = Table(snapshot).next_rep
    return [next_rep(turn.group) for turn in turns]


def wins(turns: Iterable[Turn]) -> dict[int, int]:
    """How many leads each rep got."""
    found: dict[int, int] = {}
    for turn in turns:
        if turn.rep_id is not None:
            found[turn.rep_id] = found.get(turn.rep_id, 0) + 1
    return found


def after(snapshot: Snapshot, won: Mapping[int, int]) -> tuple[Candidate, ...]:
    """The pool after each rep won so many leads: what is kept for the next run, and what one lead of a run met."""
    return tuple(candidate.after(won.get(candidate.rep_id, 0)) for candidate in snapshot.candidates)


def explain(snapshot: Snapshot, won_before: Mapping[int, int], group: int) -> list[Standing]:
    """How every rep of the pool stood for one lead, and why each but one was passed over, lowest pointer first.

    `won_before` is how many leads of the run each rep had got before it: a count, so that a lead late in a long run
    is explained without dealing the run again.
    """
    candidates, wanted = after(snapshot, won_before), snapshot.groups[group]
    chosen = choose(candidates, wanted)
    standings = [Standing(c.rep_id, c.pointer, why_not(c, wanted, chosen)) for c in candidates]
    return sorted(standings, key=lambda standing: (standing.pointer, standing.rep_id))


def why_not(candidate: Candidate, group: Group, chosen: int | None) -> str | None:
    """Why a rep was passed over; None for the one chosen."""
    if candidate.rep_id == chosen:
        return None
    if not group.admits(candidate.rep_id):
        return group.reasons.get(candidate.rep_id, Passed.NOT_ELIGIBLE)
    return candidate.passed_over() or Passed.NOT_THEIR_TURN


def groups_of(wishes: Sequence[Group]) -> tuple[tuple[Group, ...], list[int]]:
    """The different groups among the wishes of leads, and for each lead the number of its group."""
    numbers: dict[Mark, int] = {}
    number_of: dict[int, int] = {}
    groups: list[Group] = []
    for wish in wishes:
        if id(wish) in number_of:
            continue
        mark = (wish.eligible, tuple(sorted(wish.reasons.items())))
        if mark not in numbers:
            numbers[mark] = len(groups)
            groups.append(wish)
        number_of[id(wish)] = numbers[mark]
    return tuple(groups), [number_of[id(wish)] for wish in wishes]
