"""Small files that would take all memory or time end in a sentence that says what to do."""

import struct
import zipfile
from pathlib import Path

import pytest

from leads.importing.header_words import meanings
from leads.importing.reading import Unreadable, content, open_table, properties, sheets, taking_apart, text

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<row><c t="inlineStr"><is><t>Naam</t></is></c></row><row><c t="inlineStr"><is><t>Piet</t></is></c></row>'


def related(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def workbook(folder: Path, rows: str, *, part: str = "worksheets/sheet1.xml", texts: str = "", count: int = 1) -> Path:
    """A bare XLSX workbook: rows as they stand, in a sheet that may be anywhere, shown `count` times."""
    path = folder / "bomb.xlsx"
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels", related(f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>')
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
        )
        link = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="{part}"/>'
        link += f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if texts else ""
        archive.writestr("xl/_rels/workbook.xml.rels", related(link))
        archive.writestr(
            f"xl/{part}", f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
        if texts:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return path


def document(folder: Path, rows: str) -> Path:
    path = folder / "bomb.ods"
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        inside = f'<office:body><office:spreadsheet><table:table table:name="L">{rows}</table:table></office:spreadsheet></office:body>'
        archive.writestr("content.xml", f"<office:document-content {names}>{inside}</office:document-content>")
    return path


def compound(folder: Path) -> Path:
    """An old workbook whose chain of sectors goes in a circle."""
    found = bytearray(512 * 6)
    found[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", found, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", found, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<128I", found, 512, *[(n + 1) % 5 for n in range(128)])
    found[1024:1040] = "Workbook".encode("utf-16-le")
    path = folder / "bomb.xls"
    path.write_bytes(found)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as problem:
        open_table(path).count_rows()
    return str(problem.value)


def test_a_workbook_as_bare_as_these_is_read(tmp_path: Path) -> None:
    assert open_table(workbook(tmp_path, HEAD)).count_rows() == 1
    assert open_table(workbook(tmp_path, HEAD, part="elsewhere/data.xml")).count_rows() == 1


def test_what_grows_beyond_all_memory_is_tried_apart_from_us(tmp_path: Path) -> None:
    blanks = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p>'
    )
    found = {
        refusal(workbook(tmp_path, HEAD + '<row r="3"><c r="XFD1048576"><v>1</v></c></row>')),
        refusal(document(tmp_path, blanks + "</table:table-cell></table:table-row>")),
        refusal(compound(tmp_path)),
    }
    assert found == {str(sheets.too_demanding())}


def test_values_are_counted_however_their_tags_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_VALUES", 3)
    for value in ("<x:c><x:v>1</x:v></x:c>", '<c><v a="">1</v></c>', "<c><v>1</v></c>"):
        assert refusal(workbook(tmp_path, f"<row>{value * 4}</row>")).startswith("The sheet holds ")


def test_a_large_part_is_a_sheet_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGE", 100)
    monkeypatch.setattr(sheets, "MAX_VALUES", 3)
    assert refusal(workbook(tmp_path, "<row><c><v>1</v></c></row>" * 9, part="elsewhere/data.xml")).startswith(
        "The sheet holds"
    )


def test_texts_are_limited_in_size_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, HEAD, texts="<si><t>ab</t></si>" * 50)
    monkeypatch.setattr(sheets, "LARGE", 100)
    monkeypatch.setattr(sheets, "MAX_VALUES", 49)
    assert refusal(path).startswith("The sheet holds 50 values")
    monkeypatch.setattr(content, "MAX_TEXTS", 900)
    assert refusal(path).startswith("The workbook unpacks to more than")


def test_a_cell_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_TEXT", 3)
    assert refusal(workbook(tmp_path, HEAD)) == str(sheets.too_demanding())


def test_blank_rows_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 5)
    monkeypatch.setattr(sheets, "MAX_GRID", 50)
    assert refusal(workbook(tmp_path, "<row/>" * 9)).startswith("The sheet's used range is 9 rows")


def test_blank_cells_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 20)
    monkeypatch.setattr(sheets, "MAX_TAGS", 20)
    blanks = "<table:table-row>" + "<table:table-cell/>" * 30 + "</table:table-row>"
    found = {refusal(workbook(tmp_path, HEAD + "<row>" + "<c/>" * 30 + "</row>")), refusal(document(tmp_path, blanks))}
    assert found == {str(sheets.too_demanding())}


def test_of_a_header_without_end_the_beginning_is_read() -> None:
    said = [
        [meaning.field for meaning in meanings(header)] for header in ("Email: " + "x" * 1_000_000, "x" * 1_000_000)
    ]
    assert said == [["email"], []]


def test_of_very_many_sheets_the_first_are_looked_at(tmp_path: Path) -> None:
    assert len(open_table(workbook(tmp_path, HEAD, count=2 * taking_apart.SHEETS)).sheets) == 2 * taking_apart.SHEETS


def test_a_line_of_millions_of_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MANY_CELLS", 5_000)
    path = tmp_path / "wide.csv"
    path.write_bytes(b"Naam,E-mail\nPiet,p@x.example\n" * 60 + b"," * 2_500_000)
    assert refusal(path).startswith("The table has 2500001 columns")


def test_a_quote_never_closed_between_two_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    path.write_bytes(
        b"Naam,E-mail\n" + b"Jan,j@x.example\n" * 20_000 + b'"Piet,p@x.example\n' + b"Jan,j@x.example\n" * 5_000
    )
    assert refusal(path).startswith("A quote that opens on line 20002 is never closed")


def test_a_card_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(properties, "LONGEST_CARD", 50)
    path = tmp_path / "cards.vcf"
    path.write_text("BEGIN:VCARD\nN:Wit;Piet\nNOTE;ENCODING=QUOTED-PRINTABLE:" + "=\n" * 99)
    assert refusal(path) == "The card that goes on at line 52 has no end. Export the contacts again."
    path.write_text("BEGIN:VCARD\nN:Wit;Piet\nPHOTO;ENCODING=b:AA\n" + " AA\n" * 99 + "END:VCARD\n")
    assert open_table(path).count_rows() == 1


def test_a_charset_that_says_halves_of_letters(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text("BEGIN:VCARD\nN;CHARSET=utf-7;ENCODING=QUOTED-PRINTABLE:W+2AA-it;Piet\nEND:VCARD\n")
    assert open_table(path).samples == [["Piet", "W?it"]]
