"""What will a rep do with a lead, and when? Drawn once when the lead is theirs: a list of steps, in working minutes.

Steps at or after nought have not happened yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from handoff.models import FollowUp
from handoff.outcomes import DisqualifyReason, RecycleReason
from leadops.demo import notes
from leadops.demo.almanac import DAY_MINUTES
from leadops.demo.cast import LOGGED_IN, REPS, Manner
from leadops.demo.chance import drawn, tempered

Kind = FollowUp.Kind
Disposition = FollowUp.Disposition
# Promises that end on the day that is on are all kept before it, so that the hour of loading changes no figure.
TODAY_ENDS = DAY_MINUTES
BEFORE_TODAY = -12
# What is longer ago is told in less detail: one round of calls a day, one note for calls of a kind.
IN_DETAIL = -30
# Whoever logs in has gone through what lay since about then.
TIDIED = -12 * DAY_MINUTES
# Who is so much too late finds that the lead has gone back to marketing.
TOO_LATE = 3000

# Why a lead is kept for later, how many days later, and how often.
LATER: dict[tuple[object, ...], float] = {
    (RecycleReason.CONTRACT_ELSEWHERE.value, 58): 45,
    (RecycleReason.NO_BUDGET.value, 44): 20,
    (RecycleReason.OTHER_PRIORITIES.value, 30): 25,
    (RecycleReason.NO_SUPPORT.value, 50): 10,
}


class Step(NamedTuple):
    """One thing that a rep does: at which minute, what, and what is written down with it."""

    at: int
    what: str
    detail: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A lead as a rep gets it: since when, until when the promise runs, how well it is liked."""

    rep: str
    since: int
    promise: int
    odds: float = 1.0
    decides: bool = False

    @property
    def manner(self) -> Manner:
        return REPS[self.rep]

    @property
    def ends_today(self) -> bool:
        return 0 < self.promise <= TODAY_ENDS


def plan(random: Random, given: Given) -> list[Step]:
    """All that a rep does with a lead of marketing."""
    manner, roll = given.manner, random.random()
    never = tempered(manner.never, given.odds * (0.7 if given.decides else 1.2))
    if given.promise > TIDIED:
        never *= LOGGED_IN.get(given.rep, 1)
    if roll < manner.rejects * (1 if given.odds < 5 else 0.2):
        return [_rejecting(random, given)]
    if random.random() < never and not given.ends_today:
        return _accepting(random, given, 0.25 if given.promise < 0 else 0.8)
    first = _first_call(random, given)
    if first > max(given.promise, given.since) + TOO_LATE:
        return _accepting(random, given, 0.3)
    accepted = _accepting(random, given, 1.0 if first - given.since > 700 else 0.05)
    return [step for step in accepted if step.at < first] + chain(random, given.rep, first, given.decides)


def _rejecting(random: Random, given: Given) -> Step:
    """Sent back unseen, before the promise ends."""
    at = slot(given.rep, given.since + random.randrange(15, 420))
    at = given.since + 9 if at >= given.promise or (given.ends_today and at >= 0) else at
    if random.random() < 0.15:
        return Step(at, "recycle", (RecycleReason.OTHER_PRIORITIES.value, 20))
    reason = drawn(random, dict(zip(notes.REJECTED, (22, 24, 20, 14, 14, 6), strict=True)))
    return Step(at, "reject", (reason, random.choice(notes.REJECTED[reason])))


def _accepting(random: Random, given: Given, share: float) -> list[Step]:
    at = slot(given.rep, given.since + random.randrange(20, 320))
    at = paperwork(at) if at < IN_DETAIL * DAY_MINUTES else at
    return [Step(at, "accept")] if random.random() < share and at < given.promise else []


