"""How is a text file written (encoding, separator, quotes), and what are its rows?"""

import codecs
import csv
import re
from _csv import Reader
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from leads.importing.reading.table import Line, Unreadable, refuse_too_wide
from leads.importing.reading.wide import wide_encoding

CHUNK = 1_048_576
DIALECT_ROWS = 50
JUDGED = 1_000_000
MANY_CELLS = 2_000_000
DELIMITERS = ",;\t|^~"
MAX_CELL = 32_000_000
EIGHT_BITS = ("cp1252", "mac_roman", "cp850")
LETTERS = dict.fromkeys("äöüßéèêëàâáíîïóôúûçñåæøœãõìòù", 1.0) | dict.fromkeys("ÄÖÜÉÈÊËÀÂÁÍÎÏÓÔÚÛÇÑÅÆØŒÃÕ", 0.2)
"""How likely a letter beyond ASCII is: in Western names the small ones are the many."""
SWALLOWING_LINES = 1_000

csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    errors: str = "strict"
    delimiter: str = ","
    is_quoted: bool = True
    escape: str | None = None
    skips_space: bool = False
    separator_line: bool = False
    has_noughts: bool = True
    has_long_lines: bool = False


def western_byte(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is no UTF-8, in a file that otherwise is, as the Western letter it was."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1").encode("latin-1").decode(
        "cp1252", "replace"
    ), error.end


codecs.register_error("western_byte", western_byte)


def detect_encoding(path: Path) -> tuple[str, str]:
    """The encoding and how to treat bytes that do not fit it: marks, UTF-16 by its noughts, strict UTF-8, else Western."""
    with path.open("rb") as file:
        beginning = file.read(CHUNK)
    if beginning.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "replace"
    if wide := wide_encoding(beginning):
        return wide, "replace"
    if is_utf8(path):
        return "utf-8", "strict"
    if mostly_utf8(beginning):
        return "utf-8", "western_byte"
    return western_encoding(path)


