"""What was not followed up: how much, where, since when, why, and what had it cost?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from leads.stages import Answer
from reporting import spend
from reporting.facts import ANSWERED_OTHERWISE, IN_TIME, NEVER, STATE, Facts
from reporting.figures import Figures, total
from reporting.periods import WEEK, Period, midnight

Key = TypeVar("Key", bound=Hashable)

UNKNOWN = "unknown"

_GROUPS = f"""SELECT campaign_id, channel, owner_id, count(*), count(*) FILTER (WHERE {IN_TIME}),
        count(first_follow_up_at), count(*) FILTER (WHERE first_follow_up_at > promised_by + interval '1 day'),
        count(*) FILTER (WHERE {ANSWERED_OTHERWISE}), count(*) FILTER (WHERE {NEVER})
    FROM [facts] GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""

_SPANS = f"""SELECT span.n, states.state, states.count
    FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY span(since, until, n)
    CROSS JOIN LATERAL (SELECT {STATE} AS state, count(*) AS count FROM [facts of span] GROUP BY 1) states"""

_AGES = f"""SELECT date_part('day', %(as_of)s::timestamptz - promised_by)::int, count(*)
    FROM [facts] WHERE {NEVER} GROUP BY 1 ORDER BY 1"""

_CAUSES = f"""SELECT coalesce(why.cause, '{UNKNOWN}'), facts.campaign_id,
        count(facts.first_follow_up_at), count(*) FILTER (WHERE facts.first_follow_up_at IS NULL)
    FROM [facts] LEFT JOIN handoff_brokenpromise why ON why.promotion_id = facts.id AND why.recorded_at <= %(as_of)s
    WHERE facts.first_follow_up_at > facts.promised_by OR {NEVER}
    GROUP BY 1, 2 ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Group:
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
    delivered, in_time, followed_up, over_a_day_late, otherwise, never = counts
    return Figures(
        in_time=in_time,
        late=followed_up - in_time,
        over_a_day_late=over_a_day_late,
        answered_otherwise=otherwise,
        not_yet_due=delivered - followed_up - otherwise - never,
        never=never,
        spend_lost=never * (cost or Decimal()),
    )


def cut(found: Iterable[Group], by: Callable[[Group], Key]) -> dict[Key, Figures]:
    """Sum groups by a key, in the order in which the keys come."""
    sums: dict[Key, Figures] = {}
    for group in found:
        sums.setdefault(by(group), Figures()).add(group.figures)
    return sums


@dataclass(slots=True)
class Span:
    """The figures between two moments, and with what the answered otherwise were answered."""

    figures: Figures
    answers: Counter[str]

    @classmethod
    def empty(cls) -> Span:
        """Return a span in which nothing is counted yet."""
        return cls(Figures(), Counter())

    def count(self, state: str, count: int) -> None:
        """Count promotions of one state, or of an answer's word."""
        if state in Answer.values:
            self.answers[state] += count
            self.figures.answered_otherwise += count
        else:
            setattr(self.figures, state, count)


def spans(facts: Facts, bounds: Sequence[tuple[datetime, datetime]]) -> list[Span]:
    """Return the figures of promotions between each two moments, without money."""
    found = [Span.empty() for _ in bounds]
    values = {"starts": [since for since, _ in bounds], "ends": [until for _, until in bounds]}
    for n, state, count in facts.read(_SPANS, values):
        found[n - 1].count(state, count)
    return found


def week_bounds(period: Period) -> list[tuple[datetime, datetime]]:
    """Return the first moment of each week of a period, and of the next, as far as the period reaches."""
    starts = [midnight(monday, period.zone) for monday in period.weeks]
    ends = [midnight(monday + WEEK, period.zone) for monday in period.weeks]
    return [(max(start, period.since), min(end, period.until)) for start, end in zip(starts, ends, strict=True)]


def ages(facts: Facts) -> dict[int, int]:
    """Return how many never followed up lie so many whole days (of 24 hours) since their promise broke."""
    return dict(facts.read(_AGES))


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
    whole: Figures
    answers: Counter[str]
    before: Figures
    weeks: list[tuple[date, Figures]]
    ages: dict[int, int]


def report(facts: Facts) -> Report:
    """Return the figures of a period, of the period before it, by week, by age and by group; causes are asked apart."""
    costs = spend.of_a_lead(facts.as_of, is_live=facts.is_live)
    found = groups(facts, costs)
    earlier, begun = facts.period.before(), facts.period.cut_off(facts.as_of)
    before, *weekly = spans(facts, [(earlier.since, earlier.until), *week_bounds(begun)])
    return Report(
        facts=facts,
        costs=costs,
        groups=found,
        whole=total(group.figures for group in found),
        answers=sum((week.answers for week in weekly), Counter()),
        before=before.figures,
        weeks=list(zip(begun.weeks, (week.figures for week in weekly), strict=True)),
        ages=ages(facts),
    )
