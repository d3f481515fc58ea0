"""What do the demo's lead files say? Visitors of fairs and webinars, as a marketer gets them."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from random import Random

from leadops.demo.cast import CUSTOMERS
from leadops.seeding.people import CITY, FIRST, INFIX, LAST, TITLE, TRADE

HEADER = (
    "Bedrijfsnaam", "Contactpersoon", "Mailadres", "Tel.", "Functie", "Plaats", "Fte", "Datum scan", "Interesse", "Opmerking"
)  # fmt: skip
INTERESTS = ("NIS2", "Werkplek", "Cloud", "Back-up", "Telefonie", "Glasvezel", "")
REMARKS = (
    "Contract loopt in het voorjaar af",
    "Wil een richtprijs voor drie locaties",
    "Vraagt om een referentie in de zorg",
    "Belt liever na vier uur",
    "Orienteert zich nog",
    "",
    "",
)
# Numbers of a range for machines whose beginning is not given out: nobody will ever be called.
NUMBER = "0970-0{:07d}"


def file_of(count: int, scanned: datetime, random: Random) -> bytes:
    """Make a CSV of `count` visitors as Excel in the Netherlands writes it: semicolons, code page 1252."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(_visitor(scanned, random) for _ in range(count))
    return text.getvalue().encode("cp1252", "replace")


def _visitor(scanned: datetime, random: Random) -> list[str]:
    first, infix, last = random.choice(FIRST), random.choice(INFIX), random.choice(LAST)
    is_customer = random.random() < 0.12
    firm = random.choice(CUSTOMERS) if is_customer else f"{random.choice(LAST)} {random.choice(TRADE)} B.V."
    host = "".join(letter for letter in firm.lower() if letter.isascii() and letter.isalnum())
    mail = f"{first}.{last}{random.randrange(1000)}@{host}.example".lower()
    when = scanned - timedelta(minutes=random.randrange(600))
    return [
        firm,
        f"{last}, {first} {infix}".strip(),
        mail if random.random() < 0.93 else mail.replace(".example", ",example"),
        NUMBER.format(random.randrange(10_000_000)) if random.random() < 0.8 else "",
        random.choice(TITLE).replace("-", " ", 1) if random.random() < 0.9 else "",
        random.choice(CITY),
        str(int(10 ** (random.random() * 2.2 + 0.7))),
        when.strftime("%d-%m-%Y %H:%M"),
        random.choice(INTERESTS),
        random.choice(REMARKS),
    ]
