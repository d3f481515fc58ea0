"""What does sales do with a synthetic lead? It is handed over and worked, or lies, and is then cleared away or forgotten.

Shares are rough: of the promotions that came due some 40% are never followed up, and of the others a quarter late.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

from leadops.seeding import marketing
from leadops.seeding.company import Cast
from leadops.seeding.stories import DAY, HOUR, Story, promoted_anew
from leads.stages import Reason, Stage

POOLED_SHARE, REJECTED_SHARE, NEVER_SHARE, LATE_SHARE = 0.03, 0.08, 0.37, 0.25
FORGOTTEN_SHARE, MISSED_SHARE, RECYCLED_SHARE, QUALIFIED_SHARE = 0.08, 0.3, 0.12, 0.25
TRIED = ("no_answer", "no_answer", "voicemail", "call_back", "spoke")
ENDS = (Stage.WON, Stage.LOST, Stage.LOST, Stage.LOST, Stage.DISQUALIFIED)
CLEARED = (Stage.LOST, Stage.LOST, Stage.DISQUALIFIED)


def hand_over(story: Story, mql_at: datetime, due: datetime, *, cast: Cast, now: datetime, random: Random) -> None:
    """From promotion on, with the promise `due`: into the pool, to a rep, worked or left lying."""
    promoted_anew(story, mql_at, due, cast)
    waits = 8 * DAY * random.expovariate(1) if random.random() < POOLED_SHARE else 2 * HOUR * random.random()
    if mql_at + waits > now:
        return
    _assign(story, mql_at + waits, cast, random)
    draw = random.random()
    if draw < REJECTED_SHARE:
        _reject(story, cast, now, random)
    elif draw < REJECTED_SHARE + NEVER_SHARE:
        _lie(story, cast, now, random)
    else:
        _begin_work(story, cast, now, random)


def _assign(story: Story, when: datetime, cast: Cast, random: Random) -> None:
    story.rep, story.handed_at = random.choice(cast.farmers if story.customer else cast.hunters), when
    step = min(when + DAY, story.due) if when < story.due else when + DAY
    story.stand(Stage.ASSIGNED, when, Reason.ROUTED, step=step, owner=story.rep)


def _before(story: Story, random: Random) -> datetime:
    """A moment between being handed over and the promise, or the day after where that has passed."""
    since = story.handed_at or story.due
    return since + (max(story.due, since + DAY) - since) * random.random()


def _reject(story: Story, cast: Cast, now: datetime, random: Random) -> None:
    when = _before(story, random)
    if when > now:
        return
    story.answer(when, "rejected")
    story.leave_rep(when, "rejected")
    story.stand(Stage.INQUIRY, when, Reason.REJECTED, step=when + 3 * DAY, queue=cast.queues["returned"])
    marketing.qualify(story, when, cast, now, random)


def _accept(story: Story, when: datetime) -> None:
    story.accepted_at = when
    step = story.due if when < story.due else when + DAY
    story.stand(Stage.SAL, when, Reason.ACCEPTED, step=step, owner=story.rep)


def _lie(story: Story, cast: Cast, now: datetime, random: Random) -> None:
    """Lie past the promise, accepted or not, until somebody clears it away; some lie for ever."""
    when = _before(story, random)
    if when < now and random.random() < 0.4:
        _accept(story, when)
    when = max(when, story.due) + 28 * DAY * random.expovariate(1)
    if when > now or random.random() < FORGOTTEN_SHARE:
        return
    if random.random() < 0.4:
        _recycle(story, when, cast, now, random)
    else:
        story.close(random.choice(CLEARED), when)


def _recycle(story: Story, when: datetime, cast: Cast, now: datetime, random: Random) -> None:
    story.answer(when, "recycled")
    story.leave_rep(when, "returned")
    marketing.nurture(story, when, Reason.RECYCLED, cast, now, random)


def _begin_work(story: Story, cast: Cast, now: datetime, random: Random) -> None:
    first = _before(story, random)
    if random.random() < LATE_SHARE:
        first = max(first, story.due) + 10 * DAY * random.expovariate(1)
    if first > now:
        return
    story.accepted_at = story.first_follow_up_at = first
    story.answer(first, "followed_up")
    when = _work(story, Stage.SAL, first, 1 + int(random.expovariate(0.5)), now, random)
    if when is not None:
        _finish(story, when, cast, now, random)


def _work(story: Story, stage: Stage, when: datetime, times: int, now: datetime, random: Random) -> datetime | None:
    """Follow up so many times; return when the next step is taken, None when that is yet to come."""
    for n in range(times):
        step = when + DAY * (2 + random.random() * 12)
        reason = Reason.QUALIFIED if stage is Stage.SQL and n == 0 else Reason.FOLLOWED_UP
        _follow_up(story, random.choice(TRIED), when, step)
        story.stand(stage, when, reason, step=step, owner=story.rep)
        missed = 4 * DAY * random.expovariate(1) if random.random() < MISSED_SHARE else -(DAY * random.random())
        when = step + missed
        if when > now:
            return None
    return when


def _follow_up(story: Story, disposition: str, when: datetime, step: datetime | None) -> None:
    kind = "meeting" if step is None else "call"
    reached = disposition in ("spoke", "call_back")
    story.follow_ups.append((story.lead, story.handoff, story.rep, kind, disposition, when, step, when, reached, ""))


def _finish(story: Story, when: datetime, cast: Cast, now: datetime, random: Random) -> None:
    draw = random.random()
    if draw < QUALIFIED_SHARE:
        _qualify(story, when, now, random)
    elif draw < QUALIFIED_SHARE + RECYCLED_SHARE:
        _follow_up(story, "spoke", when, None)
        _recycle(story, when, cast, now, random)
    else:
        _follow_up(story, "spoke", when, None)
        story.close(random.choice(ENDS), when)


def _qualify(story: Story, when: datetime, now: datetime, random: Random) -> None:
    """Work the lead as an opportunity, until that is won or lost."""
    amount = int(10 ** (3 + 2 * random.random()))
    ended = _work(story, Stage.SQL, when, 1 + int(random.expovariate(0.22)), now, random)
    won = random.random() < 0.4
    if ended is not None:
        _follow_up(story, "spoke", ended, None)
        story.close(Stage.WON if won else Stage.LOST, ended)
    won_at, lost_at = (ended, None) if won else (None, ended)
    story.opportunity = (story.lead, "", amount, "EUR", when, won_at, lost_at, "")
