"""What does an empty installation stand on? Roles, the company, its calendar and its queues: laid once, safe to lay again."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from leadops.accounts.models import Company, User
from leadops.accounts.roles import Role, has_role
from leads.models import BusinessCalendar, Queue, QueueMember

QUEUE_NAMES = {
    Queue.Kind.TO_QUALIFY: "To qualify",
    Queue.Kind.NURTURE: "Nurture",
    Queue.Kind.RETURNED: "Returned by sales",
    Queue.Kind.HUNTERS: "Hunters",
    Queue.Kind.FARMERS: "Farmers",
}
MARKETING_QUEUES = (Queue.Kind.TO_QUALIFY, Queue.Kind.NURTURE, Queue.Kind.RETURNED)


@transaction.atomic
def lay() -> None:
    """Make the roles, the company, its default calendar and its queues where they are missing; leave what is there."""
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    Company.objects.get_or_create(pk=1, defaults={"name": "LeadOps"})
    BusinessCalendar.objects.get_or_create(is_default=True, defaults={"name": "Office hours"})
    for kind, name in QUEUE_NAMES.items():
        Queue.objects.get_or_create(kind=kind, defaults={"name": name})


def _queues_of(user: User) -> list[str]:
    if has_role(user, Role.ADMIN):
        return list(QUEUE_NAMES)
    kinds: list[str] = list(MARKETING_QUEUES) if has_role(user, Role.MARKETER) else []
    if has_role(user, Role.HUNTER, Role.SALES_MANAGER):
        kinds.append(Queue.Kind.HUNTERS)
    if has_role(user, Role.FARMER, Role.SALES_MANAGER):
        kinds.append(Queue.Kind.FARMERS)
    return kinds


@transaction.atomic
def give_roles(user: User, *roles: Role) -> User:
    """Put a user in their roles and in the queues that go with them, so that somebody can always act."""
    user.groups.add(*(Group.objects.get_or_create(name=role.value)[0] for role in roles))
    _read_roles_anew(user)
    for queue in Queue.objects.filter(kind__in=_queues_of(user)):
        QueueMember.objects.get_or_create(queue=queue, user=user)
    return user


def _read_roles_anew(user: User) -> None:
    user.__dict__.pop("role_names", None)
    user.__dict__.pop("group_names", None)


@transaction.atomic
def change_roles(user: User, *roles: Role) -> User:
    """Give a user these roles and no others, and the queues that go with them; queues joined by hand stay.

    Raises IntegrityError where a queue that holds leads would be left without an active member.
    """
    had = set(_queues_of(user))
    user.groups.remove(*Group.objects.filter(name__in=set(Role) - set(roles)))
    give_roles(user, *roles)
    QueueMember.objects.filter(user=user, queue__kind__in=had - set(_queues_of(user))).delete()
    return user
