"""The page on which a sales manager says what reps do, how much they can take, and when they are away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from handoff import absences, roster
from handoff.models import Absence, PoolTurn, Rep, RepSetting
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle
from leads.models import Queue
from tests.factories import NL, TUESDAY, make_team, make_user
from tests.handoff.factories import make_mql, make_own, make_rep
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rep() -> User:
    return make_rep()


@pytest.fixture
def manager(client: Client, rep: User) -> User:
    user = make_user(Role.SALES_MANAGER)
    make_team(user, rep)
    client.force_login(user)
    return user


def said_of(rep: User, **said: Any) -> dict[str, Any]:
    usual = {"crafts": ["hunter"], "open_cap": 60, "weekly_cap": 40, "tracking": "coach"}
    weights = {f"weight_{turn.queue_id}": turn.weight for turn in PoolTurn.objects.filter(rep=rep.pk)}
    return usual | weights | said


def test_a_manager_leads_their_own_and_an_administrator_all(client: Client, manager: User, rep: User) -> None:
    other = make_rep()
    make_own(rep)
    answer = client.get("/team/")
    assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
    assert [(one.pk, load.open, tracking) for one, load, tracking in answer.context["rows"]] == [(rep.pk, 1, "Coach")]
    assert [client.get(f"/team/{one.pk}/").status_code for one in (rep, other)] == [200, 404]
    acts = [
        client.post(f"/team/{other.pk}/{act}", said_of(other)).status_code
        for act in ("", "absences/", "absences/1/cancellation/")
    ]
    assert acts == [404] * 3
    client.force_login(make_user(Role.ADMIN))
    assert [one.pk for one, _load, _tracking in client.get("/team/").context["rows"]] == sorted([rep.pk, other.pk])


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER, Role.FARMER])
def test_others_do_not(client: Client, rep: User, role: Role) -> None:
    client.force_login(make_user(role))
    assert [client.get(path).status_code for path in ("/team/", f"/team/{rep.pk}/")] == [403] * 2
    assert client.post(f"/team/{rep.pk}/", said_of(rep, open_cap=1)).status_code == 403


def test_a_manager_without_reps_is_told(client: Client) -> None:
    client.force_login(make_user(Role.SALES_MANAGER))
    assert client.get("/team/").text.count('class="empty-state"') == 1


def test_the_page_takes_as_many_statements_for_30_as_for_one(client: Client, manager: User) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            one = make_rep()
            make_team(manager, one)
            absences.plan(Rep.objects.get(pk=one.pk), first=date(2026, 7, 1), last=date(2026, 7, 9))
        counts.append(statements(client, "/team/"))
    assert counts[0] == counts[1]


def test_settings_are_dated_and_kept_only_when_they_change(client: Client, manager: User, rep: User) -> None:
    before = RepSetting.objects.count()
    said = said_of(rep, open_cap=25, weekly_cap=10, quota_attainment=110, tracking="results", hired_on="2020-01-01")
    for _ in range(2):
        assert client.post(f"/team/{rep.pk}/", said).status_code == 302
    one = Rep.objects.get(pk=rep.pk)
    now, then = roster.setting(one, NOW), roster.setting(one, NOW - timedelta(days=1))
    assert (now.open_cap, now.weekly_cap, now.quota_attainment, now.tracking, now.by, now.since) == (
        25,
        10,
        110,
        "results",
        manager,
        NOW,
    )
    assert (then.open_cap, RepSetting.objects.count() - before, one.hired_on) == (60, 1, date(2020, 1, 1))


def test_a_hunter_becomes_a_farmer_with_queue_and_turns(client: Client, manager: User, rep: User) -> None:
    hunters = Queue.objects.get(kind=Queue.Kind.HUNTERS)
    assert client.post(f"/team/{rep.pk}/", said_of(rep, crafts=["farmer"])).status_code == 302
    one = Rep.objects.get(pk=rep.pk)
    assert (one.is_hunter, one.is_farmer, User.objects.get(pk=rep.pk).role_names) == (False, True, {"farmer"})
    assert list(PoolTurn.objects.filter(rep=one).values_list("queue__kind", "weight")) == [("farmers", 1)]
    assert not hunters.members.filter(user=rep).exists()


def test_a_pool_with_leads_keeps_its_only_rep(client: Client, manager: User, rep: User) -> None:
    make_mql()
    hunters = Queue.objects.get(kind=Queue.Kind.HUNTERS)
    hunters.members.exclude(user=rep).delete()
    answer = client.post(f"/team/{rep.pk}/", said_of(rep, crafts=["farmer"]))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["crafts"])
    assert (User.objects.get(pk=rep.pk).role_names, Rep.objects.get(pk=rep.pk).is_hunter) == ({"hunter"}, True)


def test_weights_are_set(client: Client, manager: User, rep: User) -> None:
    turn = PoolTurn.objects.get(rep=rep.pk)
    client.post(f"/team/{rep.pk}/", said_of(rep) | {f"weight_{turn.queue_id}": 3})
    turn.refresh_from_db()
    assert turn.weight == 3


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"crafts": []}, ["crafts"]),
        ({"open_cap": -1}, ["open_cap"]),
        ({"weekly_cap": ""}, ["weekly_cap"]),
        ({"tracking": "closely"}, ["tracking"]),
        ({"hired_on": "long ago"}, ["hired_on"]),
    ],
)
def test_what_is_wrong_is_said_in_place(
    client: Client, manager: User, rep: User, said: dict[str, Any], wrong: list[str]
) -> None:
    before = RepSetting.objects.count()
    answer = client.post(f"/team/{rep.pk}/", said_of(rep) | said)
    assert (answer.status_code, list(answer.context["form"].errors), RepSetting.objects.count()) == (422, wrong, before)


def test_leave_is_planned_in_the_reps_own_days(client: Client, manager: User, rep: User) -> None:
    said = {"first": "2026-07-06", "last": "2026-07-10", "note": "Holiday"}
    assert client.post(f"/team/{rep.pk}/absences/", said).status_code == 302
    one = Absence.objects.get()
    assert (one.starts_at, one.ends_at, one.note) == (
        datetime(2026, 7, 6, tzinfo=NL), datetime(2026, 7, 11, tzinfo=NL), "Holiday",
    )  # fmt: skip
    answer = client.post(f"/team/{rep.pk}/absences/", said | {"last": "2026-07-05"})
    assert (answer.status_code, list(answer.context["away"].errors)) == (422, ["last"])


def test_leave_to_come_is_forgotten_begun_leave_ends_and_past_leave_stays(
    client: Client, manager: User, rep: User
) -> None:
    one = Rep.objects.get(pk=rep.pk)
    days = [
        (date(2026, 7, 1), date(2026, 7, 3)),
        (date(2026, 6, 15), date(2026, 6, 18)),
        (date(2026, 5, 1), date(2026, 5, 3)),
    ]
    plans = [absences.plan(one, first=first, last=last) for first, last in days]
    for absence in plans * 2:
        assert client.post(f"/team/{rep.pk}/absences/{absence.pk}/cancellation/").status_code == 302
    kept = list(Absence.objects.order_by("pk").values_list("pk", "ends_at"))
    assert kept == [(plans[1].pk, NOW), (plans[2].pk, datetime(2026, 5, 4, tzinfo=NL))]


@pytest.mark.parametrize(
    ("hired_on", "quota", "usual"),
    [
        (None, 120, "coach"),
        (date(2024, 6, 17), 120, "coach"),
        (date(2024, 6, 16), 99, "coach"),
        (date(2024, 6, 16), None, "coach"),
        (date(2024, 6, 16), 100, "results"),
    ],
)
def test_seasoned_reps_at_quota_are_usually_tracked_by_results(hired_on: date, quota: int, usual: str) -> None:
    assert roster.usual_tracking(hired_on, quota, NOW.date()) == usual
