"""What do the demo's lead files say? Lists of visitors, guests, webinars and calls, each as its maker exports it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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


Columns = Sequence[tuple[str, Callable[[Visit], object]]]

DUTCH = "%d-%m-%Y %H:%M"
SCAN: Columns = (
    ("Bedrijfsnaam", lambda v: v.person.firm.name),
    ("Contactpersoon", lambda v: v.person.surname_first),
    ("Mailadres", lambda v: v.mail),
    ("Tel.", lambda v: v.person.phone),
    ("Functie", lambda v: v.person.title),
    ("Plaats", lambda v: v.person.firm.city),
    ("Land", lambda v: v.country),
    ("Branche", lambda v: v.person.firm.industry),
    ("Fte", lambda v: v.person.firm.employees),
    ("Datum scan", lambda v: v.at.strftime(DUTCH)),
    ("Interesse", lambda v: v.interest),
    ("Opmerking", lambda v: v.remark),
    ("Niet bellen", lambda v: "ja" if v.is_opting_out else ""),
    ("Niet mailen", lambda v: "ja" if v.is_opting_out else ""),
)
GUESTS: Columns = (
    ("Organisatie", lambda v: v.person.firm.name),
    ("Voornaam", lambda v: v.person.first),
    ("Achternaam", lambda v: v.person.last),
    ("E-mail", lambda v: v.mail),
    ("Telefoon", lambda v: v.person.phone),
    ("Functie", lambda v: v.person.title),
    ("Branche", lambda v: v.person.firm.industry),
    ("Aantal medewerkers", lambda v: v.person.firm.employees),
    ("Land", lambda v: v.country),
    ("Datum", lambda v: v.at.strftime(DUTCH)),
    ("Interesse", lambda v: v.interest),
    ("Opmerkingen", lambda v: v.remark),
)
WEBINAR: Columns = (
    ("First Name", lambda v: v.person.first),
    ("Last Name", lambda v: v.person.last),
    ("Email", lambda v: v.mail),
    ("Company", lambda v: v.person.firm.name),
    ("Job Title", lambda v: v.person.title),
    ("Phone", lambda v: v.person.phone),
    ("Industry", lambda v: v.person.firm.industry),
    ("Number of employees", lambda v: v.person.firm.employees),
    ("Country", lambda v: v.country),
    ("Date", lambda v: v.at.strftime("%Y-%m-%d %H:%M")),
    ("Minutes attended", lambda v: v.minutes),
    ("Interest", lambda v: v.interest),
)
CALLS: Columns = (
    ("Bedrijf", lambda v: v.person.firm.name),
    ("Naam", lambda v: v.person.name),
    ("E-mailadres", lambda v: v.mail),
    ("Telefoonnummer", lambda v: v.person.phone),
    ("Functie", lambda v: v.person.title),
    ("Plaats", lambda v: v.person.firm.city),
    ("Land", lambda v: v.country),
    ("Branche", lambda v: v.person.firm.industry),
    ("Aantal werknemers", lambda v: v.person.firm.employees),
    ("Datum", lambda v: v.at.strftime(DUTCH)),
    ("Interesse", lambda v: v.interest),
    ("Notitie", lambda v: v.remark),
)


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
    writer.writerow([header for header, _read in columns])
    writer.writerows([read(visit) for _header, read in columns] for visit in visits)
    return text.getvalue()


def _workbook(columns: Columns, visits: Iterable[Visit]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Deelnemers")
        sheet.write_row(0, 0, [header for header, _read in columns])
        for n, visit in enumerate(visits, 1):
            sheet.write_row(n, 0, [str(read(visit)) for _header, read in columns])
    return held.getvalue()
