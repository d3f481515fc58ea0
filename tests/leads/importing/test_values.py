from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.importing import values
from leads.importing.values import Parsed

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def naive(*parts):
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


CET = timezone(timedelta(hours=1))


@pytest.mark.parametrize("raw", ["", " ", "-", "n/a", "N.V.T.", "NULL", "none", "#N/A", "Onbekend", "k.A.", "\u2014"])
def test_blanks(raw):
    assert values.is_blank(raw)
    assert values.parse_date(raw, None) == values.parse_number(raw) == values.parse_employees(raw) == Parsed()


@pytest.mark.parametrize("raw", ["0", "nee", "x", "Jan", "NA Bedrijf"])
def test_not_blank(raw):
    assert not values.is_blank(raw)


@pytest.mark.parametrize(
    ("raw", "order", "day"),
    [
        ("2024-01-31", None, date(2024, 1, 31)),
        ("2024/1/3", None, date(2024, 1, 3)),
        ("20240131", None, date(2024, 1, 31)),
        ("31-12-2024", None, date(2024, 12, 31)),
        ("12/25/2024", None, date(2024, 12, 25)),
        ("03/04/2024", "dmy", date(2024, 4, 3)),
        ("03/04/2024", "mdy", date(2024, 3, 4)),
        ("12.05.2024", None, date(2024, 5, 12)),
        ("3-4-24", "dmy", date(2024, 4, 3)),
        ("3-4-71", "dmy", date(1971, 4, 3)),
        ("24-01-31", "ymd", date(2024, 1, 31)),
        ("3 januari 2024", "dmy", date(2024, 1, 3)),
        ("maandag 3 juni 2024", None, date(2024, 6, 3)),
        ("3. März 2024", None, date(2024, 3, 3)),
        ("1er août 2024", None, date(2024, 8, 1)),
        ("Jan 3, 2024", None, date(2024, 1, 3)),
        ("Mar 5, 2024", None, date(2024, 3, 5)),
        ("mar 5 mars 2024", None, date(2024, 3, 5)),
        ("5 mei '24", None, date(2024, 5, 5)),
        ("03-Apr-2024", None, date(2024, 4, 3)),
    ],
)
def test_days(raw, order, day):
    assert values.parse_date(raw, order) == Parsed(day)


@pytest.mark.parametrize(
    ("raw", "order", "moment"),
    [
        ("2024-01-31T10:00:00Z", None, datetime(2024, 1, 31, 10, tzinfo=UTC)),
        ("2024-01-31 10:00", None, naive(2024, 1, 31, 10)),
        ("2024-01-31 10:00:00 +0100", None, datetime(2024, 1, 31, 10, tzinfo=CET)),
        ("2024-01-31T10:00:00.123456789Z", None, datetime(2024, 1, 31, 10, 0, 0, 123456, tzinfo=UTC)),
        ("20240131103000", None, naive(2024, 1, 31, 10, 30)),
        ("1706695200000", None, datetime(2024, 1, 31, 10, tzinfo=UTC)),
        ("31-12-2024 14:30", None, naive(2024, 12, 31, 14, 30)),
        ("12.05.2024 14.30", None, naive(2024, 5, 12, 14, 30)),
        ("3 jan. 2024 om 10:30 uur", None, naive(2024, 1, 3, 10, 30)),
        ("vr 5 juli 2024 14u30", None, naive(2024, 7, 5, 14, 30)),
        ("Jan 3, 2024 12:05 PM", None, naive(2024, 1, 3, 12, 5)),
        ("1/2/2024 12:05 am", "mdy", naive(2024, 1, 2, 0, 5)),
        ("06/03/2024 9:05 PM EST", "mdy", datetime(2024, 6, 4, 2, 5, tzinfo=UTC)),
        ("Mon, 03 Jun 2024 10:00:00 GMT", None, datetime(2024, 6, 3, 10, tzinfo=UTC)),
        ("Mon Jun 03 10:00:00 UTC 2024", None, datetime(2024, 6, 3, 10, tzinfo=UTC)),
        ("Sat Nov 21 2026 10:00:00 GMT+0100 (CET)", None, datetime(2026, 11, 21, 10, tzinfo=CET)),
    ],
)
def test_moments(raw, order, moment):
    assert values.parse_date(raw, order) == Parsed(moment)


