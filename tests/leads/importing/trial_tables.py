"""Made-up tables of the kinds that people export, with the fields that each column may get.

A table is written in `tables/*.txt` as a line `== name | option=value ...` and a line for each column:
`header | accepted fields, "-" for none | what its values are`.
"""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

ROWS = 24
FIRST = "Jan Anna Piet Marieke Sanne Thomas Julia Lukas Emma Pierre Claire Ahmed Fatima Noah Lotte Erik Sofie Bram Eva Max".split()
LAST = "Jansen Bakker Visser Smit Meijer Mulder Schmidt Müller Weber Dupont Martin Moreau García Öztürk Peeters Hoekstra".split()
COMPANIES = (
    "Bouwgroep Noord B.V.,Van Dijk Logistiek,Meyer GmbH,Dupont SARL,Northwind Traders Ltd,Acme Inc.,Gemeente Zwolle,Helios Solar,"
    "Jansen & Zonen,Stichting Groen,Blue Harbor LLC,Peeters NV,Zonnig Advies,Fischer AG,Kraan Techniek BV,Studio Linde"
).split(",")
INFIXES = ["", "", "van", "de", "van der", "", "van den", "ten", "", "'t"]
CITIES = "Amsterdam Utrecht Zwolle Berlin Lyon Gent Boston Haarlem Köln Eindhoven Breda Arnhem".split()
COUNTRIES = ["Nederland", "Netherlands", "Germany", "Deutschland", "France", "Belgium", "United States"]
STATES = ["Noord-Holland", "Utrecht", "CA", "NY", "Bayern", "Gelderland"]
JOBS = ["Hoofd inkoop", "Marketing Manager", "CEO", "Directeur", "Software Engineer", "Geschäftsführer", "Projectleider", "Sales Director", "Owner", "Planner"]
DEPARTMENTS = ["Inkoop", "Marketing", "Sales", "IT", "Finance", "Operations"]
INDUSTRIES = ["Construction", "Logistics", "Healthcare", "Software", "Bouw", "Retail", "Manufacturing"]
SENTENCES = [
    "Wants a quotation before the summer.", "Belt terug na de vakantie; heeft interesse in planning.", "Met at the booth, very keen on the demo",
    "Bitte Unterlagen zusenden.", "Asked about pricing for fifty users, and about support.", "Komt langs op de beurs in maart.",
]
PRODUCTS = ["Planning software", "Warmtepomp", "Solar panels", "ERP", "Heftruck", "CRM Suite"]


@dataclass(frozen=True)
class Column:
    header: str
    accept: tuple[str | None, ...]
    values: str


@dataclass(frozen=True)
class TrialTable:
    name: str
    options: dict[str, str]
    columns: tuple[Column, ...]


def load(path: Path) -> list[TrialTable]:
    """Read the tables of a file."""
    blocks = path.read_text(encoding="utf-8").split("== ")[1:]
    return [parse(block) for block in blocks]


def parse(block: str) -> TrialTable:
    title, *lines = [line for line in block.splitlines() if line.strip()]
    name, _bar, options = title.partition(" | ")
    return TrialTable(name.strip(), dict(option.split("=") for option in options.split()), tuple(map(column, lines)))


