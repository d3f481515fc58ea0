"""Which leads does a file of history bring, where do they stand now, and who has them next?

A closed row is a lead of its own; of open rows the first of a person who has no open lead. What is open is held by its
owner where they are a rep who is here, else by marketing, and falls due spread over some days: never all at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext_noop

from leadops.accounts.models import Company, User
from leadops.accounts.roles import REPS
from leads import calendars, lifecycle, reasons
from leads.arrays import array
from leads.capture.holds import to_qualify
from leads.capture.slices import ARRIVED, Slice
from leads.lifecycle import Hold, Past
from leads.models import Campaign, Queue
from leads.models.pasts import ImportedPast
from leads.problems import Problem
from leads.stages import CLOSED, HELD_BY_REP, LONGEST_STEP_DAYS, Stage

DAYS, SLOTS_A_DAY, MINUTES_A_DAY = 5, 8, 480
"""Over so many working days, at so many moments of each, the next steps are spread of leads whose file names none."""
RESTS = timedelta(days=30)
"""So much later this begins for those in nurture."""
QUALIFIED = Stage.MQL
OUTCOMES = {
    Stage.WON: ImportedPast.Outcome.WON,
    Stage.LOST: ImportedPast.Outcome.LOST,
    Stage.SQL: ImportedPast.Outcome.OPEN,
}

MOVED_IN = gettext_noop("Moved in as: %(stage)s.")
OPEN_ALREADY = gettext_noop("This person has an open lead already, which stays as it is.")
with translation.override(None):
    AS = {stage: reasons.line(Problem(MOVED_IN, {"stage": reasons.nested(str(stage.label))})) for stage in Stage}

# Rides one_open_lead_a_family.
_ROWS = f"""
    SELECT j.n, j.contact_id, j.family_id, j.channel, j.campaign_id, a.past,
        (SELECT l.id FROM leads_lead l WHERE l.family_id = j.family_id AND l.closed_at IS NULL) IS NOT NULL
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.round = %(round)s AND j.is_engaged ORDER BY j.n
"""
_OPENED = """
    UPDATE judged j SET is_opened = true, lead_id = o.lead_id, past = o.said
    FROM unnest(%(n)s::bigint[], %(lead)s::bigint[], %(said)s::text[]) AS o (n, lead_id, said) WHERE j.n = o.n
"""
_NOT_OPENED = f"""
    UPDATE judged j SET past = %(said)s FROM leads_arrival a
    WHERE {ARRIVED} AND j.round = %(round)s AND j.is_engaged AND NOT j.is_opened
"""
# Rides one_open_lead_a_family.
OPEN_LEAD = """
    UPDATE judged j SET lead_id = (SELECT l.id FROM leads_lead l WHERE l.family_id = j.family_id AND l.closed_at IS NULL)
    WHERE j.lead_id IS NULL AND NOT j.is_new AND j.round = %(round)s
"""
_KEEP = """
    INSERT INTO leads_importedpast (lead_id, batch_id, owner_id, first_follow_up_at, last_follow_up_at, last_kind, last_disposition,
        note, outcome, amount, currency, closed_at, moved_in_at, is_due)
    SELECT lead, %(batch)s, owner, first_at, last_at, kind, disposition, note, outcome, amount, currency, closed_at, %(at)s, is_due
    FROM unnest(%(lead)s::bigint[], %(owner)s::bigint[], %(first_follow_up_at)s::timestamptz[], %(last_follow_up_at)s::timestamptz[],
        %(last_kind)s::text[], %(last_disposition)s::text[], %(note)s::text[], %(outcome)s::text[], %(amount)s::numeric[], %(currency)s::text[], %(closed_at)s::timestamptz[],
        %(is_due)s::bool[]) AS p(lead, owner, first_at, last_at, kind, disposition, note, outcome, amount, currency, closed_at, is_due)
"""


class Row(NamedTuple):
    """A row of history whose enquiry is new: what it tells, and whether its person has an open lead already."""

    n: int
    contact: int
    family: int
    channel: str
    campaign: int | None
    past: dict[str, Any]
    has_open: bool

    def moment(self, key: str) -> datetime | None:
        told = self.past.get(key)
        return _moment(told) if told else None

    @property
    def follow_ups(self) -> list[datetime]:
        return [done for key in ("first_follow_up_at", "last_follow_up_at") if (done := self.moment(key))]


# The same days come back row after row.
_moment = lru_cache(maxsize=1 << 14)(datetime.fromisoformat)


def row_of(told: Sequence[Any]) -> Row:
    n, contact, family, channel, campaign, past, has_open = told
    return Row(n, contact, family, channel, campaign, json.loads(past), has_open)


@dataclass(frozen=True)
class Holders:
    """Who can have a lead at this moment, and when its next step is."""

    at: datetime
    to_qualify: Hold
    nurture: int | None = None
    reps: frozenset[int] = field(default_factory=frozenset)
    users: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def moments(self) -> list[datetime]:
        return spread(self.at)

    @cached_property
    def later(self) -> list[datetime]:
        return spread(self.at + RESTS)

    def place(self, row: Row) -> tuple[str, Hold | None]:
        """The stage in which a row's lead stands, and its hold; none of a closed one."""
        stage, owner = row.past["stage"], row.past.get("owner_id")
        if stage in CLOSED:
            return stage, None
        if owner in self.reps and stage in (*HELD_BY_REP, QUALIFIED):
            stage = Stage.SAL if stage == QUALIFIED else stage
            return stage, Hold(self.next_step(row, stage), owner=owner)
        if stage == Stage.NURTURE and self.nurture:
            return stage, Hold(self.next_step(row, stage), queue=self.nurture)
        return Stage.INQUIRY, Hold(self.next_step(row, Stage.INQUIRY), queue=self.to_qualify.queue)

    def next_step(self, row: Row, stage: str) -> datetime:
        """The moment that the file names, where it lies ahead and not too far; else one of those it is spread over."""
        told = row.moment("next_step_at")
        if told and self.at < told <= self.at + timedelta(days=LONGEST_STEP_DAYS[Stage(stage)]):
            return told
        moments = self.later if stage == Stage.NURTURE else self.moments
        return moments[row.n % len(moments)]


