"""Does a tree say something sensible, and if not, where does it go wrong?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from leads.conditions.fields import ENGAGEMENTS, Field, Kind, field_of
from leads.conditions.operators import Operator, Takes, operator_of
from leads.models import Engagement
from leads.problems import Problem
from leads.stages import Channel

DEEPEST = 8
MOST_PARTS = 200
MOST_VALUES = 200
LONGEST_TEXT = 200
LARGEST_NUMBER = 10**15
LARGEST_KEY = 2**63 - 1
MOST_DAYS = 3660
MOST_COUNTED = 10_000
GROUPS = ("all", "any", "not")
FILTERS = ("kind", "channel", "campaign", "within_days", "with_interest", "minutes_at_least")
TIMED = ("within_days", "before_days")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a path such as `all[2].value`."""

    place: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else str(self.problem)


class InvalidCondition(ValueError):
    """A tree that is no condition; `faults` says where it goes wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def validate(tree: object) -> list[Fault]:
    """Return everything that is wrong with a tree; nothing when it is a condition."""
    if (size := _size(tree)) > MOST_PARTS:
        return [_fault("", _("The condition has more than %(most)s parts."), most=MOST_PARTS)]
    return (
        list(_node(tree, "", 1))
        if size
        else [_fault("", _("The condition is nested more than %(most)s deep."), most=DEEPEST)]
    )


def require(tree: object) -> Mapping[str, Any]:
    """Return the tree when it is a condition; else raise InvalidCondition."""
    faults = validate(tree)
    if faults or not isinstance(tree, dict):
        raise InvalidCondition(faults)
    return tree


def leaves(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk the leaves of a condition from left to right."""
    parts = [tree["not"]] if "not" in tree else tree.get("all") or tree.get("any")
    if parts is None:
        yield tree
        return
    for part in parts:
        yield from leaves(part)


def reads_time(tree: Mapping[str, Any]) -> bool:
    """Return whether the passing of time alone can change what a condition says."""
    return any("within_days" in leaf or leaf["operator"] in TIMED for leaf in leaves(tree))


def _fault(place: str, sentence: str, **gaps: object) -> Fault:
    return Fault(place, Problem(sentence, gaps))


def _size(tree: object) -> int:
    """How many nodes a tree has, walked without recursion; 0 when it is too deep."""
    count, layer = 0, [tree]
    for _depth in range(DEEPEST + 1):
        count += len(layer)
        layer = [part for node in layer if isinstance(node, dict) for part in _parts(node)][: MOST_PARTS + 1]
        if not layer:
            return count
    return 0


def _parts(node: Mapping[str, Any]) -> list[object]:
    found: list[object] = []
    for group in GROUPS:
        inner = node.get(group)
        found += inner[: MOST_PARTS + 1] if isinstance(inner, list) else [inner] if inner is not None else []
    return found


def _node(tree: object, place: str, depth: int) -> Iterator[Fault]:
    if not isinstance(tree, dict) or not all(isinstance(key, str) for key in tree):
        yield _fault(place, _("A condition is an object with “all”, “any”, “not” or “field”."))
        return
    groups = [group for group in GROUPS if group in tree]
    if groups:
        yield from _group(tree, groups[0], place, depth)
    elif tree.get("field") == ENGAGEMENTS:
        yield from _engagements(tree, place)
    else:
        yield from _leaf(tree, place)


def _group(tree: Mapping[str, Any], group: str, place: str, depth: int) -> Iterator[Fault]:
    here = f"{place}.{group}" if place else group
    if len(tree) > 1:
        yield _fault(place, _("Beside “%(group)s” nothing else can stand."), group=group)
        return
    inner = tree[group]
    if group == "not":
        yield from _node(inner, here, depth + 1)
    elif not isinstance(inner, list) or not inner:
        yield _fault(here, _("“%(group)s” needs a list with at least one condition."), group=group)
    else:
        for n, part in enumerate(inner):
            yield from _node(part, f"{here}[{n}]", depth + 1)


