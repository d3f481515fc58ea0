"""What does an address of the list ask for?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from leadops.accounts.models import User
from leadops.accounts.requests import key_in
from leads.filters import LeadFilter
from leads.listing import addresses, columns
from leads.listing.addresses import Where
from leads.listing.asking import ALL, Asked
from leads.listing.columns import Column
from leads.models import ListColumns, SavedView


class OfAddress:
    """The filters and the condition of an address of the list, and the view that they began with.

    An address that names nothing but a view asks for what that view keeps.
    """

    def __init__(self, query: QueryDict, *, reader: User) -> None:
        self.reader = reader
        self.view = _view(query.get("view", ""), reader)
        self.is_view_gone = bool(query.get("view")) and self.view is None
        is_bare = query.keys().isdisjoint({*LeadFilter.base_fields, "holder", "campaign", "where"})
        self.form = LeadFilter(self.view.filters if self.view and is_bare else query, reader=reader)
        kept = self.view.condition if self.view and is_bare else None
        self.where: Where = addresses.judged(kept) if kept else addresses.read(query.get("where", ""))

    @cached_property
    def asking(self) -> Asked:
        """All that is asked for."""
        return Asked(self.reader, self.form.asked, self.where.tree)

    def of(self, keys: tuple[int, ...] | None, up_to: int | None = None) -> Asked:
        """Leads that were picked on the page, whatever else is asked for; without any, all that is asked for, `up_to` a key."""
        return replace(self.asking, up_to=up_to) if keys is None else Asked(self.reader, {"stage": ALL}, None, keys)

    @cached_property
    def said(self) -> dict[str, str]:
        """What was understood, as an address keeps it."""
        view = {"view": str(self.view.pk)} if self.view else {}
        return self.form.asked | ({"where": self.where.text} if self.where.tree else {}) | view

    @property
    def left_out(self) -> list[str]:
        """What the address asks for and the reader cannot choose: the list goes without it."""
        return [str(self.form.fields[name].label) for name in self.form.errors]

    @property
    def is_sound(self) -> bool:
        """Whether all of it was understood: only then something is done to all that it means."""
        return not self.where.wrong and not self.form.errors

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for but all open leads."""
        return bool(self.form.asked or self.where.tree)

    @property
    def is_changed(self) -> bool:
        """Whether something else is asked for than the view keeps."""
        view = self.view
        return view is not None and (view.filters, view.condition) != (self.form.asked, self.where.tree)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that the view shows, else those that the reader chose."""
        if self.view and self.view.columns:
            return columns.chosen(self.view.columns)
        own = ListColumns.objects.filter(reader=self.reader).values_list("columns", flat=True).first()
        return columns.chosen(own or ())

    @property
    def query(self) -> str:
        """The same as a query, with its question mark; empty where nothing is asked for."""
        return query_of(self.said)

    def address(self, **changes: object) -> str:
        """The list of what is asked for, with changes; what is changed to nothing is left out."""
        return reverse("leads:list") + query_of(self.said | {name: str(value) for name, value in changes.items()})


def _view(key: str, reader: User) -> SavedView | None:
    pk = key_in(key)
    return None if pk is None else SavedView.objects.visible_to(reader).filter(pk=pk).first()


def query_of(said: Mapping[str, str]) -> str:
    """Write what is asked for as a query; empty where it is nothing."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in said.items() if value})
    return f"?{query.urlencode()}" if query else ""


def asked_before(query: str, reader: User) -> OfAddress:
    """What a list asked for whose query a form carries along."""
    return OfAddress(QueryDict(query.removeprefix("?")), reader=reader)
