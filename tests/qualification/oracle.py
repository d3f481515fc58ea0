"""What a definition makes of a lead, reckoned plainly from Python values; shares nothing with the product's way."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from qualification.definition import Line, Terms


@dataclass
class Deed:
    """Something the person did."""

    kind: str
    at: datetime
    interest: str = ""
    is_voided: bool = False


@dataclass
class Person:
    """What is known of a lead: field values, None or "" where nothing is, and deeds."""

    values: dict[str, Any]
    deeds: list[Deed] = field(default_factory=list)


def holds(tree: dict[str, Any], person: Person, at: datetime) -> bool:
    if "all" in tree:
        return all(holds(part, person, at) for part in tree["all"])
    if "any" in tree:
        return any(holds(part, person, at) for part in tree["any"])
    if "not" in tree:
        return not holds(tree["not"], person, at)
    if tree["field"] == "engagements":
        number = len(counted(tree, person, at))
        return {"at_least": number >= tree["value"], "at_most": number <= tree["value"], "is": number == tree["value"]}[
            tree["operator"]
        ]
    value, wanted = person.values.get(tree["field"]), tree.get("value")
    if tree["operator"] == "is_known":
        return value not in (None, "")
    if value is None:
        return tree["operator"] == "is_not" or wanted is False
    if tree["operator"] in ("is", "is_not"):
        same = value.lower() == wanted.lower() if isinstance(value, str) else value == wanted
        return same == (tree["operator"] == "is")
    return value >= wanted if tree["operator"] == "at_least" else wanted.lower() in value.lower()


def counted(leaf: dict[str, Any], person: Person, at: datetime) -> list[Deed]:
    since = (
        at - timedelta(days=leaf["within_days"]) if "within_days" in leaf else datetime.min.replace(tzinfo=at.tzinfo)
    )
    return [
        deed
        for deed in person.deeds
        if not deed.is_voided
        and since < deed.at <= at + timedelta(minutes=5)
        and leaf.get("kind", deed.kind) == deed.kind
        and (deed.interest or not leaf.get("with_interest"))
    ]


def addend(line: Line, person: Person, at: datetime) -> int:
    if line.kind == "must":
        return 0
    if not line.half_life_days:
        return line.points if holds(line.condition, person, at) else 0
    # In UTC, where a day on which the clocks change is as long as it was.
    now, whens = at.astimezone(UTC), [deed.at.astimezone(UTC) for deed in counted(line.condition, person, at)]
    ages = [max((now - when).total_seconds(), 0) / 86400 for when in whens]
    half = 0.5 + 1e-9
    points = math.floor(line.points * math.fsum(0.5 ** (age / line.half_life_days) for age in ages) + half)
    cap = line.cap or 30_000
    return max(-cap, min(cap, points))


def verdict(terms: Terms, lines: list[Line], person: Person, at: datetime) -> tuple[list[int], int, str, bool]:
    """The addends, the score, the grade, and whether the definition is met."""
    addends = [addend(line, person, at) for line in lines]
    sums = {
        kind: sum(n for n, line in zip(addends, lines, strict=True) if line.kind == kind)
        for kind in ("fit", "engagement")
    }
    caps = {"fit": terms.fit_cap, "engagement": terms.engagement_cap}
    parts = {kind: min(sums[kind], caps[kind]) for kind in sums}
    score = sum(parts.values())
    steps = {kind: sum(parts[kind] >= share * caps[kind] for share in (0.25, 0.5, 0.75)) for kind in parts}
    musts = all(holds(line.condition, person, at) for line in lines if line.kind == "must")
    grade = "DCBA"[steps["fit"]] + "4321"[steps["engagement"]]
    return [*addends, *(parts[kind] - sums[kind] for kind in parts)], score, grade, musts and score >= terms.threshold
