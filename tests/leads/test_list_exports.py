"""How many leads a list has, and the file that is made of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from python_calamine import CalamineWorkbook

from handoff.models import Rep
from leadops.accounts import notifying
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import tasks
from leads.claiming import claimed
from leads.listing import counting, exporting
from leads.models import LeadExport
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_team, make_user
from tests.handoff.factories import make_own, make_rep
from tests.leads.test_list_conditions import UTRECHT

pytestmark = pytest.mark.django_db
EVIL = ("=1+1", "+SUM(A1)", "-2+3+cmd", "@x", "\t=1", "\r=1")


def asked_for(client: Client, **fields: Any) -> LeadExport:
    answer = client.post("/leads/exports/new/", {"format": "csv", "asked": ""} | fields)
    assert answer.status_code == 302
    tasks.run_errands()
    return LeadExport.objects.latest("pk")


def rows_of(client: Client, export: LeadExport) -> list[list[str]]:
    answer = client.get(f"/leads/exports/{export.pk}/file/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER)
    client.force_login(user)
    return user


def test_a_file_holds_what_the_list_shows(client: Client, marketer: User) -> None:
    organisation = make_organisation("Bouw")
    make_lead(city="Gent")
    leads = [
        make_lead(make_contact(city="Utrecht", last_name=name, organisation=organisation)) for name in ("Bos", "Vos")
    ]
    client.post("/leads/columns/", {"columns": ["stage", "city", "opened"], "asked": ""})
    export = asked_for(client, asked="?where=" + json.dumps(UTRECHT))
    assert (export.state, export.total, export.done) == ("done", 2, 2)
    assert rows_of(client, export) == [
        ["Lead", "Organisation", "Person", "Stage", "City", "Came in"],
        *([str(lead.pk), "Bouw", name, "Inquiry", "Utrecht", "2026-06-16 10:00"] for lead, name in zip(leads[::-1], ("Vos", "Bos"), strict=True)),
    ]  # fmt: skip
    assert "Fetch the file" in client.get(f"/leads/exports/{export.pk}/").text


def test_it_is_separated_as_spreadsheets_of_the_readers_language_do(client: Client, marketer: User) -> None:
    lead = make_lead(city="a;=1+1,=2+2", job_title="chef")
    client.post("/leads/columns/", {"columns": ["job_title", "city", "score"], "asked": ""})
    ends = []
    for language in ("en", "nl"):
        User.objects.filter(pk=marketer.pk).update(language=language)
        export = asked_for(client)
        text = b"".join(client.get(f"/leads/exports/{export.pk}/file/").streaming_content).decode("utf-8-sig")
        ends.append(text.splitlines()[1])
    assert [end.startswith(f"{lead.pk}{mark}") for end, mark in zip(ends, ",;", strict=True)] == [True, True]
    assert [end.count('"a;=1+1,=2+2"') for end in ends] == [1, 1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula(client: Client, marketer: User, kind: str) -> None:
    for evil in EVIL:
        make_lead(last_name=evil, job_title=evil, city=evil)
    client.post("/leads/columns/", {"columns": ["job_title", "city", "score"], "asked": ""})
    export = asked_for(client, format=kind)
    if kind == "csv":
        cells = [cell for row in rows_of(client, export) for cell in row]
        assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
    else:
        file = io.BytesIO(b"".join(client.get(f"/leads/exports/{export.pk}/file/").streaming_content))
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
        assert sorted(row[4].replace("\n", "\r") for row in rows[1:]) == sorted(EVIL)


def test_a_file_is_only_for_who_asked_for_it_and_administrators(client: Client, marketer: User) -> None:
    make_lead()
    export = asked_for(client)
    statuses = {}
    for role in (Role.MARKETER, Role.SALES_MANAGER, Role.HUNTER, Role.ADMIN):
        client.force_login(make_user(role))
        statuses[role] = [
            client.get(f"/leads/exports/{export.pk}/{name}").status_code
            for name in ("", "file/", "progress/?state=done")
        ]
    client.logout()
    assert client.get(f"/leads/exports/{export.pk}/file/").status_code == 302
    assert statuses == {role: [404] * 3 for role in statuses} | {Role.ADMIN: [200] * 3}


def test_nobody_takes_along_what_they_may_not_see(client: Client, marketer: User) -> None:
    manager, coached, measured = make_user(Role.SALES_MANAGER), make_rep(), make_rep(tracking=Rep.Tracking.RESULTS)
    make_team(manager, coached, measured)
    own = [make_own(rep) for rep in (coached, measured)]
    elsewhere = make_own(make_rep())
    client.force_login(manager)
    every = [key for key, _label in client.get("/leads/columns/").context["form"].fields["columns"].choices]
    client.post("/leads/columns/", {"columns": every, "asked": ""})
    rows = rows_of(client, asked_for(client, which="chosen", lead=[lead.pk for lead in [*own, elsewhere]]))
    assert [row[0] for row in rows[1:]] == [str(lead.pk) for lead in own[::-1]]
    assert [
        title for title in rows[0] if any(word in title.lower() for word in ("follow", "attempt", "accepted", "answer"))
    ] == []


def test_a_file_is_begun_anew_where_it_was_killed_and_written_once(client: Client, marketer: User) -> None:
    make_lead()
    export = asked_for(client)
    LeadExport.objects.filter(pk=export.pk).update(state="running", done=1, file="")
    with claimed(exporting.EXPORT_CLAIMS, export):
        assert LeadExport.objects.get(pk=export.pk).state == "running"
    tasks.run_errands()
    export.refresh_from_db()
    assert (export.state, len(rows_of(client, export))) == ("done", 2)
    assert exporting.run(export, at=export.asked_at) is False


def test_what_a_killed_worker_left_of_a_file_is_removed(client: Client, marketer: User) -> None:
    make_lead()
    left = asked_for(client).file.name
    LeadExport.objects.update(state="running")
    tasks.run_errands()
    export = LeadExport.objects.get()
    assert (export.state, default_storage.exists(export.file.name), default_storage.exists(left)) == (
        "done",
        True,
        False,
    )


def test_who_sees_less_than_then_no_longer_fetches_a_file(client: Client, marketer: User) -> None:
    make_lead()
    export = asked_for(client)
    address = f"/leads/exports/{export.pk}/"
    for role, status in ((Role.HUNTER, 404), (Role.SALES_MANAGER, 404), (Role.MARKETER, 200)):
        marketer.groups.set([Group.objects.get_or_create(name=role)[0]])
        assert (client.get(f"{address}file/").status_code, client.get(address).context["may_fetch"]) == (
            status,
            status == 200,
        )


def test_who_did_not_look_on_is_told_that_a_file_is_there(client: Client, marketer: User) -> None:
    make_lead()
    asked_for(client)
    asked_for(client, format="count")
    assert list(Notice.objects.values_list("kind", flat=True)) == []
    export = LeadExport.objects.order_by("pk")[0]
    LeadExport.objects.update(state="waiting", asked_at=export.asked_at - timedelta(minutes=2))
    for _ in range(2):
        tasks.run_errands()
    notice = Notice.objects.get()
    assert (notice.user, notice.path) == (marketer, f"/leads/exports/{export.pk}/")
    assert notifying.said(notice) == "Your file of one lead is ready."


def test_after_a_week_it_is_gone(client: Client, marketer: User) -> None:
    make_lead()
    export = asked_for(client)
    assert exporting.forget(at=export.asked_at + timedelta(days=6)) == 0
    assert default_storage.exists(export.file.name)
    assert exporting.forget(at=export.asked_at + timedelta(days=8)) == 1
    assert (default_storage.exists(export.file.name), LeadExport.objects.count()) == (False, 0)


def test_a_condition_that_fell_apart_since_is_told(client: Client, marketer: User) -> None:
    asked_for(client, asked="?where=" + json.dumps(UTRECHT))
    LeadExport.objects.update(state="waiting", asked={"condition": {"field": "attributes.gone", "operator": "is"}})
    tasks.run_errands()
    export = LeadExport.objects.get()
    assert (export.state, "attributes.gone" in export.problem) == ("failed", True)
    assert client.get(f"/leads/exports/{export.pk}/").status_code == 200


def test_counts_are_exact_where_few_and_estimates_where_many(
    client: Client, marketer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_lead(city="Utrecht")
    answer = client.get("/leads/count/?where=" + json.dumps(UTRECHT))
    assert answer.context["count"] == counting.Count(3)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leads_lead")
    monkeypatch.setattr(counting, "FEW", 1)
    assert client.get("/leads/count/").context["count"] == counting.Count(3, is_exact=False)
    assert client.get("/leads/count/?exactly=1").context["count"] == counting.Count(3)
    monkeypatch.setattr(counting, "WAIT", timedelta(milliseconds=1))
    heavy = {"any": [{"field": "contact.city", "operator": "has_word", "value": [f"w{n}" for n in range(40)]}] * 40}
    answer = client.get("/leads/count/?exactly=1", {"where": json.dumps(heavy), "exactly": "1"})
    assert (answer.context["count"], "in the background" in answer.text) == (None, True)


def test_a_number_alone_is_counted_in_the_background(client: Client, marketer: User) -> None:
    make_lead()
    export = asked_for(client, format="count")
    assert (export.state, export.total, bool(export.file)) == ("done", 1, False)
    assert client.get(f"/leads/exports/{export.pk}/file/").status_code == 404


def test_what_makes_no_sense_leads_back_to_the_list(client: Client, marketer: User) -> None:
    for fields in ({"format": "pdf"}, {"asked": "?where=x"}, {"asked": "?campaign=0"}):
        answer = client.post("/leads/exports/new/", {"format": "csv", "asked": ""} | fields)
        assert (answer.status_code, answer.url.startswith("/leads/")) == (302, True)
    assert (LeadExport.objects.count(), TUESDAY.year) == (0, 2026)
