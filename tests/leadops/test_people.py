"""People: invited by a link that works once, given roles, let go without leaving leads behind, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings

from handoff.models import PoolTurn, Rep
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.administration import staffing
from leadops.administration.people import PAGE
from leads import lifecycle
from leads.models import Queue
from tests.factories import TUESDAY, make_lead, make_team, make_user, queue_of
from tests.handoff.at_once import at_once
from tests.handoff.factories import make_accepted, make_own, make_rep, stands
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)
NINA: dict[str, Any] = {"name": "Nina Smit", "email": "Nina@Leadops.example", "language": "nl", "roles": ["hunter"]}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with lifecycle.history(), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(Role.ADMIN, name="Ank Beheer")
    client.force_login(user)
    return user


def pools_of(user: User) -> list[str]:
    return sorted(PoolTurn.objects.filter(rep=user.pk).values_list("queue__kind", flat=True))


def queues_of(user: User) -> list[str]:
    return sorted(user.queue_memberships.values_list("queue__kind", flat=True))


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/accounts/password/reset/key/[\w-]+/)", text)[1]


@pytest.mark.parametrize("role", [Role.MARKETER, Role.HUNTER, Role.SALES_MANAGER])
def test_only_administrators_look_after_people(client: Client, role: Role) -> None:
    other = make_user(Role.HUNTER)
    client.force_login(make_user(role))
    pages = ["people/", "people/new/", f"people/{other.pk}/"]
    acts = [
        "people/new/",
        *(f"people/{other.pk}/{act}/" for act in ("invitation", "deactivation", "release", "reactivation")),
    ]
    assert [client.get(f"/settings/{page}").status_code for page in pages] == [403] * 3
    assert [client.post(f"/settings/{act}", NINA).status_code for act in acts] == [403] * 5
    assert (User.objects.count(), User.objects.get(pk=other.pk).is_active) == (2, True)


def test_the_list_narrows(client: Client, admin: User) -> None:
    gone, nina = make_user(name="Gone", is_active=False), make_user(Role.HUNTER, name="Nina")
    make_team(admin, nina, name="North")

    def named(**asked: str) -> list[tuple[str, int, list[str]]]:
        answer = client.get("/settings/people/", asked)
        assert (answer.status_code, INLINE.findall(answer.text)) == (200, [])
        return [(person.name, len(roles), person.team_names) for person, roles in answer.context["rows"]]

    assert named() == [("Ank Beheer", 1, []), ("Nina", 1, ["North"])]
    assert named(show="gone") == [("Gone", 0, [])]
    assert named(show="all", q=gone.email.upper()) == [("Gone", 0, [])]
    assert named(q="nobody at all") == []
    assert named(show="x", page="\x00") == named()


def test_pages_keep_what_was_asked(client: Client, admin: User) -> None:
    for _ in range(PAGE + 1):
        make_user(Role.HUNTER, is_active=False)
    answer = client.get("/settings/people/?show=gone&q=user")
    assert (len(answer.context["rows"]), answer.text.count('href="?show=gone&amp;q=user&amp;page=2"')) == (PAGE, 1)
    assert len(client.get("/settings/people/?show=gone&q=user&page=2").context["rows"]) == 1


def test_the_list_takes_as_many_statements_for_30_as_for_one(client: Client, admin: User) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            make_team(admin, make_user(Role.HUNTER, Role.FARMER))
        counts.append(statements(client, "/settings/people/"))
    assert counts[0] == counts[1]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_somebody_is_invited_by_a_link_that_works_once(client: Client, admin: User) -> None:
    queue_of(Queue.Kind.HUNTERS)
    answer = client.post("/settings/people/new/", NINA)
    nina = User.objects.get(email="nina@leadops.example")
    assert (answer.status_code, answer.headers["Cache-Control"].count("no-store")) == (201, 1)
    assert (nina.role_names, nina.has_usable_password(), queues_of(nina), pools_of(nina)) == (
        {"hunter"}, False, ["hunters"], ["hunters"],
    )  # fmt: skip
    [message] = mail.outbox
    assert (message.to, "nodigt je uit" in message.body) == (["nina@leadops.example"], True)
    address = link_in(answer.text)
    assert link_in(message.body) == address
    visitor = Client()
    page = visitor.get(address, follow=True)
    chosen = {"password1": "Een lang wachtwoord 7", "password2": "Een lang wachtwoord 7"}
    visitor.post(page.request["PATH_INFO"], chosen)
    assert Client().login(request=None, email="nina@leadops.example", password="Een lang wachtwoord 7")
    assert "password1" not in Client().get(address, follow=True).text


def test_without_mail_the_page_says_so(client: Client, admin: User) -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        answer = client.post("/settings/people/new/", NINA)
    assert (answer.context["is_mailed"], "hand it over yourself" in answer.text) == (False, True)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_new_link_can_be_had_while_active(client: Client, admin: User) -> None:
    nina, gone = make_user(), make_user(is_active=False)
    assert client.post(f"/settings/people/{nina.pk}/invitation/").status_code == 201
    assert client.post(f"/settings/people/{gone.pk}/invitation/").status_code == 404
    assert [message.to for message in mail.outbox] == [[nina.email]]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"email": "x"}, ["email"]),
        ({"email": "ANK@leadops.example"}, ["email"]),
        ({"name": ""}, ["name"]),
        ({"roles": ["king"]}, ["roles"]),
        ({"language": "xx"}, ["language"]),
    ],
)
def test_what_is_wrong_is_said_in_place(client: Client, admin: User, said: dict[str, Any], wrong: list[str]) -> None:
    User.objects.filter(pk=admin.pk).update(email="ank@leadops.example")
    answer = client.post("/settings/people/new/", NINA | said)
    assert (answer.status_code, list(answer.context["form"].errors), User.objects.count()) == (422, wrong, 1)


def test_roles_change_with_their_queues_and_turns(client: Client, admin: User) -> None:
    rep = make_rep(Role.HUNTER)
    said = {"name": "Nina", "email": rep.email, "language": "en", "roles": ["farmer", "sales_manager"]}
    assert client.post(f"/settings/people/{rep.pk}/", said).status_code == 302
    rep = User.objects.get(pk=rep.pk)
    assert (rep.name, rep.role_names, queues_of(rep)) == ("Nina", {"farmer", "sales_manager"}, ["farmers", "hunters"])
    assert (pools_of(rep), Rep.objects.get(pk=rep.pk).is_hunter) == (["farmers"], False)
    client.post(f"/settings/people/{rep.pk}/", said | {"roles": []})
    assert (queues_of(rep), pools_of(rep), User.objects.get(pk=rep.pk).role_names) == ([], [], frozenset())


def test_who_works_leads_stays_a_rep(client: Client, admin: User) -> None:
    rep = make_rep()
    make_own(rep)
    said = {"name": rep.name, "email": rep.email, "language": "en", "roles": ["marketer"]}
    answer = client.post(f"/settings/people/{rep.pk}/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["roles"])
    assert User.objects.get(pk=rep.pk).role_names == {"hunter"}


def test_a_queue_with_leads_keeps_its_last_member(client: Client, admin: User) -> None:
    lead = make_lead()
    marketer = User.objects.exclude(pk=admin.pk).get(groups__name="marketer")
    admin.queue_memberships.all().delete()
    said = {"name": marketer.name, "email": marketer.email, "language": "en", "roles": []}
    answer = client.post(f"/settings/people/{marketer.pk}/", said)
    assert (answer.status_code, "To qualify" in answer.text) == (422, True)
    answer = client.post(f"/settings/people/{marketer.pk}/deactivation/")
    assert (answer.status_code, "To qualify" in answer.text) == (409, True)
    assert (User.objects.get(pk=marketer.pk).is_active, stands(lead)[0]) == (True, "inquiry")


def test_who_holds_nothing_is_deactivated_and_taken_back(client: Client, admin: User) -> None:
    nina = make_user(Role.FARMER, Role.HUNTER)
    inside = Client()
    inside.force_login(nina)
    assert client.post(f"/settings/people/{nina.pk}/deactivation/").status_code == 302
    assert (User.objects.get(pk=nina.pk).is_active, inside.get("/leads/").status_code) == (False, 302)
    for _ in range(2):
        assert client.post(f"/settings/people/{nina.pk}/reactivation/").status_code == 302
    nina = User.objects.get(pk=nina.pk)
    assert (nina.is_active, nina.role_names) == (True, {"farmer", "hunter"})


def test_who_holds_leads_is_released_first(client: Client, admin: User) -> None:
    manager, rep = make_user(Role.SALES_MANAGER), make_rep()
    make_team(manager, rep)
    promoted, own = make_accepted(rep), make_own(rep)
    answer = client.post(f"/settings/people/{rep.pk}/deactivation/")
    assert (answer.status_code, answer.context["held"], answer.text.count(f"/people/{rep.pk}/release/")) == (409, 2, 1)
    assert User.objects.get(pk=rep.pk).is_active
    assert client.post(f"/settings/people/{rep.pk}/release/").status_code == 302
    pool = Queue.objects.get(kind=Queue.Kind.HUNTERS)
    assert (stands(promoted), stands(own)) == (("mql", None, pool.pk), ("assigned", manager.pk, None))
    assert User.objects.get(pk=rep.pk).is_active is False
    assert client.get(f"/settings/people/{rep.pk}/").text.count("/reactivation/") == 1


def test_somebody_stays_administrator(client: Client, admin: User) -> None:
    said = {"name": admin.name, "email": admin.email, "language": "en", "roles": ["marketer"]}
    answer = client.post(f"/settings/people/{admin.pk}/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["roles"])
    for act in ("deactivation", "release"):
        assert client.post(f"/settings/people/{admin.pk}/{act}/").status_code == 409
    other = make_user(Role.ADMIN)
    assert client.post(f"/settings/people/{other.pk}/deactivation/").status_code == 302
    assert list(User.objects.filter(is_active=True).values_list("pk", flat=True)) == [admin.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_leave_at_once_one_stays() -> None:
    two = [make_user(Role.ADMIN) for _ in range(2)]
    left = at_once(*[partial(staffing.deactivate, user) for user in two])
    assert sorted(type(one) for one in left if one) == [staffing.Refused]
    assert User.objects.filter(is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_joins_twice_at_once_is_in_the_team_once() -> None:
    nina, team = make_user(Role.HUNTER), make_team(make_user(Role.SALES_MANAGER))
    joined = at_once(*[lambda: staffing.join(team, [nina], at=NOW)] * 2)
    assert (sorted(joined), team.memberships.count()) == ([0, 1], 1)
