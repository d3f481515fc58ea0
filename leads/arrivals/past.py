"""What does a row of history tell of its lead: where it stood, whose it was, when what happened, and for how much?

What words mean was said by hand; a word without a meaning, a day to come, or an order of days that cannot be makes the
row an error. A date of a lead that is not closed is when it was to be closed: it is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_noop

from leads import names, reasons
from leads.arrivals.shapes import (
    IN_COLUMN,
    KEPT_AS_IS,
    LONGEST_TEXT,
    NO_OWNER,
    TOO_LONG,
    Column,
    Read,
    Row,
    Ways,
    WrongValueError,
    note,
)
from leads.importing import values
from leads.problems import Problem
from leads.stages import CLOSED, MOVED_IN_TO, Stage

QUALIFIED = Stage.MQL.value
"""What a status can mean besides a stage: it qualified, and waits for somebody."""
STAGES = frozenset({stage.value for stage in MOVED_IN_TO} | {QUALIFIED})
OUTCOMES = frozenset({"open", Stage.WON.value, Stage.LOST.value, Stage.DISQUALIFIED.value})
FOLLOW_UPS = frozenset({"call", "mail", "meeting"})
RESULTS = frozenset({"spoke", "appointment", "call_back", "no_answer", "voicemail", "no_interest", "wrong_number"})
"""What kinds of follow-ups there are, and what came of them: words of the app above."""
LARGEST_AMOUNT = Decimal(10) ** 12
LAST = ("follow_up_notes", "last_follow_up_kind", "last_follow_up_result")
"""What is said of the last follow-up."""
MOMENTS = ("mql_at", "first_follow_up_at", "last_follow_up_at")
AHEAD = ("closed_at", "next_step_at")
IN_WORDS: Mapping[str, frozenset[str]] = {
    "lead_status": STAGES,
    "outcome": OUTCOMES,
    "owner": frozenset(),
    "last_follow_up_kind": FOLLOW_UPS,
    "last_follow_up_result": RESULTS,
}
"""The fields whose values are given a meaning by hand, and what they can mean; an owner is somebody's address."""
KEYS = ("lead_status", "outcome", "owner_id", *MOMENTS, *AHEAD, "amount", *LAST)

WITHOUT_MEANING = gettext_noop("Column “%(column)s”: nobody said what “%(raw)s” becomes.")
TO_COME = gettext_noop("Column “%(column)s”: “%(raw)s” lies in the future; history lies in the past.")
CLOSES_LATER = gettext_noop("It was closed on %(day)s, which lies in the future.")
CLOSED_BEFORE = gettext_noop("It was closed on %(closed)s, before it came in on %(opened)s.")
QUALIFIED_AFTER = gettext_noop("It became MQL on %(mql)s, after it was closed on %(closed)s.")
TWO_ENDS = gettext_noop("Its status says that it is closed, its outcome says something else.")


def reader(column: Column, ways: Ways) -> Read | None:
    """How a column of history is read; none where the field is read as ever."""
    if column.field in MOMENTS or column.field in AHEAD:
        return moment(column, ways)
    return READERS[column.field](column, ways) if column.field in READERS else None


def of_words(column: Column, ways: Ways) -> Read:
    key, known = column.field or "", IN_WORDS[column.field or ""]

    def read(row: Row, cell: str) -> None:
        word = cell.casefold()
        meant = column.words.get(word, word)
        if meant and meant not in known:
            raise WrongValueError(Problem(WITHOUT_MEANING, {"column": column.header, "raw": cell[:60]}))
        keep(column, row, cell)
        if meant:
            row.setdefault(key, meant)

    return read


def owner(column: Column, ways: Ways) -> Read:
    people = ways.past.people if ways.past else {}

    def read(row: Row, cell: str) -> None:
        keep(column, row, cell)
        meant = column.words.get(cell.casefold(), cell)
        found = people.get(" ".join(names.folded(meant).split()))
        if found:
            row.setdefault("owner_id", found)
        elif meant:
            note(row, Problem(NO_OWNER, {"raw": cell[:60]}))

    return read


def keep(column: Column, row: Row, cell: str) -> None:
    """Keep what the other system said with the person, as it stands."""
    if column.attribute:
        row.setdefault("attributes", {}).setdefault(column.attribute, cell[:LONGEST_TEXT])


def moment(column: Column, ways: Ways) -> Read:
    key = column.field or ""

    def read(row: Row, cell: str) -> None:
        value, problem = values.parse_moment(cell, column.date_order, ways.zone, is_serial=column.is_serial)
        if problem and key == "next_step_at":
            note(row, Problem(KEPT_AS_IS, {"column": column.header, "raw": cell[:40]}))
        elif problem:
            raise WrongValueError(Problem(IN_COLUMN, {"column": column.header, "problem": reasons.line(problem)}))
        if value and value > ways.latest and key in MOMENTS:
            raise WrongValueError(Problem(TO_COME, {"column": column.header, "raw": cell[:40]}))
        if value:
            row.setdefault(key, value)

    return read


