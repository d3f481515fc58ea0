"""Contacts: made where the row is of nobody known, filled where they were empty, overwritten only where that was chosen."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from leads import consent, names
from leads.capture.conflicts import ATTRIBUTES, HELD, NOT_EMPTY, OVERWRITING, Conflicts
from leads.capture.slices import ARRIVED, Slice

# A family in which two contacts are merged at the same moment waits, or is waited for, in key order.
_LOCK = """
    SELECT 1 FROM leads_contact WHERE family_id IN (SELECT family_id FROM judged WHERE family_id IS NOT NULL)
    ORDER BY id FOR KEY SHARE
"""
_NUMBER = """
    UPDATE judged j SET round = 1, is_new = r.family_id IS NULL, is_engaged = r.family_id IS NULL,
        contact_id = coalesce(r.family_id, r.new_id), family_id = coalesce(r.family_id, r.new_id)
    FROM (SELECT n, family_id,
            CASE WHEN family_id IS NULL THEN nextval((SELECT pg_get_serial_sequence('leads_contact', 'id'))) END AS new_id
          FROM (SELECT n, family_id FROM judged WHERE verdict IS NULL AND folded_into IS NULL ORDER BY n) o) r
    WHERE r.n = j.n
"""
# A row that says something itself has a round for itself; those folded into others have one together, up to the next such.
_ORDER = """
    UPDATE judged j SET round = r.round
    FROM (SELECT n, sum(begins::int) OVER (PARTITION BY family_id ORDER BY n) AS round
          FROM (SELECT n, family_id, folded_into IS NULL OR (lag(folded_into) OVER (PARTITION BY family_id ORDER BY n)) IS NULL AS begins
                FROM judged WHERE family_id IS NOT NULL AND verdict IS NULL) b) r
    WHERE r.n = j.n AND r.round IS DISTINCT FROM j.round
