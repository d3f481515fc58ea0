"""Which files do people bring, whole and broken? Seeded small files of every kind that is read, with what is wrong in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

PEOPLE, LONGEST = 12, 24
FIRST, LAST = ("Anna", "Bas", "Zoë", "Jürgen", "M."), ("de Wit", "Zwart", "van den Broek", "Müller", "O'Neill")
HOMES = ("Wit BV", "Wit B.V.", "Zwart & Zn", "Groen", "")
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "number": (("Number", "Nummer", "ID"), ("A{n}", "A{n}", "")),
    "name": (("Name", "Naam", "Full name"), ("{first} {last}", "{last}, {first}", "{first}", "")),
    "email": (("Email", "E-mail", "E-mailadres"), ("{n}@wit.example", "{n}@WIT.example", "info@wit.example", "no at sign", "")),
    "phone": (("Phone", "Telefoon"), ("06 1234 56{n:02}", "+31 20 555 00 {n:02}", "12", "n/a", "")),
    "company": (("Company", "Bedrijf"), HOMES),
    "date": (("Date", "Datum"), ("2026-03-{n:02}", "31-02-2026", "soon", "")),
    "campaign": (("Campaign", "Campagne"), ("Fair", "Web", "")),
    "stop": (("Do not mail", "Geen mail"), ("no", "no", "", "yes", "perhaps")),
    "title": (("Job title", "Functie"), ("CEO", "Hoofd, inkoop", 'de "chef"', "=1+1", "x\ny", "")),
    "shoe": (("Shoe size",), ("42", "\t", "€ 12", "\\")),
}  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")
PREAMBLE = ("Leads of the fair\n", "Exported on 2026-03-14\n\n", "sep={delimiter}\n")
ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class OddFile:
    """A file, what kind it is, what is wrong with it, and how many records it must have; None where nobody can say."""

    name: str
    content: bytes
    kind: str
    records: int | None


def make(seed: int) -> OddFile:
    """The file of this number: the same each time."""
    random = Random(seed)
    kind = random.choice((text, text, text, workbook, document, cards))
    return kind(random)


def table(random: Random) -> list[list[str]]:
    """A header and rows of a few people, some of them often."""
    keys = random.sample(sorted(COLUMNS), random.randint(3, len(COLUMNS)))
    keys += [] if {"name", "email", "number"} & set(keys) else ["email"]
    header = [random.choice(COLUMNS[key][0]) for key in keys]
    return [header, *(row(random, keys) for _ in range(random.randint(1, LONGEST)))]


def row(random: Random, keys: list[str]) -> list[str]:
    n = random.randint(1, PEOPLE)
    said = {"n": n, "first": FIRST[n % len(FIRST)], "last": LAST[n // 2 % len(LAST)]}
    cells = [random.choice(COLUMNS[key][1]).format(**said) for key in keys]
    return cells if any(cell.strip() for cell in cells) else ["only"] * len(cells)


def text(random: Random) -> OddFile:
    """A table as text, of some dialect and encoding; half of them broken."""
    rows, delimiter = table(random), random.choice(",;\t|")
    damage = random.choice((None, None, None, *DAMAGES))
    written = io.StringIO()
    ends = random.choice(("\n", "\r\n"))
    csv.writer(
        written, delimiter=delimiter, lineterminator=ends, quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    ).writerows(rows)
    said = written.getvalue() if damage is None else damage(random, written.getvalue(), delimiter)
    encoding = random.choice(ENCODINGS)
    name = damage.__name__ if damage else "whole"
    content = said.encode(encoding, "replace")
    return OddFile("odd.csv", content, f"text, {name.replace('_', ' ')}", None if damage else len(rows) - 1)


def broken_quotes(random: Random, said: str, delimiter: str) -> str:
    place = random.randrange(len(said))
    return said[:place] + '"' + said[place:]


def ragged_rows(random: Random, said: str, delimiter: str) -> str:
    lines = said.splitlines(keepends=True)
    place = random.randrange(len(lines))
    return "".join([*lines[:place], delimiter.join("xyz") + delimiter * random.randint(0, 12) + "\n", *lines[place:]])


def blank_lines(random: Random, said: str, delimiter: str) -> str:
    lines = said.splitlines(keepends=True)
    for _ in range(random.randint(1, 4)):
        lines.insert(random.randint(0, len(lines)), random.choice(("\n", " \n", delimiter * 3 + "\n")))
    return "".join(lines)


def lines_above(random: Random, said: str, delimiter: str) -> str:
    return random.choice(PREAMBLE).format(delimiter=delimiter) + said


def cut_off(random: Random, said: str, delimiter: str) -> str:
    return said[: random.randrange(len(said))]


def strange_signs(random: Random, said: str, delimiter: str) -> str:
    place = random.randrange(len(said))
    return said[:place] + random.choice(("\x00", "\x1a", "\ufeff", "\u2028", "\U0001f600", "\r")) + said[place:]


def header_again(random: Random, said: str, delimiter: str) -> str:
    return said + said


DAMAGES: tuple[Callable[[Random, str, str], str], ...] = (
    broken_quotes, ragged_rows, blank_lines, lines_above, cut_off, strange_signs, header_again,
)  # fmt: skip


def workbook(random: Random) -> OddFile:
    rows, content = table(random), io.BytesIO()
    with Workbook(content, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Leads")
        for n, cells in enumerate(rows):
            sheet.write_row(n, 0, cells)
        if random.random() < 0.3:
            book.add_worksheet("Hidden").hide()
    return damaged(random, "odd.xlsx", content.getvalue(), "workbook", len(rows) - 1)


def document(random: Random) -> OddFile:
    rows, content = table(random), io.BytesIO()
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(escape(said)) for said in cells)}</table:table-row>" for cells in rows
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f'<office:body><office:spreadsheet><table:table table:name="Leads">{lines}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_MIMETYPE)
        archive.writestr("content.xml", f"<office:document-content{spaces}>{sheet}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return damaged(random, "odd.ods", content.getvalue(), "document", None)


def damaged(random: Random, name: str, content: bytes, kind: str, records: int | None) -> OddFile:
    """The file as it is, or one in five with some of its bytes lost."""
    if random.random() < 0.8:
        return OddFile(name, content, f"{kind}, whole", records)
    place = random.randrange(len(content))
    return OddFile(name, content[:place] + content[place + random.randint(1, 99) :], f"{kind}, bytes lost", None)


def cards(random: Random) -> OddFile:
    """Some cards; one file in five is cut off."""
    made = "".join(card(random) for _ in range(random.randint(1, LONGEST)))
    is_cut = random.random() < 0.2
    said = made[: random.randrange(40, len(made))] if is_cut else made
    return OddFile(
        "odd.vcf", said.encode(), f"cards, {'cut off' if is_cut else 'whole'}", None if is_cut else made.count("END:")
    )


def card(random: Random) -> str:
    _number, name, mail, phone, home, *_rest = row(random, list(COLUMNS))
    lines = [f"FN:{name or home or 'Somebody'}", f"EMAIL:{mail}", f"TEL:{phone}", f"ORG:{home}"]
    random.shuffle(lines)
    ends = random.choice(("\r\n", "\n"))
    return ends.join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])
