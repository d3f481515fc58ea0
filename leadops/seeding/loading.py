"""How does the synthetic base get in? Slices by COPY, each a transaction under all constraints and triggers, two at once."""

from __future__ import annotations

import csv
import io
import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import Random

import django
from django.db import connection, transaction

from leadops.seeding import marketing, people, rows, sales
from leadops.seeding.company import Cast
from leadops.seeding.rows import Table
from leadops.seeding.stories import Row, Story
from leads import calendars, search

SLICE = 20_000
AT_ONCE = 2
COLLEAGUES = 8
"""How many contacts an organisation has, on the average."""

_STAGING = """
    CREATE TEMP TABLE seed_lead (LIKE leads_lead INCLUDING DEFAULTS);
    CREATE TEMP TABLE seed_promotion (LIKE leads_promotion INCLUDING DEFAULTS);
    CREATE TEMP TABLE seed_move (seq bigserial, lead_id bigint, stage text, owner_id bigint, queue_id bigint, next_step_at timestamptz,
        promotion_n smallint, reason text, occurred_at timestamptz, recorded_at timestamptz);
"""
# Leads, promotions and moves are one statement: none is let in without the others.
_TELL = """
    WITH opened AS (
        INSERT INTO leads_lead ({lead}) SELECT {lead} FROM seed_lead ORDER BY id
    ), promised AS (
        INSERT INTO leads_promotion ({promotion}) SELECT {promotion} FROM seed_promotion ORDER BY id
    )
    INSERT INTO leads_leadmove ({move}, note, is_imported) SELECT {move}, '', false FROM seed_move ORDER BY seq
""".format(
    lead=", ".join(rows.LEAD.columns), promotion=", ".join(rows.PROMOTION.columns), move=", ".join(rows.MOVE.columns)
)


@dataclass(frozen=True, slots=True)
class Part:
    """One slice of the base to be: how many leads, by which dice, and where the keys of its rows begin."""

    number: int
    leads: int
    seed: str
    keys: dict[str, int]

    def random(self) -> Random:
        return Random(self.seed)  # noqa: S311 - a seeded trial base, no secret


KEYED = ("leads_organisation", "leads_contact", "leads_lead", "leads_promotion", "handoff_handoff")


def load(
    *, leads: int, cast: Cast, now: datetime, seed: int, on_progress: Callable[[int], None], at_once: int = AT_ONCE
) -> int:
    """Add `leads` synthetic leads with their whole history, a transaction a slice; return how many were added."""
    parts = [_part(n, min(SLICE, leads - start), seed) for n, start in enumerate(range(0, leads, SLICE))]
    write = partial(_write, cast=cast, now=now)
    done = 0
    if len(parts) < at_once or connection.in_atomic_block:
        for part in parts:
            done += write(part)
            on_progress(done)
        return done
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, mp_context=context, initializer=django.setup) as pool:
        for count in pool.map(write, parts):
            done += count
            on_progress(done)
    return done


def _part(number: int, leads: int, seed: int) -> Part:
    return Part(number, leads, f"{seed}:{number}", {table: _keys(table, leads) for table in KEYED})


def _keys(table: str, count: int) -> int:
    """Set `count` keys aside; return the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(s, nextval(s) + %s) - %s FROM pg_get_serial_sequence(%s, 'id') s",
            [count - 1, count - 1, table],
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def _write(part: Part, *, cast: Cast, now: datetime) -> int:
    """Tell a slice of stories and write their rows."""
    random = part.random()
    told = _begun(part, _companies(part, now, random), cast, now, random)
    _tell(told, part, cast, now, random)
    promoted = [s for s in told if s.mql_at]
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)
        _copy(rows.LEAD, map(rows.lead, told))
        _copy(rows.PROMOTION, (rows.promotion(s, cast.version) for s in promoted))
        _copy(rows.MOVE, (move for s in told for move in s.moves))
        cursor.execute(_TELL)
        cursor.execute("DROP TABLE seed_lead, seed_promotion, seed_move")
    _copy(rows.ENGAGEMENT, (row for s in told for row in s.engagements))
    pools = {True: cast.queues["farmers"], False: cast.queues["hunters"]}
    _copy(rows.HANDOFF, (rows.handoff(s, pools) for s in promoted if s.handed_at))
    _copy(rows.FOLLOW_UP, (row for s in promoted for row in s.follow_ups))
    _copy(rows.OPPORTUNITY, (s.opportunity for s in promoted if s.opportunity))
    search.fill(part.leads)
    return part.leads


def _copy(table: Table, written: Iterable[Row]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(written)
    text.seek(0)
    texts = f", FORCE_NOT_NULL ({', '.join(table.texts)})" if table.texts else ""
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN WITH (FORMAT csv, NULL ''{texts})", text
        )


def _companies(part: Part, at: datetime, random: Random) -> list[people.Company]:
    first, start = part.keys["leads_organisation"], part.number * SLICE
    made = [people.company(start + n, first + n, random) for n in range(max(1, part.leads // COLLEAGUES))]
    _copy(rows.ORGANISATION, rows.organisations(made, at))
    return made


def _begun(part: Part, companies: list[people.Company], cast: Cast, now: datetime, random: Random) -> list[Story]:
    """Write the contacts, and have a lead of each come in."""
    homes = [random.choice(companies) for _ in range(part.leads)]
    first = part.keys["leads_contact"]
    _copy(
        rows.CONTACT,
        (rows.contact(people.contact(first + n, home, random), first + n, now) for n, home in enumerate(homes)),
    )
    lead = part.keys["leads_lead"]
    return [marketing.begin(lead + n, first + n, home.is_customer, cast, now, random) for n, home in enumerate(homes)]


def _tell(told: list[Story], part: Part, cast: Cast, now: datetime, random: Random) -> None:
    moments = {s.lead: moment for s in told if (moment := marketing.promoted_at(s, now, random))}
    promises = dict(zip(moments, calendars.dues(list(moments.values()), cast.promise_minutes), strict=True))
    for n, story in enumerate(told):
        if story.lead not in moments:
            marketing.qualify(story, story.opened_at, cast, now, random)
            continue
        story.promotion, story.handoff = part.keys["leads_promotion"] + n, part.keys["handoff_handoff"] + n
        sales.hand_over(story, moments[story.lead], promises[story.lead], cast=cast, now=now, random=random)
