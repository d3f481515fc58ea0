from __future__ import annotations

import pytest

from handoff import routing
from handoff.models import Handoff, RoutingRun
from handoff.routing import Assigned
from leads import lifecycle
from tests.factories import TUESDAY
from tests.handoff.factories import make_mqls, make_rep, only, stands

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _past():
    with lifecycle.history():
        yield


def test_leads_are_dealt_by_turn():
    reps = [make_rep(), make_rep(), make_rep(weight=2)]
    make_mqls(8)
    assert routing.assign(TUESDAY) == Assigned(8, 0)
    got = {rep.pk: Handoff.objects.filter(rep=rep).count() for rep in reps}
    assert got == {reps[0].pk: 2, reps[1].pk: 2, reps[2].pk: 4}
    assert routing.assign(TUESDAY) == Assigned(0, 0)
    assert RoutingRun.objects.count() == 1


def test_full():
    make_rep(open_cap=2)
    make_mqls(5)
    assert routing.assign(TUESDAY) == Assigned(2, 3)
    assert routing.assign(TUESDAY) == Assigned(0, 0)


def test_claim_and_release():
    rep, other = make_rep(), make_rep()
    leads = make_mqls(2)
    assert routing.claim(only(*leads), by=rep, at=TUESDAY) == [lead.pk for lead in leads]
    assert routing.claim(only(*leads), by=other, at=TUESDAY) == []
    assert routing.transfer(only(leads[0]), to=other, by=rep, at=TUESDAY) == [leads[0].pk]
    assert sorted(routing.release(rep, by=other, at=TUESDAY)) == [leads[1].pk]
    assert stands(leads[1])[0] == "mql"
    assert routing.spread(only(*leads), reps=type(rep).objects.filter(pk=other.pk), by=None, at=TUESDAY) == [
        leads[1].pk
    ]
