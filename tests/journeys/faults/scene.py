"""Who works at the installation that is hurt, and which file comes in?"""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils import timezone

from handoff import roster
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads.importing import running
from leads.models import Campaign, ImportBatch, Lead, LeadTouch
from leads.stages import Channel
from qualification.default import LINES
from tests.factories import make_team, make_user
from tests.qualification.factories import make_definition

HEADER = ("Number", "Name", "Email", "Phone", "Company", "Job title", "Country", "Date", "No mail")
MAPPING = [
    "external_id", "full_name", "email", "phone", "organisation", "job_title", "country", "occurred_at", "opt_out_email",
]  # fmt: skip
FIRST = ("Anna", "Bas", "Clara", "Daan", "Emma", "Frank", "Greet", "Hugo")
LAST = ("Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos", "Peters", "Dekker", "Brouwer")
TITLES = ("Directeur", "IT-manager", "Student", "Inkoper", "")
WITHOUT_LIMIT = {"open_cap": 30_000, "weekly_cap": 30_000}


@override_settings(PASSWORD_HASHERS=[f"{MD5PasswordHasher.__module__}.{MD5PasswordHasher.__name__}"])
def lay_scene(at: datetime) -> list[User]:
    """A company with six reps without caps, a marketer, a manager and a signed definition; return the reps.

    Nobody logs in before a password was set anew: these are made the quick way.
    """
    lay()
    make_user(Role.MARKETER, name="Marja")
    roles = [Role.HUNTER] * 4 + [Role.FARMER] * 2
    reps = [make_user(role, name=f"Rep {n}") for n, role in enumerate(roles)]
    make_team(make_user(Role.SALES_MANAGER, name="Mona"), *reps)
    roster.settle(reps, by=None, at=at, **WITHOUT_LIMIT)
    make_definition(*LINES, at=at)
    return reps


def person(n: int) -> list[str]:
    """Person number `n`, the same in every file."""
    random = Random(n)
    first, last = random.choice(FIRST), random.choice(LAST)
    mail = f"{first}.{last}.{n}@firma{n % 400}.example".lower()
    day = timezone.now().date() - timedelta(days=2 + n % 9)
    title, stop = random.choice(TITLES), "yes" if n % 200 == 7 else ""
    return [
        f"A{n}",
        f"{first} {last}",
        mail,
        f"+31 20 {5_000_000 + n}",
        f"Firma {n % 400} BV",
        title,
        "NL",
        f"{day}",
        stop,
    ]


def rows(count: int, start: int = 0) -> list[list[str]]:
    """Rows of people numbered from `start`, with 2% bad addresses, and 5% who stand elsewhere in the file already."""
    random, made = Random(count), [person(start + n) for n in range(count)]
    for n in range(20, count, 20):
        again = person(start + random.randrange(n))
        made[n] = [again[0] if n % 40 else "", again[1], again[2].upper(), "", "", "CEO", "BE", again[7], ""]
    for n in range(13, count, 50):
        made[n][2] = "nobody at home"
    return made


def file_of(given: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(given)
    return text.getvalue().encode()


def bring_in(given: list[list[str]], campaign: str = "Fair", *, is_asked: bool = True) -> ImportBatch:
    """A file that came in and, unless said otherwise, whose run was asked for."""
    at = timezone.now()
    effort, _ = Campaign.objects.get_or_create(name=campaign, defaults={"channel": Channel.EVENT, "created_at": at})
    batch = running.create(ContentFile(file_of(given)), f"{campaign}.csv", by=None, at=at, campaign=effort)
    running.choose(batch, list(MAPPING), at=at)
    assert not is_asked or running.request(batch)
    return batch


def is_at_rest(batch: ImportBatch) -> bool:
    """The file is done, every lead is scored, and no pool has any left to deal."""
    batch.refresh_from_db(fields=["state", "problem"])
    assert batch.state != ImportBatch.State.FAILED, batch.problem
    is_waiting = LeadTouch.objects.exists() or Lead.objects.waiting_in_pools().exists()
    return batch.state == ImportBatch.State.DONE and not is_waiting
