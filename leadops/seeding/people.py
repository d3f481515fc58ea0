"""Who could the synthetic people be? Names, companies and addresses that cannot exist (.example, unassigned numbers)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leads import names

FIRST = [
    "Anna",
    "Bas",
    "Carla",
    "Daan",
    "Emma",
    "Farid",
    "Greet",
    "Hamza",
    "Ingrid",
    "Joost",
    "Karin",
    "Lotte",
    "Marieke",
    "Niels",
    "Olga",
    "Peter",
    "Quinten",
    "Rosa",
    "Sanne",
    "Tijmen",
    "Ursula",
    "Vera",
    "Wouter",
    "Xander",
    "Youssef",
    "Zoë",
    "Aylin",
    "Bram",
    "Cees",
    "Dewi",
    "Esra",
    "Femke",
]
LAST = [
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
    "Brouwer",
    "Dijkstra",
    "Smeets",
    "Kok",
    "Jacobs",
    "Vermeulen",
    "Schouten",
    "Willems",
    "Hoekstra",
    "Koster",
    "Prins",
    "Huisman",
    "Postma",
    "Kuipers",
    "Veenstra",
    "Kramer",
    "Bosman",
    "Yilmaz",
    "Kaya",
    "Bouali",
]
INFIX = ("", "", "", "", "", "van", "de", "van der", "van den", "ter")
TRADE = [
    "Logistiek",
    "Staalbouw",
    "Accountants",
    "Energie",
    "Drukwerk",
    "Bouwgroep",
    "Advies",
    "Zorggroep",
    "Techniek",
    "Transport",
    "Tuincentra",
    "Notariaat",
    "Software",
    "Groothandel",
    "Installatie",
    "Opleidingen",
]
FORM = ("B.V.", "B.V.", "N.V.", "U.A.", "Groep")
CITY = [
    "Tilburg",
    "Utrecht",
    "Zwolle",
    "Groningen",
    "Arnhem",
    "Breda",
    "Haarlem",
    "Almere",
    "Leiden",
    "Assen",
    "Venlo",
    "Delft",
    "Gouda",
    "Hoorn",
]
TITLE = [
    "IT-manager",
    "Directeur",
    "Inkoper",
    "Controller",
    "Systeembeheerder",
    "Projectleider",
    "Operationeel-directeur",
    "Hoofd-ICT",
    "Office-manager",
    "Consultant",
    "Student",
    "Stagiair",
]
# A title of two words: who, and of what; as many as a base of some size has.
WHO = (
    "Manager", "Hoofd", "Teamleider", "Medewerker", "Adviseur", "Specialist", "Coördinator", "Directeur", "Senior Manager",
    "Head of", "Projectleider", "Beheerder", "Consultant", "Business Developer", "Analist", "Assistent", "Stagiair", "VP",
)  # fmt: skip
WHAT = (
    "ICT", "Inkoop", "Verkoop", "Marketing", "HR", "Finance", "Operations", "Logistiek", "Kwaliteit", "Facilitair", "Onderhoud",
    "Productie", "Innovatie", "Communicatie", "Juridische zaken", "Planning", "Data", "Security", "Infrastructuur", "Applicaties",
    "Zorg", "Onderwijs", "Vastgoed", "Duurzaamheid", "Klantenservice", "E-commerce", "Engineering", "Research", "Control", "Treasury",
)  # fmt: skip
WHERE = ("", "", "", "", " Nederland", " Benelux", " a.i.", " Noord", " Zuid", " & Advies", " (parttime)", " EMEA")
INDUSTRY = ("Transport", "Zorg", "Bouw", "Onderwijs", "Handel", "Overheid", "Industrie", "Zakelijke diensten")


@dataclass(frozen=True, slots=True)
class Company:
    id: int
    name: str
    domain: str
    industry: str
    employees: int
    is_customer: bool


def company(n: int, key: int, random: Random) -> Company:
    name = f"{random.choice(LAST)} {random.choice(TRADE)} {n} {random.choice(FORM)}"
    size = int(10 ** (random.random() * 2.6 + 0.6))
    return Company(key, name, f"bedrijf{n}.example", random.choice(INDUSTRY), size, random.random() < 0.12)


def title(random: Random) -> str:
    """A job title: half of the time a common one, else one of some thousands; one in ten has none."""
    draw = random.random()
    if draw < 0.1:
        return ""
    if draw < 0.5:
        return random.choice(TITLE)
    return f"{random.choice(WHO)} {random.choice(WHAT)}{random.choice(WHERE)}"


def contact(key: int, at: Company, random: Random) -> tuple[object, ...]:
    """What is written of a contact, in the order of the first columns of `rows.CONTACT`."""
    first, infix, last = random.choice(FIRST), random.choice(INFIX), random.choice(LAST)
    email = f"{first}.{last}.{key}@{at.domain}".lower()
    phone = f"+3197{key % 10_000_000_000:010d}"[:15] if random.random() < 0.8 else ""
    name_key = names.key(first, infix, last)
    return first, infix, last, name_key, email, email, phone, phone, title(random), at.id, random.choice(CITY)
