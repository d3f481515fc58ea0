"""Which tables has an import made so much larger that the planner thinks of another base?"""

from __future__ import annotations

from django.db import connection

MANY = 5_000
# A table that was looked at when it was half as large, or smaller, and has many rows more; not one whose rows come and go.
_GROWN = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(relname) FROM pg_stat_user_tables
    WHERE n_mod_since_analyze > %(many)s AND n_mod_since_analyze * 2 > n_live_tup
        AND relname NOT IN ('leads_arrival', 'leads_leadtouch', 'leads_familytextdue', 'judged')
"""


def tell_planner() -> list[str]:
    """Have the planner look at the tables that grew much since it last did; return their names.

    A new base is planned for as if it were empty until the database looks by itself, a minute after its first import
    began. A table that is just being looked at is left alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, {"many": MANY})
        grown = [row[0] for row in cursor.fetchall()]
        if grown:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(grown)}")
    return grown
