"""Which leads lie in the black hole: in one cell of the heat table, or in all of it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from handoff.models import Rep
from leadops.accounts.models import User
from leads.models import Campaign, Engagement, Lead
from reporting.facts import NEVER, Facts
from reporting.heat import ANY, NONE
from reporting.tracking import OTHERS, POOL, Shown

MOST = 10_000
OLD = timedelta(days=30)

_LYING = f"""SELECT lead_id, mql_at, promised_by, campaign_id, owner_id FROM [facts]
    WHERE {NEVER} AND [cell] ORDER BY promised_by, id LIMIT {MOST}"""
_CELL = re.compile(rf"({ANY}|{NONE}|\d{{1,18}})\.({ANY}|{POOL}|{OTHERS}|\d{{1,18}})", re.ASCII)
_IN_CAMPAIGN = {ANY: "true", NONE: "campaign_id IS NULL"}
_WITH_REP = {
    ANY: "true",
    POOL: "owner_id IS NULL",
    OTHERS: "owner_id IS NOT NULL AND owner_id <> ALL(%(named)s)",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Of which campaign and which rep the leads are asked for."""

    campaign: str
    rep: str
    shown: Shown

    @property
    def campaign_name(self) -> str:
        """What the campaign is called; nothing where all are asked for."""
        if self.campaign in _IN_CAMPAIGN:
            return _("No campaign") if self.campaign == NONE else ""
        return Campaign.objects.filter(pk=self.campaign).values_list("name", flat=True).first() or ""

    @property
    def rep_name(self) -> str:
        """What the rep's column is called; nothing where all are asked for."""
        return "" if self.rep == ANY else self.shown.name(self.rep)

    @property
    def title(self) -> str:
        """What the cell is called: a campaign, a rep, or both."""
        names = [name for name in (self.campaign_name, self.rep_name) if name]
        return _(" with ").join(names) or _("All leads never followed up")

    @property
    def sql(self) -> str:
        """The condition on the facts."""
        campaign = _IN_CAMPAIGN.get(self.campaign, "campaign_id = %(campaign)s")
        return f"{campaign} AND {_WITH_REP.get(self.rep, 'owner_id = %(rep)s')}"

    @property
    def values(self) -> dict[str, Any]:
        """What the condition binds."""
        return {"campaign": self.campaign, "rep": self.rep, "named": list(self.shown.names)}


def cell(text: str, shown: Shown) -> Cell | None:
    """Read a cell's key; None where there is no such cell, or not for this viewer."""
    found = _CELL.fullmatch(text)
    if found is None or (found[2].isdigit() and int(found[2]) not in shown.names):
        return None
    return Cell(found[1], found[2], shown)


@dataclass(frozen=True, slots=True)
class Lying:
    """A lead that nobody followed up, with what the list tells about it."""

    lead: Lead
    mql_at: datetime
    lies: timedelta
    cost: Decimal | None
    last_sign: Engagement | None

    @property
    def is_old(self) -> bool:
        """Whether it has lain so long that it stands out."""
        return self.lies >= OLD


def rows(facts: Facts, of: Cell) -> list[tuple[Any, ...]]:
    """Return lead, promotion, promise, campaign and rep of the never followed up of a cell, longest lying first."""
    return facts.read(_LYING.replace("[cell]", of.sql), of.values)


def visible(found: Iterable[tuple[Any, ...]], user: User) -> list[tuple[Any, ...]]:
    """Keep the rows whose lead the user may see."""
    found = list(found)
    seen = Lead.objects.visible_to(user).filter(pk__in={row[0] for row in found})
    keys = set(seen.values_list("pk", flat=True))
    return [row for row in found if row[0] in keys]


def told(found: Iterable[tuple[Any, ...]], facts: Facts, costs: Mapping[int, Decimal]) -> list[Lying]:
    """Return the rows with their leads and the last sign of life of each."""
    found = list(found)
    leads = Lead.objects.with_story().in_bulk({row[0] for row in found})
    signs = last_signs(lead.contact_id for lead in leads.values())
    return [
        Lying(leads[lead], mql_at, facts.as_of - promised_by, costs.get(campaign), signs.get(leads[lead].contact_id))
        for lead, mql_at, promised_by, campaign, _rep in found
    ]


def last_signs(contacts: Iterable[int]) -> dict[int, Engagement]:
    """Return what each contact last did. Rides engagement_of_contact."""
    standing = Engagement.objects.filter(contact__in=set(contacts), voids=None, voided_by=None)
    latest = standing.order_by("contact", "-occurred_at", "-pk").distinct("contact")
    return {engagement.contact_id: engagement for engagement in latest}


def reps_to_give_to(user: User, *, is_admin: bool) -> list[User]:
    """The active reps to whom the user may reassign: an administrator anybody, a manager their own people."""
    reps = Rep.objects.all() if is_admin else Rep.objects.managed_by(user)
    return list(User.objects.filter(is_active=True, rep__in=reps).distinct().order_by("name", "pk"))