def _leaf(leaf: Mapping[str, Any], place: str) -> Iterator[Fault]:
    if not isinstance(leaf.get("field"), str) or not _is_text(leaf["field"]):
        yield _fault(_at(place, "field"), _("A field is missing."))
        return
    field = field_of(leaf["field"])
    if field is None:
        yield _fault(_at(place, "field"), _("There is no field “%(field)s”."), field=leaf["field"])
        return
    operator = operator_of(field, leaf.get("operator"))
    if operator is None:
        yield _fault(
            _at(place, "operator"),
            _("“%(field)s” cannot be compared by “%(operator)s”."),
            field=field.key,
            operator=str(leaf.get("operator"))[:40],
        )
        return
    yield from _surplus(leaf, ("field", "operator", "value"), place)
    yield from _value(field, operator, leaf, place)


def _value(field: Field, operator: Operator, leaf: Mapping[str, Any], place: str) -> Iterator[Fault]:
    here, value = _at(place, "value"), leaf.get("value")
    if operator.takes is Takes.NOTHING:
        if value is not None:
            yield _fault(here, _("“%(operator)s” takes no value."), operator=operator.key)
    elif operator.takes is Takes.MANY:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
            yield _fault(here, _("A list of 1 to %(most)s values is needed."), most=MOST_VALUES)
            return
        for n, one in enumerate(value):
            yield from _one(field, one, f"{here}[{n}]")
    elif operator.takes is Takes.DAYS:
        yield from _whole(value, 1, MOST_DAYS, here)
    elif operator.takes is Takes.DAY:
        yield from _is_day(value, here)
    else:
        yield from _one(field, value, here)


def _one(field: Field, value: object, here: str) -> Iterator[Fault]:
    if field.kind is Kind.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST_NUMBER:
            yield _fault(here, _("A number is needed."))
    elif field.kind is Kind.YES_NO:
        if not isinstance(value, bool):
            yield _fault(here, _("true or false is needed."))
    elif field.kind is Kind.REFERENCE:
        yield from _whole(value, 1, LARGEST_KEY, here)
    elif not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT or not _is_text(value):
        yield _fault(here, _("A text of 1 to %(most)s characters is needed."), most=LONGEST_TEXT)
    elif field.choices and value not in field.choices():
        yield _fault(here, _("“%(value)s” is none of the choices."), value=value)


def _is_text(value: str) -> bool:
    """Text that PostgreSQL can hold: no NUL, no half of a surrogate pair."""
    return "\x00" not in value and value.isascii() | (value.encode("utf-8", "ignore").decode() == value)


def _whole(value: object, least: int, most: int, here: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        yield _fault(here, _("A whole number from %(least)s to %(most)s is needed."), least=least, most=most)


def _is_day(value: object, here: str) -> Iterator[Fault]:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        yield _fault(here, _("A date such as 2026-03-14 is needed."))


def _surplus(leaf: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> Iterator[Fault]:
    for key in leaf:
        if key not in allowed:
            yield _fault(_at(place, key[:40]), _("“%(key)s” means nothing here."), key=key[:40])


def _engagements(leaf: Mapping[str, Any], place: str) -> Iterator[Fault]:
    yield from _surplus(leaf, ("field", "operator", "value", *FILTERS), place)
    if leaf.get("operator") not in ("at_least", "at_most", "is"):
        yield _fault(_at(place, "operator"), _("Engagements are counted by “at_least”, “at_most” or “is”."))
    yield from _whole(leaf.get("value"), 0, MOST_COUNTED, _at(place, "value"))
    yield from _filters(leaf, place)


def _filters(leaf: Mapping[str, Any], place: str) -> Iterator[Fault]:
    for name, known in (("kind", Engagement.Kind.values), ("channel", Channel.values)):
        wanted = leaf.get(name, known[0])
        wanted = wanted if isinstance(wanted, list) and wanted else [wanted]
        if not all(isinstance(one, str) and one in known for one in wanted):
            yield _fault(_at(place, name), _("Choose from: %(known)s."), known=", ".join(known))
    for name, most in (("campaign", LARGEST_KEY), ("within_days", MOST_DAYS), ("minutes_at_least", 100_000)):
        if name in leaf:
            yield from _whole(leaf[name], 1, most, _at(place, name))
    if not isinstance(leaf.get("with_interest", True), bool):
        yield _fault(_at(place, "with_interest"), _("true or false is needed."))


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
