"""Headers that are glued together, turned round, asked as a question or written in another script."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.importing.header_words import meanings
from leads.importing.header_words.phrasebook import halves, phrases
from leads.importing.mapping import suggest
from leads.importing.reading import open_table


def fields_of(folder: Path, text: str) -> list[str | None]:
    path = folder / "leads.csv"
    path.write_text(text, encoding="utf-8")
    return [one.field for one in suggest(open_table(path))]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("LEADID", "external_id"),
        ("Badgenr.", "external_id"),
        ("Firmenadresse", "street"),
        ("Name of event", "campaign"),
        ("Phones 1 Phone", "phone"),
        ("Country ISO2 code", "country"),
        ("☎ Contact", "phone"),
        ("Hinweis", "notes"),
        ("Cognome del partecipante", "last_name"),
        ("Ja, ik wil de nieuwsbrief ontvangen", "consent_email"),
        ("Mogen we je bellen?", "consent_phone"),
        ("Keine Werbung", "opt_out_email"),
        ("Telefonsperre", "opt_out_phone"),
        ("Funktion im Unternehmen", "job_title"),
        ("Wie sind Sie auf uns aufmerksam geworden?", "source_detail"),
        ("Hoeveel medewerkers heeft jullie organisatie?", "employees"),
        ("Sind Sie bereits Kunde?", "is_customer"),
        ("LinkedIn Sales Nav URL", "linkedin_url"),
        ("Dauer (Minuten)", "attended_minutes"),
        ("Toegewezen aan", "owner"),
        ("Owner's First Name", "first_name"),
        ("Company Name - Cleaned", "organisation"),
        ("Direct Phone Number", "phone"),
        ("Ingeschreven op", "occurred_at"),
        ("Notes internes", "notes"),
        ("Efternamn", "last_name"),
        ("Wie heißen Sie?", "full_name"),
        ("Für welches Unternehmen arbeiten Sie?", "organisation"),
        ("Unter welcher E-Mail-Adresse erreichen wir Sie?", "email"),
        ("Op welk telefoonnummer kunnen wij u bereiken?", "phone"),
        ("Wie groß ist Ihr Unternehmen?", "employees"),
        ("Heeft u nog vragen of opmerkingen?", "notes"),
        ("Dürfen wir Sie über künftige Veranstaltungen informieren?", "consent_email"),
        ("I agree to receive marketing communications", "consent_email"),
        ("Von allen E-Mails abgemeldet", "opt_out_email"),
        ("ContactFirst", "first_name"),
        ("Agent notes", "notes"),
        ("Beverage category interest", "interest"),
        ("user_id/name", "full_name"),
        ("Telefoon op werk", "phone"),
        ("Anniversaire", "birth_date"),
    ],
)
def test_a_header_in_many_wordings(header: str, field: str):
    assert meanings(header)[0].field == field


@pytest.mark.parametrize(
    "header",
    [
        "Company LinkedIn URL followers",
        "Host LinkedIn profile of company",
        "Catering",
        "User 1",
        "Last visit",
        "First contact moment",
        "Accept newsletter from partners",
        "Datum vestiging",
    ],
)
def test_telling_words_do_not_tell_everything(header: str):
    assert meanings(header) == ()


@given(st.sampled_from(sorted(phrases())), st.sampled_from(["_", "-", ".", "  ", " / "]))
def test_a_phrase_means_the_same_however_its_words_are_joined(phrase: str, joint: str):
    found = {meaning.field for meaning in meanings(phrase)}

    assert {meaning.field for meaning in meanings(joint.join(phrase.split()))} & found == found


@given(st.text(alphabet="abcdefghijklmnoprstuvwz", min_size=1, max_size=14))
def test_halves_are_the_word(word: str):
    assert "".join(halves(word)) == word


def test_letters_of_another_script_leave_it_to_the_values(tmp_path: Path):
    text = "氏名,電子メール,電話\nAnna Smit,anna@x.example,+81 3 5550 0101\nJan Vos,jan@x.example,+81 3 5550 0102\n"

    assert fields_of(tmp_path, text) == ["full_name", "email", "phone"]


def test_several_addresses_in_a_cell_are_addresses(tmp_path: Path):
    assert fields_of(tmp_path, "Who,Mail\nAnna Smit,a@x.example ::: b@x.example\n")[1] == "email"


def test_numbers_are_no_names(tmp_path: Path):
    assert fields_of(tmp_path, "Name,Email\n#1001,a@x.example\n#1002,b@x.example\n") == [None, "email"]


def test_the_number_of_the_company_is_not_the_number_of_the_person(tmp_path: Path):
    people = "Company ID,First name,Last name,Email\n7001,Anna,Smit,a@x.example\n7002,Jan,Vos,j@x.example\n"
    companies = "Company ID,Company,City\n7001,Smit B.V.,Zwolle\n7002,Vos B.V.,Breda\n"

    assert fields_of(tmp_path, people)[0] is None
    assert fields_of(tmp_path, companies)[0] == "external_id"


def test_a_state_that_is_a_stage_is_the_status_of_the_lead(tmp_path: Path):
    assert fields_of(tmp_path, "Mail,Staat\na@x.example,nieuw\nb@x.example,verloren\n") == ["email", "lead_status"]
    assert fields_of(tmp_path, "Mail,Staat\na@x.example,Ohio\nb@x.example,Texas\n") == ["email", "region"]


def test_the_page_of_the_company_is_not_the_page_of_the_person(tmp_path: Path):
    page = "https://www.linkedin.com/company/smit"

    assert (
        fields_of(tmp_path, f"First name,Last name,Email,Company LinkedIn\nAnna,Smit,a@x.example,{page}\n")[3] is None
    )
    assert fields_of(tmp_path, f"Company,Company LinkedIn\nSmit B.V.,{page}\n")[1] == "linkedin_url"


def test_a_template_without_rows_asks_for_a_job_title(tmp_path: Path):
    assert fields_of(tmp_path, "First Name,Last Name,Title,Email\n") == [
        "first_name",
        "last_name",
        "job_title",
        "email",
    ]


def test_a_day_with_a_comma_behind_the_month_is_a_day(tmp_path: Path):
    text = 'Email,Created Time\na@x.example,"15 Apr, 2021 00:03:00"\nb@x.example,"9 Apr, 2021 00:03:00"\n'

    assert fields_of(tmp_path, text) == ["email", "occurred_at"]


@pytest.mark.parametrize("ending", ["nl", "frl", "amsterdam", "solutions"])
def test_a_site_may_end_in_anything(tmp_path: Path, ending: str):
    assert fields_of(tmp_path, f"Email,Website\na@x.example,bakker.{ending}\n") == ["email", "website"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            (
                "Winner,Locaties_address,Locaties_city,Locaties_email,Locaties_logo\n"
                "A BV,Kerkstraat 1,Ede,a@a.example,x.png\nB BV,Dorpsweg 2,Ede,b@b.example,y.png\n"
            ),
            ["organisation", "street", "city", "email", None],
        ),
        (
            (
                "Lot,Supplier town,Supplier email,Supplier phone,Supplier SME\n"
                "Desks,Leeds,a@a.example,+44 161 496 0101,Yes\nChairs,York,b@b.example,+44 161 496 0102,No\n"
            ),
            [None, "city", "email", "phone", None],
        ),
    ],
)
def test_a_word_that_columns_share_is_passed_over(tmp_path: Path, text: str, fields: list[str | None]):
    assert fields_of(tmp_path, text) == fields


def test_a_first_column_of_ids_is_the_number_in_the_other_system(tmp_path: Path):
    assert fields_of(tmp_path, "Copper ID,Email\n7,a@a.example\n8,b@b.example\n") == ["external_id", "email"]
    assert fields_of(tmp_path, "Copper ID,Email\n7,a@a.example\n7,b@b.example\n") == [None, "email"]


def test_a_nameless_column_that_comes_back_in_the_domains_is_the_organisation(tmp_path: Path):
    text = "Kuipers Agro;Tim Kuipers;t@kuipersagro.nl\nVisser & Zn.;Lotte Visser;l@visserzn.nl\n"
    assert fields_of(tmp_path, text) == ["organisation", "full_name", "email"]


def test_where_columns_speak_of_leads_nobody_need_be_named(tmp_path: Path):
    text = "LeadSource,LeadStatus,Pages\nFacebook,Warm,3\nGoogle Ads,Cold,9\n"
    assert fields_of(tmp_path, text) == ["source_detail", "lead_status", None]
