"""What was not followed up: how much, where, since when, why, and what had it cost?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple, TypeVar

from leads.stages import Answer
from reporting import spend
from reporting.facts import ANSWERED_OTHERWISE, IN_TIME, LATE, NEVER, STATE, Facts
from reporting.figures import Figures, total
from reporting.periods import Period, midnight

Key = TypeVar("Key", bound=Hashable)

UNKNOWN = "unknown"
NOTHING = Decimal()

COUNTS = f"""count(*), count(*) FILTER (WHERE {IN_TIME}), count(*) FILTER (WHERE {LATE}),
        count(first_follow_up_at) FILTER (WHERE promised_by IS NULL),
        count(*) FILTER (WHERE first_follow_up_at > promised_by + interval '1 day'),
        count(*) FILTER (WHERE {ANSWERED_OTHERWISE}), count(*) FILTER (WHERE {NEVER})"""
"""What `counted` makes figures of."""
_GROUPS = f"SELECT campaign_id, channel, owner_id, {COUNTS} FROM [facts] GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"

# Age: whole days (of 24 hours) since the promise broke, of the never followed up.
_SPANS = f"""SELECT width_bucket(mql_at, %(starts)s::timestamptz[]), {STATE},
        CASE WHEN {NEVER} THEN date_part('day', %(as_of)s::timestamptz - promised_by)::int END, count(*)
    FROM [facts] GROUP BY 1, 2, 3"""

_CAUSES = f"""SELECT coalesce(why.cause, '{UNKNOWN}'), facts.campaign_id,
        count(facts.first_follow_up_at), count(*) FILTER (WHERE facts.first_follow_up_at IS NULL)
    FROM [facts] LEFT JOIN handoff_brokenpromise why ON why.promotion_id = facts.id AND why.recorded_at <= %(as_of)s
    WHERE facts.first_follow_up_at > facts.promised_by OR {NEVER}
    GROUP BY 1, 2 ORDER BY 1, 2"""


class Group(NamedTuple):
    """The figures of one campaign, channel and rep (none: it lay in a pool)."""

    campaign: int | None
    channel: str
    owner: int | None
    figures: Figures


def groups(facts: Facts, costs: Mapping[int, Decimal]) -> list[Group]:
    """Return the figures by campaign, channel and rep: every other cut is a sum of these."""
    return [
        Group(campaign, channel, owner, counted(counts, costs.get(campaign)))
        for campaign, channel, owner, *counts in facts.read(_GROUPS)
    ]


def counted(counts: Sequence[int], cost: Decimal | None) -> Figures:
    """Return one group's counts as figures, with what its never followed up had cost."""
    delivered, in_time, late, unpromised, over_a_day_late, otherwise, never = counts
    not_yet_due = delivered - in_time - late - unpromised - otherwise - never
    lost = never * cost if cost and never else NOTHING
    return Figures(in_time, late, unpromised, over_a_day_late, otherwise, not_yet_due, never, lost)


def cut(found: Iterable[Group], by: Callable[[Group], Key]) -> dict[Key, Figures]:
    """Sum groups by a key, in the order in which the keys come."""
    sums: dict[Key, Figures] = {}
    for group in found:
        key = by(group)
        if key not in sums:
            sums[key] = Figures()
        sums[key].add(group.figures)
    return sums


def by_channel_alone(found: Iterable[Group]) -> list[Group]:
    """Sum groups by channel: a few, of which the same cuts by channel and the same whole can be made."""
    return [Group(None, channel, None, figures) for channel, figures in cut(found, attrgetter("channel")).items()]


def by_owner_alone(found: Iterable[Group]) -> list[Group]:
    """Sum groups by rep, likewise."""
    return [Group(None, "", owner, figures) for owner, figures in cut(found, attrgetter("owner")).items()]


@dataclass(slots=True)
class Span:
    """The figures between two moments, and with what the answered otherwise were answered."""

    figures: Figures = field(default_factory=Figures)
    answers: Counter[str] = field(default_factory=Counter)
    ages: Counter[int] = field(default_factory=Counter)

    def count(self, state: str, count: int, age: int | None = None) -> None:
        """Count promotions of one state, or of an answer's word; the never followed up with their age."""
        if age is not None:
            self.ages[age] += count
        if state in Answer:
            self.answers[state] += count
            self.figures.answered_otherwise += count
        else:
            setattr(self.figures, state, getattr(self.figures, state) + count)


def spans(facts: Facts, starts: Sequence[datetime], until: datetime) -> list[Span]:
    """Return the figures of promotions from each moment to the next, the last one until `until`, without money."""
    found = [Span() for _ in starts]
    for n, state, age, count in facts.read(_SPANS, stretch(starts, until)):
        found[n - 1].count(state, count, age)
    return found


def stretch(starts: Sequence[datetime], until: datetime) -> dict[str, object]:
    """Return what a query over spans binds."""
    return {"starts": list(starts), "since": starts[0], "until": until}


def week_starts(period: Period) -> list[datetime]:
    """Return the first moment of each week of a period, within the period."""
    return [max(midnight(monday, period.zone), period.since) for monday in period.weeks]


def median_age(found: Mapping[int, int]) -> int | None:
    """Return the age that half of the never followed up have at least reached."""
    left = (sum(found.values()) + 1) // 2
    for age in sorted(found, reverse=True):
        left -= found[age]
        if left <= 0:
            return age
    return None


def causes(facts: Facts, costs: Mapping[int, Decimal]) -> dict[str, Figures]:
    """Return the broken promises, followed up late or never, by the cause that was found when each broke."""
    sums: dict[str, Figures] = {}
    for cause, campaign, late, never in facts.read(_CAUSES):
        lost = never * costs.get(campaign, Decimal())
        sums.setdefault(cause, Figures()).add(Figures(late=late, never=never, spend_lost=lost))
    return sums


@dataclass(frozen=True, slots=True)
class Report:
    """All that the black-hole report tells, before anybody looks at it."""

    facts: Facts
    costs: dict[int, Decimal]
    groups: list[Group]
    channels: list[Group]
    whole: Figures
    answers: Counter[str]
    before: Figures
    weeks: list[tuple[date, Figures]]
    ages: Mapping[int, int]


def report(facts: Facts) -> Report:
    """Return the figures of a period, of the period before it, by week, by age and by group; causes are asked apart."""
    costs = spend.of_a_lead(facts.as_of, is_live=facts.is_live)
    found = groups(facts, costs)
    channels = by_channel_alone(found)
    earlier, begun = facts.period.before(), facts.period.cut_off(facts.as_of)
    before, *weekly = spans(facts, [earlier.since, *week_starts(begun)], begun.until)
    return Report(
        facts=facts,
        costs=costs,
        groups=found,
        channels=channels,
        whole=total(group.figures for group in channels),
        answers=sum((week.answers for week in weekly), Counter()),
        before=before.figures,
        weeks=list(zip(begun.weeks, (week.figures for week in weekly), strict=True)),
        ages=sum((week.ages for week in weekly), Counter()),
    )
