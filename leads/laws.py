"""Which triggers keep the laws? Building blocks that models declare; PostgreSQL refuses what would break them.

Every law over sets is a statement trigger with transition tables: one look at all rows a statement wrote. A session
plans such a look once, for one row or for a million, whichever came first; so each is written to be linear whatever the
plan: changed rows by EXCEPT, other tables by a lookup that is never turned into a join.
"""

from __future__ import annotations

import pgtrigger

ERASING = "coalesce(current_setting('leadops.erasing', true), '') = 'on'"

_REFUSE = """
    IF {excuse} THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM {rows}) THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""

_REFUSE_REFERENCE = """
    IF NEW.{column} IS NOT NULL AND (SELECT t.{target} FROM {table} t WHERE t.{target} = NEW.{column}) IS NULL THEN
        RAISE EXCEPTION '{column} names no row of {table}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""


def refused(
    name: str, operation: pgtrigger.Operation, rows: str, message: str, *, excuse: str = ERASING
) -> pgtrigger.Trigger:
    """A statement trigger that refuses `operation` when the query `rows` (over old_rows, new_rows) finds any."""
    old = "old_rows" if operation in (pgtrigger.Update, pgtrigger.Delete) else None
    new = "new_rows" if operation in (pgtrigger.Update, pgtrigger.Insert) else None
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old=old, new=new),
        func=_REFUSE.format(excuse=excuse, rows=rows, message=message),
    )


def never_deleted(what: str) -> pgtrigger.Trigger:
    return refused("never_deleted", pgtrigger.Delete, "old_rows", f"{what} are never deleted")


def append_only(what: str, *, except_columns: tuple[str, ...] = ()) -> list[pgtrigger.Trigger]:
    """Refuse delete, and update of all but the derived `except_columns`."""
    derived = ", ".join(f"'{column}'" for column in except_columns)
    kept = f"id, to_jsonb(r) - ARRAY[{derived}]::text[]"
    changed = f"(SELECT {kept} FROM new_rows r EXCEPT SELECT {kept} FROM old_rows r) changed"
    if not except_columns:
        changed = "old_rows"
    return [
        refused(
            "past_stays_on_update", pgtrigger.Update, changed, f"{what} are history: write a compensating row instead"
        ),
        refused("past_stays_on_delete", pgtrigger.Delete, "old_rows", f"{what} are history and are never deleted"),
    ]


def refers(name: str, column: str, table: str, *, target: str = "id") -> pgtrigger.Trigger:
    """A foreign key checked once a statement instead of once a row; the target table never deletes."""
    named = f"(SELECT DISTINCT {column} AS named FROM new_rows WHERE {column} IS NOT NULL) n"
    rows = f"{named} WHERE (SELECT t.{target} FROM {table} t WHERE t.{target} = n.named) IS NULL"
    return refused(name, pgtrigger.Insert, rows, f"{column} names no row of {table}", excuse="false")


def still_refers(name: str, column: str, table: str, *, target: str = "id") -> pgtrigger.Trigger:
    """The same for rows whose reference is changed, one by one; others are not even looked at."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.{column} IS DISTINCT FROM NEW.{column}"),
        func=_REFUSE_REFERENCE.format(column=column, table=table, target=target),
    )
