"""Which leads does a reader ask for: by fixed filters, by a condition, or picked one by one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from leadops.accounts.models import User
from leadops.accounts.roles import Role, has_role
from leads import search, stages
from leads.conditions import compile_condition
from leads.listing.overdue import next_overdue
from leads.models import Lead
from leads.querysets import LeadQuerySet, Place
from leads.stages import HELD_BY_QUEUE, HELD_BY_REP, OPEN, Channel, Stage

MINE, QUEUED = "me", "queued"
ALL, CLOSED = "all", "closed"
BY_STAGE = frozenset({"stage", "channel"})
# How many keys a manager's leads are looked for among before they are found by who holds them.
NEAR = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for. `filters` are the fixed ones as an address keeps them; `keys` are leads picked one by one.

    With `up_to` no lead is meant that came in after the one of that key. Whatever is asked, a reader is shown no more than they may see.
    """

    reader: User
    filters: Mapping[str, str] = field(default_factory=dict)
    condition: Mapping[str, Any] | None = None
    keys: tuple[int, ...] | None = None
    up_to: int | None = None

    @classmethod
    def kept(cls, reader: User, said: Mapping[str, Any]) -> Asked:
        """What was kept of somebody's asking, asked again."""
        keys = said.get("keys")
        chosen = None if keys is None else tuple(keys)
        return cls(reader, said.get("filters", {}), said.get("condition"), chosen, said.get("up_to"))

    def as_kept(self) -> dict[str, Any]:
        """What is kept of it: all but who asks."""
        keys = None if self.keys is None else list(self.keys)
        kept = {"filters": dict(self.filters), "condition": self.condition, "keys": keys}
        return kept if self.up_to is None else kept | {"up_to": self.up_to}

    def page(self, leads: LeadQuerySet, at: datetime, place: Place, most: int) -> LeadQuerySet:
        """The next leads that fit and that the reader may see, at most so many."""
        if "q" not in self.filters:
            return self.next_leads(leads, at, place, most)
        seen = self._fitting(leads.visible_to(self.reader, one_by_one=True), at)
        is_soon_seen = self.sees_few or (self.sees_all and not self.is_by_stage)
        step = partial(self.next_leads, leads, at) if is_soon_seen else None
        return search.next_leads(seen, self.filters["q"], place, most, step=step, is_part=not self.sees_all)

    def next_leads(
        self, leads: LeadQuerySet, at: datetime, place: Place, most: int, *, are_few: bool = False
    ) -> LeadQuerySet:
        """The same, whatever words are asked for; `are_few` finds all that fit and puts them in order.

        One index has all leads by stage and channel. What a rep sees is few, so all of it is found and put in order.
        Everybody else goes through the leads in the order of their keys; where a manager finds no page of theirs soon,
        theirs are found as a rep's are.
        """
        if self.sees_all and self.is_by_stage:
            channels = [self.filters["channel"]] if "channel" in self.filters else Channel.values
            return leads.next_of(in_stages(self.filters.get("stage", "")), channels, place, most)
        if self.sees_few:
            return self._together(leads, at).next_keys(place, most, are_few=True)
        each = self._fitting(leads.visible_to(self.reader, one_by_one=True), at)
        if self.condition is None and "overdue" in self.filters:
            return next_overdue(each, place, most)
        if self.sees_all or (self.condition is not None and not are_few):
            return each.next_keys(place, most, are_few=are_few)
        found = [] if are_few else list(each.near(place, NEAR).values_list("pk", flat=True)[:most])
        if len(found) == most:
            return leads.filter(pk__in=found)
        is_of_one = self.filters.get("holder", QUEUED) != QUEUED
        return (each if is_of_one else self._together(leads, at)).next_keys(place, most, are_few=True)

    def _together(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        """Those that fit among all that the reader sees, found by who holds them."""
        return self._fitting(leads.visible_to(self.reader, one_by_one=False), at)

    @property
    def sees_all(self) -> bool:
        """Whether there is no lead that the reader may not see."""
        return self.reader.has_perm("leads.see_all_leads")

    @property
    def sees_few(self) -> bool:
        """Whether the reader sees no more leads than a rep does; a manager may see a great many."""
        return not self.sees_all and not has_role(self.reader, Role.SALES_MANAGER)

    @property
    def is_by_stage(self) -> bool:
        """Whether nothing but stages and channels is asked for, which one index has in order."""
        is_whole = self.condition is None and self.keys is None and self.up_to is None
        return is_whole and self.filters.keys() <= BY_STAGE | {"q"}

    def seen(self, at: datetime) -> LeadQuerySet:
        """All leads that fit and that the reader may see."""
        return self.narrow(Lead.objects.visible_to(self.reader), at)

    def narrow(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        """The leads of the set that fit everything that is asked for."""
        fitting = self._fitting(leads, at)
        return search.within(fitting, self.filters["q"]) if "q" in self.filters else fitting

    def _fitting(self, leads: LeadQuerySet, at: datetime) -> LeadQuerySet:
        """The leads of the set that fit everything but the words."""
        if self.keys is not None:
            leads = leads.filter(pk__in=self.keys)
        if self.up_to is not None:
            leads = leads.filter(pk__lte=self.up_to)
        leads = _filtered(leads, self.filters, self.reader, at)
        return leads.filter(compile_condition(self.condition, at)) if self.condition is not None else leads


def _filtered(leads: LeadQuerySet, asked: Mapping[str, str], reader: User, at: datetime) -> LeadQuerySet:
    if _is_nowhere(asked):
        return leads.none()
    leads = _in_stage(leads, asked.get("stage", ""))
    leads = _with_holder(leads, asked.get("holder", ""), reader)
    if "channel" in asked:
        leads = leads.filter(channel=asked["channel"])
    if "campaign" in asked:
        leads = leads.filter(campaign_id=int(asked["campaign"]))
    return leads.overdue(at) if "overdue" in asked else leads


def in_stages(stage: str) -> list[str]:
    """The stages that a choice of the list means."""
    listed = frozenset(Stage) - {Stage.VOID}
    return sorted({"": OPEN, CLOSED: listed - OPEN, ALL: listed}.get(stage) or {stage})


def _is_nowhere(asked: Mapping[str, str]) -> bool:
    """Whether no lead can be there: closed ones are not overdue, and each stage has its kind of holder."""
    found, holder = set(in_stages(asked.get("stage", ""))), asked.get("holder", "")
    if "overdue" in asked:
        found &= OPEN
    if holder:
        found -= HELD_BY_REP | stages.CLOSED if holder.startswith("queue") else HELD_BY_QUEUE
    return not found


def _in_stage(leads: LeadQuerySet, stage: str) -> LeadQuerySet:
    if not stage:
        return leads.still_open()
    if stage == CLOSED:
        return leads.listed().closed()
    if stage == ALL:
        return leads.listed()
    leads = leads.filter(stage=stage)  # and what that implies, for the indexes of open and of closed leads
    return leads.still_open() if stage in OPEN else leads.closed()


def _with_holder(leads: LeadQuerySet, holder: str, reader: User) -> LeadQuerySet:
    kind, _sign, key = holder.partition("-")
    if kind == MINE:
        return leads.owned_by(reader.pk)
    if kind == QUEUED:
        return leads.still_open().filter(queue__isnull=False)
    if kind == "queue":
        return leads.still_open().filter(queue=int(key))
    return leads.owned_by(int(key)) if kind == "user" else leads
