"""Which pages does the menu offer this reader, and which of them is open now?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from handoff import queue
from leadops.accounts import roles
from leadops.accounts.models import User
from leadops.accounts.requests import Request
from leads.calling import figures


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `is_wide` ones leave the bottom bar of a phone for the menu behind More.

    `late` counts what the reader is late with, `waiting` what waits for them, both bounded and cheap. Who something may
    wait for is offered the page whatever their role, and on a phone too; None says that it is not theirs.
    """

    url_name: str
    label: str | Promise
    icon: str
    is_for: Callable[[User], bool]
    is_wide: bool = False
    late: Callable[[Request], int] | None = None
    waiting: Callable[[Request], int | None] | None = None
    url: str = ""
    is_current: bool = False
    count: int = 0

    @property
    def is_late(self) -> bool:
        """Return whether what is counted is late."""
        return self.late is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; the first group has none."""

    title: str | Promise
    entries: tuple[Entry, ...]


def anyone(user: User) -> bool:
    """Return whether somebody is logged in."""
    return user.is_authenticated


def steers(user: User) -> bool:
    """Return whether the user reads reports."""
    return user.has_perm("reporting.see_reports")


def imports(user: User) -> bool:
    """Return whether the user brings leads in."""
    return user.has_perm("leads.import_leads")


def lifts(user: User) -> bool:
    """Return whether the user keeps the list of whom not to contact."""
    return user.has_perm("leads.lift_suppressions")


def merges(user: User) -> bool:
    """Return whether the user says which records are one person."""
    return user.has_perm("leads.merge_contacts")


def enters(user: User) -> bool:
    """Return whether the user writes leads down by hand."""
    return user.has_perm("leads.enter_leads")


def follows_campaigns(user: User) -> bool:
    """Return whether the user reads what is done to find leads."""
    return user.has_perm("leads.see_campaigns")


def calls(user: User) -> bool:
    """Return whether the user makes call lists."""
    return user.has_perm("leads.manage_calls")


def builds_forms(user: User) -> bool:
    """Return whether the user makes forms and webhooks."""
    return user.has_perm("leads.manage_forms")


def overdue(request: Request) -> int:
    """Return how many leads the reader is late with, as the page counted them if it did."""
    counted: int | None = getattr(request, "overdue", None)
    return queue.overdue_count(request.user, timezone.now()) if counted is None else counted


def to_call(request: Request) -> int | None:
    """Return how many leads the reader could call now; None where they call for no list that is open."""
    return figures.waiting_for(request.user, timezone.now()) if request.user.has_perm("leads.make_calls") else None


def leads_reps(user: User) -> bool:
    """Return whether the user says what reps do, and how much."""
    return user.has_perm("handoff.manage_reps")


MENU = (
    Group(
        "",
        (
            Entry("handoff:queue", _("Queue"), "list-checks", roles.is_rep, late=overdue),
            Entry("leads:list", _("Leads"), "users", anyone),
            Entry("handoff:new-lead", _("New lead"), "user-plus", enters, is_wide=True),
            Entry("leads:duplicates", _("Duplicates"), "copy", merges, is_wide=True),
            Entry("leads:imports", _("Import"), "upload", imports),
            Entry("leads:campaigns", _("Campaigns"), "megaphone", follows_campaigns, is_wide=True),
            Entry("leads:call-lists", _("Calls"), "phone-call", calls, is_wide=True, waiting=to_call),
            Entry("leads:forms", _("Forms"), "clipboard-list", builds_forms, is_wide=True),
        ),
    ),
    Group(
        _("Steering"),
        (
            Entry("reporting:black-hole", _("Black hole"), "circle-dot", steers),
            Entry("reporting:follow-up", _("Follow-up rate"), "chart-line", steers, is_wide=True),
            Entry("qualification:definition", _("Definition"), "scroll-text", anyone, is_wide=True),
            Entry("team", _("Team"), "users-round", leads_reps, is_wide=True),
            Entry("settings", _("Settings"), "settings", anyone, is_wide=True),
        ),
    ),
)
SETTINGS = Group(
    _("Settings"),
    (
        Entry("settings", _("You"), "user", anyone),
        Entry("settings-notices", _("Messages"), "bell", anyone),
        Entry("settings-leave", _("Leave"), "calendar-off", roles.is_rep),
        Entry("leads:suppressions", _("Do not contact"), "ban", lifts),
        Entry("leads:calling-rule", _("Calling"), "phone", calls),
        Entry("settings-company", _("Company"), "building-2", roles.is_admin),
        Entry("settings-people", _("People"), "users", roles.is_admin),
        Entry("settings-teams", _("Teams"), "users-round", roles.is_admin),
        Entry("settings-queues", _("Queues"), "inbox", roles.is_admin),
        Entry("settings-calendar", _("Working hours"), "calendar-clock", roles.is_admin),
        Entry("settings-tokens", _("Tokens"), "key-round", roles.is_admin),
    ),
)


def _address(url_name: str) -> str:
    """Where a page is; empty where this installation has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _shown(entry: Entry, request: Request) -> Entry | None:
    """The entry as this reader sees it; None where it is not theirs, or its page is not there."""
    if not (url := _address(entry.url_name)):
        return None
    waiting = entry.waiting(request) if entry.waiting else None
    if waiting is None and not entry.is_for(request.user):
        return None
    count = entry.late(request) if entry.late else waiting or 0
    is_wide = entry.is_wide and waiting is None
    return replace(entry, url=url, is_current=request.path.startswith(url), count=count, is_wide=is_wide)


def _offered(group: Group, request: Request) -> Group:
    shown = (_shown(entry, request) for entry in group.entries)
    return replace(group, entries=tuple(entry for entry in shown if entry))


def menu_for(request: Request) -> list[Group]:
    """Return the groups that have an entry for this reader, the entry that the page falls under marked."""
    groups = [offered for group in MENU if (offered := _offered(group, request)).entries]
    here = _innermost(entry for group in groups for entry in group.entries)
    return [replace(group, entries=_marked(group.entries, here)) for group in groups]


def _innermost(entries: Iterable[Entry]) -> str:
    """Return the address of the entry that the page falls under; the innermost where one lies under another."""
    return max((entry.url for entry in entries if entry.is_current), key=len, default="")


def _marked(entries: Iterable[Entry], here: str) -> tuple[Entry, ...]:
    return tuple(replace(entry, is_current=bool(here) and entry.url == here) for entry in entries)


def settings_for(request: Request) -> tuple[Entry, ...]:
    """Return the parts of the settings that this reader has, the innermost one that the page falls under marked."""
    parts = _offered(SETTINGS, request).entries
    return _marked(parts, _innermost(parts))


def menu(request: Request) -> dict[str, object]:
    """Context processor: the menu, lazily, so that a fragment pays nothing for it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    return {
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "settings_menu": SimpleLazyObject(lambda: settings_for(request)),
        "search_url": _address("leads:list"),
    }
