import csv
import datetime as dt
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from leads.importing.reading import (
    MAX_COLUMNS,
    NO_HEADER,
    Record,
    Table,
    Unreadable,
    content,
    letters,
    open_table,
    sheets,
    table,
)
from leads.problems import Problem

TEXT = "Naam;E-mail\nJosé Café;jose@x.example\nZoë Müller;zoe@x.example\n"
RECORDS = [["José Café", "jose@x.example"], ["Zoë Müller", "zoe@x.example"]]


def write(folder: Path, written: str | bytes, name: str = "leads.csv") -> Path:
    path = folder / name
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return path


def read(folder: Path, written: str | bytes) -> Table:
    return open_table(write(folder, written))


def cells(found: Table) -> list[list[str]]:
    return [record.cells for record in found.records()]


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(Unreadable) as problem:
        open_table(path, **options)
    return str(problem.value)


def workbook(folder: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    path = folder / "leads.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if title in hidden:
                sheet.hide()
    return path


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
def test_any_common_encoding(tmp_path: Path, written: str, found: str):
    opened = read(tmp_path, TEXT.encode(written))

    assert (opened.encoding, opened.headers, cells(opened)) == (found, ["Naam", "E-mail"], RECORDS)


NAMES = ("Paweł Nowak", "Ayşe Şahin", "Γιώργος Παπάς", "Иван Петров", "Zoë de Wit")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_letters_of_two_bytes_may_be_of_any_language(tmp_path: Path, encoding: str):
    for names in (NAMES, *([name] for name in NAMES)):
        people = [[name, f"jan{n}@wit.example"] for n, name in enumerate(names * 20)]
        opened = read(tmp_path, "\n".join(["Имя\tE-mail", *map("\t".join, people)]).encode(encoding))

        assert (opened.encoding, cells(opened)) == (encoding, people)


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"\xfe\xff"])
def test_noise_is_no_text_of_two_bytes_a_letter(tmp_path: Path, mark: bytes):
    noise = bytes(byte for n in range(20_000) for byte in (n * 7919 % 251, n % 8))
    with pytest.raises(Unreadable, match="This is a binary file"):
        read(tmp_path, mark + noise)


def test_bytes_that_windows_leaves_undefined(tmp_path: Path):
    opened = read(tmp_path, b"Naam;E-mail\nJos\xe9 \x81;jose@x.example\n")

    assert (opened.encoding, cells(opened)) == ("latin-1", [["José \x81", "jose@x.example"]])


def test_a_few_stray_bytes_in_utf8(tmp_path: Path):
    opened = read(tmp_path, b"Naam;E-mail\n" + "Zoë é;z@x.example\n".encode() * 20 + b"Caf\xe9;c@x.example\n")

    assert (opened.encoding, cells(opened)[-1]) == ("utf-8", ["Café", "c@x.example"])


@pytest.mark.parametrize("mark", list(";,\t|^~"))
def test_any_common_delimiter(tmp_path: Path, mark: str):
    opened = read(tmp_path, TEXT.replace(";", mark))

    assert (opened.delimiter, cells(opened)) == (mark, RECORDS)


def test_the_delimiter_is_the_one_that_cuts_evenly(tmp_path: Path):
    opened = read(tmp_path, "Naam;Notitie\nJan;belt, mailt, komt\nAn;nee, of toch\nBo;, dus\n")

    assert (opened.delimiter, opened.count_rows()) == (";", 3)


def test_a_stated_delimiter_is_honoured(tmp_path: Path):
    opened = read(tmp_path, "sep=;\nNaam;E-mail\nA, B, C;a@x.example\n")

    assert (opened.header_row, cells(opened)) == (2, [["A, B, C", "a@x.example"]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Name,Notes\nA,"one\ntwo, three"\n', ["A", "one\ntwo, three"]),
        ('Name,Notes\nA,"say ""hi"", now"\n', ["A", 'say "hi", now']),
        ('Name,Notes\nA,"say \\"hi\\", now"\n', ["A", 'say "hi", now']),
        ('Name, Notes\nA, "one, two"\n', ["A", "one, two"]),
        ("Name,Notes\rA,fine\r", ["A", "fine"]),
        ("Name,Notes\nA\0,fine\n", ["A", "fine"]),
    ],
)
def test_quotes_line_ends_and_noughts(tmp_path: Path, text: str, expected: list[str]):
    assert cells(read(tmp_path, text)) == [expected]


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path):
    opened = read(tmp_path, 'Name,Email,Notes\nA,a@x.example,"oops\n' + "B,b@x.example,fine\n" * 60)

    assert (opened.count_rows(), cells(opened)[0][2]) == (61, '"oops')


