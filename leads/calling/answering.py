"""What was known before a call of what it asks, and what do the answers fill? Nothing that is there goes unless the caller says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from leads.calling.scripts import ATTRIBUTES, CONTACT, Question
from leads.models import Contact

EMPTY: tuple[Any, ...] = (None, "", [])
Answers = Mapping[str, Any]


def known(contact: Contact, question: Question) -> Any:
    """What is there already in the field that an answer fills; None where nothing is."""
    fills = question["fills"]
    if fills.startswith(ATTRIBUTES):
        value = contact.attributes.get(fills.removeprefix(ATTRIBUTES))
    else:
        value = getattr(contact, fills.removeprefix(CONTACT)) if fills else None
    return None if value in EMPTY else value


def stored(value: Any) -> Any:
    """An answer as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def fill(
    contact: Contact, questions: Sequence[Question], answers: Answers, replacing: Collection[str]
) -> dict[str, list[Any]]:
    """Fill what the answers give, on a locked contact: what is empty, and what is to be replaced.

    Returns {what was filled: [before, after]}.
    """
    changed: dict[str, list[Any]] = {}
    for question in questions:
        key, fills = question["key"], question["fills"]
        if not fills or key not in answers:
            continue
        before, after = known(contact, question), stored(answers[key])
        if before != after and (before is None or key in replacing):
            changed[fills] = [before, after]
    put(contact, {fills: after for fills, (_before, after) in changed.items()})
    return changed


def take_back(contact: Contact, changed: Mapping[str, Sequence[Any]]) -> None:
    """Give a locked contact back what it had, where it still is as the answers left it."""
    same = {
        fills: before
        for fills, (before, after) in changed.items()
        if known(contact, {"fills": fills}) == (None if after in EMPTY else after)
    }
    put(contact, same)


def put(contact: Contact, values: Mapping[str, Any]) -> None:
    """Write values into columns and attributes of a contact; nothing is an attribute that goes, or an empty column."""
    if not values:
        return
    columns: dict[str, Any] = {}
    attributes = dict(contact.attributes)
    for fills, value in values.items():
        if fills.startswith(CONTACT):
            columns[fills.removeprefix(CONTACT)] = value or ""
        elif value is None:
            attributes.pop(fills.removeprefix(ATTRIBUTES), None)
        else:
            attributes[fills.removeprefix(ATTRIBUTES)] = value
    Contact.objects.filter(pk=contact.pk).update(**columns, attributes=attributes)
