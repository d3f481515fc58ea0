import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads import organisation_names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme B.V.", "acme"),
        ("ACME bv", "acme"),
        ("Acme, B. V.", "acme"),
        ("Acme B.V. i.o.", "acme"),
        ("Stichting De Opbouw", "de opbouw"),
        ("Coöperatie Univé U.A.", "unive"),
        ("Jansen & Zn. V.O.F.", "jansen & zn"),
        ("Jansen en Zn", "jansen & zn"),
        ("Johnson and Johnson", "johnson & johnson"),
        ("H&M", "h & m"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Müller und Söhne AG", "muller & sohne"),
        ("Foo Sp. z o.o.", "foo"),
        ("L'Oréal S.A.", "loreal"),
        ("Telenet NV/SA", "telenet"),
        ("Norden A/S", "norden"),
        ("Fiat S.p.A.", "fiat"),
        ("Acme-Tech Ltd", "acme tech"),
        ("Widget Inc", "widget"),
        ("Widgets, LLC", "widgets"),
        ("Volvo AB", "volvo"),
        ("AB InBev", "ab inbev"),
        ("Nokia Oyj", "nokia"),
        ("Dupont SARL", "dupont"),
        ("Holding Jansen B.V.", "holding jansen"),
        ("Jansen Holding B.V.", "jansen holding"),
        ("Acme (Nederland) B.V.", "acme nederland"),
        ("H.J. Heinz", "hj heinz"),
        ("B.V.", "bv"),
        ("Stichting", "stichting"),
        ("", ""),
    ],
)
def test_legal_form_accents_and_punctuation_do_not_count(name, key):
    assert organisation_names.key(name) == key


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_when_it_has_no_form_left(name):
    key = organisation_names.key(name)
    assert key == " ".join(key.split())


@given(st.text("abc &.", min_size=1, max_size=20), st.sampled_from(["B.V.", "bv", "B.V", "NV", "GmbH", "Ltd."]))
def test_a_name_with_and_without_its_form_is_one(name, form):
    if organisation_names.key(name).replace("&", "").strip():
        assert organisation_names.key(f"Bakker {name} {form}") == organisation_names.key(f"Bakker {name}")


@given(
    st.lists(
        st.sampled_from(
            [
                "van",
                "der",
                "Meer",
                "de",
                "Bakker",
                "en",
                "&",
                "Zn",
                "groep",
                "é",
                "1",
                "x",
                "BV",
                "S.A.",
                "stichting",
                "holding",
            ]
        ),
        min_size=1,
    ),
    st.sampled_from(("B.V.", "n.v.", "V.O.F.", "u.a.", "GmbH", "s.p.a.", "Sp. z o.o.", "A.B.C.")),
)
def test_the_short_way_reads_a_name_as_the_long_one_does(words, form):
    name = " ".join(words)
    assert organisation_names.key(f"{name} {form}") == organisation_names.key(f"{name}, {form}")
