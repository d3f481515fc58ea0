"""Contacts: made where the row is of nobody known, filled where they were empty, never overwritten."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from leads import consent
from leads.capture.slices import ARRIVED, Slice

FOLDED = 0

# A family in which two contacts are merged at the same moment waits, or is waited for, in key order.
_LOCK = """
    SELECT 1 FROM leads_contact WHERE family_id IN (SELECT family_id FROM judged WHERE family_id IS NOT NULL)
    ORDER BY id FOR KEY SHARE
"""
_NUMBER = """
    UPDATE judged j SET round = r.round, is_new = r.family_id IS NULL, is_engaged = r.family_id IS NULL,
        contact_id = coalesce(r.family_id, r.new_id), family_id = coalesce(r.family_id, r.new_id)
    FROM (SELECT n, family_id,
            CASE WHEN family_id IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY family_id ORDER BY n) END AS round,
            CASE WHEN family_id IS NULL THEN nextval((SELECT pg_get_serial_sequence('leads_contact', 'id'))) END AS new_id
          FROM (SELECT n, family_id FROM judged WHERE verdict IS NULL AND folded_into IS NULL ORDER BY n) o) r
    WHERE r.n = j.n
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


def _find() -> str:
    found = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in FILLS.items())
    return f"""
        UPDATE judged j SET filled = f.filled,
            before = coalesce(j.before, '{{}}') || jsonb_build_object('contact',
                (SELECT jsonb_object_agg(k, f.was -> k) FROM unnest(f.filled || 'name_key'::text) k))
        FROM (SELECT * FROM (
                SELECT j.n, array_remove(ARRAY[{found}], NULL) AS filled, to_jsonb(c) AS was
                FROM judged j JOIN leads_arrival a ON {ARRIVED} JOIN leads_contact c ON c.id = j.contact_id
                WHERE j.round = %(round)s AND NOT j.is_new) f
              WHERE cardinality(f.filled) > 0) f
        WHERE f.n = j.n
    """


def _write() -> str:
    written = [
        f"{name} = CASE WHEN '{name}' = ANY(j.filled) THEN {VALUES.get(name, f'a.{name}')} ELSE c.{name} END"
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


_FIND, _WRITE = _find(), _write()

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


def number_rounds(part: Slice) -> None:
    """Give new contacts their keys, and let rows that belong to one known contact follow each other in rounds."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER)


def rounds() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(round), 0) FROM judged")
        return int(cursor.fetchone()[0])


def make(part: Slice, at: datetime) -> None:
    """Make the contacts of the rows of nobody known."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, part.values | {"at": at})


def fill(part: Slice, round_: int) -> None:
    """Fill what known contacts do not say yet from the rows of a round; keep what was there before, and what is now."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, part.values | {"round": round_})
        if cursor.rowcount:
            cursor.execute(_WRITE, part.values | {"round": round_})


def speak_of_consent(part: Slice, round_: int) -> bool:
    """Whether any row of a round says something about consent."""
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN, part.values | {"round": round_})
        return bool(cursor.fetchone()[0])


def suppress(part: Slice, round_: int, at: datetime) -> None:
    """Suppress the addresses and numbers of the rows of a round that opt out."""
    with connection.cursor() as cursor:
        cursor.execute(_OPTED_OUT, part.values | {"round": round_})
        rows = cursor.fetchall()
    emails = [email for by_mail, email, *_numbers in rows if by_mail and email]
    phones = [number for *_mail, by_phone, phone, mobile in rows if by_phone for number in (phone, mobile) if number]
    consent.suppress(consent.EMAIL, emails, at=at, reason=part.source)
    consent.suppress(consent.PHONE, phones, at=at, reason=part.source)
