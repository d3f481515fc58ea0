"""Which files are imported? Seeded lead files with known, double and bad rows in the shares asked for."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

HEADER = [
    "first_name",
    "last_name",
    "email",
    "phone",
    "company",
    "job_title",
    "country",
    "source",
    "created_at",
    "notes",
]
FIRST = [
    "Anna",
    "Bas",
    "Clara",
    "Daan",
    "Emma",
    "Frank",
    "Greet",
    "Hugo",
    "Iris",
    "Jan",
    "Karin",
    "Luuk",
    "Mila",
    "Noor",
    "Otto",
    "Petra",
    "Ruud",
    "Sanne",
    "Tom",
    "Uma",
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
    "Dekker",
    "Brouwer",
    "Kok",
    "Jacobs",
    "Willems",
    "Koster",
    "Prins",
    "Postma",
]
TRADE = ["Logistiek", "Staal", "Zorg", "Energie", "Drukwerk", "Bouw", "Advies", "Techniek"]
TITLES = ["IT-manager", "Directeur", "Inkoper", "Controller", "Engineer", "Student", "CEO", "Hoofd ICT"]
SOURCES = ["event", "web", "telemarketing", "referral", "partner"]
WORDS = [
    "asked",
    "for",
    "a",
    "quote",
    "wants",
    "a",
    "demo",
    "next",
    "quarter",
    "budget",
    "open",
    "call",
    "back",
    "after",
    "the",
    "fair",
    "pricing",
    "integration",
]
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def person(number: int, seed: int = 7) -> list[str]:
    """Make the row of person `number`: the same in every file."""
    random = Random(number * 2_654_435_761 + seed)
    first, last, n = random.choice(FIRST), random.choice(LAST), number % 20_000
    home = f"{random.choice(TRADE)} {n} B.V."
    when = BEGIN + timedelta(seconds=random.randrange(25_000_000))
    return [
        first,
        last,
        f"{first}.{last}.{number}@firma{n}.example".lower(),
        f"+31 20 {random.randrange(1_000_000, 9_999_999)}",
        home,
        random.choice(TITLES),
        random.choice(["NL", "BE", "DE", "FR"]),
        random.choice(SOURCES),
        when.isoformat(),
        " ".join(random.choices(WORDS, k=random.randrange(14))),
    ]


def rows(
    count: int,
    *,
    start: int,
    known: float,
    double: float,
    bad: float,
    seed: int = 7,
    people: Sequence[list[str]] = (),
) -> Iterator[list[str]]:
    """Yield rows: `known` repeats `people`, or those numbered below `start`, `double` this file's; `bad` has no address."""
    random, number, seen = Random(seed), start, []
    for _ in range(count):
        draw = random.random()
        if draw < known and people:
            yield random.choice(people)
        elif draw < known and start:
            yield person(random.randrange(start), seed)
        elif draw < known + double and seen:
            again = person(random.choice(seen), seed)
            yield [again[0], again[1], again[2].upper(), *again[3:]]
        else:
            row = person(number, seed)
            if draw < known + double + bad:
                row[2] = row[2].replace("@", " at ")
            else:
                seen.append(number)
            number += 1
            yield row


def write(
    path: Path,
    count: int,
    *,
    start: int = 0,
    known: float = 0.0,
    double: float = 0.0,
    bad: float = 0.0,
    people: Sequence[list[str]] = (),
) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count, start=start, known=known, double=double, bad=bad, people=people))
    return path


def as_workbook(plain: Path) -> Path:
    """The same rows in a workbook beside the file."""
    path = plain.with_suffix(".xlsx")
    with Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book, plain.open(newline="") as file:
        sheet = book.add_worksheet("Leads")
        for n, row in enumerate(csv.reader(file)):
            sheet.write_row(n, 0, row)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--start", type=int, default=0)
    for share in ("known", "double", "bad"):
        parser.add_argument(f"--{share}", type=float, default=0.0)
    given = parser.parse_args()
    write(given.path, given.rows, start=given.start, known=given.known, double=given.double, bad=given.bad)
