"""The menu: which role is offered which pages, and which is open."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path

from leadops import navigation
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from tests.factories import make_user

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