def test_a_quote_that_is_never_closed_far_down_is_named(tmp_path: Path):
    rows = 'C,c@x.example,"ok"\n' * 20_000
    opened = read(tmp_path, "Name,Email,Notes\n" + rows + 'A,a@x.example,"oops\n' + "B,b@x.example,fine\n" * 5_000)

    with pytest.raises(Unreadable, match="A quote that opens on line 20002 is never closed"):
        opened.count_rows()


def test_a_header_below_a_preamble(tmp_path: Path):
    opened = read(tmp_path, "Lead export\nMade on,14-03-2026\n\nName,Email,Phone\nA,a@x.example,020 555 0101\n")

    assert (opened.header_row, opened.headers, list(opened.records())) == (
        4,
        ["Name", "Email", "Phone"],
        [Record(1, 5, ["A", "a@x.example", "020 555 0101"])],
    )


def test_a_file_without_header(tmp_path: Path):
    opened = read(tmp_path, "Jan,jan@x.example\nAn,an@x.example\n")

    assert (opened.header_row, opened.headers, opened.count_rows()) == (None, ["", ""], 2)


def test_a_header_without_rows(tmp_path: Path):
    opened = read(tmp_path, "Name,Email\n")

    assert (opened.header_row, opened.headers, opened.count_rows()) == (1, ["Name", "Email"], 0)


def test_double_and_empty_headers_stay_in_place(tmp_path: Path):
    opened = read(tmp_path, "Email,,Email,Name\na@x.example,1,,A\nb@x.example,2,,B\n")

    assert opened.headers == ["Email", "", "Email", "Name"]


def test_blank_lines_and_closing_lines_are_no_records(tmp_path: Path):
    text = "Name,Email,Sum\nA,a@x.example,3\n\n , ,\nB,b@x.example,4\nTotal,,7\n\nCopyright (c) 2026 Acme\nGenerated by Jan\n"

    assert [record.cells[0] for record in read(tmp_path, text).records()] == ["A", "B"]


def test_a_person_called_total_is_a_record(tmp_path: Path):
    text = "Name,Email,City\nA,a@x.example,Breda\nTotal Fitness,t@x.example,Breda\nB,b@x.example,Breda\n"

    assert read(tmp_path, text).count_rows() == 3


def test_short_and_long_rows_each_say_what_is_wrong(tmp_path: Path):
    usual = "E,e@x.example,020\n" * 10
    opened = read(tmp_path, "Name,Email,Phone\nA,a@x.example\nB,b@x.example,020,more\nC,c@x.example,020,,\n" + usual)
    short, long, padded, *_rest = opened.records()

    assert short == Record(1, 2, ["A", "a@x.example", ""], remark=Problem(table.FILLED_UP, {"length": 2, "width": 3}))
    assert long == Record(2, 3, ["B", "b@x.example", "020", "more"], table.problem(table.TOO_LONG, 3, 4, 3))
    assert padded == Record(3, 4, ["C", "c@x.example", "020"])
    assert str(long.problem).startswith("Line 3: the row has more cells (4) than the header (3).")


def test_rows_that_leave_blanks_out_are_no_problem(tmp_path: Path):
    opened = read(tmp_path, "Name,Email,Phone\nA,a@x.example\nB,b@x.example\nC,c@x.example,020\n")

    assert [record.problem for record in opened.records()] == [None, None, None]


HEAD = ["Name", "Email", "Phone", "Company", "City", "Remark", "Source"]
FULL = ["Ada Bos", "ada@x.example", "020 555 01 24", "Wit BV", "Delft", "call", "fair"]


def met(tmp_path: Path, *rows: list[str], before: int = 600, behind: int = 5) -> list[tuple[str, str]]:
    """What becomes of rows below some screenfuls of full ones: their name, and `filled` or `short`."""
    lines = [HEAD, *[FULL] * before, *rows, *[FULL] * behind]
    opened = read(tmp_path, "".join(f"{';'.join(cells)}\n" for cells in lines))
    found = [(one.cells[0], "short" if one.problem else "filled") for one in opened.records() if one[3] or one[4]]
    rest = list(opened.records())
    assert [one.n for one in rest] == list(range(1, len(rest) + 1))
    assert opened.survey()[2].count == sum(how == "filled" for _name, how in found)
    return found


