"""Who works at the synthetic company, in which teams, with which campaigns and which signed definition?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from handoff.models import PoolTurn, Rep, RepSetting
from leadops.accounts.models import Team, TeamMembership, User
from leadops.accounts.roles import Role
from leadops.foundation import give_roles, lay
from leads.models import Campaign, CampaignCost, Queue
from leads.stages import Channel
from qualification import definition
from qualification.default import default_definition
from qualification.models import Definition, Signature

# What each channel's efforts are called, and what a lead of them costs.
EFFORTS = {
    Channel.EVENT: ("Beurs ICT", 90),
    Channel.WEB: ("Whitepaper", 35),
    Channel.TELEMARKETING: ("Belronde", 60),
    Channel.SOCIAL: ("LinkedIn", 40),
    Channel.EMAIL: ("Nieuwsbrief", 8),
    Channel.PARTNER: ("Partner", 50),
}
SINCE = timedelta(days=900)
SPAN = timedelta(days=720)
"""How much time is told: in it campaigns begin and leads come in."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Keys of those who play: reps by kind, campaigns with their channel (the latest first), queues by kind, the definition's version."""

    hunters: list[int]
    farmers: list[int]
    campaigns: list[tuple[int, str]]
    queues: dict[str, int]
    version: int
    promise_minutes: int

    def running(self, age: float, random: Random) -> tuple[int, str]:
        """A campaign, with its channel, that ran when this share of the time told had yet to come."""
        at = int(age * max(1, len(self.campaigns) - len(EFFORTS))) + random.randrange(len(EFFORTS))
        return self.campaigns[min(at, len(self.campaigns) - 1)]


def _user(name: str, number: int, at: datetime, *roles: Role) -> User:
    email = f"{name.lower().replace(' ', '.')}.{number}@leadops.example"
    user = User.objects.filter(email=email).first()
    return user or give_roles(User.objects.create_user(email, None, name=f"{name} {number}", date_joined=at), *roles)


def _rep(number: int, team: Team, at: datetime) -> User:
    role = Role.FARMER if number % 4 == 0 else Role.HUNTER
    user = _user("Rep", number, at, role)
    rep, made = Rep.objects.get_or_create(
        user=user, defaults={"is_hunter": role == Role.HUNTER, "is_farmer": role == Role.FARMER}
    )
    if made:
        RepSetting.objects.create(rep=rep, since=at, open_cap=100_000, weekly_cap=100_000)
        TeamMembership.objects.create(team=team, user=user, since=at)
        pool = Queue.Kind.HUNTERS if role == Role.HUNTER else Queue.Kind.FARMERS
        PoolTurn.objects.create(queue=Queue.objects.get(kind=pool), rep=rep)
    return user


def _team(number: int, at: datetime) -> Team:
    manager = _user("Manager", number, at, Role.SALES_MANAGER)
    return Team.objects.get_or_create(name=f"Team {number}", defaults={"manager": manager})[0]


def _campaigns(count: int, leads: int, marketer: User, at: datetime, random: Random) -> list[tuple[int, str]]:
    """Make (or find) campaigns spread over the time told, the latest first, each costing what its share of the leads would."""
    made: list[tuple[int, str]] = []
    for n in range(count):
        channel = list(EFFORTS)[n % len(EFFORTS)]
        label, cost = EFFORTS[channel]
        starts_on = (at - SPAN * (n + 1) / count).date()
        campaign, is_new = Campaign.objects.get_or_create(
            name=f"{label} {count - n}",
            defaults={"channel": channel, "owner": marketer, "created_at": at - SINCE, "starts_on": starts_on},
        )
        if is_new:
            amount = round(leads / count * cost * (0.6 + 0.8 * random.random()))
            CampaignCost.objects.create(
                campaign=campaign, kind="actual", amount=amount, occurred_at=at - SINCE, recorded_at=at - SINCE
            )
        made.append((campaign.pk, channel))
    return made


def _definition(marketer: User, manager: User, at: datetime) -> Definition:
    in_force = Definition.objects.in_force(at)
    if in_force is None:
        in_force = default_definition(by=marketer, at=at)
        definition.sign(in_force, by=marketer, side=Signature.Side.MARKETING, at=at)
        definition.sign(in_force, by=manager, side=Signature.Side.SALES, at=at)
        definition.put_in_force(in_force, at=at)
    return in_force


def hire(*, reps: int, campaigns: int, leads: int, at: datetime, random: Random) -> Cast:
    """Make (or find) the company: teams of ten, one farmer in four, campaigns with costs, a signed definition in force."""
    lay()
    since = at - SINCE
    marketer = _user("Marketer", 1, since, Role.MARKETER)
    teams = [_team(n + 1, since) for n in range((reps + 9) // 10)]
    users = [_rep(n + 1, teams[n // 10], since) for n in range(reps)]
    in_force = _definition(marketer, _user("Manager", 1, since, Role.SALES_MANAGER), since)
    farmers = set(Rep.objects.filter(is_farmer=True).values_list("pk", flat=True))
    return Cast(
        hunters=[u.pk for u in users if u.pk not in farmers],
        farmers=[u.pk for u in users if u.pk in farmers],
        campaigns=_campaigns(campaigns, leads, marketer, at, random),
        queues=dict(Queue.objects.exclude(kind=Queue.Kind.POOL).values_list("kind", "pk")),
        version=in_force.version,
        promise_minutes=in_force.promise_minutes,
    )
