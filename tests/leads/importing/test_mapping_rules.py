"""What the suggester goes by where a header alone does not tell: the words around it, the values, the other columns."""

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
        ("E-mail DMU", "email"),
        ("Case interest", "interest"),
        ("WPML Language Code", "language"),
        ("Public Contact Name", "full_name"),
        ("Besuchsinteressen", "interest"),
        ("Personeelsklasse", "employees"),
        ("Clinic Name", "organisation"),
        ("Adresse de l'entreprise", "street"),
        ("Naam (Voornaam)", "first_name"),
        ("Name (Last)", "last_name"),
        ("Inzending ID", "external_id"),
        ("id_t_client", "external_id"),
        ("Umsatz 2024", "revenue"),
        ("Assigned RM", "owner"),
        ("J'accepte de recevoir des informations du salon", "consent_email"),
        ("What are you looking to solve?", "notes"),
        ("Ansprechperson", "full_name"),
        ("Zuständiger Mitarbeiter", "owner"),
        ("Name des Geschäftspartners", "organisation"),
        ("Länderkennung", "country"),
        ("Phase de vente", "lead_status"),
        ("Toegewezen gebruiker", "owner"),
        ("Erfassungszeitpunkt", "occurred_at"),
        ("Omzet per jaar", "revenue"),
        ("Numéro de tiers", "external_id"),
        ("Téléphone principal", "phone"),
        ("Anredeschlüssel", "salutation"),
        ("Geschäftszweig", "industry"),
        ("Naam voorzitter", "full_name"),
        ("Ansprechpartner Technik", "full_name"),
        ("Unser Ansprechpartner", "owner"),
        ("Vorname GF", "first_name"),
        ("Nom Office", "organisation"),
        ("Achtern.", "last_name"),
        ("Civ.", "salutation"),
        ("PLZ/Straße", "postcode"),
        ("Branchenbezeichnung", "industry"),
        ("Angemeldet am", "occurred_at"),
        ("Date de réponse", "occurred_at"),
        ("E-mail beslisser", "email"),
        ("Turnover band", "revenue"),
        ("Happy to be emailed", "consent_email"),
        ("Waar kunnen we u mee helpen?", "notes"),
        ("Degré d'intérêt", "lead_status"),
        ("CTPS", "opt_out_phone"),
        ("Achternaam bestuurder", "last_name"),
        ("Umsatz TEUR", "revenue"),
        ("Bezoekadres huisnummer", "house_number"),
        ("Vestigingsadres plaats", "city"),
        ("Gespräch geführt von", "owner"),
        ("Quel est votre nom ?", "full_name"),
        ("Bij welke organisatie werk je?", "organisation"),
        ("Comment nous avez-vous connus ?", "source_detail"),
        ("Produits vus", "interest"),
    ],
)
def test_words_that_are_known_tell_what_unknown_ones_do_not(header: str, field: str):
    assert meanings(header)[0].field == field


@pytest.mark.parametrize(
    "header",
    [
        "No. of PCs",
        "Destination",
        "Contract number",
        "Rechnungsnummer",
        "Logo URL",
        "Generated outreach message",
        "Gesch.",
    ],
)
def test_words_that_look_like_others_mean_nothing(header: str):
    assert meanings(header) == ()


def test_the_status_goes_before_what_a_call_came_to(tmp_path: Path):
    rows = ("Email,Call result,Status", "a@x.example,No answer,New", "b@x.example,Spoke,Contacted")

    assert fields_of(tmp_path, *rows) == ["email", None, "lead_status"]


def test_what_a_call_came_to_is_the_status_where_nothing_else_is(tmp_path: Path):
    rows = ("Email,Call result", "a@x.example,No answer", "b@x.example,Spoke")

    assert fields_of(tmp_path, *rows) == ["email", "lead_status"]


BUSINESSES = (
    ("Bakery Ltd", "Ann Lee", "ann@bakery.example"),
    ("Garage Ltd", "Bo Ray", "bo@garage.example"),
    ("Salon Ltd", "Cy Fox", "cy@salon.example"),
    ("Studio Ltd", "Di Kay", "di@studio.example"),
)


