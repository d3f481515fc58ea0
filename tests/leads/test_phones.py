from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads import phones


@pytest.mark.parametrize(
    ("raw", "e164"),
    [
        ("06-24819033", "+31624819033"),
        ("06 24 81 90 33", "+31624819033"),
        ("06.24.81.90.33", "+31624819033"),
        ("(020) 555 01 24", "+31205550124"),
        ("+31 (0)6 24 81 90 33", "+31624819033"),
        ("+31 06 24819033", "+31624819033"),
        ("0031 20 555 01 24", "+31205550124"),
        ("00 31 6 24819033", "+31624819033"),
        ("06 24 81 90 33 (Jan)", "+31624819033"),
        ("tel: 06-24819033", "+31624819033"),
        ("'0624819033", "+31624819033"),
        ("088 123 45 67", "+31881234567"),
        ("0900-1234", "+319001234"),
        ("+49 170 1234567", "+491701234567"),
        ("+32 475 12 34 56", "+32475123456"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("+39 06 698 12345", "+390669812345"),
    ],
)
def test_a_number_comes_to_its_world_form(raw, e164):
    assert phones.normal(raw) == phones.Phone(raw, e164)


@pytest.mark.parametrize(
    ("raw", "e164", "note"),
    [
        ("612345678.0", "+31612345678", "The leading nought was missing, as spreadsheets leave it out."),
        ("612345678", "+31612345678", "The leading nought was missing, as spreadsheets leave it out."),
        ("205550124", "+31205550124", "The leading nought was missing, as spreadsheets leave it out."),
        ("31612345678", "+31612345678", "Read as an international number whose plus sign was missing."),
        ("491701234567", "+491701234567", "Read as an international number whose plus sign was missing."),
        ("3.1612345678E+10", "+31612345678", "Read as an international number whose plus sign was missing."),
        ("020-5550124 / 06-12345678", "+31205550124", "There are 2 numbers here; the first was taken."),
        ("020-5550124 tst. 12", "+31205550124", "The number has extension 12."),
        ("020-5550124 ext 12", "+31205550124", "The number has extension 12."),
    ],
)
def test_what_was_assumed_is_said(raw, e164, note):
    found = phones.normal(raw)
    assert (found.e164, found.problem, str(found.note)) == (e164, None, note)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("123456", "A Dutch number has 10 digits; this one has 6."),
        ("06-1234567890", "A Dutch number has 10 digits; this one has 12."),
        ("+31 6 1234", "A Dutch number has 10 digits; this one has 6."),
        ("0600000000", "No telephone number in NL looks like “0600000000”."),
        ("abc", "There is no telephone number in “abc”."),
        ("+999 123", "No country has the code that “+999 123” begins with."),
        ("+32 475 12", "“+32 475 12” is too short for a telephone number in BE."),
        ("3.16123E+10", "The spreadsheet has rounded “3.16123E+10”: export the column as text."),
    ],
)
def test_what_is_wrong_is_said(raw, problem):
    found = phones.normal(raw)
    assert (found.e164, str(found.problem)) == (None, problem)


def test_a_blank_cell_is_no_problem():
    assert phones.normal("  ") == phones.Phone("  ")


def test_a_number_is_read_in_the_country_of_its_owner():
    assert phones.normal("0475 12 34 56", "BE").e164 == "+32475123456"
    assert phones.normal("0170 1234567", "DE").e164 == "+491701234567"
    assert phones.normal("(415) 555-2671", "US").e164 == "+14155552671"
    assert phones.normal("06 698 12345", "IT").e164 == "+390669812345"
    assert phones.normal("+31 6 24819033", "XX").e164 == "+31624819033"


COUNTRIES = st.sampled_from(["NL", "BE", "DE", "FR", "GB", "US", "IT", "ES", "DK", "CH", "PL"])


@given(COUNTRIES, st.sampled_from(["", "0", "+", "00", "+31", "0031", "+49", "+1"]), st.text("0123456789", max_size=11))
def test_the_fast_way_takes_only_what_the_slow_way_calls_valid(country, start, digits):
    found = phones.normal(start + digits, country)
    if found.e164:
        assert phonenumbers.is_valid_number(phonenumbers.parse(found.e164))


@given(COUNTRIES, st.from_regex(r"[1-9][0-9]{7,8}", fullmatch=True))
def test_the_fast_way_agrees_with_the_slow_way(country, digits):
    raw = f"0{digits}"
    expected = None
    with suppress(phonenumbers.NumberParseException):
        slow = phonenumbers.parse(raw, country)
        if phonenumbers.is_valid_number(slow):
            expected = phonenumbers.format_number(slow, phonenumbers.PhoneNumberFormat.E164)
    found = phones.normal(raw, country)
    assert found.note or found.e164 == expected


@given(st.text("0123456789+-()/ .Eextnabc\u00a0", max_size=25))
def test_no_text_breaks_it(raw):
    found = phones.normal(raw)
    assert found.raw == raw
    assert found.e164 is None or found.problem is None
    assert bool(str(found.problem))


def test_mobile_numbers_are_known():
    assert [phones.is_mobile(e164) for e164 in ("+31612345678", "+31205550124", "+491701234567")] == [True, False, True]


def test_a_cell_that_tells_a_story_is_no_number():
    assert str(phones.normal("06 12 " * 50_000).problem).startswith("There is no telephone number in “06 12 06 12")
