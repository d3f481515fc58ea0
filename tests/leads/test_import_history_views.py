"""Moving in by the pages: what words become is said by hand, shown again, and asked for before anything goes on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import tasks
from leads.importing import history
from leads.models import ImportBatch, Lead
from leads.views import import_history
from leads.views.import_columns import written
from tests.factories import make_user, queue_of

pytestmark = pytest.mark.django_db
FILE = (
    "Naam,E-mail,Status,Eigenaar,Sluitdatum,Bedrag\n"
    "Piet Smit,piet@wit.example,In behandeling,Daan,,\n"
    "Ada Bos,ada@wit.example,Gewonnen,Vertrokken,2025-05-01,500\n"
    "Ben Ros,ben@wit.example,Bijzonder,Daan,,\n"
)
FIELDS = ["full_name", "email", "lead_status", "owner", "", ""]


@pytest.fixture
def marketer(client: Client) -> Client:
    queue_of("to_qualify")
    make_user(Role.HUNTER, name="Daan Visser")
    client.force_login(make_user(Role.MARKETER))
    return client


@pytest.fixture
def page(marketer: Client) -> str:
    answer = marketer.post("/imports/new/", {"file": SimpleUploadedFile("crm.csv", FILE.encode())})
    return f"/imports/{answer.url.split('/')[2]}/columns/"


def sent(**more: Any) -> dict[str, Any]:
    return {"column": FIELDS, "country": "NL", "has_choices": "1", "is_history": "1"} | more


def meanings(statuses: list[str], owners: list[str]) -> dict[str, Any]:
    return {
        "words_of_2": "lead_status", "word_2": ["In behandeling", "Gewonnen", "Bijzonder"], "meaning_2": statuses,
        "words_of_3": "owner", "word_3": ["Daan", "Vertrokken"], "meaning_3": owners,
    }  # fmt: skip


def chosen(answer: Any) -> list[list[str | None]]:
    """What stands chosen for the values of each column; None where it is still to be."""
    return [
        [row.options.split(" selected")[0].rsplit('value="', 1)[1].rstrip('"') if " selected" in row.options else None
         for row in table.rows]
        for table in answer.context["value_tables"]
    ]  # fmt: skip


def test_columns_and_words_are_suggested_when_it_is_said_to_be_history(marketer: Client, page: str) -> None:
    assert "value_tables" not in marketer.get(page).context
    answer = marketer.post(page, sent())
    assert [column.field for column in answer.context["columns"]] == [*FIELDS[:4], "closed_at", "amount"]
    daan = answer.context["value_tables"][1].rows[0].options
    assert "Daan Visser" in daan
    assert chosen(answer)[0] == ["sal", "won", None]
    kept = marketer.post(page, sent(was_history="1"))
    assert [column.field for column in kept.context["columns"]][4:] == ["", ""]


@pytest.mark.parametrize("email", ["ada@wit.example", "ada@wit,example"])
def test_what_a_row_becomes_is_said_in_words(marketer: Client, email: str) -> None:
    said = {
        "file": SimpleUploadedFile("crm.csv", f"Status,Soort,Kanaal,E-mail\nGewonnen,gebeld,beurs,{email}\n".encode())
    }
    answer = marketer.post("/imports/new/", said)
    fields = ["lead_status", "last_follow_up_kind", "channel", "email"]
    page = f"/imports/{answer.url.split('/')[2]}/columns/"
    person = marketer.post(page, sent(was_history="1") | {"column": fields}).context["person"]
    assert {str(value) for _label, value in person}.isdisjoint({"won", "call", "event"})
    assert {"Won", "Event"} <= {str(value) for _label, value in person}


def test_nothing_goes_on_before_every_word_has_a_meaning(marketer: Client, page: str) -> None:
    for more in ({}, meanings(["sal", "won", ""], ["-", "-"])):
        answer = marketer.post(page, sent(was_history="1", go="1", **more))
        assert answer.status_code == 422
        assert "Say of every value of “Status” what it becomes" in answer.content.decode()
    assert ImportBatch.objects.get().options == {}


def test_what_was_said_is_kept_and_done(marketer: Client, page: str) -> None:
    daan = make_user(Role.HUNTER, name="Femke Dijk")
    said = meanings(["sal", "won", "lost"], [daan.email, "-"])
    fields = [*FIELDS[:4], "closed_at", "amount"]
    more = {"is_all_worked": "1", "closed_on": "2025-12-31", "was_history": "1", "go": "1"}
    answer = marketer.post(page, sent(**said, **more) | {"column": fields})
    assert answer.status_code == 302
    shown = marketer.get(answer.url)
    assert [(str(label), count) for label, count in shown.context["stands"]] == [
        ("Accepted by sales", 1), ("Won", 1), ("Lost", 1),
    ]  # fmt: skip
    again = marketer.get(page)
    assert chosen(again) == [["sal", "won", "lost"], [daan.email, "-"]]
    marketer.post(page, sent(**said, **more) | {"column": fields})
    marketer.post(page.replace("columns", "run"))
    tasks.import_files()
    leads = Lead.objects.order_by("pk").values_list("stage", "owner", "closed_at__date")
    assert [(stage, owner, closed and closed.isoformat()) for stage, owner, closed in leads] == [
        ("sal", daan.pk, None), ("won", None, "2025-04-30"), ("lost", daan.pk, "2025-12-30"),
    ]  # fmt: skip
    assert "All worked by sales" in marketer.get("/imports/").content.decode()


def test_a_column_of_too_many_values_is_refused(marketer: Client, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_VALUES", 2)
    answer = marketer.post(page, sent(was_history="1", go="1"))
    assert answer.status_code == 422
    assert "“Status” has more than 2 different values" in answer.content.decode()


@pytest.mark.parametrize("day", ["tomorrow", "2999-01-01"])
def test_a_day_of_closing_lies_in_the_past(marketer: Client, page: str, day: str) -> None:
    answer = marketer.post(page, sent(was_history="1", go="1", closed_on=day))
    assert answer.status_code == 422
    assert "Choose a day in the past" in answer.content.decode()


def test_the_order_of_days_is_asked_where_no_value_tells_it(marketer: Client) -> None:
    text = "Naam,Afgesloten op\nPiet Smit,03-04-2025\nAda Bos,05-06-2025\n"
    answer = marketer.post("/imports/new/", {"file": SimpleUploadedFile("crm.csv", text.encode())})
    page = f"/imports/{answer.url.split('/')[2]}/columns/"
    fields = {"column": ["full_name", "closed_at"], "was_history": "1"}
    asked = marketer.post(page, sent() | fields).context["columns"][1]
    assert [value for value, _label, is_now in asked.orders if is_now] == ["dmy"]
    told = marketer.post(page, sent(order_1="mdy") | fields).context["columns"][1]
    assert [value for value, _label, is_now in told.orders if is_now] == ["mdy"]


def test_whoever_is_chosen_by_a_first_name_is_not_said_to_be_nobody(marketer: Client, page: str) -> None:
    answer = marketer.post(page, sent(was_history="1"))
    assert chosen(answer)[1] == [User.objects.get(name="Daan Visser").email, None]
    told = [finding.said for finding in answer.context["findings"]]
    assert [one for one in told if "Daan" in one] == []
    assert [one for one in told if "Vertrokken" in one] != []


def test_one_meaning_can_be_said_of_all_that_are_left(marketer: Client, page: str) -> None:
    said = meanings(["", "won", ""], ["", ""]) | {"rest_2": "lost", "rest_3": "-"}
    assert chosen(marketer.post(page, sent(was_history="1", **said))) == [["lost", "won", "lost"], ["-", "-"]]


def test_an_amount_reads_as_its_reader_writes_it() -> None:
    with translation.override("nl"):
        assert written(Decimal("12500.00")) == "12.500,00"
    assert written(Decimal("12500.00")) == "12,500.00"


def crm(*owners: str) -> SimpleUploadedFile:
    rows = "".join(f"Piet {n},p{n}@wit.example,new,{name}\n" for n, name in enumerate(owners))
    return SimpleUploadedFile("crm.csv", f"Naam,E-mail,Status,Eigenaar\n{rows}".encode())


def test_many_owners_are_found_in_one_list(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_history, "MOST_OPTIONS", 100)
    monkeypatch.setattr(import_history, "SHOWN", 3)
    here = [make_user(Role.HUNTER, name=f"Rep {n:02}") for n in range(10)]
    names = [f"Rep {n:02}" for n in range(14)]
    page = f"/imports/{marketer.post('/imports/new/', {'file': crm(*names)}).url.split('/')[2]}/columns/"
    fields = {"column": FIELDS[:4], "was_history": "1"}
    answer = marketer.post(page, sent() | fields)
    table = answer.context["value_tables"][1]
    assert (len(table.rows), len(table.shown), len(table.folded), table.left) == (14, 4, 10, 4)
    assert answer.text.count(f'value="{here[7].email}"') == 3
    said = {row.said: row.now or here[0].email for row in table.rows}
    told = {"words_of_3": "owner", "word_3": list(said), "meaning_3": list(said.values()), "go": "1"}
    told |= {"words_of_2": "lead_status", "word_2": ["new"], "meaning_2": ["inquiry"]}
    wrong = marketer.post(page, sent(**told | {"meaning_3": ["Nobody Here", *list(said.values())[1:]]}) | fields)
    assert (wrong.status_code, "Nobody here is called “Nobody Here”" in wrong.text) == (422, True)
    assert marketer.post(page, sent(**told) | fields).status_code == 302
    assert len(ImportBatch.objects.get().options["words"]["3"]) == 14
