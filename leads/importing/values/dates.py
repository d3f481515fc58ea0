"""Which day, which moment does a cell mean?

Figures alone do not tell 3 April from 4 March; a whole column often does. So the order is detected over the column
first, and each cell is then read by it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal

from django.utils.translation import gettext_noop

from leads.importing.values.answers import is_blank
from leads.importing.values.parsed import NOTHING, Parsed
from leads.names import folded
from leads.problems import Problem

Order = Literal["dmy", "mdy", "ymd"]

MONTH_NAMES = (
    "jan january januari januar janv janvier jaenner janner",
    "feb february februari februar fev fevr fevrier febr",
    "mar march maart mrt marz maerz mrz mars",
    "apr april avr avril",
    "may mei mai",
    "jun june juni juin",
    "jul july juli juil juillet",
    "aug august augustus aout",
    "sep sept september septembre",
    "oct okt october oktober octobre",
    "nov november novembre",
    "dec dez december dezember decembre",
)
MONTHS = {name: n for n, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
WEEKDAY = re.compile(
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ma|di|wo|do|vr|za|zo|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|mo|mi|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonntag|lun|mar(?=[., ]+\d{1,2} [a-z])|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|de[nr]|le|op|on|am)\b[.,]*\s+"
)
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60, "mez": 60, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
ZONE = rf"(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})"
CLOCK = re.compile(
    r"(?:[t,\s]\s*)(?:om|at|um|a|,)?\s*(\d{1,2})[:.hu](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*(am|pm|a\.m\.|p\.m\.|a|p)?\s*(?:uur|uhr|h|u)?"
    rf"\s*({ZONE}?\s*[+-]\d{{1,2}}:?(?:\d{{2}})?|{ZONE})?"
)
BEHIND_CLOCK = re.compile(rf"([a-z]+\.? \d{{1,2}}) (\d{{1,2}}:\d{{2}}:\d{{2}}(?: (?:{ZONE}))?) (\d{{4}})")
ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?")
USUAL = re.compile(r"(\d\d?)[-/](\d\d?)[-/]((?:19|20)\d\d)(?: (\d\d?):(\d\d)(?::(\d\d))?)?")
FIGURES = re.compile(r"(\d{1,4})\s*([-/.\s])\s*(\d{1,2})\s*[-/.\s]\s*'?(\d{1,4})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|\.)?[-\s./]*(?:of\s+|de\s+)?([a-z]+)\.?[-\s,./']*(\d{4}|\d{2})")
MONTH_FIRST = re.compile(r"([a-z]+)\.?[-\s./]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[-\s/.]+)'?(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[-\s/.]+([a-z]+)\.?[-\s/.]+(\d{1,2})")
SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
COMPACT = re.compile(r"(?:19|20)\d{6}(?:\d{6})?")
EPOCH_TIME = re.compile(r"1\d{9}(?:\d{3})?")
ZERO = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ t]0.*)?")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone
LONGEST, LENGTH_OF_A_DAY = 80, 12
FIRST_YEAR, LAST_YEAR, CENTURY_TURNS = 1900, 2099, 69

NO_DATE = gettext_noop("“%(raw)s” is not a date.")
NO_MONTH = gettext_noop("“%(raw)s” is not a date: there is no month %(month)s.")
NO_DAY = gettext_noop("“%(raw)s” is not a date: that month has no day %(day)s.")
NO_YEAR = gettext_noop("“%(raw)s” is not a date: the year %(year)s cannot be right.")
NO_CLOCK = gettext_noop("“%(raw)s” is not a moment: no clock shows that time.")
NO_ORDER = gettext_noop("In “%(raw)s” day and month cannot be told apart: choose their order for this column.")


class NotADateError(ValueError):
    """A text that is no date, with the problem to tell."""

    def __init__(self, sentence: str, **gaps: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.gaps = gaps


def parse_date(
    raw: str, order: Order | None, *, is_serial: bool = False, latest: date | None = None
) -> Parsed[date | datetime]:
    """The day in a cell, or the moment where it has a clock time; with a zone only where the cell names one.

    `order` is that of the column; without it a cell is read where it can mean one thing only. `is_serial` reads
    45292 as a spreadsheet's day. A two-digit year beyond `latest` lies a century back.
    """
    if len(raw) <= LENGTH_OF_A_DAY:
        return short_cell(raw.strip(), order, is_serial, latest)
    return cell(raw.strip(), order, is_serial, latest)


def cell(text: str, order: Order | None, is_serial: bool, latest: date | None) -> Parsed[date | datetime]:
    """The day or moment in a stripped cell: the ways of writing that most files have, before all others."""
    if len(text) > LONGEST:
        return Parsed(problem=Problem(NO_DATE, {"raw": text[:40]}))
    try:
        if iso := ISO.fullmatch(text):
            return Parsed(datetime.fromisoformat(text) if iso[1] else date.fromisoformat(text))
        if (usual := USUAL.fullmatch(text)) and order in ("dmy", "mdy"):
            return Parsed(of_usual(usual, order))
    except ValueError:
        return other(text, order, latest)
    if is_blank(text):
        return NOTHING
    if is_serial and SERIAL.fullmatch(text):
        return Parsed(of_serial(text))
    return other(text, order, latest)


# Days come back row after row; moments seldom do.
short_cell = lru_cache(maxsize=1 << 14)(cell)


def of_usual(usual: re.Match[str], order: Order) -> date | datetime:
    """The day in 31-12-2024 or 12/31/2024, with the clock time behind it if there is one."""
    first, second, year, hour, minute, seconds = usual.groups()
    day, month = (first, second) if order == "dmy" else (second, first)
    if hour is None:
        return date(int(year), int(month), int(day))
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(seconds or 0))  # noqa: DTZ001 - as the cell has it


def parse_moment(raw: str, order: Order | None, zone: tzinfo, *, is_serial: bool = False) -> Parsed[datetime]:
    """The moment in a cell; one without a zone of its own is read in `zone`, a day alone as its first minute.

    One with an offset is given in UTC: PostgreSQL does not take every offset that a text can have.
    """
    if len(raw) <= LENGTH_OF_A_DAY:
        return short_moment(raw, order, zone, is_serial)
    return moment(raw, order, zone, is_serial)


def moment(raw: str, order: Order | None, zone: tzinfo, is_serial: bool) -> Parsed[datetime]:
    value, problem = parse_date(raw, order, is_serial=is_serial)
    if value is None:
        return Parsed(problem=problem)
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    return Parsed(value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=zone))


short_moment = lru_cache(maxsize=1 << 14)(moment)


def of_serial(text: str) -> date | datetime:
    """The day, or the moment to the second, that a spreadsheet counts from the end of 1899."""
    found = SERIAL_START + timedelta(seconds=round(float(text.replace(",", ".")) * 86400))
    return found if any(mark in text for mark in ".,") and found.time() != time(0) else found.date()


def other(text: str, order: Order | None, latest: date | None) -> Parsed[date | datetime]:
    """The day or moment in a text that is not written the international way."""
    if ZERO.fullmatch(text.lower()):
        return NOTHING
    try:
        return Parsed(moment_in(IN_BRACKETS.sub("", folded(text)), order, latest))
    except NotADateError as wrong:
        return Parsed(problem=Problem(wrong.sentence, {"raw": text[:40], **wrong.gaps}))


def moment_in(text: str, order: Order | None, latest: date | None) -> date | datetime:
    """The day in a folded text, with the clock time behind it if there is one."""
    if EPOCH_TIME.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}" + (f" {text[8:10]}:{text[10:12]}:{text[12:]}" if text[8:] else "")
    text = WEEKDAY.sub("", text, count=1) if WEEKDAY.match(text) else text
    text = BEHIND_CLOCK.sub(r"\1 \3 \2", text)
    clock = clock_in(text)
    if clock is None:
        return day_in(text, order, latest)
    return datetime.combine(day_in(text[: clock.start()], order, latest), clock_time(clock))


def clock_in(text: str) -> re.Match[str] | None:
    """Where the clock time at the end of a text stands."""
    for n, letter in enumerate(text):
        if letter in "t, " and (match := CLOCK.fullmatch(text, n)) and any(mark.isdigit() for mark in text[:n]):
            return None if FIGURES.fullmatch(text) else match
    return None


def clock_time(match: re.Match[str]) -> time:
    """The time of a day, with its zone where one is named."""
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[5] or "")[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    part = int((match[4] or "").ljust(6, "0")[:6])
    try:
        return time(hour, minute, second, part, zone_of(match[6]) if match[6] else None)
    except ValueError:
        raise NotADateError(NO_CLOCK) from None


@lru_cache(maxsize=256)
def zone_of(text: str) -> timezone:
    """The zone of "CET", "+0100" or "GMT+1"."""
    name = text.rstrip("+-:0123456789 ")
    shift = text[len(name) :].replace(":", "").strip()
    minutes = ZONES.get(name.strip(), 0)
    if shift:
        digits = shift[1:]
        hours, rest = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        minutes += (hours * 60 + rest) * (-1 if shift[0] == "-" else 1)
    return timezone(timedelta(minutes=minutes))


@lru_cache(maxsize=1 << 14)
def day_in(text: str, order: Order | None, latest: date | None) -> date:
    """The day in a folded text without a clock time."""
    text = text.strip(" ,.")
    if figures := FIGURES.fullmatch(text):
        return of_figures(figures, order, latest)
    if worded := DAY_FIRST.fullmatch(text):
        return of_parts(worded[3], month_of(worded[2]), int(worded[1]), latest)
    if worded := MONTH_FIRST.fullmatch(text):
        return of_parts(worded[3], month_of(worded[1]), int(worded[2]), latest)
    if worded := YEAR_FIRST.fullmatch(text):
        return of_parts(worded[1], month_of(worded[2]), int(worded[3]), latest)
    raise NotADateError(NO_DATE)


def of_figures(figures: re.Match[str], order: Order | None, latest: date | None) -> date:
    """The day in three figures, by the order of the column or by what they can only mean."""
    first, mark, second, third = figures.groups()
    if len(first) == 4 or (order == "ymd" and len(third) <= 2):
        return of_parts(first, int(second), int(third), latest)
    if len(first) == 3 or len(third) in (1, 3):
        raise NotADateError(NO_DATE)
    if order not in ("dmy", "mdy"):
        order = only_order(int(first), int(second), mark)
    day, month = (first, second) if order == "dmy" else (second, first)
    return of_parts(third, int(month), int(day), latest)


def only_order(first: int, second: int, mark: str) -> Order:
    """The only order that two figures can have; dots are written between day and month, never the other way."""
    if first > 12 or first == second or mark == ".":
        return "dmy"
    if second > 12:
        return "mdy"
    raise NotADateError(NO_ORDER)


def of_parts(year_text: str, month: int, day: int, latest: date | None) -> date:
    """The day of a year, month and day, or what is impossible in them."""
    year = int(year_text)
    if len(year_text) <= 2:
        year += 1900 if year >= CENTURY_TURNS else 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADateError(NO_YEAR, year=year_text)
    if not 1 <= month <= 12:
        raise NotADateError(NO_MONTH, month=month)
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADateError(NO_DAY, day=day) from None
    if len(year_text) <= 2 and latest and found > latest:
        return of_parts(str(year - 100), month, day, None)
    return found


def month_of(name: str) -> int:
    """The number of a month by its name or a shortening of it."""
    if name not in MONTHS:
        raise NotADateError(NO_DATE)
    return MONTHS[name]


def detect_date_order(samples: Iterable[str]) -> Order | None:
    """The order of day, month and year in a column; None when nothing in it tells, or when it contradicts itself."""
    return decided(Counter(vote for sample in samples if (vote := order_of_cell(sample))))


def order_of_cell(sample: str) -> Order | None:
    """The order that a cell proves as it stands."""
    return order_of(" ".join(folded(sample).split())) if len(sample) <= LONGEST else None


def decided(votes: Counter[Order]) -> Order | None:
    """The order that nearly all cells prove that prove one."""
    if not votes:
        return None
    (best, count), *_ = votes.most_common(1)
    told = count / votes.total()
    return best if told >= 0.9 or (best == "ymd" and told > 0.5) else None


def order_of(text: str) -> Order | None:
    """The order that one cell proves."""
    text = WEEKDAY.sub("", text, count=1) if WEEKDAY.match(text) else text
    clock = clock_in(text)
    text = text[: clock.start()] if clock else text
    if YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return "ymd"
    if figures := FIGURES.fullmatch(text.strip()):
        return order_of_figures(figures)
    if (worded := DAY_FIRST.fullmatch(text)) and worded[2] in MONTHS:
        return "dmy"
    worded = MONTH_FIRST.fullmatch(text)
    return "mdy" if worded and worded[1] in MONTHS else None


def order_of_figures(figures: re.Match[str]) -> Order | None:
    """The order that three figures prove; none where day and month could change places."""
    first, mark, second, _ = figures.groups()
    if len(first) == 4 or int(first) > 31:
        return "ymd"
    if int(second) > 12:
        return None if int(first) > 12 else "mdy"
    return "dmy" if int(first) > 12 or mark == "." else None