def is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def mostly_utf8(beginning: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form UTF-8 letters, so that the rest are accidents."""
    good = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", beginning))
    beyond = len(re.findall(rb"[\x80-\xff]", beginning))
    wrong = beyond - len(
        "".join(re.findall(r"[\x80-\xff]+", beginning.decode("utf-8", "ignore").encode("utf-8").decode("latin-1")))
    )
    return good >= 5 and good >= 10 * wrong


def western_encoding(path: Path) -> tuple[str, str]:
    """The one-byte encoding that turns most odd bytes into letters; Windows' own unless another is clearly better."""
    with path.open("rb") as file:
        odd = Counter(b"".join(re.findall(rb"[\x80-\xff]", file.read(8 * CHUNK))))
    scores = {
        name: sum(count * LETTERS.get(bytes([byte]).decode(name, "replace"), 0.0) for byte, count in odd.items())
        for name in EIGHT_BITS
    }
    best = max(EIGHT_BITS, key=lambda name: scores[name])
    if best != "cp1252" and scores[best] > 2 * scores["cp1252"] and scores[best] > 0.6 * odd.total():
        return best, "strict"
    undefined = any(byte in odd for byte in b"\x81\x8d\x8f\x90\x9d")
    return ("latin-1", "strict") if undefined else ("cp1252", "replace")


def detect_dialect(path: Path) -> Dialect:
    """Find the encoding and, by the most even number of columns over the first rows, separator and quotes."""
    encoding, errors = detect_encoding(path)
    text = beginning_of(path, encoding, errors)
    stated = re.match(r'"?sep=(.)"?\r?\n?', text, re.IGNORECASE)
    candidates = dialects(encoding, errors, stated.group(1) if stated else None, text)
    lines = text[stated.end() if stated else 0 :].splitlines(keepends=True)
    best = max(candidates, key=lambda dialect: evenness(dialect, lines))
    noughts, is_long = oddities(path)
    return replace(best, has_noughts=noughts, has_long_lines=is_long)


def oddities(path: Path) -> tuple[bool, bool]:
    """Whether any byte of the file is nought, as in UTF-16 or by accident, and whether any line is very long."""
    noughts = is_long = False
    with path.open("rb") as file:
        for chunk in iter(partial(file.read, CHUNK), b""):
            noughts = noughts or 0 in chunk
            is_long = is_long or (len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk)
    return noughts, is_long


def beginning_of(path: Path, encoding: str, errors: str) -> str:
    """Enough text to judge by, ending at a line's end where it can."""
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        text = file.read(262_144)
        return text if len(text) < 262_144 else text + file.readline(JUDGED)


def dialects(encoding: str, errors: str, stated: str | None, text: str) -> list[Dialect]:
    """The ways in which the file may be written, the usual first."""
    delimiters = stated or [mark for mark in DELIMITERS if mark in text] or [","]
    plain = Dialect(encoding, errors, separator_line=bool(stated))
    ways = [plain]
    if '\\"' in text:
        ways.append(replace(plain, escape="\\"))
    if re.search(r'[,;|] +"', text):
        ways.append(replace(plain, skips_space=True))
    if '"' in text:
        ways.append(replace(plain, is_quoted=False))
    return [replace(way, delimiter=mark) for way in ways for mark in delimiters]


def evenness(dialect: Dialect, lines: list[str]) -> tuple[float, int]:
    """How evenly a dialect cuts the first rows: the share of rows with the usual number of cells, and that number."""
    try:
        rows = list(islice((row for row in parse(lines, dialect) if any(row)), DIALECT_ROWS))
    except csv.Error:
        return (0.0, 0)
    if not rows:
        return (0.0, 0)
    width, agreeing = usual_width(rows)
    if width < 2:
        return (0.05 if dialect.is_quoted else 0.04, 1)
    share = agreeing / len(rows)
    doubt = 0.01 * bool(dialect.escape or dialect.skips_space)
    doubt += (
        0.4 * (width > 2 and any(swallows(row, dialect.delimiter, width) for row in rows))
        if dialect.is_quoted
        else stray_quotes(rows)
    )
    return (round(share - doubt, 3), width)


def swallows(row: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds whole rows, as after a quote that is never closed."""
    return any(
        "\n" in cell and any(line.count(delimiter) >= width - 1 for line in cell.splitlines()[1:]) for cell in row
    )


def usual_width(rows: list[list[str]]) -> tuple[int, int]:
    """The most frequent number of cells and how many rows have it, leaving out rows of one cell above and below a table."""
    counts = Counter(map(len, rows))
    wide = {width: count for width, count in counts.items() if width > 1}
    if not wide or max(wide.values()) * 3 < counts.total():
        return counts.most_common(1)[0]
    width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
    return width, agreeing


def stray_quotes(rows: list[list[str]]) -> float:
    """The share of cells that are quoted as a whole: quotes that a dialect without quotes would leave in."""
    cells = [cell for row in rows for cell in row if cell]
    return 0.1 + sum(cell[0] == cell[-1] == '"' for cell in cells) / max(1, len(cells))


def parse(lines: Iterable[str], dialect: Dialect) -> Reader:
    """A csv reader over lines, as the dialect says."""
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.is_quoted else csv.QUOTE_NONE,
        escapechar=dialect.escape,
        skipinitialspace=dialect.skips_space,
    )


def rows(path: Path, dialect: Dialect) -> Iterator[Line]:
    """Yield the rows of a file that are not empty, each with the line that it begins on; memory does not grow with the file."""
    with path.open(encoding=dialect.encoding, errors=dialect.errors, newline="") as file:
        lines = bounded(file, dialect.delimiter) if dialect.has_long_lines else file
        reader = parse(without_noughts(lines) if dialect.has_noughts else lines, dialect)
        line = 1
        try:
            for cells in reader:
                if reader.line_num - line > SWALLOWING_LINES and swallows(cells, dialect.delimiter, 2):
                    raise Unreadable(never_closed(line))
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(unreadable_line(line, error)) from None


def bounded(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Refuse a line that would fill the memory with cells."""
    for line in lines:
        if len(line) > CHUNK and (cells := line.count(delimiter)) > MANY_CELLS:
            refuse_too_wide(cells + 1)
        yield line


def without_noughts(lines: Iterable[str]) -> Iterator[str]:
    """Leave NUL characters out, which no text has and no database keeps."""
    for line in lines:
        yield line.replace("\0", "") if "\0" in line else line


def never_closed(line: int) -> str:
    sentence = _(
        "A quote that opens on line %(line)d is never closed, so that the rows below it cannot be told apart. Close or remove it."
    )
    return sentence % {"line": line}


def unreadable_line(line: int, error: csv.Error) -> str:
    if "field limit" in str(error):
        return _("A cell on line %(line)d is larger than %(limit)d MB. Look for a quote that is never closed.") % {
            "line": line,
            "limit": MAX_CELL // 1_000_000,
        }
    return _("Line %(line)d cannot be read: %(reason)s") % {"line": line, "reason": error}
