import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leads import names
from leads.names import PersonName


def parts(salutation="", initials="", first="", infix="", last=""):
    return PersonName(salutation, initials, first, infix, last)


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Broek, M. van den", parts(initials="M.", infix="van den", last="Broek")),
        ("Marieke van den Broek", parts(first="Marieke", infix="van den", last="Broek")),
        ("van den Broek, Marieke", parts(first="Marieke", infix="van den", last="Broek")),
        ("Broek, van den", parts(infix="van den", last="Broek")),
        ("Vries, de, J.", parts(initials="J.", infix="de", last="Vries")),
        ("drs. J.P. de Vries-Bakker", parts("drs.", "J.P.", "", "de", "Vries-Bakker")),
        ("Jansen (Jan)", parts(first="Jan", last="Jansen")),
        ("J.P.M. (Jan) de Vries", parts(initials="J.P.M.", first="Jan", infix="de", last="Vries")),
        ("Wilhelmina (Willy) de Vries", parts(first="Willy", infix="de", last="Vries")),
        ("Jan Jansen (inkoop)", parts(first="Jan", last="Jansen")),
        ("Dhr. P. Hoekstra", parts("Dhr.", "P.", last="Hoekstra")),
        ("De heer drs. J. Jansen", parts("De heer drs.", "J.", last="Jansen")),
        ("Dhr. en mw. Jansen", parts("Dhr. en mw.", last="Jansen")),
        ("Fam. de Boer", parts("Fam.", infix="de", last="Boer")),
        ("Jansen, dhr. P.", parts("dhr.", "P.", last="Jansen")),
        ("Prof. dr. ir. A. van 't Hooft", parts("Prof. dr. ir.", "A.", "", "van 't", "Hooft")),
        ("Herr Dr. Hans Müller", parts("Herr Dr.", first="Hans", last="Müller")),
        ("VAN DER BERG, ANNA", parts(first="ANNA", infix="VAN DER", last="BERG")),
        ("JAN DE VRIES", parts(first="JAN", infix="DE", last="VRIES")),
        ("VAN DER BERG", parts(infix="VAN DER", last="BERG")),
        ("de Vries", parts(infix="de", last="Vries")),
        ("Van Dijk", parts(infix="Van", last="Dijk")),
        ("Van Nguyen", parts(first="Van", last="Nguyen")),
        ("Nguyen Van Anh", parts(first="Nguyen Van", last="Anh")),
        ("Al Pacino", parts(first="Al", last="Pacino")),
        ("El Fanning", parts(first="El", last="Fanning")),
        ("Ben Jansen", parts(first="Ben", last="Jansen")),
        ("Mohammed el Amrani", parts(first="Mohammed", infix="el", last="Amrani")),
        ("Friedrich von und zu Hohenstein", parts(first="Friedrich", infix="von und zu", last="Hohenstein")),
        ("Jean-Luc d'Hondt", parts(first="Jean-Luc", infix="d'", last="Hondt")),
        ("Maria de la Cruz", parts(first="Maria", infix="de la", last="Cruz")),
        ("Pieter in 't Veld", parts(first="Pieter", infix="in 't", last="Veld")),
        ("Gerard \u2019t Hooft", parts(first="Gerard", infix="\u2019t", last="Hooft")),
        ("Wim op de Beek", parts(first="Wim", infix="op de", last="Beek")),
        ("Jan v.d. Berg", parts(first="Jan", infix="v.d.", last="Berg")),
        ("João da Silva", parts(first="João", infix="da", last="Silva")),
        ("Peter Van de Velde", parts(first="Peter", infix="Van de", last="Velde")),
        ("J.Th. van der Meer", parts(initials="J.Th.", infix="van der", last="Meer")),
        ("JP de Vries", parts(initials="JP", infix="de", last="Vries")),
        ("M. Jansen-de Boer", parts(initials="M.", last="Jansen-de Boer")),
        ("Anna Jansen - de Boer", parts(first="Anna", last="Jansen - de Boer")),
        ("Anna de Vries-van den Berg", parts(first="Anna", infix="de", last="Vries-van den Berg")),
        ("John F. Kennedy", parts(first="John F.", last="Kennedy")),
        ("Smith, John, Jr.", parts(first="John", last="Smith Jr.")),
        ("Jan Jansen, MSc", parts(first="Jan", last="Jansen")),
        ("O'Brien, Pat", parts(first="Pat", last="O'Brien")),
        ("Anna  Maria   Jansen ", parts(first="Anna Maria", last="Jansen")),
        ("Cher", parts(last="Cher")),
        ("J.P.", parts(initials="J.P.")),
        ("Acme B.V.", parts(last="Acme B.V.")),
        ("Stichting De Opbouw", parts(last="Stichting De Opbouw")),
        ("jan@bedrijf.example", parts(last="jan@bedrijf.example")),
        ("", parts()),
    ],
)
def test_a_name_is_taken_apart(full, expected):
    assert names.split(full) == expected


@given(st.text(max_size=40))
@example(", ,")
@example("()")
@example("- -")
@example("dhr.")
def test_no_text_breaks_it(text):
    found = names.split(text)
    assert all(isinstance(part, str) for part in found)
    assert names.key(*found[2:]) == names.key(*found[2:]).strip()


WORDS = st.sampled_from(
    ["Jan", "van", "den", "de", "Broek", "J.P.", "'t", "-", "Vries-de", "El", "MSc", "VAN", "d'Hondt"]
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_no_word_of_a_name_without_brackets_or_degrees_is_lost(words):
    found = names.split(" ".join(words))
    kept = sorted("".join(" ".join(found).split()))
    assert kept == sorted("".join(word for word in words if word != "MSc")) or "MSc" in words


@pytest.mark.parametrize(
    ("first", "infix", "last", "expected"),
    [
        ("Marieke", "van den", "Broek", "marieke van den broek"),
        ("MARIEKE", "", "Van den Broek", "marieke van den broek"),
        ("Zoë", "'t", "Hooft", "zoe t hooft"),
        ("Søren", "", "Müller-Lüdenscheidt", "soren muller ludenscheidt"),
        ("Pat", "", "O'Brien", "pat obrien"),
        ("", "", "Straße", "strasse"),
        ("Łukasz", "", "Иванов", "lukasz иванов"),
    ],
)
def test_the_key_knows_no_case_accents_or_punctuation(first, infix, last, expected):
    assert names.key(first, infix, last) == expected
