"""Which part of a name is what: salutation, initials, first name, infix ("van den"), last name?

Read the Dutch way, with the particles of the neighbours. Letters are kept as they were given: a name is taken
apart, never put right.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

INFIX_LIST = """
aan, aan de, aan den, aan der, aan het, aan 't, aan t, af, al, am, auf, auf dem, auf den, auf der, aus, aus dem, aus
den, aus der, av, bij, bij de, bij den, bij het, bij 't, boven d', boven de, d', da, das, de, de die, de die le, de
l', de la, de las, de le, de los, de van der, deca, degli, dei, del, della, den, der, des, di, die, die le, do, don,
dos, du, el, het, i, im, in, in de, in den, in der, in het, in 't, in t, l', la, las, le, les, lo, los, onder, onder
de, onder den, onder het, onder 't, op, op de, op den, op der, op gen, op het, op 't, op t, op ten, over, over de,
over den, over het, over 't, 's, 't, te, ten, ter, tho, thoe, thor, to, toe, tot, uijt, uijt de, uijt den, uijt te
de, uijt ten, uit, uit de, uit den, uit der, uit het, uit te de, uit ten, uit 't, uit t, van, van d', van de, van de
l', van den, van der, van gen, van het, van la, van 't, van t, van ter, van van de, van 's, vanden, vander, van't,
v.d., v.d, vd, v/d, v. d., v d, vd., v., v.d.., vom, von, von dem, von den, von der, von 't, von und zu, von zu,
voor, voor de, voor den, voor in 't, voor 't, vor, vor der, zu, zum, zur, bin, ben, ibn
"""
INFIXES = frozenset(tuple(infix.split()) for infix in INFIX_LIST.split(","))
INFIX_WORDS = frozenset(word for infix in INFIXES for word in infix)
LONGEST_INFIX = max(map(len, INFIXES))
# Particles that are given names or surnames too: only an infix when written small.
SMALL_ONLY = frozenset(
    {"bin", "ben", "ibn", "in", "to", "do", "i", "don", "lo", "am", "im", "die", "toe", "tot", "over"}
)
GIVEN_NAMES = frozenset({"al", "el", "don", "ben", "lo", "bin", "di", "da", "do", "am", "to", "in", "i", "im"})
VIETNAMESE = frozenset(
    {"nguyen", "tran", "pham", "hoang", "huynh", "phan", "vu", "dang", "bui", "ngo", "duong", "truong", "dinh", "trinh"}
)

SALUTATIONS = re.compile(
    r"""(?:(?:
        de\ heer(?:\ (?:en|/)\ (?:mevrouw|mevr\.?|mw\.?))? | (?:aan\ )?dhr\.?(?:\s?(?:/|en|&)\s?(?:mevr\.?|mw\.?))?
        | (?:mevr|mw)\.?\s?(?:/|en|&)\s?dhr\.? | mevrouw | mevr\.? | mw\.? | mej\.? | mejuffrouw | heer | fam\.? | familie | hr\.?
        | mr\.?(?:\s(?:and|&)\smrs\.?)? | mrs\.? | ms\.? | mx\.? | miss | sir | madam
        | herrn? | frau | monsieur | madame | mademoiselle | mme\.? | mlle\.? | señora? | sra?\. | signora?
        | drs\.? | dr\.? | ir\.? | ing\.? | prof\.? | professor | dipl\.?-?\s?(?:ing|kfm|kffr)\.? | mag\. | ds\.? | jhr\.? | jkvr\.? | bc\.?
    )(?=\s|$)\s*)+""",
    re.IGNORECASE | re.VERBOSE,
)
# Letters behind a name that say what somebody studied; as written, so that no surname is taken for one.
DEGREES = re.compile(
    r"(?:,?\s+(?:MSc|BSc|MA|BA|BBA|MBA|EMBA|PhD|Ph\.D|LLM|LLB|LL\.M|LL\.B|MPhil|MEd|BEd|MD|RA|RC|RE|RT|CPA|PMP|BEng|MEng)\.?)+$"
)
BORN_AFTER = re.compile(r"^(?:jr|sr|junior|senior|ii|iii|iv)\.?$", re.IGNORECASE)
COMPANY = re.compile(
    r"""(?:^|\s)(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|gmbh|ltd\.?|limited|inc\.?|llc|plc|s\.a\.|sarl|s\.?p\.?a\.|corp\.?|corporation
        |stichting|vereniging|coöperatie|cooperatie|coöperatieve|gemeente|holding|group|groep|bedrijf|university|universiteit
        |ministerie|provincie|consultancy|solutions|services|company|&\ (?:co|zn|zonen|sons?)\.?)(?=\s|$|,)""",
    re.IGNORECASE | re.VERBOSE,
)
LONGEST = 150
NO_PERSON = re.compile(r"[@\d]|https?:")
CALL_NAME = re.compile(r"\(([^()]*)\)")
DOTTED_INITIALS = re.compile(r"^(?:(?:IJ|Th|Ch|Chr|Ph|Joh|Wm|Jac|St|[^\W\d_])\.-?)+$", re.IGNORECASE)
BARE_INITIALS = re.compile(r"^[^\W\d_a-zà-ÿ]{1,4}$")
ELIDED = re.compile(r"^(d|l)['`\u2018\u2019\u00b4](?=\w)")
# Nine names in ten are one of two plain shapes, read by one expression each; all others are taken apart by words.
WORD = r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?"
GIVEN = rf"(?:((?:[A-Z]\.)+)|({WORD}))"
COMMON_INFIX = "van der|van den|van de|van 't|van|den|der|de|te|ter|ten|in 't|op de|op den|von der|von|el|la|du|da"
IN_ORDER = re.compile(rf"{GIVEN} (?:({COMMON_INFIX}) )?({WORD})")
LAST_FIRST = re.compile(rf"({WORD}), {GIVEN}(?: ({COMMON_INFIX}))?")
NO_NAMES = """
Dhr Hr Mw Mevr Mevrouw Mej Mejuffrouw Heer Fam Familie Mr Mrs Ms Mx Miss Sir Madam Herr Herrn Frau Monsieur Madame
Mme Mlle Mademoiselle Señor Señora Signor Signora Drs Dr Ir Ing Prof Professor Ds Jhr Jkvr Bc Stichting Vereniging
Gemeente Holding Group Groep Bedrijf Limited Ltd Inc Corp Corporation University Universiteit Ministerie Provincie
Consultancy Solutions Services Company Gmbh Sarl Coöperatie Cooperatie Coöperatieve Bv Nv Vof Llc Plc Jr Sr Junior
Senior
"""
NOT_PLAIN = frozenset(word.capitalize() for word in INFIX_WORDS if word.isalpha()) | frozenset(NO_NAMES.split())
UNFOLDED = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ĳ": "ij",
        "\u2019": "'",
        "\u2018": "'",
    }
)
STRAIGHT = str.maketrans("\u2019\u2018`\u00b4", "'" * 4)
ACCENTS = re.compile(r"[\u0300-\u036f]+")
PUNCTUATION = re.compile(r"[^\w\s]|_")


class PersonName(NamedTuple):
    salutation: str = ""
    initials: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""


def split(full: str) -> PersonName:
    """The parts of a full name; what looks like a company, an address or a story stays whole, as last name."""
    if plain := IN_ORDER.fullmatch(full):
        initials, first, infix, last = plain.groups("")
    elif plain := LAST_FIRST.fullmatch(full):
        last, initials, first, infix = plain.groups("")
    if plain and first not in NOT_PLAIN and last not in NOT_PLAIN:
        return PersonName("", initials, first, infix, last)
    return split_any(" ".join(full.split()).strip(" ,;"))


def split_any(text: str) -> PersonName:
    """The parts of a name that is more than two plain words."""
    if len(text) > LONGEST or NO_PERSON.search(text) or COMPANY.search(text):
        return PersonName(last_name=text)
    salutation, text = without_salutation(text)
    call_name, text = without_call_name(text)
    text = without_degrees(text)
    left, comma, right = text.partition(",")
    if comma and right.strip():
        name = last_name_first(left.split(), right.replace(",", " ").split())
    else:
        name = in_order(left.split())
    if salutation:
        name = name._replace(salutation=" ".join(filter(None, (salutation, name.salutation))))
    return name._replace(first_name=call_name) if call_name else name


def without_salutation(text: str) -> tuple[str, str]:
    """The salutation and titles in front, and the name behind them."""
    match = SALUTATIONS.match(text)
    if match and match.end() < len(text):
        return match[0].strip(), text[match.end() :]
    return "", text


def without_call_name(text: str) -> tuple[str, str]:
    """The name between brackets by which somebody is called, where it is one, and the text without brackets."""
    match = CALL_NAME.search(text)
    if not match:
        return "", text
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
    is_last = not text[match.end() :].strip()
    is_needed = not is_last or ("," not in rest and not in_order(rest.split()).first_name)
    word = match[1].strip()
    return (word, rest) if is_needed and word.replace("-", "").isalpha() and word[:1].isupper() else ("", rest)


def without_degrees(text: str) -> str:
    """The name without what its bearer studied, unless it is all capitals and nobody can tell."""
    return text if text.isupper() else DEGREES.sub("", text)


def last_name_first(left: list[str], right: list[str]) -> PersonName:
    """The parts of "Broek, M. van den": a last name, then the rest."""
    if all(BORN_AFTER.match(word) for word in right):
        return in_order(left + right)
    is_loud = all(word.isupper() for word in left)
    salutation, rest = without_salutation(" ".join(right))
    given, behind = infix_at_either_end(rest.split())
    born_after = [word for word in given if BORN_AFTER.match(word)]
    infix, last = infix_in_front(left) if len(left) > 1 else ([], left)
    initials, first = initials_in_front([word for word in given if word not in born_after], is_loud=is_loud)
    return PersonName(salutation, initials, " ".join(first), " ".join(behind + infix), " ".join(last + born_after))


def in_order(words: list[str]) -> PersonName:
    """The parts of "M. van den Broek": in the order in which they are said."""
    words = with_joined_hyphens(words)
    if len(words) < 2:
        return (
            PersonName(last_name=" ".join(words))
            if not words or not is_initials(words[0])
            else PersonName(initials=words[0])
        )
    is_loud = all(word.isupper() for word in words if len(word) > 1)
    initials, rest = initials_in_front(words, is_loud=is_loud)
    first, infix, last = around_infix(rest, has_initials=bool(initials))
    return PersonName("", initials, " ".join(first), " ".join(infix), " ".join(last))


def with_joined_hyphens(words: list[str]) -> list[str]:
    """ "Jansen - de Boer" and "Jansen-de Boer" as one word: two surnames that belong together."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        if before and (word == "-" or before.endswith("-") or ends_in_particle(before)):
            joined[-1] = f"{before} {word}"
        else:
            joined.append(word)
    return joined


