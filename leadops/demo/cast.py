"""Who works at the demo company, and how diligently?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handoff import roster
from leadops.accounts.models import Company, Team, TeamMembership, User
from leadops.accounts.roles import Role
from leadops.foundation import give_roles, lay
from leads import organisation_names
from leads.models import Campaign, CampaignCost, Organisation
from leads.stages import Channel
from qualification import default, definition
from qualification.models import Signature

# Only where the demo is switched on: see settings.LEADOPS_DEMO.
PASSWORD = "leadops-demo"  # noqa: S105 - the demo's own, printed at the start
LOG_INS = {
    "marketer": ("lotte@leadops.example", "Lotte Hendriks", (Role.MARKETER,)),
    "hunter": ("daan@leadops.example", "Daan Visser", (Role.HUNTER,)),
    "farmer": ("femke@leadops.example", "Femke Dijkstra", (Role.FARMER,)),
    "sales manager": ("sanne@leadops.example", "Sanne de Wit", (Role.SALES_MANAGER,)),
    "admin": ("admin@leadops.example", "Ank Beheer", (Role.ADMIN,)),
}
COLLEAGUES = (
    ("youssef@leadops.example", "Youssef El Idrissi", Role.HUNTER),
    ("mark@leadops.example", "Mark Jansen", Role.HUNTER),
    ("noor@leadops.example", "Noor Bakker", Role.HUNTER),
    ("piet@leadops.example", "Piet Postma", Role.FARMER),
)
# The share of leads that a rep takes up at all.
DILIGENCE = {"daan": 0.8, "youssef": 0.35, "mark": 0.55, "noor": 0.75, "femke": 0.85, "piet": 0.5}
EFFORTS = (
    ("Beurs ICT Noord", Channel.EVENT, 18_500),
    ("Webinar Werkplek", Channel.WEB, 4_200),
    ("Whitepaper NIS2", Channel.WEB, 6_800),
    ("Belronde zorg", Channel.TELEMARKETING, 9_400),
    ("LinkedIn Ads", Channel.SOCIAL, 7_900),
)
CUSTOMERS = ("Notariaat Ter Haar", "Zorggroep Maasoever", "Stichting De Brug", "Drukkerij Veldzicht", "Hotel Zeezicht")


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and campaigns of the demo."""

    marketer: User
    manager: User
    reps: list[User]
    campaigns: list[Campaign]

    def diligence(self, rep: User) -> float:
        return DILIGENCE[rep.email.partition("@")[0]]


def _user(email: str, name: str, roles: tuple[Role, ...]) -> User:
    is_admin = Role.ADMIN in roles
    user = User.objects.create_user(email, PASSWORD, name=name, is_superuser=is_admin, is_staff=is_admin)
    return give_roles(user, *roles)


def _campaigns(marketer: User, manager: User, at: datetime) -> list[Campaign]:
    made = []
    for name, channel, cost in EFFORTS:
        campaign = Campaign.objects.create(
            name=name,
            channel=channel,
            owner=marketer,
            starts_on=at.date(),
            agreed_by=manager,
            agreed_at=at,
            created_at=at,
        )
        CampaignCost.objects.create(campaign=campaign, kind="actual", amount=cost, occurred_at=at, recorded_at=at)
        made.append(campaign)
    return made


def _customers(farmers: list[User], at: datetime) -> None:
    Organisation.objects.bulk_create(
        Organisation(
            name=name,
            name_key=organisation_names.key(name),
            is_customer=True,
            account_manager=farmers[n % len(farmers)],
            created_at=at,
        )
        for n, name in enumerate(CUSTOMERS)
    )


def _sign(marketer: User, manager: User, at: datetime) -> None:
    agreed = default.default_definition(by=marketer, at=at)
    definition.sign(agreed, by=marketer, side=Signature.Side.MARKETING, at=at)
    definition.sign(agreed, by=manager, side=Signature.Side.SALES, at=at)
    definition.put_in_force(agreed, at=at)


def assemble(at: datetime) -> Cast:
    """Make the company as it was at `at`: people with roles, a team, campaigns with costs, a signed definition."""
    lay()
    Company.objects.update(name="Polderpost ICT")
    people = {role: _user(*one) for role, one in LOG_INS.items()}
    others = [_user(email, name, (role,)) for email, name, role in COLLEAGUES]
    reps = [people["hunter"], people["farmer"], *others]
    team = Team.objects.create(name="Verkoop", manager=people["sales manager"])
    TeamMembership.objects.bulk_create(TeamMembership(team=team, user=user, since=at) for user in reps)
    roster.settle(reps, by=people["sales manager"], at=at, open_cap=60, weekly_cap=30)
    _customers([people["farmer"], others[-1]], at)
    _sign(people["marketer"], people["sales manager"], at)
    campaigns = _campaigns(people["marketer"], people["sales manager"], at)
    return Cast(people["marketer"], people["sales manager"], reps, campaigns)
