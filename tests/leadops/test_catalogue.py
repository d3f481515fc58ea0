"""Does the Dutch catalogue say everything that the pages, mails and commands say, with every gap where it belongs?"""

from __future__ import annotations

import ast
import re
import shutil
import site
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils import translation
from django.utils.translation.template import templatize

from leadops.assets import compile_catalogue
from leadops.environment import BASE_DIR

CATALOGUE = BASE_DIR / "locale" / "nl" / "LC_MESSAGES" / "django.po"
APPS = ("leadops", "leads", "qualification", "handoff", "reporting")
# Which arguments of a gettext function are its context, its text and its plural.
PLAIN, PLURAL, IN_CONTEXT, PLURAL_IN_CONTEXT = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
FUNCTIONS = {
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": PLURAL_IN_CONTEXT,
    "npgettext_lazy": PLURAL_IN_CONTEXT,
}
GAP = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d*(?:\.\d+)?[sdifgr%]|\{\w*\}")
CALL = re.compile(r"""\bn?p?gettext\((?:u'(?:[^'\\]|\\.)*'|u"(?:[^"\\]|\\.)*"|[\s,]|count)*\)""")
MARKED = re.compile(r"""(?<!\w)_\(["'](.+?)["']\)""")
TAG = re.compile(r"</?\w[^>]*>")
# Catalogues of others whose sentences our pages may show. They say u; ours, which is read before theirs, says je.
OTHERS = ("django/conf", "django/contrib/auth", "rest_framework", "allauth", "django_filters")
POLITE = re.compile(r"(?<!a\.)\b[Uu]w?\b")
# What they say on pages that we have of our own or not at all: a refused form, a site being made, the admin's help.
NEVER_SHOWN = (
    "You are seeing this ",
    "If you are using the <meta",
    "If you have configured your browser",
    "Designates",
)


class Said(NamedTuple):
    """A text that somebody reads: its context, itself (none where it is reckoned), and its plural."""

    context: str | None
    text: str | None
    plural: str | None


def entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(CATALOGUE)))


