"""What do tests find in the database? A copy of a migrated one, made once, and nothing that a test before them left."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from leadops.embedded import locks
from leadops.environment import BASE_DIR

OWN = ("leadops", "leads", "qualification", "handoff", "reporting")
PREFIX = "leadops_template_"
# They say what the models are: Django's way writes them anew.
OF_THE_MODELS = frozenset({"django_content_type", "auth_permission"})
MOST = 2**23
"""Of so many bytes, a table is truncated: what is deleted stays in it for a while."""
SIZES = """
    SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
IS_FREE = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def template() -> str:
    """Return the name of a database with every migration applied; the ones of older states are dropped."""
    name = PREFIX + digest()
    with locks.locked(settings.LEADOPS_HOME / "lock" / "tests.template"):
        found = existing()
        if name not in found:
            make(name)
            drop(found)
    return name


def digest() -> str:
    """Return a digest of the migrations, of our modules that they import, and of the locked packages."""
    sources = set(BASE_DIR.glob("*/migrations/*.py")) | set(BASE_DIR.glob("*/*/migrations/*.py"))
    sources |= {imported for path in sources for imported in imports(path)} | {BASE_DIR / "requirements.lock"}
    found = hashlib.sha256()
    for path in sorted(sources):
        found.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def imports(path: Path) -> Iterator[Path]:
    """Yield the files of our own modules that the file at `path` imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OWN:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                file = BASE_DIR.joinpath(*name.split(".")).with_suffix(".py")
                if file.exists():
                    yield file


def existing() -> list[str]:
    """Return the names of the template databases."""
    return [row[0] for row in execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", PREFIX)]


def make(name: str) -> None:
    """Make the database `name` and migrate it; it gets its name when it is whole."""
    draft = f"draft_{name}"
    execute(f'DROP DATABASE IF EXISTS "{draft}"')
    execute(f'CREATE DATABASE "{draft}"')
    settings_of = connections["default"].settings_dict
    usual = settings_of["NAME"]
    settings_of["NAME"] = draft
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections["default"].close()
        settings_of["NAME"] = usual
    execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def drop(names: list[str]) -> None:
    """Drop the databases `names`."""
    for name in names:
        execute(f'DROP DATABASE "{name}"')


def empty(_test: TransactionTestCase | None = None) -> None:
    """Leave nothing of what was written for good: delete from the few tables that have rows.

    Django truncates every table, which takes more than a second. It still does where much was written, and where
    we may not pass by the triggers that keep history.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - OF_THE_MODELS
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SIZES, [sorted(tables)])
        sizes = dict(cursor.fetchall())
        cursor.execute(IS_FREE)
        is_small = cursor.fetchone() == (True,) and all(size < MOST for size in sizes.values())
        if is_small and sizes:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in sorted(sizes)))
    if not is_small:
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


def execute(sql: str, *values: str) -> list[tuple[str, ...]]:
    """Run one statement outside any transaction, beside the database of the tests."""
    described = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname="postgres",
        host=described["HOST"] or None,
        port=described["PORT"] or None,
        user=described["USER"] or None,
        password=described["PASSWORD"] or None,
        **described["OPTIONS"],
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