def ends_in_particle(word: str) -> bool:
    """Whether a second surname is only begun: "Jansen-de", "Jansen-van der"."""
    _, hyphen, tail = word.rpartition("-")
    return bool(hyphen) and all(part in INFIX_WORDS for part in tail.lower().split())


def initials_in_front(words: list[str], *, is_loud: bool) -> tuple[str, list[str]]:
    """The initials that a name begins with, and the rest; bare capitals are none where all is in capitals."""
    n = 0
    while n < len(words) and (is_initials(words[n]) or (not is_loud and BARE_INITIALS.match(words[n]))):
        n += 1
    return " ".join(words[:n]), words[n:]


def is_initials(word: str) -> bool:
    """Whether a word is initials beyond doubt: with dots, or a single letter."""
    return (bool(DOTTED_INITIALS.match(word)) and not word.lower().startswith("v.d")) or (
        len(word) == 1 and word.isalpha()
    )


def around_infix(words: list[str], *, has_initials: bool) -> tuple[list[str], list[str], list[str]]:
    """First names, infix and last name of what follows the initials."""
    for n in range(len(words)):
        infix, last = infix_in_front(words[n:])
        if infix and not is_given_name(words, n, has_initials):
            return words[:n], infix, last
    if has_initials:
        return [], [], words
    tail = 2 if len(words) > 2 and BORN_AFTER.match(words[-1]) else 1
    return (words[:-tail], [], words[-tail:]) if len(words) > 1 else ([], [], words)


