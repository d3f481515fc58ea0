"""What does another system give away of its leads? Seeded files of history: owners, stages, outcomes, amounts and dates."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.lead_files import WORDS, person

WHO = ["First name", "Last name", "Email", "Phone", "Company", "Job title", "Country"]
TOLD = [
    "Created", "Status", "Owner", "Amount", "MQL date", "First contact", "Last contact", "Activity type", "Call result", "Call notes",
    "Close date", "Next step",
]  # fmt: skip
FIELDS = [
    "first_name", "last_name", "email", "phone", "organisation", "job_title", "country", "occurred_at", "lead_status", "owner",
    "amount", "mql_at", "first_follow_up_at", "last_follow_up_at", "last_follow_up_kind", "last_follow_up_result", "follow_up_notes",
    "closed_at", "next_step_at",
]  # fmt: skip
"""What the columns become, in their order."""
STATUSES = ("New",) * 15 + ("Nurture",) * 10 + ("Qualified",) * 5 + ("Working",) * 15 + ("Proposal",) * 8
STATUSES += ("Won",) * 17 + ("Lost",) * 18 + ("Junk",) * 12
CLOSED, WORKED = ("Won", "Lost", "Junk"), ("Working", "Proposal", "Won", "Lost")
PROMOTED = ("Qualified", *WORKED)
KINDS = ("Call", "Call", "Email", "Meeting", "")
RESULTS = ("Spoke", "No answer", "Voicemail", "Call back", "")
GONE = "Left Longago"
RETURNS, BAD = 0.08, 0.02
"""Such shares of the rows are of somebody who has one already, and of the closed ones were closed before they came in."""
BEGIN, NEXT = date(2023, 1, 1), timedelta(days=40)


def past(random: Random, status: str, owners: Sequence[str], today: date) -> list[str]:
    """What a row tells of its lead, from when it came in on: one thing after the other."""
    came = BEGIN + timedelta(days=random.randrange(900))
    opened, promoted, first, last, closed = (came := came + timedelta(days=random.randrange(20)) for _step in range(5))
    is_worked, is_closed = status in WORKED, status in CLOSED
    if is_closed and random.random() < BAD:
        closed = BEGIN - NEXT
    told = {
        "Created": opened,
        "Status": status,
        "Owner": random.choice(owners) if random.random() < 0.9 else GONE,
        "Amount": random.randrange(500, 90_000) if status in ("Proposal", "Won", "Lost") else "",
        "MQL date": promoted if status in PROMOTED else "",
        "First contact": first if is_worked else "",
        "Last contact": last if is_worked else "",
        "Activity type": random.choice(KINDS) if is_worked else "",
        "Call result": random.choice(RESULTS) if is_worked else "",
        "Call notes": " ".join(random.choices(WORDS, k=8)) if is_worked else "",
        "Close date": closed if is_closed else "",
        "Next step": today + NEXT if status == "Proposal" else "",
    }
    return [str(told[name]) for name in TOLD]


def rows(count: int, *, start: int, owners: Sequence[str], today: date, seed: int = 7) -> Iterator[list[str]]:
    """Yield rows of people numbered from `start` on; some of them come back, with a lead that is closed."""
    random, number = Random(seed), start
    for _ in range(count):
        is_back = number > start and random.random() < RETURNS
        who = person(random.randrange(start, number) if is_back else number, seed)[: len(WHO)]
        number += not is_back
        yield [*who, *past(random, random.choice(CLOSED if is_back else STATUSES), owners, today)]


def write(path: Path, count: int, *, start: int, owners: Sequence[str], today: date) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*WHO, *TOLD])
        writer.writerows(rows(count, start=start, owners=owners, today=today))
    return path