def amount(column: Column, ways: Ways) -> Read:
    def read(row: Row, cell: str) -> None:
        value, problem = values.parse_number(cell, column.decimal_mark)
        if problem or value is None or not 0 <= value < LARGEST_AMOUNT:
            note(row, Problem(KEPT_AS_IS, {"column": column.header, "raw": cell[:40]}))
        else:
            row.setdefault("amount", round(value, 2))

    return read


def notes(column: Column, ways: Ways) -> Read:
    def read(row: Row, cell: str) -> None:
        if len(cell) > LONGEST_TEXT:
            gaps = {"column": column.header, "length": len(cell), "limit": LONGEST_TEXT}
            raise WrongValueError(Problem(TOO_LONG, gaps))
        row.setdefault("follow_up_notes", cell)

    return read


READERS: dict[str | None, Callable[[Column, Ways], Read]] = {
    "lead_status": of_words,
    "outcome": of_words,
    "last_follow_up_kind": of_words,
    "last_follow_up_result": of_words,
    "owner": owner,
    "amount": amount,
    "follow_up_notes": notes,
}


def complete(row: Row, ways: Ways) -> None:
    """Put together what the cells of a row tell of its lead, as `past`. Raises WrongValueError where that cannot be."""
    said: dict[str, Any] = {key: row.pop(key) for key in KEYS if key in row}
    said["stage"] = stage_of(said.pop("lead_status", ""), said.pop("outcome", ""))
    in_order(said)
    opened_at = row.get("occurred_at") or min(filter(None, map(said.get, MOMENTS)), default=None)
    if said["stage"] in CLOSED:
        close(said, opened_at, ways)
        opened_at = opened_at or said["closed_at"]
    else:
        said.pop("closed_at", None)
    if said["stage"] == QUALIFIED:
        said.setdefault("mql_at", opened_at or ways.latest)
    if "first_follow_up_at" not in said:
        noted, *_others = [said.pop(key, "") for key in LAST]
        row["detail"] = "\n".join(filter(None, (row.get("detail"), noted)))
    if opened_at:
        said["opened_at"] = min(opened_at, said.get("mql_at", opened_at))
    row["past"] = {key: as_kept(value) for key, value in said.items()}


def stage_of(status: str, outcome: str) -> str:
    """Where a lead stands by its status and its outcome; the outcome knows better how it ended."""
    if status in CLOSED and outcome and outcome != status:
        raise WrongValueError(Problem(TWO_ENDS))
    if outcome in CLOSED:
        return outcome
    return status or Stage.INQUIRY.value


def in_order(said: dict[str, Any]) -> None:
    """Let the first follow-up be the one that came first."""
    first, last = said.get("first_follow_up_at"), said.get("last_follow_up_at")
    if last and not first:
        said["first_follow_up_at"] = said.pop("last_follow_up_at")
    elif last and last < first:
        said["first_follow_up_at"], said["last_follow_up_at"] = last, first


def close(said: dict[str, Any], opened_at: datetime | None, ways: Ways) -> None:
    """Have the moment of its closing, after all that came before; on one day the order of hours is not known."""
    if "closed_at" not in said:
        usual = ways.past.closed_at if ways.past else ways.latest
        known = [moment for key in MOMENTS if (moment := said.get(key))]
        said["closed_at"] = max(filter(None, [usual, opened_at, *known]))
    closed_at, mql_at = said["closed_at"], said.get("mql_at")
    if closed_at > ways.latest:
        raise WrongValueError(Problem(CLOSES_LATER, {"day": day(closed_at, ways)}))
    if opened_at and closed_at < opened_at:
        if day(closed_at, ways) != day(opened_at, ways):
            gaps = {"closed": day(closed_at, ways), "opened": day(opened_at, ways)}
            raise WrongValueError(Problem(CLOSED_BEFORE, gaps))
        said["closed_at"] = closed_at = opened_at
    if mql_at and closed_at < mql_at:
        if day(closed_at, ways) != day(mql_at, ways):
            raise WrongValueError(Problem(QUALIFIED_AFTER, {"mql": day(mql_at, ways), "closed": day(closed_at, ways)}))
        said["closed_at"] = mql_at


def day(moment: datetime, ways: Ways) -> str:
    return moment.astimezone(ways.zone).date().isoformat()


def as_kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return written(value)
    return str(value) if isinstance(value, Decimal) else value


# The same days come back row after row.
written = lru_cache(maxsize=1 << 14)(datetime.isoformat)
