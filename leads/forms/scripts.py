"""What does a script ask, as its builder sends it in?"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.calling import scripts
from leads.calling.scripts import MOST, Question, QuestionKind
from leads.models import CallList

LONGEST, LONGEST_CHOICE, MOST_CHOICES = 300, 100, 12


class ScriptForm:
    """The questions as they were typed, after the button that was pressed; and what is wrong with them."""

    def __init__(self, data: QueryDict, call_list: CallList) -> None:
        known = {one["key"]: one for one in call_list.questions}
        self._data = data
        typed = [self._read(key, known) for key in dict.fromkeys(data.getlist("question")) if key in known or key == ""]
        act = data.get("act", "")
        self.questions = _arranged(typed, act)
        self.problem = "" if act.partition(":")[0] in ("drop", "up", "down") else _problem(self.questions)

    def _read(self, key: str, known: dict[str, Question]) -> Question:
        data, was = self._data, known.get(key, {})
        kind = data.get(f"kind_{key}", "")
        fills = data.get(f"fills_{key}", "")
        lines = [line.strip()[:LONGEST_CHOICE] for line in data.get(f"choices_{key}", "").splitlines()]
        return {
            "key": key,
            "label": data.get(f"label_{key}", "").strip()[:LONGEST],
            "kind": kind if kind in QuestionKind.values else was.get("kind", QuestionKind.TEXT.value),
            "choices": list(dict.fromkeys(filter(None, lines)))[:MOST_CHOICES],
            "fills": fills if fills == was.get("fills") or is_target(fills) else "",
        }


def is_target(fills: str) -> bool:
    """Whether an answer can fill this."""
    return fills in dict(scripts.targets_of([]))


def _arranged(questions: list[Question], act: str) -> list[Question]:
    """The questions after a button was pressed: one more, one less, or one moved."""
    verb, _sign, key = act.partition(":")
    if verb == "add":
        blank = {"key": "", "label": _new(questions), "kind": QuestionKind.TEXT.value, "choices": [], "fills": ""}
        return [*questions, blank][:MOST]
    place = next((n for n, one in enumerate(questions) if one["key"] == key), None)
    if place is None:
        return questions
    if verb == "drop":
        return questions[:place] + questions[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(questions):
        questions[place], questions[other] = questions[other], questions[place]
    return questions


def _new(questions: list[Question]) -> str:
    """What a new question is called until it has words of its own: like no other of the script."""
    named, taken = _("New question"), {one["label"].casefold() for one in questions}
    offered = [named, *(f"{named} {n}" for n in range(2, MOST + 2))]
    return next(one for one in offered if one.casefold() not in taken)


def _asked_twice(questions: list[Question]) -> str:
    """The words of a question that another has too, whatever its letters and blanks; empty where all differ."""
    asked: set[str] = set()
    for one in questions:
        key = " ".join(one["label"].casefold().split())
        if key in asked:
            return str(one["label"])
        asked.add(key)
    return ""


def _problem(questions: list[Question]) -> str:
    """What keeps a script from asking this; empty where nothing does."""
    if any(not one["label"] for one in questions):
        return _("Give every question its words.")
    if twice := _asked_twice(questions):
        return _("Two questions are called “%(name)s”: word one of them otherwise.") % {"name": twice}
    if any(one["kind"] == QuestionKind.CHOICE and len(one["choices"]) < 2 for one in questions):
        return _("A choice needs two answers at least, one a line.")
    filled = [one["fills"] for one in questions if one["fills"]]
    if len(filled) != len(set(filled)):
        return _("Two questions fill the same field: let one of them fill another.")
    return scripts.mismatched(questions)


def rows(questions: list[Question]) -> list[dict[str, Any]]:
    """The questions as the builder shows them."""
    return [one | {"lines": "\n".join(one["choices"])} for one in questions]
