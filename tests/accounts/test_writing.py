"""Figures as a reader writes them: in Dutch and in English."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from leadops.accounts import writing

AT = datetime(2026, 6, 16, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Marieke van den Broek", "MB"), ("Daan", "D"), ("", ""), ("'t Hof", "H"), ("Jan (inkoop) Bakker", "JB")],
)
def test_initials(name: str, written: str) -> None:
    assert writing.initials(name) == written


@pytest.mark.parametrize(("language", "written"), [("nl", "1.284,5"), ("en", "1,284.5")])
def test_number(language: str, written: str) -> None:
    with translation.override(language):
        assert writing.number(1284.5, 1) == written


def test_nothing_is_a_dash_and_never_nought() -> None:
    assert (writing.number(None), writing.percent(None), writing.money(None), writing.moment(None)) == (
        writing.DASH,
    ) * 4


@pytest.mark.parametrize(("share", "written"), [(0, "0%"), (0.385, "39%"), (1, "100%"), (Decimal("0.5"), "50%")])
def test_percent(share: float, written: str) -> None:
    assert writing.percent(share) == written


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("nl", 18500, "EUR", "€\N{NO-BREAK SPACE}18.500"),
        ("en", Decimal("18500.40"), "EUR", "€18,500"),
        ("en", -3, "USD", "\N{MINUS SIGN}$3"),
        ("en", 7, "CHF", "CHF\N{NO-BREAK SPACE}7"),
    ],
)
def test_money(language: str, amount: Decimal, currency: str, written: str) -> None:
    with translation.override(language):
        assert writing.money(amount, currency) == written


def test_points_carry_their_sign() -> None:
    assert [writing.points(n) for n in (18, 0, -3)] == ["+18", "+0", "\N{MINUS SIGN}3"]


@pytest.mark.parametrize(
    ("duration", "short", "long"),
    [
        (timedelta(days=1, hours=1, minutes=59), "1 d 1 h", "1 day and 1 hour"),
        (timedelta(hours=5), "5 h", "5 hours"),
        (timedelta(minutes=40), "40 min", "40 minutes"),
        (timedelta(seconds=20), "0 min", "0 minutes"),
        (timedelta(days=44, hours=3), "44 d", "44 days and 3 hours"),
        (timedelta(days=2, minutes=5), "2 d", "2 days"),
        (-timedelta(hours=2, minutes=30), "2 h 30 min", "2 hours and 30 minutes"),
    ],
)
def test_durations(duration: timedelta, short: str, long: str) -> None:
    assert (writing.short_duration(duration), writing.long_duration(duration)) == (short, long)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (AT + timedelta(hours=2), "12:00"),
        (AT + timedelta(hours=15), "Wed 01:00"),
        (AT + timedelta(days=7), "Tue 23 Jun 10:00"),
        (AT - timedelta(days=1), "Mon 15 Jun 10:00"),
        (AT - timedelta(days=365), "16 Jun 2025 10:00"),
    ],
)
def test_moment_in_the_readers_zone(value: datetime, written: str) -> None:
    with timezone.override("Europe/Amsterdam"):
        local = timezone.localtime(value).isoformat(timespec="minutes")
        assert writing.moment(value, AT) == f'<time datetime="{local}">{written}</time>'


def test_moment_without_now_is_written_whole() -> None:
    with timezone.override("Europe/Amsterdam"):
        assert writing.moment(AT) == '<time datetime="2026-06-16T10:00+02:00">16 Jun 2026 10:00</time>'


def test_the_same_instant_is_written_in_each_readers_zone() -> None:
    instant = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
    found = []
    for zone in ("Europe/Amsterdam", "Europe/London", "Europe/Amsterdam"):
        with timezone.override(zone), translation.override("en"):
            found.append(writing.moment(instant, instant))
    here = '<time datetime="2026-06-02T12:00+02:00">12:00</time>'
    assert found == [here, '<time datetime="2026-06-02T11:00+01:00">11:00</time>', here]


def test_nought_has_no_sign_whichever_comes_first() -> None:
    assert [writing.number(value) for value in (-0.0, 0, 0.0)] == ["0", "0", "0"]


def test_a_long_mark_is_cut_and_what_somebody_wrote_is_not() -> None:
    note, mark = "x" * 900, "utm_campaign: " + "y" * 900
    cut = "Mark of the campaign: " + "y" * 120 + "…"
    assert writing.told_briefly(f"{note}\n{mark}\nutm_x: news") == f"{note}\n{cut}\nutm_x: news"


def test_what_a_page_told_is_said_in_the_reader_s_words() -> None:
    told = "Quotation\nutm_source: news\nlanding_page: https://w.example/?a=1\nreferrer: https://s.example/\nmy utm_source: x"
    with translation.override("nl"):
        said = writing.told_briefly(told).splitlines()
    assert said == [
        "Quotation",
        "Kenmerk van de bron: news",
        "Kwam binnen op pagina: https://w.example/?a=1",
        "Kwam van pagina: https://s.example/",
        "my utm_source: x",
    ]
