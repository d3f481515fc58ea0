"""With which strokes are charts drawn: percentages across, pixels down, every word escaped?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from leadops.accounts.writing import percent

EMPTY = mark_safe("")
MANY = 6


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Put pieces of SVG behind each other."""
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def framed(
    key: str, title: str, description: str, height: float, pieces: Iterable[SafeString], *, has_links: bool = False
) -> SafeString:
    """Draw the chart's own element: an image with a name and a description, or a group when it holds links.

    `key` is unique in the page: the ids of title and description are made of it.
    """
    return format_html(
        '<svg class="chart" height="{}" role="{}" aria-labelledby="{key}-t" aria-describedby="{key}-d">'
        '<title id="{key}-t">{}</title><desc id="{key}-d">{}</desc>{}</svg>',
        f"{height:g}",
        "group" if has_links else "img",
        title,
        description,
        joined(pieces),
        key=key,
    )


def linked(url: str, label: str, body: SafeString) -> SafeString:
    """Make a piece of a chart lead to the leads behind it, where it has an address."""
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, label, body) if url else body


def attribute(name: str, value: object) -> SafeString:
    """Write an attribute, or nothing where it has no value."""
    return format_html(' {}="{}"', name, value) if value else EMPTY


def text(words: str, x: float, y: float, *, colour: str = "", anchor: str = "", shift: int = 0) -> SafeString:
    """Write words at a percentage across and a pixel down."""
    attributes = attribute("class", colour) + attribute("text-anchor", anchor) + attribute("dx", shift)
    return format_html('<text{} x="{}%" y="{}">{}</text>', attributes, f"{x:.2f}", f"{y:.1f}", words)


def ruled(colour: str, x1: float, x2: float, y1: float, y2: float) -> SafeString:
    """Draw a straight line: of the grid, an axis, a target."""
    ends = (f"{x1:.2f}", f"{x2:.2f}", f"{y1:.1f}", f"{y2:.1f}")
    return format_html('<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', colour, *ends)


def block(colour: str, x: float, width: float, y: float, height: float, radius: int, hint: str = "") -> SafeString:
    """Draw a rectangle; `hint` shows when a pointer rests on it."""
    return format_html(
        '<rect class="{}" x="{}%" width="{}%" y="{}" height="{}" rx="{}">{}</rect>',
        colour,
        f"{x:.2f}",
        f"{width:.2f}",
        f"{y:.1f}",
        f"{height:.1f}",
        radius,
        format_html("<title>{}</title>", hint) if hint else EMPTY,
    )


def stretched(height: float, pieces: Iterable[SafeString]) -> SafeString:
    """Draw curves in a box 1000 wide that stretches across but not down."""
    return format_html(
        '<svg viewBox="0 0 1000 {h}" width="100%" height="{h}" preserveAspectRatio="none">{}</svg>',
        joined(pieces),
        h=f"{height:g}",
    )


def tenths_around(shares: Iterable[float | None]) -> list[float]:
    """Return tenths from below to above all shares, at least four, within 0 and 1; every other one where many."""
    known = [share for share in shares if share is not None] or [0.0, 1.0]
    low, high = math.floor(round(min(known) * 10, 6)), math.ceil(round(max(known) * 10, 6))
    high = min(max(high, low + 3), 10)
    low = min(low, high - 3)
    if high - low <= MANY:
        return [tenth / 10 for tenth in range(low, high + 1)]
    return [tenth / 10 for tenth in range(low - low % 2, high + high % 2 + 1, 2)]


def runs(shares: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Cut a line into the runs between its gaps."""
    found: list[list[tuple[int, float]]] = [[]]
    for step, share in enumerate(shares):
        if share is None:
            found.append([])
        else:
            found[-1].append((step, share))
    return [run for run in found if run]


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a step and a share stand: from `left` to `right` percent across, `top` to `base` pixels down."""

    steps: int
    shares: Sequence[float]
    base: float
    top: float = 14
    left: float = 10
    right: float = 97.5

    def x(self, step: float) -> float:
        """Return how many percent across a step stands."""
        return self.left + (self.right - self.left) * step / max(self.steps - 1, 1)

    def y(self, share: float) -> float:
        """Return how many pixels down a share stands."""
        low, high = self.shares[0], self.shares[-1]
        return self.top + (self.base - self.top) * (high - share) / (high - low)

    def points(self, run: Iterable[tuple[float, float]]) -> str:
        """Write a run as the points of a polyline in a stretched box."""
        return " ".join(f"{self.x(step) * 10:.1f},{self.y(share):.1f}" for step, share in run)

    def grid(self) -> SafeString:
        """Rule the shares across, each with its percentage at the left."""
        return joined(
            ruled("grid", self.left, 100, self.y(share), self.y(share)) + text(percent(share), 0, self.y(share) + 4)
            for share in self.shares
        )

    def upright(self, step: float) -> SafeString:
        """Rule a bound at a step, from top to base."""
        return ruled("goal", self.x(step), self.x(step), self.top, self.base)

    def curve(self, colour: str, run: Iterable[tuple[float, float]]) -> SafeString:
        """Draw a run as a line."""
        return format_html('<polyline class="{}" points="{}"/>', f"line {colour}".strip(), self.points(run))

    def area(self, run: Sequence[tuple[float, float]]) -> SafeString:
        """Shade what lies under a run."""
        first, last = (f"{self.x(end[0]) * 10:.1f},{self.base:g}" for end in (run[0], run[-1]))
        return format_html('<polygon class="area" points="{} {} {}"/>', first, self.points(run), last)

    def dot(self, step: int, share: float, hint: str, *, is_last: bool) -> SafeString:
        """Mark a share; the last of a line is filled and larger."""
        return format_html(
            '<circle class="dot{}" cx="{}%" cy="{}" r="{}"><title>{}</title></circle>',
            " on" if is_last else "",
            f"{self.x(step):.2f}",
            f"{self.y(share):.1f}",
            "4.5" if is_last else "3",
            hint,
        )
