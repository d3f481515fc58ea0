"""Prepared statements: planned once a connection, and again on the next one."""

import pytest
from django.db import DatabaseError, connection

from leads.prepared import Prepared

DOUBLE = Prepared("SELECT %(n)s * 2, %(word)s LIKE 'a%%', %(n)s", n="bigint", word="text")
KNOWN = "SELECT count(*) FROM pg_prepared_statements WHERE statement = %s"


def double(n: int | None, word: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        DOUBLE.run(cursor, {"n": n, "word": word})
        return cursor.fetchone()


def known() -> int:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [DOUBLE._prepare])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_planned_once_a_connection(django_assert_num_queries):
    connection.close()
    assert known() == 0
    with django_assert_num_queries(2):
        assert double(4, "ab") == (8, True, 4)
        assert double(None, "b%") == (None, False, None)
    assert known() == 1
    connection.close()
    assert double(5, "") == (10, False, 5)
    assert known() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_where_a_pooler_changes_connections():
    connection.close()
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    try:
        assert double(4, "ab") == (8, True, 4)
        assert known() == 0
    finally:
        connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False


@pytest.mark.django_db
def test_what_the_database_refuses_is_djangos_error():
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        Prepared("SELECT %(n)s FROM no_such_table", n="bigint").run(cursor, {"n": 1})


def test_every_value_has_its_type():
    with pytest.raises(ValueError, match="type of each of its values"):
        Prepared("SELECT %(n)s", n="bigint", m="text")
