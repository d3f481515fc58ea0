"""The oracle: a ledger in plain Python that a walk writes itself, and its own reckoning. It reads no table of the product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

FAR = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


@dataclass
class Said:
    """Something written down at one moment, about another, and perhaps taken back later."""

    occurred_at: datetime
    recorded_at: datetime
    word: str = ""
    amount: int = 0
    taken_back_at: datetime = FAR

    def stands(self, as_of: datetime) -> bool:
        return self.recorded_at <= as_of < self.taken_back_at


@dataclass
class Promised:
    """One promotion: what was promised, who had it from when, what answered it."""

    mql_at: datetime
    promised_by: datetime
    owners: list[tuple[datetime, int]] = field(default_factory=list)
    follow_ups: list[Said] = field(default_factory=list)
    answers: list[Said] = field(default_factory=list)

    def owner(self, as_of: datetime) -> int | None:
        known = [owner for since, owner in self.owners if since <= as_of]
        return known[-1] if known else None

    def first_follow_up(self, as_of: datetime) -> datetime | None:
        counted = [one for one in self.follow_ups if one.stands(as_of) and one.occurred_at >= self.mql_at]
        return min((one.occurred_at for one in counted), default=None)

    def state(self, as_of: datetime) -> str:
        called = self.first_follow_up(as_of)
        if called is not None:
            return "in_time" if called <= self.promised_by else "late"
        answer = next((one for one in self.answers if one.stands(as_of)), None)
        if answer is not None and answer.occurred_at <= self.promised_by:
            return answer.word
        return "never" if self.promised_by < as_of else "not_yet_due"


@dataclass
class Passage:
    """One lead."""

    key: int
    origin: str
    channel: str
    campaign: int | None
    opened_at: datetime
    stage: str = "inquiry"
    owner: int | None = None
    is_called: bool = False
    promotions: list[Promised] = field(default_factory=list)
    void_at: datetime = FAR


@dataclass(frozen=True)
class Counted:
    """One promotion as the ledger counts it at a moment."""

    channel: str
    campaign: int | None
    owner: int | None
    monday: date
    state: str
    lies: timedelta


class Ledger:
    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.leads: dict[int, Passage] = {}
        self.costs: dict[int, list[Said]] = defaultdict(list)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def counted(self, first: date, last: date, as_of: datetime) -> Iterator[Counted]:
        for lead in self.leads.values():
            for one in lead.promotions:
                day = self.day(one.mql_at)
                if (
                    lead.origin != "marketing"
                    or lead.void_at <= as_of
                    or one.mql_at > as_of
                    or not first <= day <= last
                ):
                    continue
                monday = day - timedelta(days=day.weekday())
                lies = as_of - one.promised_by
                yield Counted(lead.channel, lead.campaign, one.owner(as_of), monday, one.state(as_of), lies)

    def cost_of_a_lead(self, campaign: int | None, as_of: datetime) -> Fraction:
        opened = [
            lead for lead in self.leads.values() if lead.campaign == campaign and lead.opened_at <= as_of < lead.void_at
        ]
        spent = sum(line.amount for line in self.costs.get(campaign or 0, ()) if line.stands(as_of))
        return Fraction(spent, len(opened)) if opened else Fraction()

    def figures(
        self, first: date, last: date, as_of: datetime, by: Callable[[Counted], Hashable] = lambda _one: None
    ) -> dict[Hashable, dict[str, object]]:
        cut: dict[Hashable, list[Counted]] = defaultdict(list)
        for one in self.counted(first, last, as_of):
            cut[by(one)].append(one)
        return {key: self.row(found, as_of) for key, found in cut.items()}

    def row(self, found: list[Counted], as_of: datetime) -> dict[str, object]:
        states = Counter(one.state for one in found)
        followed, never = states["in_time"] + states["late"], states["never"]
        lost = sum((self.cost_of_a_lead(one.campaign, as_of) for one in found if one.state == "never"), Fraction())
        return {
            "delivered": len(found),
            "followed_up": followed,
            "followed_up_in_time": states["in_time"],
            "answered_otherwise": len(found) - followed - never - states["not_yet_due"],
            "not_yet_due": states["not_yet_due"],
            "never_followed_up": never,
            "share": round(never / (followed + never), 4) if followed + never else None,
            "spend_lost": lost,
        }

    def answers(self, first: date, last: date, as_of: datetime) -> Counter[str]:
        states = Counter(one.state for one in self.counted(first, last, as_of))
        return Counter(
            {word: n for word, n in states.items() if word not in ("in_time", "late", "never", "not_yet_due")}
        )

    def ages(self, first: date, last: date, as_of: datetime) -> dict[int, int]:
        return dict(Counter(one.lies.days for one in self.counted(first, last, as_of) if one.state == "never"))
