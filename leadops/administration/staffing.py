"""Who works here, in which team and in which pools? People come, change and leave; their leads never stay behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from handoff import roster, routing
from handoff.models import Rep
from leadops.accounts.models import Team, TeamMembership, User
from leadops.accounts.roles import REPS, Role
from leadops.foundation import change_roles
from leads.models import Lead, Queue, QueueMember
from leads.stages import HELD_BY_REP


class Refused(ValueError):
    """What somebody wants to change cannot be; the text says why, and what to do."""


def administrators() -> QuerySet[User]:
    """Those who can administer this installation."""
    return User.objects.filter(Q(is_superuser=True) | Q(groups__name=Role.ADMIN), is_active=True).distinct()


def _keep_an_administrator(user: User) -> None:
    """Refuse to lose the last administrator. All are locked before they are counted, so that of two who leave at once one stays."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=administrators().values("pk")).order_by("pk"))
    if list(administrators().values_list("pk", flat=True)) == [user.pk]:
        raise Refused(_("Somebody has to be administrator: make a colleague one first."))


def held_by(user: User) -> int:
    """How many open leads somebody holds."""
    return Lead.objects.held_by(user).count()


def queues_resting_on(user: User) -> list[Queue]:
    """The queues that hold open leads and have no other active member."""
    others = QueueMember.objects.filter(queue=OuterRef("pk"), user__is_active=True).exclude(user=user)
    leads = Lead.objects.still_open().filter(queue=OuterRef("pk"))
    return list(Queue.objects.filter(Exists(leads), ~Exists(others), members__user=user).order_by("name"))


@transaction.atomic
def employ(user: User, roles: Iterable[str]) -> User:
    """Give somebody these roles and no others; a rep takes turns in the pools of theirs.

    Refuses to lose the last administrator, and to let who holds leads with sales stop being a rep.
    Raises IntegrityError where a queue that holds leads would be left alone.
    """
    wanted = {Role(role) for role in roles}
    if Role.ADMIN not in wanted and not user.is_superuser:
        _keep_an_administrator(user)
    works = Lead.objects.held_by(user).filter(stage__in=HELD_BY_REP)
    if REPS & user.role_names and not REPS & wanted and Role.SALES_MANAGER not in wanted and works.exists():
        raise Refused(_("They work open leads: give those to a colleague first."))
    change_roles(user, *wanted)
    if crafts := REPS & wanted:
        Rep.objects.filter(pk=user.pk).update(is_hunter=Role.HUNTER in crafts, is_farmer=Role.FARMER in crafts)
    roster.reseat()
    return user


@transaction.atomic
def deactivate(user: User) -> None:
    """Let somebody no longer in. Raises IntegrityError where they hold open leads, or a queue would be left alone."""
    _keep_an_administrator(user)
    User.objects.filter(pk=user.pk).update(is_active=False)


@transaction.atomic
def release(user: User, *, by: User, at: datetime) -> list[int]:
    """Give somebody's open leads another holder, and let them no longer in; return the leads.

    Raises routing.NobodyToHoldLeads where nobody is left to hold them, IntegrityError where a queue would be left alone.
    """
    _keep_an_administrator(user)
    return routing.release(user, by=by, at=at)


@transaction.atomic
def join(team: Team, people: Iterable[User], *, at: datetime) -> int:
    """Put people in a team from now on; who is in it already stays as they are. Return how many came."""
    Team.objects.select_for_update().get(pk=team.pk)
    there = set(team.memberships.current(at).values_list("user", flat=True))
    rows = [TeamMembership(team=team, user=user, since=at) for user in people if user.pk not in there]
    return len(TeamMembership.objects.bulk_create(rows))


def leave(memberships: QuerySet[TeamMembership], *, at: datetime) -> int:
    """End memberships now; that they were stays on record. Return how many ended."""
    return memberships.filter(until__isnull=True).update(until=at)


@transaction.atomic
def man(queue: Queue, people: Iterable[User]) -> Queue:
    """Have exactly these people work a queue. Raises IntegrityError where leads would lie in it with nobody active."""
    wanted = {user.pk for user in people}
    there = set(queue.members.values_list("user", flat=True))
    rows = [QueueMember(queue=queue, user_id=key) for key in sorted(wanted - there)]
    QueueMember.objects.bulk_create(rows, ignore_conflicts=True)
    queue.members.exclude(user__in=wanted).delete()
    roster.reseat()
    return queue


@transaction.atomic
def set_up(
    rep: Rep,
    *,
    crafts: Iterable[str],
    hired_on: date | None,
    open_cap: int,
    weekly_cap: int,
    quota_attainment: int | None,
    tracking: str,
    weights: Mapping[int, int],
    by: User,
    at: datetime,
) -> None:
    """Say what a rep does, and how much of it, from now on; what held before stays on record.

    Raises IntegrityError where a pool that holds leads would be left alone.
    """
    Rep.objects.filter(pk=rep.pk).update(hired_on=hired_on)
    employ(rep.user, rep.user.role_names - REPS | set(crafts))
    roster.weigh(rep, weights)
    said = {"open_cap": open_cap, "weekly_cap": weekly_cap, "quota_attainment": quota_attainment, "tracking": tracking}
    now = roster.setting(rep, at)
    if now is None or any(getattr(now, name) != value for name, value in said.items()):
        roster.settle([rep.user], by=by, at=at, open_cap=open_cap, weekly_cap=weekly_cap, tracking=tracking, quota_attainment=quota_attainment)  # fmt: skip
