"""How are numbers, money, moments and durations written for this reader?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
GAP = "\N{NO-BREAK SPACE}"
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
DAYS_ALONE_FROM = 10
TOLD_BY_A_PAGE: dict[str, Promise] = {
    "utm_source": gettext_lazy("Mark of the source"),
    "utm_medium": gettext_lazy("Mark of the medium"),
    "utm_campaign": gettext_lazy("Mark of the campaign"),
    "utm_term": gettext_lazy("Mark of the search term"),
    "utm_content": gettext_lazy("Mark of the link"),
    "landing_page": gettext_lazy("Came in on page"),
    "referrer": gettext_lazy("Came from page"),
}
"""What a page tells of a visit, by the name under which it comes: its marks, where somebody landed, and what led there."""
OF_A_PAGE = re.compile(rf"^({'|'.join(TOLD_BY_A_PAGE)}): (.*)$", re.MULTILINE)
MOST_OF_A_PAGE = 120


def initials(name: object) -> str:
    """Write at most two capitals of a name: `Marieke van den Broek` is MB."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write 1084 as 1.084 for a Dutch reader and 1,084 for an English one; nothing is a dash."""
    return DASH if value is None else grouped(value + 0, decimals, get_language())  # nought has no sign


@lru_cache(maxsize=8192)
def grouped(value: float | Decimal, decimals: int, language: str | None) -> str:
    """Write a number in the language in force; the same one is written once."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return formats.number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage; no share at all is a dash, never 0%."""
    return DASH if share is None else f"{number(float(share) * 100, decimals)}%"


def money(amount: Decimal | float | None, currency: str = "EUR", decimals: int = 0) -> str:
    """Write whole units of a currency: € 18.500 in Dutch, €18,500 in English."""
    if amount is None:
        return DASH
    sign = CURRENCY_SIGNS.get(currency, currency)
    gap = GAP if get_language() == "nl" or len(sign) > 1 else ""
    return f"{MINUS if amount < 0 else ''}{sign}{gap}{number(amount if amount >= 0 else -amount, decimals)}"


def cents(amount: Decimal | float | None, currency: str = "EUR") -> str:
    """Write an amount to the cent: € 12,50 in Dutch, €12.50 in English."""
    return money(amount, currency, decimals=2)


def points(value: int) -> str:
    """Write an addend of a score with its sign: +18 or -3."""
    return f"{MINUS if value < 0 else '+'}{number(abs(value))}"


def two_largest(duration: timedelta) -> list[tuple[str, int]]:
    """Return the first unit of a duration that is not nought, and the next one unless that is nought."""
    minutes = abs(int(duration.total_seconds())) // 60
    parts = [("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60)]
    first = next((at for at, (_, n) in enumerate(parts) if n), 2)
    head, *tail = parts[first : first + 2]
    return [head, *(part for part in tail if part[1])]


def short_unit(unit: str, n: int) -> str:
    """Write `1 d`, `1 h` or `1 min`."""
    short = {
        "day": pgettext("short for days", "d"),
        "hour": pgettext("short for hours", "h"),
        "minute": pgettext("short for minutes", "min"),
    }
    return f"{number(n)} {short[unit]}"


def long_unit(unit: str, n: int) -> str:
    """Write `1 day`, `2 hours` or `3 minutes`."""
    if unit == "day":
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": number(n)}
    if unit == "hour":
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": number(n)}
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": number(n)}


def short_duration(duration: timedelta) -> str:
    """Write the two largest units for a narrow column: 1 d 1 h, 5 h, 40 min; from ten days on, days alone."""
    parts = two_largest(duration)
    if parts[0] >= ("day", DAYS_ALONE_FROM) and parts[0][0] == "day":
        parts = parts[:1]
    return " ".join(short_unit(*part) for part in parts)


def long_duration(duration: timedelta) -> str:
    """Write the two largest units in words: 1 day and 1 hour."""
    return pgettext("joins two units of time", " and ").join(long_unit(*part) for part in two_largest(duration))


def moment_format(local: datetime, at: datetime | None) -> str:
    """Choose the clock alone today, with the weekday in the coming week, else the date, and its year if not this."""
    today = timezone.localtime(at).date() if at else None
    if today is None or local.year != today.year:
        return pgettext("date format", "j M Y H:i")
    days = (local.date() - today).days
    if days == 0:
        return pgettext("date format", "H:i")
    return pgettext("date format", "D H:i") if 0 < days < 7 else pgettext("date format", "D j M H:i")


def day(value: datetime | None) -> str:
    """Write the day of a moment in the reader's zone, without its year."""
    return DASH if value is None else formats.date_format(timezone.localtime(value), pgettext("date format", "j M"))


def told_briefly(text: str) -> str:
    """What somebody wrote, and in words what a page told of a visit, cut to a length that is read; the whole is kept with the person."""
    return OF_A_PAGE.sub(_told_by_a_page, text)


def _told_by_a_page(line: re.Match[str]) -> str:
    name, value = line.groups()
    cut = f"{value[:MOST_OF_A_PAGE]}…" if len(value) > MOST_OF_A_PAGE else value
    return f"{TOLD_BY_A_PAGE[name]}: {cut}"


def full_day(value: date | None) -> str:
    """Write a day, or the day of a moment in the reader's zone, with its year: 3 Nov 2026."""
    if value is None:
        return DASH
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return formats.date_format(local, pgettext("date format", "j M Y"))


def moment(value: datetime | None, at: datetime | None = None) -> str | SafeString:
    """Write a moment in the reader's zone, as a `<time>`; `at` is now, for those near it."""
    if value is None:
        return DASH
    local = timezone.localtime(value)
    return written(local.isoformat(timespec="minutes"), moment_format(local, at), get_language())


@lru_cache(maxsize=4096)
def written(local: str, pattern: str, language: str | None) -> SafeString:
    """Draw a local moment as a `<time>` in words of the language in force; a minute is drawn once."""
    return format_html(
        '<time datetime="{}">{}</time>', local, formats.date_format(datetime.fromisoformat(local), pattern)
    )


def listing(pairs: Iterable[tuple[object, object]]) -> str:
    """Write pairs as one sentence, for a chart's description: `0-1: 31; 2-3: 38`."""
    return "; ".join(f"{label}: {value}" for label, value in pairs)
