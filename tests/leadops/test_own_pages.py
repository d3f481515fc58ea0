"""What readers look after themselves: their messages, and a rep's leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from handoff.models import Absence
from leadops.accounts import notifying
from leadops.accounts.models import Notice, User
from leadops.accounts.notifying import Telling
from leadops.accounts.roles import Role
from tests.factories import NL, TUESDAY, make_user
from tests.handoff.factories import make_rep
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
NOW = TUESDAY + timedelta(hours=1)
DAYS = {"first": "2026-07-06", "last": "2026-07-10", "note": "Texel"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rep(client: Client) -> User:
    user = make_rep()
    client.force_login(user)
    return user


def tell(user: User, *keys: str) -> None:
    notifying.tell_each([Telling(user.pk, "assigned", key, "New leads", path="/queue/") for key in keys], at=TUESDAY)


def test_messages_are_ones_own_and_are_read_at_once(client: Client, rep: User) -> None:
    tell(rep, "1")
    tell(make_user(), "2")
    few = statements(client, "/settings/messages/")
    tell(rep, *"3456789")
    assert statements(client, "/settings/messages/") == few
    answer = client.get("/settings/messages/")
    assert (answer.text.count("<b>New leads</b>"), INLINE.findall(answer.text)) == (8, [])
    assert client.post("/settings/messages/reading/").status_code == 302
    assert list(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == ["2"]
    assert "reading/" not in client.get("/settings/messages/").text


def test_a_rep_enters_leave_and_calls_it_off(client: Client, rep: User) -> None:
    assert client.get("/settings/leave/").status_code == 200
    assert client.post("/settings/leave/", DAYS | {"last": "2026-07-01"}).status_code == 422
    assert client.post("/settings/leave/", DAYS).status_code == 302
    [away] = Absence.objects.all()
    days = (datetime(2026, 7, 6, tzinfo=NL), datetime(2026, 7, 11, tzinfo=NL))
    assert (away.rep_id, away.starts_at, away.ends_at, away.note) == (rep.pk, *days, "Texel")
    assert "Texel" in client.get("/settings/leave/").text
    client.force_login(make_rep())
    client.post(f"/settings/leave/{away.pk}/cancellation/")
    assert Absence.objects.count() == 1
    client.force_login(rep)
    assert client.post(f"/settings/leave/{away.pk}/cancellation/").status_code == 302
    assert Absence.objects.count() == 0


def test_leave_is_for_reps(client: Client) -> None:
    client.force_login(make_user(Role.MARKETER))
    assert client.get("/settings/leave/").status_code == 404
