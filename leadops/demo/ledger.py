"""What does the story itself say came of each lead? Plain objects, written while it is told; no table of the product is read.

Moments are working minutes of the story (see almanac). A promise that lies before nought has passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

IN_TIME, LATE, OTHERWISE, NOT_YET_DUE, NEVER = "in_time", "late", "answered_otherwise", "not_yet_due", "never"


@dataclass(slots=True)
class Passage:
    """One passage of a lead to sales, and what answered it first."""

    campaign: str
    channel: str
    promised_at: int
    promise: int
    rep: str = ""
    follow_up: int | None = None
    answer: int | None = None
    word: str = ""

    @property
    def state(self) -> str:
        """What came of it: followed up first, then an answer at or before the promise, then time itself."""
        if self.follow_up is not None:
            return IN_TIME if self.follow_up <= self.promise else LATE
        if self.answer is not None and self.answer <= self.promise:
            return OTHERWISE
        return NEVER if self.promise < 0 else NOT_YET_DUE


@dataclass(slots=True)
class Ledger:
    """All passages, how many leads each campaign opened, and what it cost."""

    passages: list[Passage] = field(default_factory=list)
    leads: Counter[str] = field(default_factory=Counter)
    costs: dict[str, Fraction] = field(default_factory=dict)

    def promote(self, campaign: str, channel: str, at: int, promise: int) -> Passage:
        """Write down that a lead went to sales."""
        self.passages.append(Passage(campaign, channel, at, promise))
        return self.passages[-1]

    def cost_of_a_lead(self, campaign: str) -> Fraction:
        opened = self.leads[campaign]
        return self.costs.get(campaign, Fraction()) / opened if opened else Fraction()

    def figures(self, by: Callable[[Passage], Hashable] = lambda _one: "") -> dict[Hashable, dict[str, object]]:
        """The figures under the names that reports use, cut by what `by` says."""
        cut: dict[Hashable, list[Passage]] = {}
        for one in self.passages:
            cut.setdefault(by(one), []).append(one)
        return {key: self._row(found) for key, found in cut.items()}

    def _row(self, found: Iterable[Passage]) -> dict[str, object]:
        states = Counter(one.state for one in found)
        followed, never = states[IN_TIME] + states[LATE], states[NEVER]
        lost = sum((self.cost_of_a_lead(one.campaign) for one in found if one.state == NEVER), Fraction())
        return {
            "delivered": states.total(),
            "followed_up": followed,
            "followed_up_in_time": states[IN_TIME],
            "answered_otherwise": states[OTHERWISE],
            "not_yet_due": states[NOT_YET_DUE],
            "never_followed_up": never,
            "share": round(never / (followed + never), 4) if followed + never else None,
            "spend_lost": float(round(lost, 2)),
        }
