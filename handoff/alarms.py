"""Who hears of leads that lie past their moment?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leadops.accounts.models import TeamMembership, User
from leadops.accounts.notifying import Telling
from leadops.accounts.roles import Role
from leads.models import Lead, Queue

ONE_WAITS = gettext_noop("%(lead)s waits for you; the agreed moment has passed.")
MANY_WAIT = gettext_noop("%(count)s leads wait for you; the agreed moment has passed.")
ONE_LIES = gettext_noop("%(lead)s lies with %(holder)s; the agreed moment has passed.")
MANY_LIE = gettext_noop("%(count)s leads lie with %(holder)s; the agreed moment has passed.")


class Late(NamedTuple):
    """A lead past its moment, and who has it, by key."""

    lead: int
    owner: int | None
    queue: int | None

    @property
    def holder(self) -> tuple[int | None, int | None]:
        return (self.owner, self.queue)


class Hearing(NamedTuple):
    """Who is reminded of the leads of one holder, who hears that they lie there, and what the holder is called.

    A queue that every company has is called so in each reader's language.
    """

    name: str | dict[str, str]
    reminded: list[int]
    told: list[int]


def remind(late: Sequence[Late], *, at: datetime) -> int:
    """Tell who has each lead: its rep, the members of marketing's queue, or the manager of the pool."""
    return _tell("remind", late, at, ONE_WAITS, MANY_WAIT)


def escalate(late: Sequence[Late], *, at: datetime) -> int:
    """Tell who answers for each lead: the managers of its rep's team, or of its queue."""
    return _tell("escalate", late, at, ONE_LIES, MANY_LIE)


def _tell(step: str, late: Sequence[Late], at: datetime, one: str, many: str) -> int:
    """One notice a holder and a user, however many leads it is about."""
    hearings = _by_rep({row.owner for row in late if row.owner}) | _by_queue({row.queue for row in late if row.queue})
    by_holder: dict[tuple[int | None, int | None], list[int]] = {}
    for row in late:
        by_holder.setdefault(row.holder, []).append(row.lead)
    names = _names([leads[0] for leads in by_holder.values() if len(leads) == 1])
    tellings: list[Telling] = []
    for holder, leads in by_holder.items():
        hearing = hearings[holder]
        for user in hearing.reminded if step == "remind" else hearing.told:
            key = f"{step}:{at.isoformat()}:{min(leads)}:{user}"
            tellings.append(_telling(user, step, key, leads, names, hearing.name, one, many))
    return notifying.tell_each(tellings, at=at)


def _telling(
    user: int,
    step: str,
    key: str,
    leads: Sequence[int],
    names: Mapping[int, str],
    holder: str | dict[str, str],
    one: str,
    many: str,
) -> Telling:
    if len(leads) > 1:
        return Telling(
            user,
            step,
            key,
            many,
            {"count": len(leads), "holder": holder},
            "/leads/" if step == "escalate" else "/queue/",
            is_urgent=True,
        )
    gaps = {"lead": names[leads[0]], "holder": holder}
    return Telling(user, step, key, one, gaps, f"/leads/{leads[0]}/", is_urgent=True)


def _names(leads: Collection[int]) -> dict[int, str]:
    rows = Lead.objects.filter(pk__in=leads).select_related("contact__organisation")
    return {lead.pk: str(lead.contact.organisation or lead.contact) for lead in rows}


def _by_rep(owners: Collection[int]) -> dict[tuple[int | None, int | None], Hearing]:
    users = User.objects.in_bulk(owners)
    rows = TeamMembership.objects.filter(user__in=owners, until__isnull=True, team__manager__is_active=True)
    managers: dict[int, list[int]] = {}
    for user, manager in rows.values_list("user_id", "team__manager_id").distinct():
        managers.setdefault(user, []).append(manager)
    usual = _managers() if owners - managers.keys() else []
    return {(key, None): Hearing(str(users[key]), [key], managers.get(key, usual)) for key in owners}


def _by_queue(keys: Collection[int]) -> dict[tuple[int | None, int | None], Hearing]:
    found: dict[tuple[int | None, int | None], Hearing] = {}
    queues = Queue.objects.filter(pk__in=keys).select_related("team").prefetch_related("members__user")
    usual = _managers() if keys else []
    for queue in queues:
        members = [member.user_id for member in queue.members.all() if member.user.is_active]
        own = [queue.manager_id or (queue.team.manager_id if queue.team else None)]
        is_pool = queue.kind in Queue.POOLS
        told = [key for key in own if key] or (usual if is_pool else members)
        found[(None, queue.pk)] = Hearing({"said": queue.name}, told if is_pool else members, told)
    return found


def _managers() -> list[int]:
    """All sales managers: who hears of it where nobody in particular answers for a holder."""
    return list(User.objects.with_role(Role.SALES_MANAGER).order_by("pk").values_list("pk", flat=True))
