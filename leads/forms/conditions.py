"""How is a condition put together, row by row? What the builder shows, and what it sends in.

A draft is a condition that may not be whole yet: a group `{"group", "parts"}`, or a leaf `{"field", "operator",
"value", "narrowed", "rest"}` whose values are as they were typed. The outermost is always a group.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from leads.conditions import DEEPEST, ENGAGEMENTS, OPERATORS, Fault, Field, Kind, Operator, Takes, all_fields, validate

Draft = dict[str, Any]
Tree = Mapping[str, Any]

ROOT = "n"
ALL, ANY, NONE, NOT_ALL = "all", "any", "none", "not_all"
TURNED = {NONE: "any", NOT_ALL: "all"}
COUNTS = ("at_least", "at_most", "is")
NARROWED = ("kind", "channel", "campaign", "within_days")
NUMBERS = ("campaign", "within_days")
PLACE = re.compile(r"[0-9]{1,4}")
NUMBER = re.compile(r"-?\d{1,16}([.,]\d{1,6})?")


def empty() -> Draft:
    """A leaf of which nothing is chosen yet."""
    return {"field": "", "operator": "", "value": [], "narrowed": {}, "rest": {}}


def of_tree(tree: Tree | None) -> Draft:
    """A condition as the builder edits it; of one that is none at all nothing is left."""
    try:
        draft = _drafted(tree) if tree else {"group": ALL, "parts": [empty()]}
    except (TypeError, AttributeError, RecursionError):
        draft = {"group": ALL, "parts": [empty()]}
    return draft if "group" in draft else {"group": ALL, "parts": [draft]}


def _drafted(tree: Tree) -> Draft:
    for group in (ALL, ANY):
        if group in tree:
            return {"group": group, "parts": [_drafted(part) for part in tree[group]]}
    if "not" in tree:
        inner = _drafted(tree["not"])
        turned = {"any": NONE, "all": NOT_ALL}.get(inner.get("group", ""))
        return inner | {"group": turned} if turned else {"group": NONE, "parts": [inner]}
    value = tree.get("value", [])
    narrowed = {name: tree[name] for name in NARROWED if isinstance(tree.get(name), str | int)}
    known = {"field", "operator", "value", *narrowed}
    return {
        "field": str(tree.get("field", "")),
        "operator": str(tree.get("operator", "")),
        "value": [_typed(one) for one in (value if isinstance(value, list) else [value])],
        "narrowed": narrowed,
        "rest": {name: said for name, said in tree.items() if name not in known},
    }


def _typed(value: object) -> str:
    """A value as somebody would type or choose it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def posted(data: QueryDict, path: str = ROOT) -> Draft:
    """What the builder sent in."""
    if f"{path}.group" not in data:
        return {"group": ALL, "parts": []} if path == ROOT else _leaf_posted(data, path)
    inner = re.compile(re.escape(path) + r"\.(\d{1,4})\.(group|field)")
    places = sorted({int(found[1]) for name in data if (found := inner.fullmatch(name))})
    is_too_deep = path.count(".") > DEEPEST
    parts = [] if is_too_deep else [posted(data, f"{path}.{n}") for n in places]
    group = data[f"{path}.group"]
    return {"group": group if group in (ALL, ANY, NONE, NOT_ALL) else ALL, "parts": parts}


def _leaf_posted(data: QueryDict, path: str) -> Draft:
    lines = [line.strip() for line in data.get(f"{path}.lines", "").splitlines()]
    value = lines if f"{path}.lines" in data else [one.strip() for one in data.getlist(f"{path}.value")]
    return {
        "field": data.get(f"{path}.field", ""),
        "operator": data.get(f"{path}.operator", ""),
        "value": [one for one in value if one],
        "narrowed": {name: said for name in NARROWED if (said := data.get(f"{path}.{name}", "").strip())},
        "rest": _rest(data.get(f"{path}.rest", "")),
    }


