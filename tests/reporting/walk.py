"""A random walk over the product's operations that writes down in the ledger what it does, as it does it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from handoff import acceptance, followup, outcomes, routing
from handoff.models import FollowUp, Handoff
from leadops.accounts.models import User
from leadops.foundation import lay
from leads import lifecycle
from leads.models import Campaign, CampaignCost, Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import Channel, Reason, Stage
from tests.factories import make_campaign, make_lead, queue_of
from tests.handoff.factories import make_rep
from tests.qualification.factories import make_definition
from tests.reporting.ledger import Ledger, Passage, Promised, Said

HOUR = timedelta(hours=1)
CHANNELS = [Channel.EVENT.value, Channel.WEB.value, Channel.TELEMARKETING.value]


class Walk:
    """Each step does one thing to one lead, or lets time pass; `at` is when."""

    def __init__(self, seed: int, start: datetime, zone: str) -> None:
        self.dice, self.at, self.ledger = random.Random(seed), start, Ledger(zone)
        lay()
        self.version = make_definition(at=start - timedelta(days=1000)).version
        self.reps = [make_rep(at=start - timedelta(days=30)) for _ in range(3)]
        self.campaigns: list[Campaign] = [make_campaign() for _ in range(3)]
        self.pool, self.nurture = queue_of(Queue.Kind.HUNTERS), queue_of(Queue.Kind.NURTURE)
        self.returned = queue_of(Queue.Kind.RETURNED)
        self.follow_ups: list[tuple[int, int, Said]] = []

    def step(self) -> None:
        """Let some time pass, then do one thing that can be done."""
        self.at += self.dice.choice([timedelta(minutes=7), HOUR, 3 * HOUR, 11 * HOUR])
        often = [self.open, self.promote, self.give, self.call] * 3
        seldom = [self.reject, self.recycle, self.disqualify, self.suppress, self.merge, self.void, self.undo]
        self.dice.choice([*often, *seldom, self.shelve, self.cost])()

    def one(self, *stages: str) -> Passage | None:
        found = [lead for lead in self.ledger.leads.values() if lead.stage in stages]
        return self.dice.choice(found) if found else None

    def row(self, lead: Passage) -> LeadQuerySet:
        return Lead.objects.filter(pk=lead.key)

    def rep(self, lead: Passage) -> User:
        return next(rep for rep in self.reps if rep.pk == lead.owner)

    def answered(self, lead: Passage, word: str) -> None:
        if lead.promotions:
            lead.promotions[-1].answers.append(Said(self.at, self.at, word))

    def open(self) -> None:
        campaign, channel = self.dice.choice([*self.campaigns, None]), self.dice.choice(CHANNELS)
        lead = make_lead(at=self.at, campaign=campaign, channel=channel)
        self.ledger.leads[lead.pk] = Passage(lead.pk, "marketing", channel, campaign and campaign.pk, self.at)
        if self.dice.random() < 0.1:
            rep = self.dice.choice(self.reps)
            own = make_lead(at=self.at, origin="sales", channel="sales", owner=rep)
            self.ledger.leads[own.pk] = Passage(own.pk, "sales", "sales", None, self.at, "rep", rep.pk)

    def promote(self) -> None:
        if (lead := self.one("inquiry", "nurture")) is None:
            return
        promise = self.at + self.dice.choice([HOUR, 30 * HOUR, 100 * HOUR, 300 * HOUR])
        hold = lifecycle.Hold(promise, queue=self.pool.pk)
        assert lifecycle.promote(
            self.row(lead),
            holds={lead.key: hold},
            promises={lead.key: promise},
            version=self.version,
            at=self.at,
            by=None,
        ) == [lead.key]
        lead.stage, lead.owner = "mql", None
        lead.promotions.append(Promised(self.at, promise))

    def give(self) -> None:
        if (lead := self.one("mql", "mql", "rep")) is None:
            return
        rep = self.dice.choice([rep for rep in self.reps if rep.pk != lead.owner])
        assert routing.reassign(self.row(lead), to=rep, by=None, at=self.at) == [lead.key]
        lead.stage, lead.owner, lead.is_called = "rep", rep.pk, False
        if lead.promotions:
            lead.promotions[-1].owners.append((self.at, rep.pk))

    def call(self) -> None:
        if (lead := self.one("rep")) is None:
            return
        occurred_at = self.at - self.dice.choice([timedelta(), timedelta(), HOUR, 20 * HOUR])
        disposition = self.dice.choice(["spoke", "no_answer", "voicemail"])
        assert followup.record(
            self.row(lead), by=self.rep(lead), kind="call", disposition=disposition, at=self.at, occurred_at=occurred_at
        ) == [lead.key]
        said = Said(occurred_at, self.at)
        self.follow_ups.append((FollowUp.objects.latest("pk").pk, lead.key, said))
        lead.is_called = True
        if lead.promotions:
            lead.promotions[-1].follow_ups.append(said)

    def undo(self) -> None:
        if not self.follow_ups:
            return
        pk, key, said = self.dice.choice(self.follow_ups)
        row, lead = FollowUp.objects.get(pk=pk), self.ledger.leads[key]
        if followup.undo(FollowUp.objects.filter(pk=pk), by=row.by, at=self.at):
            said.taken_back_at = self.at
            lead.is_called = FollowUp.objects.standing().filter(handoff__lead=key, handoff__ended_at=None).exists()

    def reject(self) -> None:
        if (lead := self.one("rep")) is None or lead.is_called:
            return
        reason = acceptance.reject_reasons(self.at)[0].key
        handoffs = Handoff.objects.filter(lead=lead.key)
        if acceptance.reject(handoffs, by=self.rep(lead), reason=reason, at=self.at):
            self.answered(lead, "rejected")
            lead.stage, lead.owner = "inquiry", None

    def recycle(self) -> None:
        if (lead := self.one("rep")) is None:
            return
        wake_at = self.at + timedelta(days=30)
        assert outcomes.recycle(self.row(lead), by=self.rep(lead), reason="no_budget", wake_at=wake_at, at=self.at)
        self.answered(lead, "recycled")
        lead.stage, lead.owner = "nurture", None

    def disqualify(self) -> None:
        if (lead := self.one("rep")) is None:
            return
        if outcomes.disqualify(self.row(lead), by=self.rep(lead), reason="no_need", at=self.at):
            self.answered(lead, "disqualified")
            lead.stage = "closed"

    def close(self, to: Stage, reason: Reason, word: str) -> None:
        if self.dice.random() < 0.5 or (lead := self.one("inquiry", "nurture", "mql", "rep")) is None:
            return
        assert lifecycle.close(self.row(lead), to=to, at=self.at, reason=reason, by=None) == [lead.key]
        lead.stage = "closed"
        if word:
            self.answered(lead, word)
        else:
            lead.void_at = self.at

    def suppress(self) -> None:
        self.close(Stage.DISQUALIFIED, Reason.SUPPRESSED, "suppressed")

    def merge(self) -> None:
        self.close(Stage.MERGED, Reason.MERGED, "merged")

    def void(self) -> None:
        self.close(Stage.VOID, Reason.UNDONE, "")

    def shelve(self) -> None:
        """Marketing puts a lead in nurture, also out of a pool."""
        if (lead := self.one("inquiry", "mql")) is None:
            return
        hold = lifecycle.Hold(self.at + timedelta(days=60), queue=self.nurture.pk)
        assert lifecycle.move(
            self.row(lead), to=Stage.NURTURE, holds={lead.key: hold}, at=self.at, reason=Reason.NURTURED, by=None
        ) == [lead.key]
        self.answered(lead, "recycled")
        lead.stage = "nurture"

    def cost(self) -> None:
        """Book an actual cost, or take one back."""
        campaign, amount = self.dice.choice(self.campaigns), self.dice.randrange(100, 9000)
        lines = self.ledger.costs[campaign.pk]
        standing = [line for line in lines if line.stands(self.at)]
        if standing and self.dice.random() < 0.3:
            line = self.dice.choice(standing)
            booked = CampaignCost.objects.get(campaign=campaign, amount=line.amount, recorded_at=line.recorded_at)
            self.book(campaign, line.amount, voids=booked)
            line.taken_back_at = self.at
        else:
            self.book(campaign, amount)
            lines.append(Said(self.at, self.at, amount=amount))

    def book(self, campaign: Campaign, amount: int, voids: CampaignCost | None = None) -> None:
        CampaignCost.objects.create(
            campaign=campaign, kind="actual", amount=amount, occurred_at=self.at, recorded_at=self.at, voids=voids
        )
