"""Under /api/ every answer is JSON, whatever is asked and whatever goes wrong; the schema and its page are served."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from leadops.accounts.roles import Role
from leads.api import records
from tests.api import PROBLEM, V1, Api, told
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api(make_user(Role.MARKETER))


@pytest.mark.parametrize(
    "path",
    ["nonsense/", "v1/", "v1/leads", "v1/leads/x/", "v1/leads/-1/", "v2/leads/", f"v1/leads/{'9' * 30}/", "%00/"],
)
def test_what_is_not_there_is_a_problem(api: Api, path: str) -> None:
    for send in (api.client.get, api.client.post):
        answer = send(f"/api/{path}", headers=api.headers)
        assert (answer.status_code, answer["Content-Type"]) in ((404, PROBLEM), (405, PROBLEM))


def test_other_methods_are_refused(api: Api) -> None:
    for method in ("put", "patch", "delete", "options", "trace"):
        answer = getattr(api.client, method)(f"{V1}leads/", headers=api.headers)
        told(answer, 405)
        assert answer["Allow"] == "GET, POST, HEAD"
    assert api.client.post(f"{V1}contacts/", headers=api.headers)["Allow"] == "GET, HEAD"


def test_other_media_types_are_refused(api: Api) -> None:
    told(api.get("leads/", Accept="text/html"), 406)
    told(api.client.post(f"{V1}leads/", b"<a/>", content_type="text/xml", headers=api.headers), 415)
    told(api.client.post(f"{V1}imports/", b"{}", content_type="application/json", headers=api.headers), 415)


def test_an_unknown_host_is_a_problem(api: Api) -> None:
    told(api.get("leads/", Host="elsewhere.example"), 400)


@pytest.mark.parametrize(("fault", "status"), [(ZeroDivisionError(), 500), (OperationalError("away"), 503)])
def test_a_fault_of_ours_is_a_problem(api: Api, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(records.LeadOne, "get", broken)
    assert "Zero" not in told(api.get("leads/1/"), status)["detail"]


def test_problems_are_told_in_the_language_asked_for(api: Api) -> None:
    assert told(api.get("leads/1/"), 404)["detail"] == "There is nothing here that this token may see."
    dutch = told(api.get("leads/1/", **{"Accept-Language": "nl"}), 404)
    assert dutch["detail"] == "Hier is niets dat dit token mag zien."


def test_the_schema_is_served_to_anybody() -> None:
    schema = json.loads(Client().get("/api/schema/").content)
    assert schema["openapi"].startswith("3.1")
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {path for path in schema["paths"] if not path.startswith(V1)} == set()


def test_the_page_of_the_schema_runs_nothing_but_our_own_files() -> None:
    for path in ("/api/", "/api/docs/"):
        page = Client().get(path)
        everywhere = Client().get(settings.LOGIN_REDIRECT_URL, follow=True)["Content-Security-Policy"]
        assert (page.status_code, page["Content-Security-Policy"]) == (200, everywhere)
        assert "unsafe" not in everywhere


def test_the_page_of_the_schema_tells_every_operation() -> None:
    page = Client().get("/api/").text
    schema = json.loads(Client().get("/api/schema/").content)
    told_of = {(method.upper(), path) for path, methods in schema["paths"].items() for method in methods}
    assert set(re.findall(r'<b class="tag">(\w+)</b> <code>([^<]+)</code>', page)) == told_of
