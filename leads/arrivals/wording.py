"""How is a column read in which words were given a meaning, or suggestions accepted for all alike?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from leads import reasons
from leads.arrivals.better import better
from leads.arrivals.shapes import IN_COLUMN, Column, Read, Row, WrongValueError
from leads.problems import Problem


def as_chosen(column: Column, read: Read, country: str) -> Read:
    """The reader of a column by what was chosen for it; itself where nothing was."""
    if column.accepted:
        read = accepting(column, read, country)
    return in_words(column.words, read) if column.words else read


def in_words(words: Mapping[str, str], read: Read) -> Read:
    """Read what a word was said to mean; one that was said to mean nothing is left out."""

    def reading(row: Row, cell: str) -> None:
        if meant := words.get(cell.casefold(), cell):
            read(row, meant)

    return reading


def accepting(column: Column, read: Read, country: str) -> Read:
    """Read the suggestion instead of a value about which one of the accepted things is the matter."""

    def reading(row: Row, cell: str) -> None:
        is_meant = not column.accepted.isdisjoint(matters(read, row, cell))
        read(row, (is_meant and better(column, cell, row, country)) or cell)

    return reading


def matters(read: Read, row: Row, cell: str) -> list[str]:
    """What is the matter with a value, in the source's sentences; read beside the row."""
    beside: Row = {"country": row["country"]} if row.get("country") else {}
    try:
        read(beside, cell)
    except WrongValueError as wrong:
        return [sentence(inner(problem)) for problem in wrong.args]
    return [sentence(line) for line in beside.get("notes", "").splitlines()]


def inner(problem: Problem) -> str:
    """What is wrong as a row keeps it, without the column in which it is."""
    return str(problem.gaps["problem"]) if problem.sentence == IN_COLUMN else reasons.line(problem)


def sentence(line: str) -> str:
    """The sentence of a kept line, without what fills its gaps."""
    return str(json.loads(line)["sentence"]) if line.startswith('{"sentence"') else line


def sentences(lines: str) -> Iterable[str]:
    return map(sentence, lines.splitlines())
