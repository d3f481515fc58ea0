"""How does the synthetic base get in? Slices by COPY, each a transaction under all constraints and triggers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, transaction

from leadops.seeding import people, stories
from leadops.seeding.company import Cast
from leads import calendars
from leads.stages import Origin

SLICE = 20_000
CONTACT = [
    "first_name",
    "infix",
    "last_name",
    "name_key",
    "email",
    "email_key",
    "phone",
    "phone_e164",
    "job_title",
    "organisation_id",
    "city",
]
CONTACT_REST = [
    "id",
    "family_id",
    "created_at",
    "salutation",
    "initials",
    "mobile",
    "mobile_e164",
    "department",
    "street",
    "house_number",
    "postcode",
    "region",
    "country",
    "language",
    "linkedin_url",
    "external_id",
    "tags",
    "attributes",
    "is_mail_suppressed",
    "is_phone_suppressed",
]
REST = ("", "", "", "", "", "", "", "", "", "NL", "nl", "", "", "{}", "{}", False, False)

STAGING = """
    CREATE TEMP TABLE seed_lead (LIKE leads_lead INCLUDING DEFAULTS) ON COMMIT DROP;
    CREATE TEMP TABLE seed_promotion (LIKE leads_promotion INCLUDING DEFAULTS) ON COMMIT DROP;
    CREATE TEMP TABLE seed_move (seq bigserial, lead_id bigint, stage text, owner_id bigint, queue_id bigint, next_step_at timestamptz,
        promotion_n smallint, reason text, occurred_at timestamptz, recorded_at timestamptz) ON COMMIT DROP;
"""
LEAD = [
    "id",
    "contact_id",
    "family_id",
    "origin",
    "channel",
    "campaign_id",
    "is_routable",
    "stage",
    "stage_entered_at",
    "owner_id",
    "queue_id",
    "next_step_at",
    "next_step_set_at",
    "opened_at",
    "closed_at",
    "recorded_at",
    "promotion_n",
    "mql_at",
    "promised_by",
    "first_follow_up_at",
    "answered_at",
]
PROMOTION = [
    "id",
    "lead_id",
    "n",
    "mql_at",
    "recorded_at",
    "definition_version",
    "promised_by",
    "is_exploration",
    "is_imported",
    "origin",
    "channel",
    "campaign_id",
    "owner_id",
    "first_follow_up_at",
    "answered_at",
    "answered_as",
]
MOVE = [
    "lead_id",
    "stage",
    "owner_id",
    "queue_id",
    "next_step_at",
    "promotion_n",
    "reason",
    "occurred_at",
    "recorded_at",
]
ENGAGEMENT = [
    "contact_id",
    "lead_id",
    "campaign_id",
    "kind",
    "channel",
    "detail",
    "interest",
    "occurred_at",
    "recorded_at",
]
HANDOFF = [
    "lead_id",
    "promotion_id",
    "rep_id",
    "pool_id",
    "explanation",
    "assigned_at",
    "accept_due_at",
    "follow_up_due_at",
    "accepted_at",
    "ended_at",
    "outcome",
    "outcome_reason",
    "note",
]
FOLLOW_UP = [
    "lead_id",
    "by_id",
    "kind",
    "disposition",
    "occurred_at",
    "next_step_at",
    "recorded_at",
    "is_reached",
    "note",
]

TELL = f"""
    WITH opened AS (
        INSERT INTO leads_lead ({", ".join(LEAD)}) SELECT {", ".join(LEAD)} FROM seed_lead ORDER BY id
    ), promised AS (
        INSERT INTO leads_promotion ({", ".join(PROMOTION)}) SELECT {", ".join(PROMOTION)} FROM seed_promotion ORDER BY id
    )
    INSERT INTO leads_leadmove ({", ".join(MOVE)}, note, is_imported)
    SELECT {", ".join(MOVE)}, '', false FROM seed_move ORDER BY seq
"""


def _copy(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv, NULL '')", text)


def _blanks(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]], filled: list[str]) -> None:
    """COPY rows in which an empty text is a text: the columns of `filled` are never null."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        options = f"FORMAT csv, NULL '', FORCE_NOT_NULL ({', '.join(filled)})"
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH ({options})", text)


