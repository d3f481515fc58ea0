"""Bought lists, call lists and sheets made by hand at a fair: their words, and lists without any."""

from pathlib import Path

import pytest

from leads.importing.header_words import meanings
from leads.importing.mapping import suggest
from leads.importing.reading import open_table


def fields_of(folder: Path, *lines: str) -> list[str | None]:
    path = folder / "leads.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [one.field for one in suggest(open_table(path))]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Beschäftigtenklasse", "employees"),
        ("Last Outcome", "lead_status"),
        ("Laatste resultaat", "lead_status"),
        ("AP", "full_name"),
        ("Anruf am", "occurred_at"),
        ("Gebeld op", "occurred_at"),
        ("Angerufen von", "owner"),
        ("Appelé par", "owner"),
        ("Réf fiche", "external_id"),
        ("Téléopérateur", "owner"),
        ("Dénomination usuelle", "organisation"),
        ("E-mailadres algemeen", "email"),
        ("Allgemeine Telefonnummer", "phone"),
        ("Organisatie bezoeker", "organisation"),
        ("Société visiteur", "organisation"),
        ("Besproken onderwerpen", "interest"),
        ("Collega op stand", "owner"),
        ("Commercial présent", "owner"),
        ("Store Manager", "full_name"),
        ("Vorsitzende/r", "full_name"),
        ("Ansprechpartner/in", "full_name"),
        ("Arzt", "full_name"),
        ("Fahrschule", "organisation"),
        ("Adresse vérifiée", "street"),
        ("T.a.v.", "full_name"),
        ("WZ-Text", "industry"),
        ("SIC2007 Desc", "industry"),
        ("Hoofdactiviteit SBI", "industry"),
        ("Functie omschrijving", "job_title"),
        ("MA-Klasse", "employees"),
        ("Grootteklasse personeel", "employees"),
        ("D-U-N-S® Number", "external_id"),
        ("URLs", "website"),
        ("Wat afgesproken", "notes"),
        ("Visitor", "full_name"),
        ("Dirigeants", "full_name"),
        ("Intitulé", "organisation"),
        ("Nom établissement d'accueil", "organisation"),
        ("Gesprächspartner am Stand", "owner"),
    ],
)
def test_words_of_bought_lists_call_lists_and_fairs(header: str, field: str):
    assert meanings(header)[0].field == field


@pytest.mark.parametrize("header", ["Date création établissement", "RawText", "Lidsoorten vereniging"])
def test_words_beside_them_mean_nothing(header: str):
    assert meanings(header) == ()


def test_the_number_of_the_house_stands_before_the_street(tmp_path: Path):
    header = "Dénomination usuelle;Numéro voie;Type voie;Libellé voie;Code postal"
    rows = ("Le Four SARL;12;RUE;Victor Hugo;59100", "Garage Nord SAS;4;PLACE;Jean Moulin;75011")

    assert fields_of(tmp_path, header, *rows) == ["organisation", "house_number", None, "street", "postcode"]


def test_a_club_above_one_and_the_same_value_is_the_organisation(tmp_path: Path):
    rows = ("Verein;Name;E-Mail", *(f"Turn Freunde;Jan Vos{one};j{one}@x.example" for one in "abcd"))

    assert fields_of(tmp_path, *rows) == ["organisation", "full_name", "email"]


def test_an_unknown_word_leaves_it_to_values_that_leave_no_doubt(tmp_path: Path):
    rows = ("Klempnerei;Postfächer", "Kuhn GmbH;a@kuhn.example", "Roth AG;b@roth.example", "Wolf KG;c@wolf.example")

    assert fields_of(tmp_path, *rows) == ["organisation", "email"]
    assert fields_of(tmp_path, *(f"{row};Kuhn GmbH" if at else f"{row};Firma" for at, row in enumerate(rows))) == [
        None,
        "email",
        "organisation",
    ]


GERMAN = ("Kuhn GmbH;Ringweg 1;10115;Berlin;030 5550101", "Roth AG;Talweg 9;80331;München;089 5550102")
BRITISH = (
    "Reed Group,Ann Lee,6 High Street,Leeds,LS1 4AP,0113 496 0101",
    "Clarke and Daughters,Bo Ray,43 Mill Lane,York,YO1 7HH,01904 496 0102",
)
DUTCH = (
    "Bakkerij Zon;Jan;Bakker;Dorpsweg 1;8011 AB;Zwolle;038 5550101",
    "Garage Oost;Anna;Kok;Kerkstraat 2;4811 XZ;Breda;076 5550102",
)
FRENCH = ("Garage du Nord;Dupont;Claire;12, rue Haute;59100;Roubaix", "Le Four;Petit;Jean;4, rue Basse;75011;Paris")
AMERICAN = (
    "John,Weber,12 Main Street,Austin,TX,78701,512-555-0101",
    "Mary,Cole,9 Oak Road,Dayton,OH,45402,937-555-0102",
)


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (GERMAN, ["organisation", "street", "postcode", "city", "phone"]),
        (BRITISH, ["organisation", "full_name", "street", "city", "postcode", "phone"]),
        (DUTCH, ["organisation", "first_name", "last_name", "street", "postcode", "city", "phone"]),
        (AMERICAN, ["first_name", "last_name", "street", "city", "region", "postcode", "phone"]),
        (FRENCH, ["organisation", "last_name", "first_name", "street", "postcode", "city"]),
    ],
)
def test_a_list_without_a_header_is_read_by_its_values_and_their_neighbours(
    tmp_path: Path, rows: tuple[str, ...], fields: list[str | None]
):
    assert fields_of(tmp_path, *rows) == fields


def test_a_fair_list_without_a_street_has_its_postcode_before_the_town(tmp_path: Path):
    rows = ("Jan;Vos;jan.vos@x.example;10115;Berlin", "Eva;Roth;eva.roth@y.example;80331;München")

    assert fields_of(tmp_path, *rows) == ["first_name", "last_name", "email", "postcode", "city"]


def test_sales_in_figures_are_the_revenue_and_in_names_who_sells(tmp_path: Path):
    assert fields_of(tmp_path, "Company,Sales (USD)", "Smit B.V.,1200000", "Vos B.V.,340000")[1] == "revenue"
    assert fields_of(tmp_path, "Company,Sales", "Smit B.V.,Lotte Kok", "Vos B.V.,Lotte Kok")[1] == "owner"


def test_numbers_without_a_town_beside_them_are_no_postcodes(tmp_path: Path):
    rows = ("Jan;Vos;jan.vos@x.example;10115;7", "Eva;Roth;eva.roth@y.example;80331;9")

    assert fields_of(tmp_path, *rows) == ["first_name", "last_name", "email", None, None]
