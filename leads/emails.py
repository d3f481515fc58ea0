"""Which mail address is meant, and by what key are two of them the same?"""

import re
from typing import NamedTuple

from django.utils.translation import gettext_noop
from email_validator import EmailNotValidError, validate_email

from leads.problems import Problem

PLAIN = re.compile(
    r"[a-z0-9_](?:[a-z0-9!#$%&'*+/=?^_`{|}~-]*)(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}))"
)
IN_ANGLES = re.compile(r"<\s*([^<>]*@[^<>]*?)\s*>")
MAILTO = re.compile(r"^mailto:\s*", re.IGNORECASE)
SEPARATORS = re.compile(r"\s*[;,|/\s]\s*")
SPELT_AT = re.compile(r"\s+at\s+|\s*[(\[{]\s*at\s*[)\]}]\s*", re.IGNORECASE)
SPELT_DOT = re.compile(r"\s+dot\s+|\s*[(\[{]\s*dot\s*[)\]}]\s*", re.IGNORECASE)
WRAPPING = " \t\r\n\u00a0\u200b\ufeff<>\"'“”\u2018\u2019()[].,;:"
LONGEST, LONGEST_LOCAL, LONGEST_TEXT = 254, 64, 2000
# Names that lead nowhere on the open internet; .example and .test are left for trials.
UNREACHABLE = frozenset({"local", "localhost", "invalid", "onion", "arpa", "lan", "internal", "localdomain"})

NO_AT = gettext_noop("There is no @ in “%(raw)s”.")
SEVERAL_AT = gettext_noop("“%(raw)s” has more than one @.")
NO_DOMAIN = gettext_noop("Behind the @ in “%(raw)s” there is no complete domain, such as company.nl.")
NO_LOCAL = gettext_noop("Before the @ in “%(raw)s” there is no name.")
HAS_BLANK = gettext_noop("There is a blank in “%(raw)s”.")
COMMA = gettext_noop("There is a comma where “%(raw)s” needs a dot.")
OUT_OF_REACH = gettext_noop("Addresses that end in .%(ending)s cannot be reached from outside.")
TOO_LONG = gettext_noop("An address has at most 254 characters, and at most 64 before the @.")
NO_ADDRESS = gettext_noop("“%(raw)s” is not a mail address.")
FIRST_OF_MANY = gettext_noop("There are %(count)s addresses here; the first was taken, the others are %(others)s.")

ROLE_NAMES = """
info infos information informatie sales verkoop vente ventes vertrieb office kantoor buero buro bureau administratie
administration admin admins administrator boekhouding accounting accounts finance financien financieel factuur
facturen invoice invoices invoicing crediteuren debiteuren receptie reception balie contact contacts kontakt mail
email e-mail post postbus mailbox inbox support helpdesk servicedesk service klantenservice customerservice help
hello hallo hi team hr personeel personeelszaken recruitment jobs vacatures werk werkenbij marketing communicatie
communication communications press pers media pr webmaster web website postmaster hostmaster abuse noc root security
privacy avg gdpr dpo noreply no-reply donotreply do-not-reply newsletter nieuwsbrief inkoop purchasing procurement
bestelling bestellingen order orders export import logistiek logistics planning directie directie-secretariaat
management secretariaat secretary secretariat secretaris bestuur voorzitter penningmeester algemeen general
enquiries enquiry inquiries inquiry aanvraag offerte offertes quotes it ict automatisering techniek legal juridisch
events event shop winkel webshop store reserveringen reservations booking bookings service-desk customer-service
"""
ROLES = frozenset(ROLE_NAMES.split())
FREE_DOMAIN_NAMES = """
gmail.com googlemail.com hotmail.com hotmail.nl hotmail.be hotmail.fr hotmail.de hotmail.co.uk hotmail.it hotmail.es
live.com live.nl live.be live.fr live.de live.co.uk outlook.com outlook.nl outlook.be outlook.de outlook.fr msn.com
passport.com yahoo.com yahoo.nl yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.in yahoo.com.br ymail.com
rocketmail.com icloud.com me.com mac.com aol.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io
tutamail.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de arcor.de mail.com mail.ru yandex.ru
yandex.com zoho.com fastmail.com fastmail.fm hey.com duck.com qq.com 163.com 126.com sina.com rediffmail.com
ziggo.nl ziggomail.com kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl casema.nl chello.nl upcmail.nl upc.nl
quicknet.nl xs4all.nl solcon.nl tele2.nl telfort.nl telfortglasvezel.nl versatel.nl wanadoo.nl online.nl
onsbrabantnet.nl onsnet.nu caiway.nl caiway.net delta.nl zeelandnet.nl zonnet.nl orange.nl orange.fr freeler.nl
kabelfoon.nl kabelnoord.nl introweb.nl lijbrandt.nl multiweb.nl tiscali.nl tiscali.it concepts.nl plex.nl box.nl
dds.nl freedom.nl telenet.be skynet.be proximus.be scarlet.be pandora.be voo.be belgacom.net free.fr laposte.net
sfr.fr wanadoo.fr bbox.fr neuf.fr libero.it virgilio.it alice.it btinternet.com sky.com virginmedia.com talktalk.net
ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net shaw.ca rogers.com
bigpond.com seznam.cz wp.pl o2.pl onet.pl interia.pl bluewin.ch luxweb.lu pt.lu
"""
FREE_DOMAINS = frozenset(FREE_DOMAIN_NAMES.split())
MISSPELT = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.nl": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "hotmil.com": "hotmail.com",
    "homail.com": "hotmail.com",
    "hotmail.co": "hotmail.com",
    "outlok.com": "outlook.com",
    "outloo.com": "outlook.com",
    "outllook.com": "outlook.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "yhaoo.com": "yahoo.com",
    "iclod.com": "icloud.com",
    "icoud.com": "icloud.com",
    "zigo.nl": "ziggo.nl",
    "zigggo.nl": "ziggo.nl",
    "kpnmial.nl": "kpnmail.nl",
}
MISSPELT_ENDINGS = {"con": "com", "comm": "com", "cmo": "com", "ocm": "com", "nll": "nl"}