def column(line: str) -> Column:
    header, accept, values = line.rsplit("|", 2)
    fields = tuple(None if field == "-" else field for field in accept.strip().split("/"))
    return Column(header.strip(), fields, values.strip())


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
        return getattr(self, f"a_{kind}")()

    def digits(self, count: int) -> str:
        return "".join(self.chance.choice("0123456789") for _digit in range(count))

    def day(self) -> tuple[int, int, int]:
        return self.chance.randint(2019, 2026), self.chance.randint(1, 12), self.chance.randint(1, 28)

    def clock(self) -> str:
        return f"{self.chance.randint(7, 19):02}:{self.chance.randint(0, 59):02}:{self.chance.randint(0, 59):02}"

    def word(self) -> str:
        return "".join(letter for letter in self.last.lower() if letter.isascii() and letter.isalpha())

    def a_first(self): return self.first
    def a_last(self): return self.last
    def a_infix(self): return self.infix
    def a_person(self): return f"{self.first} {self.infix} {self.last}".replace("  ", " ")
    def a_lastfirst(self): return f"{self.last}, {self.first}"
    def a_initials(self): return f"{self.first[0]}.{self.chance.choice('ABJM')}."
    def a_email(self): return f"{self.first.lower()}.{self.word()}{self.place}@firm{self.digits(2)}.example"
    def a_company(self): return self.company
    def a_phone(self): return self.chance.choice(["020-555" + self.digits(4), "+31 20 555 " + self.digits(4), "(617) 555-" + self.digits(4), "0049 30 " + self.digits(6), "030 " + self.digits(7)])
    def a_usphone(self): return f"({self.digits(3)}) 555-{self.digits(4)}"
    def a_mobile(self): return self.chance.choice(["06-", "06 ", "+31 6 "]) + self.digits(8)
    def a_url(self): return self.chance.choice(["https://www.", "http://", "www."]) + self.word() + ".example.com"
    def a_domain(self): return self.word() + self.chance.choice([".nl", ".com", ".de"])
    def a_linkedin(self): return "https://www.linkedin.com/in/" + self.word() + self.digits(3)
    def a_street(self): return self.chance.choice(["Kerkstraat", "Hauptstraße", "Main Street", "Stationsweg", "Lindenlaan"])
    def a_streetnr(self): return f"{self.a_street()} {self.chance.randint(1, 250)}"
    def a_nlstreet(self): return f"{self.chance.choice(['Kerkstraat', 'Dorpsweg', 'Lindenlaan'])} {self.chance.randint(1, 250)}"
    def a_frstreet(self): return f"{self.chance.randint(1, 90)} rue {self.chance.choice(['Victor Hugo', 'de la Gare'])}"
    def a_longaddress(self): return f"{self.a_streetnr()}, {self.a_depost()} {self.a_city()}"
    def a_housenr(self): return str(self.chance.randint(1, 250)) + self.chance.choice(["", "", "a", "-2"])
    def a_nlpost(self): return str(self.chance.randint(1000, 9999)) + self.chance.choice([" ", ""]) + self.chance.choice(["AB", "XK", "CD"])
    def a_depost(self): return str(self.chance.randint(10000, 99999))
    def a_uspost(self): return str(self.chance.randint(10000, 99999))
    def a_city(self): return self.chance.choice(CITIES)
    def a_country(self): return self.chance.choice(COUNTRIES)
    def a_countrycode(self): return self.chance.choice(["NL", "DE", "US", "BE"])
    def a_state(self): return self.chance.choice(STATES)
    def a_language(self): return self.chance.choice(["nl", "en", "de"])
    def a_job(self): return self.chance.choice(JOBS)
    def a_dept(self): return self.chance.choice(DEPARTMENTS)
    def a_industry(self): return self.chance.choice(INDUSTRIES)
    def a_employees(self): return str(self.chance.choice([3, 12, 85, 250, 1200, 40]))
    def a_range(self): return self.chance.choice(["1-10", "11-50", "51-200", "1000+"])
    def a_revenue(self): return str(self.chance.randint(1, 900) * 10000)
    def a_money(self): return f"€ {self.chance.randint(10, 900)}.000"
    def a_yesno(self): return self.chance.choice(["yes", "no"])
    def a_janee(self): return self.chance.choice(["ja", "nee"])
    def a_janein(self): return self.chance.choice(["ja", "nein"])
    def a_bool(self): return self.chance.choice(["TRUE", "FALSE"])
    def a_bit(self): return self.chance.choice("01")
    def a_text(self): return self.chance.choice(SENTENCES)
    def a_product(self): return self.chance.choice(PRODUCTS)
    def a_tags(self): return self.chance.choice(["vip, fair", "newsletter", "hot; demo", "customer, vip", ""])
    def a_blank(self): return ""
    def a_float(self): return f"{self.chance.uniform(0, 500):.2f}"
    def a_ip(self): return ".".join(str(self.chance.randint(1, 250)) for _part in range(4))
    def a_int(self): return str(100000 + self.place * 7 + self.chance.randint(0, 6))
    def a_seq(self): return str(self.place + 1)
    def a_hex(self): return f"{self.chance.getrandbits(40):010x}"
    def a_sfid(self): return "00Q5e00000" + self.digits(5) + "EAM"
    def a_zid(self): return "zcrm_4876876" + self.digits(9)
    def a_xmlid(self): return f"__export__.res_partner_{self.place + 1}"
    def a_fbid(self): return "l:" + self.digits(15)
    def a_uuid(self): return "-".join(f"{self.chance.getrandbits(4 * size):0{size}x}" for size in (8, 4, 4, 4, 12))
    def a_iban(self): return f"DE{self.digits(20)}"
    def a_kvk(self): return self.digits(8)
    def a_score(self): return str(self.chance.randint(0, 100))
    def a_minutes(self): return str(self.chance.randint(1, 90))
    def a_isodate(self): return "{}-{:02}-{:02}".format(*self.day())
    def a_datetime(self): return f"{self.a_isodate()} {self.clock()}"
    def a_isodatetime(self): return f"{self.a_isodate()}T{self.clock()}Z"
    def a_dedate(self): return "{2:02}.{1:02}.{0}".format(*self.day())
    def a_nldate(self): return "{2:02}-{1:02}-{0}".format(*self.day())
    def a_nldatetime(self): return f"{self.a_nldate()} {self.clock()[:5]}"
    def a_usdate(self): return "{1}/{2}/{0}".format(*self.day())
    def a_usdatetime(self): return f"{self.a_usdate()} {self.clock()[:5]}"
    def a_uslong(self): return f"Apr {self.chance.randint(1, 28)}, 2026 {self.chance.randint(1, 11)}:{self.chance.randint(10, 59)} AM"
    def a_linkedindate(self): return f"{self.chance.randint(1, 28):02} {self.chance.choice(['Jan', 'Mar', 'Oct'])} 2024"


