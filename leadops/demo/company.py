"""How was the demo company set up before the story begins: people, teams, caps, leave, campaigns, agreements?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from fractions import Fraction
from typing import Any

from django.contrib.auth.hashers import make_password

from handoff import roster
from handoff.models import Absence, PoolTurn, Rep, RepSetting, SlaPolicy
from leadops.accounts.models import Company, Language, Team, TeamMembership, User
from leadops.accounts.roles import Role
from leadops.demo.almanac import DAY_MINUTES, Almanac
from leadops.demo.cast import COLLEAGUES, LOG_INS, OPEN_CAP, PASSWORD, REPS, TEAMS, WEEKLY_CAP
from leadops.demo.efforts import EFFORTS, Effort
from leadops.demo.ledger import Ledger
from leadops.demo.people import Firm
from leadops.foundation import give_roles, lay
from leads.models import Campaign, CampaignCost, CaptureForm, Hook, Organisation, Queue
from qualification import definition
from qualification.default import LINES, TERMS
from qualification.models import Signature

NAME = "Polderpost ICT"
# The first agreement, and the second, which promises more: working minutes.
FIRST = replace(TERMS, promise_minutes=1920, accept_minutes=960, exploration_percent=0)
SECOND = replace(TERMS, promise_minutes=1440, accept_minutes=720, exploration_percent=0)
SECOND_FROM = -62
LATER_CRITERIA = ("Industry that we serve", "Three engagements in 90 days")
RETURN_AFTER = 4590


@dataclass(slots=True)
class Staff:
    """Users by the name before the at sign, campaigns and queues by name and kind, forms by their campaign's name."""

    users: dict[str, User]
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    queues: dict[str, int] = field(default_factory=dict)
    forms: dict[str, CaptureForm] = field(default_factory=dict)
    hook: Hook | None = None

    def __getitem__(self, key: str) -> User:
        return self.users[key]


def assemble(almanac: Almanac, ledger: Ledger, customers: list[Firm]) -> Staff:
    """Make the company as it was on the eve of the story."""
    lay()
    Company.objects.update(name=NAME)
    staff = Staff(_people(almanac))
    staff.queues = dict(Queue.objects.values_list("kind", "pk"))
    _teams(staff, almanac)
    _reps(staff, almanac)
    _customers(staff, almanac, customers)
    _campaigns(staff, almanac, ledger)
    SlaPolicy.objects.create(position=1, name="Na negen werkdagen terug naar marketing", return_after=RETURN_AFTER)
    agree(staff, almanac, FIRST, -almanac.days)
    return staff


def _people(almanac: Almanac) -> dict[str, User]:
    """The users; hashing a password takes long, so that all share one hash of the one that is printed."""
    password, joined = make_password(PASSWORD), almanac.eve
    users = {}
    for email, name, roles in (*LOG_INS.values(), *COLLEAGUES):
        is_admin = Role.ADMIN in roles
        user = User.objects.create(
            email=email, name=name, password=password, is_superuser=is_admin, is_staff=is_admin, date_joined=joined,
            language=Language.ENGLISH if email in {login[0] for login in LOG_INS.values()} else Language.DUTCH,
        )  # fmt: skip
        users[email.partition("@")[0]] = give_roles(user, *roles)
    return users


def _teams(staff: Staff, almanac: Almanac) -> None:
    for name, (manager, members) in TEAMS.items():
        team = Team.objects.create(name=name, manager=staff[manager])
        TeamMembership.objects.bulk_create(
            TeamMembership(team=team, user=staff[key], since=almanac.eve) for key in members
        )
        kind = Queue.Kind.HUNTERS if manager == "sanne" else Queue.Kind.FARMERS
        Queue.objects.filter(kind=kind).update(team=team)


