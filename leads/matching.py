"""Which rows, and which contacts, are one person?

A person is known by an external number, an email address, a phone number with the name, or the name with the
organisation; one of whom nothing but a name is known, by that. A shared address (info@) needs the same name; names without a word in common speak against one
person; two different addresses speak against name and organisation. Rows of one file are folded by the same keys
by which they are later found in the base, so that it does not matter where a file is cut into slices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

# A name's last word and first letter: "marieke van den broek" and "m broek" are alike.
SIGN = "split_part({0}.name_key, ' ', -1) || ' ' || left({0}.name_key, 1)"
CODE = "upper(replace({0}.postcode, ' ', ''))"
# Of a number alone, without name, address or external number, or of one with a name.
TOLD = "{0}.name_key <> '' OR {0}.email_key = '' AND {0}.external_id = ''"
ALONE = "{0}.name_key <> '' AND {0}.external_id = '' AND {0}.email_key = '' AND {0}.phone_e164 = '' AND {0}.mobile_e164 = ''"
FULL = "position(' ' in {0}.name_key) > 0"
DIFFER = (
    "(position(' ' in {0}.name_key) > 0 AND position(' ' in {1}.name_key) > 0"
    " AND NOT string_to_array({0}.name_key, ' ') && string_to_array({1}.name_key, ' '))"
)
BORN_APART = "coalesce({0}.birth_date <> {1}.birth_date, false)"
# Whom nothing but a name tells is known by it where they live and when they were born: by postcode, or else by city.
HOME = f"concat({{0}}.birth_date, '/', coalesce(nullif({CODE}, ''), lower({{0}}.city)))"

KNOWN_BY = ("external_id", "email", "phone", "name")
"""By what a person is known, the surest first."""
_KEYED = {
    "external_id": ["SELECT 'x' || external_id AS key, n, true AS is_loose FROM live WHERE external_id <> ''"],
    "email": [
        "SELECT 'e' || email_key AS key, n, true AS is_loose FROM live WHERE email_key <> '' AND NOT is_shared_email",
        "SELECT 's' || email_key || ' ' || sign AS key, n, false AS is_loose FROM live WHERE email_key <> '' AND is_shared_email",
    ],
    "phone": [
        f"SELECT 'p' || phone_e164 || ' ' || sign AS key, n, false AS is_loose FROM live WHERE phone_e164 <> '' AND ({TOLD.format('live')})",
        f"""SELECT 'p' || mobile_e164 || ' ' || sign AS key, n, false AS is_loose FROM live
            WHERE mobile_e164 <> '' AND ({TOLD.format("live")}) AND mobile_e164 <> phone_e164""",
    ],
    "name": [
        f"""SELECT 'n' || name_key || '/' || CASE WHEN organisation_key = '' THEN home ELSE organisation_key END AS key, n, true AS is_loose
            FROM live WHERE {ALONE.format("live")}""",
        """SELECT 'o' || organisation_key || '/' || name_key AS key, n, true AS is_loose FROM live
            WHERE organisation_key <> '' AND position(' ' in name_key) > 0""",
    ],
}


# Keys that stand in two rows are sought by their digests: numbers are counted, not long texts sorted.
@lru_cache(maxsize=64)
def _keys(known_by: Sequence[str]) -> str:
    keyed = " UNION ALL ".join(select for by in known_by for select in _KEYED[by])
    return f"""
        CREATE TEMP TABLE IF NOT EXISTS fold_key (key text, n bigint, root bigint, is_loose bool) ON COMMIT DELETE ROWS;
        TRUNCATE fold_key;
        INSERT INTO fold_key (key, n, root, is_loose)
        WITH live AS MATERIALIZED (
            SELECT n, name_key, external_id, email_key, is_shared_email, phone_e164, mobile_e164, organisation_key,
                {SIGN.format("a")} AS sign, {HOME.format("a")} AS home
            FROM leads_arrival a WHERE batch_id = %(batch)s AND problem = '' AND folded_into IS NULL
        ), keyed AS MATERIALIZED (
            SELECT key, hashtextextended(key, 0) AS digest, n, is_loose FROM (
            {keyed}) k
        ), twice AS (
            SELECT digest FROM keyed GROUP BY digest HAVING count(*) > 1
        )
        SELECT key, n, n, is_loose
        FROM (SELECT k.*, count(*) OVER (PARTITION BY k.key) AS size FROM keyed k JOIN twice USING (digest)) k WHERE size > 1;
    """


# A loose key asks more than to be the same: rows that contradict its first row are taken out of its group, and
# stand together with those that bear their own name and address instead.
_SPLIT = f"""
    UPDATE fold_key k SET key = k.key || ' | ' || {SIGN.format("a")} || ' | ' || a.email_key
        || CASE WHEN left(k.key, 1) IN ('n', 'o') THEN concat(' | ', a.birth_date) ELSE '' END
    FROM leads_arrival a,
        (SELECT DISTINCT ON (key) key, n FROM fold_key WHERE is_loose ORDER BY key, n) f JOIN leads_arrival b
            ON b.batch_id = %(batch)s AND b.n = f.n
    WHERE k.is_loose AND k.key = f.key AND a.batch_id = %(batch)s AND a.n = k.n AND (
        left(k.key, 1) <> 'o' AND {DIFFER.format("a", "b")}
        OR left(k.key, 1) = 'o' AND (a.email_key <> '' AND b.email_key <> '' AND a.email_key <> b.email_key
            OR a.external_id <> '' AND b.external_id <> '' AND a.external_id <> b.external_id)
        OR left(k.key, 1) IN ('n', 'o') AND {BORN_APART.format("a", "b")}
        OR left(k.key, 1) = 'x' AND a.email_key <> '' AND b.email_key <> '' AND a.email_key <> b.email_key
            AND {SIGN.format("a")} <> {SIGN.format("b")})