@pytest.mark.parametrize("count", [1, 2, 5, 6, 40])
def test_rows_that_lack_empty_cells_at_their_end_are_filled_up(tmp_path: Path, count: int) -> None:
    assert met(tmp_path, *[FULL[:5]] * count) == [("Ada Bos", "filled")] * count
    assert met(tmp_path, *[FULL[:5]] * count, behind=0) == [("Ada Bos", "filled")] * count


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        # One row that a line break cut in two, in three, or in its last column.
        ([["Piet", "p@x.example", "020", "Smit"], ["en Zn", "Ede", "call", "fair"]], ["short", "short"]),
        ([["Piet", "p@x.example", "020 555 01 25", "Smit"], ["en"], ["Zn", "Ede", "call", "fair"]], ["short"] * 3),
        ([[*FULL[:6], "fair"], ["of May"]], ["short"]),
        # Values that slipped to other columns.
        ([["Piet", "Smit BV", "020 555 01 25"]], ["short"]),
        ([["Piet", "p@x.example", "Smit BV", "020 555 01 25"]], ["short"]),
        ([["Piet", "p@x.example", "020 555 01 25", "Smit", "info@smit.example"]], ["short"]),
        # Nothing that tells it from the rest of a row; and an address that does.
        ([["Piet"]], ["short"]),
        ([["", "p@x.example"]], ["filled"]),
        ([["Piet", "n/a", "020 555 01 25"]], ["filled"]),
    ],
)
def test_rows_that_were_cut_or_slipped_stay_errors(tmp_path: Path, rows: list[list[str]], ends: list[str]) -> None:
    assert [how for _name, how in met(tmp_path, *rows)] == ends


def test_a_megabyte_in_a_cell(tmp_path: Path):
    opened = read(tmp_path, "Name,Notes\nA," + "x" * 1_000_000 + "\n")

    assert len(cells(opened)[0][1]) == 1_000_000


def test_a_table_is_read_as_often_as_asked(tmp_path: Path):
    opened = read(tmp_path, TEXT)

    assert (cells(opened), cells(opened), opened.count_rows()) == (RECORDS, RECORDS, 2)


def test_rows_come_one_by_one(tmp_path: Path):
    path = tmp_path / "many.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["Name", "Email"], *([f"N{n}", f"n{n}@x.example"] for n in range(20_000))])
    opened = open_table(path)
    first = next(opened.records())

    assert (first, len(opened.samples), opened.count_rows()) == (Record(1, 2, ["N0", "n0@x.example"]), 500, 20_000)


def test_a_workbook_s_values_as_a_person_types_them(tmp_path: Path):
    days = [dt.datetime(2026, 3, 14), dt.datetime(2026, 3, 14, 10, 30)]  # noqa: DTZ001 (a sheet knows no zones)
    row = [612345678, 1.5, True, *days]
    opened = open_table(workbook(tmp_path, {"Leads": [["Telefoon", "Fte", "Klant", "Datum", "Tijd"], row]}))

    assert cells(opened) == [["612345678", "1.5", "yes", "2026-03-14", "2026-03-14 10:30:00"]]


def test_the_sheet_that_looks_like_leads_is_taken(tmp_path: Path):
    people = [["Naam", "E-mail"], ["Jan de Vries", "jan@x.example"]]
    path = workbook(tmp_path, {"Uitleg": [["Lees dit"]], "Oud": people, "Leads": [[], [], *people]}, hidden=("Oud",))
    opened = open_table(path)

    assert (opened.sheet, opened.sheets, opened.header_row) == ("Leads", ["Uitleg", "Oud", "Leads"], 3)
    assert open_table(path, sheet="Oud").header_row == 1
    assert refusal(path, sheet="Nee") == "There is no sheet “Nee” in this workbook. It has: Uitleg, Oud, Leads."


