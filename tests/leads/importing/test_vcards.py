"""A vCard file is a table like any other: every version, folded and quoted lines, any encoding, cards that are cut off."""

from pathlib import Path

import pytest

from leads.importing.mapping import suggest
from leads.importing.reading import Table, open_table

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=EB;;Mevr.
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB M=FCller
ORG:Bouwgroep Noord B.V.;Inkoop
TEL;WORK;VOICE:020 555 01 24
TEL;CELL:06 2481 9033
TEL;WORK;FAX:020 555 01 25
EMAIL;HOME:thuis@zoe.example
EMAIL;WORK;INTERNET:zoe@bouw.example
ADR;WORK;QUOTED-PRINTABLE:;;Kerkstraat 12=
bis;Amsterdam;;1012 AB;Nederland
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQAAAQABAAD
 AAAA=

END:VCARD
"""
USUAL = """BEGIN:VCARD
VERSION:3.0
N:Broek;Marieke;van den;;
item1.EMAIL;type=INTERNET;type=pref:marieke@long
 name.example
item2.URL:https\\://www.linkedin.com/in/marieke
item2.X-ABLabel:_$!<HomePage>!$_
TEL;type=CELL;type=pref:+31 6 12345678
BDAY:19840517
CATEGORIES:beurs,vip
NOTE:Wil een offerte\\, voor de zomer\\; bel\\nvrijdag
END:VCARD
"""
NEW = """begin:vcard
VERSION:4.0
FN:Jan de Wit
N:de Wit;Jan;;;
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+31-6-87654321
ORG;SORT-AS="Wit":Wit\\; Zn
EMAIL;TYPE=work:mailto:jan@wit.example
BDAY:--0203
UID:urn:uuid:4fbe8971-0bc3
end:vcard
"""


def table(folder: Path, content: str | bytes) -> Table:
    path = folder / "people.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(path)


def people(found: Table) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in zip(found.headers, record.cells, strict=True) if cell}
        for record in found.records()
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            OLD,
            {
                "Salutation": "Mevr.", "First name": "Zoë", "Last name": "Müller", "Company": "Bouwgroep Noord B.V.",
                "Department": "Inkoop", "Email": "zoe@bouw.example", "Email 2": "thuis@zoe.example", "Phone": "020 555 01 24",
                "Mobile phone": "06 2481 9033", "Fax": "020 555 01 25", "Street": "Kerkstraat 12bis", "Postcode": "1012 AB",
                "City": "Amsterdam", "Country": "Nederland",
            },
        ),
        (
            USUAL,
            {
                "First name": "Marieke", "Infix": "van den", "Last name": "Broek", "Email": "marieke@longname.example",
                "Mobile phone": "+31 6 12345678", "LinkedIn": "https://www.linkedin.com/in/marieke", "Birthday": "1984-05-17",
                "Notes": "Wil een offerte, voor de zomer; bel\nvrijdag", "Tags": "beurs,vip",
            },
        ),
        (
            NEW,
            {
                "First name": "Jan", "Infix": "de", "Last name": "Wit", "Company": "Wit; Zn", "Email": "jan@wit.example",
                "Mobile phone": "+31-6-87654321", "UID": "4fbe8971-0bc3",
            },
        ),
    ],
    ids=["2.1", "3.0", "4.0"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_card_says(tmp_path: Path, content: str, said: dict[str, str], encoding: str, ending: str) -> None:
    found = table(tmp_path, content.replace("\n", ending).encode(encoding))
    assert people(found) == [said]
    assert (found.header_row, found.sheet, found.encoding) == (None, None, encoding)


def test_many_cards_one_of_which_is_cut_off(tmp_path: Path) -> None:
    found = table(tmp_path, OLD + USUAL + "BEGIN:VCARD\nFN:Zwart BV\nORG:Zwart BV\nEMAIL:info@zwart.example\nTEL")
    assert [person.get("Company") for person in people(found)] == ["Bouwgroep Noord B.V.", None, "Zwart BV"]
    assert [record.line for record in found.records()] == [1, 18, 30]
    assert people(found)[2] == {"Company": "Zwart BV", "Email": "info@zwart.example"}


def test_who_has_only_a_name_counts_too_and_an_assistant_does_not(tmp_path: Path) -> None:
    agent = "AGENT:\nBEGIN:VCARD\nFN:Een Assistent\nEND:VCARD\n"
    found = table(tmp_path, f"{NEW}BEGIN:VCARD\nFN:Piet Smit\n{agent}END:VCARD\nBEGIN:VCARD\nFN:Totaal\nEND:VCARD\n")
    assert people(found)[1:] == [{"Full name": "Piet Smit"}, {"Full name": "Totaal"}]
    assert found.count_rows() == 3


def test_every_column_of_a_person_gets_its_field(tmp_path: Path) -> None:
    suggested = {one.header: one.field for one in suggest(table(tmp_path, OLD + USUAL + NEW))}
    assert suggested == {
        "Salutation": "salutation", "First name": "first_name", "Infix": "infix", "Last name": "last_name",
        "Company": "organisation", "Department": "department", "Email": "email", "Email 2": None, "Phone": "phone",
        "Mobile phone": "mobile", "Fax": None, "Street": "street", "Postcode": "postcode", "City": "city",
        "Country": "country", "LinkedIn": "linkedin_url", "Birthday": "birth_date", "Notes": "notes", "Tags": "tags", "UID": None,
    }  # fmt: skip


def test_rubbish_between_the_cards_is_passed_over(tmp_path: Path) -> None:
    rubbish = 'X-ODD\n:\n;;;\nTEL;TYPE="open:1\nN;CHARSET=no-such;QUOTED-PRINTABLE:=FC=\n'
    assert people(table(tmp_path, NEW.replace("UID", rubbish + "UID")))[0]["Email"] == "jan@wit.example"


def test_cards_are_counted_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    blank = "BEGIN:VCARD\nVERSION:3.0\nFN: \nEND:VCARD\n"
    path.write_text((blank + "BEGIN:VCARD\nVERSION:3.0\nFN:Jan de Wit\nEND:VCARD\n") * 3)
    table = open_table(path)
    assert (table.count_rows(), table.survey()[0], len(list(table.records()))) == (3, 3, 3)
