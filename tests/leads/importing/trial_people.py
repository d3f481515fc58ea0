"""Made-up people, and the kinds of value that a column of a trial table can take from them."""

import random
from collections.abc import Callable

FIRST = [
    "Jan",
    "Anna",
    "Piet",
    "Marieke",
    "Sanne",
    "Thomas",
    "Julia",
    "Lukas",
    "Emma",
    "Pierre",
    "Claire",
    "Ahmed",
    "Fatima",
    "Noah",
    "Lotte",
    "Erik",
    "Sofie",
    "Bram",
    "Eva",
    "Max",
]
LAST = [
    "Jansen",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "Mulder",
    "Schmidt",
    "Müller",
    "Weber",
    "Dupont",
    "Martin",
    "Moreau",
    "García",
    "Öztürk",
    "Peeters",
    "Hoekstra",
]
COMPANIES = [
    "Bouwgroep Noord B.V.",
    "Van Dijk Logistiek",
    "Meyer GmbH",
    "Dupont SARL",
    "Northwind Traders Ltd",
    "Acme Inc.",
    "Gemeente Zwolle",
    "Helios Solar",
    "Jansen & Zonen",
    "Stichting Groen",
    "Blue Harbor LLC",
    "Peeters NV",
    "Zonnig Advies",
    "Fischer AG",
    "Kraan Techniek BV",
    "Studio Linde",
]
INFIXES = ["", "", "van", "de", "van der", "", "van den", "ten", "", "'t"]
CITIES = [
    "Amsterdam",
    "Utrecht",
    "Zwolle",
    "Berlin",
    "Lyon",
    "Gent",
    "Boston",
    "Haarlem",
    "Köln",
    "Eindhoven",
    "Breda",
    "Arnhem",
]
COUNTRIES = ["Nederland", "Netherlands", "Germany", "Deutschland", "France", "Belgium", "United States"]
STATES = ["Noord-Holland", "Utrecht", "CA", "NY", "Bayern", "Gelderland"]
JOBS = [
    "Hoofd inkoop",
    "Marketing Manager",
    "CEO",
    "Directeur",
    "Software Engineer",
    "Geschäftsführer",
    "Projectleider",
    "Sales Director",
    "Owner",
    "Planner",
]
DEPARTMENTS = ["Inkoop", "Marketing", "Sales", "IT", "Finance", "Operations"]
INDUSTRIES = ["Construction", "Logistics", "Healthcare", "Software", "Bouw", "Retail", "Manufacturing"]
SENTENCES = [
    "Wants a quotation before the summer.",
    "Belt terug na de vakantie; heeft interesse in planning.",
    "Met at the booth, very keen on the demo",
    "Bitte Unterlagen zusenden.",
    "Asked about pricing for fifty users, and about support.",
    "Komt langs op de beurs in maart.",
]
PRODUCTS = ["Planning software", "Warmtepomp", "Solar panels", "ERP", "Heftruck", "CRM Suite"]


class Person:
    """One made-up person, from whom a row takes its values."""

    def __init__(self, chance: random.Random, place: int) -> None:
        self.chance, self.place = chance, place
        self.first, self.last = chance.choice(FIRST), chance.choice(LAST)
        self.infix, self.company = chance.choice(INFIXES), chance.choice(COMPANIES)

    def value(self, kind: str) -> str:
        if kind.startswith("="):
            listed = kind[1:].split(",")
            return listed[self.place] if self.place < len(listed) else self.chance.choice(listed)
        return VALUES[kind](self)

    def digits(self, count: int) -> str:
        return "".join(self.chance.choice("0123456789") for _digit in range(count))

    def day(self) -> tuple[int, int, int]:
        return self.chance.randint(2019, 2026), self.chance.randint(1, 12), self.chance.randint(1, 28)

    def clock(self) -> str:
        return f"{self.chance.randint(7, 19):02}:{self.chance.randint(0, 59):02}:{self.chance.randint(0, 59):02}"

    def word(self) -> str:
        return "".join(letter for letter in self.last.lower() if letter.isascii() and letter.isalpha())