def _keys(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def _companies(count: int, start: int, at: datetime, random: Random) -> list[people.Company]:
    keys = _keys("leads_organisation", count)
    made = [people.company(start + n, key, random) for n, key in enumerate(keys)]
    columns = [
        "id",
        "name",
        "name_key",
        "domain",
        "website",
        "industry",
        "kvk_number",
        "country",
        "employees",
        "is_customer",
        "created_at",
    ]
    rows = (
        (c.id, c.name, c.name.lower(), c.domain, "", c.industry, "", "NL", c.employees, c.is_customer, at) for c in made
    )
    _blanks("leads_organisation", columns, rows, columns[1:8])
    return made


def _stories(
    count: int, companies: list[people.Company], cast: Cast, now: datetime, random: Random
) -> Iterator[stories.Story]:
    leads, contacts = _keys("leads_lead", count), _keys("leads_contact", count)
    homes = [random.choice(companies) for _ in contacts]
    rows = (
        (*people.contact(key, home, random), key, key, now, *REST) for key, home in zip(contacts, homes, strict=True)
    )
    texts = [
        c
        for c in (*CONTACT, *CONTACT_REST)
        if c
        not in {
            "organisation_id",
            "id",
            "family_id",
            "created_at",
            "tags",
            "attributes",
            "is_mail_suppressed",
            "is_phone_suppressed",
        }
    ]
    _blanks("leads_contact", CONTACT + CONTACT_REST, rows, texts)
    for lead, contact, home in zip(leads, contacts, homes, strict=True):
        yield stories.begin(lead, contact, home.is_customer, cast, now, random)


def _tell(told: list[stories.Story], cast: Cast, now: datetime, random: Random) -> None:
    promoted = {story.lead: stories.promoted_at(story, now, random) for story in told if stories.is_promoted(random)}
    promises = dict(zip(promoted, calendars.dues(list(promoted.values()), cast.promise_minutes), strict=True))
    keys = dict(zip(promoted, _keys("leads_promotion", len(promoted)), strict=True))
    for story in told:
        if story.lead not in promoted:
            stories.stay(story, cast, now, random)
        else:
            story.promotion = keys[story.lead]
            moments = promoted[story.lead], promises[story.lead]
            stories.hand_over(story, *moments, cast=cast, now=now, random=random)


def _lead_row(s: stories.Story) -> tuple[Any, ...]:
    n = 1 if s.mql_at else 0
    return (
        s.lead,
        s.contact,
        s.contact,
        Origin.MARKETING,
        s.channel,
        s.campaign,
        True,
        s.stage,
        s.stage_entered_at,
        s.owner,
        s.queue,
        s.next_step_at,
        s.next_step_set_at,
        s.opened_at,
        s.closed_at,
        s.moves[-1][-1],
        n,
        s.mql_at,
        s.promised_by,
        s.first_follow_up_at,
        s.answered_at,
    )


def _promotion_row(s: stories.Story, version: int) -> tuple[Any, ...]:
    return (
        s.promotion,
        s.lead,
        1,
        s.mql_at,
        s.mql_at,
        version,
        s.promised_by,
        False,
        False,
        Origin.MARKETING,
        s.channel,
        s.campaign,
        s.rep,
        s.first_follow_up_at,
        s.answered_at,
        s.answered_as,
    )


def _handoff_row(s: stories.Story, pool: int) -> tuple[Any, ...]:
    ended = s.closed_at or (s.answered_at if s.outcome == "rejected" else None)
    due, outcome = s.promised_by, s.outcome if ended else ""
    return (s.lead, s.promotion, s.rep, pool, "{}", s.handed_at, due, due, s.accepted_at, ended, outcome, "", "")


def _write(told: list[stories.Story], cast: Cast) -> None:
    promoted = [s for s in told if s.mql_at]
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
    _copy("seed_lead", LEAD, (_lead_row(s) for s in told))
    _blanks("seed_promotion", PROMOTION, (_promotion_row(s, cast.version) for s in promoted), ["answered_as"])
    _copy("seed_move", MOVE, (move for s in told for move in s.moves))
    with connection.cursor() as cursor:
        cursor.execute(TELL)
    _blanks("leads_engagement", ENGAGEMENT, (e for s in told for e in s.engagements), ["detail", "interest"])
    pools = {True: cast.queues["farmers"], False: cast.queues["hunters"]}
    handed = (_handoff_row(s, pools[s.customer]) for s in promoted if s.rep)
    _blanks("handoff_handoff", HANDOFF, handed, ["outcome", "outcome_reason", "note"])
    follow_ups = ((*f, f[4], f[3] != "no_answer", "") for s in told for f in s.follow_ups)
    _blanks("handoff_followup", FOLLOW_UP, follow_ups, ["note"])


def load(*, leads: int, cast: Cast, now: datetime, random: Random, on_progress: Callable[[int], None]) -> int:
    """Add `leads` synthetic leads with their whole history, a transaction a slice; return how many were added."""
    done = 0
    while done < leads:
        count = min(SLICE, leads - done)
        with transaction.atomic():
            companies = _companies(max(1, count // 8), done, now, random)
            told = list(_stories(count, companies, cast, now, random))
            _tell(told, cast, now, random)
            _write(told, cast)
        done += count
        on_progress(done)
    return done
