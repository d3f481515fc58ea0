"""Settings: each reader's own, and what administrators say of the company, its hours, its teams and its queues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from handoff.models import PoolTurn
from leadops.accounts.models import Company, Team, TeamMembership, User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import calendars, campaigns, lifecycle
from leads.models import BusinessCalendar, Queue
from tests.factories import NL, TUESDAY, make_campaign, make_lead, make_team, make_user
from tests.handoff.factories import make_rep
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)
WEEK = {f"day_{day}": "9:00-17:30" for day in range(5)} | {"day_5": "", "day_6": ""}
ADMINS = ["company/", "people/", "teams/", "queues/", "calendar/", "tokens/"]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        lay()
        yield


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(Role.ADMIN)
    client.force_login(user)
    return user


def seen(client: Client, path: str) -> tuple[int, list[str]]:
    answer = client.get(path)
    return answer.status_code, INLINE.findall(answer.text)


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER, Role.FARMER, Role.SALES_MANAGER, None])
def test_everybody_has_settings_of_their_own_and_no_others(client: Client, role: Role | None) -> None:
    client.force_login(make_user(*([role] if role else [])))
    assert seen(client, "/settings/") == (200, [])
    kept_for = {Role.HUNTER: ["leave/"], Role.FARMER: ["leave/"], Role.MARKETER: ["do-not-contact/", "calling/"]}
    parts = ["", "messages/", *(kept_for.get(role, []) if role else [])]
    assert [entry.url for entry in client.get("/settings/").context["settings_menu"]] == [
        f"/settings/{part}" for part in parts
    ]
    assert [client.get(f"/settings/{part}").status_code for part in ADMINS] == [403] * 6
    assert [client.post(f"/settings/{part}").status_code for part in ("calendar/days/", "calendar/days/removal/")] == [
        403
    ] * 2


def test_an_administrator_has_them_all_in_the_menu(client: Client, admin: User) -> None:
    for part in ["", *ADMINS]:
        assert seen(client, f"/settings/{part}") == (200, [])
    menu = client.get("/settings/people/new/").context["settings_menu"]
    parts = [
        "",
        "messages/",
        "do-not-contact/",
        "calling/",
        "company/",
        "people/",
        "teams/",
        "queues/",
        "calendar/",
        "tokens/",
    ]
    assert [entry.url for entry in menu] == [f"/settings/{part}" for part in parts]
    assert [entry.url for entry in menu if entry.is_current] == ["/settings/people/"]


def test_a_reader_changes_name_language_and_zone(client: Client) -> None:
    user = make_user(Role.HUNTER)
    client.force_login(user)
    said = {"name": "Daan", "language": "nl", "time_zone": "Europe/Lisbon", "mailed": "urgent"}
    assert client.post("/settings/", said | {"email": "other@leadops.example"}).status_code == 302
    user.refresh_from_db()
    assert {name: getattr(user, name) for name in said} == said
    assert user.email.startswith("user")
    assert "Opgeslagen." in client.get("/settings/").text
    answer = client.post("/settings/", {"name": "D", "language": "xx", "time_zone": "Mars/Base"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["language", "time_zone", "mailed"])


def test_the_company_and_its_calendar_keep_one_zone(client: Client, admin: User) -> None:
    said = {
        "name": "Rijn",
        "time_zone": "Europe/Lisbon",
        "currency": "USD",
        "follow_up_target": 95,
        "in_time_target": 70,
    }
    assert client.post("/settings/company/", said).status_code == 302
    company = Company.objects.get()
    kept = (company.name, company.time_zone, company.currency, company.follow_up_target, company.in_time_target)
    assert kept == ("Rijn", "Europe/Lisbon", "USD", 95, 70)
    assert calendars.company().zone == "Europe/Lisbon"
    answer = client.post("/settings/company/", said | {"follow_up_target": 101})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["follow_up_target"])


def test_the_currency_stays_once_a_cost_is_booked(client: Client, admin: User) -> None:
    campaigns.book(make_campaign(), kind="actual", amount=Decimal(5), label="", day=date(2026, 6, 1), at=NOW)
    said = {
        "name": "Rijn",
        "time_zone": "Europe/Amsterdam",
        "currency": "USD",
        "follow_up_target": 90,
        "in_time_target": 80,
    }
    client.post("/settings/company/", said)
    assert (Company.objects.get().name, Company.objects.get().currency) == ("Rijn", "EUR")


def test_hours_of_the_week_move_deadlines_to_come(client: Client, admin: User) -> None:
    said = WEEK | {"country": "DE", "day_0": "8.30 - 12, 13:00\N{EN DASH}17:30", "day_5": "10-14:00"}
    assert client.post("/settings/calendar/", said).status_code == 302
    kept = BusinessCalendar.objects.get()
    assert (kept.hours[0], kept.hours[5], kept.hours[6], kept.country) == (
        [["08:30", "12:00"], ["13:00", "17:30"]], [["10:00", "14:00"]], [], "DE",
    )  # fmt: skip
    friday = datetime(2026, 6, 19, 17, 0, tzinfo=NL)
    assert calendars.due(friday, 90) == datetime(2026, 6, 20, 11, 0, tzinfo=NL)
    text = client.get("/settings/calendar/").text
    assert text.count('value="08:30\N{EN DASH}12:00, 13:00\N{EN DASH}17:30"') == 1


@pytest.mark.parametrize(
    "said",
    [
        {"day_0": "17:00-9:00"},
        {"day_0": "9-12, 11-13"},
        {"day_0": "nine to five"},
        {"day_0": "25:00-26:00"},
        {"day_0": "9:00"},
        {"country": "XX"},
        dict.fromkeys(WEEK, ""),
    ],
)
def test_hours_that_cannot_be_are_refused(client: Client, admin: User, said: dict[str, str]) -> None:
    before = BusinessCalendar.objects.get().hours
    answer = client.post("/settings/calendar/", WEEK | {"country": "NL"} | said)
    assert (answer.status_code, len(answer.context["form"].errors)) == (422, 1)
    assert BusinessCalendar.objects.get().hours == before


def test_days_are_closed_opened_and_taken_off(client: Client, admin: User) -> None:
    for kind in ("closed_on", "closed_on", "open_on", "closed_on"):
        client.post("/settings/calendar/days/", {"day": "2026-12-28", "kind": kind})
    kept = BusinessCalendar.objects.get()
    assert (kept.closed_on, kept.open_on) == ([date(2026, 12, 28)], [])
    answer = client.post("/settings/calendar/days/", {"day": "1026-12-28", "kind": "x"})
    assert (answer.status_code, sorted(answer.context["adding"].errors)) == (422, ["day", "kind"])
    for _ in range(2):
        assert client.post("/settings/calendar/days/removal/", {"day": "2026-12-28"}).status_code == 302
    assert BusinessCalendar.objects.get().closed_on == []


def test_teams_keep_who_belonged_when(client: Client, admin: User) -> None:
    manager, rep = make_user(Role.SALES_MANAGER), make_rep()
    answer = client.post("/settings/teams/", {"name": "North", "manager": manager.pk})
    team = Team.objects.get()
    assert answer.headers["Location"] == f"/settings/teams/{team.pk}/"
    assert client.post("/settings/teams/", {"name": "North"}).status_code == 422
    assert client.post(f"/settings/teams/{team.pk}/members/", {"user": rep.pk}).status_code == 302
    assert client.post(f"/settings/teams/{team.pk}/members/", {"user": rep.pk}).status_code == 422
    one = TeamMembership.objects.get()
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        for _ in range(2):
            assert client.post(f"/settings/teams/{team.pk}/members/{one.pk}/end/").status_code == 302
        client.post(f"/settings/teams/{team.pk}/members/", {"user": rep.pk})
    spans = list(TeamMembership.objects.order_by("pk").values_list("since", "until"))
    assert spans == [(NOW, NOW + timedelta(days=2)), (NOW + timedelta(days=2), None)]
    client.post(f"/settings/teams/{team.pk}/", {"name": "South", "manager": ""})
    team.refresh_from_db()
    assert (team.name, team.manager) == ("South", None)
    assert client.post(f"/settings/teams/{make_team(manager).pk}/members/{one.pk}/end/").status_code == 404


def test_queues_take_members_and_pools_are_added(client: Client, admin: User) -> None:
    rep, other = make_rep(), make_rep()
    said: dict[str, Any] = {"name": "Care", "people": [rep.pk, other.pk], "manager": ""}
    assert client.post("/settings/queues/new/", said).status_code == 302
    pool = Queue.objects.get(name="Care")
    assert (pool.kind, PoolTurn.objects.filter(queue=pool).count()) == (Queue.Kind.POOL, 2)
    client.post(f"/settings/queues/{pool.pk}/", said | {"name": "Health", "people": [rep.pk], "is_active": "on"})
    assert list(PoolTurn.objects.filter(queue=pool).values_list("rep", flat=True)) == [rep.pk]
    assert Queue.objects.get(pk=pool.pk).name == "Health"
    hunters = Queue.objects.get(kind=Queue.Kind.HUNTERS)
    client.post(f"/settings/queues/{hunters.pk}/", {"name": "x", "people": [rep.pk]})
    hunters.refresh_from_db()
    assert (hunters.name, hunters.is_active, list(hunters.members.values_list("user", flat=True))) == (
        "Hunters",
        True,
        [rep.pk],
    )
    assert client.post("/settings/queues/new/", {"name": "Health"}).status_code == 422


def test_who_works_a_queue_by_hand_is_not_dropped_unseen(client: Client, admin: User) -> None:
    queue, hunter = Queue.objects.get(kind=Queue.Kind.TO_QUALIFY), make_rep()
    queue.members.create(user=hunter)
    boxes = client.get(f"/settings/queues/{queue.pk}/").context["form"]["people"].value()
    assert sorted(boxes) == [admin.pk, hunter.pk]
    client.post(f"/settings/queues/{queue.pk}/", {"people": boxes})
    assert list(queue.members.order_by("user").values_list("user", flat=True)) == [admin.pk, hunter.pk]


def test_a_queue_with_leads_is_not_left_alone(client: Client, admin: User) -> None:
    make_lead()
    queue = Queue.objects.get(kind=Queue.Kind.TO_QUALIFY)
    before = set(queue.members.values_list("user", flat=True))
    answer = client.post(f"/settings/queues/{queue.pk}/", {"people": []})
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)
    assert set(queue.members.values_list("user", flat=True)) == before
    assert [row.waiting for _title, rows in client.get("/settings/queues/").context["parts"] for row in rows] == [
        1,
        0,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("posted", "page"),
    [
        ("/settings/calendar/days/", "/settings/calendar/"),
        ("/settings/teams/7/members/", "/settings/teams/7/"),
        ("/settings/people/7/invitation/", "/settings/people/7/"),
        ("/settings/people/7/deactivation/", "/settings/people/7/"),
        ("/settings/people/7/release/", "/settings/people/7/"),
        ("/team/7/absences/", "/team/7/"),
    ],
)
def test_where_a_form_is_posted_leads_to_its_page(client: Client, admin: User, posted: str, page: str) -> None:
    answer = client.get(posted)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)


def test_lists_take_as_many_statements_for_30_as_for_one(client: Client, admin: User) -> None:
    counts: dict[str, list[int]] = {"/settings/teams/": [], "/settings/queues/": []}
    for more in (1, 29):
        for n in range(more):
            rep = make_rep()
            make_team(make_user(Role.SALES_MANAGER), rep)
            Queue.objects.create(kind=Queue.Kind.POOL, name=f"Pool {more} {n}", manager=rep).members.create(user=rep)
        for path, counted in counts.items():
            counted.append(statements(client, path))
    assert [counted[0] - counted[1] for counted in counts.values()] == [0, 0]
