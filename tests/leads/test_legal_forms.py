"""What an organisation is by law: read from a file, said by hand, and what calling makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads.calling import keeping_out, legal_forms
from leads.importing.mapping import suggest
from leads.importing.reading import open_table
from leads.importing.values import legal_form
from leads.models import CallTarget, Organisation, Queue
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation, make_user, queue_of
from tests.leads.importing.test_undoing import brought, taken_back
from tests.leads.test_calling import callable_lead, filled, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = TUESDAY


@pytest.fixture
def marketer(client: Client) -> User:
    queue_of(Queue.Kind.TO_QUALIFY)
    user = make_user(Role.MARKETER)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("eenmanszaak", "sole_trader"), ("ZZP'er", "sole_trader"), ("Einzelunternehmen", "sole_trader"),
        ("Auto-entrepreneur", "sole_trader"), ("Kaufmann (e.K.)", "sole_trader"), ("V.O.F.", "partnership"),
        ("Maatschap", "partnership"), ("KG", "partnership"), ("Société en nom collectif", "partnership"), ("B.V.", "company"),
        ("Besloten vennootschap met gewone structuur", "company"), ("GmbH & Co. KG", "company"), ("S.A.R.L.", "company"),
        ("Private company limited by shares (Ltd)", "company"), ("Coöperatie U.A.", "company"), ("Stichting", "association"),
        ("e.V.", "association"), ("Körperschaft des öffentlichen Rechts", "public_body"), ("Gemeente", "public_body"),
        ("public_body", "public_body"), ("overig", None), ("n.v.t.", None), ("blue", None), ("", None), ("(" * 90, None),
    ],
)  # fmt: skip
def test_forms_are_read_in_anybodys_words(cell: str, form: str | None) -> None:
    assert legal_form(cell) == form


@pytest.mark.parametrize("header", ["Legal form", "Rechtsvorm", "Rechtsform", "Forme juridique", "KvK-rechtsvorm"])
def test_a_column_of_forms_is_known_by_its_header_and_its_values(header: str, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    for values, field in ((("BV", "VOF", "Stichting"), "legal_form"), (("1", "2", "3"), None)):
        rows = [["Anna de Wit", "anna@wit.example", "Wit", value] for value in values]
        path.write_text("\n".join(map(",".join, [["Naam", "E-mail", "Bedrijf", header], *rows])))
        found = [one.field for one in suggest(open_table(path))]
        assert found == ["full_name", "email", "organisation", field]


def forms() -> dict[str, str]:
    return dict(Organisation.objects.values_list("name", "legal_form"))


FILE = "Naam,E-mail,Bedrijf,Rechtsvorm\nAnna,anna@wit.example,Wit,Eenmanszaak\nBob,bob@smit.example,Smit,v.o.f.\nCas,cas@bos.example,Bos,iets\n"


def test_a_file_says_forms_that_nobody_said_and_takes_them_back(marketer: User) -> None:
    make_contact(organisation=make_organisation("Wit", legal_form="company"))
    make_contact(organisation=make_organisation("Smit"))
    batch = brought(FILE, marketer)
    assert forms() == {"Wit": "company", "Smit": "partnership", "Bos": ""}
    taken_back(batch, marketer)
    assert forms() == {"Wit": "company", "Smit": "", "Bos": ""}


def test_a_file_overwrites_forms_and_gives_words_a_meaning_where_that_is_chosen(marketer: User) -> None:
    make_contact(organisation=make_organisation("Wit", legal_form="company"))
    options: dict[str, Any] = {"on_conflict": {"3": "overwrite"}, "words": {"3": {"iets": "association"}}}
    brought(FILE, marketer, **options)
    assert forms() == {"Wit": "sole_trader", "Smit": "partnership", "Bos": "association"}


def test_what_is_said_wins_over_the_name(marketer: User) -> None:
    said: list[tuple[str, str, str]] = [
        ("Jansen VOF", "", "no_basis"),
        ("Jansen VOF", "company", ""),
        ("Smit Holding B.V.", "", ""),
        ("Smit Holding B.V.", "sole_trader", "no_basis"),
        ("Smit Holding B.V.", "partnership", "no_basis"),
        ("Bakkerij Smit", "", "no_basis"),
        ("Bakkerij Smit", "association", ""),
        ("Bakkerij Smit", "public_body", ""),
    ]
    leads = [callable_lead(organisation=make_organisation(name, legal_form=form)) for name, form, _kept in said]
    listing = filled(marketer)
    assert kept(listing) == {lead.pk: reason for lead, (_name, _form, reason) in zip(leads, said, strict=True)}


def test_saying_a_form_lets_in_or_keeps_out_at_once_who_works_there(marketer: User) -> None:
    organisation = make_organisation("Bakkerij Smit")
    lead, other = callable_lead(organisation=organisation), callable_lead(organisation=make_organisation("Bos"))
    listing = filled(marketer)
    assert kept(listing) == {lead.pk: "no_basis", other.pk: "no_basis"}
    assert legal_forms.say(organisation, "company", by=marketer)
    assert not legal_forms.say(organisation, "company", by=marketer)
    assert kept(listing) == {lead.pk: "", other.pk: "no_basis"}
    listing.closed_at = listing.asked_at
    listing.save()
    legal_forms.say(organisation, "sole_trader", by=marketer)
    assert CallTarget.objects.get(lead=lead).kept_out == ""


def test_the_page_of_a_person_says_what_is_said_or_guessed(client: Client, marketer: User) -> None:
    lead = make_lead(make_contact(organisation=make_organisation("Jansen VOF")))
    address = f"/contacts/{lead.contact_id}/"
    assert "guessed: natural persons" in client.get(address).text
    assert client.post(f"{address}legal-form/", {"legal_form": "club"}).status_code == 422
    assert client.post(f"{address}legal-form/", {"legal_form": "company"}).status_code == 302
    shown = client.get(address).text
    assert ("guessed" in shown, shown.count("Company (bv, nv, gmbh, ltd)")) == (False, 3)
    for role in (Role.HUNTER, Role.SALES_MANAGER):
        client.force_login(make_user(role))
        assert client.post(f"{address}legal-form/", {"legal_form": "company"}).status_code == 403
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("name", "guess"), [("Jansen VOF", True), ("Smit B.V.", False), ("Bakkerij Smit", None)])
def test_the_guess_is_that_of_the_rule(name: str, guess: bool | None) -> None:
    assert keeping_out.looks_like_persons(make_organisation(name).pk) is guess
