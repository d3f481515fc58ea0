"""Who are the people that come by? Dutch as any visitors' list, at firms and numbers that cannot exist.

Addresses end in `.example`; behind the area code of a phone number stands a nought, with which no number begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from leadops.demo.chance import dice
from leads import names, organisation_names

FIRST = (
    "Anneke", "Bart", "Chantal", "Dennis", "Esther", "Fatima", "Gijs", "Hanneke", "Ibrahim", "Jolanda", "Kees",
    "Linda", "Marieke", "Niels", "Olaf", "Petra", "Quirine", "Ruben", "Saskia", "Thijs", "Ursula", "Vincent",
    "Wendy", "Yvonne", "Zeynep", "Ahmed", "Bianca", "Corné", "Dirk", "Eveline", "Floris", "Gerda", "Hugo", "Iris",
    "Jasper", "Karima", "Lars", "Mirjam", "Nathalie", "Omar", "Patrick", "Rachid", "Sjoerd", "Tamara", "Umut",
    "Veerle", "Wouter", "Xandra", "Youri", "Zoë", "Arjan", "Babette", "Casper", "Demi", "Erik", "Fleur", "Gerrit",
    "Hassan", "Ilse", "Jeroen", "Kim", "Leon", "Mohamed", "Nienke", "Oscar", "Paulien", "Roos", "Stefan", "Tineke",
    "Wim", "Yasmin", "Arend", "Bouke", "Carlijn", "Douwe", "Elif", "Frits", "Geertje", "Hidde", "Inge", "Joris",
    "Katja", "Luuk", "Marloes", "Nasser", "Patricia", "Rob", "Sandra",
)  # fmt: skip
LAST = (
    "Aalbers", "Abdi", "Baas", "van den Berg", "Blom", "Boersma", "ten Brink", "de Bruin", "Bulut", "Claassen",
    "Coenen", "van Dam", "Demir", "van Dijk", "van Dongen", "Driessen", "van Eck", "Evers", "El Amrani", "Faber",
    "de Graaf", "Groen", "ter Haar", "Haddad", "de Haan", "Hermans", "van den Heuvel", "Hofman", "Huizinga",
    "Jansma", "de Jong", "Kaya", "van der Kamp", "Kiers", "Koopman", "de Lange", "van Leeuwen", "Lubbers", "Maas",
    "van der Meer", "Mol", "Mulder", "Nijhuis", "van Oosten", "Özdemir", "Peeters", "van der Ploeg", "Post",
    "Ramdin", "van Rijn", "Roelofs", "Schippers", "Schut", "Sewnath", "Smits", "van Soest", "Stam", "Terpstra",
    "Tuinstra", "Uitham", "van Vliet", "Vink", "de Vries", "van der Wal", "Wessels", "Wiersma", "de Winter",
    "Yildirim", "Zijlstra", "van Zanten",
)  # fmt: skip
DECIDERS = (
    "Directeur", "Algemeen directeur", "Hoofd ICT", "Eigenaar", "Bestuurder", "Hoofd inkoop", "CIO", "Directeur bedrijfsvoering",
    "Hoofd facilitair", "CFO",
)  # fmt: skip
ADVISERS = (
    "ICT-manager", "Systeembeheerder", "Informatiemanager", "Inkoper", "Office manager", "Adviseur bedrijfsvoering", "Projectleider",
    "Applicatiebeheerder", "Controller", "Teamleider automatisering",
)  # fmt: skip
OTHERS = (
    "Medewerker administratie",
    "Receptionist",
    "Planner",
    "Docent",
    "Verkoper binnendienst",
    "Zorgmedewerker",
    "",
)
STUDIES = ("Student", "Stagiair", "Student informatica")
CITIES = {
    "Amsterdam": "020", "Rotterdam": "010", "Utrecht": "030", "Den Haag": "070", "Eindhoven": "040", "Groningen": "050",
    "Tilburg": "013", "Nijmegen": "024", "Arnhem": "026", "Zwolle": "038", "Haarlem": "023", "Amersfoort": "033", "Breda": "076",
    "Enschede": "053", "Leeuwarden": "058", "Apeldoorn": "055",
}  # fmt: skip
SERVED = {
    "Zorg": ("Zorggroep {place}", "Stichting {place} Zorg", "Apotheek {place}", "Huisartsen {place}"),
    "Logistiek": ("{last} Transport", "{last} Logistiek", "{last} Expeditie"),
    "Bouw": ("Bouwbedrijf {last}", "{last} Installatietechniek", "Dakwerken {last}"),
    "Onderwijs": ("Scholengroep {place}", "{place} College", "Kinderopvang {place}"),
    "Gemeentelijke overheid": ("Gemeente {place}", "Waterschap {place}", "Veiligheidsdienst {place}"),
    "Groothandel": ("{last} Groothandel", "{last} Techniek", "{last} Verpakkingen"),
    "Industrie": ("{last} Metaalwerken", "Machinefabriek {place}", "{last} Kunststoffen"),
    "Zakelijke dienstverlening": ("{last} Accountants", "{last} Advocaten", "Notariaat {place}", "{last} Makelaardij"),
}
UNSERVED = {
    "Horeca": ("Restaurant {place}", "Hotel {place}"),
    "Sport": ("Sportcentrum {place}", "Manege {place}"),
    "Landbouw": ("Kwekerij {last}", "Maatschap {last}"),
}
HEADS = (
    "Ooster", "Wester", "Noorder", "Zuider", "Maas", "Linge", "Vecht", "Heide", "Veen", "Duin", "Ven", "Rivier",
    "Polder", "Linden", "Eiken", "Beuken", "Wilgen", "Zilver",
)  # fmt: skip
TAILS = (
    "weide", "oever", "burcht", "veld", "zicht", "hoven", "rode", "meer", "brink", "donk", "dal", "kade", "wijk",
    "bosch", "stede", "horst", "waard", "laar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """Where somebody works."""

    name: str
    city: str
    industry: str
    employees: int
    is_customer: bool = False

    @property
    def host(self) -> str:
        plain = names.folded(self.name.removesuffix(" B.V."))
        return "".join(letter for letter in plain if letter.isascii() and letter.isalnum()) + ".example"

    @property
    def facts(self) -> dict[str, Any]:
        """What an organisation keeps of it."""
        return {
            "name": self.name, "name_key": organisation_names.key(self.name), "domain": self.host, "country": "NL",
            "industry": self.industry, "employees": self.employees, "is_customer": self.is_customer,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who enquires. `meets` is whether what they are, and ask, is what marketing and sales agreed on."""

    n: int
    first: str
    last: str
    firm: Firm
    title: str
    phone: str
    meets: bool
    decides: bool = False

    @property
    def email(self) -> str:
        plain = names.folded(f"{self.first[0]}.{self.last}").replace(" ", "")
        return f"{plain}{self.n}@{self.firm.host}"

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def surname_first(self) -> str:
        """As visitors' lists have it: Berg, Anneke van den."""
        infix, _, last = self.last.rpartition(" ")
        return f"{last}, {self.first} {infix}".strip()


