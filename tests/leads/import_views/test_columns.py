"""On the page of the columns: what each becomes, what is chosen for it, what is kept as a template."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import tasks
from leads.importing import running
from leads.models import Contact, Engagement, ImportBatch, MappingTemplate
from tests.factories import make_user
from tests.leads.import_views.wizard import BAD, BAD_MAPPING, CHOSEN, MAPPING, address, checked, sent, uploaded

State = ImportBatch.State
pytestmark = pytest.mark.django_db
OFFICE = ZoneInfo("Europe/Amsterdam")


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


def test_a_change_is_tried_and_kept_as_a_draft(marketer: Client) -> None:
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
    again = marketer.get(address("import-columns", batch))
    assert [column.field for column in again.context["columns"]] == ["full_name", "", "phone", "", "-"]


def test_what_cannot_be_is_there_again_to_be_put_right(marketer: Client) -> None:
    batch = uploaded(marketer)
    columns, twice = address("import-columns", batch), ["full_name", "email", "email", "occurred_at", ""]
    said = {"constant_field": ["tags", "country"], "constant_value": ["beurs", "Nergens"], "conflict_0": "overwrite"}
    assert marketer.post(columns, sent(twice, go="1") | CHOSEN | said).status_code == 422
    marketer.get("/imports/templates/")
    again = marketer.get(columns).context
    assert [column.field for column in again["columns"]] == twice
    assert [constant.value for constant in again["constants"]] == ["beurs", "Nergens", ""]
    assert [way for way, _label, is_now in again["columns"][0].choices.conflicts if is_now] == ["overwrite"]


def test_a_draft_leaves_what_was_checked_and_says_so(marketer: Client) -> None:
    batch = checked(marketer)
    columns, detail = address("import-columns", batch), address("import-detail", batch)
    marketer.post(columns, sent(MAPPING))
    assert ImportBatch.objects.get().draft == {}
    assert marketer.get(detail).context["remarks"] == []
    marketer.post(columns, sent(["full_name", "email", "", "occurred_at", ""]))
    (remark,) = marketer.get(detail).context["remarks"]
    assert remark.startswith("Something else was chosen for the columns since this check.")
    marketer.post(address("import-run", batch))
    tasks.import_files()
    assert sorted(Contact.objects.values_list("phone", flat=True)) == ["", "06 24819033"]


def test_a_draft_goes_once_it_is_chosen(marketer: Client) -> None:
    batch = uploaded(marketer)
    wanted = ["full_name", "email", "", "occurred_at", ""]
    marketer.post(address("import-columns", batch), sent(wanted))
    marketer.post(address("import-columns", batch), sent(wanted, go="1"))
    batch.refresh_from_db()
    assert (batch.state, batch.mapping, batch.draft) == (State.CHECKED, [field or None for field in wanted], {})


def test_everything_is_as_suggested_again(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    columns, suggestion = address("import-columns", batch), address("import-suggestion", batch)
    suggested = batch.mapping
    assert suggestion not in marketer.get(columns).content.decode()
    said = sent(["-", "email", ""], correct="1:1", value_1_1="a@zorg.example", conflict_1="keep") | CHOSEN
    marketer.post(address("import-corrections", batch), said)
    page = marketer.post(columns, sent(["full_name", "", ""]) | CHOSEN)
    assert suggestion in page.content.decode()
    page = marketer.post(suggestion, said, follow=True)
    batch.refresh_from_db()
    assert (batch.mapping, batch.options, batch.draft) == (suggested, {}, {})
    assert batch.corrections == {"1": {"1": "a@zorg.example"}}
    assert [column.field or None for column in page.context["columns"]] == suggested
    batch = checked(marketer)
    marketer.post(address("import-run", batch))
    marketer.post(address("import-suggestion", batch))
    assert ImportBatch.objects.get(pk=batch.pk).mapping == [field or None for field in MAPPING]


def test_a_template_leaves_what_it_says_nothing_of_as_it_was_just_chosen(marketer: Client) -> None:
    marketer.post(
        address("import-template", uploaded(marketer, "E-mail\na@wit.example\n")),
        sent(["email"], template_name="Adressen"),
    )
    batch = uploaded(marketer, "E-mail;Kleur\na@wit.example;rood\n")
    template = MappingTemplate.objects.get()
    marketer.post(address("import-template", batch), sent(["email", "interest"], use="1", template=str(template.pk)))
    batch.refresh_from_db()
    assert batch.mapping == ["email", "interest"]


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
    assert answer.context["person"][-1] == ("Moment of the enquiry", "April 3, 2025")
    assert answer.context["columns"][1].hint == "Day and month cannot be told apart: choose how they are read"
    assert marketer.post(columns, sent(["full_name", "occurred_at"], go="1", order_1="mdy")).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.options["date_orders"]) == (State.CHECKED, {"1": "mdy"})
    assert marketer.get(address("import-detail", batch)).context["remarks"] == [
        "In the column “Datum” day and month cannot be told apart; its dates are read as month-day-year."
    ]
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
