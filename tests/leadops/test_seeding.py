from __future__ import annotations

from random import Random

import pytest
from django.db.models import Count, Max, Q

from handoff import broken, escalation
from handoff.models import BrokenPromise, FollowUp, Opportunity
from leadops import seeding
from leads import conservation, names, organisation_names
from leads.models import Contact, Engagement, Lead, LeadMove, Organisation, Promotion
from qualification import scoring
from tests.factories import TUESDAY

LEADS = 1_500


def seed(leads: int = LEADS) -> int:
    cast = seeding.hire(reps=12, campaigns=12, leads=leads, at=TUESDAY, random=Random(3))
    return seeding.load(leads=leads, cast=cast, now=TUESDAY, seed=3, on_progress=lambda done: None)


@pytest.mark.django_db
def test_the_synthetic_base_keeps_all_laws_and_looks_like_a_company():
    assert seed() == LEADS
    scoring.rescore(Lead.objects.all(), TUESDAY)
    broken.record_broken(TUESDAY, is_thorough=True)
    escalation.flag(TUESDAY)
    assert conservation.run(TUESDAY).leaks == 0
    counts = Lead.objects.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(closed_at=None)),
        overdue=Count("pk", filter=Q(next_step_at__lt=TUESDAY)),
    )
    assert 0.18 < counts["open"] / counts["all"] < 0.30
    assert 0.08 < counts["overdue"] / counts["open"] < 0.20
    assert 4.5 < (Engagement.objects.count() + FollowUp.objects.count()) / LEADS < 5.7
    promotions = Promotion.objects.delivered(Promotion.objects.earliest("mql_at").mql_at, TUESDAY)
    never, worked = promotions.never_followed_up(TUESDAY).count(), promotions.followed_up().count()
    assert 0.30 < never / (never + worked) < 0.50
    assert BrokenPromise.objects.count() == promotions.broken(TUESDAY).count()
    assert Opportunity.objects.filter(won_at=None, lost_at=None).count() == Lead.objects.filter(stage="sql").count()


@pytest.mark.django_db
def test_nothing_of_the_synthetic_base_lies_in_the_future():
    seed(300)
    assert LeadMove.objects.aggregate(last=Max("occurred_at"))["last"] <= TUESDAY
    assert Engagement.objects.aggregate(last=Max("occurred_at"))["last"] <= TUESDAY
    assert FollowUp.objects.aggregate(last=Max("occurred_at"))["last"] <= TUESDAY


@pytest.mark.django_db
def test_synthetic_people_and_companies_are_known_by_the_keys_that_an_import_looks_for():
    seed(300)
    people = Contact.objects.values_list("name_key", "first_name", "infix", "last_name")
    assert [key for key, *parts in people if key != names.key(*parts)] == []
    companies = Organisation.objects.values_list("name_key", "name")
    assert [key for key, name in companies if key != organisation_names.key(name)] == []


@pytest.mark.django_db
def test_slices_go_on_where_the_one_before_ended(monkeypatch):
    monkeypatch.setattr("leadops.seeding.loading.SLICE", 40)
    assert seed(100) == 100
    assert Lead.objects.count() == Contact.objects.count() == 100
    assert Contact.objects.values("email").distinct().count() == 100
