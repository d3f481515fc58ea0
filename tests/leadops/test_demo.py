"""Is the demo company what its own ledger says, whatever the day on which it is loaded?"""

from __future__ import annotations

import io
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from handoff import broken, escalation, queue, routing
from handoff.models import BrokenPromise
from leadops import demo
from leadops.accounts.models import Notice, User
from leadops.demo.scene import Scene
from leadops.environment import BASE_DIR
from leads import conservation, lifecycle
from leads.models import Campaign, Lead
from qualification import nurture, promotion
from reporting import black_hole, snapshots
from reporting.facts import Facts
from reporting.models import FollowUpDay
from reporting.periods import DAY, WEEK, Period

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CHRISTMAS = datetime(2026, 12, 25, 10, 40, tzinfo=AMSTERDAM)
CLOCK_CHANGE = datetime(2026, 10, 28, 15, 20, tzinfo=AMSTERDAM)
LEAP_DAY = datetime(2028, 2, 29, 8, 5, tzinfo=AMSTERDAM)


def measured(scene: Scene) -> dict[str, Any]:
    """What the product tells: the whole, and each cut."""
    now = scene.almanac.now
    report = black_hole.report(Facts(Period(scene.almanac.first, now.astimezone(AMSTERDAM).date()), now))
    reps = {user.pk: key for key, user in scene.staff.users.items()} | {None: ""}
    campaigns = dict(Campaign.objects.values_list("pk", "name"))
    cuts = {
        "whole": lambda _group: "",
        "channel": lambda group: group.channel,
        "campaign": lambda group: campaigns[group.campaign],
        "rep": lambda group: reps[group.owner],
    }
    figures = {
        name: {key: found.as_row() for key, found in black_hole.cut(report.groups, by).items()}
        for name, by in cuts.items()
    }
    return figures | {"leads": Lead.objects.count()}


def written(scene: Scene) -> dict[str, Any]:
    """What the ledger tells."""
    ledger = scene.ledger
    return {
        "whole": ledger.figures(),
        "channel": ledger.figures(lambda one: one.channel),
        "campaign": ledger.figures(lambda one: one.campaign),
        "rep": ledger.figures(lambda one: one.rep),
        "leads": sum(ledger.leads.values()),
    }


def told(now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """A part of the story as the product and as the ledger tell it; taken back afterwards."""
    with transaction.atomic():
        scene = demo.tell(now, scale=0.15, days=20)
        both = measured(scene), written(scene)
        transaction.set_rollback(True)
    return both


def test_figures_are_the_ledgers_and_those_of_any_other_day():
    stories = [told(now) for now in (CHRISTMAS, CLOCK_CHANGE, LEAP_DAY)]
    for product, ledger in stories:
        assert product == ledger
    assert stories[0] == stories[1] == stories[2]
    [whole] = stories[0][0]["whole"].values()
    assert min(whole[key] for key in whole if key != "share") > 0


@pytest.fixture
def whole_story() -> Scene:
    return demo.tell(CLOCK_CHANGE)


@pytest.mark.skipif(os.environ.get("LEADOPS_WALK") != "whole", reason="takes more than a minute: LEADOPS_WALK=whole")
def test_the_whole_story(whole_story: Scene):
    """One load for all that is asked of it, as it takes its time."""
    now = whole_story.almanac.now
    assert measured(whole_story) == written(whole_story)
    assert stated() == headline(written(whole_story))
    assert conservation.run(now).leaks == 0
    for rep in ("daan", "femke"):
        counts = queue.counts(User.objects.get(email=f"{rep}@leadops.example"), now)
        assert 3 <= counts.overdue <= 8
        assert 15 <= counts.now <= 30
        assert min(counts.today, counts.new) >= 3
    nothing_is_left_to_do(now)
    first, last = whole_story.almanac.first, now.date() - DAY
    nights = {first + n * DAY for n in range((last - first).days + 1)}
    read = {night for night in nights if night.weekday() == 6 or night > last - 2 * WEEK}
    assert set(FollowUpDay.objects.values_list("day", flat=True)) == read


def nothing_is_left_to_do(now: datetime) -> None:
    """The first tick of the jobs finds nothing, and nobody is told anything."""
    with lifecycle.history():
        assert nurture.wake(now) == []
        assert promotion.judge(now).claimed == 0
        assert routing.assign(now) == routing.Assigned()
        assert sum(escalation.flag(now).values()) == 0
        assert broken.record_broken(now, is_thorough=True) == 0
    assert snapshots.keep(now) == []
    assert not Notice.objects.unsent().exists()
    assert not Notice.objects.filter(created_at__gt=now).exists()
    assert BrokenPromise.objects.values("cause").distinct().count() >= 3


def headline(figures: dict[str, Any]) -> list[str]:
    [whole] = figures["whole"].values()
    counts = [figures["leads"], *(whole[key] for key in HEADLINE)]
    return [f"{count:,}" for count in counts] + [f"{whole['share']:.0%}"]


HEADLINE = (
    "delivered",
    "followed_up",
    "followed_up_in_time",
    "answered_otherwise",
    "not_yet_due",
    "never_followed_up",
)


def stated() -> list[str]:
    """The figures that the README states."""
    readme = Path(BASE_DIR / "README.md").read_text()
    [row] = re.findall(r"^\| (5,\d{3}|4,\d{3}) \|(.*)\|$", readme, re.MULTILINE)
    return [row[0], *(cell.strip() for cell in row[1].split("|"))]


def test_only_in_demo_mode():
    with pytest.raises(CommandError):
        call_command("demo", stdout=io.StringIO())


def test_a_base_with_leads_is_left_alone():
    demo.tell(CHRISTMAS, scale=0.05, days=2)
    count = Lead.objects.count()
    said = io.StringIO()
    with override_settings(LEADOPS_DEMO=True):
        call_command("demo", stdout=said)
    assert Lead.objects.count() == count > 0
    assert all(email in said.getvalue() for email, _name, _roles in demo.LOG_INS.values())
