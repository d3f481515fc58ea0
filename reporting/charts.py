"""How are a report's figures drawn: data in, SVG out?

Titles and labels come in translated. Each chart takes a `key` that is unique in its page. The table behind it, with
the same numbers, is the template's.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadops.accounts.writing import listing, number, percent
from reporting.drawing import Plane, block, framed, joined, linked, ruled, runs, stretched, tenths_around, text

FOOT = 28
HEAT_BOUNDS = (0.125, 0.25, 0.375, 0.5, 0.75)
LABELS_AT_MOST = 6
QUARTERS = (0, 0.25, 0.5, 0.75, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, its colour class, and where its leads are listed."""

    label: str
    value: int
    colour: str = "step"
    url: str = ""

    @property
    def words(self) -> str:
        """What the bar says, in words."""
        return f"{self.label}: {number(self.value)}"


@dataclass(frozen=True, slots=True)
class Stack:
    """One row of a stacked chart: its parts in order, and the figure that stands at its end."""

    label: str
    parts: Sequence[Bar]
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line over the same steps as its fellows, of shares from 0 to 1; None leaves a gap."""

    label: str
    shares: Sequence[float | None]
    colour: str = ""


def heat(share: float) -> str:
    """Return the shade class of a share in a heat table: h1 is the coolest, h6 starts at three quarters."""
    return f"h{bisect_right(HEAT_BOUNDS, share) + 1}"


def histogram(
    bars: Sequence[Bar], *, key: str, title: str, goal: str = "", goal_after: int = 1, height: int = 208
) -> SafeString:
    """Draw upright bars with their numbers above them; `goal` names a bound that stands after so many of them."""
    base, wide = height - FOOT, 100 / max(len(bars), 1)
    tallest = max((bar.value for bar in bars), default=0) or 1
    pieces = [ruled("axis", 0, 100, base + 0.5, base + 0.5)]
    for at, bar in enumerate(bars):
        tall = (base - 46) * bar.value / tallest
        drawn = block(bar.colour, (at + 0.13) * wide, wide * 0.74, base - tall, tall, 3, bar.words)
        pieces.append(linked(bar.url, bar.words, drawn))
        pieces.append(text(number(bar.value), (at + 0.5) * wide, base - tall - 7, colour="value", anchor="middle"))
        pieces.append(text(bar.label, (at + 0.5) * wide, height - 8, anchor="middle"))
    if goal:
        pieces.append(ruled("goal", goal_after * wide, goal_after * wide, 4, base))
        pieces.append(text(goal, goal_after * wide, 13, colour="goal-text", shift=6))
    return framed(key, title, said(bars), height, pieces, has_links=any(bar.url for bar in bars))


def said(bars: Sequence[Bar]) -> str:
    """Say all bars in one sentence."""
    return listing((bar.label, number(bar.value)) for bar in bars)


def weekly(
    labels: Sequence[str],
    live: Line,
    *,
    key: str,
    title: str,
    target: float | None = None,
    target_label: str = "",
    nightly: Line | None = None,
    height: int = 208,
) -> SafeString:
    """Draw a share by week against its target; `nightly`, dashed, is what each night knew of it."""
    known_at_night = nightly.shares if nightly else ()
    plane = Plane(len(labels), tenths_around([*live.shares, *known_at_night, target]), height - FOOT)
    shaded = [plane.area(run) for run in runs(live.shares)]
    dashed = [plane.curve("dashed", run) for run in runs(known_at_night)]
    drawn = [plane.curve(live.colour, run) for run in runs(live.shares)]
    pieces = [plane.grid(), stretched(height, shaded + dashed + drawn)]
    if target is not None:
        pieces.append(ruled("goal", plane.left, 100, plane.y(target), plane.y(target)))
        pieces.append(text(target_label, 100, plane.y(target) - 6, colour="goal-text", anchor="end"))
    pieces += [*under(labels, plane, height), *marks(labels, live, plane)]
    described = listing((label, percent(share)) for label, share in zip(labels, live.shares, strict=True))
    return framed(key, title, described, height, pieces)


def under(labels: Sequence[str], plane: Plane, height: int) -> Iterator[SafeString]:
    """Write as many labels under the steps as fit, always the last."""
    every = math.ceil(len(labels) / LABELS_AT_MOST) or 1
    for at, label in enumerate(labels):
        if (len(labels) - 1 - at) % every == 0:
            yield text(label, plane.x(at), height - 8, anchor="middle")


def marks(labels: Sequence[str], line: Line, plane: Plane) -> Iterator[SafeString]:
    """Mark each known share of a line, and write the last."""
    known = [mark for run in runs(line.shares) for mark in run]
    for at, share in known:
        yield plane.dot(at, share, f"{labels[at]}: {percent(share)}", is_last=at == known[-1][0])
    for at, share in known[-1:]:
        yield text(percent(share), plane.x(at), plane.y(share) - 11, colour="value", anchor="end", shift=4)


def followed_by_day(
    lines: Sequence[Line], *, key: str, title: str, promised_day: int | None = None, height: int = 240
) -> SafeString:
    """Draw the share followed up by the end of each working day, from day 0 on, in steps."""
    days = max((len(line.shares) for line in lines), default=1)
    plane = Plane(days, QUARTERS, height - 30, left=11, right=97)
    pieces = [plane.grid(), *under([number(day) for day in range(days)], plane, height)]
    if promised_day is not None:
        pieces.append(plane.upright(promised_day))
    for line in lines:
        shares = [share or 0.0 for share in line.shares]
        pieces.append(stretched(height, [plane.curve(line.colour, stairs(shares))]))
        words = f"{line.label} {percent(shares[-1])}"
        pieces.append(text(words, 97, plane.y(shares[-1]) - 7, colour="value", anchor="end"))
    described = listing((line.label, percent(line.shares[-1])) for line in lines)
    return framed(key, title, described, height, pieces)


def stairs(shares: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Walk a line in steps: level to the next day, then up."""
    for day, share in enumerate(shares):
        if day:
            yield day, shares[day - 1]
        yield day, share