class Email(NamedTuple):
    """An address as given, its comparison key when it is one, else the problem.

    A suggestion is never taken over by itself; the note says what was left out.
    """

    raw: str
    key: str | None = None
    suggestion: str | None = None
    problem: Problem | None = None
    note: Problem | None = None


def normal(raw: str) -> Email:
    """The address that `raw` holds."""
    text = raw.strip().lower()
    plain = PLAIN.fullmatch(text)
    if plain and plain[2] not in UNREACHABLE and len(text) <= LONGEST and text.index("@") <= LONGEST_LOCAL:
        if plain[1] not in MISSPELT and plain[2] not in MISSPELT_ENDINGS:
            return Email(raw, text)
        return Email(raw, text, respelt(text))
    return unwrapped(raw)


def unwrapped(raw: str) -> Email:
    """The address in a text that holds more than an address."""
    if len(raw) > LONGEST_TEXT:
        return Email(raw, problem=Problem(NO_ADDRESS, {"raw": raw.strip()[:60]}))
    text = raw.strip(WRAPPING) if not IN_ANGLES.search(raw) else ", ".join(IN_ANGLES.findall(raw))
    text = MAILTO.sub("", text).partition("?subject=")[0].partition("?body=")[0].strip(WRAPPING)
    if not text:
        return Email(raw)
    found = key_of(text)
    if found:
        return Email(raw, found, respelt(found))
    keys = [key_of(MAILTO.sub("", piece).strip(WRAPPING)) for piece in SEPARATORS.split(text) if piece]
    several = [key for key in keys if key]
    if len(several) == len(keys) > 1:
        gaps = {"count": len(several), "others": ", ".join(several[1:])}
        is_one = len(set(several)) == 1
        return Email(raw, several[0], respelt(several[0]), note=None if is_one else Problem(FIRST_OF_MANY, gaps))
    return Email(raw, suggestion=suggestion(text, several), problem=what_is_wrong(text))


def key_of(text: str) -> str | None:
    """The comparison key of one bare address: small letters, the domain in its ASCII form; None when it is none."""
    if "@" not in text or " " in text or len(text) > LONGEST or text.rindex("@") > LONGEST_LOCAL:
        return None
    try:
        address = validate_email(text.lower(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    if "." not in address.ascii_domain or address.ascii_domain.rpartition(".")[2] in UNREACHABLE:
        return None
    return f"{address.local_part}@{address.ascii_domain}".lower()


def respelt(key: str) -> str | None:
    """The address that was probably meant, where a well-known domain is misspelt."""
    name, _, host = key.rpartition("@")
    if host in MISSPELT:
        return f"{name}@{MISSPELT[host]}"
    stem, _, ending = host.rpartition(".")
    return f"{name}@{stem}.{MISSPELT_ENDINGS[ending]}" if ending in MISSPELT_ENDINGS else None


def suggestion(text: str, found: list[str]) -> str | None:
    """The address that a text with a mistake probably means."""
    if found:
        return found[0]
    spelt = SPELT_DOT.sub(".", SPELT_AT.sub("@", text))
    tries = (
        spelt,
        text.replace(",", "."),
        "".join(spelt.split()),
        re.sub(r"@+", "@", text),
        re.sub(r"\.{2,}", ".", text),
    )
    return next(filter(None, (key_of(attempt.strip(WRAPPING)) for attempt in tries)), None)


def what_is_wrong(text: str) -> Problem:
    """Why a text is no mail address."""
    gaps = {"raw": text[:60]}
    name, _, host = text.rpartition("@")
    if len(text) > LONGEST or len(name) > LONGEST_LOCAL:
        return Problem(TOO_LONG)
    if "@" not in text:
        return Problem(NO_AT, gaps)
    if "@" in name and "," not in text and ";" not in text:
        return Problem(SEVERAL_AT, gaps)
    if not name:
        return Problem(NO_LOCAL, gaps)
    if "," in text:
        return Problem(COMMA, gaps)
    if " " in text:
        return Problem(HAS_BLANK, gaps)
    if host.rpartition(".")[2].lower() in UNREACHABLE and "." in host:
        return Problem(OUT_OF_REACH, {"ending": host.rpartition(".")[2].lower()})
    return Problem(NO_DOMAIN if "." not in host.strip(".") else NO_ADDRESS, gaps)


def domain(key: str) -> str:
    """The part of an address behind the @."""
    return key.rpartition("@")[2]


def is_role(key: str) -> bool:
    """Whether an address is shared by whoever does a job: info@, sales@, reception@."""
    return key.partition("@")[0].partition("+")[0] in ROLES


def is_free(domain: str) -> bool:
    """Whether a domain gives addresses to anyone, so that it says nothing about an organisation."""
    return domain in FREE_DOMAINS
