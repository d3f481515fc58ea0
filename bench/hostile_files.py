"""Which files harm a program that reads them? Small ones that unpack to very much, and ones that lie about what they are."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from xlsxwriter import Workbook

MB = 1_000_000
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = '<row><c t="inlineStr"><is><t>Naam</t></is></c></row><row><c t="inlineStr"><is><t>Piet</t></is></c></row>'
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
LONG_ENTITY = f'<!DOCTYPE l [<!ENTITY a11 "{"ha" * MB}">]>'
PEOPLE = "".join(f"Jan {n},jan{n}@wit.example,06 1234 {n:04}\n" for n in range(2_000))
HEADER = "Name,Email,Phone\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by what it does, its ending, and how its bytes are made, part by part."""

    does: str
    ending: str
    parts: Callable[[], Iterable[bytes]]


def whole(content: bytes | str) -> Callable[[], Iterable[bytes]]:
    return lambda: [content.encode() if isinstance(content, str) else content]


def again(part: bytes, times: int, before: bytes = b"", after: bytes = b"") -> Callable[[], Iterator[bytes]]:
    """The same part very often, without holding all of it."""
    many = max(1, MB // len(part))

    def parts() -> Iterator[bytes]:
        yield before
        for _ in range(times // many):
            yield part * many
        yield part * (times % many) + after

    return parts


def archive(members: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return held.getvalue()


def related(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def book(
    rows: str, *, before: str = "", texts: str = "", part: str = "worksheets/sheet1.xml", count: int = 1
) -> dict[str, str | bytes]:
    """The members of a bare XLSX workbook; `before` stands at the head of its sheet."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    links = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="{part}"/>'
    links += f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if texts else ""
    start = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    members: dict[str, str | bytes] = {
        "_rels/.rels": related(start),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(links),
        f"xl/{part}": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return members | ({"xl/sharedStrings.xml": texts} if texts else {})


def document(rows: str, *, before: str = "") -> dict[str, str | bytes]:
    """The members of a bare ODS document."""
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    inside = f'<office:body><office:spreadsheet><table:table table:name="L">{rows}</table:table></office:spreadsheet></office:body>'
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"{before}<office:document-content {names}>{inside}</office:document-content>",
    }


def packed(members: Callable[[], dict[str, str | bytes]]) -> Callable[[], Iterable[bytes]]:
    return lambda: [archive(members())]


def ods_row(cell: str, repeated: str = "") -> str:
    return f"<table:table-row{repeated}>{cell}</table:table-row>"


def compound(sectors: Callable[[int], int], name: str = "Workbook") -> bytes:
    """An old workbook or a locked one, with a table of sectors of one's own."""
    found = bytearray(512 * 6)
    found[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", found, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", found, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<128I", found, 512, *[sectors(n) for n in range(128)])
    said = name.encode("utf-16-le")
    found[1024 : 1024 + len(said)] = said
    return bytes(found)


def real_book(rows: int = 200) -> bytes:
    held = io.BytesIO()
    with Workbook(held) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Email"])
        for n in range(rows):
            sheet.write_row(n + 1, 0, [f"Jan {n}", f"jan{n}@wit.example"])
    return held.getvalue()


def noise(size: int, seed: int = 5) -> bytes:
    return Random(seed).randbytes(size)


def turned(content: bytes, seed: int) -> bytes:
    """The same with a hundred bytes changed."""
    random, found = Random(seed), bytearray(content)
    for _ in range(100):
        found[random.randrange(len(found))] = random.randrange(256)
    return bytes(found)


TEXTS = (
    Hostile("holds nothing", "csv", whole(b"")),
    Hostile("holds a byte order mark", "csv", whole(b"\xef\xbb\xbf")),
    Hostile("holds blank lines", "csv", whole("\n \n\t\n" * 500)),
    Hostile("holds its header alone", "csv", whole(HEADER)),
    Hostile("is zeros", "csv", whole(bytes(MB))),
    Hostile("is noise", "csv", whole(noise(3 * MB))),
    Hostile("is a picture", "csv", whole(b"\x89PNG\r\n\x1a\n" + noise(200_000))),
    Hostile("is a PDF", "xlsx", whole(b"%PDF-1.7\n" + noise(200_000))),
    Hostile("is packed", "csv", whole(gzip.compress((HEADER + PEOPLE).encode()))),
    Hostile("is an archive of a table", "csv", whole(archive({"people.csv": HEADER + PEOPLE}))),
    Hostile("UTF-16 cut within a letter", "csv", whole((HEADER + PEOPLE).encode("utf-16")[:-1])),
    Hostile("UTF-16 without a mark", "csv", whole((HEADER + PEOPLE).encode("utf-16-be"))),
    Hostile("UTF-32", "csv", whole((HEADER + PEOPLE).encode("utf-32"))),
    Hostile("mixes encodings", "csv", whole((HEADER + PEOPLE).encode() + "Zoë,z@wit.example,\n".encode("cp1252") * 99)),
    Hostile("zeros between letters", "csv", whole((HEADER + PEOPLE).replace("Jan", "J\0an"))),
    Hostile("one line of 50 MB", "csv", again(b"a,", 25 * MB)),
    Hostile("one word of 50 MB", "csv", again(b"a", 50 * MB, HEADER.encode())),
    Hostile("a quote never closed", "csv", again(b"Jan,jan@wit.example,\n", 2 * MB, HEADER.encode() + b'"Piet,')),
    Hostile("quotes alone", "csv", again(b'"', 5 * MB, HEADER.encode())),
    Hostile("an open quote in each line", "csv", again(b'"Jan,j@wit.example,1\n', 200_000, HEADER.encode())),
    Hostile("carriage returns alone", "csv", again(b"\r", 20 * MB, HEADER.encode())),
    Hostile("blank lines by the million", "csv", again(b"\n", 30 * MB, HEADER.encode())),
    Hostile("10,000 columns", "csv", whole(",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("x" * 10_000))),
    Hostile(
        "500 columns of one name", "csv", whole(",".join(["Email"] * 500) + "\n" + ",".join(["a@b.example"] * 500))
    ),
    Hostile("a header of a megabyte", "csv", whole("a" * MB + ",Email\nx,x@wit.example\n")),
    Hostile("an address of a megabyte", "csv", whole(HEADER + "Jan," + "a." * (MB // 2) + "@wit.example,\n")),
    Hostile("a number of a megabyte", "csv", whole(HEADER + "Jan,j@wit.example," + "06 12 " * (MB // 6) + "\n")),
    Hostile("a name of 100,000 words", "csv", whole(HEADER + "van de " * 100_000 + ",j@wit.example,\n")),
    Hostile("addresses in addresses", "csv", whole(HEADER + "Jan," + "a@" * 100_000 + "wit.example,\n")),
    Hostile(
        "figures beyond all",
        "csv",
        whole(
            "Name,Revenue,Employees,Date\n" + "Jan,1e999,9" + "9" * 5_000 + ",0000-00-00\nPiet,NaN,-inf,99999-12-31\n"
        ),
    ),
    Hostile(
        "formulas",
        "csv",
        whole(HEADER + '=cmd|\'/c calc\'!A0,"=HYPERLINK(""http://x.example"")",@SUM(1)\n+1,-2+3@wit.example,\t=1\n'),
    ),
    Hostile("turns writing round", "csv", whole(HEADER + "\u202egnp.nad\u202c,j@wit.example,\n\u200b\u200b,\ufeff,\n")),
    Hostile("letters with 10,000 accents", "csv", whole(HEADER + "a" + "\u0301" * 10_000 + ",j@wit.example,\n")),
    Hostile("halves of letters", "csv", whole(HEADER.encode() + b"\xed\xa0\x80,j@wit.example,\n" * 99)),
    Hostile(
        "SQL and markup",
        "csv",
        whole(
            HEADER + "'); DROP TABLE leads_lead;--,j@wit.example,\n<script>alert(1)</script>,{{7*7}}@wit.example,%s\n"
        ),
    ),
    Hostile(
        "a page called a workbook",
        "xls",
        whole("<html><table>" + "<tr><td>Jan</td><td>j@wit.example</td></tr>" * 999 + "</table></html>"),
    ),
    Hostile("markup 200,000 deep", "xls", whole("<table>" + "<b>" * 200_000)),
    Hostile("laughs as text", "csv", whole('<?xml version="1.0"?>' + LAUGHS + "<l>&a11;</l>")),
    Hostile("JSON 100,000 deep", "csv", whole("[" * 100_000)),
    Hostile("numbers its dialect wrong", "csv", whole("sep=;\n" + HEADER + PEOPLE)),
)
"""Tables as text, or what is called so."""

FAR = HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MANY = "<si><t>a</t></si>"
WORKBOOKS = (
    Hostile("cells at the far end", "xlsx", packed(lambda: book(FAR))),
    Hostile("96 million empty cells", "xlsx", packed(lambda: book(HEAD + "<row>" + "<c/>" * 96_000_000 + "</row>"))),
    Hostile("60 million values", "xlsx", packed(lambda: book(HEAD + "<row><c><v>1</v></c></row>" * 20_000_000))),
    Hostile("90 million blank rows", "xlsx", packed(lambda: book(HEAD + "<row/>" * 90_000_000))),
    Hostile("laughs in its sheet", "xlsx", packed(lambda: book(HEAD.replace("Piet", "&a11;"), before=LAUGHS))),
    Hostile(
        "a file of the machine in its sheet",
        "xlsx",
        packed(lambda: book(HEAD.replace("Piet", "&a11;"), before=OUTSIDE)),
    ),
    Hostile(
        "a long entity again and again",
        "xlsx",
        packed(lambda: book(HEAD.replace("Piet", "&a11;" * 5_000), before=LONG_ENTITY)),
    ),
    Hostile(
        "20 million texts", "xlsx", packed(lambda: book(HEAD, texts=f'<sst xmlns="{MAIN}">{MANY * 20_000_000}</sst>'))
    ),
    Hostile(
        "laughs in its texts",
        "xlsx",
        packed(lambda: book(HEAD, texts=f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&a11;</t></si></sst>')),
    ),
    Hostile("a text of 400 MB", "xlsx", packed(lambda: book(HEAD.replace("Piet", "a" * 400 * MB)))),
    Hostile("30,000 sheets", "xlsx", packed(lambda: book(HEAD, count=30_000))),
    Hostile(
        "a sheet in no such place", "xlsx", packed(lambda: {k: v for k, v in book(HEAD).items() if "sheet1" not in k})
    ),
    Hostile("a sheet outside the archive", "xlsx", packed(lambda: book(HEAD, part="../../../../etc/passwd"))),
    Hostile("markup 500,000 deep", "xlsx", packed(lambda: book("<row>" * 500_000))),
    Hostile("100,000 members", "xlsx", packed(lambda: book(HEAD) | {f"x/{n}": "" for n in range(100_000)})),
    Hostile("an archive in an archive", "xlsx", packed(lambda: {"a.xlsx": archive({"b.xlsx": archive(book(HEAD))})})),
    Hostile("a gigabyte of zeros beside it", "xlsx", packed(lambda: book(HEAD) | {"xl/media/a.png": bytes(1000 * MB)})),
    Hostile(
        "attributes by the million",
        "xlsx",
        packed(lambda: book("<row " + " ".join(f'a{n}="1"' for n in range(2 * MB)) + "/>")),
    ),
    Hostile("cut off", "xlsx", whole(real_book()[:-500])),
    Hostile("cut in half", "xlsx", whole(real_book()[: len(real_book()) // 2])),
    *(Hostile(f"bytes changed, {seed}", "xlsx", whole(turned(real_book(), seed))) for seed in range(6)),
    Hostile("an archive of nothing", "xlsx", whole(archive({}))),
    Hostile("packed by LZMA", "xlsx", lambda: [archive(book(HEAD), zipfile.ZIP_LZMA)]),
    Hostile("locked", "xlsx", whole(compound(lambda n: (n + 1) % 5, "EncryptedPackage"))),
)
"""XLSX and other archives."""

VALUE = '<table:table-cell office:value-type="string"{}><text:p>Jan</text:p></table:table-cell>'
WIDE = VALUE.format(' table:number-columns-repeated="16384"')
DOCUMENTS = (
    Hostile(
        "a row a billion times",
        "ods",
        packed(lambda: document(ods_row(VALUE.format(""), ' table:number-rows-repeated="999999999"'))),
    ),
    Hostile(
        "a wide row a million times",
        "ods",
        packed(lambda: document(ods_row(WIDE, ' table:number-rows-repeated="1048576"'))),
    ),
    Hostile(
        "two billion blanks",
        "ods",
        packed(lambda: document(ods_row(VALUE.format("").replace("Jan", '<text:s text:c="2000000000"/>')))),
    ),
    Hostile(
        "laughs", "ods", packed(lambda: document(ods_row(VALUE.format("").replace("Jan", "&a11;")), before=LAUGHS))
    ),
    Hostile(
        "a file of the machine",
        "ods",
        packed(lambda: document(ods_row(VALUE.format("").replace("Jan", "&a11;")), before=OUTSIDE)),
    ),
    Hostile("tables 100,000 deep", "ods", packed(lambda: document("<table:table>" * 100_000))),
    Hostile("60 million empty cells", "ods", packed(lambda: document(ods_row("<table:table-cell/>" * 60_000_000)))),
    Hostile("sectors in a circle", "xls", whole(compound(lambda n: (n + 1) % 5))),
    Hostile("sectors beyond the end", "xls", whole(compound(lambda n: 0x7FFFFFFF))),
    Hostile("noise after the mark", "xls", whole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(MB))),
    Hostile(
        "a card that never ends",
        "vcf",
        again(b"NOTE:=\n", 5 * MB, b"BEGIN:VCARD\nN:Wit;Piet\nNOTE;ENCODING=QUOTED-PRINTABLE:=\n"),
    ),
    Hostile(
        "a picture of 100 MB",
        "vcf",
        again(b" QUJD\n", 17 * MB, b"BEGIN:VCARD\nVERSION:3.0\nFN:Piet\nPHOTO;ENCODING=b:QUJD\n", b"END:VCARD\n"),
    ),
    Hostile("cards in cards", "vcf", again(b"BEGIN:VCARD\n", 500_000)),
    Hostile(
        "300,000 cards",
        "vcf",
        again(b"BEGIN:VCARD\nVERSION:3.0\nFN:Jan Wit\nEMAIL:j@wit.example\nEND:VCARD\n", 300_000),
    ),
    Hostile(
        "a card of 100,000 addresses",
        "vcf",
        again(b"EMAIL:a@wit.example\n", 100_000, b"BEGIN:VCARD\nVERSION:3.0\nFN:Jan\n", b"END:VCARD\n"),
    ),
)
"""ODS documents, old workbooks and cards."""


def every() -> Iterator[Hostile]:
    yield from (*TEXTS, *WORKBOOKS, *DOCUMENTS)