class Country:
    """The firms there are, and the people of them who have come by so far."""

    def __init__(self, customers: int, others: int) -> None:
        self.random = dice("firms")
        self.taken: set[str] = set()
        self.customers = [self._firm(is_customer=True) for _ in range(customers)]
        self.served = [self._firm() for _ in range(others)]
        self.small = [self._firm(is_small=True) for _ in range(others // 2)]
        self.count = 0

    def _firm(self, *, is_customer: bool = False, is_small: bool = False) -> Firm:
        random = self.random
        kinds = UNSERVED if is_small else SERVED
        while True:
            industry = random.choice(list(kinds))
            place = random.choice(HEADS) + random.choice(TAILS)
            last = random.choice(LAST)
            pattern = random.choice(kinds[industry])
            name = pattern.format(place=place, last=last[0].upper() + last[1:])
            if name not in self.taken:
                break
        self.taken.add(name)
        name = f"{name} B.V." if "{last}" in pattern else name
        employees = random.randrange(2, 40) if is_small else int(50 * 10 ** (random.random() * 1.5))
        return Firm(name, random.choice(list(CITIES)), industry, employees, is_customer)

    def meet(self, random: Random, *, meets: bool, customers: float) -> Person:
        """Somebody new, of a firm that fits the definition or not."""
        self.count += 1
        if not meets:
            return self._stranger(random)
        decides = random.random() < 0.45
        firms = self.small if not decides and random.random() < 0.25 else self.served
        firm = random.choice(self.customers if random.random() < customers else firms)
        return self._person(random, firm, random.choice(DECIDERS if decides else ADVISERS), True, decides=decides)

    def _stranger(self, random: Random) -> Person:
        """Somebody who falls short: no number, or a small firm in a trade that is not served; or a student."""
        if random.random() < 0.12:
            return self._person(random, random.choice(self.served), random.choice(STUDIES), False)
        is_small = random.random() < 0.5
        firm = random.choice(self.small if is_small else self.served)
        return self._person(random, firm, random.choice(OTHERS), False, has_phone=is_small)

    def _person(
        self, random: Random, firm: Firm, title: str, meets: bool, *, has_phone: bool = True, decides: bool = False
    ) -> Person:
        n = self.count
        phone = f"{CITIES[firm.city]} 0{n // 10_000 % 100:02d} {n % 10_000:04d}" if has_phone else ""
        return Person(n, random.choice(FIRST), random.choice(LAST), firm, title, phone, meets, decides)