def test_content_decides_and_not_the_name(tmp_path: Path):
    book = workbook(tmp_path, {"Leads": [["Naam", "E-mail"], ["Jan", "jan@x.example"]]})

    assert open_table(book.rename(tmp_path / "leads.csv")).sheet == "Leads"
    assert open_table(write(tmp_path, TEXT, "leads.xlsx")).delimiter == ";"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\n", "The file is empty."),
        (b"%PDF-1.7\n", "This is a PDF file, not a table."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is a PNG file, not a table."),
        (b"MZ\x90\0" + bytes(range(256)), "This is a EXE file, not a table."),
        (b"<html><table></table></html>", "This is a web page or XML file, not a table."),
        (
            b"<meta charset=utf-8>\n<table><tr><td>Naam</td></tr></table>",
            "This is a web page or XML file, not a table.",
        ),
        ("<html><table></table></html>".encode("utf-16"), "This is a web page or XML file, not a table."),
        (b"MIME-Version: 1.0\r\n\r\n<html></html>", "This is a web page or XML file, not a table."),
        (b'ID;PWXL;N;E\r\nC;Y1;X1;K"Naam"\r\nE\r\n', "This is a SYLK file, not a table."),
        (b'[{"name": "A"}]', "This is a JSON file, not a table."),
        (b"BEGIN:VCARD\nEND:VCARD\n", "There is nobody on the cards in this file."),
        (bytes(range(1, 32)) * 40, "This is a binary file, not a table."),
        (b"PK\x03\x04 cut off", "The workbook is damaged or cut off."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "The workbook is protected"),
        (b"a," * 9_999 + b"a\n" + b"1," * 9_999 + b"1\n", f"The table has 10000 columns; at most {MAX_COLUMNS} can"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, written: bytes, sentence: str):
    assert refusal(write(tmp_path, written)).startswith(sentence)


def test_a_truncated_workbook(tmp_path: Path):
    path = workbook(tmp_path, {"Leads": [["Naam", "E-mail"], ["Jan", "jan@x.example"]]})
    os.truncate(path, path.stat().st_size // 2)

    assert refusal(path).startswith("The workbook is damaged or cut off.")


def test_a_word_document_is_no_workbook(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "letter.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(tmp_path / "letter.xlsx").startswith("This is a Word file, not a table.")


def test_zip_bombs_are_refused_unopened_also_when_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(content, "MAX_UNPACKED", 10_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 16_000_000)
    honest = refusal(path)
    lying = bytearray(path.read_bytes())
    entry = lying.find(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    path.write_bytes(bytes(lying))

    assert honest.startswith("The workbook unpacks to more than 10 MB.")
    assert refusal(path) == honest


def test_a_stray_cell_in_the_farthest_corner(tmp_path: Path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Naam")
        sheet.write(1_048_575, 16_383, "x")

    assert refusal(path).startswith("The sheet's used range is 1048576 rows by 16384 columns, too large to read.")


def test_entities_in_a_workbook_are_not_followed(tmp_path: Path):
    path = workbook(tmp_path, {"Leads": [["Naam", "E-mail"], ["MARKER", "jan@x.example"]]})
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"MARKER", b"&secret;")
            if name == "xl/sharedStrings.xml":
                content = content.replace(
                    b"<sst", b'<!DOCTYPE s [<!ENTITY secret SYSTEM "file:///etc/passwd">]><sst', 1
                )
            target.writestr(name, content)

    assert refusal(evil).startswith("The workbook is damaged or cut off.")


def test_a_file_that_is_not_there(tmp_path: Path):
    assert refusal(tmp_path / "none.csv") == f"There is no such file: {tmp_path / 'none.csv'}"
    assert refusal(tmp_path) == f"{tmp_path} is a folder; name a file in it."


LISTED = "Export van maandag\nNaam;E-mail\nPiet;piet@wit.example\n"


@pytest.mark.parametrize(
    ("header_row", "headers", "records"),
    [
        (None, ["Naam", "E-mail"], [["Piet", "piet@wit.example"]]),
        (2, ["Naam", "E-mail"], [["Piet", "piet@wit.example"]]),
        (3, ["Piet", "piet@wit.example"], []),
        (NO_HEADER, ["", ""], [["Export van maandag", ""], ["Naam", "E-mail"], ["Piet", "piet@wit.example"]]),
    ],
)
def test_the_header_is_the_line_that_was_told(
    tmp_path: Path, header_row: int | None, headers: list[str], records: list[list[str]]
) -> None:
    found = open_table(write(tmp_path, LISTED), header_row=header_row)
    assert (found.headers, cells(found)) == (headers, records)


def test_a_line_that_is_not_among_the_first_is_no_header(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, LISTED), header_row=9).startswith("Line 9 cannot be the header")


def test_hidden_sheets_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Leads": [["Naam"], ["Piet"]], "Oud": [["Naam"], ["Jan"]]}, hidden=("Oud",))
    assert (open_table(path).sheets, open_table(path).hidden_sheets) == (["Leads", "Oud"], ["Oud"])


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_with_too_many_values_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, {"Leads": [["Naam", "E-mail"], ["Piet", "piet@wit.example"], ["Jan", 12]]})
    monkeypatch.setattr(sheets, "MAX_VALUES", 5)
    assert refusal(path).startswith("The sheet holds 6 values; at most 5 can be read from a workbook")
    monkeypatch.setattr(sheets, "MAX_VALUES", 6)
    assert open_table(path).count_rows() == 2


def document(folder: Path, *tables: str) -> Path:
    path = folder / "leads.ods"
    inside = "".join(f"<table:table>{rows}</table:table>" for rows in tables)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<office:spreadsheet>{inside}</office:spreadsheet>")
    return path


VALUE = '<table:table-cell office:value-type="string"><text:p>Piet</text:p></table:table-cell>'
AGAIN = VALUE.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="3"')


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (f"<table:table-row>{VALUE}{AGAIN}</table:table-row>", 4),
        (f'<table:table-row table:number-rows-repeated="5">{VALUE}</table:table-row>', 5),
        (f'<table:table-row table:number-rows-repeated="2">{AGAIN}{VALUE}</table:table-row>', 8),
    ],
)
def test_the_values_of_a_document_are_counted_as_often_as_they_stand_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, count: int
) -> None:
    path = document(tmp_path, rows)
    monkeypatch.setattr(sheets, "MAX_VALUES", count)
    sheets.check_extents(path)
    monkeypatch.setattr(sheets, "MAX_VALUES", count - 1)
    assert refusal(path).startswith(f"The sheet holds {count} values; at most {count - 1} can be read from a workbook")


