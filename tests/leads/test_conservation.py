from __future__ import annotations

import pytest
from django.db import connection

from leads import conservation, lifecycle
from leads.models import Contact, Queue
from leads.stages import Reason, Stage
from qualification import promotion
from tests.factories import TUESDAY, make_contact, make_lead, make_user, queue_of
from tests.qualification.factories import engage, make_default, make_good_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def base():
    """An open lead that was promoted, an open one that was not, a closed one, and a merged contact."""
    queue_of(Queue.Kind.HUNTERS)
    engage(make_good_lead())
    lost = make_lead()
    make_lead()
    folded = make_contact()
    Contact.objects.filter(pk=folded.pk).update(merged_into=lost.contact_id, family_id=lost.family_id)
    make_default()
    with lifecycle.history():
        promotion.judge(TUESDAY)
        lifecycle.close(type(lost).objects.filter(pk=lost.pk), to=Stage.LOST, at=TUESDAY, reason=Reason.LOST, by=None)


def leaking() -> dict[str, int]:
    return {check.name: check.leaks for check in conservation.run(TUESDAY).checks if check.leaks}


def test_a_sound_base_has_no_leak(base):
    report = conservation.run(TUESDAY)
    assert (report.open, report.closed, report.leaks) == (2, 1, 0)
    assert [check.name for check in report.checks] == sorted(check.name for check in report.checks)
    assert "every score is the sum of its addends" in {check.name for check in report.checks}


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            "UPDATE leads_lead SET stage_entered_at = now(), next_step_at = next_step_at - interval '1 minute' WHERE promotion_n = 1",
            {"every lead stands where its last move put it": 1},
        ),
        ("UPDATE leads_queue SET is_active = false WHERE kind = 'hunters'", {"every holder can act": 1}),
        (
            "UPDATE leads_promotion SET first_follow_up_at = mql_at, answered_at = mql_at, answered_as = 'followed_up'",
            {"every lead carries its latest promotion": 1},
        ),
        (
            "DELETE FROM leads_promotion",
            {"every lead carries its latest promotion": 1, "promotions of a lead are numbered without a gap": 1},
        ),
        ("UPDATE leads_leadmove SET recorded_at = now() WHERE reason = 'captured'", {"moves are recorded in order": 2}),
        ("UPDATE leads_leadscore SET addends[1] = addends[1] + 1", {"every score is the sum of its addends": 3}),
        (
            "UPDATE qualification_definition SET canonical = canonical || ' '",
            {"every signature fits the text that was signed": 2},
        ),
        (
            "DELETE FROM qualification_signature WHERE side = 'sales'",
            {"both sides signed every promotion's definition": 1},
        ),
        ("UPDATE leads_contact SET family_id = 0 WHERE merged_into_id IS NOT NULL", {"families are flat": 1}),
    ],
)
def test_damage_done_behind_the_laws_is_counted(base, damage, expected):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(damage)
    assert leaking() == expected


def test_a_promotion_names_who_had_it_last(base):
    rep = make_user()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE leads_promotion SET owner_id = %s", [rep.pk])
    assert leaking() == {"every promotion names who had it last": 1}
