"""What do the demo's lead files say? Lists of visitors, guests, webinars and calls, each as its maker exports it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

import xlsxwriter

from leadops.demo.people import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """One row: who, when, and what was noted. `is_spoilt` has an address that nobody can mail to."""

    person: Person
    at: datetime
    interest: str = ""
    remark: str = ""
    minutes: int = 0
    is_spoilt: bool = False
    is_opting_out: bool = False

    @property
    def mail(self) -> str:
        return self.person.email.replace(".example", ",example") if self.is_spoilt else self.person.email

    @property
    def country(self) -> str:
        return "Nederland" if self.person.meets else ""

    @property
    def day_first(self) -> str:
        return self.at.strftime("%d-%m-%Y %H:%M")

    @property
    def year_first(self) -> str:
        return self.at.strftime("%Y-%m-%d %H:%M")

    @property
    def refuses(self) -> str:
        return "ja" if self.is_opting_out else ""


# What each kind of list calls its columns, and where in a visit it finds what stands in them.
Columns = Mapping[str, str]

SCAN = {
    "Bedrijfsnaam": "person.firm.name", "Contactpersoon": "person.surname_first", "Mailadres": "mail", "Tel.": "person.phone",
    "Functie": "person.title", "Plaats": "person.firm.city", "Land": "country", "Branche": "person.firm.industry",
    "Fte": "person.firm.employees", "Datum scan": "day_first", "Interesse": "interest", "Opmerking": "remark",
    "Niet bellen": "refuses", "Niet mailen": "refuses",
}  # fmt: skip
GUESTS = {
    "Organisatie": "person.firm.name", "Voornaam": "person.first", "Achternaam": "person.last", "E-mail": "mail",
    "Telefoon": "person.phone", "Functie": "person.title", "Branche": "person.firm.industry",
    "Aantal medewerkers": "person.firm.employees", "Land": "country", "Datum": "day_first", "Interesse": "interest",
    "Opmerkingen": "remark",
}  # fmt: skip
WEBINAR = {
    "First Name": "person.first", "Last Name": "person.last", "Email": "mail", "Company": "person.firm.name",
    "Job Title": "person.title", "Phone": "person.phone", "Industry": "person.firm.industry",
    "Number of employees": "person.firm.employees", "Country": "country", "Date": "year_first",
    "Minutes attended": "minutes", "Interest": "interest",
}  # fmt: skip
CALLS = {
    "Bedrijf": "person.firm.name", "Naam": "person.name", "E-mailadres": "mail", "Telefoonnummer": "person.phone",
    "Functie": "person.title", "Plaats": "person.firm.city", "Land": "country", "Branche": "person.firm.industry",
    "Aantal werknemers": "person.firm.employees", "Datum": "day_first", "Interesse": "interest", "Notitie": "remark",
}  # fmt: skip


def written(style: str, visits: Iterable[Visit]) -> tuple[str, bytes]:
    """The file of a style: its ending and its content."""
    if style == "guests":
        return "xlsx", _workbook(GUESTS, visits)
    if style == "webinar":
        return "csv", _text(WEBINAR, visits, ",").encode()
    return "csv", _text(CALLS if style == "calls" else SCAN, visits, ";").encode("cp1252", "replace")


def _text(columns: Columns, visits: Iterable[Visit], delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(map(attrgetter(*columns.values()), visits))
    return text.getvalue()


def _workbook(columns: Columns, visits: Iterable[Visit]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Deelnemers")
        sheet.write_row(0, 0, columns)
        for n, row in enumerate(map(attrgetter(*columns.values()), visits), 1):
            sheet.write_row(n, 0, map(str, row))
    return held.getvalue()