def rows(table: TrialTable) -> list[list[str]]:
    """Made-up records, the same at every run."""
    chance = random.Random(table.name)
    people = [Person(chance, place) for place in range(int(table.options.get("rows", ROWS)))]
    return [[person.value(column.values) for column in table.columns] for person in people]


PREAMBLES = {
    "zoom": [
        ["Attendee Report"], ["Report Generated:", "Apr 6, 2026 10:11 AM"],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered", "# Cancelled", "Unique Viewers", "Total Users", "Max Concurrent Views"],
        ["Plan better", "123 456 789", "Apr 6, 2026 09:00 AM", "64", "20", "0", "15", "20", "12"], ["Attendee Details"],
    ],
    "notes": [["Notes:"], ["When exporting your data, you may notice that some of the addresses are missing. They are left out by choice."], []],
    "title": [["Lead export"], []],
    "report": [["Bezoekers stand 4B12"], ["Beurs", "Bouw & Techniek 2026"], ["Gedraaid op", "14-03-2026"], []],
}


FOOTERS = {
    "sf": [[], ["Lead report"], ["Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."], ["Confidential Information - Do Not Distribute"], ["Generated By:  Sanne de Wit 3/14/2026"], ["Bouwgroep"]],
}


def header_line(table: TrialTable) -> int | None:
    """The line of the header, from 1."""
    if table.options.get("header") == "none":
        return None
    return 1 + len(PREAMBLES.get(table.options.get("pre", ""), []))


def write(table: TrialTable, folder: Path) -> Path:
    """Write a table as its options say, and return where."""
    lines = list(PREAMBLES.get(table.options.get("pre", ""), []))
    if table.options.get("header") != "none":
        lines.append([column.header for column in table.columns])
    lines += rows(table) + FOOTERS.get(table.options.get("foot", ""), [])
    name = "".join(letter if letter.isalnum() else "_" for letter in table.name)
    return write_workbook(lines, folder / f"{name}.xlsx") if table.options.get("format") == "xlsx" else write_text(table, lines, folder / f"{name}.csv")


def write_text(table: TrialTable, lines: list[list[str]], path: Path) -> Path:
    delimiter = {"tab": "\t", "pipe": "|"}.get(table.options.get("delim", ","), table.options.get("delim", ","))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    encoding = table.options.get("enc", "utf-8-sig" if "bom" in table.options else "utf-8")
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    return path


def write_workbook(lines: list[list[str]], path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Leads")
        for number, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                sheet.write(number, place, float(cell) if cell.isdigit() and len(cell) < 12 else cell)
    return path