def test_the_owner_of_each_business_is_who_to_speak_to(tmp_path: Path):
    rows = [",".join(business) for business in BUSINESSES]

    assert fields_of(tmp_path, "Business Name,Owner Name,Owner Email", *rows) == ["organisation", "full_name", "email"]


def test_an_owner_of_many_leads_looks_after_them(tmp_path: Path):
    rows = [
        f"{company},{owner}" for (company, *_rest), owner in zip(BUSINESSES, ["Ann Lee", "Bo Ray"] * 2, strict=True)
    ]

    assert fields_of(tmp_path, "Business Name,Owner Name", *rows) == ["organisation", "owner"]


def test_beside_the_contacts_an_owner_looks_after_them(tmp_path: Path):
    rows = [f"{company},Contact {number},{owner}" for number, (company, owner, _email) in enumerate(BUSINESSES)]

    assert fields_of(tmp_path, "Company,Contact Name,Owner Name", *rows) == ["organisation", "full_name", "owner"]


def test_a_shared_word_is_somebody_elses_where_the_fields_stand_by_themselves(tmp_path: Path):
    header = "Vorname;Nachname;Straße;PLZ;Ort;Name R;Straße R;PLZ R;Ort R"
    rows = ("Jan;Kuhn;Ringweg 1;10115;Berlin;Eva Roth;Talweg 9;80331;München",) * 2

    assert fields_of(tmp_path, header, *rows) == ["first_name", "last_name", "street", "postcode", "city"] + [None] * 4


def test_a_name_beside_infixes_is_the_last_name(tmp_path: Path):
    rows = ("Voorletters,Tussenvoegsel,Naam", "J.,van,Dijk", "A.B.,,Bakker", "P.,de,Wit")

    assert fields_of(tmp_path, *rows) == ["initials", "infix", "last_name"]


def test_a_title_of_companies_is_their_name(tmp_path: Path):
    rows = ("Title,Email", "Acme GmbH,a@x.example", "Blue Ltd,b@x.example")

    assert fields_of(tmp_path, *rows) == ["organisation", "email"]


def test_an_academic_title_is_no_job(tmp_path: Path):
    rows = ("Anrede,Titel,Nachname", "Frau,Dr.,Roth", "Herr,Mag.,Kuhn", "Herr,,Abel")

    assert fields_of(tmp_path, *rows) == ["salutation", None, "last_name"]


def test_a_service_is_what_is_asked_for_where_nobody_has_an_employer(tmp_path: Path):
    private = ("Name,Service", "Ann Lee,Boiler repair", "Bo Ray,New bathroom")
    of_companies = ("Société,Nom,Prénom,Service", "Acme,Roy,Luc,Achats", "Bleu,Petit,Zoé,Ventes")

    assert fields_of(tmp_path, *private) == ["full_name", "interest"]
    assert fields_of(tmp_path, *of_companies) == ["organisation", "last_name", "first_name", "department"]


def test_numbers_of_eight_digits_are_days_only_where_the_calendar_has_them(tmp_path: Path):
    amounts = ("Company,Annual Revenue", "Acme,11362000", "Blue,45990000")
    days = ("Email,Datum", "a@x.example,20260314", "b@x.example,20251231")

    assert fields_of(tmp_path, *amounts) == ["organisation", "revenue"]
    assert fields_of(tmp_path, *days) == ["email", "occurred_at"]


def test_a_number_of_the_row_is_no_number_of_the_lead(tmp_path: Path):
    running = ("No,Email", "1,a@x.example", "2,b@x.example", "3,c@x.example")
    telling = ("No,Email", "4711,a@x.example", "4803,b@x.example", "5120,c@x.example")

    assert fields_of(tmp_path, *running) == [None, "email"]
    assert fields_of(tmp_path, *telling) == ["external_id", "email"]


def test_numbers_inside_a_company_are_phone_numbers(tmp_path: Path):
    assert fields_of(tmp_path, "Name,Telefon", "Max Kuhn,123", "Eva Roth,124") == ["full_name", "phone"]


