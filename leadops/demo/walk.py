"""What happened at the demo company in the last half year? Its people use the product, day by day, up to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from handoff import broken, escalation, passing, routing
from leadops.accounts.models import Notice
from leadops.demo import doors, marketing, telemarketing
from leadops.demo.acts import act, perform
from leadops.demo.almanac import CLOSES, DAY_MINUTES, Almanac
from leadops.demo.arrivals import bring_enquiries, bring_list
from leadops.demo.cast import LOGGED_IN
from leadops.demo.company import SECOND, SECOND_FROM, agree, assemble
from leadops.demo.efforts import DAYS, lists
from leadops.demo.ledger import Ledger
from leadops.demo.own import find_own
from leadops.demo.people import Country
from leadops.demo.plans import IN_DETAIL
from leadops.demo.scene import Scene
from leads import calendars, duplicates, lifecycle
from leads.importing import running
from leads.public import consenting
from qualification import nurture, promotion
from reporting import snapshots
from reporting.periods import DAY, WEEK, monday_of

OnDay = Callable[[int, int], None]
CUSTOMERS, FIRMS = 90, 900
DUE_TODAY = (0.95, 0.8, 0.66, 0.52, 0.4, 0.28, 0.16, 0.06)
UNREAD, LATE_NIGHTS = timedelta(days=2), 2 * WEEK
ANALYSED = 26
# At noon lists and enquiries come in; lately also late in the afternoon and in the evening.
NOON, LATE, LATELY = 240, 395, -6
LONGEST = 45


def quietly(day: int, days: int) -> None:
    """Tell nobody how far the story is."""


def tell(now: datetime, *, scale: float = 1.0, days: int = DAYS, on_day: OnDay = quietly) -> Scene:
    """Live half a year up to `now`; return the scene, with the ledger that was kept beside it.

    `scale` makes fewer leads of the same kinds, `days` lives only the last working days.
    """
    with lifecycle.history():
        scene = _begin(now, scale, days)
        for day in range(-days, 0):
            _live(scene, day)
            on_day(day + days + 1, days)
        _go_on(scene)
        _settle(scene)
    return scene


def _begin(now: datetime, scale: float, days: int) -> Scene:
    country, ledger = Country(CUSTOMERS, FIRMS), Ledger()
    almanac = Almanac(now, calendars.OFFICE, DAYS)
    scene = Scene(almanac, assemble(almanac, ledger, country.customers), ledger, country, scale)
    scene.told_until = -days
    scene.today = {rep: list(DUE_TODAY) for rep in LOGGED_IN}
    if -days > SECOND_FROM:
        agree(scene.staff, almanac, SECOND, SECOND_FROM)
    return scene


def _live(scene: Scene, day: int) -> None:
    """A day: what wakes, what comes in and goes out, what reps do in between, and what the jobs flag at its end."""
    opens = day * DAY_MINUTES
    if day == SECOND_FROM:
        agree(scene.staff, scene.almanac, SECOND, day)
    if day == doors.SINCE:
        doors.build(scene.staff, scene.almanac.at(opens))
    scene.hand_out(scene.almanac.at(opens + 1), opens + 1)
    marketing.wake(scene, day)
    marketing.relieve(scene, day)
    _receive(scene, day)
    perform(scene, opens + 440)
    if day % 2 == 0 or day >= LATELY:
        marketing.tidy(scene, day)
    perform(scene, opens + 470)
    find_own(scene, day)
    perform(scene, opens + DAY_MINUTES)
    if day % 4 == 0 or day >= LATELY:
        _flag(scene, scene.almanac.at(opens + DAY_MINUTES - 1))
    if day >= LATELY:
        _receive_in_the_evening(scene, day)
    if day % ANALYSED == 0:
        _analyse()


def _receive(scene: Scene, day: int) -> None:
    """What comes in during a day: lists and enquiries, long ago all at one moment."""
    coming = [(effort, size) for on, effort, size in lists(scene.scale) if on == day]
    is_asked = day >= LATELY or day % (2 if day >= IN_DETAIL else 4) == 0
    late = [one for one in coming if day >= LATELY and one[0].style != "scan"]
    at_noon = [one for one in coming if one not in late]
    if at_noon or is_asked or scene.pending:
        minute = day * DAY_MINUTES + NOON - day * 37 % 90
        perform(scene, minute)
        for effort, size in at_noon:
            bring_list(scene, effort, day, size, minute)
        if is_asked:
            until = day + (0.5 if day >= LATELY else 1)
            bring_enquiries(scene, day, scene.almanac.at(minute + 2), until, LONGEST)
        _to_sales(scene, scene.almanac.at(minute + 3), minute + 3)
    for effort, size in late:
        minute = day * DAY_MINUTES + LATE
        perform(scene, minute)
        bring_list(scene, effort, day, size, minute)
        _to_sales(scene, scene.almanac.at(minute + 3), minute + 3)


def _receive_in_the_evening(scene: Scene, day: int) -> None:
    at = scene.almanac.evening(day, 0.4 + 0.06 * (day % 8))
    since_close = int((at - scene.almanac.on(day, CLOSES)).total_seconds() // 60)
    bring_enquiries(scene, day, at, day + 1.0, min(max(since_close, 1), LONGEST))
    _to_sales(scene, at + timedelta(seconds=20), (day + 1) * DAY_MINUTES)


def _to_sales(scene: Scene, at: datetime, minute: int) -> None:
    scene.to_sales(at, minute)
    running.finish(at=at)


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


def _keep_nights(scene: Scene) -> None:
    """The nights whose figures are read: the last of each week, and all of the last two weeks."""
    now, zone = scene.almanac.now, snapshots.company_zone()
    lately, night = now.date() - LATE_NIGHTS, monday_of(scene.almanac.first) + 6 * DAY
    while night < lately:
        snapshots.keep_night(night, zone)
        night += WEEK
    snapshots.keep(now, since=lately)


def _settle(scene: Scene) -> None:
    """What the jobs would do now is done; what was told in the past was mailed, and mostly read."""
    now = scene.almanac.now
    telemarketing.call(scene)
    nurture.wake(now)
    while promotion.judge(now).claimed:
        pass
    routing.assign(now)
    passing.straighten(now)
    escalation.flag(now)
    broken.record_broken(now, is_thorough=True)
    consenting.record(at=now)
    duplicates.ask(at=now, by=None)
    _analyse()
    while duplicates.go_on(now):
        pass
    _keep_nights(scene)
    Notice.objects.update(sent_at=F("created_at"))
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=F("created_at") + timedelta(hours=2))