def holders(at: datetime) -> Holders:
    """Who can have leads now."""
    nurture = Queue.objects.able_to_act().filter(kind=Queue.Kind.NURTURE).values_list("pk", flat=True).first()
    return Holders(
        at,
        to_qualify(at),
        nurture,
        frozenset(User.objects.with_role(*REPS).values_list("pk", flat=True)),
        frozenset(User.objects.filter(is_active=True).values_list("pk", flat=True)),
    )


def spread(at: datetime) -> list[datetime]:
    """Moments within the next working days of the company, evenly."""
    slots = range(1, DAYS * SLOTS_A_DAY + 1)
    return [calendars.due(at, MINUTES_A_DAY * slot // SLOTS_A_DAY) for slot in slots]


def open_leads(part: Slice, round_: int, at: datetime, by: User | None) -> None:
    """Open the leads of a round of history as they stood, and keep what else the file tells of them."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, part.values | {"round": round_})
        rows = list(map(row_of, cursor.fetchall()))
        can = holders(at)
        wanted = {row.n: (row, lead_of(row, can)) for row in that_open(rows)}
        leads = lifecycle.move_in([past for _row, past in wanted.values()], at=at, by=by, is_routable=part.is_routable)
        said = [AS[Stage(wanted[n][1].stage)] for n in leads]
        cursor.execute(_OPENED, {"n": list(leads), "lead": list(leads.values()), "said": said})
        cursor.execute(_NOT_OPENED, part.values | {"round": round_, "said": OPEN_ALREADY})
        cursor.execute(OPEN_LEAD, {"round": round_})
        keep(part, {leads[n]: pair for n, pair in wanted.items() if n in leads}, at)


def that_open(rows: Iterable[Row]) -> Iterable[Row]:
    """The rows that open a lead: closed ones all, open ones one for each person without an open lead."""
    taken: set[int] = set()
    for row in rows:
        if row.past["stage"] in CLOSED:
            yield row
        elif not row.has_open and row.family not in taken:
            taken.add(row.family)
            yield row


def lead_of(row: Row, can: Holders) -> Past:
    """The lead that a row tells, as it stands now."""
    stage, hold = can.place(row)
    owner, mql_at, closed_at = row.past.get("owner_id"), row.moment("mql_at"), row.moment("closed_at")
    opened_at = row.moment("opened_at") or can.at
    follow_ups = row.follow_ups
    counted = [done for done in follow_ups if mql_at and done >= mql_at]
    stands_since = closed_at or opened_at
    if stage in HELD_BY_REP:
        stands_since = max(opened_at, mql_at or opened_at, *follow_ups)
    return Past(
        row.n, row.contact, row.family, row.channel, row.campaign, stage, hold, owner,
        owner if owner in can.users else None, opened_at, stands_since, closed_at, mql_at, min(counted, default=None),
    )  # fmt: skip


def keep(part: Slice, moved: dict[int, tuple[Row, Past]], at: datetime) -> None:
    """Keep what the app above takes up: follow-ups, business and amounts."""
    if not moved:
        return
    currencies = currencies_of(part, moved.values())
    rows = [kept(lead, row, past, currencies) for lead, (row, past) in moved.items()]
    columns: dict[str, Any] = {name: array(row[name] for row in rows) for name in rows[0]}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, columns | {"batch": part.batch, "at": at})


def kept(lead: int, row: Row, past: Past, currencies: dict[int | None, str]) -> dict[str, Any]:
    first, last = row.moment("first_follow_up_at"), row.moment("last_follow_up_at")
    outcome = OUTCOMES.get(Stage(past.stage), "")
    return {
        "lead": lead,
        "owner": past.owner,
        "first_follow_up_at": first,
        "last_follow_up_at": last if last != first else None,
        "last_kind": row.past.get("last_follow_up_kind", ""),
        "last_disposition": row.past.get("last_follow_up_result", ""),
        "note": row.past.get("follow_up_notes", ""),
        "outcome": outcome,
        "amount": row.past.get("amount"),
        "currency": currencies[row.campaign],
        "closed_at": past.closed_at,
        "is_due": bool(first or outcome),
    }


def currencies_of(part: Slice, moved: Iterable[tuple[Row, Past]]) -> dict[int | None, str]:
    """The currency of each campaign's amounts: the company's, unless they are said to be the campaign's."""
    usual = (Company.objects.first() or Company()).currency
    campaigns: Sequence[int | None] = list({row.campaign for row, _past in moved})
    own = dict(Campaign.objects.filter(pk__in=filter(None, campaigns)).values_list("pk", "currency"))
    return {key: own.get(key or 0, usual) if part.is_in_campaign_currency else usual for key in campaigns}
