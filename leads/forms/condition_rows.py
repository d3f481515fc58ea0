"""What does the builder of a condition draw: which fields, operators and values can be chosen in each row?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.conditions import ATTRIBUTES, ENGAGEMENTS, OPERATORS, Field, Kind, Operator, Takes, all_fields, in_words
from leads.filters import options
from leads.forms.conditions import (
    ALL,
    ANY,
    COUNTS,
    NONE,
    NOT_ALL,
    ROOT,
    Draft,
    chosen_operator,
    faults_by_path,
    tree_of,
)
from leads.lead_fields import campaigns_offered
from leads.models import Engagement
from leads.stages import Channel

GROUPS: dict[str, str | Promise] = {
    ALL: gettext_lazy("All of these hold"),
    ANY: gettext_lazy("At least one of these holds"),
    NONE: gettext_lazy("None of these holds"),
    NOT_ALL: gettext_lazy("Not all of these hold"),
}
HEADINGS: dict[str, str | Promise] = {
    "lead": gettext_lazy("Lead"),
    "campaign": gettext_lazy("Campaign"),
    "contact": gettext_lazy("Person"),
    "organisation": gettext_lazy("Organisation"),
    ENGAGEMENTS: gettext_lazy("What they did"),
    "calls": gettext_lazy("Calls"),
    ATTRIBUTES.rstrip("."): gettext_lazy("Other columns"),
}
# What the language says the same of one value and of several.
OF_SEVERAL: dict[str, str | Promise] = {
    "is_any_of": gettext_lazy("is one of …"),
    "contains_any": gettext_lazy("contains one of …"),
}
COUNTED: dict[str, str | Promise] = {
    "at_least": gettext_lazy("at least … times"),
    "at_most": gettext_lazy("at most … times"),
    "is": gettext_lazy("exactly … times"),
}
Choices = list[tuple[Any, Any]]
LONGEST_KEY = 18


class Builder:
    """A draft, ready to be drawn. What is wrong with it stands at its rows once somebody wants to use it."""

    def __init__(self, draft: Draft, *, is_judged: bool = False) -> None:
        self.draft = draft
        self.tree = tree_of(draft)
        self.faults = faults_by_path(self.tree) if self.tree else {}
        self.is_judged = is_judged
        self._offered: dict[str, Choices] = {}

    @property
    def is_sound(self) -> bool:
        """Whether it is a condition as it stands, or none at all."""
        return not self.faults

    def said(self, language: str) -> str:
        """The condition in words, once it is one."""
        return in_words(self.tree, language) if self.tree and self.is_sound else ""

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its key; read once."""
        return {field.key: field for field in all_fields()}

    @cached_property
    def grouped(self) -> Choices:
        """The fields under their headings."""
        found: dict[str, Choices] = {heading: [] for heading in HEADINGS}
        for key, field in self.fields.items():
            found.get(key.partition(".")[0], found["lead"]).append((key, field.label))
        found[ENGAGEMENTS].append((ENGAGEMENTS, _("Number of engagements")))
        return [("", _("Choose a field")), *((str(HEADINGS[key]), rows) for key, rows in found.items() if rows)]

    @property
    def root(self) -> dict[str, Any]:
        """The outermost group as it is drawn."""
        return self._group(self.draft, ROOT, 0)

    def _group(self, draft: Draft, path: str, depth: int) -> dict[str, Any]:
        parts = [(f"{path}.{n}", part) for n, part in enumerate(draft["parts"])]
        rows = [
            self._group(part, at, depth + 1) if "group" in part else self._row(part, at, depth) for at, part in parts
        ]
        kinds = select(f"{path}.group", list(GROUPS.items()), draft["group"], _("Which of the rows have to hold"))
        return self._base(path) | {"is_group": True, "kinds": kinds, "rows": rows, "may_nest": depth < 3}

    def _base(self, path: str) -> dict[str, Any]:
        faults = self.faults.get(path, []) if self.is_judged else []
        return {"path": path, "is_root": path == ROOT, "faults": faults}

    def _row(self, leaf: Draft, path: str, depth: int) -> dict[str, Any]:
        """One row: its field, and what can be chosen beside it."""
        field, is_count = self.fields.get(leaf["field"]), leaf["field"] == ENGAGEMENTS
        row = self._base(path) | {"rest": json.dumps(leaf["rest"]) if leaf["rest"] else "", "is_count": is_count}
        row["fields"] = self._fields(leaf, path)
        if is_count:
            return row | self._counting(leaf, path)
        if field is None:
            return row | {"is_gone": bool(leaf["field"])}
        operator = chosen_operator(field, leaf["operator"]) or OPERATORS[field.kind][0]
        words = [(one.key, worded(one)) for one in OPERATORS[field.kind]]
        row["operators"] = select(f"{path}.operator", words, operator.key, _("How to compare"), asks=True)
        return row | self._value(field, operator, leaf["value"], path)

    def _fields(self, leaf: Draft, path: str) -> SafeString:
        gone = leaf["field"] and leaf["field"] != ENGAGEMENTS and leaf["field"] not in self.fields
        choices = (
            [*self.grouped, (leaf["field"], _("Gone: %(field)s") % {"field": leaf["field"]})] if gone else self.grouped
        )
        marks = {"autofocus": True} if leaf.get("is_new") else {}
        return select(f"{path}.field", choices, leaf["field"], _("Field"), asks=True, **marks)

    def _value(self, field: Field, operator: Operator, typed: list[str], path: str) -> dict[str, Any]:
        """What stands where the value does."""
        name, first = f"{path}.value", typed[0] if typed else ""
        if operator.takes is Takes.NOTHING:
            return {}
        if operator.takes is Takes.DAYS:
            return {"value": typed_in(name, first, type="number", min=1, max=3660, step=1), "unit": _("days")}
        if operator.takes is Takes.DAY:
            return {"value": typed_in(name, first, type="date")}
        if choices := self._choices(field, typed):
            if operator.takes is Takes.MANY:
                return {"boxes": [(key, label, str(key) in typed) for key, label in choices], "name": name}
            return {"value": select(name, [("", _("Choose")), *choices], first, _("Value"))}
        if operator.takes is Takes.MANY:
            return {"lines": "\n".join(typed), "name": f"{path}.lines"}
        is_number = field.kind in (Kind.NUMBER, Kind.REFERENCE)
        return {"value": typed_in(name, first, **({"inputmode": "decimal"} if is_number else {"maxlength": 200}))}

    def _choices(self, field: Field, typed: list[str]) -> Choices:
        """What can be chosen as a value; of a reference also what was chosen before."""
        if field.kind is Kind.YES_NO:
            return [("yes", _("yes")), ("no", _("no"))]
        if field.choices:
            return list(field.choices().items())
        if field.offers is None or field.names is None:
            return []
        offered = self._once(field.key, lambda: list(field.offers().items()) if field.offers else [])
        lacking = {int(key) for key in typed if key.isdecimal() and len(key) <= LONGEST_KEY} - {
            key for key, _label in offered
        }
        return [*offered, *(field.names(lacking).items() if lacking else ())]

    def _once(self, key: str, read: Callable[[], Choices]) -> Choices:
        if key not in self._offered:
            self._offered[key] = read()
        return self._offered[key]

    def _counting(self, leaf: Draft, path: str) -> dict[str, Any]:
        """The row that counts what somebody did."""
        narrowed: Mapping[str, Any] = leaf["narrowed"]
        campaigns = self._once("campaign", lambda: list(campaigns_offered().items()))
        narrows = [
            ("kind", [("", _("Anything")), *Engagement.Kind.choices], _("What they did")),
            ("channel", [("", _("All channels")), *Channel.choices], _("Channel")),
            ("campaign", [("", _("All campaigns")), *campaigns], _("Campaign")),
        ]
        days = typed_in(
            f"{path}.within_days", str(narrowed.get("within_days", "")), type="number", min=1, max=3660, step=1
        )
        words = [(key, COUNTED[key]) for key in COUNTS]
        return {
            "operators": select(f"{path}.operator", words, leaf["operator"] or "at_least", _("How to compare")),
            "value": typed_in(f"{path}.value", (leaf["value"] or ["1"])[0], type="number", min=0, max=10_000, step=1),
            "narrows": [select(f"{path}.{name}", rows, narrowed.get(name, ""), label) for name, rows, label in narrows],
            "days": days,
        }


def worded(operator: Operator) -> str:
    """What an operator says without its field: `contains …`."""
    words = OF_SEVERAL.get(operator.key) or operator.words
    return (str(words) % {"field": "", "value": "…"} if operator.key not in OF_SEVERAL else str(words)).strip()


def select(name: str, choices: Choices, chosen: object, label: str, *, asks: bool = False, **given: Any) -> SafeString:
    """A select with a name for who does not see it; one that `asks` has the row drawn anew for what was chosen."""
    marks = {"name": name, "id": name, "aria-label": label, "data-asks": asks, **given}
    return format_html("<select{}>{}</select>", flatatt(marks), options(choices, str(chosen)))


def typed_in(name: str, value: str, **given: Any) -> SafeString:
    """A field to type a value in."""
    marks = {
        "class": "field",
        "name": name,
        "id": name,
        "value": value,
        "aria-label": _("Value"),
        "autocomplete": "off",
    }
    return format_html("<input{}>", flatatt(marks | given))
