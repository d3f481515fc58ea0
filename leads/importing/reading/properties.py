"""What does each line of a vCard say: which property, of what kind, with which values? Versions 2.1, 3.0 and 4.0."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from leads.importing.reading.table import Unreadable
from leads.importing.reading.text import detect_encoding

LONGEST_LINE = 1_048_576
"""So many characters of a line are read at once; longer ones are pictures."""
LONGEST_VALUE = 64_000
LONGEST_CARD = 200_000
"""So many lines may a card have, those of pictures apart."""
BLANKS = (" ", "\t")
HEAD = re.compile(r"(?:[\w-]{1,80}\.)?([A-Za-z][\w-]{0,80})((?:;(?:\"[^\"]*\"|[^\":])*)?):")
PARAMETER = re.compile(r";([^;=\"]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
DECODED = {"n": "\n", "N": "\n"}
PLAIN: frozenset[str] = frozenset()
BARE = frozenset({"quoted-printable", "base64", "b", "8bit", "7bit"})


class Property(NamedTuple):
    """One property: its name in capitals, what it is of (home, cell, pref), its parts, and the line that it is on."""

    name: str
    kinds: frozenset[str]
    parts: list[str]
    line: int

    @property
    def text(self) -> str:
        return self.parts[0] if self.parts else ""


def properties(path: Path) -> Iterator[Property]:
    """The properties of a file that a reader of people can use; pictures and what cannot be read are left out."""
    encoding, errors = detect_encoding(path)
    with path.open(encoding=encoding, errors=errors) as file:
        pieces = iter(lambda: file.readline(LONGEST_LINE), "")
        for line, text in unfolded(pieces):
            if found := read(line, text, encoding):
                yield found


def unfolded(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines as they were before they were folded: at a blank, or by a soft break of quoted-printable."""
    first, held, is_soft, lines = 0, "", False, 0
    for number, piece in enumerate(pieces, 1):
        text = piece.rstrip("\r\n").replace("\0", "")
        lines = 0 if text[:6].upper() == "BEGIN:" else lines + (text[:1] not in BLANKS)
        if lines > LONGEST_CARD:
            raise Unreadable(endless(number))
        if len(held) >= LONGEST_VALUE and (is_soft or text[:1] in BLANKS):
            is_soft = is_soft and text.endswith("=")
            continue
        if is_soft:
            held += text[1:] if text[:1] in " \t" and held.endswith("==") else text
        elif text[:1] in BLANKS and held:
            held += text[1:]
        else:
            yield first, held
            first, held = number, text.lstrip("\ufeff")
        is_soft = held.endswith("=") and is_quoted(held)
        held = held[:-1] if is_soft else held
    yield first, held


def endless(line: int) -> str:
    sentence = _("The card that goes on at line %(line)d has no end. Export the contacts again.")
    return sentence % {"line": line}


def is_quoted(text: str) -> bool:
    return "QUOTED-PRINTABLE" in text[:200].upper()


def read(line: int, text: str, encoding: str) -> Property | None:
    """The property on one line; None where there is none, or nothing in it that is text."""
    head = HEAD.match(text)
    if not head:
        return None
    if not head[2]:
        value = text[head.end() :]
        return Property(head[1].upper(), PLAIN, parts(value), line) if len(value) <= LONGEST_VALUE else None
    given = [(name.strip().upper(), value.strip('"')) for name, value in PARAMETER.findall(head[2])]
    said = {name: value for name, value in given if value}
    content = decoded(text[head.end() :], way(given, said), said.get("CHARSET", encoding))
    if content is None or len(content) > LONGEST_VALUE:
        return None
    return Property(head[1].upper(), kinds(given), parts(content), line)


def way(given: list[tuple[str, str]], said: dict[str, str]) -> str:
    """How a value is written: version 2.1 may leave out the word ENCODING."""
    bare = next((name.lower() for name, value in given if not value and name.lower() in BARE), "")
    return said.get("ENCODING", bare).lower()


def kinds(given: list[tuple[str, str]]) -> frozenset[str]:
    """Of what kind a value is, in small letters; version 2.1 may leave out the word TYPE."""
    words = [value for name, value in given if name == "TYPE"] + [name for name, value in given if not value]
    words += ["pref" for name, value in given if name == "PREF" and value == "1"]
    return frozenset(word.strip().lower() for text in words for word in text.replace('"', "").split(",")) - BARE


def decoded(value: str, written: str, charset: str) -> str | None:
    """A value as text; None for what is no text: pictures, sounds, keys."""
    if written in ("base64", "b"):
        return None
    if written != "quoted-printable":
        return value
    content = quopri.decodestring(value.encode("latin-1", "replace"))
    try:
        text = content.decode(charset)
    except (LookupError, UnicodeError):
        text = content.decode("cp1252", "replace")
    whole = text.encode("utf-8", "replace").decode()  # some charsets can say halves of letters
    return whole.replace("\r\n", "\n").replace("\0", "")


def parts(value: str) -> list[str]:
    """The parts of a value, which semicolons part unless they are escaped."""
    if ";" not in value and "\\" not in value:
        return [value.strip()]
    found = re.split(r"(?<!\\);", value.replace("\\\\", "\\\x1f"))
    return [unescaped(part).strip() for part in found]


def unescaped(part: str) -> str:
    return ESCAPED.sub(lambda mark: DECODED.get(mark[1], "\\" if mark[1] == "\x1f" else mark[1]), part)
