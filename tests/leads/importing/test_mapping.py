import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leads.importing import fields
from leads.importing.header_words import meanings
from leads.importing.mapping import suggest
from leads.importing.reading import open_table
from tests.leads.importing import trial_tables
from tests.leads.importing.trial_tables import TrialTable

TABLES = Path(__file__).parent / "tables"
TRIALS = [table for path in sorted(TABLES.glob("*.txt")) for table in trial_tables.load(path)]
ROOT = Path(__file__).parents[3]


def write(folder: Path, text: str) -> Path:
    path = folder / "leads.csv"
    path.write_text(text, encoding="utf-8")
    return path


def fields_of(path: Path) -> dict[str, str | None]:
    return {one.header: one.field for one in suggest(open_table(path))}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_every_column_gets_a_field_that_fits(trial: TrialTable, tmp_path: Path):
    table = open_table(trial_tables.write(trial, tmp_path))
    got = [one.field for one in suggest(table)]
    got += [None] * (len(trial.columns) - len(got))

    assert (table.header_row, table.count_rows()) == (trial_tables.header_line(trial), trial_tables.count(trial))
    assert [(c.header, field) for c, field in zip(trial.columns, got, strict=True) if field not in c.accept] == []
    given = [field for field in got if field]
    assert len(given) == len(set(given))
    assert set(given) <= set(fields.SUGGESTED)


def test_there_are_trial_tables_enough():
    assert len(TRIALS) == len({trial.name for trial in TRIALS})
    assert len(TRIALS) > 100


def test_no_phrase_is_written_for_a_field_that_does_not_exist():
    from leads.importing.header_words.labels import LABELS

    assert set(LABELS) == set(fields.SUGGESTED)


def test_values_decide_between_source_and_channel(tmp_path: Path):
    assert fields_of(write(tmp_path, "Email,Source\na@x.example,event\nb@x.example,web\n")) == {
        "Email": "email",
        "Source": "channel",
    }
    assert fields_of(write(tmp_path, "Email,Source\na@x.example,Google Ads\nb@x.example,Bing\n")) == {
        "Email": "email",
        "Source": "source_detail",
    }


def test_values_decide_what_a_title_is(tmp_path: Path):
    assert fields_of(write(tmp_path, "Title,Email\nMr.,a@x.example\nMrs.,b@x.example\n"))["Title"] == "salutation"
    assert fields_of(write(tmp_path, "Title,Email\nCTO,a@x.example\nOwner,b@x.example\n"))["Title"] == "job_title"


def test_other_columns_decide_whose_name_it_is(tmp_path: Path):
    people = "Name,Company\nJan de Vries,Acme\nAnna Smit,Blue\n"
    companies = "Name,Industry,Employees\nAcme,Retail,12\nBlue,Logistics,30\n"
    halves = "Vorname,Name,Email\nJan,Vries,j@x.example\nAnna,Smit,a@x.example\n"

    assert fields_of(write(tmp_path, people))["Name"] == "full_name"
    assert fields_of(write(tmp_path, companies))["Name"] == "organisation"
    assert fields_of(write(tmp_path, halves))["Name"] == "last_name"


def test_a_header_that_its_values_belie_gets_nothing(tmp_path: Path):
    text = "Name,Email,Phone,Score\nJan de Vries,yes,no,high\nAnna Smit,no,yes,low\n"

    assert fields_of(write(tmp_path, text)) == {"Name": "full_name", "Email": None, "Phone": None, "Score": None}


def test_one_address_is_taken_whole(tmp_path: Path):
    text = (
        "Email,Billing Street,Billing City,Shipping Street,Shipping City,Shipping Country\n"
        "a@x.example,Kerkstraat 1,Zwolle,Dorpsweg 2,Breda,Nederland\n"
    )

    assert fields_of(write(tmp_path, text)) == {
        "Email": "email",
        "Billing Street": "street",
        "Billing City": "city",
        "Shipping Street": None,
        "Shipping City": None,
        "Shipping Country": None,
    }


def test_a_second_of_a_kind_stays_unmapped(tmp_path: Path):
    text = "Email 2,Email,Phone 2,Phone\nz@x.example,a@x.example,020 555 0101,020 555 0102\n"

    assert fields_of(write(tmp_path, text)) == {"Email 2": None, "Email": "email", "Phone 2": None, "Phone": "phone"}


@pytest.mark.parametrize(
    "header", ["Last Modified", "Owner ID", "Fax", "Created By", "Parent Email", "E-mail 1 - Label"]
)
def test_words_about_something_else_mean_nothing(header: str):
    assert meanings(header) == ()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("contact.email", "email"),
        ("E-Mail-Adresse", "email"),
        ("Telefonnr.", "phone"),
        ("Emial", "email"),
        ("Straße", "street"),
        ("# Employees", "employees"),
        ("HasOptedOutOfEmail", "opt_out_email"),
        ("Akkoord nieuwsbrief", "consent_email"),
        ("N° de téléphone", "phone"),
        ("COMPANY_NAME", "organisation"),
        ("Time in Session (minutes)", "attended_minutes"),
    ],
)
def test_words_in_many_spellings(header: str, field: str):
    assert meanings(header)[0].field == field


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write(tmp_path, "sep=;\nNaam;E-mail\nJan de Vries;jan@x.example\n")

    call_command("suggest_mapping", str(path), "--json")

    assert json.loads(capsys.readouterr().out) == {
        "sheet": None,
        "header_row": 2,
        "encoding": "utf-8",
        "delimiter": ";",
        "rows": 1,
        "columns": [
            {"header": "Naam", "field": "full_name", "confidence": 0.82},
            {"header": "E-mail", "field": "email", "confidence": 0.97},
        ],
    }


def test_the_command_refuses_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write(tmp_path, "%PDF-1.7")

    with pytest.raises(CommandError) as refusal:
        call_command("suggest_mapping", str(path), "--json")

    sentence = "This is a PDF file, not a table. Export the list as CSV or XLSX and choose that file."
    assert (str(refusal.value), refusal.value.returncode) == (sentence, 1)
    assert json.loads(capsys.readouterr().out) == {"error": sentence}


def test_the_command_needs_no_database(tmp_path: Path):
    path = write(tmp_path, "Name,Email\nJan de Vries,jan@x.example\n")
    place = {
        "LEADOPS_HOME": str(tmp_path / "home"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "LEADOPS_SECRET_KEY": "x" * 50,
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "suggest_mapping", str(path), "--json"], cwd=ROOT, env=place, capture_output=True
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["rows"] == 1