"""
_MAKE = f"""
    INSERT INTO leads_contact (id, family_id, salutation, initials, first_name, infix, last_name, name_key, email, email_key,
        phone, phone_e164, mobile, mobile_e164, job_title, department, organisation_id, street, house_number, postcode, city, region,
        country, language, linkedin_url, birth_date, external_id, tags, attributes, is_mail_suppressed, is_phone_suppressed, created_at)
    SELECT j.contact_id, j.contact_id, a.salutation, a.initials, a.first_name, a.infix, a.last_name, a.name_key, a.email, a.email_key,
        a.phone, a.phone_e164, a.mobile, a.mobile_e164, a.job_title, a.department, j.organisation_id, a.street, a.house_number,
        a.postcode, a.city, a.region, a.country, a.language, a.linkedin_url, a.birth_date, a.external_id, coalesce(a.tags, '{{}}'),
        coalesce(a.attributes, '{{}}'), j.is_mail_suppressed OR a.opt_out_email, j.is_phone_suppressed OR a.opt_out_phone, %(at)s
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.is_new ORDER BY j.contact_id
"""

NO_ADDRESS = "c.street = '' AND c.postcode = '' AND (c.city = '' OR lower(c.city) = lower(a.city))"
# What may be filled together, and when: the row says it, and the contact does not.
FILLS: dict[str, str] = {
    **{
        name: f"c.{name} = '' AND a.{name} <> ''"
        for name in (
            "salutation", "initials", "first_name", "last_name", "job_title", "department", "region", "country", "language",
            "linkedin_url", "external_id",
        )
    },
    "infix": "c.last_name = '' AND a.last_name <> '' AND a.infix <> ''",
    "email": "c.email = '' AND a.email_key <> ''",
    "email_key": "c.email = '' AND a.email_key <> ''",
    "phone": "c.phone = '' AND a.phone <> '' AND (a.phone_e164 = '' OR a.phone_e164 <> c.mobile_e164)",
    "phone_e164": "c.phone = '' AND a.phone_e164 <> '' AND a.phone_e164 <> c.mobile_e164",
    "mobile": "c.mobile = '' AND a.mobile <> '' AND (a.mobile_e164 = '' OR a.mobile_e164 <> c.phone_e164)",
    "mobile_e164": "c.mobile = '' AND a.mobile_e164 <> '' AND a.mobile_e164 <> c.phone_e164",
    **{name: f"{NO_ADDRESS} AND c.{name} = '' AND a.{name} <> ''" for name in ("street", "house_number", "postcode", "city")},
    "birth_date": "c.birth_date IS NULL AND a.birth_date IS NOT NULL",
    "organisation_id": "c.organisation_id IS NULL AND j.organisation_id IS NOT NULL",
    "tags": "NOT coalesce(a.tags, '{}') <@ c.tags::text[]",
    "attributes": "a.attributes IS NOT NULL AND (a.attributes || c.attributes) <> c.attributes",
    "is_mail_suppressed": "(a.opt_out_email OR j.is_mail_suppressed) AND NOT c.is_mail_suppressed",
    "is_phone_suppressed": "(a.opt_out_phone OR j.is_phone_suppressed) AND NOT c.is_phone_suppressed",
}  # fmt: skip
VALUES: dict[str, str] = {
    "organisation_id": "j.organisation_id",
    "tags": "c.tags || (SELECT array_agg(t) FROM unnest(a.tags) t WHERE t <> ALL (c.tags::text[]))::varchar[]",
    "attributes": "a.attributes || c.attributes",
    "is_mail_suppressed": "true",
    "is_phone_suppressed": "true",
}
_NAME_KEY = """CASE
    WHEN 'first_name' = ANY(j.filled) AND a.last_key <> '' THEN a.name_key
    WHEN 'first_name' = ANY(j.filled) THEN btrim(a.first_key || ' ' || c.name_key)
    WHEN 'last_name' = ANY(j.filled) THEN btrim(c.name_key || ' ' || a.last_key) ELSE c.name_key END"""


@lru_cache(maxsize=64)
def _find(chosen: Conflicts) -> str:
    conditions = conditions_of(chosen)
    found = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in conditions.items())
    replaced = " OR ".join(replacing(chosen))
    return f"""
        UPDATE judged j SET filled = f.filled, is_replaced = f.is_replaced,
            before = coalesce(j.before, '{{}}') || jsonb_build_object('contact',
                (SELECT jsonb_object_agg(k, f.was -> k) FROM unnest(f.filled || 'name_key'::text) k))
        FROM (SELECT * FROM (
                SELECT j.n, array_remove(ARRAY[{found}], NULL) AS filled, to_jsonb(c) AS was, {replaced or "false"} AS is_replaced
                FROM judged j JOIN leads_arrival a ON {ARRIVED} JOIN leads_contact c ON c.id = j.contact_id
                WHERE j.round = %(round)s AND NOT j.is_new AND j.folded_into IS NULL) f
              WHERE cardinality(f.filled) > 0) f
        WHERE f.n = j.n
    """


def replacing(chosen: Conflicts) -> list[str]:
    """When a value takes the place of another, rather than of none."""
    columns = sorted(chosen.overwritten & FILLS.keys()) + ["attributes"] * bool(chosen.overwritten_attributes)
    conditions = conditions_of(chosen)
    return [f"({conditions[name]}) AND ({HELD.get(name, NOT_EMPTY.format(name))})" for name in columns]


def conditions_of(chosen: Conflicts) -> dict[str, str]:
    """When each column is written, as was chosen for it."""
    found = {name: condition for name, condition in FILLS.items() if name not in chosen.kept}
    found |= {name: OVERWRITING[name] for name in FILLS if name in chosen.overwritten}
    if chosen.has_attributes:
        found["attributes"] = OVERWRITING["attributes"].format(attributes=ATTRIBUTES)
    return found


@lru_cache(maxsize=64)
def _write(chosen: Conflicts) -> str:
    values = VALUES | ({"tags": "a.tags::varchar[]"} if "tags" in chosen.overwritten else {})
    values |= {"attributes": ATTRIBUTES} if chosen.has_attributes else {}
    written = [
        f"{name} = CASE WHEN '{name}' = ANY(j.filled) THEN {values.get(name, f'a.{name}')} ELSE c.{name} END"
        for name in FILLS
    ]
    return f"""
        WITH written AS (
            UPDATE leads_contact c SET {", ".join(written)}, name_key = left({_NAME_KEY}, 400)
            FROM judged j JOIN leads_arrival a ON {ARRIVED}
            WHERE j.round = %(round)s AND j.contact_id = c.id AND cardinality(j.filled) > 0
            RETURNING j.n, to_jsonb(c) AS became
        )
        UPDATE judged j SET before = j.before || jsonb_build_object('contact_after',
            (SELECT jsonb_object_agg(k, w.became -> k) FROM unnest(j.filled || 'name_key'::text) k))
        FROM written w WHERE w.n = j.n
    """


# A name of which a part was replaced: its key is made anew of all its parts.
_RENAMED = """
    SELECT j.n, c.id, c.first_name, c.initials, c.infix, c.last_name FROM judged j JOIN leads_contact c ON c.id = j.contact_id
    WHERE j.round = %(round)s AND j.filled && ARRAY['initials', 'first_name', 'infix', 'last_name'] ORDER BY c.id