def _rest(text: str) -> dict[str, Any]:
    """What a leaf said that the builder has no field for."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def acted(draft: Draft, act: str) -> Draft:
    """The draft after a button was pressed: a row or a group more in the group at a path, or one less."""
    verb, _sign, path = act.partition(":")
    group = _at(draft, path if verb != "drop" else path.rpartition(".")[0])
    if group is None or "group" not in group:
        return draft
    if verb == "add":
        group["parts"].append(empty() | {"is_new": True})
    elif verb == "group":
        group["parts"].append({"group": ANY, "parts": [empty() | {"is_new": True}]})
    elif verb == "drop":
        group["parts"] = [part for n, part in enumerate(group["parts"]) if str(n) != path.rpartition(".")[2]]
    return draft


def _at(draft: Draft, path: str) -> Draft | None:
    """The part of a draft at a path."""
    for step in path.split(".")[1:]:
        parts = draft.get("parts", [])
        if not PLACE.fullmatch(step) or int(step) >= len(parts):
            return None
        draft = parts[int(step)]
    return draft


def tree_of(draft: Draft) -> Tree | None:
    """The condition that a draft says, whole or not; None where it says nothing."""
    known = {field.key: field for field in all_fields()}
    return _tree(draft, known) if draft["parts"] else None


def _tree(draft: Draft, known: Mapping[str, Field]) -> Tree:
    if "group" not in draft:
        return _leaf(draft, known)
    parts = [_tree(part, known) for part in draft["parts"]]
    turned = TURNED.get(draft["group"])
    return {"not": {turned: parts}} if turned else {draft["group"]: parts}


def _leaf(leaf: Draft, known: Mapping[str, Field]) -> Tree:
    if not leaf["field"]:
        return {}
    if leaf["field"] == ENGAGEMENTS:
        narrowed = {name: _number(said) if name in NUMBERS else said for name, said in leaf["narrowed"].items()}
        said = {"operator": leaf["operator"], "value": _number("".join(leaf["value"][:1]) or "1")}
        return {"field": ENGAGEMENTS} | said | leaf["rest"] | narrowed
    said = {"field": leaf["field"], "operator": leaf["operator"]}
    field = known.get(leaf["field"])
    chosen = chosen_operator(field, leaf["operator"]) if field else None
    if field is None or chosen is None:
        return said | {"value": leaf["value"]}
    return said if chosen.takes is Takes.NOTHING else said | {"value": _value(field, chosen, leaf["value"])}


def chosen_operator(field: Field, key: str) -> Operator | None:
    """The operator of this key that the field has."""
    return next((one for one in OPERATORS[field.kind] if one.key == key), None)


def _value(field: Field, operator: Operator, typed: list[str]) -> Any:
    if operator.takes is Takes.MANY:
        return [_one(field, one) for one in typed]
    first = typed[0] if typed else ""
    return _number(first) if operator.takes is Takes.DAYS else _one(field, first)


def _one(field: Field, typed: str) -> Any:
    if field.kind is Kind.YES_NO:
        return {"yes": True, "no": False}.get(typed, typed)
    return _number(typed) if field.kind in (Kind.NUMBER, Kind.REFERENCE) else typed


def _number(typed: object) -> Any:
    """A number as it was typed, with a point or a comma; what is none stays what it is, to be told so."""
    text = str(typed)
    if not NUMBER.fullmatch(text):
        return typed
    number = float(text.replace(",", "."))
    return int(text) if text.lstrip("-").isdecimal() else number


def faults_by_path(tree: Tree) -> dict[str, list[str]]:
    """What is wrong with a condition, by the path of the row where it is."""
    found: dict[str, list[str]] = {}
    for fault in validate(tree):
        found.setdefault(_path(fault), []).append(str(fault.problem))
    return found


def _path(fault: Fault) -> str:
    place = fault.place.partition(".value")[0]
    return ".".join([ROOT, *re.findall(r"\[(\d+)\]", place)])
