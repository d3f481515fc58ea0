"""The rotation, held against one that looks at every rep for every lead."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import rotation
from handoff.rotation import STEP, Candidate, Group, Passed, Snapshot, Standing, Turn, choose, deal, explain, replay

ANYONE = Group()

weights = st.integers(0, 12)
candidates = st.lists(
    st.builds(
        Candidate,
        rep_id=st.integers(1, 40),
        weight=weights,
        pointer=st.integers(0, 5).map(lambda n: n * STEP // 2),
        room=st.integers(0, 15),
        is_present=st.booleans(),
    ),
    max_size=10,
    unique_by=lambda candidate: candidate.rep_id,
).map(tuple)
groups = st.lists(
    st.builds(Group, eligible=st.none() | st.frozensets(st.integers(1, 40), max_size=20)), min_size=1, max_size=5
).map(tuple)


@st.composite
def runs(draw):
    snapshot = Snapshot(draw(candidates), draw(groups))
    numbers = draw(st.lists(st.integers(0, len(snapshot.groups) - 1), max_size=60))
    return snapshot, list(enumerate(numbers, 1000))


def slow_deal(leads, snapshot):
    """The same run by looking at every rep for every lead."""
    won = {}
    turns = []
    for lead_id, group in leads:
        rep_id = choose(rotation.after(snapshot, won), snapshot.groups[group])
        won[rep_id] = won.get(rep_id, 0) + 1
        turns.append(Turn(lead_id, group, rep_id))
    return turns


@settings(max_examples=300, deadline=None)
@given(runs())
def test_dealing_gives_what_looking_at_everybody_gives(run):
    snapshot, leads = run
    assert deal(leads, snapshot) == slow_deal(leads, snapshot)


@settings(max_examples=100, deadline=None)
@given(runs())
def test_a_run_is_made_again_from_what_is_stored_of_it(run):
    snapshot, leads = run
    turns = deal(leads, snapshot)
    stored = json.loads(json.dumps({"snapshot": snapshot.stored(), "turns": [turn[:2] for turn in turns]}))
    kept = [Turn(lead_id, group, None) for lead_id, group in stored["turns"]]
    assert replay(Snapshot.from_stored(stored["snapshot"]), kept) == [turn.rep_id for turn in turns]


@settings(max_examples=100, deadline=None)
@given(runs())
def test_caps_hold_and_nobody_unable_gets_anything(run):
    snapshot, leads = run
    turns = deal(leads, snapshot)
    won = rotation.wins(turns)
    by_id = {candidate.rep_id: candidate for candidate in snapshot.candidates}
    assert all(count <= by_id[rep_id].room for rep_id, count in won.items())
    assert all(by_id[rep_id].passed_over() is None for rep_id in won)
    assert all(snapshot.groups[turn.group].admits(turn.rep_id) for turn in turns if turn.rep_id is not None)


@settings(max_examples=100, deadline=None)
@given(runs())
def test_a_lead_stays_behind_only_when_nobody_could_take_it(run):
    snapshot, leads = run
    won = {}
    for turn in deal(leads, snapshot):
        if turn.rep_id is None:
            now = rotation.after(snapshot, won)
            assert [c for c in now if c.passed_over() is None and snapshot.groups[turn.group].admits(c.rep_id)] == []
        else:
            won[turn.rep_id] = won.get(turn.rep_id, 0) + 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.integers(0, 400))
def test_shares_stay_within_one_step_of_the_weights(shares, count):
    snapshot = Snapshot(tuple(Candidate(n, weight=weight, room=10_000) for n, weight in enumerate(shares)))
    won = rotation.wins(deal([(n, 0) for n in range(count)], snapshot))
    turns = [Fraction(won.get(n, 0), weight) for n, weight in enumerate(shares)]
    for ahead in range(len(shares)):
        for behind in range(len(shares)):
            assert turns[ahead] - turns[behind] <= Fraction(1, shares[ahead])


@settings(max_examples=50, deadline=None)
@given(runs())
def test_every_lead_is_explained_by_counts_alone(run):
    snapshot, leads = run
    turns = deal(leads, snapshot)
    for n, turn in enumerate(turns):
        standings = explain(snapshot, rotation.wins(turns[:n]), turn.group)
        assert [s.rep_id for s in standings if s.reason is None] == ([turn.rep_id] if turn.rep_id is not None else [])
        assert {s.rep_id for s in standings} == {c.rep_id for c in snapshot.candidates}


@settings(max_examples=50, deadline=None)
@given(runs(), st.integers(0, 60))
def test_a_run_cut_in_two_gives_the_same(run, cut):
    snapshot, leads = run
    whole = deal(leads, snapshot)
    then = Snapshot(rotation.after(snapshot, rotation.wins(whole[:cut])), snapshot.groups)
    assert deal(leads[:cut], snapshot) + deal(leads[cut:], then) == whole


def test_weights_share_in_a_fixed_order():
    snapshot = Snapshot((Candidate(1, weight=2, room=99), Candidate(2, weight=1, room=99)))
    assert [turn.rep_id for turn in deal([(n, 0) for n in range(6)], snapshot)] == [1, 2, 1, 1, 2, 1]


def test_the_reasons_are_named():
    pool = (
        Candidate(1, pointer=0, room=5, is_present=False),
        Candidate(2, pointer=0, room=0),
        Candidate(3, pointer=0, room=5, weight=0),
        Candidate(4, pointer=0, room=5),
        Candidate(5, pointer=STEP, room=5),
        Candidate(6, pointer=2 * STEP, room=5),
        Candidate(7, pointer=0, room=5),
    )
    group = Group(frozenset({1, 2, 3, 5, 6}), {4: "no_french"})
    assert explain(Snapshot(pool, (group,)), {5: 0}, 0) == [
        Standing(1, 0, Passed.ABSENT),
        Standing(2, 0, Passed.FULL),
        Standing(3, 0, Passed.NO_WEIGHT),
        Standing(4, 0, "no_french"),
        Standing(7, 0, Passed.NOT_ELIGIBLE),
        Standing(5, STEP, None),
        Standing(6, 2 * STEP, Passed.NOT_THEIR_TURN),
    ]


def test_nobody_there_leaves_the_lead():
    assert deal([(1, 0)], Snapshot(())) == [Turn(1, 0, None)]
    assert choose([]) is None


def test_more_groups_than_heaps_are_kept():
    pool = tuple(Candidate(n, room=9) for n in range(5))
    many = tuple(Group(frozenset({n % 5, (n + 1) % 5})) for n in range(rotation.HEAPS_KEPT + 20))
    leads = [(n, n % len(many)) for n in range(2 * len(many))]
    assert deal(leads[:40], Snapshot(pool, many)) == slow_deal(leads[:40], Snapshot(pool, many))
    assert len(rotation.wins(deal(leads, Snapshot(pool, many)))) == 5


def test_wishes_that_are_alike_become_one_group():
    dutch, french = Group(frozenset({1})), Group(frozenset({2}), {1: "language"})
    assert rotation.groups_of([dutch, french, Group(frozenset({1})), ANYONE]) == ((dutch, french, ANYONE), [0, 1, 0, 2])


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Candidate(1, weight=-1)