@pytest.mark.parametrize(
    ("raw", "order", "problem"),
    [
        ("03/04/2024", None, "In “03/04/2024” day and month cannot be told apart: choose their order for this column."),
        ("12/25/2024", "dmy", "“12/25/2024” is not a date: there is no month 25."),
        ("30-02-2024", "dmy", "“30-02-2024” is not a date: that month has no day 30."),
        ("2024-02-30", None, "“2024-02-30” is not a date: that month has no day 30."),
        ("9999-12-31", None, "“9999-12-31” is not a date: the year 9999 cannot be right."),
        ("1-2-2024 25:30", "dmy", "“1-2-2024 25:30” is not a moment: no clock shows that time."),
        ("gisteren", None, "“gisteren” is not a date."),
        ("45292", None, "“45292” is not a date."),
        ("2024-01", None, "“2024-01” is not a date."),
    ],
)
def test_impossible_dates_are_explained(raw, order, problem):
    found = values.parse_date(raw, order)
    assert (found.value, str(found.problem)) == (None, problem)


def test_a_spreadsheets_days_are_read_when_asked_for():
    assert values.parse_date("45292", None, is_serial=True) == Parsed(date(2024, 1, 1))
    assert values.parse_date("45292.5", None, is_serial=True) == Parsed(naive(2024, 1, 1, 12))


def test_a_birth_date_lies_behind_us():
    assert values.parse_date("3-4-55", "dmy", latest=date(2026, 1, 1)) == Parsed(date(1955, 4, 3))


def test_a_date_of_noughts_is_blank():
    assert values.parse_date("0000-00-00 00:00:00", None) == Parsed()


def test_a_moment_without_a_zone_is_that_of_the_company():
    assert values.parse_moment("31-01-2024", "dmy", AMSTERDAM).value == datetime(2024, 1, 30, 23, tzinfo=UTC)
    assert values.parse_moment("2024-01-31T10:00Z", None, AMSTERDAM).value == datetime(2024, 1, 31, 10, tzinfo=UTC)
    assert str(values.parse_moment("x", None, AMSTERDAM).problem) == "“x” is not a date."


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["01/02/2024", "25/12/2024"], "dmy"),
        (["01/02/2024 10:00", "12/25/2024 11:00"], "mdy"),
        (["01/02/2024", "03/04/2024"], None),
        (["2024-01-02"], "ymd"),
        (["1.2.2024"], "dmy"),
        (["3 jan 2024", ""], "dmy"),
        (["Jan 3, 2024 10:00 AM"], "mdy"),
        (["13/1/2024", "1/13/2024"], None),
        ([], None),
    ],
)
def test_the_order_of_a_column(samples, order):
    assert values.detect_date_order(samples) == order


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["-", "/", ".", " "]))
def test_every_day_is_read_back_in_every_order(day, mark):
    assert values.parse_date(day.strftime(f"%d{mark}%m{mark}%Y"), "dmy") == Parsed(day)
    assert values.parse_date(day.strftime(f"%m{mark}%d{mark}%Y"), "mdy") == Parsed(day)
    assert values.parse_date(day.strftime(f"%Y{mark}%m{mark}%d"), None) == Parsed(day)
    assert values.parse_date(day.strftime("%B %d, %Y"), None) == Parsed(day)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("€ 18.500", "18500"),
        ("18.500,-", "18500"),
        ("12k", "12000"),
        ("1,5 mln", "1500000"),
        ("$1.2M", "1200000"),
        ("$ 2bn", "2000000000"),
        ("(1.234)", "-1234"),
        ("5-", "-5"),
        ("-€ 5,00", "-5"),
        ("1'234.50", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("12,5", "12.5"),
        ("12%", "12"),
        ("1e6", "1000000"),
        ("100 euro", "100"),
    ],
)
def test_numbers(raw, number):
    assert values.parse_number(raw) == Parsed(Decimal(number))


@pytest.mark.parametrize("raw", ["abc", "1,23,4", "1.2.3", "5.000 - 10.000", "1 appel"])
def test_what_is_no_number_is_said(raw):
    found = values.parse_number(raw)
    assert (found.value, str(found.problem)) == (None, f"“{raw}” is not a number.")