"""
_SPREAD = """
    WITH lowest AS (SELECT key, min(root) AS root FROM fold_key GROUP BY key),
    nearest AS (SELECT k.n, min(l.root) AS root FROM fold_key k JOIN lowest l USING (key) GROUP BY k.n)
    UPDATE fold_key k SET root = f.root FROM nearest f WHERE k.n = f.n AND k.root > f.root
"""
_FOLD = """
    UPDATE leads_arrival a SET folded_into = k.root
    FROM (SELECT DISTINCT n, root FROM fold_key WHERE root < n) k
    WHERE a.batch_id = %(batch)s AND a.n = k.n
"""
# What was folded into a row that is now folded itself goes with it. A look by key for each folded row, never a join: the
# planner looked at the stage before anything was folded.
_INTO = "(SELECT f.folded_into FROM leads_arrival f WHERE f.batch_id = %(batch)s AND f.n = a.folded_into)"
_FLATTEN = f"""
    UPDATE leads_arrival a SET folded_into = {_INTO}
    WHERE a.batch_id = %(batch)s AND a.folded_into IS NOT NULL AND {_INTO} IS NOT NULL
"""

GIVEN_TEXTS = (
    "salutation", "initials", "first_name", "first_key", "phone", "phone_e164", "mobile", "mobile_e164", "job_title", "department", "street", "house_number", "postcode", "city",
    "region", "country", "language", "linkedin_url", "external_id", "organisation", "organisation_key", "domain", "website",
    "industry", "legal_form", "campaign", "channel", "detail", "interest",
)  # fmt: skip
NAMED_TOGETHER = ("infix", "last_name", "last_key")
MAILED_TOGETHER = ("email", "email_key")
GIVEN_VALUES = ("birth_date", "employees", "revenue", "requested_owner_id")
GIVEN_FLAGS = ("is_customer", "consent_email", "consent_phone", "opt_out_email", "opt_out_phone")


def fold(batch: int, known_by: Sequence[str] = KNOWN_BY) -> int:
    """Fold the rows of a file that are one person, by these ways, into the first of them; return how many were folded.

    Only keys that stand in two rows are looked at. The first row takes over what it does not say itself, and what it
    says then may make it the same as another: so the rows are looked at again until nothing more is folded.
    """
    total = 0
    while folded := _fold_once(batch, tuple(known_by)):
        total += folded
    return total


def _fold_once(batch: int, known_by: Sequence[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_keys(known_by), {"batch": batch})
        if not cursor.rowcount:
            return 0
        cursor.execute("ANALYZE fold_key")
        cursor.execute(_SPLIT, {"batch": batch})
        cursor.execute(_SPREAD)
        while cursor.rowcount:
            cursor.execute(_SPREAD)
        cursor.execute(_FOLD, {"batch": batch})
        folded: int = cursor.rowcount
        if folded:
            for statement in (_FLATTEN, _take_over(), _TAKE_OVER_ATTRIBUTES, _RENAME):
                cursor.execute(statement, {"batch": batch})
        return folded


def _take_over() -> str:
    """Fill what the first rows leave open from the rows folded into them, the earliest first."""
    first = "(array_agg({0} ORDER BY n) FILTER (WHERE {1}))[1] AS {0}"
    columns = [first.format(name, f"{name} <> ''") for name in (*GIVEN_TEXTS, *NAMED_TOGETHER, *MAILED_TOGETHER)]
    columns += [first.format(name, f"{name} IS NOT NULL") for name in GIVEN_VALUES]
    columns += [f"bool_or({name}) AS {name}" for name in (*GIVEN_FLAGS, "is_shared_email")]
    taken = [f"{name} = CASE WHEN a.{name} = '' THEN coalesce(f.{name}, '') ELSE a.{name} END" for name in GIVEN_TEXTS]
    taken += [_together(name, "last_name", "coalesce(f.{0}, '')") for name in NAMED_TOGETHER]
    taken += [_together(name, "email_key", "coalesce(f.{0}, '')") for name in MAILED_TOGETHER]
    taken += [_together("is_shared_email", "email_key", "f.{0}")]
    taken += [f"{name} = coalesce(a.{name}, f.{name})" for name in GIVEN_VALUES]
    taken += [f"{name} = a.{name} OR f.{name}" for name in GIVEN_FLAGS]
    return f"""
        UPDATE leads_arrival a SET {", ".join(taken)}
        FROM (SELECT folded_into AS root, {", ".join(columns)} FROM leads_arrival
              WHERE batch_id = %(batch)s AND folded_into IS NOT NULL GROUP BY folded_into) f
        WHERE a.batch_id = %(batch)s AND a.n = f.root
    """


def _together(name: str, leader: str, value: str) -> str:
    """A column that is only taken over where its leader is empty, so that parts of two rows do not mix."""
    return f"{name} = CASE WHEN a.{leader} = '' THEN {value.format(name)} ELSE a.{name} END"


_TAKE_OVER_ATTRIBUTES = """
    UPDATE leads_arrival a SET attributes = f.given || coalesce(a.attributes, '{}')
    FROM (SELECT root, jsonb_object_agg(key, value) AS given
          FROM (SELECT DISTINCT ON (o.folded_into, e.key) o.folded_into AS root, e.key, e.value
                FROM leads_arrival o, jsonb_each(o.attributes) e
                WHERE o.batch_id = %(batch)s AND o.folded_into IS NOT NULL ORDER BY o.folded_into, e.key, o.n) e
          GROUP BY root) f
    WHERE a.batch_id = %(batch)s AND a.n = f.root