"""
_RENAME = """
    WITH renamed AS (
        UPDATE leads_contact c SET name_key = k.name_key
        FROM unnest(%(contact)s::bigint[], %(name_key)s::text[]) AS k (id, name_key)
        WHERE c.id = k.id AND c.name_key <> k.name_key
    )
    UPDATE judged j SET before = jsonb_set(j.before, '{contact_after,name_key}', to_jsonb(k.name_key))
    FROM unnest(%(n)s::bigint[], %(name_key)s::text[]) AS k (n, name_key) WHERE j.n = k.n
"""

_SPOKEN = f"""
    SELECT EXISTS (SELECT 1 FROM judged j JOIN leads_arrival a ON {ARRIVED}
        WHERE j.round = %(round)s AND j.contact_id IS NOT NULL
            AND (a.consent_email OR a.consent_phone OR a.opt_out_email OR a.opt_out_phone))
"""
_OPTED_OUT = f"""
    SELECT a.opt_out_email, a.email_key, a.opt_out_phone, a.phone_e164, a.mobile_e164
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.round = %(round)s AND (a.opt_out_email OR a.opt_out_phone)
"""


def lock_families() -> None:
    """Keep the families that rows were found to belong to from being merged meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def number() -> None:
    """Give new contacts their keys."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER)


def order_rounds() -> int:
    """Let the rows that belong to one contact follow each other in rounds; return how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(_ORDER)
        cursor.execute("SELECT coalesce(max(round), 0) FROM judged")
        return int(cursor.fetchone()[0])


def make(part: Slice, at: datetime) -> None:
    """Make the contacts of the rows of nobody known."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, part.values | {"at": at})


def fill(part: Slice, round_: int) -> None:
    """Write what the rows of a round say of known contacts, as was chosen; keep what was there before, and what is now."""
    values = part.values | part.conflicts.values | {"round": round_}
    with connection.cursor() as cursor:
        cursor.execute(_find(part.conflicts), values)
        if cursor.rowcount:
            cursor.execute(_write(part.conflicts), values)
            if part.conflicts.renames:
                _rename(cursor, round_)


def _rename(cursor: Any, round_: int) -> None:
    cursor.execute(_RENAMED, {"round": round_})
    if rows := cursor.fetchall():
        keys = [names.key(first or initials, infix, last)[:400] for _n, _id, first, initials, infix, last in rows]
        told = {"n": [row[0] for row in rows], "contact": [row[1] for row in rows], "name_key": keys}
        cursor.execute(_RENAME, told)


def speak_of_consent(part: Slice, round_: int) -> bool:
    """Whether any row of a round says something about consent."""
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN, part.values | {"round": round_})
        return bool(cursor.fetchone()[0])


# Of records that were folded into the one that the rows are about. Rides contact_family.
_WITHHOLD = f"""
    UPDATE leads_contact c SET is_mail_suppressed = c.is_mail_suppressed OR m.mail, is_phone_suppressed = c.is_phone_suppressed OR m.phone
    FROM (SELECT j.family_id, bool_or(a.opt_out_email) AS mail, bool_or(a.opt_out_phone) AS phone
          FROM judged j JOIN leads_arrival a ON {ARRIVED}
          WHERE j.round = %(round)s AND (a.opt_out_email OR a.opt_out_phone) GROUP BY j.family_id) m
    WHERE c.family_id = m.family_id AND c.merged_into_id IS NOT NULL
        AND (m.mail AND NOT c.is_mail_suppressed OR m.phone AND NOT c.is_phone_suppressed)
"""


def suppress(part: Slice, round_: int, at: datetime) -> None:
    """Suppress the addresses and numbers of the rows of a round that opt out, and withhold those of all records of the person."""
    with connection.cursor() as cursor:
        cursor.execute(_OPTED_OUT, part.values | {"round": round_})
        rows = cursor.fetchall()
        cursor.execute(_WITHHOLD, part.values | {"round": round_})
    emails = [email for by_mail, email, *_numbers in rows if by_mail and email]
    phones = [number for *_mail, by_phone, phone, mobile in rows if by_phone for number in (phone, mobile) if number]
    consent.suppress(consent.EMAIL, emails, at=at, reason=part.source)
    consent.suppress(consent.PHONE, phones, at=at, reason=part.source)
