"""What kind of file is this, judged by its content and not by its name?"""

import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from leads.importing.reading.table import Unreadable
from leads.importing.reading.wide import is_wide_text

MAX_UNPACKED = 1_500_000_000
MAX_MEMBERS = 5_000
MAX_TEXTS = 200_000_000
"""All that an XLSX workbook holds besides its sheets and pictures: the texts of its cells, above all."""
LARGE = 20_000_000
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
TEXTS = "xl/sharedStrings.xml"
BEGINNING = 65_536
PACKED, CHUNK = 1_048_576, 4_194_304
TEXT_CONTROLS = b"\t\n\r\f\v\x00\x1a\x1b\x1c\x1d\x1e\x1f"
CONTROLS = bytes(set(range(32)) - set(TEXT_CONTROLS)) + b"\x7f"
DOCUMENTS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"RIFF": "RIFF",
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"BZh": "BZIP2",
    b"\xfd7zXZ": "XZ",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"ID;P": "SYLK",
}
MARKUP = tuple(
    b"<" + name for name in (b"!doctype html", b"html", b"head", b"meta", b"style", b"body", b"table", b"?xml", b"svg")
)
WEB_ARCHIVE = b"mime-version:"


class Content(Enum):
    """The ways to read a file."""

    TEXT = "text"
    WORKBOOK = "workbook"
    VCARDS = "vcards"


def recognise(path: Path) -> Content:
    """Tell text, workbook and vCards apart; raise Unreadable for what is none of them."""
    beginning = read_beginning(path)
    if not beginning.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("The file is empty. Export it again and check that it has rows."))
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_archive(path)
        return Content.WORKBOOK
    if beginning.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        check_compound(path)
        return Content.WORKBOOK
    if (
        beginning[:1] == b"\x09"
        and beginning[1:2] in b"\x00\x02\x04\x08"
        and beginning[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00")
    ):
        return Content.WORKBOOK
    refuse_documents(beginning)
    return Content.VCARDS if is_vcard(beginning) else Content.TEXT


def read_beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except FileNotFoundError:
        raise Unreadable(_("There is no such file: %(path)s") % {"path": path}) from None
    except IsADirectoryError:
        raise Unreadable(_("%(path)s is a folder; name a file in it.") % {"path": path}) from None
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %(reason)s") % {"reason": error.strerror}) from None


def refuse_documents(beginning: bytes) -> None:
    """Raise Unreadable for pictures, documents, programs and other files without a table in them."""
    kind = next((name for magic, name in DOCUMENTS.items() if beginning.startswith(magic)), None)
    if kind in {"BMP", "EXE", "RIFF", "ID3"} and b"\0" not in beginning[:2048]:
        kind = None
    if kind:
        raise not_a_table(kind)
    text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((*MARKUP, WEB_ARCHIVE)):
        raise Unreadable(
            _(
                "This is a web page or XML file, not a table. Open it in a spreadsheet program and save it as XLSX or CSV."
            )
        )
    if text.startswith((b'{"', b"{\n", b"{\r\n", b'[{"', b"[\n", b"[\r\n")):
        raise Unreadable(_("This is a JSON file, not a table. Export it as CSV or XLSX instead."))
    if is_binary(beginning):
        raise not_a_table(_("binary"))


def is_vcard(beginning: bytes) -> bool:
    """Whether a file begins as a vCard does, in any encoding of its letters."""
    letters = beginning[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return letters.replace(b" ", b"").startswith(b"begin:vcard")


def not_a_table(kind: str) -> Unreadable:
    return Unreadable(
        _("This is a %(kind)s file, not a table. Export the list as CSV or XLSX and choose that file.") % {"kind": kind}
    )


def is_binary(beginning: bytes) -> bool:
    """Whether control bytes that no text has are frequent (more than one in two hundred), and are no halves of letters."""
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    return controls * 200 > len(beginning) and not is_wide_text(beginning)


def check_archive(path: Path) -> None:
    """Refuse a zip file that is no workbook, is damaged, or would unpack to more than the limit."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise damaged() from None
    names = {member.filename for member in members}
    if not any(name.startswith("xl/") for name in names) and "content.xml" not in names:
        kind = (
            "Word"
            if any(name.startswith("word/") for name in names)
            else "PowerPoint"
            if any(n.startswith("ppt/") for n in names)
            else "ZIP"
        )
        raise not_a_table(kind)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise too_large()
    # sheets are measured where their cells are counted
    others = [member for member in members if not is_sheet(member) and not member.filename.endswith(PICTURES)]
    limit = MAX_UNPACKED if "content.xml" in names else MAX_TEXTS
    if sum(member.file_size for member in others) > limit:
        raise too_large()
    if sum(map(unpacked_bound, others)) > limit:
        measure(path, others)


def unpacked_bound(member: zipfile.ZipInfo) -> int:
    """The most that a member can unpack to, whatever the directory says: deflate shrinks 1032 times at best."""
    return member.compress_size * (1032 if member.compress_type else 1)


def is_sheet(member: zipfile.ZipInfo) -> bool:
    """Whether a member holds the cells of an XLSX workbook's sheet: wherever it is, if it is large."""
    name = member.filename
    if name.startswith("xl/worksheets/"):
        return name.endswith(".xml")
    return member.file_size > LARGE and name not in (TEXTS, "content.xml") and not name.endswith(PICTURES)


def measure(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Unpack without keeping anything, and refuse once a member's stated size is passed."""
    for member in members:
        if member.compress_type == zipfile.ZIP_DEFLATED:
            for _part in unpacked(path, member):
                pass


def unpacked(path: Path, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a deflated member, part by part; raises Unreadable once it passes its stated size."""
    size = 0
    with path.open("rb") as file:
        file.seek(member.header_offset)
        lengths = file.read(30)
        file.seek(int.from_bytes(lengths[26:28], "little") + int.from_bytes(lengths[28:30], "little"), 1)
        for part in inflated(file):
            size += len(part)
            if size > member.file_size:
                raise too_large()
            yield part


def inflated(file: BinaryIO) -> Iterator[bytes]:
    """A deflate stream to its end, in parts of some megabytes."""
    inflater = zlib.decompressobj(-15)
    try:
        while not inflater.eof:
            packed = inflater.unconsumed_tail or file.read(PACKED)
            if not packed:
                break
            yield inflater.decompress(packed, CHUNK)
    except zlib.error:
        raise damaged() from None


def check_compound(path: Path) -> None:
    """Refuse an encrypted workbook, and old Word or PowerPoint files."""
    with path.open("rb") as file:
        body = file.read(32_000_000)
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise locked()
    if "Workbook".encode("utf-16-le") in body or "Book".encode("utf-16-le") in body:
        return
    raise not_a_table("Word" if "WordDocument".encode("utf-16-le") in body else _("binary"))


def damaged() -> Unreadable:
    return Unreadable(
        _(
            "The workbook is damaged or cut off. Open it in a spreadsheet program, save it again as XLSX, and choose that file."
        )
    )


def locked() -> Unreadable:
    return Unreadable(_("The workbook is protected by a password. Save it without a password and choose that file."))


def too_large() -> Unreadable:
    return Unreadable(
        _("The workbook unpacks to more than %(limit)d MB. Save the sheet as CSV and choose that file.")
        % {"limit": MAX_UNPACKED // 1_000_000}
    )
