from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from handoff.models import FollowUp
from leads.models import Lead
from reporting import black_hole, follow_up_rate
from reporting.facts import Facts
from reporting.periods import Period
from tests.factories import TUESDAY
from tests.reporting.factories import never

pytestmark = pytest.mark.django_db

# So many promotions of other years that a month is a small part.
OTHER_YEARS = """
    INSERT INTO leads_promotion (lead_id, n, mql_at, recorded_at, definition_version, promised_by, is_exploration,
        is_imported, origin, channel, campaign_id, answered_as)
    SELECT lead_id, n + k, mql_at - k * interval '1 day', recorded_at, definition_version, promised_by - k * interval '1 day',
        false, false, origin, channel, campaign_id, ''
    FROM leads_promotion, generate_series(1, 3000) k
"""

# So many moves of other leads that those of one are a small part; the laws of moves look away meanwhile.
OTHER_LEADS = """
    ALTER TABLE leads_leadmove DISABLE TRIGGER USER;
    INSERT INTO leads_leadmove (lead_id, stage, promotion_n, reason, note, is_imported, occurred_at, recorded_at)
    SELECT -k, stage, promotion_n, reason, note, is_imported, occurred_at, recorded_at
    FROM leads_leadmove, generate_series(1, 1000) k;
    ALTER TABLE leads_leadmove ENABLE TRIGGER USER;
    ANALYZE leads_leadmove
"""


@pytest.fixture(autouse=True)
def _indexes_first():
    never()
    with connection.cursor() as cursor:
        cursor.execute(OTHER_YEARS)
        cursor.execute("ANALYZE leads_promotion")
        cursor.execute("SET LOCAL enable_seqscan = off")


def many_follow_ups() -> None:
    """Make so many that the way to those of one lead shows."""
    for _ in range(30):
        never()
    called = {
        "kind": "call",
        "disposition": "spoke",
        "is_reached": True,
        "occurred_at": TUESDAY,
        "recorded_at": TUESDAY,
    }
    FollowUp.objects.bulk_create(FollowUp(lead=lead, **called) for lead in Lead.objects.all() for _ in range(20))
    with connection.cursor() as cursor:
        cursor.execute(OTHER_LEADS)
        cursor.execute("ANALYZE handoff_followup")


def plan(facts: Facts, sql: str, **values: object) -> str:
    return "\n".join(row[0] for row in facts.read("EXPLAIN " + sql, values))


@pytest.mark.parametrize("is_live", [True, False])
def test_reports_ride_the_moment_of_promotion(is_live):
    facts = Facts(Period(date(2026, 6, 1), date(2026, 6, 30)), TUESDAY, is_live=is_live)
    for sql in (black_hole._GROUPS, black_hole._CAUSES, follow_up_rate._RESPONSE):
        assert "promotion_by_moment" in plan(facts, sql)
    assert "promotion_by_moment" in plan(facts, black_hole._SPANS, starts=[facts.period.since])


def test_live_figures_are_read_from_the_index_alone():
    facts = Facts(Period(date(2026, 6, 1), date(2026, 6, 30)), TUESDAY)
    for sql in (black_hole._GROUPS, black_hole._SPANS):
        read = plan(facts, sql, starts=[facts.period.since])
        assert ("Index Only Scan using promotion_by_moment" in read, "Bitmap" in read) == (True, False)


def test_what_was_known_rides_the_ledgers_of_each_lead():
    many_follow_ups()
    facts = Facts(Period(date(2026, 6, 1), date(2026, 6, 30)), TUESDAY, is_live=False)
    for index in ("move_of_lead", "follow_up_of_lead"):
        assert index in plan(facts, black_hole._GROUPS)