def infix_in_front(words: list[str]) -> tuple[list[str], list[str]]:
    """The longest infix that the words begin with while a name is left behind it."""
    lowered = [small(word) for word in words[:LONGEST_INFIX]]
    for n in range(min(LONGEST_INFIX, len(words) - 1), 0, -1):
        if tuple(lowered[:n]) in INFIXES and not (n == 1 and lowered[0] in SMALL_ONLY and words[0] != lowered[0]):
            more, last = elided(words[n:])
            return words[:n] + more, last
    return elided(words)


def elided(words: list[str]) -> tuple[list[str], list[str]]:
    """An infix that hangs on the name: "d'Hondt"."""
    match = ELIDED.match(words[0]) if words else None
    if not match:
        return [], words
    return [match[0]], [words[0][match.end() :], *words[1:]]


def infix_at_either_end(words: list[str]) -> tuple[list[str], list[str]]:
    """The given names in "M. van den" or "van den, M.", and the infix behind or before them."""
    for n in range(min(LONGEST_INFIX, len(words)), 0, -1):
        if is_infix(words[-n:]):
            return words[:-n], words[-n:]
        if is_infix(words[:n]) and words[0].islower():
            return words[n:], words[:n]
    return words, []


def is_infix(words: list[str]) -> bool:
    """Whether these words are an infix, and not the given name of an Al or a Ben."""
    if len(words) == 1 and words[0][:1].isupper() and words[0].lower() in GIVEN_NAMES:
        return False
    return tuple(map(small, words)) in INFIXES


def small(word: str) -> str:
    """A particle as the list has it: small, with a straight apostrophe."""
    return word.lower().translate(STRAIGHT)


def is_given_name(words: list[str], n: int, has_initials: bool) -> bool:
    """Whether what could be an infix is somebody's given name: "Al Gore", "Van Nguyen", "Nguyen Van Anh"."""
    word = words[n]
    if not word[:1].isupper() or word.isupper():
        return False
    neighbours = {folded(near) for near in words[max(n - 1, 0) : n + 2]}
    if word == "Van" and neighbours & VIETNAMESE:
        return True
    return n == 0 and len(words) == 2 and not has_initials and word.lower() in GIVEN_NAMES


def folded(text: str) -> str:
    """A text for comparing: small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(UNFOLDED))
    return ACCENTS.sub("", plain)


@lru_cache(maxsize=1 << 14)
def key(first: str, infix: str, last: str) -> str:
    """The comparison key of a name: folded, without punctuation, one blank between words."""
    text = folded(f"{first} {infix} {last}")
    if not text.replace(" ", "").isalnum():
        text = PUNCTUATION.sub(" ", text.replace("'", ""))
    return " ".join(text.split())
