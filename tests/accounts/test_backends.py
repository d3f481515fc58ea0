from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from leadops.accounts.backends import AddressBackend
from leadops.accounts.roles import Role, roles_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_who_comes_back_is_read_with_their_roles_in_one_statement():
    user = make_user(Role.HUNTER, Role.FARMER)
    with CaptureQueriesContext(connection) as asked:
        found = AddressBackend().get_user(user.pk)
        assert (found, roles_of(found), found.has_perm("leads.see_all_leads")) == (user, {"hunter", "farmer"}, False)
    assert len(asked) == 1


def test_who_left_does_not_come_back():
    user = make_user(Role.HUNTER, is_active=False)
    assert [AddressBackend().get_user(key) for key in (user.pk, 0)] == [None, None]


def test_a_right_that_is_stored_gives_nothing():
    user = make_user(Role.HUNTER)
    user.user_permissions.add(Permission.objects.get(codename="add_campaign"))
    found = AddressBackend().get_user(user.pk)
    assert (found.has_perm("leads.add_campaign"), found.has_module_perms("leads"), found.get_all_permissions()) == (
        False,
        False,
        set(),
    )


def test_one_comes_in_by_address_and_password():
    user = make_user(Role.HUNTER)
    user.set_password("a long one that nobody knows")
    user.save()
    request = RequestFactory().post("/")
    tried = ("a long one that nobody knows", "another")
    found = [authenticate(request, email=user.email, password=password) for password in tried]
    assert found == [user, None]
