import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads import emails
from leads.emails import Email


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("Jan@Bedrijf.example", "jan@bedrijf.example"),
        ("  jan@bedrijf.test ", "jan@bedrijf.test"),
        ("mailto:jan@bedrijf.nl", "jan@bedrijf.nl"),
        ("<mailto:jan@bedrijf.nl>", "jan@bedrijf.nl"),
        ("jan@bedrijf.nl?subject=Hoi", "jan@bedrijf.nl"),
        ("'jan@bedrijf.nl'", "jan@bedrijf.nl"),
        ("jan@bedrijf.nl.", "jan@bedrijf.nl"),
        ("Jan Jansen <jan@bedrijf.example>", "jan@bedrijf.example"),
        ("o'brien+web@bedrijf.ie", "o'brien+web@bedrijf.ie"),
        ("jan@münchen.de", "jan@xn--mnchen-3ya.de"),
        ("jan@xn--mnchen-3ya.de", "jan@xn--mnchen-3ya.de"),
        ("Jörg@bedrijf.de", "jörg@bedrijf.de"),
        ("jan@bedrijf.nl jan@bedrijf.nl", "jan@bedrijf.nl"),
    ],
)
def test_an_address_has_a_key(raw, key):
    assert emails.normal(raw) == Email(raw, key)


@pytest.mark.parametrize(
    ("raw", "suggestion", "problem"),
    [
        ("x at bedrijf.example", "x@bedrijf.example", "There is no @ in “x at bedrijf.example”."),
        ("jan[at]bedrijf.nl", "jan@bedrijf.nl", "There is no @ in “jan[at]bedrijf.nl”."),
        ("jan@bedrijf,nl", "jan@bedrijf.nl", "There is a comma where “jan@bedrijf,nl” needs a dot."),
        ("jan @bedrijf.nl", "jan@bedrijf.nl", "There is a blank in “jan @bedrijf.nl”."),
        ("a@b", None, "Behind the @ in “a@b” there is no complete domain, such as company.nl."),
        ("a@@b.nl", "a@b.nl", "“a@@b.nl” has more than one @."),
        ("@bedrijf.nl", None, "Before the @ in “@bedrijf.nl” there is no name."),
        ("jan..p@bedrijf.nl", "jan.p@bedrijf.nl", "“jan..p@bedrijf.nl” is not a mail address."),
        ("jan@bedrijf.123", None, "“jan@bedrijf.123” is not a mail address."),
        ("jan@bedrijf.local", None, "Addresses that end in .local cannot be reached from outside."),
        ("a" * 65 + "@b.nl", None, "An address has at most 254 characters, and at most 64 before the @."),
        ("geen", None, "There is no @ in “geen”."),
    ],
)
def test_what_is_wrong_is_said_and_never_put_right_by_itself(raw, suggestion, problem):
    found = emails.normal(raw)
    assert (found.key, found.suggestion, str(found.problem)) == (None, suggestion, problem)


def test_of_several_addresses_the_first_is_taken_and_the_others_are_named():
    for raw in ("jan@b.nl; piet@b.nl", "jan@b.nl, piet@b.nl", "jan@b.nl/piet@b.nl", "Jan <jan@b.nl>, Piet <piet@b.nl>"):
        found = emails.normal(raw)
        assert (found.key, found.problem) == ("jan@b.nl", None)
        assert str(found.note) == "There are 2 addresses here; the first was taken, the others are piet@b.nl."


@pytest.mark.parametrize(
    ("raw", "suggestion"), [("jan@gmial.com", "jan@gmail.com"), ("jan@bedrijf.con", "jan@bedrijf.com")]
)
def test_a_misspelt_domain_is_kept_with_a_suggestion(raw, suggestion):
    assert emails.normal(raw) == Email(raw, raw, suggestion)


def test_a_blank_cell_is_no_problem():
    assert emails.normal(" ") == Email(" ")


@given(st.text(max_size=30) | st.text("ab@.,<>; '\"-é", max_size=15))
def test_no_text_breaks_it_and_a_key_is_its_own_key(raw):
    found = emails.normal(raw)
    assert found.key is None or found.problem is None
    if found.key:
        assert emails.normal(found.key).key == found.key


@given(st.emails())
def test_what_the_standard_allows_is_an_address(address):
    found = emails.normal(address)
    assert found.key or found.problem


@pytest.mark.parametrize(
    ("key", "is_role"),
    [
        ("info@b.nl", True),
        ("sales+nl@b.nl", True),
        ("administratie@b.nl", True),
        ("jan@b.nl", False),
        ("infojan@b.nl", False),
    ],
)
def test_roles(key, is_role):
    assert emails.is_role(key) == is_role


def test_domains():
    assert emails.domain("jan@bedrijf.nl") == "bedrijf.nl"
    assert [emails.is_free(domain) for domain in ("gmail.com", "kpnmail.nl", "ziggo.nl", "bedrijf.nl")] == [
        True
    ] * 3 + [False]
