"""People who are written down twice, and people who only look like one: labelled, from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from leads import names
from leads.models import Contact, Organisation
from tests.factories import TUESDAY

FIRST = [
    "Anna",
    "Bram",
    "Carlijn",
    "Daan",
    "Esther",
    "Farid",
    "Greet",
    "Hamza",
    "Ilse",
    "Joost",
    "Katinka",
    "Lars",
    "Marieke",
    "Niels",
    "Olga",
    "Pieter",
    "Quirine",
    "Rosa",
    "Sanne",
    "Tijmen",
    "Ursula",
    "Vera",
    "Willem",
    "Xander",
    "Yvonne",
    "Zeynep",
    "Marleen",
    "Dirk",
    "Floor",
    "Gijsbert",
    "Hendrik",
    "Jolanda",
    "Kees",
    "Linde",
    "Maarten",
    "Nathalie",
    "Oscar",
    "Petra",
    "Ruben",
    "Saskia",
    "Thomas",
    "Wouter",
    "Youssef",
    "Margriet",
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
    "Leeuwen",
    "Dekker",
    "Brouwer",
    "Dijkstra",
    "Koster",
    "Willems",
    "Veenstra",
    "Hoekstra",
    "Schouten",
    "Kramer",
    "Postma",
    "Kuipers",
    "Verhoeven",
    "Timmermans",
    "Groen",
    "Jacobs",
    "Vermeulen",
    "Sanders",
    "Huisman",
    "Kuiper",
    "Bouali",
    "Kaya",
    "Yilmaz",
    "Driessen",
    "Molenaar",
    "Wolters",
    "Scholten",
    "Zijlstra",
    "Boersma",
    "Terpstra",
    "Hofstra",
    "Wiersma",
    "Bosman",
    "Langerak",
]
CITIES = ["Delft", "Gouda", "Zwolle", "Assen", "Breda", "Leiden", "Hoorn", "Almere", "Tilburg", "Arnhem"]
INFIXES = ("", "", "", "de", "van den", "van der")


class Known(NamedTuple):
    """A person as written down: parts of the name, and the rest as columns of a contact."""

    first: str
    infix: str
    last: str
    firm: int
    columns: dict[str, str]

    def but(self, first: str = "", last: str = "", firm: int = 0, **columns: str) -> Known:
        return Known(first or self.first, self.infix, last or self.last, firm or self.firm, self.columns | columns)


def somebody(dice: random.Random, n: int) -> Known:
    first, last, firm = dice.choice(FIRST), dice.choice(LAST), dice.randrange(1, 400)
    mail = f"{first}.{last}@firm{firm}.example".lower()
    columns = {"email_key": mail, "phone_e164": f"+3120{firm:07d}", "city": dice.choice(CITIES)}
    if dice.random() < 0.7:
        columns["mobile_e164"] = f"+316{n:08d}"
    return Known(first, dice.choice(INFIXES), last, firm, columns)


def misspelt(dice: random.Random, word: str) -> str:
    """A letter lost, doubled, or changed places with the next; the first one stays."""
    n = dice.randrange(1, len(word) - 1)
    return dice.choice(
        (word[:n] + word[n + 1 :], word[:n] + word[n] + word[n:], word[:n] + word[n + 1] + word[n] + word[n + 2 :])
    )


def with_typing_error(dice: random.Random, one: Known) -> Known:
    return one.but(last=misspelt(dice, one.last))


def with_mail_typing_error(dice: random.Random, one: Known) -> Known:
    box, domain = one.columns["email_key"].split("@")
    return one.but(email_key=f"{misspelt(dice, box)}@{domain}")


def swapped(dice: random.Random, one: Known) -> Known:
    return Known(one.last, one.infix, one.first, one.firm, one.columns | {"mobile_e164": ""})


def with_initial(dice: random.Random, one: Known) -> Known:
    return one.but(first=f"{one.first[0]}.", phone_e164="")


def without_mail(dice: random.Random, one: Known) -> Known:
    return one.but(email_key="", mobile_e164="", city="")


def moved(dice: random.Random, one: Known) -> Known:
    mail = f"{one.first[0]}{one.last}@firm999.example".lower()
    return one.but(firm=999, email_key=mail, phone_e164="", mobile_e164=one.columns.get("mobile_e164") or "")


def at_info(dice: random.Random, one: Known) -> Known:
    return one.but(email_key=f"info@firm{one.firm}.example", mobile_e164="")


AGAIN: tuple[Callable[[random.Random, Known], Known], ...] = (
    with_typing_error, with_mail_typing_error, swapped, with_initial, without_mail, moved, at_info,
)  # fmt: skip


def twin(dice: random.Random, one: Known, n: int) -> Known:
    """Of the same family, at the same company, with the same number of the company."""
    first = dice.choice([name for name in FIRST if name != one.first])
    return one.but(
        first=first, email_key=f"{first}.{one.last}@firm{one.firm}.example".lower(), mobile_e164=f"+3165{n:07d}"
    )


def colleague(dice: random.Random, one: Known, n: int) -> Known:
    """Somebody else behind the same shared address."""
    other = somebody(dice, n)
    return Known(
        other.first, other.infix, other.last, one.firm, {**at_info(dice, one).columns, "mobile_e164": f"+3166{n:07d}"}
    )


def namesake(dice: random.Random, one: Known, n: int) -> Known:
    """Of the same name in the same city, elsewhere."""
    return one.but(
        firm=one.firm + 400,
        email_key=f"{one.last}{n}@firm{one.firm + 400}.example".lower(),
        phone_e164="",
        mobile_e164=f"+3167{n:07d}",
    )


OTHERS: tuple[Callable[[random.Random, Known, int], Known], ...] = (twin, colleague, namesake)


def labelled(seed: int, people: int) -> tuple[list[Contact], set[tuple[int, int]]]:
    """Contacts, kept in the base, and the pairs among them that are one person."""
    dice = random.Random(seed)
    rows: list[tuple[int, Known]] = []
    for n in range(people):
        one = somebody(dice, n)
        rows.append((n, one))
        if n % 2:
            rows.append((n, AGAIN[n // 2 % len(AGAIN)](dice, one)))
        else:
            rows.append((people + n, OTHERS[n // 2 % len(OTHERS)](dice, one, n)))
    kept = _kept([known for _who, known in rows])
    same: dict[int, list[int]] = {}
    for (who, _known), contact in zip(rows, kept, strict=True):
        same.setdefault(who, []).append(contact.pk)
    return kept, {(keys[0], keys[1]) for keys in same.values() if len(keys) > 1}


def _kept(people: list[Known]) -> list[Contact]:
    firms = {
        n: Organisation(name=f"Firm {n}", name_key=f"firm {n}", created_at=TUESDAY)
        for n in {one.firm for one in people}
    }
    Organisation.objects.bulk_create(firms.values())
    ids = Contact.objects.all().new_ids(len(people))
    rows = []
    for key, one in zip(ids, people, strict=True):
        named = f"{names.key(one.first, '', '')} {names.key('', one.infix, one.last)}"
        given = {"first_name": one.first, "infix": one.infix, "last_name": one.last, "name_key": named, **one.columns}
        rows.append(Contact(id=key, family_id=key, organisation=firms[one.firm], created_at=TUESDAY, **given))
    return Contact.objects.bulk_create(rows)
