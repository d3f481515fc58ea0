"""The check says what each row will do; what is wrong is put right on the page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from leads import tasks
from leads.importing import checks, choosing, one_line, running
from leads.models import Contact, ImportBatch
from tests.leads.import_views.wizard import BAD, BAD_MAPPING, MAPPING, PEOPLE, address, checked, sent, uploaded

State = ImportBatch.State
pytestmark = pytest.mark.django_db
REPORT = PEOPLE + "\nTotaal;3;;;\nEnd of report;;;;\n"
LEFT_OUT = (
    "2 lines below the header are not read as rows: they close a report or belong to another table (from line 7 on)."
)


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
    assert marketer.get(address("import-detail", batch)).context["counted"] == 1_001


def test_the_first_rows_are_shown_while_the_others_are_judged(
    marketer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 2)
    batch = checked(marketer)
    progress, looks = address("import-progress", batch), []

    def look(batch: ImportBatch) -> None:
        if batch.preview.get("judged") == 2 and not looks:
            looks.append(marketer.get(progress, {"state": "checking"}))
            looks.append(marketer.get(progress, {"state": "checking-rows"}))
            looks.append(marketer.get(address("import-detail", batch)))

    assert running.check(batch, at=timezone.now(), on_progress=look)
    anew, told, page = looks
    assert anew.headers["HX-Refresh"] == "true"
    assert [(tally.verdict, tally.count) for tally in told.context["tallies"] if tally.count] == [
        ("created", 1),
        ("error", 1),
    ]
    assert told.context["pace"] > 0
    assert [(row.line, row.verdict) for row in page.context["rows"]] == [(2, "created"), (3, "error")]
    assert "What the first rows will do" in page.content.decode()


def test_a_check_over_several_slices_takes_consent_along(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 1)
    people = "Naam;E-mail;Opt-in\n" + "Piet Smit;p@bouw.example;ja\n" * 3
    batch = checked(marketer, people, ["full_name", "email", "consent_email"])
    counts = {key: batch.preview[key] for key in ("created", "merged", "skipped")}
    marketer.post(address("import-run", batch))
    tasks.import_files()
    batch.refresh_from_db()
    assert {key: getattr(batch, key) for key in counts} == counts


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


def test_what_was_typed_to_put_a_cell_right_stays_until_it_is_kept(marketer: Client) -> None:
    batch = uploaded(marketer, BAD)
    shown = marketer.get(address("import-columns", batch)).context["findings"]
    first = next(one for one in shown if one.place == 1)
    cell = f"{first.n}_{first.place}"
    assert first.typed == first.offered
    said = {f"shown_{cell}": first.offered, f"value_{cell}": "a@nieuw.example"}
    again = marketer.post(address("import-columns", batch), sent(BAD_MAPPING) | said).context["findings"]
    assert [one.typed for one in again if (one.n, one.place) == (first.n, 1)] == ["a@nieuw.example"]
    said = {f"shown_{cell}": "as it was offered before", f"value_{cell}": "as it was offered before"}
    again = marketer.post(address("import-columns", batch), sent(BAD_MAPPING) | said).context["findings"]
    assert [one.typed for one in again if (one.n, one.place) == (first.n, 1)] == [first.offered]


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


def test_a_place_that_no_file_has_is_no_fault_of_ours(marketer: Client) -> None:
    batch, far = uploaded(marketer), "1" * 5000
    for said in ({"correct": f"{far}:1"}, {"correct": f"1:{far}"}, {"accept": f"{far}:x"}):
        assert marketer.post(address("import-corrections", batch), sent(MAPPING) | said).status_code == 302
    assert marketer.post(address("import-template", batch), {"use": "", "template": far}).status_code == 404
    batch.refresh_from_db()
    assert (batch.corrections, batch.options.get("accepted", {})) == ({}, {})


def test_a_row_is_shown_with_what_is_found_in_it(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = uploaded(marketer, BAD)
    for checked_rows in (5_000, 1):
        monkeypatch.setattr(checks, "CHECKED_ROWS", checked_rows)
        page = marketer.get(f"{address('import-columns', batch)}?row=3")
        assert [(finding.n, finding.better) for finding in page.context["findings"]] == [(3, "c@hotmail.com")]
        assert ("Only the first 1 rows are looked at here." in page.text) == (checked_rows == 1)


def test_a_row_of_too_many_cells_is_shown_with_what_is_wrong(marketer: Client) -> None:
    batch = uploaded(marketer, "Naam;E-mail;Stad\nA;a@wit.example;Delft\nB;b@wit.example;Ede;x\nC;c@wit.example;Ede\n")
    page = marketer.get(f"{address('import-columns', batch)}?row=2")
    said = (
        "Line 3: the row has more cells (4) than the header (3). Put quotes around a value that contains the separator."
    )
    assert (page.context["person"], page.context["problem"]) == ([], said)
    assert [(finding.n, finding.said) for finding in page.context["findings"]] == [(2, said)]


def test_a_row_is_shown_with_the_name_that_it_comes_in_with(marketer: Client) -> None:
    batch = uploaded(marketer, 'Naam;E-mail\n"Broek, M. van den";m@bouw.example\nde heer Piet Bos;p@bouw.example\n')
    names = [
        dict(marketer.get(f"{address('import-columns', batch)}?row={n}").context["person"])["Name"] for n in (1, 2)
    ]
    assert names == ["M. van den Broek", "de heer Piet Bos"]


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


WIDE = "Naam;E-mail;Stad\nA;a@wit.example;Delft\nB;b@wit.example;Wit; Zn;Ede\nC;c@wit.example;Ede\n;;Gouda\n"
NAMED = ["full_name", "email", "city"]


def test_a_row_that_is_wrong_as_a_whole_is_put_right_as_a_line(marketer: Client) -> None:
    batch = checked(marketer, WIDE, NAMED)
    assert batch.preview["errors"] == 2
    page = marketer.get(f"{address('import-columns', batch)}?row=2")
    assert [(finding.n, finding.typed) for finding in page.context["findings"]] == [(2, "B;b@wit.example;Wit; Zn;Ede")]
    corrections = address("import-corrections", batch)
    again = marketer.post(
        corrections, sent(NAMED, correct="2:line", line_2="B;b@wit.example;Wit;Zn"), headers={"HX-Request": "true"}
    )
    assert [str(message) for message in again.context["messages"]] == [
        "This line still has 4 values, and there are 3 columns. Put quotes around a value with “;” in it."
    ]
    assert [one.typed for one in again.context["findings"] if one.n == 2] == ["B;b@wit.example;Wit;Zn"]
    marketer.post(corrections, sent(NAMED, correct="2:line", line_2='B;b@wit.example;"Wit; Zn"'))
    marketer.post(corrections, sent(NAMED, correct="4:line", line_4="D"))
    page = marketer.post(address("import-columns", batch), sent(NAMED, go="1"), follow=True)
    batch.refresh_from_db()
    assert (batch.preview["created"], batch.preview["errors"]) == (4, 0)
    running.run(batch, at=timezone.now())
    people = Contact.objects.order_by("pk").values_list("last_name", "first_name", "city")
    assert sorted(city for *_name, city in people) == ["", "Delft", "Ede", "Wit; Zn"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a;b", ["a", "b"]),
        ('"a;b"; c;;', ["a;b", "c"]),
        ("a;b\nc;d", ["a", "b c", "d"]),
        ("", []),
        (" ; \n", []),
        ('"a\nb";c', ["a\nb", "c"]),
        ('"a\r\n\r\nb";c', ["a\n\nb", "c"]),
        ("a;b\rc;d", ["a", "b c", "d"]),
    ],
)
def test_a_line_is_read_as_it_is_written(line: str, cells: list[str]) -> None:
    batch = ImportBatch(reading={"delimiter": ";"})
    assert one_line.read(line, batch) == cells
    assert one_line.read(one_line.written(cells, batch), batch) == cells
