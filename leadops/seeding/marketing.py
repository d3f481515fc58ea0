"""What does marketing do with a synthetic lead? It comes in, is looked at, and is dropped, nurtured or left waiting."""

from __future__ import annotations

from datetime import datetime
from random import Random

from leadops.seeding.company import SPAN, Cast
from leadops.seeding.stories import DAY, HOUR, Story
from leads.stages import Channel, Reason, Stage

FIRST_DONE = {Channel.EVENT: "scan", Channel.WEB: "form", Channel.TELEMARKETING: "call"}
DONE = ("click",) * 8 + ("opened",) * 8 + ("attended", "attended", "form", "form", "call", "scan")
INTERESTS = ("NIS2", "Werkplek", "Cloud", "Back-up", "Telefonie", "", "", "")
PROMOTED_SHARE, DROPPED_SHARE, RENEWED_SHARE, FORGOTTEN_SHARE = 0.45, 0.5, 0.4, 0.08
ENGAGED = 0.288
"""The rate of an exponential whose whole part has a mean of three."""


def begin(lead: int, contact: int, customer: bool, cast: Cast, now: datetime, random: Random) -> Story:
    """Come in, some time in the last two years, more of them lately, by a campaign that ran then."""
    age = random.random() ** 1.2
    opened_at = now - SPAN * age - HOUR / 4
    campaign, channel = cast.running(age, random)
    story = Story(lead, contact, customer, channel, campaign, opened_at)
    story.stand(Stage.INQUIRY, opened_at, Reason.CAPTURED, step=opened_at + 3 * DAY, queue=cast.queues["to_qualify"])
    _engage(story, FIRST_DONE.get(Channel(channel), "enquiry"), opened_at, random)
    for _ in range(int(random.expovariate(ENGAGED))):
        _engage(story, random.choice(DONE), min(opened_at + 60 * DAY * random.expovariate(1), now), random)
    return story


def _engage(story: Story, kind: str, when: datetime, random: Random) -> None:
    interest = random.choice(INTERESTS)
    row = (story.contact, story.lead, story.campaign, kind, story.channel, "", interest, when, when)
    story.engagements.append(row)


def promoted_at(story: Story, now: datetime, random: Random) -> datetime | None:
    """When the lead meets the definition, if it ever does and that is over."""
    if random.random() > PROMOTED_SHARE:
        return None
    when = story.opened_at + HOUR * random.random() * 60
    return when if when < now else None


def qualify(story: Story, since: datetime, cast: Cast, now: datetime, random: Random) -> None:
    """Look at what waits with marketing: disqualify it or nurture it; what came in lately still waits."""
    when = since + 2 * DAY * random.expovariate(1)
    if when > now:
        return
    if random.random() < DROPPED_SHARE:
        story.stand(Stage.DISQUALIFIED, when, Reason.DISQUALIFIED, step=None)
    else:
        nurture(story, when, Reason.NURTURED, cast, now, random)


def nurture(story: Story, when: datetime, reason: Reason, cast: Cast, now: datetime, random: Random) -> None:
    """Warm the lead, a year at most at a time, until it is dropped; now and then nobody looks when its date comes."""
    while when < now:
        step = when + DAY * (45 + 305 * random.random())
        story.stand(Stage.NURTURE, when, reason, step=step, queue=cast.queues["nurture"])
        late = 30 * DAY * random.expovariate(1) if random.random() < FORGOTTEN_SHARE else 0 * DAY
        when, reason = step + late, Reason.NURTURED
        if when < now and random.random() > RENEWED_SHARE:
            story.stand(Stage.DISQUALIFIED, when, Reason.DISQUALIFIED, step=None)
            return
