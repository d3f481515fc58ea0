"""Who is on the cards of a vCard file? A table with a row for each card, and a column for what any card says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from leads.importing.reading.properties import Property, properties
from leads.importing.reading.table import SAMPLE_ROWS, Line, Table, Unreadable
from leads.importing.reading.text import detect_encoding
from leads.names import INFIXES

Row = dict[str, str]
COLUMNS = (
    "Full name", "Salutation", "First name", "Infix", "Last name", "Nickname", "Job title", "Company", "Department", "Email",
    "Email 2", "Email 3", "Phone", "Phone 2", "Phone 3", "Mobile phone", "Mobile phone 2", "Fax", "Street", "Postcode", "City",
    "Region", "Country", "Website", "LinkedIn", "Birthday", "Notes", "Tags", "UID",
)  # fmt: skip
"""What cards say of people, in the order in which it is shown; only what any card of the file says becomes a column."""
ADDRESS = ("Street", "City", "Region", "Postcode", "Country")
FEW, MANY = 3, 100
SHORT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")


@dataclass
class Card:
    """What one card says, each property in the order of the file."""

    line: int
    said: dict[str, list[Property]] = field(default_factory=dict)

    def add(self, one: Property) -> None:
        said = self.said.setdefault(one.name, [])
        if len(said) < MANY:
            said.append(one)

    def ranked(self, name: str) -> list[Property]:
        """The properties of a name, the preferred first, then those of work, then those of home."""
        return sorted(self.said.get(name, ()), key=rank)

    def text(self, name: str) -> str:
        return next((one.text for one in self.ranked(name) if one.text), "")


def rank(one: Property) -> tuple[bool, bool, bool]:
    return "pref" not in one.kinds, "work" not in one.kinds, "home" in one.kinds


def open_vcards(path: Path) -> Table:
    """The table of a vCard file; raise Unreadable where there is no card in it that says anything."""
    used: set[str] = set()
    first_rows: list[Row] = []
    count = 0
    for row in map(said, cards(path)):
        count += any(map(str.strip, row.values()))
        used |= row.keys()
        first_rows += [row] if len(first_rows) < SAMPLE_ROWS else []
    if not used:
        raise Unreadable(_("There is nobody on the cards in this file. Export the contacts again."))
    headers = [name for name in COLUMNS if name in used]
    lines = partial(rows, path, headers)
    return Table(
        sheet=None,
        sheets=[],
        encoding=detect_encoding(path)[0],
        delimiter=None,
        header_row=None,
        headers=headers,
        samples=[[row.get(name, "") for name in headers] for row in first_rows],
        lines=lines,
        is_of_cards=True,
        counted=count,
    )


def rows(path: Path, headers: list[str]) -> Iterator[Line]:
    for card in cards(path):
        row = said(card)
        yield card.line, [row.get(name, "") for name in headers]


def cards(path: Path) -> Iterator[Card]:
    """Every card; one that is cut off counts, and one inside another (an assistant's) belongs to nobody."""
    card: Card | None = None
    inner = 0
    for one in properties(path):
        if one.name == "BEGIN":
            inner += card is not None
            card = card or Card(one.line)
        elif one.name == "END":
            if card and not inner:
                yield card
                card = None
            inner = max(0, inner - 1)
        elif card and not inner:
            card.add(one)
    if card:
        yield card


def said(card: Card) -> Row:
    """What a card says, by the names of columns."""
    found = name_of(card) | address_of(card)
    found |= numbered("Email", (one.text.removeprefix("mailto:") for one in card.ranked("EMAIL")))
    found |= phones_of(card)
    found |= {"Nickname": card.text("NICKNAME"), "Job title": card.text("TITLE") or card.text("ROLE")}
    company, *units = next((one.parts for one in card.ranked("ORG")), [""])
    found |= {"Company": company, "Department": ", ".join(filter(None, units))}
    pages = [one.text for one in card.ranked("URL") + card.ranked("X-SOCIALPROFILE") if one.text]
    found |= {"LinkedIn": first(pages, lambda page: "linkedin." in page)}
    found |= {"Website": first(pages, lambda page: "linkedin." not in page and not page.startswith("x-apple:"))}
    found |= {"Birthday": day(card.text("BDAY")), "UID": card.text("UID").removeprefix("urn:uuid:")}
    found |= {"Tags": card.text("CATEGORIES")}
    found |= {"Notes": "\n".join("; ".join(one.parts) for one in card.said.get("NOTE", ()))}
    return {name: value for name, value in found.items() if value}


def first(texts: Iterable[str], test: Callable[[str], bool]) -> str:
    return next(filter(test, texts), "")


def name_of(card: Card) -> Row:
    """The name in its parts; whole only where the card does not tell them apart. A middle name may be an infix."""
    parts = next((one.parts for one in card.said.get("N", ())), [])
    last, given, middle, prefix, suffix = (parts + [""] * 5)[:5]
    if not (last and given):
        full = card.text("FN") or " ".join(filter(None, (given, middle, last)))
        is_company = full == next((one.text for one in card.said.get("ORG", ())), "")
        return {"Salutation": prefix, "Full name": "" if is_company else full}
    is_infix = tuple(middle.lower().split()) in INFIXES
    infix, last = (middle, last) if is_infix else apart(last)
    given = given if is_infix else f"{given} {middle}".strip()
    return {"Salutation": prefix, "First name": given, "Infix": infix, "Last name": f"{last} {suffix}".strip()}


def apart(last: str) -> tuple[str, str]:
    """The infix that a last name begins with, and the rest: "van den Broek"."""
    words = last.split()
    for count in range(len(words) - 1, 0, -1):
        if words[0].islower() and tuple(word.lower() for word in words[:count]) in INFIXES:
            return " ".join(words[:count]), " ".join(words[count:])
    return "", last


def address_of(card: Card) -> Row:
    """The address of work, else the preferred one, else the first."""
    places = sorted(card.ranked("ADR"), key=lambda one: "work" not in one.kinds)
    for one in places:
        box, more, *rest = (one.parts + [""] * 7)[:7]
        if any(rest):
            street, *others = rest
            return dict(zip(ADDRESS, (" ".join(filter(None, (street or box, more))), *others), strict=True))
    return {}


def phones_of(card: Card) -> Row:
    """Numbers by what they are of: a mobile phone, a fax, or any other."""
    by_kind: dict[str, list[str]] = {"Phone": [], "Mobile phone": [], "Fax": []}
    for one in card.ranked("TEL"):
        number = one.text.removeprefix("tel:").partition(";")[0]
        is_fax, is_mobile = "fax" in one.kinds, not one.kinds.isdisjoint({"cell", "iphone", "mobile"})
        by_kind["Fax" if is_fax else "Mobile phone" if is_mobile else "Phone"].append(number)
    found = numbered("Phone", by_kind["Phone"])
    found |= numbered("Mobile phone", by_kind["Mobile phone"][:2])
    return found | numbered("Fax", by_kind["Fax"][:1])


def numbered(name: str, values: Iterable[str]) -> Row:
    """The first few values under a name and its numbers, each once."""
    distinct = dict.fromkeys(value.strip() for value in values if value.strip())
    return {name if n == 1 else f"{name} {n}": value for n, value in enumerate(islice(distinct, FEW), 1)}


def day(text: str) -> str:
    """A date of birth as people write it; one without a year is none."""
    found = SHORT_DATE.fullmatch(text)
    return "-".join(found.groups()) if found else "" if text.startswith("--") else text.partition("T")[0]
