"""The wizard that brings a file in: upload, columns, check, run, result; and what it refuses."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import tasks
from leads.forms import imports as forms
from leads.forms import uploads
from leads.importing import checks, choosing, running
from leads.models import Campaign, Contact, Engagement, ImportBatch, ImportRow, Lead, LeadTouch, MappingTemplate
from tests.factories import make_campaign, make_user, queue_of

OFFICE = ZoneInfo("Europe/Amsterdam")
pytestmark = pytest.mark.django_db

State = ImportBatch.State
NEW = "/imports/new/"
PEOPLE = (
    "Naam;E-mail;Telefoon;Datum;Code\n"
    "Marieke van den Broek;m.broek@bouw.example;06 24819033;13-11-2025;A1\n"
    "Piet Hoekstra;p.hoekstra@zorg,example;0624-81;14-11-2025;A2\n"
    "Ingrid Bakker;i.bakker@staal.example;;15-11-2025;A3\n"
    ";;;16-11-2025;A4\n"
)
MAPPING = ["full_name", "email", "phone", "occurred_at", ""]


@pytest.fixture
def marketer(client: Client) -> Client:
    queue_of("to_qualify")
    client.force_login(make_user(Role.MARKETER))
    return client


def file(content: str | bytes = PEOPLE, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def uploaded(client: Client, content: str | bytes = PEOPLE, **fields: Any) -> ImportBatch:
    answer = client.post(NEW, {"file": file(content), **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportBatch.objects.get(pk=answer.url.split("/")[2])


def address(name: str, batch: ImportBatch) -> str:
    return reverse(f"leads:{name}", args=[batch.pk])


def sent(mapping: list[str], **fields: str) -> dict[str, Any]:
    return {"column": mapping, "country": "NL", **fields}


def checked(client: Client, content: str | bytes = PEOPLE, mapping: list[str] = MAPPING, **fields: Any) -> ImportBatch:
    batch = uploaded(client, content, **fields)
    answer = client.post(address("import-columns", batch), sent(mapping, go="1"))
    assert (answer.status_code, answer.url) == (302, address("import-detail", batch))
    batch.refresh_from_db()
    return batch


@pytest.fixture
def imported(marketer: Client) -> ImportBatch:
    batch = checked(marketer, campaign="Vakbeurs 2025", channel="event")
    marketer.post(address("import-run", batch))
    tasks.import_files()
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("role", [Role.HUNTER, Role.FARMER, Role.SALES_MANAGER])
def test_only_those_who_may_import_come_in(client: Client, role: Role) -> None:
    client.force_login(make_user(role))
    assert [client.get(url).status_code for url in ("/imports/", NEW, "/imports/1/", "/imports/1/columns/")] == [
        403
    ] * 4
    assert [client.post(url).status_code for url in (NEW, "/imports/1/run/", "/imports/1/sheet/")] == [403] * 3
    assert not ImportBatch.objects.exists()


def test_who_is_not_logged_in_is_sent_to_log_in(client: Client) -> None:
    assert client.get(NEW).url == "/accounts/login/?next=/imports/new/"


def test_an_upload_without_the_token_is_refused(marketer: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = marketer.cookies
    assert strict.post(NEW, {"file": file()}).status_code == 403
    assert not ImportBatch.objects.exists()


def test_an_empty_list_says_what_to_do(marketer: Client) -> None:
    page = marketer.get("/imports/").content.decode()
    assert "No file has come in yet" in page
    assert 'href="/imports/new/"' in page


def test_a_file_becomes_a_batch_with_a_name_of_our_own(marketer: Client) -> None:
    batch = uploaded(marketer, campaign="  Beurs  ", channel="event")
    assert (batch.name, batch.state, batch.rows, batch.channel) == ("people.csv", State.MAPPING, 4, "event")
    assert (batch.campaign.name, batch.campaign.channel) == ("Beurs", "event")
    assert "people" not in batch.file.name


def test_a_campaign_that_is_there_is_used_whatever_its_case(marketer: Client) -> None:
    campaign = make_campaign("Webinar")
    assert uploaded(marketer, campaign="wEBINAR").campaign == campaign
    assert Campaign.objects.count() == 1


def workbook(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "The file is empty."),
        (b"\xef\xbb\xbf\n\n", "blank.csv", "The file is empty."),
        (b"Naam;E-mail\n", "header.csv", "There are no rows below the header."),
        (b"%PDF-1.7 ...", "leads.csv", "This is a PDF file, not a table."),
        (workbook("word/document.xml"), "leads.xlsx", "This is a Word file, not a table."),
        (workbook("xl/workbook.xml"), "leads.xlsx", "The workbook is damaged or cut off."),
        (workbook("xl/workbook.xml")[:40], "leads.xlsx", "The workbook is damaged or cut off."),
        (b'[{"name": "Piet"}]', "leads.csv", "This is a JSON file, not a table."),
        (
            (",".join(map(str, range(10_000))) + "\n") * 2,
            "wide.csv",
            "The table has 10000 columns; at most 1000 can be read.",
        ),
    ],
    ids=["empty", "blank", "header only", "pdf", "word", "damaged", "cut off", "json", "wide"],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    marketer: Client, content: bytes | str, name: str, said: str
) -> None:
    answer = marketer.post(NEW, {"file": file(content, name), "campaign": "Beurs"})
    assert answer.status_code == 422
    assert [error[: len(said)] for error in answer.context["form"].errors["file"]] == [said]
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not ImportBatch.objects.exists()
    assert not Campaign.objects.exists()


def test_a_file_that_is_too_large_is_refused(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (forms, uploads):
        monkeypatch.setattr(module, "LARGEST", 1_000_000)
    answer = marketer.post(NEW, {"file": file(b"naam\n" + b"x" * 1_000_000)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith("The file is larger than 1 MB.")


@pytest.mark.parametrize("name", ["!!!", "...csv", "x" * 250 + ".csv", "<b>.csv", "..\\..\\a.csv"])
def test_any_name_of_a_file_is_only_a_label(marketer: Client, name: str) -> None:
    answer = marketer.post(NEW, {"file": file(name=name)}, follow=True)
    assert answer.status_code == 200
    assert "<b>.csv" not in answer.content.decode()


def test_no_file_at_all_is_asked_for(marketer: Client) -> None:
    answer = marketer.post(NEW, {"campaign": "Beurs"})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["Choose a file first."])


def test_the_columns_show_what_their_values_come_to(marketer: Client) -> None:
    batch = uploaded(marketer)
    suggested = marketer.get(address("import-columns", batch)).context["columns"]
    assert [column.field for column in suggested[:4]] == MAPPING[:4]
    page = marketer.post(address("import-columns", batch), sent(MAPPING))
    columns = page.context["columns"]
    assert [(c.check.good, c.check.doubtful, c.check.bad, c.check.blank) for c in columns[:4]] == [
        (3, 0, 0, 1),
        (2, 0, 1, 1),
        (1, 1, 0, 2),
        (4, 0, 0, 0),
    ]
    check = page.context["trial"].check
    assert (check.rows, check.ready, check.doubtful, check.errors) == (4, 2, 0, 2)
    assert page.context["person"][0] == ("Name", "Marieke van den Broek")


def test_a_change_is_tried_and_not_kept(marketer: Client) -> None:
    batch = uploaded(marketer)
    answer = marketer.post(
        address("import-columns", batch),
        sent(["full_name", "", "phone", "", "-"], row="3"),
        headers={"HX-Request": "true"},
    )
    assert answer.templates[0].name == "leads/imports/_columns.html"
    assert [column.is_left_out for column in answer.context["columns"]] == [False] * 4 + [True]
    assert dict(answer.context["person"])["Name"] == "Ingrid Bakker"
    assert ImportBatch.objects.get().mapping == batch.mapping


def test_a_field_goes_to_one_column_only(marketer: Client) -> None:
    batch = uploaded(marketer)
    answer = marketer.post(
        address("import-columns", batch), sent(["full_name", "email", "email", "occurred_at", ""], go="1")
    )
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "The field “Email” is chosen for 2 columns: “E-mail”, “Telefoon”. Keep it for one and choose another for the rest."
    ]
    assert [column.is_wrong for column in answer.context["columns"]] == [False, True, True, False, False]


def test_somebody_must_be_named_by_a_column(marketer: Client) -> None:
    answer = marketer.post(address("import-columns", uploaded(marketer)), sent(["", "", "", "occurred_at", ""], go="1"))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()[0].startswith("No column says who it is about.")


def test_the_order_of_a_date_is_asked_where_nothing_tells(marketer: Client) -> None:
    batch = uploaded(marketer, "Naam;Datum\nPiet Smit;03-04-2025\nJan Bos;05-06-2025\n")
    columns = address("import-columns", batch)
    answer = marketer.post(columns, sent(["full_name", "occurred_at"]))
    assert [(order, is_chosen) for order, _label, is_chosen in answer.context["columns"][1].orders] == [
        ("dmy", True),
        ("mdy", False),
        ("ymd", False),
    ]
    assert answer.context["columns"][1].hint == "Day and month cannot be told apart: choose how they are read"
    assert marketer.post(columns, sent(["full_name", "occurred_at"], go="1", order_1="mdy")).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.options["date_orders"]) == (State.CHECKED, {"1": "mdy"})
    marketer.post(address("import-run", batch))
    tasks.import_files()
    days = Engagement.objects.order_by("occurred_at").values_list("occurred_at", flat=True)
    assert [timezone.localtime(at, OFFICE).strftime("%d %m") for at in days] == ["04 03", "06 05"]


def test_the_order_of_a_date_is_not_asked_where_one_value_tells(marketer: Client) -> None:
    batch = uploaded(marketer, "Naam;Datum\nPiet Smit;03-04-2025\nJan Bos;25-06-2025\n")
    answer = marketer.post(address("import-columns", batch), sent(["full_name", "occurred_at"], order_1="mdy"))
    assert answer.context["columns"][1].orders == []
    assert answer.context["trial"].columns[1].date_order == "dmy"
    assert answer.context["trial"].check.errors == 0


@pytest.mark.parametrize("columns", [[], ["full_name"], ["full_name"] * 40, ["nonsense", "email", "", "", ""]])
def test_columns_that_are_sent_in_wrongly_never_break(marketer: Client, columns: list[str]) -> None:
    batch = uploaded(marketer)
    answer = marketer.post(
        address("import-columns", batch), sent(columns, row="99999999999", found="<x>", country="??")
    )
    assert answer.status_code == 200


def test_a_thousand_columns_can_be_chosen(marketer: Client) -> None:
    names = [f"k{n}" for n in range(1_000)]
    batch = uploaded(marketer, ";".join(["Naam", *names[1:]]) + "\n" + ";".join(["Piet Smit"] + ["x"] * 999) + "\n")
    answer = marketer.post(address("import-columns", batch), sent(["full_name"] + [""] * 999, go="1"))
    assert answer.status_code == 302
    assert ImportBatch.objects.get().preview["created"] == 1


def test_another_sheet_can_be_read(marketer: Client) -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for title, header, name in (("Bezoekers", "Naam", "Piet Smit"), ("Sprekers", "Name", "Ann Lee")):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, [header, "E-mail"])
            sheet.write_row(1, 0, [name, "a@b.example"])
    batch = uploaded(marketer, buffer.getvalue())
    other = next(name for name in ("Bezoekers", "Sprekers") if name != batch.sheet)
    marketer.post(address("import-sheet", batch), {"sheet": other})
    batch.refresh_from_db()
    assert batch.sheet == other
    marketer.post(address("import-sheet", batch), {"sheet": "nowhere"})
    batch.refresh_from_db()
    assert batch.sheet == other


def test_a_check_writes_nothing_and_says_what_each_row_will_do(marketer: Client) -> None:
    batch = checked(marketer)
    assert batch.state == State.CHECKED
    assert not Contact.objects.exists()
    page = marketer.get(address("import-detail", batch))
    assert [(tally.verdict, tally.count) for tally in page.context["tallies"]] == [
        ("created", 2),
        ("updated", 0),
        ("merged", 0),
        ("skipped", 0),
        ("error", 2),
    ]
    assert [(row.line, row.verdict) for row in page.context["rows"]] == [
        (2, "created"),
        (3, "error"),
        (4, "created"),
        (5, "error"),
    ]
    only = marketer.get(address("import-detail", batch), {"verdict": "error"}, headers={"HX-Request": "true"})
    assert [row.line for row in only.context["rows"]] == [3, 5]


def test_a_large_file_is_checked_by_a_worker(marketer: Client) -> None:
    rows = "".join(f"Piet Smit{n};p{n}@bouw.example\n" for n in range(1_001))
    batch = checked(marketer, "Naam;E-mail\n" + rows, ["full_name", "email"])
    assert batch.state == State.CHECKING
    page = marketer.get(address("import-detail", batch))
    assert "Checking what each row will do" in page.content.decode()
    tasks.import_files()
    answer = marketer.get(address("import-progress", batch), {"state": "checking"})
    assert answer.headers["HX-Refresh"] == "true"
    assert marketer.get(address("import-detail", batch)).context["total"] == 1_001


def test_a_check_over_several_slices_takes_consent_along(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 1)
    people = "Naam;E-mail;Opt-in\n" + "Piet Smit;p@bouw.example;ja\n" * 3
    batch = checked(marketer, people, ["full_name", "email", "consent_email"])
    counts = {key: batch.preview[key] for key in ("created", "merged", "skipped")}
    marketer.post(address("import-run", batch))
    tasks.import_files()
    batch.refresh_from_db()
    assert {key: getattr(batch, key) for key in counts} == counts


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
    assert lines[0] == "Naam,E-mail,Telefoon,Datum,Code,Line,Reason"
    assert [line.split(",")[0] for line in lines[1:]] == ["Piet Hoekstra", ""]


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


CHOSEN = {"has_choices": "1", "is_routable": "1", "is_told": "1", "template_name": ""}


def test_choices_are_tried_kept_and_shown_again(marketer: Client) -> None:
    batch = uploaded(marketer, "E-mail;Land\na@wit.example;Lage Landen\nb@wit.example;België\n")
    sending = sent(
        ["email", "country"], word_1=["Lage Landen", "België"], meaning_1=["Nederland", ""], words_of_1="country"
    )
    sending |= CHOSEN | {"constant_field": ["tags", "city"], "constant_value": ["beurs", ""], "conflict_0": "keep"}
    sending |= {"known_by_0": "email", "known_by_1": "", "is_told": []}
    page = marketer.post(address("import-columns", batch), sending)
    assert [column.check.doubtful for column in page.context["columns"]] == [0, 0]
    marketer.post(address("import-columns", batch), sending | {"go": "1"})
    batch.refresh_from_db()
    assert {key: batch.options[key] for key in ("words", "constants", "on_conflict", "known_by", "is_routable", "is_told")} == {
        "words": {"1": {"lage landen": "Nederland"}}, "constants": {"tags": "beurs"}, "on_conflict": {"0": "keep"},
        "known_by": ["email"], "is_routable": True, "is_told": False,
    }  # fmt: skip
    running.run(batch, at=timezone.now())
    assert list(Contact.objects.order_by("pk").values_list("country", "tags")) == [("NL", ["beurs"]), ("BE", ["beurs"])]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"constant_field": ["country"], "constant_value": ["Nergens"]},
            "Country: Column “Country”: “Nergens” could not be read",
        ),
        (
            {"word_1": ["Q"], "meaning_1": ["Nergens"], "words_of_1": "country"},
            "Land: Column “Country”: “Nergens” could not",
        ),
        ({"known_by_0": "email", "known_by_1": "email"}, "People are known by the same thing twice"),
    ],
)
def test_choices_that_cannot_be_are_refused(marketer: Client, wrong: dict[str, Any], said: str) -> None:
    batch = uploaded(marketer, "E-mail;Land\na@wit.example;Q\n")
    answer = marketer.post(address("import-columns", batch), sent(["email", "country"], go="1") | CHOSEN | wrong)
    assert answer.status_code == 422
    assert [error[: len(said)] for error in answer.context["form"].non_field_errors()] == [said]


BAD = "Naam;E-mail;Datum\nA;a@zorg,example;13-11-2025\nB;b@gmial.com;11-14-2025\nC;c@hotmial.com;15-11-2025\n"
BAD_MAPPING = ["full_name", "email", "occurred_at"]


def test_cells_are_put_right_one_by_one_and_all_alike(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    page = marketer.post(address("import-columns", batch), sent(BAD_MAPPING))
    found = {(finding.n, finding.place): finding for finding in page.context["findings"]}
    assert {key: finding.better for key, finding in found.items()} == {
        (1, 1): "a@zorg.example", (2, 2): "2025-11-14", (2, 1): "b@gmail.com", (3, 1): "c@hotmail.com",
    }  # fmt: skip
    corrections = address("import-corrections", batch)
    marketer.post(corrections, sent(BAD_MAPPING, correct="1:1", value_1_1="a@zorg.example"))
    marketer.post(corrections, sent(BAD_MAPPING, correct="2:2", value_2_2="2025-11-14"))
    page = marketer.post(
        corrections, sent(BAD_MAPPING, accept=f"1:{found[2, 1].sentence}"), headers={"HX-Request": "true"}
    )
    assert (page.context["findings"], page.context["put_right"], page.context["trial"].check.ready) == ([], 3, 3)
    marketer.post(address("import-columns", batch), sent(BAD_MAPPING, go="1"))
    batch.refresh_from_db()
    assert (batch.state, batch.preview["created"], batch.preview["errors"]) == (State.CHECKED, 3, 0)
    running.run(batch, at=timezone.now())
    keys = Contact.objects.order_by("pk").values_list("email_key", flat=True)
    assert list(keys) == ["a@zorg.example", "b@gmail.com", "c@hotmail.com"]
    assert b"zorg,example" in batch.file.open().read()
    assert marketer.post(corrections, {"as_in_file": "1"}).url == address("import-detail", batch)


def test_what_was_put_right_is_as_in_the_file_again(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    corrections = address("import-corrections", batch)
    marketer.post(corrections, sent(BAD_MAPPING, correct="1:1", value_1_1="a@zorg\0.example "))
    batch.refresh_from_db()
    assert batch.corrections == {"1": {"1": "a@zorg.example"}}
    page = marketer.post(corrections, sent(BAD_MAPPING, correct="1:99"), follow=True)
    assert "That could not be put right here" in page.content.decode()
    marketer.post(corrections, sent(BAD_MAPPING, as_in_file="1"))
    batch.refresh_from_db()
    assert (batch.corrections, batch.options["accepted"]) == ({}, {})


def test_suggestions_accepted_meanwhile_stay_until_their_column_becomes_another_field(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    choosing.columns(batch, BAD_MAPPING, {}, at=timezone.now())
    stale = ImportBatch.objects.get(pk=batch.pk)
    for place in (0, 1):
        choosing.accept(batch, place, "That is misspelt.")
    for mapping, places in ((BAD_MAPPING, {"0", "1"}), ([BAD_MAPPING[0], "phone", None], {"0"})):
        choosing.columns(stale, mapping, {"known_by": ["email"]}, at=timezone.now())
        batch.refresh_from_db()
        assert batch.options == {"known_by": ["email"], "accepted": {key: ["That is misspelt."] for key in places}}


def test_a_row_is_shown_with_what_is_found_in_it(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = uploaded(marketer, BAD)
    for checked_rows in (5_000, 1):
        monkeypatch.setattr(checks, "CHECKED_ROWS", checked_rows)
        page = marketer.get(f"{address('import-columns', batch)}?row=3")
        assert [(finding.n, finding.better) for finding in page.context["findings"]] == [(3, "c@hotmail.com")]
        assert ("Only the first 1 rows are looked at here." in page.text) == (checked_rows == 1)


def test_a_row_is_shown_with_the_name_that_it_comes_in_with(marketer: Client) -> None:
    batch = uploaded(marketer, 'Naam;E-mail\n"Broek, M. van den";m@bouw.example\nde heer Piet Bos;p@bouw.example\n')
    names = [
        dict(marketer.get(f"{address('import-columns', batch)}?row={n}").context["person"])["Name"] for n in (1, 2)
    ]
    assert names == ["M. van den Broek", "de heer Piet Bos"]


def test_another_line_is_the_header_or_none(marketer: Client) -> None:
    batch = uploaded(marketer, "Beurs 2025\nNaam;E-mail\nPiet;piet@wit.example\n")
    page = marketer.get(address("import-header", batch))
    assert [(line.line, line.is_header) for line in page.context["lines"]] == [(1, False), (2, True), (3, False)]
    for line, headers, rows in (("1", ["Beurs 2025", ""], 2), ("0", ["", ""], 3), ("2", ["Naam", "E-mail"], 1)):
        assert marketer.post(address("import-header", batch), {"line": line}).url == address("import-columns", batch)
        batch.refresh_from_db()
        assert (batch.headers, batch.rows) == (headers, rows)
    marketer.post(address("import-header", batch), {"line": "0"})
    assert [column.header for column in marketer.get(address("import-columns", batch)).context["columns"]] == ["A", "B"]
    page = marketer.post(address("import-header", batch), {"line": "77"}, follow=True)
    assert "Line 77 cannot be the header" in page.content.decode()


def test_a_vcard_file_goes_the_same_way(marketer: Client) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Broek;Marieke;van den;;\nEMAIL:m@bouw.example\nEND:VCARD\n"
    batch = uploaded(marketer, card)
    assert batch.mapping == ["first_name", "infix", "last_name", "email"]
    assert address("import-header", batch) not in marketer.get(address("import-columns", batch)).content.decode()
    marketer.post(address("import-columns", batch), sent(batch.mapping, go="1"))
    running.run(batch, at=timezone.now())
    assert Contact.objects.get().full_name == "Marieke van den Broek"


def test_a_template_is_kept_shared_used_renamed_and_removed(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    address_of = address("import-template", batch)
    said = sent(BAD_MAPPING, conflict_0="overwrite", constant_field="tags", constant_value="beurs") | CHOSEN
    marketer.post(address_of, said | {"template_name": ""})
    assert not MappingTemplate.objects.exists()
    marketer.post(address_of, said | {"template_name": "Scanner", "template_shared": "on"})
    template = MappingTemplate.objects.get()
    assert (template.name, template.is_shared, template.content["constants"]) == ("Scanner", True, {"tags": "beurs"})
    other = Client()
    other.force_login(make_user(Role.MARKETER))
    new = uploaded(other, "Datum;naam;E-mail;Code\n13-11-2025;A;a@wit.example;1\n")
    assert other.get(address("import-columns", new)).context["templates"] == [template]
    other.post(address("import-template", new), {"use": "1", "template": template.pk})
    new.refresh_from_db()
    assert new.mapping == ["occurred_at", "full_name", "email", "external_id"]
    assert (new.options["on_conflict"], new.options["constants"]) == ({"1": "overwrite"}, {"tags": "beurs"})
    edit, removal = (
        reverse(f"leads:{name}", args=[template.pk]) for name in ("import-template-edit", "import-template-removal")
    )
    assert [other.post(url, {}).status_code for url in (edit, removal)] == [404, 404]
    assert other.get("/imports/templates/").context["templates"] == [(template, None)]
    marketer.post(edit, {f"t{template.pk}-name": "Beursscanner"})
    template.refresh_from_db()
    assert (template.name, template.is_shared) == ("Beursscanner", False)
    assert other.get("/imports/templates/").context["templates"] == []
    marketer.post(removal)
    assert not MappingTemplate.objects.exists()


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


def test_a_place_that_no_file_has_is_no_fault_of_ours(marketer: Client) -> None:
    batch, far = uploaded(marketer), "1" * 5000
    for said in ({"correct": f"{far}:1"}, {"correct": f"1:{far}"}, {"accept": f"{far}:x"}):
        assert marketer.post(address("import-corrections", batch), sent(MAPPING) | said).status_code == 302
    assert marketer.post(address("import-template", batch), {"use": "", "template": far}).status_code == 404
    batch.refresh_from_db()
    assert (batch.corrections, batch.options.get("accepted", {})) == ({}, {})


REPORT = PEOPLE + "\nTotaal;3;;;\nEnd of report;;;;\n"
LEFT_OUT = (
    "2 lines below the header are not read as rows: they close a report or belong to another table (from line 7 on)."
)


def test_lines_that_are_no_rows_are_said_from_the_columns_to_the_end(marketer: Client) -> None:
    batch = checked(marketer, REPORT)
    assert batch.rows == 4
    seen = [marketer.get(address("import-detail", batch)).context["remarks"]]
    assert marketer.get(address("import-columns", batch)).context["remarks"] == [LEFT_OUT]
    marketer.post(address("import-run", batch))
    tasks.import_files()
    seen.append(marketer.get(address("import-detail", batch)).context["remarks"][:1])
    assert seen == [[LEFT_OUT], [LEFT_OUT]]


def test_a_file_that_was_not_counted_is_surveyed_when_it_is_read_whole(marketer: Client) -> None:
    batch = uploaded(marketer, REPORT)
    del batch.reading["left_out"]
    running.change(batch, rows=0, reading=batch.reading)
    assert (batch.rows, marketer.get(address("import-columns", batch)).context["remarks"]) == (0, [])
    running.check(batch, at=timezone.now())
    assert (batch.rows, marketer.get(address("import-detail", batch)).context["remarks"]) == (4, [LEFT_OUT])
