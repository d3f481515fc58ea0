"""Whose figures may this viewer see by name?

Reps whose tracking is `results` are told together with others, at least two people in one row, and by the same
company in every view, so that no subtraction gives one of them away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from handoff.models import Rep, RepSetting
from leadops.accounts.models import Team, TeamMembership, User
from leadops.accounts.roles import Role, has_role

POOL = "pool"
OTHERS = "others"
FEWEST_TOLD_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """The people a viewer sees by name; `everybody` shows all, for who has the whole base at hand."""

    names: dict[int, str]

    def key(self, owner: int | None) -> str:
        """Return the row in which a rep's figures stand."""
        if owner is None:
            return POOL
        return str(owner) if owner in self.names else OTHERS

    def name(self, key: str) -> str:
        """Return what a row is called."""
        if key == POOL:
            return _("Pool")
        return _("Others") if key == OTHERS else self.names[int(key)]

    def only(self, owners: Collection[int]) -> Shown:
        """The same, with no more than these by name."""
        return Shown({owner: name for owner, name in self.names.items() if owner in owners})


def everybody() -> Shown:
    """Everybody by name."""
    return Shown(dict(User.objects.values_list("pk", "name")))


def shown_to(user: User, at: datetime) -> Shown:
    """The reps whose figures a user sees by name: an administrator all, a manager their teams', a rep their own.

    Of administrators and managers it leaves out whoever is told together with others.
    """
    seen = set()
    if has_role(user, Role.ADMIN):
        seen = set(Rep.objects.values_list("pk", flat=True))
    elif has_role(user, Role.SALES_MANAGER):
        seen = set(members(Team.objects.filter(manager=user), at))
    named = seen - told_together(at) | {user.pk}
    return Shown(dict(User.objects.filter(pk__in=named).values_list("pk", "name")))


def members(teams: Collection[Team], at: datetime) -> frozenset[int]:
    """The users who belonged to teams at a moment."""
    found = TeamMembership.objects.current(at).filter(team__in=teams)
    return frozenset(found.values_list("user", flat=True))


def tracked_by_results(at: datetime) -> frozenset[int]:
    """The reps whose latest setting at a moment says `results`."""
    latest = RepSetting.objects.filter(since__lte=at).order_by("rep", "-since", "-pk").distinct("rep")
    return frozenset(rep for rep, tracking in latest.values_list("rep", "tracking") if tracking == Rep.Tracking.RESULTS)


def told_together(at: datetime) -> frozenset[int]:
    """The reps tracked by results, and with one who is alone in a team a colleague, of another team if need be."""
    hidden = tracked_by_results(at)
    if not hidden:
        return hidden
    teams: dict[int, list[int]] = defaultdict(list)
    for team, user in TeamMembership.objects.current(at).order_by("user").values_list("team", "user"):
        teams[team].append(user)
    everyone = list(Rep.objects.order_by("pk").values_list("pk", flat=True))
    together = set(hidden)
    for crew in teams.values():
        together |= company_for(hidden.intersection(crew), crew, everyone)
    return frozenset(together | company_for(together, everyone, everyone))


def company_for(hidden: Collection[int], crew: Collection[int], everyone: Collection[int]) -> set[int]:
    """The colleagues who keep those that are hidden from standing alone: the first of the crew, else of everyone."""
    lacking = FEWEST_TOLD_TOGETHER - len(hidden)
    if not hidden or lacking <= 0:
        return set()
    return set([one for one in [*crew, *everyone] if one not in hidden][:lacking])


def teams_offered(user: User, at: datetime) -> list[Team]:
    """The teams whose figures a user may ask for: a manager's own, else all; none that would give one rep away."""
    teams = Team.objects.order_by("name")
    if has_role(user, Role.SALES_MANAGER) and not has_role(user, Role.ADMIN, Role.MARKETER):
        teams = teams.filter(manager=user)
    hidden = tracked_by_results(at)
    crews: dict[int, set[int]] = defaultdict(set)
    for team, member in TeamMembership.objects.current(at).values_list("team", "user"):
        crews[team].add(member)
    return [team for team in teams if len(crews[team.pk]) >= FEWEST_TOLD_TOGETHER or crews[team.pk].isdisjoint(hidden)]


def teams_led(user: User) -> list[Team]:
    """The teams over whose reps a user may spread leads."""
    teams = Team.objects.order_by("name")
    return list(teams if has_role(user, Role.ADMIN) else teams.filter(manager=user))