def _first_call(random: Random, given: Given) -> int:
    """When the first call is made: mostly within the promise, as far as the rep is there."""
    manner, span = given.manner, max(given.promise - given.since, DAY_MINUTES)
    ended = max(given.promise, given.since)
    if random.random() < manner.late and not given.ends_today:
        return slot(given.rep, ended + 20 + int(random.expovariate(1 / 420)))
    wanted = given.since + 4 + int((span - 10) * random.betavariate(1.2, 1.2 / manner.pace - 1.2))
    at = slot(given.rep, wanted)
    if at >= given.promise:
        at = slot_before(given.rep, given.promise) or at
        at = at if at > given.since + 3 else slot(given.rep, ended + 20)
    if given.ends_today and at >= 0:
        at = slot_before(given.rep, 0) or BEFORE_TODAY
        at = at if at > given.since + 3 else BEFORE_TODAY
    return at


def slot(rep: str, minute: int) -> int:
    """The first moment from `minute` on at which a rep sits down to call."""
    for day in range(minute // DAY_MINUTES, minute // DAY_MINUTES + 40):
        for at in slots(rep, day):
            if at >= minute:
                return at
    return minute


def slot_before(rep: str, minute: int) -> int | None:
    """The last such moment before `minute`, not long ago."""
    for day in range(minute // DAY_MINUTES, minute // DAY_MINUTES - 4, -1):
        for at in reversed(slots(rep, day)):
            if at < minute:
                return at
    return None


def slots(rep: str, day: int) -> list[int]:
    """The minutes of a day at which a rep sits down to call."""
    manner = REPS[rep]
    if not is_there(manner, day):
        return []
    middle = manner.slots[len(manner.slots) // 2]
    return [day * DAY_MINUTES + start for start in (manner.slots if day >= IN_DETAIL else (middle,))]


def paperwork(at: int) -> int:
    """The last minutes of a day, in which a rep notes what the day's calls have come to."""
    return at // DAY_MINUTES * DAY_MINUTES + 492


def is_there(manner: Manner, day: int) -> bool:
    every = manner.every if day >= IN_DETAIL else max(manner.every, 2)
    return day % every == 0 and not any(first <= day < last for first, last, _note in manner.away)


def chain(random: Random, rep: str, at: int, decides: bool) -> list[Step]:
    """Attempts and conversations, until the lead becomes something or nothing."""
    steps: list[Step] = []
    for attempt in range(random.choice((1, 2, 2, 3, 4))):
        if random.random() < (0.52 if attempt == 0 else 0.42):
            steps.append(_unreached(random, at))
            at = slot(rep, at + random.randrange(260, 1100))
            continue
        reached = _reached(random)
        if reached in (Disposition.NO_INTEREST, Disposition.WRONG_NUMBER):
            return [*steps, *_over(random, at, reached)]
        if reached == Disposition.CALL_BACK:
            at, call = _dated(random, rep, at, reached, notes.CALL_BACK, 1300)
            steps.append(call)
            continue
        return [*steps, *_spoken(random, rep, at, reached, decides)]
    return (
        [*steps, Step(paperwork(at), "recycle", (RecycleReason.NOT_REACHED.value, 15))]
        if random.random() < 0.7
        else steps
    )


def _unreached(random: Random, at: int) -> Step:
    by_mail = random.random() < 0.12
    is_recorded = not by_mail and random.random() < 0.35
    if at < IN_DETAIL * DAY_MINUTES:
        by_mail, is_recorded = False, at // DAY_MINUTES % 3 == 0
    if by_mail:
        return _call(at, Disposition.NO_ANSWER, _words(random, at, notes.MAILED), Kind.MAIL)
    if is_recorded:
        return _call(at, Disposition.VOICEMAIL, _words(random, at, notes.VOICEMAIL))
    return _call(at, Disposition.NO_ANSWER, _words(random, at, notes.NO_ANSWER))


def _reached(random: Random) -> Disposition:
    return drawn(
        random,
        {
            Disposition.SPOKE: 50,
            Disposition.APPOINTMENT: 18,
            Disposition.CALL_BACK: 9,
            Disposition.NO_INTEREST: 12,
            Disposition.WRONG_NUMBER: 4,
        },
    )


def _words(random: Random, at: int, words: Sequence[str]) -> str:
    day = at // DAY_MINUTES
    return random.choice(words) if day >= IN_DETAIL else words[day % len(words)]


def _call(at: int, disposition: Disposition, note: str, kind: Kind = Kind.CALL, next_at: int | None = None) -> Step:
    return Step(at, "call", (kind.value, disposition.value, note, next_at))


def _over(random: Random, at: int, disposition: Disposition) -> list[Step]:
    """They want nothing, or cannot be reached this way."""
    if disposition == Disposition.WRONG_NUMBER:
        note, reason = _words(random, at, notes.WRONG_NUMBER), DisqualifyReason.WRONG_NUMBER
    else:
        note = _words(random, at, notes.NO_INTEREST)
        reason = drawn(random, {DisqualifyReason.NO_INTEREST: 6, DisqualifyReason.NO_NEED: 4})
    return [_call(at, disposition, note), Step(paperwork(at), "disqualify", (reason.value,))]


def _dated(
    random: Random, rep: str, at: int, disposition: Disposition, words: tuple[str, ...], longest: int
) -> tuple[int, Step]:
    """A conversation that ends in a date: that date, and the call."""
    next_at = slot(rep, at + random.randrange(longest // 3, longest))
    return next_at, _call(at, disposition, random.choice(words), next_at=next_at + 25)


def _spoken(random: Random, rep: str, at: int, reached: Disposition, decides: bool) -> list[Step]:
    """From the first real conversation on."""
    if reached == Disposition.APPOINTMENT:
        meets_at, call = _dated(random, rep, at, reached, notes.APPOINTMENT, 4000)
        meeting = _call(meets_at, Disposition.SPOKE, _words(random, meets_at, notes.MEETING), Kind.MEETING)
        return [call, meeting, *_after_talk(random, rep, meets_at, 0.62 if decides else 0.5)]
    call = _call(at, Disposition.SPOKE, _words(random, at, notes.SPOKE))
    return [call, *_after_talk(random, rep, at, 0.3 if decides else 0.2)]


def _after_talk(random: Random, rep: str, at: int, chance: float) -> list[Step]:
    """Business, something for later, nothing, or one more talk."""
    if random.random() < chance:
        return _business(random, rep, at + 5)
    roll = random.random()
    if roll < 0.42:
        return [Step(paperwork(at), "recycle", drawn(random, LATER))]
    if roll < 0.62:
        reason = random.choice((DisqualifyReason.NO_NEED, DisqualifyReason.WRONG_PERSON, DisqualifyReason.COMPETITOR))
        return [Step(paperwork(at), "disqualify", (reason.value,))]
    again = slot(rep, at + random.randrange(700, 1500))
    call = _call(again, Disposition.SPOKE, _words(random, again, notes.SPOKE))
    return [call, *_after_talk(random, rep, again, 0.3)]


def _business(random: Random, rep: str, at: int) -> list[Step]:
    """An opportunity: looked after now and then, and won or lost after two to eight weeks."""
    amount = int(random.lognormvariate(9.6, 0.8)) // 250 * 250 + 2_500
    ends = slot(rep, at + random.randrange(10, 40) * DAY_MINUTES)
    middle = slot(rep, at + (ends - at) // 2)
    is_detailed = middle >= IN_DETAIL * DAY_MINUTES
    kind = random.choice((Kind.CALL, Kind.MAIL, Kind.MEETING)) if is_detailed else Kind.CALL
    words = {Kind.CALL: notes.SPOKE, Kind.MAIL: notes.MAILED, Kind.MEETING: notes.MEETING}[kind]
    is_won = random.random() < 0.42
    end = Step(ends, "win") if is_won else Step(ends, "lose", (random.choice(notes.LOST),))
    return [
        Step(at, "qualify", (random.choice(notes.BUSINESS), amount, middle + 25, ends)),
        _call(middle, Disposition.SPOKE, _words(random, middle, words), kind, ends + 25 if is_detailed else None),
        end,
    ]
