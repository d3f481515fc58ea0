"""Which small figures stand inside a list or a card: a score's ring, a bar, an addend, the mix of a column?"""

from __future__ import annotations

import math
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

RADIUS = 14
HOT_FROM = 70


def ring(score: int | None, *, is_hot: bool | None = None) -> SafeString:
    """Draw a score as a ring with its number; a score outside 0 to 100 fills none or all of it."""
    return drawn_ring(score, is_hot, get_language())


@lru_cache(maxsize=1024)
def drawn_ring(score: int | None, is_hot: bool | None, language: str | None) -> SafeString:
    """Draw a ring in the language in force; the same score is drawn once."""
    whole = 2 * math.pi * RADIUS
    arc = whole * min(max(score or 0, 0), 100) / 100
    hot = (score or 0) >= HOT_FROM if is_hot is None else is_hot
    label = gettext("No score yet") if score is None else gettext("Score %(score)s") % {"score": score}
    return format_html(
        '<svg class="ring" viewBox="0 0 34 34" role="img" aria-label="{}">'
        '<circle class="track" cx="17" cy="17" r="14"/>'
        '<circle class="arc{}" cx="17" cy="17" r="14" stroke-dasharray="{} {}" transform="rotate(-90 17 17)"/>'
        '<text x="17" y="17.5">{}</text></svg>',
        label,
        " hot" if hot else ("" if arc else " none"),
        f"{arc:.1f}",
        f"{whole:.1f}",
        "\N{EN DASH}" if score is None else score,
    )


def bar(share: float, colour: str = "") -> SafeString:
    """Draw a share from 0 to 1 as a filled bar; the number stands beside it."""
    return format_html(
        '<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"/>'
        '<rect class="fill {}" width="{}%" height="100%" rx="3"/></svg>',
        colour,
        f"{100 * min(max(share, 0), 1):.1f}",
    )


def addend(points: int, largest: int) -> SafeString:
    """Draw one addend of a score, to the right of the middle when it adds and to the left when it takes away."""
    width = min(abs(points) / max(abs(largest), 1), 1) * 50
    return format_html(
        '<svg aria-hidden="true"><rect class="track" width="100%" height="100%" rx="2.5"/>'
        '<rect class="{}" x="{}%" width="{}%" height="100%" rx="2"/>'
        '<rect class="mid" x="50%" width="1" height="100%"/></svg>',
        "up" if points >= 0 else "down",
        f"{50 if points >= 0 else 50 - width:.1f}",
        f"{width:.1f}",
    )


def mix(good: int, doubtful: int, bad: int, total: int) -> SafeString:
    """Draw how many values of a column are good, doubtful and bad, of all rows."""
    ok, warn, wrong = (100 * n / max(total, 1) for n in (good, doubtful, bad))
    return format_html(
        '<svg class="mix" aria-hidden="true"><rect class="none" width="100%" height="100%"/>'
        '<rect class="ok" width="{}%" height="100%"/><rect class="warn" x="{}%" width="{}%" height="100%"/>'
        '<rect class="bad" x="{}%" width="{}%" height="100%"/></svg>',
        *(f"{value:.1f}" for value in (ok, ok, warn, ok + warn, wrong)),
    )
