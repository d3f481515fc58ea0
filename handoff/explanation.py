"""Why did this rep get the lead, and why did each of the others not? Made again from what the run kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handoff import rotation
from handoff.models import Handoff
from handoff.rotation import Passed, Standing
from leadops.accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One rep of the pool: chosen, or passed over for a reason."""

    rep: User
    is_chosen: bool
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a lead came to its rep: in a sentence, and rep by rep (none where a person decided)."""

    sentence: str
    lines: list[Line]


def explain(handoff: Handoff) -> Explanation:
    """The whole explanation of one handoff, in the reader's language."""
    if handoff.run is None or handoff.pool is None:
        return Explanation(_by_hand(handoff), [])
    snapshot = rotation.Snapshot.from_stored(handoff.run.snapshot)
    tried = handoff.explanation["tried"]
    standings = rotation.explain(snapshot, _won_before(handoff), tried[-1])
    asked = [rep_id for group in tried if group for rep_id in snapshot.groups[group].eligible or ()]
    return Explanation(_routed(handoff, asked), _lines(handoff, standings, is_asked=tried[-1] != 0))


# How many leads of the run each rep had got before this one. Rides handoff_of_run.
_WON_BEFORE = """
    SELECT rep_id, count(*) FROM handoff_handoff
    WHERE run_id = %s AND (explanation ->> 'n')::int < %s GROUP BY rep_id
"""


def _won_before(handoff: Handoff) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_WON_BEFORE, [handoff.run_id, handoff.explanation["n"]])
        return dict(cursor.fetchall())


def _by_hand(handoff: Handoff) -> str:
    if handoff.assigned_by is None:
        return _("Given without a run of the rules.")
    if handoff.assigned_by == handoff.rep:
        return _("%(rep)s took the lead.") % {"rep": handoff.rep}
    return _("%(by)s gave the lead to %(rep)s.") % {"by": handoff.assigned_by, "rep": handoff.rep}


def _routed(handoff: Handoff, asked: list[int]) -> str:
    gaps = {"pool": handoff.pool, "rule": handoff.rule, "rep": handoff.rep}
    if handoff.rep_id in asked:
        return _("%(rep)s was asked for, or manages this customer.") % gaps
    if handoff.rule is not None:
        return _("By the rule “%(rule)s” for %(pool)s: it was the turn of %(rep)s.") % gaps
    return _("In %(pool)s it was the turn of %(rep)s.") % gaps


def _lines(handoff: Handoff, standings: list[Standing], *, is_asked: bool) -> list[Line]:
    users = User.objects.in_bulk([standing.rep_id for standing in standings])
    loads = handoff.run.snapshot["loads"] if handoff.run else {}
    lines = [
        Line(users[s.rep_id], s.rep_id == handoff.rep_id, _why(s, loads.get(str(s.rep_id)), is_asked=is_asked))
        for s in standings
    ]
    return sorted(lines, key=lambda line: not line.is_chosen)


def _why(standing: Standing, load: list[Any] | None, *, is_asked: bool) -> str:
    if standing.reason is None:
        return _("Chosen")
    if standing.reason == Passed.ABSENT:
        return _absent(load)
    if standing.reason == Passed.FULL:
        return _full(load)
    if standing.reason == Passed.NO_WEIGHT:
        return _("Takes no turns in this pool")
    if standing.reason == Passed.NOT_ELIGIBLE:
        return _("Somebody else was asked for") if is_asked else _("Not in this pool")
    return _("Not their turn yet")


def _absent(load: list[Any] | None) -> str:
    if load and load[4]:
        until = date_format(timezone.localtime(datetime.fromisoformat(load[4])), "SHORT_DATETIME_FORMAT")
        return _("Away until %(until)s") % {"until": until}
    return _("Not active")


def _full(load: list[Any] | None) -> str:
    if load is None:
        return _("No room")
    is_open = load[1] - load[0] <= load[3] - load[2]
    if is_open:
        return _("No room: at most %(cap)s open leads") % {"cap": load[1]}
    return _("No room: at most %(cap)s new leads a week") % {"cap": load[3]}
