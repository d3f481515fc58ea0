"""A file comes in by the browser: who may, what is refused and why, which sheet and which header."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import tasks
from leads.forms import imports as forms
from leads.forms import uploads
from leads.importing import running
from leads.models import Campaign, Contact, ImportBatch, Lead
from tests.factories import make_campaign, make_user
from tests.leads.import_views.wizard import NEW, address, checked, file, sent, uploaded

State = ImportBatch.State
pytestmark = pytest.mark.django_db


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
    assert (batch.campaign, batch.new_campaign) == (None, "Beurs")
    assert "people" not in batch.file.name


def test_a_new_campaign_is_made_when_the_run_begins(marketer: Client) -> None:
    batch = checked(marketer, campaign=" Beurs ", channel="event")
    assert (batch.preview["created"], Campaign.objects.exists()) == (2, False)
    assert [b"Beurs" in marketer.get(url).content for url in ("/imports/", address("import-detail", batch))] == [
        True
    ] * 2
    marketer.post(address("import-run", batch))
    assert not Campaign.objects.exists()
    tasks.import_files()
    batch.refresh_from_db()
    made = Campaign.objects.get()
    assert (batch.campaign, batch.new_campaign, made.name, made.channel) == (made, "", "Beurs", "event")
    assert list(Lead.objects.values_list("campaign", flat=True)) == [made.pk] * 2


def test_a_campaign_that_somebody_made_meanwhile_is_the_one_meant(marketer: Client) -> None:
    batch = checked(marketer, campaign="Beurs")
    made = make_campaign("beurs")
    marketer.post(address("import-run", batch))
    tasks.import_files()
    batch.refresh_from_db()
    assert (batch.campaign, Campaign.objects.count()) == (made, 1)


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
        (b"Just some text", "fake.xlsx", "“fake.xlsx” is called a workbook, and is none:"),
        (b'[{"name": "Piet"}]', "leads.csv", "This is a JSON file, not a table."),
        (
            (",".join(map(str, range(10_000))) + "\n") * 2,
            "wide.csv",
            "The table has 10000 columns; at most 1000 can be read.",
        ),
    ],
    ids=["empty", "blank", "header only", "pdf", "word", "damaged", "cut off", "no workbook", "json", "wide"],
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


def test_a_text_with_rows_may_be_called_a_workbook(marketer: Client) -> None:
    answer = marketer.post(NEW, {"file": file("Naam;E-mail\nPiet;piet@wit.example\n", "export.XLS")})
    assert (answer.status_code, ImportBatch.objects.get().rows) == (302, 1)


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