def funnel(steps: Sequence[Bar], *, key: str, title: str, goes_on: str = "%s", tall: int = 18) -> SafeString:
    """Draw the steps of a funnel below each other; `goes_on` says with %s which part of the step before went on."""
    row, widest = tall + 32, max((step.value for step in steps), default=0) or 1
    pieces: list[SafeString] = []
    for at, step in enumerate(steps):
        y, before = at * row, steps[at - 1].value if at else 0
        pieces.append(text(step.label, 0, y + 12, colour="label"))
        pieces.append(text(number(step.value), 100, y + 12, colour="value", anchor="end"))
        if before:
            part = goes_on % percent(step.value / before)
            pieces.append(text(part, 100, y + 12, colour="faint", anchor="end", shift=-52))
        filled = block(f"step s{min(at + 1, 5)}", 0, 100 * step.value / widest, y + 20, tall, 4, step.words)
        pieces += [block("track", 0, 100, y + 20, tall, 4), linked(step.url, step.words, filled)]
    has_links = any(step.url for step in steps)
    return framed(key, title, said(steps), max(len(steps) * row - 12, 0), pieces, has_links=has_links)


def stacked(rows: Sequence[Stack], *, key: str, title: str, tall: int = 14) -> SafeString:
    """Draw rows cut into parts that together fill the row."""
    step = tall + 27
    pieces: list[SafeString] = []
    for at, row in enumerate(rows):
        pieces.append(text(row.label, 0, at * step + 12, colour="label"))
        pieces.append(text(row.figure, 100, at * step + 12, colour="value", anchor="end"))
        pieces += parts_of(row, at * step + 18, tall)
    described = listing((row.label, said(row.parts)) for row in rows)
    has_links = any(part.url for row in rows for part in row.parts)
    return framed(key, title, described, max(len(rows) * step - 9, 0), pieces, has_links=has_links)


def parts_of(row: Stack, y: float, tall: int) -> Iterator[SafeString]:
    """Draw the parts of a row, a hair of paper between them; an empty part leaves nothing."""
    total, x = sum(part.value for part in row.parts), 0.0
    for part in row.parts:
        if part.value:
            width, words = 100 * part.value / total, f"{row.label}, {part.words}"
            yield linked(part.url, words, block(part.colour, x, max(width - 0.3, 0.1), y, tall, 2, words))
            x += width


def leads_a_dot(total: int, at_most: int = 240) -> int:
    """Return how many leads one dot of the cloud stands for: 1, 2, 5, 10, 20, 50 and so on."""
    scales = (step * 10**power for power in range(10) for step in (1, 2, 5))
    return next(scale for scale in scales if total <= scale * at_most)


def seeds(parts: Sequence[tuple[str, int]], *, label: str, radius: int = 150) -> SafeString:
    """Draw leads as the seeds of a sunflower, the first part in its heart; a part that has leads has a dot."""
    scale = leads_a_dot(sum(count for _, count in parts))
    colours = [colour for colour, count in parts for _ in range(max(round(count / scale), count > 0))]
    spread = (radius - 5) / math.sqrt(len(colours) or 1)
    return format_html(
        '<svg class="seeds" viewBox="0 0 {d} {d}" role="img" aria-label="{}">{}</svg>',
        label,
        joined(seed(at, colour, spread, radius) for at, colour in enumerate(colours)),
        d=2 * radius,
    )


@lru_cache(maxsize=4096)
def seed(at: int, colour: str, spread: float, radius: int) -> SafeString:
    """Draw the dot of rank `at`, a golden angle on from the one before (Vogel's model of a sunflower head)."""
    away, angle = spread * math.sqrt(at + 0.5), at * math.pi * (3 - math.sqrt(5))
    size = 3.1 if colour == "gone" else 3.6 + 1.3 * (away / radius) ** 2
    x, y = radius + away * math.cos(angle), radius + away * math.sin(angle)
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', colour, f"{x:.1f}", f"{y:.1f}", f"{size:.1f}")
