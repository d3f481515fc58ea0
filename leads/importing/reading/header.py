"""Which row of a table names its columns?"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from leads.importing.header_words import is_known
from leads.importing.reading.table import Line

SEARCHED = 40
COMPARED = 25
WIDEST = 200
MAX_LABEL = 160
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]{2,}@[^@\s]{2,}[,;:][^@\s]{2,}")
"""An address, a misspelled one too: it is a value all the same."""
NUMBER = re.compile(r"[-+(]?[€$£]?\s?\d[\d.,\s%)'/:-]*(?:[ap]m|[eE][-+]\d+)?", re.IGNORECASE)
LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
DATE = re.compile(
    r"\d{1,4}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ]\d{1,4}([ T].*)?|[a-z]{3,9}\.? \d{1,2},? \d{4}.*|\d{4}-\d\d-\d\dT.*",
    re.IGNORECASE,
)
PHONE = re.compile(r"\+?[\d() ./-]{8,20}")
CODE = re.compile(r"(?=.*\d)(?=.*[a-f-])[0-9a-f]{8}-?[0-9a-f-]{4,}", re.IGNORECASE)
SHAPES = (("email", EMAIL), ("link", LINK), ("date", DATE), ("number", NUMBER), ("phone", PHONE), ("code", CODE))


@lru_cache(maxsize=16_384)
def shape(cell: str) -> str:
    """What a cell looks like: email, link, date, number, phone, code, text, or blank."""
    text = cell.strip()[:MAX_LABEL]
    if not text:
        return "blank"
    return next((name for name, pattern in SHAPES if pattern.fullmatch(text)), "text")


def find(lines: list[Line]) -> int | None:
    """The place in `lines` of the row that names the columns, or None when every row is a record."""
    lines = [(line, cells[:WIDEST]) for line, cells in lines[: SEARCHED + COMPARED]]
    if not lines:
        return None
    width = usual_fill(lines)
    scores = [likeness(lines, place, width) for place in range(min(SEARCHED, len(lines)))]
    best = max(range(len(scores)), key=lambda place: scores[place])
    return largest_section(lines, best) if scores[best] > 0 else None


def largest_section(lines: list[Line], place: int) -> int:
    """Of the sections of a report, each under a title and the same header, the header of the one with most rows.

    A header that merely recurs, as where two exports were put one behind the other, begins nothing new.
    """
    searched = enumerate(lines[:SEARCHED])
    places = [at for at, (_line, cells) in searched if cells == lines[place][1]]
    titled = all(before > 0 and len(filled(lines[before - 1][1])) == 1 for before in places)
    if len(places) < 2 or not titled or len(filled(lines[place][1])) < 3:
        return place
    ends = [*places[1:], len(lines) + 1]
    return max(zip(places, ends, strict=True), key=lambda section: (section[1] - section[0], section[0]))[0]


def usual_fill(lines: list[Line]) -> int:
    """How many cells the fuller rows have: the table's width, whatever stands above it."""
    fills = sorted(len(filled(cells)) for _line, cells in lines)
    return fills[len(fills) * 3 // 4]


def filled(cells: list[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def likeness(lines: list[Line], place: int, width: int) -> float:
    """How much a row looks like the header of the rows below it; nought or less for a record."""
    cells = lines[place][1]
    labels = filled(cells)
    below = [row for _line, row in lines[place + 1 : place + 1 + COMPARED]]
    if not labels or len(labels) * 2 < width or (len(labels) == 1 and width > 2):
        return -1.0
    known = share(labels, lambda cell: is_known(cell) and shape(cell) != "email")
    data = share(labels, lambda cell: shape(cell) != "text" or len(cell) > MAX_LABEL)
    if (data > 0.5 and known < 0.5) or (known < 0.75 and (counts_on(lines, place) or ends_list(lines, place))):
        return -1.0
    contrast, sameness = compare(cells, below)
    recurring = recurrence(cells, below)
    doubled = 1 - len(set(labels)) / len(labels)
    fit = min(1.0, len(labels) / max(1, width))
    evidence = (
        2.5 * known
        + contrast
        - 2.5 * data * (1 - known)
        - 1.5 * sameness * (1 - known)
        - 1.5 * recurring * (1 - known)
        - 0.5 * doubled
    )
    doubt = 0.0 if known or contrast else 0.05
    return (evidence + 0.3 - doubt) * fit - 0.02 * place


def share(cells: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def compare(cells: list[str], below: list[list[str]]) -> tuple[float, float]:
    """The share of columns in which a label stands over values of a shape, and in which a value stands over its like."""
    contrast = sameness = considered = 0
    for column, cell in enumerate(cells):
        shapes = Counter(shape(row[column]) for row in below if column < len(row))
        shapes.pop("blank", None)
        if not cell.strip() or not shapes:
            continue
        considered += 1
        usual, count = shapes.most_common(1)[0]
        if usual != "text" and count * 3 >= shapes.total() * 2:
            contrast += shape(cell) == "text"
            sameness += shape(cell) == usual
    return (contrast / considered, sameness / considered) if considered else (0.0, 0.0)


def ends_list(lines: list[Line], place: int) -> bool:
    """Whether nothing stands below a row and another as full as it above."""
    full = len(filled(lines[place][1]))
    return place == len(lines) - 1 and any(len(filled(cells)) >= full for _line, cells in lines[:place])


def counts_on(lines: list[Line], place: int) -> bool:
    """Whether a bare number of a row stands right above or under itself too, as it may in a list but not above one."""
    numbers = {(column, cell) for column, cell in enumerate(lines[place][1]) if cell.isdigit()}
    beside = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
    return any(numbers & set(enumerate(cells)) for _line, cells in beside)


def recurrence(cells: list[str], below: list[list[str]]) -> float:
    """The share of labels that stand again in their own column: values do, names of columns do not."""
    again = [
        cell
        for column, cell in enumerate(cells)
        if cell.strip() and any(column < len(row) and row[column] == cell for row in below)
    ]
    return len(again) / max(1, len(filled(cells)))
