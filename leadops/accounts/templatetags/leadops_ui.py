"""How do pages write icons, fields, numbers, money, moments and durations in the reader's form?"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, FileInput
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext, pgettext
from lucide.templatetags.lucide import lucide

register = template.Library()

DASH = "–"
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> str:
    """A Lucide icon, hidden from screen readers: the words stand beside it."""
    return lucide(name, size=16, **{"class": f"icon {classes}".strip(), "aria-hidden": "true"})


@register.inclusion_tag("_field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A labelled row for one field of a form: label, widget, help and errors."""
    is_checkbox = isinstance(bound.field.widget, CheckboxInput)
    plain = is_checkbox or isinstance(bound.field.widget, FileInput)
    return {
        "field": bound,
        "widget": bound if plain else bound.as_widget(attrs={"class": "field"}),
        "is_checkbox": is_checkbox,
    }


@register.filter
def initials(name: str) -> str:
    """At most two capitals of a name: `Marieke van den Broek` is MB."""
    words = [word for word in str(name).split() if word[:1].isalnum()]
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """1084 is 1.084 to a Dutch reader and 1,084 to an English one; nothing is a dash."""
    if value is None or value == "":
        return DASH
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage; no share at all is a dash, never 0%."""
    if share is None:
        return DASH
    return f"{number(round(float(share) * 100, decimals), decimals)}%"


@register.filter
def money(amount: Decimal | float | None, currency: str = "EUR") -> str:
    """Whole units of a currency: € 18.500 in Dutch, €18,500 in English."""
    if amount is None:
        return DASH
    sign = CURRENCY_SIGNS.get(currency, currency)
    gap = "\N{NO-BREAK SPACE}" if get_language() == "nl" or len(sign) > 1 else ""
    minus = "−" if amount < 0 else ""
    return f"{minus}{sign}{gap}{number(abs(amount))}"


@register.filter
def points(value: int) -> str:
    """A score's addend with its sign: +18, −3."""
    return f"{'−' if value < 0 else '+'}{number(abs(value))}"


def _parts(duration: timedelta) -> list[tuple[str, int]]:
    seconds = abs(int(duration.total_seconds()))
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    parts = [("day", days), ("hour", hours), ("minute", rest // MINUTE)]
    first = next((n for n, part in enumerate(parts) if part[1]), 2)
    return [part for part in parts[first : first + 2] if part[1]] or [("minute", 0)]


def _short(unit: str, n: int) -> str:
    letters = {
        "day": pgettext("short for days", "d"),
        "hour": pgettext("short for hours", "h"),
        "minute": pgettext("short for minutes", "min"),
    }
    return f"{number(n)} {letters[unit]}"


def _long(unit: str, n: int) -> str:
    if unit == "day":
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": number(n)}
    if unit == "hour":
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": number(n)}
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": number(n)}


@register.filter
def short_duration(duration: timedelta) -> str:
    """The two largest units, for a narrow column: 1 d 1 h, 5 h, 40 min; days alone from ten on."""
    parts = _parts(duration)
    return " ".join(_short(*part) for part in (parts[:1] if parts[0][0] == "day" and parts[0][1] >= 10 else parts))


@register.filter
def long_duration(duration: timedelta) -> str:
    """The two largest units in words: 1 day and 1 hour."""
    return pgettext("joins two units of time", " and ").join(_long(*part) for part in _parts(duration))


@register.filter
def minutes_duration(minutes: float) -> timedelta:
    """Working minutes as a duration, to be written by the filters for durations."""
    return timedelta(minutes=float(minutes))


def _days_apart(moment: datetime, at: datetime) -> int:
    return (timezone.localtime(moment).date() - timezone.localtime(at).date()).days


@register.simple_tag
def moment(value: datetime | None, at: datetime | None = None) -> str:
    """A moment in the reader's zone, in a `<time>`: the clock alone today, the weekday this week, else the date."""
    if value is None:
        return DASH
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), _written(local, at))


def _written(local: datetime, at: datetime | None) -> str:
    # Translators: formats of Django's date filter, for the clock, a day this week, a day this year and any day.
    clock, week = pgettext("date format", "H:i"), pgettext("date format", "D H:i")
    year, ever = pgettext("date format", "D j M H:i"), pgettext("date format", "j M Y H:i")
    if at is None:
        return formats.date_format(local, ever)
    days = _days_apart(local, at)
    if days == 0:
        return formats.date_format(local, clock)
    if 0 < days < 7:
        return formats.date_format(local, week)
    return formats.date_format(local, year if local.year == timezone.localtime(at).year else ever)
