"""A file runs, waits, pauses and ends, and the pages say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle, tasks
from leads.importing import running
from leads.models import Contact, ImportBatch, ImportRow, Lead, LeadTouch
from leads.stages import Reason
from tests.factories import make_user, queue_of
from tests.leads.import_views.wizard import MAPPING, address, checked, sent, uploaded

State = ImportBatch.State
pytestmark = pytest.mark.django_db


def test_a_run_waits_for_a_worker_and_says_so(marketer: Client) -> None:
    batch = checked(marketer)
    answer = marketer.post(address("import-run", batch), follow=True)
    assert "Waiting for a worker" in answer.content.decode()
    assert ImportBatch.objects.get().state == State.WAITING
    assert marketer.get(address("import-columns", batch)).status_code == 302
    assert marketer.post(address("import-columns", batch), sent(MAPPING, go="1")).status_code == 302
    assert ImportBatch.objects.get().state == State.WAITING


def test_a_run_ends_as_the_check_said(marketer: Client, imported: ImportBatch) -> None:
    assert (imported.state, imported.created, imported.errors) == (State.DONE, 2, 2)
    page = marketer.get(address("import-detail", imported))
    leads = dict(Lead.objects.values_list("pk", "contact__last_name"))
    assert [(row.who, row.verdict) for row in page.context["rows"] if row.lead_id in leads] == [
        ("Marieke van den Broek", "created"),
        ("Ingrid Bakker", "created"),
    ]
    assert f'href="/leads/{min(leads)}/"' in page.content.decode()


def test_a_finished_import_says_what_came_of_it_and_where_to_go(marketer: Client, imported: ImportBatch) -> None:
    page = marketer.get(address("import-detail", imported)).content.decode()
    _before, _mark, said = page.partition("The import is done: 2 new people came in.")
    said, _mark, _after = said.partition("</p>")
    assert "2 rows did not come in: correct them in a file of their own, and import that." in " ".join(said.split())
    assert [link in said for link in (address("import-errors", imported), f"?campaign={imported.campaign_id}")] == [
        True,
        True,
    ]
    assert "added something" not in said


def test_what_is_missing_is_said_as_long_as_leads_wait_for_it(marketer: Client, imported: ImportBatch) -> None:
    page = address("import-detail", imported)
    (remark,) = marketer.get(page).context["remarks"]
    assert remark.startswith("The leads wait with marketing unscored: no definition of a lead is in force.")
    assert remark in marketer.get(page).content.decode()
    LeadTouch.objects.all().delete()
    assert marketer.get(page).context["remarks"] == []


def test_running_again_does_nothing(marketer: Client, imported: ImportBatch) -> None:
    marketer.post(address("import-run", imported))
    tasks.import_files()
    assert (ImportRow.objects.count(), Lead.objects.count()) == (4, 2)


def test_the_rows_to_correct_come_as_a_file(marketer: Client, imported: ImportBatch) -> None:
    answer = marketer.get(address("import-errors", imported))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people, rows to correct.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == '"Line";"Reason";"Naam";"E-mail";"Telefoon";"Datum";"Code"'
    assert [line.split(";")[0] + line.split(";")[2] for line in lines[1:]] == ['3"Piet Hoekstra"', '5""']


def test_rows_to_correct_come_in_once_they_are_corrected(marketer: Client) -> None:
    wide = "Naam;E-mail;Kleur\nAnna Wit;anna@wit.example;rood\nPiet Bos;piet@bos.example;blauw;te veel;nog meer\n"
    batch = checked(
        marketer, f"{wide}Ada Ros;ada@ros,example;geel\nBen Vos;ben@vos,example;geel\n", ["full_name", "email", "-"]
    )
    marketer.post(address("import-run", batch))
    tasks.import_files()
    content = marketer.get(address("import-errors", batch)).content.decode("utf-8-sig")
    _titles, piet, *others = content.splitlines()
    assert piet.endswith(';"Piet Bos";"piet@bos.example";"blauw";"te veel";"nog meer"')
    assert [line.split(";", 1)[0] for line in (piet, *others)] == ["3", "4", "5"]
    again = uploaded(marketer, content)
    assert again.mapping == ["-", "-", "full_name", "email", "-"]
    assert marketer.get(address("import-columns", again)).context["trial"].check.errors == 3
    right = content.replace(';"te veel";"nog meer"', "").replace("ada@ros,", "ada@ros.")
    batch = checked(marketer, right, again.mapping)
    marketer.post(address("import-run", batch))
    tasks.import_files()
    assert list(Contact.objects.order_by("pk").values_list("email_key", "attributes")) == [
        ("anna@wit.example", {}),
        ("piet@bos.example", {}),
        ("ada@ros.example", {}),
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_rows_to_correct_of_a_file_without_a_header_come_in_too(marketer: Client, language: str) -> None:
    fields = ["full_name", "email", "city"]
    batch = uploaded(marketer, "Anna Wit;anna@wit.example;Delft\nAda Ros;ada@ros,example;Delft\n")
    marketer.post(address("import-header", batch), {"line": "0"})
    marketer.post(address("import-columns", batch), sent(fields, go="1"))
    marketer.post(address("import-run", batch))
    tasks.import_files()
    User.objects.update(language=language)
    content = marketer.get(address("import-errors", batch)).content.decode("utf-8-sig")
    assert content.startswith({"en": '"Line";"Reason";"A"', "nl": '"Regel";"Reden";"A"'}[language])
    again = uploaded(marketer, content.replace("ros,example", "ros.example"))
    assert (again.headers[2:], again.mapping, again.rows) == (["A", "B", "C"], ["-", "-", *fields], 1)


def test_the_list_shows_what_became_of_each_file(marketer: Client, imported: ImportBatch) -> None:
    ImportBatch.objects.update(state=State.DONE, finished_at=timezone.now())
    checked(marketer)
    page = marketer.get("/imports/").content.decode()
    assert "Checked, not imported yet" in page
    assert "Vakbeurs 2025" in page


def test_the_list_asks_as_much_for_many_as_for_one(
    marketer: Client, imported: ImportBatch, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as asked:
        marketer.get("/imports/")
        count = len(asked)
    for _n in range(20):
        uploaded(marketer)
    with django_assert_num_queries(count):
        marketer.get("/imports/")


def test_nobody_to_qualify_is_said_and_the_batch_can_run_again(marketer: Client) -> None:
    batch = uploaded(marketer)
    queue_of("to_qualify").members.all().delete()
    answer = marketer.post(address("import-columns", batch), sent(MAPPING, go="1"), follow=True)
    assert "Nobody works the queue “To qualify”." in answer.content.decode()
    queue_of("to_qualify")
    assert running.request(ImportBatch.objects.get())


def test_progress_keeps_asking_while_it_runs(marketer: Client) -> None:
    batch = checked(marketer)
    ImportBatch.objects.update(state=State.RUNNING, staged=4)
    answer = marketer.get(address("import-progress", batch), {"state": "running"})
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    assert (answer.context["done"], answer.context["total"], answer.context["is_reading"]) == (0, 4, False)


def test_progress_is_of_all_rows_of_the_file(marketer: Client) -> None:
    batch = checked(marketer)
    ImportBatch.objects.update(state=State.RUNNING, staged=4, committed=2, created=2)
    page = marketer.get(address("import-detail", batch))
    assert (page.context["done"], page.context["total"], page.context["counted"]) == (2, 4, 2)
    assert "2 / 4" in page.content.decode()


def test_a_run_is_paused_resumed_and_ended(marketer: Client) -> None:
    batch = checked(marketer)
    marketer.post(address("import-run", batch))
    marketer.post(address("import-pause", batch))
    tasks.import_files()
    page = marketer.get(address("import-detail", batch)).content.decode()
    assert "The import is paused" in page
    assert "Paused" in marketer.get("/imports/").content.decode()
    marketer.post(address("import-resumption", batch))
    batch.refresh_from_db()
    assert batch.state == State.WAITING
    marketer.post(address("import-cancellation", batch))
    page = marketer.post(address("import-pause", batch), follow=True).content.decode()
    assert "That came too late" in page
    assert "The import was ended. Nothing was imported." in page
    assert not Contact.objects.exists()


def test_what_stays_of_an_import_that_was_taken_back_is_shown(marketer: Client, imported: ImportBatch) -> None:
    ImportBatch.objects.update(state=State.DONE)
    with lifecycle.history():
        rep, lead = make_user(Role.HUNTER), Lead.objects.order_by("pk")[0]
        holds = {lead.pk: lifecycle.Hold(timezone.now() + timedelta(days=3), owner=rep.pk)}
        claimed = Lead.objects.filter(pk=lead.pk)
        lifecycle.hold(claimed, holds=holds, at=timezone.now(), reason=Reason.CLAIMED, by=rep)
    marketer.post(address("import-undoing", imported))
    tasks.import_files()
    rows = marketer.get(address("import-detail", imported), {"verdict": "kept"}).context["rows"]
    assert [(row.line, row.reason) for row in rows] == [(2, "Somebody has worked on the lead since: it stays.")]
