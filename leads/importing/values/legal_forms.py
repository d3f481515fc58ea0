"""Which legal form does a cell name: a sole trader, a partnership, a company, a foundation or association, a public body?"""

from functools import lru_cache

from leads.names import folded
from leads.organisation_names import spaced

# What forms are called in Dutch, English, German and French, and their abbreviations; the beginning of a cell will do.
WORDS = {
    "sole_trader": """
        eenmanszaak, eenmansbedrijf, zzp, zzp er, zzper, zelfstandige, zelfstandig ondernemer, freelance, freelancer,
        natuurlijk persoon, sole trader, sole proprietor, sole proprietorship, self employed, einzelunternehmen,
        einzelunternehmer, einzelfirma, einzelkaufmann, freiberufler, ek, e k, eingetragener kaufmann,
        entreprise individuelle, entrepreneur individuel, ei, eirl, micro entreprise, microentreprise, auto entrepreneur,
        autoentrepreneur, independant, profession liberale
    """,
    "partnership": """
        vof, v o f, vennootschap onder firma, maatschap, cv, c v, commanditaire vennootschap, firma, partnership,
        general partnership, limited partnership, lp, llp, limited liability partnership, gbr, gesellschaft burgerlichen rechts,
        ohg, offene handelsgesellschaft, kg, kommanditgesellschaft, partg, partnerschaftsgesellschaft, snc,
        societe en nom collectif, scs, societe en commandite simple, societe civile, sci, comm v, commv
    """,
    "company": """
        bv, b v, besloten vennootschap, nv, n v, naamloze vennootschap, bvba, cvba, cooperatie, cooperatieve vereniging, ua,
        u a, company, limited company, private limited company, public limited company, private company, public company,
        limited liability company, corporation, corp, inc, incorporated, ltd, limited, plc, llc, gmbh, mbh, ggmbh, ug, ag,
        gmbh & co, gesellschaft mit beschrankter haftung, aktiengesellschaft, kgaa, se, eg, genossenschaft,
        kapitalgesellschaft, sa, sarl, sas, sasu, eurl, societe anonyme, societe a responsabilite limitee,
        societe par actions simplifiee, cooperative, srl, spa, sl, ab, oy, aps, as, vennootschap, rechtspersoon, bedrijf
    """,
    "association": """
        stichting, vereniging, vve, vereniging van eigenaren, kerkgenootschap, foundation, association, charity, non profit,
        nonprofit, ngo, stiftung, verein, ev, e v, eingetragener verein, fondation, association loi 1901, vzw, asbl, trust
    """,
    "public_body": """
        overheid, publiekrechtelijke rechtspersoon, publiekrechtelijk, gemeente, provincie, ministerie, waterschap, rijk,
        zelfstandig bestuursorgaan, zbo, public body, public sector, government, government agency, municipality, authority,
        behorde, korperschaft, korperschaft des offentlichen rechts, anstalt des offentlichen rechts, kdor, gemeinde,
        collectivite, collectivite territoriale, etablissement public, administration, commune
    """,
}
FORMS = {" ".join(name.split()): form for form, names in WORDS.items() for name in names.split(",")}
KEPT = frozenset(WORDS)
LONGEST = 100


def legal_form(raw: str) -> str | None:
    """The form that a cell names, in anybody's words; None when it names none."""
    return named(raw) if len(raw) <= LONGEST else None


@lru_cache(maxsize=4096)
def named(raw: str) -> str | None:
    """The form of the longest beginning of a text that names one, else of what stands between brackets."""
    if raw in KEPT:
        return raw
    words = spaced(folded(raw).replace("-", " ")).split()
    for n in range(len(words), 0, -1):
        if found := FORMS.get(" ".join(words[:n])):
            return found
    behind = raw.partition("(")[2].strip(" )")
    return named(behind) if behind else None