"""
_RENAME = """
    UPDATE leads_arrival a SET name_key = btrim(first_key || ' ' || last_key)
    WHERE batch_id = %(batch)s AND name_key <> btrim(first_key || ' ' || last_key)
        AND n IN (SELECT folded_into FROM leads_arrival WHERE batch_id = %(batch)s AND folded_into IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to know a contact: how sure it is (1 is surest), what is told, and the condition that finds it."""

    rank: int
    said: str
    given: str
    found: str


# Each rides an index of the contact: external_id, email_key, phone, mobile, (organisation, name_key), name_key alone.
WAYS = (
    Way(1, "external_id", "a.external_id <> ''", f"""c.external_id = a.external_id AND c.external_id <> ''
        AND NOT {DIFFER.format("a", "c")}
        AND NOT (a.email_key <> '' AND c.email_key <> '' AND a.email_key <> c.email_key AND {SIGN.format("a")} <> {SIGN.format("c")})"""),
    Way(2, "email", "a.email_key <> '' AND NOT a.is_shared_email", f"""c.email_key = a.email_key AND c.email_key <> ''
        AND NOT {DIFFER.format("a", "c")}"""),
    Way(3, "email", "a.email_key <> '' AND a.is_shared_email", f"""c.email_key = a.email_key AND c.email_key <> ''
        AND {SIGN.format("a")} = {SIGN.format("c")}"""),
    Way(4, "phone", f"a.phone_e164 <> '' AND ({TOLD.format('a')})", f"""c.phone_e164 = a.phone_e164 AND c.phone_e164 <> ''
        AND ({TOLD.format("c")}) AND {SIGN.format("a")} = {SIGN.format("c")}"""),
    Way(4, "phone", f"a.phone_e164 <> '' AND ({TOLD.format('a')})", f"""c.mobile_e164 = a.phone_e164 AND c.mobile_e164 <> ''
        AND ({TOLD.format("c")}) AND {SIGN.format("a")} = {SIGN.format("c")}"""),
    Way(4, "phone", f"a.mobile_e164 <> '' AND ({TOLD.format('a')})", f"""c.mobile_e164 = a.mobile_e164 AND c.mobile_e164 <> ''
        AND ({TOLD.format("c")}) AND {SIGN.format("a")} = {SIGN.format("c")}"""),
    Way(4, "phone", f"a.mobile_e164 <> '' AND ({TOLD.format('a')})", f"""c.phone_e164 = a.mobile_e164 AND c.phone_e164 <> ''
        AND ({TOLD.format("c")}) AND {SIGN.format("a")} = {SIGN.format("c")}"""),
    Way(5, "name", f"a.organisation_key <> '' AND {FULL.format('a')}", f"""
        c.organisation_id IN (SELECT o.id FROM leads_organisation o WHERE o.name_key = a.organisation_key)
        AND c.name_key = a.name_key
        AND NOT (a.email_key <> '' AND c.email_key <> '' AND a.email_key <> c.email_key)
        AND NOT (a.external_id <> '' AND c.external_id <> '' AND a.external_id <> c.external_id)
        AND NOT {BORN_APART.format("a", "c")}"""),
    Way(6, "name", ALONE.format("a"), f"""{ALONE.format("c")} AND c.name_key = a.name_key
        AND NOT {BORN_APART.format("a", "c")} AND (a.organisation_key <> '' OR {HOME.format("a")} = {HOME.format("c")})
        AND coalesce((SELECT o.name_key FROM leads_organisation o WHERE o.id = c.organisation_id), '') = a.organisation_key"""),
)  # fmt: skip

# What of a row of the stage the ways ask about.
ASKED = "n, external_id, email_key, is_shared_email, phone_e164, mobile_e164, name_key, organisation_key, birth_date, postcode, city"

CONTACTS = "leads_contact c WHERE c.erased_at IS NULL AND c.voided_at IS NULL"


def found(live: str, known_by: Sequence[str] = KNOWN_BY, among: Sequence[str] = (CONTACTS,)) -> str:
    """SQL for (n, family_id, said): the family that each row of `live` (rows of the stage, with all columns) belongs to.

    One row of the stage is looked up at a time, so that the indexes of the ways are ridden however large the base is; in
    order of a sum, so that no other index is, though the base was still small when it was last looked at. Only the ways
    of `known_by` are taken, the first before the others, and only contacts of what `among` names.
    """
    looks = [
        f"""SELECT a.n, {known_by.index(way.said) * len(WAYS) + way.rank} AS rank, c.family_id, '{way.said}' AS said FROM ({live}) a
            JOIN LATERAL (SELECT c.family_id FROM {contacts} AND {way.found} ORDER BY c.family_id + 0 LIMIT 1) c ON true
            WHERE {way.given}"""
        for way in WAYS
        for contacts in among
        if way.said in known_by
    ]
    return f"SELECT DISTINCT ON (n) n, family_id, said FROM ({' UNION ALL '.join(looks)}) f ORDER BY n, rank, family_id"