def test_a_question_that_every_row_repeats_is_no_note(tmp_path: Path):
    rows = [
        f"{letter}@x.example,What brings you here?,{answer}"
        for letter, answer in zip("abc", ("Help", "Price", "Demo"), strict=True)
    ]

    assert fields_of(tmp_path, "Email,Question 1,Response 1", *rows) == ["email", None, None]


def test_a_place_is_no_link(tmp_path: Path):
    rows = ("Email,Location", "a@x.example,https://meet.example/1", "b@x.example,https://meet.example/2")

    assert fields_of(tmp_path, *rows) == ["email", None]


def test_a_name_beside_what_is_known_of_companies_is_theirs(tmp_path: Path):
    listed = (
        "Name,URL,Phone",
        "Blue Plate,https://blue.example,020 1234567",
        "Thai Basil,https://thai.example,020 7654321",
    )
    people = ("Name,Email,URL", "Ann Lee,ann@x.example,https://x.example", "Bo Ray,bo@y.example,https://y.example")

    assert fields_of(tmp_path, *listed) == ["organisation", "website", "phone"]
    assert fields_of(tmp_path, *people) == ["full_name", "email", "website"]


def test_what_a_debtor_is_called_is_a_number_or_a_name(tmp_path: Path):
    numbered = ("Debiteur,Naam", "10021,Bakker BV", "10034,De Wit BV")

    assert fields_of(tmp_path, *numbered)[0] == "external_id"
    assert fields_of(tmp_path, "Debiteur,Plaats", "Bakker BV,Utrecht", "De Wit BV,Gouda") == ["organisation", "city"]


def test_a_state_of_a_contact_is_a_region_or_a_stage(tmp_path: Path):
    places = ("Email,Contact State", "a@x.example,Texas", "b@x.example,Ohio")
    stages = ("Email,Contact State", "a@x.example,New", "b@x.example,Contacted")

    assert fields_of(tmp_path, *places) == ["email", "region"]
    assert fields_of(tmp_path, *stages) == ["email", "lead_status"]


def test_how_warm_a_lead_is_is_its_status_only_where_nothing_else_is(tmp_path: Path):
    both = ("Email,Interest level,Status", "a@x.example,Hot,New", "b@x.example,Cold,Contacted")
    alone = ("Email,Interest level", "a@x.example,Hot", "b@x.example,Cold")

    assert fields_of(tmp_path, *both) == ["email", None, "lead_status"]
    assert fields_of(tmp_path, *alone) == ["email", "lead_status"]


def test_a_contact_of_digits_is_a_phone(tmp_path: Path):
    assert fields_of(tmp_path, "Name,Contact", "Ann Lee,+31 20 5551234", "Bo Ray,+31 20 5554321") == [
        "full_name",
        "phone",
    ]


def test_american_phone_numbers_are_known_without_a_header(tmp_path: Path):
    rows = (
        "a@x.example,Acme Inc,415-555-1234",
        "b@y.example,Blue LLC,212-555-9876",
        "c@z.example,Cold Ltd,312-555-4321",
    )

    assert "phone" in fields_of(tmp_path, *rows)


def test_the_manager_of_each_company_is_who_to_speak_to(tmp_path: Path):
    header = "Firma,Manager 1 Anrede,Manager 1 Vorname,Manager 1 Nachname"
    rows = [f"{company},Frau,{name.split()[0]},{name.split()[1]}" for company, name, _email in BUSINESSES]

    assert fields_of(tmp_path, header, *rows) == ["organisation", "salutation", "first_name", "last_name"]


def test_which_way_a_call_went_is_no_department(tmp_path: Path):
    calls = ("Email,Direction", "a@x.example,inbound", "b@x.example,outbound")
    staff = ("Société,Direction", "Acme,Achats", "Bleu,Ventes")

    assert fields_of(tmp_path, *calls) == ["email", None]
    assert fields_of(tmp_path, *staff) == ["organisation", "department"]


def test_a_number_in_another_system_may_say_so_first(tmp_path: Path):
    assert fields_of(tmp_path, "ID Sellsy,Email", "4711,a@x.example", "4803,b@x.example") == ["external_id", "email"]
