"""The planner is told of tables that an import made much larger."""

from __future__ import annotations

import pytest
from django.db import connection

from leads.importing.running import growth
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    return "public.leads_campaign" in growth.tell_planner()


def test_a_table_that_grew_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "MANY", 20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leads_campaign")
    assert not told()
    for _n in range(30):
        make_campaign()
    assert told()
    assert not told()
