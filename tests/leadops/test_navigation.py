"""The menu: which role is offered which pages, and which is open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from leadops import navigation
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads.calling import figures, handing_out, lists
from leads.models import CallList
from tests.factories import TUESDAY, make_user
from tests.leads.test_calling import callable_lead, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roles() -> None:
    lay()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("queue/", include(([path("", page, name="queue")], "handoff"))),
    path("leads/", page, name="leads"),
    path("", include(([path("leads/", page, name="list"), path("imports/", page, name="imports")], "leads"))),
    path("reports/", include(([path("black-hole/", page, name="black-hole")], "reporting"))),
    path("settings/", page, name="settings"),
]


def offered(user: User, at: str = "/") -> list[str]:
    return [entry.url for group in navigation.menu_for(asked(user, at)) for entry in group.entries]


def asked(user: User, at: str) -> HttpRequest:
    request = RequestFactory().get(at)
    request.user = user
    return request


@override_settings(ROOT_URLCONF="tests.leadops.test_navigation")
@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.HUNTER, ["/queue/", "/leads/", "/settings/"]),
        (Role.FARMER, ["/queue/", "/leads/", "/settings/"]),
        (Role.MARKETER, ["/leads/", "/imports/", "/reports/black-hole/", "/settings/"]),
        (Role.SALES_MANAGER, ["/leads/", "/reports/black-hole/", "/settings/"]),
        (Role.ADMIN, ["/leads/", "/imports/", "/reports/black-hole/", "/settings/"]),
    ],
)
def test_each_role_is_offered_its_pages(role: Role, pages: list[str]) -> None:
    assert offered(make_user(role)) == pages


@override_settings(ROOT_URLCONF="tests.leadops.test_navigation")
def test_the_open_page_is_marked_below_its_address_too() -> None:
    groups = navigation.menu_for(asked(make_user(Role.MARKETER), "/imports/7/"))
    assert [(e.url, e.is_current) for g in groups for e in g.entries] == [
        ("/leads/", False),
        ("/imports/", True),
        ("/reports/black-hole/", False),
        ("/settings/", False),
    ]


@override_settings(ROOT_URLCONF="tests.leadops.test_preferences")
def test_pages_that_are_not_there_are_not_offered() -> None:
    assert offered(make_user(Role.ADMIN)) == []


def test_nobody_is_offered_nothing() -> None:
    request = HttpRequest()
    request.user = AnonymousUser()
    assert navigation.menu(request) == {"menu": []}


def calls_of(user: User) -> list[tuple[str, bool, int]]:
    entries = [entry for group in navigation.menu_for(asked(user, "/")) for entry in group.entries]
    return [(entry.url, entry.is_wide, entry.count) for entry in entries if entry.icon == "phone-call"]


def test_who_calls_for_an_open_list_has_it_in_the_menu_with_what_waits() -> None:
    rep, marketer = make_user(Role.HUNTER), make_user(Role.MARKETER)
    assert (calls_of(rep), calls_of(marketer)) == ([], [("/calls/", True, 0)])
    for _each in range(3):
        callable_lead()
    listing = filled(marketer)
    listing.callers.set([rep])
    with travel(TUESDAY, tick=False):
        listing.targets.filter(pk=listing.targets.first().pk).update(due_at=TUESDAY + timedelta(hours=1))
        assert (calls_of(rep), calls_of(marketer)) == ([("/calls/", False, 2)], [("/calls/", True, 0)])
        taken = handing_out.next_for(listing, by=rep, at=TUESDAY)
        assert (taken is not None, calls_of(rep)) == (True, [("/calls/", False, 2)])
        listing.callers.add(marketer)
        assert calls_of(marketer) == [("/calls/", False, 1)]
        lists.close(CallList.objects.all(), at=TUESDAY)
    assert (calls_of(rep), calls_of(marketer)) == ([], [("/calls/", True, 0)])


def test_what_waits_is_one_statement_however_much(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rep, marketer = make_user(Role.HUNTER), make_user(Role.MARKETER)
    for _each in range(2):
        callable_lead()
        filled(marketer).callers.set([rep])
    with django_assert_num_queries(1):
        assert figures.waiting_for(rep, TUESDAY) == 3
