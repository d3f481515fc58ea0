"""What do callers say and ask, and which field does an answer fill?

A question is {"key", "label", "kind", "choices", "fills"}. What it fills is a column of the person, or an attribute,
so that conditions, scoring and rules can ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leads.models import AttributeKey, CallList, Contact

Question = dict[str, Any]
MOST = 25
ATTRIBUTES, CONTACT = "attributes.", "contact."


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")


KEPT_AS: dict[str, str] = {
    QuestionKind.TEXT: AttributeKey.Kind.TEXT,
    QuestionKind.CHOICE: AttributeKey.Kind.TEXT,
    QuestionKind.YES_NO: AttributeKey.Kind.BOOLEAN,
    QuestionKind.NUMBER: AttributeKey.Kind.NUMBER,
    QuestionKind.DATE: AttributeKey.Kind.DATE,
}
USUAL = AttributeKey.USUAL
COLUMNS = ("job_title", "department", "city")


def first() -> list[Question]:
    """The questions of a new list, in the language of who makes it."""
    asked: Sequence[tuple[str, str, str, list[str]]] = (
        ("need", gettext("What do you need?"), QuestionKind.TEXT, []),
        ("budget", gettext("Is there a budget for it?"), QuestionKind.YES_NO, []),
        ("authority", gettext("Do you decide on this?"), QuestionKind.YES_NO, []),
        (
            "timing",
            gettext("When do you want to begin?"),
            QuestionKind.CHOICE,
            [gettext("Within three months"), gettext("This year"), gettext("Later")],
        ),
        ("contract_ends_on", gettext("Until when does your contract run?"), QuestionKind.DATE, []),
    )
    return [
        {"key": f"q{n}", "label": label, "kind": str(kind), "choices": choices, "fills": ATTRIBUTES + key}
        for n, (key, label, kind, choices) in enumerate(asked, start=1)
    ]


def targets_of(fills: Iterable[str]) -> list[tuple[str, Any]]:
    """What an answer can fill: the usual attributes, some of the person's columns, and the attributes that are there."""
    columns = [(CONTACT + name, _column(name)) for name in COLUMNS]
    usual = [(ATTRIBUTES + key, label) for key, label in USUAL.items()]
    others = AttributeKey.objects.exclude(key__in=USUAL).order_by("label")[:200]
    known = [(ATTRIBUTES + one.key, one.shown) for one in others]
    there = {key for key, _label in known}
    gone = [(key, key.removeprefix(ATTRIBUTES)) for key in fills if key.startswith(ATTRIBUTES) and key not in there]
    return [*usual, *columns, *known, *[one for one in gone if one[0].removeprefix(ATTRIBUTES) not in USUAL]]


def _column(name: str) -> str:
    label = str(getattr(Contact._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def mismatched(questions: Sequence[Question]) -> str:
    """Which attribute is kept as another kind than a question gives; empty where none is."""
    for _one, known in _misfits(questions):
        told = gettext("“%(attribute)s” is kept as: %(kind)s. Ask for that, or let the answer fill something else.")
        return told % {"attribute": known.shown, "kind": str(known.get_kind_display()).lower()}
    return ""


def fitting(questions: Sequence[Question]) -> list[Question]:
    """The questions, those whose attribute is kept as another kind without filling it."""
    misfits = [one for one, _known in _misfits(questions)]
    return [one | {"fills": ""} if one in misfits else one for one in questions]


def _misfits(questions: Sequence[Question]) -> list[tuple[Question, AttributeKey]]:
    """The questions whose attribute is kept as another kind than they give; a text takes anything."""
    wanted = {_key(one): one for one in questions if _key(one)}
    found = AttributeKey.objects.filter(key__in=wanted).exclude(kind=AttributeKey.Kind.TEXT).order_by("pk")
    return [(wanted[one.key], one) for one in found if one.kind != KEPT_AS[wanted[one.key]["kind"]]]


def _key(question: Mapping[str, Any]) -> str:
    fills: str = question["fills"]
    return fills.removeprefix(ATTRIBUTES) if fills.startswith(ATTRIBUTES) else ""


def keep(call_list: CallList, questions: Sequence[Question], *, at: datetime) -> None:
    """Have a list ask these questions; the attributes that they fill are made known to conditions."""
    made = call_list.questions_made
    for one in questions:
        if not one["key"]:
            made += 1
            one["key"] = f"q{made}"
    register(questions, at=at)
    CallList.objects.filter(pk=call_list.pk).update(questions=list(questions), questions_made=made)
    call_list.questions, call_list.questions_made = list(questions), made


def register(questions: Sequence[Question], *, at: datetime) -> None:
    """Enter the attributes that these questions fill, each with the kind of its answers."""
    AttributeKey.objects.bulk_create(
        (
            AttributeKey(
                key=key, label=str(USUAL.get(key, one["label"]))[:300], kind=KEPT_AS[one["kind"]], created_at=at
            )
            for one in questions
            if (key := _key(one))
        ),
        ignore_conflicts=True,
    )