def test_the_decimal_mark_of_a_column_decides():
    assert values.parse_number("1.234", ".") == Parsed(Decimal("1.234"))
    assert values.parse_number("1.234", ",") == Parsed(Decimal(1234))
    assert values.detect_decimal_mark(["1.234", "12,5"]) == ","
    assert values.detect_decimal_mark(["€ 1,234.5"]) == "."
    assert values.detect_decimal_mark(["1.234", "7"]) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_dutch_and_english_amounts_are_read_back(amount):
    english = f"{amount:,.2f}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    assert values.parse_number(english) == values.parse_number(f"€ {dutch}") == Parsed(amount)


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("250", 250),
        ("50-100", 75),
        ("± 800", 800),
        ("1.000+", 1000),
        ("10 t/m 49", 30),
        ("<10", 5),
        ("up to 10", 6),
        ("51-200 employees", 126),
        ("10,001+", 10001),
        ("1.001 - 5.000", 3001),
        ("1K-5K", 3000),
        ("tussen 50 en 100", 75),
        ("12,5 fte", 13),
        ("meer dan 500 medewerkers", 500),
        ("1 (ZZP)", 1),
        ("zzp", 1),
    ],
)
def test_employees(raw, people):
    assert values.parse_employees(raw) == Parsed(people)


def test_a_range_that_became_a_date_is_explained():
    problem = values.parse_employees("10-jan").problem
    assert str(problem) == "A spreadsheet has made a date of a range: “10-jan”. Type it again as text."


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("Ja", True),
        ("x", True),
        ("TRUE", True),
        ("Oui", True),
        ("sí", True),
        ("Yes, please", True),
        ("1", True),
        ("nee", False),
        ("No. Thanks", False),
        ("0", False),
        ("Nein", False),
        ("", None),
        ("maybe", None),
    ],
)
def test_yes_and_no(raw, answer):
    assert values.parse_bool(raw) is answer


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("NL", "NL"),
        ("nld", "NL"),
        ("Holland", "NL"),
        ("the Netherlands", "NL"),
        ("Pays-Bas", "NL"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("België", "BE"),
        ("belgie", "BE"),
        ("Österreich", "AT"),
        ("Zwitserland", "CH"),
        ("Korea, Republic of", "KR"),
        ("Côte d'Ivoire", "CI"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Atlantis", None),
        ("", None),
        ("xx", None),
    ],
)
def test_countries(raw, code):
    assert values.country(raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("nl", "nl"),
        ("nl_BE", "nl"),
        ("Nederlands", "nl"),
        ("Vlaams", "nl"),
        ("Duits", "de"),
        ("English (US)", "en"),
        ("français", "fr"),
        ("zh-Hans", "zh"),
        ("Klingon", None),
        ("", None),
    ],
)
def test_languages(raw, code):
    assert values.language(raw) == code


@pytest.mark.parametrize(
    ("raw", "channel"),
    [
        ("Vakbeurs Utrecht 2024", "event"),
        ("Trade Show", "event"),
        ("Webinar", "event"),
        ("Website", "web"),
        ("Google Ads", "web"),
        ("Direct Traffic", "web"),
        ("Referral Sites", "web"),
        ("LinkedIn", "social"),
        ("LinkedIn event", "event"),
        ("Cold Call", "telemarketing"),
        ("Telemarketing", "telemarketing"),
        ("Verwijzing", "referral"),
        ("Employee Referral", "referral"),
        ("Partner website", "partner"),
        ("Nieuwsbrief", "email"),
        ("E-mail", "email"),
        ("eigen acquisitie", "sales"),
        ("Other", None),
        ("", None),
    ],
)
def test_channels(raw, channel):
    assert values.channel(raw) == channel


@given(st.text(max_size=25) | st.text("0123456789-/.:, +ejanmktpTZ€%", max_size=25))
def test_no_text_breaks_anything(raw):
    for order in ("dmy", "mdy", "ymd", None):
        found = values.parse_date(raw, order, is_serial=True)
        assert found.value is None or found.problem is None
    assert values.parse_number(raw)._fields == values.parse_employees(raw)._fields == ("value", "problem")
    assert values.detect_date_order([raw]) in ("dmy", "mdy", "ymd", None)
    assert values.detect_decimal_mark([raw]) in (",", ".", None)
    assert values.parse_bool(raw) in (True, False, None)
    assert [type(values.country(raw)), type(values.language(raw)), type(values.channel(raw))].count(int) == 0


@pytest.mark.parametrize("cell", ["a" * 100_000, "1" * 100_000, " ," * 50_000, "1.000 " * 20_000, "jan 1 " * 20_000])
def test_a_cell_that_tells_a_story_is_no_value(cell):
    found = [values.parse_date(cell, None), values.parse_number(cell), values.parse_employees(cell)]
    assert [part.value for part in found] == [None] * 3
    assert [values.country(cell), values.language(cell), values.channel(cell)] == [None] * 3
    assert values.detect_date_order([cell]) is values.detect_decimal_mark([cell]) is None