VALUES: dict[str, Callable[[Person], str]] = {
    "first": lambda p: p.first,
    "last": lambda p: p.last,
    "infix": lambda p: p.infix,
    "person": lambda p: f"{p.first} {p.infix} {p.last}".replace("  ", " "),
    "lastfirst": lambda p: f"{p.last}, {p.first}",
    "initials": lambda p: f"{p.first[0]}.{p.chance.choice('ABJM')}.",
    "email": lambda p: f"{p.first.lower()}.{p.word()}{p.place}@firm{p.digits(2)}.example",
    "company": lambda p: p.company,
    "phone": lambda p: p.chance.choice(
        [
            "020-555" + p.digits(4),
            "+31 20 555 " + p.digits(4),
            "(617) 555-" + p.digits(4),
            "0049 30 " + p.digits(6),
            "030 " + p.digits(7),
        ]
    ),
    "usphone": lambda p: f"({p.digits(3)}) 555-{p.digits(4)}",
    "mobile": lambda p: p.chance.choice(["06-", "06 ", "+31 6 "]) + p.digits(8),
    "url": lambda p: p.chance.choice(["https://www.", "http://", "www."]) + p.word() + ".example.com",
    "domain": lambda p: p.word() + p.chance.choice([".nl", ".com", ".de"]),
    "linkedin": lambda p: "https://www.linkedin.com/in/" + p.word() + p.digits(3),
    "street": lambda p: p.chance.choice(["Kerkstraat", "Hauptstraße", "Main Street", "Stationsweg", "Lindenlaan"]),
    "streetnr": lambda p: f"{p.value('street')} {p.chance.randint(1, 250)}",
    "nlstreet": lambda p: f"{p.chance.choice(['Kerkstraat', 'Dorpsweg', 'Lindenlaan'])} {p.chance.randint(1, 250)}",
    "frstreet": lambda p: f"{p.chance.randint(1, 90)} rue {p.chance.choice(['Victor Hugo', 'de la Gare'])}",
    "longaddress": lambda p: f"{p.value('streetnr')}, {p.value('depost')} {p.value('city')}",
    "housenr": lambda p: str(p.chance.randint(1, 250)) + p.chance.choice(["", "", "a", "-2"]),
    "nlpost": lambda p: (
        str(p.chance.randint(1000, 9999)) + p.chance.choice([" ", ""]) + p.chance.choice(["AB", "XK", "CD"])
    ),
    "depost": lambda p: str(p.chance.randint(10000, 99999)),
    "uspost": lambda p: str(p.chance.randint(10000, 99999)),
    "city": lambda p: p.chance.choice(CITIES),
    "country": lambda p: p.chance.choice(COUNTRIES),
    "countrycode": lambda p: p.chance.choice(["NL", "DE", "US", "BE"]),
    "state": lambda p: p.chance.choice(STATES),
    "language": lambda p: p.chance.choice(["nl", "en", "de"]),
    "job": lambda p: p.chance.choice(JOBS),
    "dept": lambda p: p.chance.choice(DEPARTMENTS),
    "industry": lambda p: p.chance.choice(INDUSTRIES),
    "employees": lambda p: str(p.chance.choice([3, 12, 85, 250, 1200, 40])),
    "range": lambda p: p.chance.choice(["1-10", "11-50", "51-200", "1000+"]),
    "revenue": lambda p: str(p.chance.randint(1, 900) * 10000),
    "money": lambda p: f"€ {p.chance.randint(10, 900)}.000",
    "yesno": lambda p: p.chance.choice(["yes", "no"]),
    "janee": lambda p: p.chance.choice(["ja", "nee"]),
    "janein": lambda p: p.chance.choice(["ja", "nein"]),
    "bool": lambda p: p.chance.choice(["TRUE", "FALSE"]),
    "bit": lambda p: p.chance.choice("01"),
    "text": lambda p: p.chance.choice(SENTENCES),
    "product": lambda p: p.chance.choice(PRODUCTS),
    "tags": lambda p: p.chance.choice(["vip, fair", "newsletter", "hot; demo", "customer, vip", ""]),
    "blank": lambda p: "",
    "float": lambda p: f"{p.chance.uniform(0, 500):.2f}",
    "ip": lambda p: ".".join(str(p.chance.randint(1, 250)) for _part in range(4)),
    "int": lambda p: str(100000 + p.place * 7 + p.chance.randint(0, 6)),
    "seq": lambda p: str(p.place + 1),
    "hex": lambda p: f"{p.chance.getrandbits(40):010x}",
    "sfid": lambda p: "00Q5e00000" + p.digits(5) + "EAM",
    "zid": lambda p: "zcrm_4876876" + p.digits(9),
    "xmlid": lambda p: f"__export__.res_partner_{p.place + 1}",
    "fbid": lambda p: "l:" + p.digits(15),
    "uuid": lambda p: "-".join(f"{p.chance.getrandbits(4 * size):0{size}x}" for size in (8, 4, 4, 4, 12)),
    "iban": lambda p: f"DE{p.digits(20)}",
    "kvk": lambda p: p.digits(8),
    "score": lambda p: str(p.chance.randint(0, 100)),
    "minutes": lambda p: str(p.chance.randint(1, 90)),
    "isodate": lambda p: "{}-{:02}-{:02}".format(*p.day()),
    "datetime": lambda p: f"{p.value('isodate')} {p.clock()}",
    "isodatetime": lambda p: f"{p.value('isodate')}T{p.clock()}Z",
    "dedate": lambda p: "{2:02}.{1:02}.{0}".format(*p.day()),
    "nldate": lambda p: "{2:02}-{1:02}-{0}".format(*p.day()),
    "nldatetime": lambda p: f"{p.value('nldate')} {p.clock()[:5]}",
    "usdate": lambda p: "{1}/{2}/{0}".format(*p.day()),
    "usdatetime": lambda p: f"{p.value('usdate')} {p.clock()[:5]}",
    "uslong": lambda p: f"Apr {p.chance.randint(1, 28)}, 2026 {p.chance.randint(1, 11)}:{p.chance.randint(10, 59)} AM",
    "linkedindate": lambda p: f"{p.chance.randint(1, 28):02} {p.chance.choice(['Jan', 'Mar', 'Oct'])} 2024",
}
