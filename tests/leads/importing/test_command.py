"""The command that imports a file: to the end, with what is to be said about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from xlsxwriter import Workbook

from handoff.models import FollowUp
from leadops.foundation import lay
from leads.importing import files, running
from leads.importing.reading import sheets
from leads.models import AttributeKey, Engagement, ImportBatch, Lead, Queue
from tests.factories import queue_of
from tests.qualification.factories import make_definition

pytestmark = pytest.mark.django_db
OFFICE = ZoneInfo("Europe/Amsterdam")
PEOPLE = [["Naam", "E-mail", "Datum"], ["Piet Smit", "piet@wit.example", "03-04-2025"]]


@pytest.fixture(autouse=True)
def _people_who_act() -> None:
    for kind in (Queue.Kind.TO_QUALIFY, Queue.Kind.HUNTERS):
        queue_of(kind)


def imported(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    call_command("import_leads", str(path), "--campaign", "Beurs", "--json", *options)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def plain(folder: Path) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join(map(";".join, PEOPLE)))
    return path


@pytest.mark.parametrize(("options", "day", "remarks"), [([], "03 04", 1), (["--date-order", "mdy"], "04 03", 0)])
def test_the_order_of_dates_is_as_told_or_said_to_be_assumed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], day: str, remarks: int
) -> None:
    make_definition()
    found = imported(plain(tmp_path), capsys, *options)
    assert (found["created"], ImportBatch.objects.get().state) == (1, ImportBatch.State.DONE)
    assert [said.split(";")[1] for said in found["remarks"]] == [
        " its dates were read as day-month-year, since no order was chosen."
    ] * remarks
    assert timezone.localtime(Engagement.objects.get().occurred_at, OFFICE).strftime("%d %m") == day


def test_an_import_without_a_definition_is_done_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = imported(plain(tmp_path), capsys, "--date-order", "dmy")
    assert ImportBatch.objects.get().state == ImportBatch.State.DONE
    assert [said.split(":")[0] for said in found["remarks"]] == ["The leads wait with marketing unscored"]


def test_a_workbook_is_taken_apart_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    take_apart = sheets.open_workbook
    monkeypatch.setattr(sheets, "open_workbook", lambda path: opened.append(path) or take_apart(path))
    path = tmp_path / "people.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("Leads")
        for n, cells in enumerate(PEOPLE):
            sheet.write_row(n, 0, cells)
    assert imported(path, capsys)["created"] == 1
    assert len(opened) == 1
    assert files._left_open == {}


def test_history_comes_in_by_what_the_mapping_says_its_words_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_definition()
    path, mapping = tmp_path / "crm.csv", tmp_path / "mapping.json"
    path.write_text(
        "Naam;Fase;Laatste contact\nPiet Smit;Order;2025-03-04\nAda Bos;Bezig;2025-03-05\nBen Ros;Vreemd;\n"
    )
    columns = {
        "Naam": "full_name",
        "Fase": {"field": "lead_status", "words": {"order": "won", "bezig": "sal"}},
        "Laatste contact": "last_follow_up_at",
    }
    mapping.write_text(json.dumps({"columns": columns, "closed_on": "2025-04-01"}))
    found = imported(path, capsys, "--mapping", str(mapping), "--history", "--all-worked")
    assert (found["created"], found["errors"], ImportBatch.objects.get().state) == (2, 1, ImportBatch.State.DONE)
    assert sorted(Lead.objects.all_worked().values_list("stage", flat=True)) == ["inquiry", "won"]
    assert FollowUp.objects.filter(is_imported=True).count() == 2
    call_command("check_conservation")


def test_a_file_of_rows_to_correct_comes_in_by_the_command_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay()
    path, mapping, right = tmp_path / "people.csv", tmp_path / "mapping.json", tmp_path / "right.csv"
    path.write_text("Naam;E-mail;Kleur\nPiet Smit;piet@wit.example;rood\nAda Bos;ada@wit,example;blauw\n")
    mapping.write_text(json.dumps({"Naam": "full_name", "E-mail": "email", "Kleur": "interest"}))
    kept = imported(path, capsys, "--mapping", str(mapping))["error_file"]
    right.write_text(default_storage.open(kept).read().decode().replace("wit,example", "wit.example"))
    found = imported(right, capsys)
    assert [found[key] for key in ("rows", "created", "errors")] == [1, 1, 0]
    assert ImportBatch.objects.latest("pk").mapping == ["-", "-", "full_name", "email", "interest"]


def left_in_base() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


@pytest.mark.parametrize("content", ["Naam;E-mail;Kleur\nPiet Smit;piet@wit.example;rood\nAda Bos;ada@wit;blauw\n", ""])
def test_a_preview_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any, content: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"
    path, mapping = tmp_path / "people.csv", tmp_path / "mapping.json"
    path.write_text(content)
    mapping.write_text(json.dumps({"Naam": "full_name", "E-mail": "email"}))
    lay()
    before = left_in_base()
    if content:
        found = imported(path, capsys, "--preview", "--mapping", str(mapping))
        assert [found[key] for key in ("batch", "rows", "created", "errors", "error_file")] == [None, 2, 1, 1, None]
    else:
        with pytest.raises(CommandError, match="empty"):
            imported(path, capsys, "--preview")
    assert left_in_base() == before
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path, mapping]


def test_names_of_columns_are_offered_once_the_file_is_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Naam;E-mail;Kleur\nPiet Smit;piet@wit.example;rood\n")
    with path.open("rb") as opened:
        batch = running.create(File(opened, name="people.csv"), "people.csv", by=None, at=timezone.now())
    assert running.check(batch, at=timezone.now())
    assert not AttributeKey.objects.exists()
    assert running.run(batch, at=timezone.now())
    assert list(AttributeKey.objects.values_list("key", "label", "kind")) == [("kleur", "Kleur", "text")]
