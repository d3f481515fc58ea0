"""By what key are two spellings of an organisation's name the same?

Legal forms, accents, punctuation and the word for "and" do not count; words that tell one company of a group from
another (Holding, Group, Nederland) do.
"""

import re
from functools import lru_cache

from leads.names import folded

# Legal forms behind a name, as their words stand once dots are gone.
FORM_LIST = """
bv, b v, bv io, bvio, nv, n v, ua, u a, ba, b a, wa, w a, vof, v o f, cv, c v, io, i o, in oprichting, sce, se,
eesv, gmbh, mbh, ggmbh, gmbh & co kg, gmbh & co, & co kg, & co, ag, kg, kgaa, ohg, ug, ug haftungsbeschrankt, gbr,
ev, e v, eg, ek, e k, ltd, limited, pty ltd, pvt ltd, private limited, co ltd, plc, llp, llc, l l c, lp, inc,
incorporated, corp, corporation, sa, s a, sas, sasu, sarl, s a r l, sarlu, eurl, sci, snc, scs, sca, spa, s p a,
srl, s r l, srls, sapa, sprl, bvba, b v b a, nvba, cvba, scrl, comm v, commv, gcv, vzw, asbl, ab, aktiebolag, as,
asa, oy, oyj, aps, a s, is, ivs, sl, s l, slu, sau, sll, slne, lda, ltda, sgps, unipessoal lda, sp z o o, sp z oo,
sp zoo, spzoo, sp k, s r o, sro, a s, kft, zrt, bt, nyrt, doo, d o o, dd, ood, eood, sarl au, kk, k k, bhd, sdn bhd,
pte ltd, pte, pty, pvt, oü, ou, uab, sia
"""
BEHIND = frozenset(tuple(form.split()) for form in FORM_LIST.split(","))
# Legal forms in front of a name.
BEFORE = frozenset(
    {"stichting", "cooperatie", "cooperatieve", "vereniging", "bv", "nv", "vof", "maatschap", "fa", "firma"}
)
# Nine names in ten are plain words and a form with dots: read without an expression.
DOTTED_FORMS = {
    ".".join(form[0]) + ".": form[0] for form in BEHIND if len(form) == 1 and 1 < len(form[0]) < 4 and form[0].isalpha()
}
LAST_WORDS = frozenset(form[-1] for form in BEHIND)
LONGEST_FORM = max(map(len, BEHIND))
AND = frozenset({"en", "and", "und", "et", "&", "+"})

LONGEST = 300
DOTTED = re.compile(r"\b(?:\w\.){2,}\w?(?!\w)")
SLASHED = re.compile(r"\ba/s\b")
APOSTROPHES = str.maketrans("", "", "'`.\u2018\u2019\u00b4")
NOT_A_WORD = re.compile(r"[^\w&+]+|_+")
SIGN = re.compile(r"\s*[&+]\s*")


def key(name: str) -> str:
    """The comparison key of a name; of one that is nothing but a legal form, its words."""
    return key_of(name[:LONGEST])


@lru_cache(maxsize=1 << 17)
def key_of(name: str) -> str:
    """The comparison key of a name of bearable length."""
    text = folded(name)
    if not is_plain(text):
        stem, _, form = text.rpartition(" ")
        text = f"{stem} {DOTTED_FORMS[form]}" if form in DOTTED_FORMS and is_plain(stem) else spaced(text)
    words = text.split()
    if not AND.isdisjoint(words):
        words = words[:1] + ["&" if word in AND else word for word in words[1:]]
    return " ".join(without_form_before(without_forms_behind(words)))


def is_plain(text: str) -> bool:
    return text.replace(" ", "").isalnum()


def spaced(text: str) -> str:
    """A folded name with abbreviations closed up and everything else that is no letter made a blank."""
    text = DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = SLASHED.sub("as", text).translate(APOSTROPHES)
    return NOT_A_WORD.sub(" ", SIGN.sub(" & ", text))


def without_forms_behind(words: list[str]) -> list[str]:
    """The words without the legal forms at their end, while a name is left."""
    if len(words) < 2 or words[-1] not in LAST_WORDS:
        return words
    for n in range(min(LONGEST_FORM, len(words) - 1), 0, -1):
        if tuple(words[-n:]) in BEHIND:
            return without_forms_behind(words[:-n])
    return words


def without_form_before(words: list[str]) -> list[str]:
    """The words without the legal forms at their front, while a name is left."""
    while len(words) > 1 and words[0] in BEFORE:
        words = words[1:]
    return words
