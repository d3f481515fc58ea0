"""Another program reads what marketing and sales agree a lead to be."""

from __future__ import annotations

import pytest

from leadops.accounts.roles import Role
from leadops.foundation import lay
from tests.api import Api, told
from tests.factories import make_user
from tests.qualification.factories import make_default, make_definition

pytestmark = pytest.mark.django_db


def test_definitions_are_read() -> None:
    lay()
    old, new = make_definition(), make_default()
    api = Api(make_user(Role.HUNTER))
    rows = told(api.get("definitions/"), 200)["results"]
    assert [(row["version"], row["is_in_force"]) for row in rows] == [(new.version, True), (old.version, False)]
    assert sorted(signature["side"] for signature in rows[0]["signatures"]) == ["marketing", "sales"]
    assert len(rows[0]["criteria"]) == new.criteria.count()
    assert told(api.get(f"definitions/{new.version}/"), 200) == rows[0]
    told(api.get("definitions/99/"), 404)
