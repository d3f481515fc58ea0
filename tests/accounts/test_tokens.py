"""A token is shown once, opens what its scopes say as far as its user sees, and is shut within seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts import tokens
from leadops.accounts.models import Token, User
from leadops.accounts.roles import Role
from leadops.accounts.tokens import Scope
from leadops.api import throttling
from tests.api import V1, Api, told
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/tokens/"
VALUE = re.compile(r"lo_[\w-]{43}")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    tokens.forget()
    yield
    tokens.forget()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_token_is_shown_once_and_only_its_digest_is_kept() -> None:
    admin, marketer = logged_in(make_user(Role.ADMIN)), make_user(Role.MARKETER, name="Mo")
    form = {"name": "Website", "user": marketer.pk, "scopes": ["leads:read", "leads:write"]}
    answer = admin.post(PAGE, form)
    [value] = VALUE.findall(answer.content.decode())
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    token = Token.objects.get()
    assert (token.name, token.user, token.scopes) == ("Website", marketer, ["leads:read", "leads:write"])
    assert value not in str(Token.objects.values())
    assert not VALUE.search(admin.get(PAGE).content.decode())
    assert Client().get(f"{V1}leads/", headers={"Authorization": f"Bearer {value}"}).status_code == 200


def test_a_token_without_scopes_or_user_is_not_made() -> None:
    admin = logged_in(make_user(Role.ADMIN))
    assert admin.post(PAGE, {"name": "Website"}).status_code == 422
    assert not Token.objects.exists()


def test_a_token_is_taken_back_once() -> None:
    api = Api(make_user(Role.MARKETER))
    admin, address = logged_in(make_user(Role.ADMIN)), f"{PAGE}{api.token.pk}/revocation/"
    told(api.get("leads/"), 200)
    assert admin.post(address).status_code == 302
    told(api.get("leads/"), 401)
    revoked_at = Token.objects.get().revoked_at
    admin.post(address)
    assert Token.objects.get().revoked_at == revoked_at


def test_only_administrators_manage_tokens() -> None:
    api = Api(make_user(Role.MARKETER))
    for path, method in ((PAGE, "get"), (PAGE, "post"), (f"{PAGE}{api.token.pk}/revocation/", "post")):
        assert getattr(Client(), method)(path).status_code == 302
        assert getattr(logged_in(make_user(Role.MARKETER)), method)(path).status_code == 403


def test_a_token_is_read_once_in_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    token, value = tokens.issue("X", user=make_user(Role.MARKETER), scopes=[Scope.LEADS_READ], at=timezone.now())
    assert tokens.find(value, at=timezone.now())
    Token.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        assert tokens.find(value, at=timezone.now())
    assert len(queries) == 0
    later = time.monotonic() + tokens.REMEMBERED_SECONDS
    monkeypatch.setattr(tokens.time, "monotonic", lambda: later)
    assert tokens.find(value, at=timezone.now()) is None


def test_the_last_use_is_told_to_the_minute() -> None:
    at = timezone.now()
    token, value = tokens.issue("X", user=make_user(Role.MARKETER), scopes=[Scope.LEADS_READ], at=at)
    told_at = []
    for later in (timedelta(), timedelta(seconds=30), timedelta(seconds=61)):
        tokens.forget()
        tokens.find(value, at=at + later)
        told_at.append(Token.objects.get(pk=token.pk).last_used_at)
    assert told_at == [at, at, at + timedelta(seconds=61)]


def test_a_user_who_left_opens_nothing() -> None:
    user = make_user(Role.MARKETER)
    make_user(Role.MARKETER)
    api = Api(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert told(api.get("leads/"), 401)["detail"] == "This token is not known, or no longer."


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer lo_\xff", "Bearer " + "x" * 999])
def test_without_a_token_nothing_opens(header: str) -> None:
    answer = Client().get(f"{V1}leads/", headers={"Authorization": header} if header else {})
    told(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="LeadOps"'


def test_a_log_in_opens_nothing() -> None:
    told(logged_in(make_user(Role.ADMIN)).get(f"{V1}leads/"), 401)


def test_too_many_requests_wait(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_A_MINUTE = {"intake": 2, "other": 1}
    monkeypatch.setattr(throttling, "_buckets", {})
    with time_machine.travel(timezone.now(), tick=False):
        api, other = Api(make_user(Role.MARKETER)), Api(make_user(Role.MARKETER))
        told(api.get("leads/"), 200)
        answer = api.get("leads/")
        told(answer, 429)
        assert answer["Retry-After"] == "60"
        told(api.post("leads/", {"email": "a@b.example"}), 202)
        told(other.get("leads/"), 200)