def _reps(staff: Staff, almanac: Almanac) -> None:
    """Caps, tracking, turns and leave."""
    roster.seat()
    for key, manner in REPS.items():
        user = staff[key]
        hired = almanac.first - timedelta(days=round(manner.years * 365))
        Rep.objects.filter(pk=user.pk).update(hired_on=hired, languages=["nl", "en"])
        PoolTurn.objects.filter(rep=user.pk).update(weight=manner.weight)
    RepSetting.objects.bulk_create(
        RepSetting(
            rep_id=staff[key].pk, since=almanac.eve, open_cap=OPEN_CAP, weekly_cap=WEEKLY_CAP, quota_attainment=manner.quota,
            tracking=Rep.Tracking.RESULTS if manner.is_tracked_by_results else Rep.Tracking.COACH, by=staff["sanne"],
        )
        for key, manner in REPS.items()
    )  # fmt: skip
    Absence.objects.bulk_create(
        Absence(
            rep_id=staff[key].pk, note=note, starts_at=almanac.on(first, time(0, 5)), ends_at=almanac.on(last, time(0, 5))
        )
        for key, manner in REPS.items()
        for first, last, note in manner.away
    )  # fmt: skip


def _customers(staff: Staff, almanac: Almanac, firms: list[Firm]) -> None:
    farmers = [staff[key] for key in ("femke", "piet", "femke", "mei", "piet")]
    Organisation.objects.bulk_create(
        Organisation(
            **firm.facts, account_manager=farmers[n % len(farmers)], created_at=almanac.eve
        )
        for n, firm in enumerate(firms)
    )  # fmt: skip


def _campaigns(staff: Staff, almanac: Almanac, ledger: Ledger) -> None:
    """The campaigns with what they were to cost and did cost, each line dated."""
    for effort in EFFORTS:
        planned = almanac.on(max(effort.first - 20, -almanac.days - 1), time(8, 10))
        agreed: dict[str, Any] = {"agreed_by": staff["sanne"], "agreed_at": planned} if effort.is_agreed else {}
        campaign = Campaign.objects.create(
            name=effort.name, channel=effort.channel, owner=staff[effort.marketer],
            starts_on=almanac.date_of(effort.first), ends_on=almanac.date_of(effort.last), created_at=planned, **agreed,
        )  # fmt: skip
        staff.campaigns[effort.name] = campaign
        ledger.costs[effort.name] = Fraction(effort.actual)
        _costs(campaign, effort, almanac)


def _costs(campaign: Campaign, effort: Effort, almanac: Almanac) -> None:
    """The budget beforehand; then a deposit and the bill, or a part each month for what goes on."""
    lasts = effort.last - effort.first
    days = [effort.first + lasts * n // 5 for n in range(1, 6)] if lasts > 20 else [effort.first, effort.last]
    parts = [effort.actual // len(days)] * (len(days) - 1)
    parts.append(effort.actual - sum(parts))
    lines = [(CampaignCost.Kind.BUDGET, effort.budget, "Begroting", campaign.created_at)]
    lines += [
        (CampaignCost.Kind.ACTUAL, part, "Factuur", almanac.on(day, time(8, 20)))
        for part, day in zip(parts, days, strict=True)
    ]
    CampaignCost.objects.bulk_create(
        CampaignCost(campaign=campaign, kind=kind, amount=amount, label=label, occurred_at=at, recorded_at=at)
        for kind, amount, label, at in lines
    )


def agree(staff: Staff, almanac: Almanac, terms: definition.Terms, day: int) -> None:
    """Draft, sign by both sides, and put in force on the morning of a day."""
    at = almanac.on(day - 1, time(16, 10))
    lines = [line for line in LINES if terms is SECOND or line.label_en not in LATER_CRITERIA]
    agreed = definition.draft(terms, lines, by=staff["lotte"], at=at)
    definition.sign(agreed, by=staff["lotte"], side=Signature.Side.MARKETING, at=at)
    definition.sign(agreed, by=staff["sanne"], side=Signature.Side.SALES, at=at + timedelta(minutes=50))
    definition.put_in_force(agreed, at=almanac.on(day, time(8, 30)))


def promise(minute: int) -> int:
    """How much working time the agreement of that minute promises."""
    return (SECOND if minute >= SECOND_FROM * DAY_MINUTES else FIRST).promise_minutes
