"""What do the demo's people do with leads, by the product's own operations? Alike things at the same minute go as one set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from decimal import Decimal
from itertools import groupby
from typing import Any

from handoff import acceptance, followup, outcomes
from handoff.deadlines import NEXT_STEP_MINUTES
from handoff.models import FollowUp, Handoff, Opportunity
from leadops.accounts.models import User
from leadops.demo import notes
from leadops.demo.almanac import DAY_MINUTES
from leadops.demo.chance import dice
from leadops.demo.scene import Case, Planned, Scene

LAST_DAYS = -5 * DAY_MINUTES
# Leads that were given back wake in rounds of so many days; what does not wake in the story wakes in the weeks after it.
WAKES_EVERY, FIRST_AFTER, WAKES_AHEAD = 6, 4, 40


class StoryBroken(AssertionError):
    """The product did not do what the story tells."""


def perform(scene: Scene, until: int) -> None:
    """Do all that is planned before a minute."""
    while due := scene.due(until):
        for _alike, group in groupby(due, key=lambda one: one[:4]):
            planned = [one for one in group if scene.cases[one.n].turn == one.turn]
            if planned:
                act(scene, planned)


def act(scene: Scene, planned: Sequence[Planned]) -> None:
    """Do one thing with a set of leads."""
    first = planned[0]
    cases = [scene.cases[one.n] for one in planned]
    if _is_for_today(scene, first):
        _call_back_today(scene, cases[0], first)
        if planned[1:]:
            act(scene, planned[1:])
        return
    by = scene.staff[first.rep]
    leads = [case.lead for case in cases]
    if first.what == "recycle":
        _recycle_each(scene, cases, first, by)
    else:
        _require(_ACTS[first.what](scene, leads, by, first.at, *first.step.detail), cases, first)
    for case in cases:
        write_down(scene, case, first)


def _recycle_each(scene: Scene, cases: Sequence[Case], planned: Planned, by: User) -> None:
    """Give leads back to marketing: each set with the day on which it wakes."""
    reason = str(planned.step.detail[0])
    day = wakes_on(planned)
    for wakes_in, found in (
        (day if day < 0 else FIRST_AFTER + day, [case for case in cases if is_fit(case)]),
        (FIRST_AFTER + day % WAKES_AHEAD, [case for case in cases if not is_fit(case)]),
    ):
        if found:
            leads = [case.lead for case in found]
            wakes = scene.almanac.on(wakes_in, time(8, 30))
            _require(
                outcomes.recycle(leads, by=by, reason=reason, wake_at=wakes, at=scene.almanac.at(planned.at)),
                found,
                planned,
            )


def _require(done: Sequence[int], cases: Sequence[Case], planned: Planned) -> None:
    if sorted(done) != sorted(case.lead for case in cases):
        raise StoryBroken(f"{planned.rep} {planned.what} at {planned.at}: {sorted(done)} of {[c.lead for c in cases]}")


def write_down(scene: Scene, case: Case, planned: Planned) -> None:
    """Enter in the ledger and the story what was done."""
    passage = case.passage
    if planned.what == "call" and passage is not None and passage.follow_up is None:
        passage.follow_up = planned.at
    if planned.what in ("reject", "recycle", "disqualify", "win", "lose"):
        if passage is not None and passage.answer is None:
            passage.answer, passage.word = planned.at, planned.what
        case.is_closed = planned.what in ("disqualify", "win", "lose")
        case.rep = ""
    if planned.what == "recycle" and is_fit(case) and (day := wakes_on(planned)) < 0:
        scene.waking[day].append(case)


def is_fit(case: Case) -> bool:
    """Whether a lead will do for sales again whenever it wakes."""
    return case.person.decides and case.passage is not None


def wakes_on(planned: Planned) -> int:
    """The day before which a lead that is given back wakes, as the rep says; in rounds of some days."""
    day = planned.at // DAY_MINUTES + int(str(planned.step.detail[1]))
    return -(-day // WAKES_EVERY) * WAKES_EVERY - 1


def _accept(scene: Scene, leads: Sequence[int], by: User, minute: int) -> list[int]:
    return acceptance.accept(_handoffs(leads), by=by, at=scene.almanac.at(minute))


def _handoffs(leads: Sequence[int]) -> Any:
    return Handoff.objects.filter(lead__in=leads)


def _reject(scene: Scene, leads: Sequence[int], by: User, minute: int, reason: str, note: str) -> list[int]:
    return acceptance.reject(_handoffs(leads), by=by, reason=reason, at=scene.almanac.at(minute), note=note)


def _call(
    scene: Scene,
    leads: Sequence[int],
    by: User,
    minute: int,
    kind: str,
    disposition: str,
    note: str,
    next_at: int | None,
) -> list[int]:
    again = next_at if next_at is not None else minute + NEXT_STEP_MINUTES[disposition]
    at, next_step_at = scene.almanac.at(minute), scene.almanac.at(again)
    return followup.record(
        leads, by=by, kind=kind, disposition=disposition, at=at, note=note, next_step_at=next_step_at
    )


def _disqualify(scene: Scene, leads: Sequence[int], by: User, minute: int, reason: str) -> list[int]:
    return outcomes.disqualify(leads, by=by, reason=reason, at=scene.almanac.at(minute))


def _qualify(
    scene: Scene, leads: Sequence[int], by: User, minute: int, name: str, amount: int, next_at: int, closes: int
) -> list[int]:
    closes_on = scene.almanac.at(closes).date()
    business = outcomes.Business(name, Decimal(amount), expected_close_on=closes_on)
    return outcomes.qualify(
        leads, by=by, at=scene.almanac.at(minute), business=business, next_step_at=scene.almanac.at(next_at)
    )


def _win(scene: Scene, leads: Sequence[int], by: User, minute: int) -> list[int]:
    return outcomes.win(Opportunity.objects.filter(lead__in=leads), by=by, at=scene.almanac.at(minute))


def _lose(scene: Scene, leads: Sequence[int], by: User, minute: int, reason: str) -> list[int]:
    return outcomes.lose(Opportunity.objects.filter(lead__in=leads), by=by, at=scene.almanac.at(minute), reason=reason)


_ACTS: dict[str, Callable[..., list[int]]] = {
    "accept": _accept,
    "reject": _reject,
    "call": _call,
    "disqualify": _disqualify,
    "qualify": _qualify,
    "win": _win,
    "lose": _lose,
}


def _is_for_today(scene: Scene, planned: Planned) -> bool:
    """Whether a call of the last days ends in a date on the day that is on: so that each log-in has something to do."""
    is_next = planned.what == "call" and planned.following >= 0 and LAST_DAYS <= planned.at < 0
    return is_next and bool(scene.today.get(planned.rep))


def _call_back_today(scene: Scene, case: Case, planned: Planned) -> None:
    share = scene.today[planned.rep].pop()
    done = followup.record(
        [case.lead], by=scene.staff[planned.rep], kind=FollowUp.Kind.CALL,
        disposition=FollowUp.Disposition.CALL_BACK, at=scene.almanac.at(planned.at),
        note=dice("today", case.n).choice(notes.CALL_BACK), next_step_at=scene.almanac.later_today(share),
    )  # fmt: skip
    _require(done, [case], planned)
    write_down(scene, case, planned)
    case.turn += 1
