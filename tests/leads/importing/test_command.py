"""The command that imports a file: to the end, with what is to be said about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from xlsxwriter import Workbook

from handoff.models import FollowUp
from leads.importing import files
from leads.importing.reading import sheets
from leads.models import Engagement, ImportBatch, Lead, Queue
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
