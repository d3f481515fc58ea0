"""Is a file text of two or four bytes a letter (UTF-16, UTF-32), and in which order do they stand?"""

import codecs
import unicodedata

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JUDGED = 4_096
"""So many letters are looked at."""
MANY, MOST = 0.005, 0.9
BEYOND_CYRILLIC = "\u0530"
NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
SIGNS = frozenset("\t\n\r\f\v\0\x1a\x1c\x1d\x1e\x1f\ufeff")


def wide_encoding(beginning: bytes) -> str | None:
    """The encoding, as its mark says or as noughts and letters tell; None for any other file."""
    marked = next((encoding for mark, encoding in MARKS if beginning.startswith(mark)), None)
    if marked:
        return marked
    likely = by_noughts(beginning)
    return likely if likely and is_text(beginning, likely) and is_alphabetic(beginning, likely) else None


def is_wide_text(beginning: bytes) -> bool:
    """Whether a file is text of more than one byte a letter, and not only marked so."""
    encoding = wide_encoding(beginning)
    return encoding is not None and is_text(beginning, encoding)


def by_noughts(beginning: bytes) -> str | None:
    """What the noughts of separators, figures and Latin letters tell: nearly all of them stand on one side."""
    size = len(beginning) // 4 * 4
    if size < 8:
        return None
    noughts = [beginning[place:size:4].count(0) * 4 / size for place in range(4)]
    if min(noughts[2:]) > 0.9 and noughts[0] < 0.3:
        return "utf-32-le"
    if min(noughts[:2]) > 0.9 and noughts[3] < 0.3:
        return "utf-32-be"
    even, odd = (noughts[0] + noughts[2]) / 2, (noughts[1] + noughts[3]) / 2
    if odd > 0.1 and odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.1 and even > 10 * odd else None


def is_text(beginning: bytes, encoding: str) -> bool:
    """Whether nearly all that comes out are letters and signs that somebody writes."""
    letters = read(beginning, encoding)
    odd = sum(letter not in SIGNS and unicodedata.category(letter) in NO_TEXT for letter in letters)
    return odd <= MANY * len(letters)


def is_alphabetic(beginning: bytes, encoding: str) -> bool:
    """Whether nearly all that comes out are Latin, Greek or Cyrillic; two Latin letters taken for one come out as Chinese."""
    letters = read(beginning, encoding)
    return sum(letter < BEYOND_CYRILLIC for letter in letters) >= MOST * len(letters)


def read(beginning: bytes, encoding: str) -> str:
    return beginning[: 4 * JUDGED].decode(encoding, "ignore")[:JUDGED]
