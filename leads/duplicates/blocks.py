"""Whom is a contact worth comparing with? Those who share a key with few others: a base is never compared pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from leads import matching
from leads.duplicates.likeness import ASK, Person, compare
from leads.models import Contact

# What more records than these share says nothing about a person.
MOST = 20

# How a block's SQL names a contact and its organisation's key: of the one asked about, and of those around it.
_HERE, _THERE = {"c": "c", "org": "o.name_key"}, {"c": "b", "org": "a.org"}
_LIVE = "{c}.merged_into_id IS NULL AND {c}.erased_at IS NULL AND {c}.voided_at IS NULL"
# A name's last word and first letter, also of a name written the other way round.
_SIGN = f"({matching.SIGN.format('{c}')})"
_TURNED = "(split_part({c}.name_key, ' ', 1) || ' ' || left(split_part({c}.name_key, ' ', -1), 1))"
_BY_SIGN = f"{{c}}.name_key <> '' AND {_SIGN} = split_part(a.key, '/', -1)"


@dataclass(frozen=True, slots=True)
class Block:
    """One criterion: the keys of a contact `c` who has them, and the condition by whose index others are found."""

    keys: str
    given: str
    via: str


def _signed(value: str) -> str:
    return f"ARRAY[{value} || '/' || {_SIGN}, {value} || '/' || {_TURNED}]"


_CODE = matching.CODE.format("{c}")
_HOUSE = f"({_CODE} || '/' || lower(replace({{c}}.house_number, ' ', '')))"
_BORN = "{c}.birth_date IS NOT NULL AND {c}.name_key <> ''"

# Each rides an index: contact_email_key, contact_phone and contact_mobile, contact_external_id, contact_in_organisation
# below organisation_name_key, contact_birth_date, contact_house, and contact_sign.
BLOCKS = (
    Block("ARRAY[{c}.email_key]", "{c}.email_key <> ''", "{c}.email_key = a.key AND {c}.email_key <> ''"),
    Block(
        "ARRAY[nullif({c}.phone_e164, ''), nullif({c}.mobile_e164, '')]",
        "({c}.phone_e164 <> '' OR {c}.mobile_e164 <> '')",
        "({c}.phone_e164 = a.key AND {c}.phone_e164 <> '' OR {c}.mobile_e164 = a.key AND {c}.mobile_e164 <> '')",
    ),
    Block("ARRAY[{c}.external_id]", "{c}.external_id <> ''", "{c}.external_id = a.key AND {c}.external_id <> ''"),
    Block(
        "ARRAY[{org} || '/' || split_part({c}.name_key, ' ', 1), {org} || '/' || split_part({c}.name_key, ' ', -1)]",
        "{org} <> '' AND {c}.name_key <> ''",
        "{c}.organisation_id IN (SELECT o.id FROM leads_organisation o WHERE o.name_key = a.org)",
    ),
    Block(
        "ARRAY[{c}.birth_date || '/' || left({c}.name_key, 1), {c}.birth_date || '/' || left(split_part({c}.name_key, ' ', -1), 1)]",
        _BORN,
        "{c}.birth_date = split_part(a.key, '/', 1)::date",
    ),
    Block(f"ARRAY[{_HOUSE}]", "{c}.postcode <> '' AND {c}.house_number <> ''", f"{_HOUSE} = a.key"),
    Block(_signed("split_part({c}.email_key, '@', 2)"), "{c}.email_key <> '' AND {c}.name_key <> ''", _BY_SIGN),
    Block(_signed("extract(year FROM {c}.birth_date)"), _BORN, _BY_SIGN),
    Block(_signed("to_char({c}.birth_date, 'MMDD')"), _BORN, _BY_SIGN),
    Block(_signed("left(lower(replace({c}.street, ' ', '')), 4)"), "{c}.street <> '' AND {c}.name_key <> ''", _BY_SIGN),
    Block(_signed(_CODE), "{c}.postcode <> '' AND {c}.name_key <> ''", _BY_SIGN),
    Block(_signed("lower({c}.city)"), "{c}.city <> '' AND {c}.name_key <> ''", _BY_SIGN),
)


class Candidate(NamedTuple):
    """Somebody who may be the same person as a contact."""

    contact: int
    other: int
    score: int
    reasons: tuple[str, ...]


def _around(block: Block) -> str:
    """SQL for the pairs of the contacts asked about with those who share a key with them."""
    return f"""
        SELECT a.id, f.id FROM (
            SELECT c.id, c.name_key, o.name_key AS org, unnest({block.keys.format(**_HERE)}) AS key
            FROM leads_contact c LEFT JOIN leads_organisation o ON o.id = c.organisation_id
            WHERE c.id = ANY(%(contacts)s) AND {block.given.format(**_HERE)}
        ) a CROSS JOIN LATERAL (
            SELECT b.id, count(*) OVER () AS n FROM (
                SELECT b.id FROM leads_contact b WHERE {block.via.format(**_THERE)} AND {block.given.format(**_THERE)}
                    AND a.key = ANY({block.keys.format(**_THERE)}) AND b.id <> a.id AND {_LIVE.format(c="b")}
                LIMIT {MOST}) b
        ) f WHERE f.n < {MOST}
    """


# One statement for all blocks, so that a contact takes one trip.
_AROUND = " UNION ".join(_around(block) for block in BLOCKS)


def candidates(contacts: Iterable[int]) -> list[Candidate]:
    """For each contact those who may be the same person, likeliest first; those below ASK are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, {"contacts": list(contacts)})
        pairs = cursor.fetchall()
    people = persons(key for pair in pairs for key in pair)
    found = [Candidate(one, other, *compare(people[one], people[other])) for one, other in pairs]
    return sorted((each for each in found if each.score >= ASK), key=lambda each: (each.contact, -each.score))


_COLUMNS = ("name_key", "email_key", "phone_e164", "mobile_e164", "organisation__name_key", "postcode", "house_number",
            "city", "external_id", "linkedin_url", "birth_date", "street")  # fmt: skip


def persons(contacts: Iterable[int]) -> dict[int, Person]:
    """What is compared of each contact."""
    rows: Any = Contact.objects.filter(pk__in=set(contacts)).values_list("pk", *_COLUMNS)
    return {key: Person(*rest)._replace(organisation_key=rest[4] or "") for key, *rest in rows}


def pair_up(block: Block, at: datetime) -> int:
    """Keep all pairs of the base that share a key of this block and are not kept yet; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH keyed AS (
                SELECT c.id, unnest({block.keys.format(**_HERE)}) AS key
                FROM leads_contact c LEFT JOIN leads_organisation o ON o.id = c.organisation_id
                WHERE {_LIVE.format(c="c")} AND {block.given.format(**_HERE)}
            ), alike AS (
                SELECT array_agg(id) AS ids FROM keyed WHERE key IS NOT NULL GROUP BY key HAVING count(*) BETWEEN 2 AND {MOST}
            )
            INSERT INTO leads_duplicatepair (left_id, right_id, reasons, found_at, decision)
            SELECT DISTINCT l, r, '{{}}'::varchar[], %(at)s::timestamptz, ''
            FROM alike, unnest(ids) l, unnest(ids) r WHERE l < r
            ON CONFLICT (left_id, right_id) DO NOTHING
            """,
            {"at": at},
        )
        return cursor.rowcount