def dutch_of(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each Dutch text of an entry beside the English one whose gaps it has."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    forms = [entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(1, "")]
    return list(zip((entry.msgid, entry.msgid_plural), forms, strict=True))


def of_python(source: str) -> Iterator[Said]:
    """The texts that Python source gives to Django's gettext functions, by whatever name it imports them."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if places := FUNCTIONS.get(names.get(called, called)):
            yield Said(*(_text(node.args, place) for place in places))


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((name.asname or name.name, name.name) for name in node.names)


def _text(arguments: list[ast.expr], place: int | None) -> str | None:
    """The text written as an argument; what is reckoned was written elsewhere, and is found there."""
    argument = arguments[place] if place is not None and place < len(arguments) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def of_template(source: str) -> Iterator[Said]:
    """The texts of a template's tags. Django turns them into calls of gettext functions, amid blanked-out text."""
    blanked = templatize(source)
    for call in CALL.finditer(blanked):
        yield from of_python(call[0])
    yield from (Said(None, text, None) for text in MARKED.findall(blanked))


def said() -> dict[Said, list[str]]:
    """Every text of the product, with the files that say it."""
    found: dict[Said, list[str]] = {}
    for path in sources():
        source = path.read_text()
        texts = of_python(source) if path.suffix == ".py" else of_template(source)
        for one in texts:
            if one.text is not None:
                found.setdefault(one, []).append(str(path.relative_to(BASE_DIR)))
    return found


def sources() -> list[Path]:
    python = [path for app in APPS for path in (BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    templates = [path for path in (BASE_DIR / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    return sorted(python + templates)


def test_nothing_is_left_untranslated_or_doubtful() -> None:
    unsaid = [entry.msgid for entry in entries() if any(not dutch for _english, dutch in dutch_of(entry))]
    doubtful = [entry.msgid for entry in entries() if entry.fuzzy or entry.obsolete]
    assert (unsaid, doubtful) == ([], [])


def test_gaps_and_tags_are_the_same_in_both_languages() -> None:
    wrong = [
        (english, dutch) for entry in entries() for english, dutch in dutch_of(entry) if marks(english) != marks(dutch)
    ]
    assert wrong == []


def marks(text: str) -> list[str]:
    """The gaps and tags of a text; a plural may say its number twice in one language and once in the other."""
    return sorted({*GAP.findall(text), *TAG.findall(text)})


def test_every_text_of_the_product_is_in_the_catalogue() -> None:
    known = {Said(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in entries()}
    assert {one: files for one, files in said().items() if one not in known} == {}


def test_texts_start_and_end_alike() -> None:
    """What pieces of a sentence are joined by keeps its blanks."""
    wrong = [
        (english, dutch)
        for entry in entries()
        for english, dutch in dutch_of(entry)
        if (english[:1].isspace(), english[-1:].isspace()) != (dutch[:1].isspace(), dutch[-1:].isspace())
    ]
    assert wrong == []


def test_it_compiles_without_a_gettext_tool(tmp_path: Path) -> None:
    source = Path(shutil.copy(CATALOGUE, tmp_path))
    compile_catalogue(source)
    with source.with_suffix(".mo").open("rb") as compiled:
        dutch = GNUTranslations(compiled)
    said = [dutch.ngettext("%(n)s hour", "%(n)s hours", 2), dutch.ngettext("%(n)s day", "%(n)s days", 1)]
    assert said == ["%(n)s uur", "%(n)s dag"]
    assert dutch.pgettext("date format", "D j M H:i") == "D j b H.i"


def test_what_others_say_is_said_as_we_say_it() -> None:
    ours = {entry.msgid for entry in entries()}
    assert {english for english in polite() if english not in ours and not english.startswith(NEVER_SHOWN)} == set()


def polite() -> set[str]:
    """What others say with u in Dutch."""
    paths = [
        Path(packages) / other / "locale/nl/LC_MESSAGES/django.mo"
        for other in OTHERS
        for packages in site.getsitepackages()
    ]
    found = [entry for path in paths if path.exists() for entry in polib.mofile(str(path))]
    assert len(found) > len(OTHERS)
    return {entry.msgid for entry in found if any(POLITE.search(dutch) for _english, dutch in dutch_of(entry))}


def test_a_password_is_asked_for_as_we_speak() -> None:
    with translation.override("nl"):
        assert password_validators_help_texts() == [
            "Je wachtwoord mag niet te veel op je andere persoonlijke gegevens lijken.",
            "Je wachtwoord moet minstens 8 tekens lang zijn.",
            "Je wachtwoord mag geen veelgebruikt wachtwoord zijn.",
        ]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("from django.utils.translation import gettext as _\n_('One')", [Said(None, "One", None)]),
        ("from django.utils.translation import gettext_noop as later\nlater('One')", [Said(None, "One", None)]),
        ("ngettext('%(n)s row', '%(n)s rows', n)", [Said(None, "%(n)s row", "%(n)s rows")]),
        ("f\"{n} {pgettext('short for days', 'd')}\"", [Said("short for days", "d", None)]),
        ("translation.gettext('One' 'Two')", [Said(None, "OneTwo", None)]),
        ("gettext(sentence)", [Said(None, None, None)]),
        ("_('no gettext here')", []),
    ],
)
def test_what_python_says_is_found(source: str, texts: list[Said]) -> None:
    assert list(of_python(source)) == texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('{% translate "It\'s 5%" as it %}', [Said(None, "It's 5%%", None)]),
        ('{% translate "May" context "month" %}', [Said("month", "May", None)]),
        ('{% include "x.html" with title=_("Channel") %}', [Said(None, "Channel", None)]),
        (
            '{% blocktranslate trimmed with a=b %}\n One "{{ a }}"\n two{% endblocktranslate %}',
            [Said(None, 'One "%(a)s" two', None)],
        ),
        (
            "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            [Said(None, "%(n)s row", "%(n)s rows")],
        ),
    ],
)
def test_what_a_template_says_is_found(source: str, texts: list[Said]) -> None:
    assert list(of_template(source)) == texts
