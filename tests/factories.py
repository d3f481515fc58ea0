"""Hand-written factories: each makes one thing, valid under all laws, through the product's own operations."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from leadops.accounts.models import Team, TeamMembership, User
from leadops.accounts.roles import Role
from leadops.foundation import give_roles, lay
from leads import lifecycle
from leads.models import Campaign, Contact, Lead, Organisation, Queue
from leads.stages import Channel, Origin, Reason, Stage

NL = ZoneInfo("Europe/Amsterdam")
# A Tuesday in working hours, far from holidays and from clock changes.
TUESDAY = datetime(2026, 6, 16, 10, 0, tzinfo=NL)

_numbers = itertools.count(1)


def make_user(*roles: Role, name: str = "", **fields: Any) -> User:
    n = next(_numbers)
    user = User.objects.create_user(f"user{n}@leadops.example", "correct horse", name=name or f"User {n}", **fields)
    return give_roles(user, *roles)


def make_team(manager: User, *members: User, at: datetime = TUESDAY, name: str = "") -> Team:
    team = Team.objects.create(name=name or f"Team {next(_numbers)}", manager=manager)
    for member in members:
        TeamMembership.objects.create(team=team, user=member, since=at - timedelta(days=365))
    return team


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    name = name or f"Organisation {next(_numbers)}"
    return Organisation.objects.create(name=name, name_key=name.lower(), created_at=TUESDAY, **fields)


def make_campaign(name: str = "", channel: str = Channel.EVENT, **fields: Any) -> Campaign:
    return Campaign.objects.create(
        name=name or f"Campaign {next(_numbers)}", channel=channel, created_at=TUESDAY, **fields
    )


def make_contact(**fields: Any) -> Contact:
    key = Contact.objects.all().new_ids(1)[0]
    fields.setdefault("last_name", f"Person {key}")
    if "email" in fields:
        fields.setdefault("email_key", fields["email"].lower())
    return Contact.objects.create(id=key, family_id=key, created_at=TUESDAY, **fields)


def queue_of(kind: str) -> Queue:
    lay()
    queue = Queue.objects.get(kind=kind)
    if not queue.members.filter(user__is_active=True).exists():
        roles = {Queue.Kind.HUNTERS: Role.HUNTER, Queue.Kind.FARMERS: Role.FARMER}
        make_user(roles.get(kind, Role.MARKETER))
    return queue


def make_lead(
    contact: Contact | None = None,
    *,
    at: datetime = TUESDAY,
    campaign: Campaign | None = None,
    channel: str = Channel.EVENT,
    origin: str = Origin.MARKETING,
    owner: User | None = None,
    next_step_at: datetime | None = None,
    **fields: Any,
) -> Lead:
    """An inquiry in the queue "to qualify"; with `owner` and origin sales, a rep's own accepted lead."""
    contact = contact or make_contact(**fields)
    due = next_step_at or at + timedelta(days=2)
    own = origin == Origin.SALES
    hold = (
        lifecycle.Hold(due, owner=owner.pk) if owner else lifecycle.Hold(due, queue=queue_of(Queue.Kind.TO_QUALIFY).pk)
    )
    opening = lifecycle.Opening(
        contact.pk,
        contact.family_id,
        origin,
        channel,
        hold,
        campaign=campaign and campaign.pk,
        stage=Stage.SAL if own else Stage.INQUIRY,
    )
    with lifecycle.history():
        opened = lifecycle.open_([opening], at=at, reason=Reason.OWN_LEAD if own else Reason.CAPTURED, by=owner)
    return Lead.objects.get(pk=opened[contact.pk])