def test_blank_rows_at_the_end_of_one_sheet_do_not_widen_the_next(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="99"/>'
    row = f"<table:table-row>{wide}{VALUE}</table:table-row>"
    sheets.check_extents(document(tmp_path, row + blank, row + blank))
    far = document(tmp_path, blank + row)
    assert refusal(far).startswith("The sheet's used range is 1048575 rows by 100 columns, too large to read.")


@pytest.mark.parametrize(
    ("text", "rows", "left_out"),
    [
        ("Naam;E-mail;Plaats\nPiet;p@x.example;Ede\nJan;j@x.example;Ede\n", 2, table.LeftOut()),
        ("Naam;E-mail;Plaats\nPiet;p@x.example;Ede\n\nTotaal;1;\nEnd of report;;\n", 1, table.LeftOut(2, 4)),
        (";Naam;E-mail;Plaats\n;Piet;p@x.example;Ede\n\n;Totaal;1;\n* ex btw;;;\n", 1, table.LeftOut(2, 4)),
        (
            "Naam;E-mail;Plaats\n"
            + 9 * "Piet;p@x.example;Ede\n"
            + "\nFirma's;;\nFirma;Telefoon;Land\nX;2;NL\nY;4;NL\n",
            9,
            table.LeftOut(4, 12),
        ),
        (
            "Naam;E-mail;Plaats\nPiet;p@x.example;Ede\n\nUtrecht;;\nNaam;E-mail;Plaats\nJan;j@x.example;Ede\n",
            2,
            table.LeftOut(2, 4),
        ),
    ],
)
def test_lines_that_are_no_records_are_counted(tmp_path: Path, text: str, rows: int, left_out: table.LeftOut) -> None:
    assert read(tmp_path, text).survey() == (rows, left_out, table.FilledUp())


def test_a_list_that_begins_with_words_of_headers_has_no_header(tmp_path: Path):
    path = tmp_path / "guests.csv"
    lines = (
        "3,Business Partner,Dave Abbott,Sales",
        "3,Business Partner,Ian Cadlow,Architect",
        "4,Customer,Frank Polk,Account Manager",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    table = open_table(path)

    assert (table.header_row, table.count_rows()) == (None, 3)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_misspelled_address_is_no_name_of_a_column(tmp_path: Path, place: int):
    lines = ["Jan de Wit;jan@wit.example", "Piet Bos;piet@bos.example"]
    lines.insert(place, "Ada Ros;ada@ros,example")
    opened = read(tmp_path, "\n".join(lines))

    assert (opened.header_row, [";".join(record.cells) for record in opened.records()]) == (None, lines)
