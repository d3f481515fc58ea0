"""Definitions for tests: signed by a marketer and a manager, in force."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadops.accounts.roles import Role
from qualification.models import Definition, Signature
from tests.factories import TUESDAY, make_user


def make_definition(*, at: datetime = TUESDAY - timedelta(days=1000), **fields: object) -> Definition:
    """A definition without criteria that is signed and in force."""
    fields = {
        "version": Definition.objects.count() + 1,
        "name": "Test",
        "threshold": 50,
        "promise_minutes": 1440,
        "accept_minutes": 480,
        "qualify_minutes": 960,
    } | fields
    definition = Definition.objects.create(created_at=at, **fields)
    for side, role in ((Signature.Side.MARKETING, Role.MARKETER), (Signature.Side.SALES, Role.SALES_MANAGER)):
        Signature.objects.create(definition=definition, side=side, by=make_user(role), digest="0" * 64, signed_at=at)
    definition.in_force_at = at
    definition.save()
    return definition
