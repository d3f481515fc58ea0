"""Does a cell say nothing, yes or no?"""

BLANKS = frozenset(
    {
        "", "-", "--", "---", "\u2013", "\u2014", ".", "..", "...", "?", "??", "x.x", "/", "\\", "_", "*",
        "n/a", "n.a.", "n.a", "na", "#n/a", "#na", "n/b", "n.b.", "nb", "n.v.t.", "n.v.t", "nvt", "geen", "none", "null", "nul",
        "(null)", "<null>", "nil", "nan", "nat", "undefined", "unknown", "onbekend", "niet bekend", "not available", "not applicable",
        "niet van toepassing", "niet ingevuld", "not provided", "not set", "no value", "empty", "leeg", "(leeg)", "(empty)", "(blank)",
        "blank", "[blank]", "(none)", "(not set)", "(unknown)", "unbekannt", "keine", "keine angabe", "k.a.", "k. a.", "inconnu", "aucun",
        "aucune", "néant", "non renseigné", "sin datos", "ninguno", "sconosciuto", "#ref!", "#value!", "#name?", "#null!", "#div/0!",
        "#num!", "#verw!", "#waarde!", "#naam?", "#n/b", "#wert!", "#bezug!", "#nv", "\\n", "tbd", "t.b.d.", "n.n.", "nnb", "n.n.b.",
    }
)  # fmt: skip
YES = frozenset(
    {
        "yes", "y", "yep", "yeah", "ja", "j", "jawel", "oui", "o", "si", "sì", "sí", "s", "sim", "true", "t", "waar", "wahr", "vrai",
        "vero", "verdadero", "1", "1.0", "x", "✓", "✔", "☑", "✅", "v", "on", "aan", "an", "opt-in", "opt in", "optin", "opted in",
        "subscribed", "ingeschreven", "aangemeld", "akkoord", "agree", "agreed", "accepted", "i agree", "consent", "granted",
        "toestemming", "checked", "confirmed", "ok", "okay", "-1", "active", "einverstanden", "zugestimmt", "d'accord",
    }
)  # fmt: skip
NO = frozenset(
    {
        "no", "n", "nope", "nee", "neen", "nein", "non", "não", "nao", "false", "f", "onwaar", "falsch", "faux", "falso", "0", "0.0",
        "off", "uit", "aus", "opt-out", "opt out", "optout", "opted out", "unsubscribed", "uitgeschreven", "afgemeld", "disagree",
        "declined", "denied", "geweigerd", "niet akkoord", "geen toestemming", "unchecked", "not confirmed", "✗", "✘", "☐", "❌",
        "inactive", "withdrawn", "ingetrokken", "nie", "never",
    }
)  # fmt: skip


def is_blank(raw: str) -> bool:
    """Whether a cell says nothing, in one of the many ways in which files say nothing."""
    return raw.strip().casefold() in BLANKS


def parse_bool(raw: str) -> bool | None:
    """Yes, no, or None where a cell says neither; two sentences in a cell count by their first word."""
    text = raw.strip().casefold()
    if text in YES:
        return True
    if text in NO:
        return False
    head = text.replace(".", ",").partition(",")[0].strip()
    return True if head in YES else False if head in NO else None
