"""Which campaign and which organisation do the rows name? Each distinct name is resolved once a slice."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db import connection

from leads import tracking_links
from leads.capture.conflicts import Conflicts
from leads.capture.slices import ARRIVED, Slice

_LIKE_MARKS = (
    "SELECT DISTINCT a.campaign FROM leads_arrival a WHERE {rows} AND a.problem = '' AND a.campaign ~* %(ending)s"
)
_NAMED = """
    UPDATE leads_arrival a SET campaign = m.name FROM unnest(%(mark)s::text[], %(name)s::text[]) AS m (mark, name)
    WHERE {rows} AND a.campaign = m.mark
"""
_CAMPAIGNS = """
    INSERT INTO leads_campaign (name, channel, currency, exchange_rate, goal, created_at)
    SELECT DISTINCT ON (lower(a.campaign)) a.campaign, coalesce(nullif(a.channel, ''), %(channel)s),
        coalesce((SELECT currency FROM accounts_company WHERE id = 1), 'EUR'), 1, '', %(at)s
    FROM leads_arrival a
    WHERE {rows} AND a.campaign <> '' AND a.problem = ''
        AND NOT EXISTS (SELECT 1 FROM leads_campaign c WHERE lower(c.name) = lower(a.campaign))
    ORDER BY lower(a.campaign), a.n
    ON CONFLICT DO NOTHING
"""
_MAKE = f"""
    INSERT INTO leads_organisation (name, name_key, domain, website, industry, employees, revenue, kvk_number, legal_form,
        country, is_customer, created_at)
    SELECT DISTINCT ON (a.organisation_key) a.organisation, a.organisation_key, a.domain, a.website, a.industry, a.employees,
        a.revenue, '', a.legal_form, a.country, a.is_customer, %(at)s
    FROM judged j JOIN leads_arrival a ON {ARRIVED}
    WHERE j.verdict IS NULL AND j.folded_into IS NULL AND a.organisation_key <> ''
        AND (SELECT o.id FROM leads_organisation o WHERE o.name_key = a.organisation_key LIMIT 1) IS NULL
    ORDER BY a.organisation_key, a.n
"""
# Rides the index on name_key, never that on id: a base that grows fast is planned for as if it were still small. Of two
# with one key the older.
_RESOLVE = f"""
    UPDATE judged j SET organisation_id =
        (SELECT o.id FROM leads_organisation o WHERE o.name_key = a.organisation_key ORDER BY o.id + 0 LIMIT 1)
    FROM leads_arrival a
    WHERE {ARRIVED} AND a.organisation_key <> '' AND j.verdict IS NULL AND j.folded_into IS NULL
"""
TEXTS = ("domain", "website", "industry", "country", "legal_form")
NUMBERS = ("employees", "revenue")
EMPTY, UNKNOWN = "o.{0} = ''", "o.{0} IS NULL"


@lru_cache(maxsize=64)
def _fill(chosen: Conflicts) -> str:
    """Write what rows say of an organisation, as was chosen; the first of its rows keeps what was there before, and what is now.

    Of two rows the first fills what is empty, and the last is what stays where values are overwritten. What is written hands
    on what was found: joined to it again, each would be compared with each, for the planner takes both to be one row.
    """
    given = [_one_of(name, f"a.{name} <> ''", chosen) for name in TEXTS]
    given += [_one_of(name, f"a.{name} IS NOT NULL", chosen) for name in NUMBERS]
    news = _news(chosen)
    changed = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in news.items())
    written = ", ".join(
        f"{name} = CASE WHEN '{name}' = ANY(n.changed) THEN n.{name} ELSE o.{name} END" for name in news
    )
    return f"""
        WITH given AS (
            SELECT j.organisation_id AS id, min(j.n) AS n, {", ".join(given)}, bool_or(a.is_customer) AS is_customer
            FROM judged j JOIN leads_arrival a ON {ARRIVED}
            WHERE j.organisation_id IS NOT NULL GROUP BY j.organisation_id
        ), news AS (
            SELECT g.*, array_remove(ARRAY[{changed}], NULL) AS changed, to_jsonb(o) AS was
            FROM given g JOIN leads_organisation o ON o.id = g.id
            WHERE {" OR ".join(f"({condition})" for condition in news.values())}
        ), written AS (
            UPDATE leads_organisation o SET {written} FROM news n WHERE o.id = n.id RETURNING n.n, n.changed, n.was, to_jsonb(o) AS became
        )
        UPDATE judged j SET before = jsonb_build_object(
            'organisation', (SELECT jsonb_object_agg(k, w.was -> k) FROM unnest(w.changed || 'id'::text) k),
            'organisation_after', (SELECT jsonb_object_agg(k, w.became -> k) FROM unnest(w.changed) k))
        FROM written w WHERE j.n = w.n
    """


def _one_of(name: str, condition: str, chosen: Conflicts) -> str:
    order = "DESC" if name in chosen.overwritten else "ASC"
    return f"(array_agg(a.{name} ORDER BY a.n {order}) FILTER (WHERE {condition}))[1] AS {name}"


def _news(chosen: Conflicts) -> dict[str, str]:
    """When each column of an organisation is written."""
    news = {name: f"g.{name} <> '' AND {_open(name, chosen, EMPTY)}" for name in TEXTS}
    news |= {name: f"g.{name} IS NOT NULL AND {_open(name, chosen, UNKNOWN)}" for name in NUMBERS}
    news["is_customer"] = "g.is_customer AND NOT o.is_customer"
    return {name: condition for name, condition in news.items() if name not in chosen.kept}


def _open(name: str, chosen: Conflicts, empty: str) -> str:
    """When a column can be written: where it is empty, or, overwritten, where it says something else."""
    return f"o.{name} IS DISTINCT FROM g.{name}" if name in chosen.overwritten else empty.format(name)


def name_marked(part: Slice) -> None:
    """Where a row names its campaign by the mark of a tracking link, it is the campaign of that link."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKE_MARKS.format(rows=part.rows), part.values | {"ending": tracking_links.ENDING.pattern})
        named = tracking_links.meant_by(mark for (mark,) in cursor.fetchall())
        if named:
            gaps = {"mark": list(named), "name": list(named.values())}
            cursor.execute(_NAMED.format(rows=part.rows), part.values | gaps)


def make_campaigns(part: Slice, at: datetime) -> None:
    """Make the campaigns that rows name and nobody made yet."""
    with connection.cursor() as cursor:
        cursor.execute(_CAMPAIGNS.format(rows=part.rows), part.values | {"at": at})


def resolve_organisations(part: Slice, at: datetime) -> None:
    """Find or make the organisations of the rows that are still to be judged, and fill what is not known of them."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, part.values | {"at": at})
        cursor.execute(_RESOLVE, part.values)
        if cursor.rowcount:
            cursor.execute(_fill(part.conflicts), part.values)
