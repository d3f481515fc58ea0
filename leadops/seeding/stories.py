"""What happens to a synthetic lead, from coming in to where it stands now?

A story is told as the rows that the operations would have written: the lead, its moves, its promotion, its
handoff, its engagements and follow-ups. Shares are rough: about 45% are promoted, and of those that came due
some 35% are never followed up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from leadops.seeding.company import Cast
from leads.stages import Reason, Stage

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
KINDS = ("form", "scan", "attended", "click", "opened", "call")
INTERESTS = ("NIS2", "Werkplek", "Cloud", "Back-up", "Telefonie", "")
TRIED = ("no_answer", "voicemail", "call_back")
ENDS = (Stage.WON, Stage.LOST, Stage.LOST, Stage.DISQUALIFIED)
REJECTED_SHARE, NEVER_SHARE, LATE_SHARE = 0.08, 0.33, 0.25


@dataclass(slots=True)
class Story:
    """The rows of one lead; `promised_by` is filled in for all stories of a slice at once."""

    lead: int
    contact: int
    customer: bool
    channel: str
    campaign: int
    opened_at: datetime
    promotion: int | None = None
    mql_at: datetime | None = None
    promised_by: datetime | None = None
    first_follow_up_at: datetime | None = None
    answered_at: datetime | None = None
    answered_as: str = ""
    rep: int | None = None
    stage: str = Stage.INQUIRY
    stage_entered_at: datetime | None = None
    owner: int | None = None
    queue: int | None = None
    next_step_at: datetime | None = None
    next_step_set_at: datetime | None = None
    closed_at: datetime | None = None
    moves: list[tuple[object, ...]] = field(default_factory=list)
    engagements: list[tuple[object, ...]] = field(default_factory=list)
    follow_ups: list[tuple[object, ...]] = field(default_factory=list)
    accepted_at: datetime | None = None
    handed_at: datetime | None = None
    outcome: str = ""

    def stand(
        self,
        stage: Stage,
        at: datetime,
        reason: Reason,
        *,
        step: datetime | None,
        owner: int | None = None,
        queue: int | None = None,
    ) -> None:
        """Move to `stage`; without a step the lead closes, and its last owner stays named."""
        self.owner = owner if step is not None else self.owner
        self.queue, self.next_step_at, self.next_step_set_at = queue, step, at if step is not None else None
        self.closed_at = None if step is not None else at
        if stage != self.stage or self.stage_entered_at is None:
            self.stage, self.stage_entered_at = stage, at
        n = 1 if self.mql_at is not None else 0
        self.moves.append((self.lead, stage, self.owner, queue, step, n, reason, at, at))


def begin(lead: int, contact: int, customer: bool, cast: Cast, now: datetime, random: Random) -> Story:
    """Come in, some time in the last two years, more of them lately."""
    campaign, channel = random.choice(cast.campaigns)
    opened_at = now - 720 * DAY * random.random() ** 1.3 - HOUR
    story = Story(lead, contact, customer, channel, campaign, opened_at)
    story.stand(Stage.INQUIRY, opened_at, Reason.CAPTURED, step=opened_at + 2 * DAY, queue=cast.queues["to_qualify"])
    for n in range(1 + int(random.expovariate(0.36))):
        when = min(opened_at + n * DAY * random.random() * 20, now)
        interest = random.choice(INTERESTS)
        story.engagements.append(
            (contact, lead, campaign, random.choice(KINDS), channel, "", interest, when, max(when, opened_at))
        )
    return story


def is_promoted(random: Random) -> bool:
    return random.random() < 0.45


def stay(story: Story, cast: Cast, now: datetime, random: Random) -> None:
    """Remain with marketing: to qualify, in nurture, or closed without a promotion."""
    when = story.opened_at + (now - story.opened_at) * random.random()
    draw = random.random()
    if draw < 0.3:
        story.stand(Stage.NURTURE, when, Reason.NURTURED, step=when + 200 * DAY, queue=cast.queues["nurture"])
    elif draw < 0.6:
        story.stand(Stage.DISQUALIFIED, when, Reason.DISQUALIFIED, step=None)


def promoted_at(story: Story, now: datetime, random: Random) -> datetime:
    return min(story.opened_at + HOUR * random.random() * 60, now - HOUR / 2)


def hand_over(story: Story, mql_at: datetime, due: datetime, *, cast: Cast, now: datetime, random: Random) -> None:
    """From promotion on, with the promise `due`: into the pool, to a rep, worked or left lying."""
    story.mql_at, story.promised_by = mql_at, due
    pool = cast.queues["farmers" if story.customer else "hunters"]
    story.stand(Stage.MQL, mql_at, Reason.MEETS_DEFINITION, step=min(mql_at + 8 * HOUR, due), queue=pool)
    if random.random() < 0.04:
        return
    story.rep = random.choice(cast.farmers if story.customer else cast.hunters)
    handed_at = story.handed_at = min(mql_at + HOUR * random.random() * 3, now)
    story.stand(Stage.ASSIGNED, handed_at, Reason.ROUTED, step=min(handed_at + DAY, due), owner=story.rep)
    draw = random.random()
    if draw < REJECTED_SHARE:
        _reject(story, min(handed_at + (due - handed_at) * random.random(), now), cast)
    elif draw > REJECTED_SHARE + NEVER_SHARE:
        late = random.random() < LATE_SHARE
        first = due + 30 * DAY * random.random() if late else handed_at + (due - handed_at) * random.random()
        if first <= now:
            _follow_up(story, first, now, random)


def _reject(story: Story, when: datetime, cast: Cast) -> None:
    story.answered_at, story.answered_as, story.outcome = when, "rejected", "rejected"
    story.stand(Stage.INQUIRY, when, Reason.REJECTED, step=when + 2 * DAY, queue=cast.queues["returned"])


def _follow_up(story: Story, first: datetime, now: datetime, random: Random) -> None:
    story.accepted_at = story.first_follow_up_at = story.answered_at = first
    story.answered_as = "followed_up"
    when, step = first, first + DAY * (1 + random.random() * 10)
    for _ in range(1 + int(random.expovariate(0.45))):
        story.follow_ups.append((story.lead, story.rep, "call", random.choice(TRIED), when, step))
        story.stand(Stage.SAL, when, Reason.FOLLOWED_UP, step=step, owner=story.rep)
        when, step = step, step + DAY * (1 + random.random() * 12)
        if when > now:
            return
    if random.random() < 0.7:
        _end(story, when, random)


def _end(story: Story, when: datetime, random: Random) -> None:
    story.follow_ups.append((story.lead, story.rep, "meeting", "spoke", when, None))
    stage = random.choice(ENDS)
    story.outcome = stage.value
    story.stand(stage, when, Reason(stage.value), step=None)
