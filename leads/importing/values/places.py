"""Which country, which language is meant?"""

from functools import lru_cache

from leads.importing.values.country_names import COUNTRIES
from leads.names import folded

# Code; three-letter codes; names in English, Dutch, German, French and the language itself.
LANGUAGES = """\
nl; nld dut; Dutch; Nederlands; Niederländisch; Néerlandais; Hollands; Vlaams; Flemish; Flämisch; Flamand; Holländisch
en; eng; English; Engels; Englisch; Anglais; Inglés; Inglese
de; deu ger; German; Duits; Deutsch; Allemand; Alemán; Tedesco
fr; fra fre; French; Frans; Französisch; Français; Francés; Francese
es; spa; Spanish; Spaans; Spanisch; Espagnol; Español; Castellano
it; ita; Italian; Italiaans; Italienisch; Italien; Italiano
pt; por; Portuguese; Portugees; Portugiesisch; Portugais; Português
pl; pol; Polish; Pools; Polnisch; Polonais; Polski
da; dan; Danish; Deens; Dänisch; Danois; Dansk
sv; swe; Swedish; Zweeds; Schwedisch; Suédois; Svenska
no; nor nob nno; Norwegian; Noors; Norwegisch; Norvégien; Norsk; nb; nn
fi; fin; Finnish; Fins; Finnisch; Finnois; Suomi
cs; ces cze; Czech; Tsjechisch; Tschechisch; Tchèque; Čeština
sk; slk slo; Slovak; Slowaaks; Slowakisch; Slovaque; Slovenčina
sl; slv; Slovenian; Sloveens; Slowenisch; Slovène; Slovenščina
hu; hun; Hungarian; Hongaars; Ungarisch; Hongrois; Magyar
ro; ron rum; Romanian; Roemeens; Rumänisch; Roumain; Română
bg; bul; Bulgarian; Bulgaars; Bulgarisch; Bulgare; Български
el; ell gre; Greek; Grieks; Griechisch; Grec; Ελληνικά
tr; tur; Turkish; Turks; Türkisch; Turc; Türkçe
ru; rus; Russian; Russisch; Russe; Русский
uk; ukr; Ukrainian; Oekraïens; Ukrainisch; Ukrainien; Українська
ar; ara; Arabic; Arabisch; Arabe; العربية
he; heb; Hebrew; Hebreeuws; Hebräisch; Hébreu; עברית
zh; zho chi; Chinese; Chinees; Chinesisch; Chinois; Mandarin; 中文
ja; jpn; Japanese; Japans; Japanisch; Japonais; 日本語
ko; kor; Korean; Koreaans; Koreanisch; Coréen; 한국어
hi; hin; Hindi
vi; vie; Vietnamese; Vietnamees; Vietnamesisch; Vietnamien; Tiếng Việt
th; tha; Thai; Thais; Thailändisch; Thaï
id; ind; Indonesian; Indonesisch; Indonésien; Bahasa Indonesia
fa; fas per; Persian; Perzisch; Persisch; Persan; Farsi
hr; hrv; Croatian; Kroatisch; Croate; Hrvatski
sr; srp; Serbian; Servisch; Serbisch; Serbe; Srpski
lt; lit; Lithuanian; Litouws; Litauisch; Lituanien; Lietuvių
lv; lav; Latvian; Lets; Lettisch; Letton; Latviešu
et; est; Estonian; Ests; Estnisch; Estonien; Eesti
ga; gle; Irish; Iers; Irisch; Irlandais; Gaeilge
is; isl ice; Icelandic; IJslands; Isländisch; Islandais; Íslenska
lb; ltz; Luxembourgish; Luxemburgs; Luxemburgisch; Luxembourgeois
fy; fry; Frisian; Fries; Friesisch; Frison; Frysk
ca; cat; Catalan; Catalaans; Katalanisch; Català
af; afr; Afrikaans"""

LONGEST = 80
PLAIN = str.maketrans({"-": " ", ".": None, "'": None, ",": " ", "(": " ", ")": " ", "_": " "})


def sought(raw: str) -> str:
    """A name as the tables below are asked for it."""
    return " ".join(folded(raw).translate(PLAIN).split())


def countries_by_name() -> dict[str, str]:
    """Every code and name of a country, with its two-letter code; a code beats a name, an earlier name a later one."""
    rows = [[part.strip() for part in line.split(";")] for line in COUNTRIES.strip().splitlines()]
    found = {sought(code): row[0] for row in rows for code in row[:2]}
    for row in rows:
        for name in row[2:]:
            found.setdefault(sought(name), row[0])
    return found


def languages_by_name() -> dict[str, str]:
    """Every code and name of a language, with its two-letter code."""
    found: dict[str, str] = {}
    for line in LANGUAGES.splitlines():
        code, three, *names = [part.strip() for part in line.split(";")]
        for name in (code, *three.split(), *names):
            found.setdefault(sought(name), code)
    return found


COUNTRY_OF = countries_by_name()
LANGUAGE_OF = languages_by_name()


def country(raw: str) -> str | None:
    """The two-letter code (ISO 3166) of a country named or coded in English, Dutch, German or French."""
    return country_named(raw) if len(raw) <= LONGEST else None


@lru_cache(maxsize=4096)
def country_named(raw: str) -> str | None:
    """The country of a name that is short enough to be one."""
    text = sought(raw)
    return COUNTRY_OF.get(text) or COUNTRY_OF.get(text.removeprefix("the "))


def language(raw: str) -> str | None:
    """The two-letter code (ISO 639) of a language; of "nl-BE" and "English (US)" the language alone."""
    return language_named(raw) if len(raw) <= LONGEST else None


@lru_cache(maxsize=4096)
def language_named(raw: str) -> str | None:
    """The language of a name that is short enough to be one."""
    text = sought(raw)
    if text in LANGUAGE_OF:
        return LANGUAGE_OF[text]
    return LANGUAGE_OF.get(text.partition(" ")[0])
