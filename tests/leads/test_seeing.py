"""A statement that finds a few leads shows a reader those that they may see, and no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from leadops.accounts.models import TeamMembership, User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import lifecycle
from leads.models import Lead, Queue, QueueMember
from leads.seeing import seen
from leads.stages import Reason, Stage
from tests.factories import TUESDAY, make_lead, make_team, make_user, queue_of

pytestmark = pytest.mark.django_db


def shown(reader: User) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT l.id FROM leads_lead l WHERE {seen(reader)} ORDER BY l.id", {"reader": reader.pk})
        return [row[0] for row in cursor.fetchall()]


def test_a_statement_shows_each_reader_what_the_set_of_leads_shows_them() -> None:
    lay()
    rep, gone, other, marketer, admin = (
        make_user(role) for role in (Role.HUNTER, Role.HUNTER, Role.FARMER, Role.MARKETER, Role.ADMIN)
    )
    manager, idle, nobody = make_user(Role.SALES_MANAGER), make_user(Role.SALES_MANAGER), make_user()
    team = make_team(manager, rep, gone)
    TeamMembership.objects.filter(user=gone).update(until=TUESDAY + timedelta(days=1))
    for owner in (rep, rep, gone, other, manager):
        make_lead(owner=owner, origin="sales")
    with lifecycle.history():
        lifecycle.close(Lead.objects.filter(owner=rep)[:1], to=Stage.LOST, at=TUESDAY, reason=Reason.LOST, by=None)
    waiting = queue_of(Queue.Kind.TO_QUALIFY)
    make_lead()
    QueueMember.objects.create(queue=waiting, user=other)
    readers = [rep, gone, other, marketer, admin, manager, idle, nobody]
    before = [shown(reader) for reader in readers]
    assert before == [
        list(Lead.objects.visible_to(reader).order_by("pk").values_list("pk", flat=True)) for reader in readers
    ]
    assert [len(keys) for keys in before] == [2, 1, 2, 6, 6, 3, 0, 0]
    Queue.objects.filter(pk=waiting.pk).update(team=team, manager=idle)
    assert [len(shown(reader)) for reader in (manager, idle)] == [4, 1]
    assert all(Lead.objects.visible_to(reader).count() == len(shown(reader)) for reader in (manager, idle))
