"""Which triggers keep the laws? Building blocks that models declare; PostgreSQL refuses what would break them.

Every law over sets is a statement trigger with transition tables: one look at all rows a statement wrote. A session
plans such a look once, for one row or for a million, whichever came first; so each is written to be linear whatever the
plan: changed rows by EXCEPT, other tables by a lookup that is never turned into a join.
"""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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


def after(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    """A trigger that looks once at all rows a statement wrote: `old_rows` as they were, `new_rows` as they are."""
    old = "old_rows" if operation in (pgtrigger.Update, pgtrigger.Delete) else None
    new = "new_rows" if operation in (pgtrigger.Update, pgtrigger.Insert) else None
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old=old, new=new),
        func=func,
    )


def refused(
    name: str, operation: pgtrigger.Operation, rows: str, message: str, *, excuse: str = ERASING
) -> pgtrigger.Trigger:
    """A statement trigger that refuses `operation` when the query `rows` (over old_rows, new_rows) finds any."""
    return after(name, operation, _REFUSE.format(excuse=excuse, rows=rows, message=message))


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


class Lay(Operation):
    """Lay references, constraints, indexes and triggers at once: Django renders its models anew for all of them, not for each."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the models of the state; they are rendered when somebody asks for them."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Lay all of it, in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take all of it away, in the order opposite."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what it does, for those who migrate."""
        return "Lay references, constraints, indexes and triggers"
