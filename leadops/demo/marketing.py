"""What do marketers and managers do with leads that no rep works: shelve, wake, look at what came back, reassign?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from handoff import routing
from leadops.demo.almanac import DAY_MINUTES
from leadops.demo.chance import dice
from leadops.demo.people import STUDIES
from leadops.demo.plans import IN_DETAIL, chain, slot
from leadops.demo.scene import Case, Scene
from leads import lifecycle
from leads.models import Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import Reason, Stage
from qualification import nurture

LATE, HELPER = "mark", "youssef"
HELPED_ON = (-108, -94, -79, -66, -47, -33, -18, -9)
LEFT_WAITING = -2


def wake(scene: Scene, day: int) -> None:
    """Leads whose moment has come are looked at again: they still meet the definition, and go to sales anew."""
    if cases := scene.waking.pop(day, []):
        nurture.wake(scene.almanac.at(day * DAY_MINUTES + 2))
        scene.pending += cases


def tidy(scene: Scene, day: int) -> None:
    """Put aside what fell short the day before, and what sales gave back."""
    at = scene.almanac.at(day * DAY_MINUTES + 440)
    found = [case for one in sorted(scene.inbox) if one < day for case in scene.inbox.pop(one)]
    if day >= LEFT_WAITING:
        found, later = found[: len(found) * 2 // 3], found[len(found) * 2 // 3 :]
        scene.inbox[day] += later
    students = [case for case in found if case.person.title in STUDIES]
    _close(scene, students, at)
    _shelve(scene, _of([case for case in found if case not in students]), day, at)
    if day % 4 == 0 or day >= IN_DETAIL:
        _shelve(scene, _returned(at), day, at)


def _of(cases: Sequence[Case]) -> LeadQuerySet:
    return Lead.objects.still_open().filter(pk__in=[case.lead for case in cases])


def _returned(at: datetime) -> LeadQuerySet:
    back = Lead.objects.still_open().filter(queue__kind=Queue.Kind.RETURNED)
    return back.filter(next_step_at__lt=at)


def _close(scene: Scene, cases: Sequence[Case], at: datetime) -> None:
    if cases:
        by = scene.staff["bas"]
        lifecycle.close(_of(cases), to=Stage.DISQUALIFIED, at=at, reason=Reason.DISQUALIFIED, by=by, note="Student")


def _shelve(scene: Scene, leads: LeadQuerySet, day: int, at: datetime) -> None:
    """Warm leads until some weeks after the story."""
    hold = lifecycle.Hold(scene.almanac.on(8 + day % 40, time(8, 30)), queue=scene.staff.queues[Queue.Kind.NURTURE])
    keys = list(leads.values_list("pk", flat=True))
    by = scene.staff[("lotte", "bas")[day % 2]]
    found, holds = Lead.objects.filter(pk__in=keys), dict.fromkeys(keys, hold)
    lifecycle.move(found, to=Stage.NURTURE, holds=holds, at=at, reason=Reason.NURTURED, by=by)


def relieve(scene: Scene, day: int) -> None:
    """Now and then a manager gives some of what lies with the rep who is swamped to one who calls."""
    if day not in HELPED_ON:
        return
    minute = day * DAY_MINUTES + 55
    lying = [case for case in scene.cases if _lies(case, minute)][-max(round(8 * scene.scale), 1) :]
    to, at = scene.staff[HELPER], scene.almanac.at(minute)
    moved = set(routing.reassign(_of(lying), to=to, by=scene.staff["sanne"], at=at))
    for case in lying:
        if case.lead in moved and case.passage is not None:
            case.rep = case.passage.rep = HELPER
            first = slot(HELPER, minute + 60)
            scene.plan(case, chain(dice("helped", case.n), HELPER, first, case.person.decides))


def _lies(case: Case, minute: int) -> bool:
    """Whether a promise broke with the rep lately, and nothing was done since."""
    passage = case.passage
    if passage is None or case.rep != LATE or passage.follow_up is not None or passage.answer is not None:
        return False
    return minute - 8 * DAY_MINUTES < passage.promise < minute
