"""What stands at a moment of the story: the leads as the story tells them, what is to be done, and who waits for a rep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from handoff import routing
from leadops.demo.almanac import Almanac
from leadops.demo.chance import dice
from leadops.demo.company import Staff, promise
from leadops.demo.ledger import Ledger, Passage
from leadops.demo.people import Country, Person
from leadops.demo.plans import Given, Step, plan
from leads.models import Lead
from qualification import promotion

MOST = 1_000


@dataclass(slots=True)
class Case:
    """One lead as the story tells it. `turn` numbers its plans: what was planned before the last one is off."""

    n: int
    person: Person
    campaign: str = ""
    channel: str = ""
    odds: float = 1.0
    lead: int = 0
    rep: str = ""
    passage: Passage | None = None
    turn: int = 0
    is_closed: bool = False

    @property
    def is_called(self) -> bool:
        """Whether nothing that follows changes a figure: a follow-up came first, or it is the rep's own."""
        return self.passage is None or self.passage.follow_up is not None


class Planned(NamedTuple):
    """A step in the diary, in the order of time; those that are alike stand together."""

    at: int
    rep: str
    what: str
    said: str
    n: int
    turn: int
    step: Step
    following: int


@dataclass(slots=True)
class Scene:
    """Everything that the story needs to go on."""

    almanac: Almanac
    staff: Staff
    ledger: Ledger
    country: Country
    scale: float = 1.0
    cases: list[Case] = field(default_factory=list)
    diary: list[Planned] = field(default_factory=list)
    pending: list[Case] = field(default_factory=list)
    waiting: list[Case] = field(default_factory=list)
    silent: list[Person] = field(default_factory=list)
    told_until: float = 0.0
    inbox: dict[int, list[Case]] = field(default_factory=lambda: defaultdict(list))
    waking: dict[int, list[Case]] = field(default_factory=lambda: defaultdict(list))
    today: dict[str, list[float]] = field(default_factory=dict)

    def case(self, person: Person, **facts: object) -> Case:
        """A new lead of the story."""
        self.cases.append(Case(len(self.cases), person, **facts))  # type: ignore[arg-type]
        return self.cases[-1]

    def plan(self, case: Case, steps: Sequence[Step]) -> None:
        """Enter what a rep will do with a lead, in place of all that was planned for it."""
        case.turn += 1
        for n, step in enumerate(steps):
            following = steps[n + 1].at if n + 1 < len(steps) else step.at
            said = repr(step.detail)
            heappush(self.diary, Planned(step.at, case.rep, step.what, said, case.n, case.turn, step, following))

    def due(self, until: int) -> list[Planned]:
        """Take what is to be done before a minute out of the diary, without what is off."""
        found = []
        while self.diary and self.diary[0].at < until:
            planned = heappop(self.diary)
            if self.cases[planned.n].turn == planned.turn:
                found.append(planned)
        return found

    def busy(self) -> list[Case]:
        """Leads that a rep is in touch with, and goes on with."""
        keys = {one.n for one in self.diary if one.what == "call" and self.cases[one.n].turn == one.turn}
        return [self.cases[n] for n in sorted(keys) if self.cases[n].is_called and self.cases[n].passage]

    def to_sales(self, at: datetime, minute: int) -> None:
        """Have what came in judged, write down who goes to sales, and hand them out."""
        promotion.judge(at)
        for case in self.pending:
            case.passage = self.ledger.promote(case.campaign, case.channel, minute, minute + promise(minute))
        self.waiting += self.pending
        self.pending = []
        self.hand_out(at + timedelta(minutes=1), minute)

    def hand_out(self, at: datetime, minute: int) -> None:
        """Give everybody who waits to a rep; whose turn it is, the product says."""
        if not self.waiting:
            return
        routing.assign(at, limit=MOST)
        names = {user.pk: key for key, user in self.staff.users.items()}
        keys = [case.lead for case in self.waiting]
        owners = dict(Lead.objects.filter(pk__in=keys, owner__isnull=False).values_list("pk", "owner"))
        for case in self.waiting:
            if case.lead in owners:
                self.give(case, names[owners[case.lead]], minute)
        self.waiting = [case for case in self.waiting if case.lead not in owners]

    def give(self, case: Case, rep: str, minute: int) -> None:
        """A lead of marketing is a rep's from now on."""
        case.rep = rep
        if case.passage is not None:
            case.passage.rep = rep
            given = Given(rep, minute + 1, case.passage.promise, case.odds, case.person.decides)
            self.plan(case, plan(dice("plan", case.n, case.passage.promised_at), given))
