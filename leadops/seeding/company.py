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

EFFORTS = {
    Channel.EVENT: ("Beurs ICT", 18_000),
    Channel.WEB: ("Whitepaper", 4_000),
    Channel.TELEMARKETING: ("Belronde", 9_000),
    Channel.SOCIAL: ("LinkedIn", 6_000),
    Channel.EMAIL: ("Nieuwsbrief", 1_500),
    Channel.PARTNER: ("Partner", 2_500),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Keys of those who play: reps by kind, campaigns with their channel, queues by kind, the definition's version."""

    hunters: list[int]
    farmers: list[int]
    campaigns: list[tuple[int, str]]
    queues: dict[str, int]
    version: int
    promise_minutes: int


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


def _campaigns(count: int, marketer: User, at: datetime, random: Random) -> list[tuple[int, str]]:
    made: list[tuple[int, str]] = []
    for n in range(count):
        channel = list(EFFORTS)[n % len(EFFORTS)]
        label, cost = EFFORTS[channel]
        campaign, is_new = Campaign.objects.get_or_create(
            name=f"{label} {n + 1}", defaults={"channel": channel, "owner": marketer, "created_at": at}
        )
        if is_new:
            CampaignCost.objects.create(
                campaign=campaign, kind="actual", amount=cost + random.randrange(cost), occurred_at=at, recorded_at=at
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


def hire(*, reps: int, campaigns: int, at: datetime, random: Random) -> Cast:
    """Make (or find) the company: teams of ten, one farmer in four, campaigns with costs, a signed definition in force."""
    lay()
    since = at - timedelta(days=900)
    marketer = _user("Marketer", 1, since, Role.MARKETER)
    teams = [_team(n + 1, since) for n in range((reps + 9) // 10)]
    users = [_rep(n + 1, teams[n // 10], since) for n in range(reps)]
    in_force = _definition(marketer, _user("Manager", 1, since, Role.SALES_MANAGER), since)
    farmers = set(Rep.objects.filter(is_farmer=True).values_list("pk", flat=True))
    return Cast(
        hunters=[u.pk for u in users if u.pk not in farmers],
        farmers=[u.pk for u in users if u.pk in farmers],
        campaigns=_campaigns(campaigns, marketer, since, random),
        queues=dict(Queue.objects.exclude(kind=Queue.Kind.POOL).values_list("kind", "pk")),
        version=in_force.version,
        promise_minutes=in_force.promise_minutes,
    )
