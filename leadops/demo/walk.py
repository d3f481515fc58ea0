"""What happened at the demo company in the last half year? Its people use the product, day by day, up to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from handoff import broken, escalation, passing, routing
from leadops.accounts.models import Notice
from leadops.demo import marketing
from leadops.demo.acts import act, perform
from leadops.demo.almanac import DAY_MINUTES, Almanac
from leadops.demo.arrivals import bring_enquiries, bring_list, web_moments
from leadops.demo.cast import LOGGED_IN
from leadops.demo.company import SECOND, SECOND_FROM, agree, assemble
from leadops.demo.efforts import DAYS, lists
from leadops.demo.ledger import Ledger
from leadops.demo.own import find_own
from leadops.demo.people import Country
from leadops.demo.scene import Scene
from leads import calendars, lifecycle
from qualification import nurture, promotion
from reporting import snapshots

OnDay = Callable[[int, int], None]
CUSTOMERS, FIRMS = 90, 900
DUE_TODAY = (0.95, 0.8, 0.66, 0.52, 0.4, 0.28, 0.16, 0.06)
UNREAD = timedelta(days=2)
ANALYSED = 20


def quietly(day: int, days: int) -> None:
    """Tell nobody how far the story is."""


def tell(now: datetime, *, scale: float = 1.0, on_day: OnDay = quietly) -> Scene:
    """Live half a year up to `now`; return the scene, with the ledger that was kept beside it.

    `scale` makes fewer leads of the same kinds.
    """
    with lifecycle.history():
        scene = _begin(now, scale)
        for day in range(-DAYS, 0):
            _live(scene, day)
            on_day(day + DAYS + 1, DAYS)
        _go_on(scene)
        _settle(scene)
    return scene


def _begin(now: datetime, scale: float) -> Scene:
    country, ledger = Country(CUSTOMERS, FIRMS), Ledger()
    almanac = Almanac(now, calendars.OFFICE, DAYS)
    scene = Scene(almanac, assemble(almanac, ledger, country.customers), ledger, country, scale)
    scene.today = {rep: list(DUE_TODAY) for rep in LOGGED_IN}
    return scene


def _live(scene: Scene, day: int) -> None:
    """A day: what wakes, what comes in and goes out, what reps do in between, and what the jobs flag at its end."""
    opens = day * DAY_MINUTES
    if day == SECOND_FROM:
        agree(scene.staff, scene.almanac, SECOND, day)
    scene.hand_out(scene.almanac.at(opens + 1), opens + 1)
    marketing.wake(scene, day)
    marketing.relieve(scene, day)
    for minute, come in _arriving(scene, day):
        perform(scene, opens + minute)
        come()
    perform(scene, opens + 440)
    marketing.tidy(scene, day)
    perform(scene, opens + 470)
    find_own(scene, day)
    perform(scene, opens + DAY_MINUTES)
    _flag(scene, scene.almanac.at(opens + DAY_MINUTES - 1))
    if "evening" in web_moments(day):
        bring_enquiries(scene, day, "evening")
    if day % ANALYSED == 0:
        _analyse()


def _arriving(scene: Scene, day: int) -> list[tuple[int, Callable[[], None]]]:
    """What comes in on a day, in order."""
    found: list[tuple[int, Callable[[], None]]] = []
    for on, effort, size in lists(scene.scale):
        if on == day:
            minute = 30 if effort.style == "scan" else 395
            found.append((minute, lambda effort=effort, size=size: bring_list(scene, effort, day, size)))
    for moment, minute in (("morning", 98), ("noon", 262)):
        if moment in web_moments(day):
            found.append((minute, lambda moment=moment: bring_enquiries(scene, day, moment)))
    return sorted(found, key=lambda one: one[0])


def _flag(scene: Scene, at: datetime) -> None:
    escalation.flag(at)
    broken.record_broken(at)


def _analyse() -> None:
    """Let the planner know what has grown: all of this is one transaction, in which nothing else tells it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _go_on(scene: Scene) -> None:
    """The day that is on, up to now: reps go on with whom they have spoken to; nobody is called for the first time."""
    for planned in scene.due(scene.almanac.elapsed - 2):
        case = scene.cases[planned.n]
        if case.is_called and case.turn == planned.turn:
            act(scene, [planned])


def _settle(scene: Scene) -> None:
    """What the jobs would do now is done; what was told in the past was mailed, and mostly read."""
    now = scene.almanac.now
    nurture.wake(now)
    while promotion.judge(now).claimed:
        pass
    routing.assign(now)
    passing.straighten(now)
    escalation.flag(now)
    broken.record_broken(now, is_thorough=True)
    _analyse()
    snapshots.keep(now, since=scene.almanac.first)
    Notice.objects.update(sent_at=F("created_at"))
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=F("created_at") + timedelta(hours=2))
