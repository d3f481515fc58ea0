"""Whom did earlier slices of a file make or change, and by what were they known before?

A row is known by what the base says of others' doing and by the other rows of its file, with which it was folded: never
by what an earlier slice wrote, or it would matter where the file is cut. A run that was killed reads this from its rows.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from leads import matching
from leads.capture.slices import Slice

KEYS = dict.fromkeys(("external_id", "email_key", "phone_e164", "mobile_e164", "name_key", "postcode", "city"), "text")
KEYS |= {"organisation_id": "bigint", "birth_date": "date"}
_TABLES = f"""
    CREATE TEMP TABLE IF NOT EXISTS earlier_rows (batch_id bigint, n bigint);
    CREATE TEMP TABLE IF NOT EXISTS earlier_made (id bigint PRIMARY KEY);
    CREATE TEMP TABLE IF NOT EXISTS earlier_changed (id bigint PRIMARY KEY, {", ".join(map(" ".join, KEYS.items()))});
    CREATE INDEX IF NOT EXISTS earlier_external_id ON earlier_changed (external_id) WHERE external_id <> '';
    CREATE INDEX IF NOT EXISTS earlier_email_key ON earlier_changed (email_key) WHERE email_key <> '';
    CREATE INDEX IF NOT EXISTS earlier_phone ON earlier_changed (phone_e164) WHERE phone_e164 <> '';
    CREATE INDEX IF NOT EXISTS earlier_mobile ON earlier_changed (mobile_e164) WHERE mobile_e164 <> '';
    CREATE INDEX IF NOT EXISTS earlier_name_key ON earlier_changed (name_key)
"""
_SEEN = "SELECT n FROM earlier_rows WHERE batch_id = %(batch)s"
_BEGIN = """
    TRUNCATE earlier_rows, earlier_made, earlier_changed;
    INSERT INTO earlier_rows VALUES (%(batch)s, 0)
"""
_MADE = """
    INSERT INTO earlier_made SELECT contact_id FROM leads_importrow
    WHERE batch_id = %(batch)s AND n > %(seen)s AND n < %(first)s AND verdict = 'created'
"""
_WAS = """(array_agg(r.before -> 'contact' ->> '{0}' ORDER BY r.n) FILTER (WHERE r.before -> 'contact' ? '{0}'))[1]"""
_FORMER = ", ".join(
    f"CASE WHEN bool_or(r.before -> 'contact' ? '{key}') THEN {_WAS.format(key)}::{kind} ELSE c.{key} END"
    for key, kind in KEYS.items()
)
# A contact that changes again keeps what was known of it first.
_CHANGED = f"""
    INSERT INTO earlier_changed (id, {", ".join(KEYS)})
    SELECT c.id, {_FORMER} FROM leads_importrow r JOIN leads_contact c ON c.id = r.contact_id
    WHERE r.batch_id = %(batch)s AND r.n > %(seen)s AND r.n < %(first)s AND r.before ? 'contact' AND (
        r.before -> 'contact' ?| ARRAY{[key for key in KEYS if key != "name_key"]}
        OR r.before -> 'contact' -> 'name_key' <> r.before -> 'contact_after' -> 'name_key')
    GROUP BY c.id ON CONFLICT DO NOTHING
"""
_NOW = "UPDATE earlier_rows SET n = %(first)s - 1"

OTHERS = f"""{matching.CONTACTS} AND (SELECT m.id FROM earlier_made m WHERE m.id = c.id) IS NULL
    AND (SELECT m.id FROM earlier_changed m WHERE m.id = c.id) IS NULL"""
CHANGED = """(SELECT m.*, k.family_id FROM earlier_changed m JOIN leads_contact k ON k.id = m.id
    WHERE k.erased_at IS NULL AND k.voided_at IS NULL) c WHERE true"""


def look_back(part: Slice) -> tuple[str, ...]:
    """Where the contacts stand by which the rows of a slice may be known, in SQL."""
    if not part.batch or part.first == 1:
        return (matching.CONTACTS,)
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        values = part.values | {"seen": _seen(cursor, part)}
        for statement in (_MADE, _CHANGED, _NOW):
            cursor.execute(statement, values)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM earlier_changed)")
        return (OTHERS, CHANGED) if cursor.fetchone()[0] else (OTHERS,)


def _seen(cursor: Any, part: Slice) -> int:
    """Up to which row this session has looked; from the first on where it did another file before, or none."""
    cursor.execute(_SEEN, part.values)
    if found := cursor.fetchone():
        return int(found[0])
    cursor.execute(_BEGIN, part.values)
    return 0
