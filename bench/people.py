"""How fast is somebody found: by part of a name, an address or a company, and as a likely double of somebody who comes in?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from random import Random
from urllib.parse import urlencode

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from bench.measuring import is_served, say_latency, timed, wait_for_quiet  # noqa: E402 - Django first
from bench.sessions import Browser  # noqa: E402
from leadops import embedded  # noqa: E402
from leadops.accounts.models import User  # noqa: E402
from leads import duplicates  # noqa: E402
from leads.models import Contact  # noqa: E402

TEXTS = "SELECT family_id FROM leads_familytext WHERE text LIKE %s ORDER BY family_id DESC LIMIT 51"
# Two of the three who are asked of are misspelled: nobody has their address.
EVERY = 3


def drawn(most: int) -> list[Contact]:
    """People of the base, with a company, an address and a number; the same ones each time."""
    last = Contact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    keys = Random(last).sample(range(1, last + 1), min(20 * most, last))
    found = Contact.objects.filter(pk__in=keys, merged_into=None, organisation__isnull=False)
    return list(found.exclude(email="").exclude(phone_e164="").select_related("organisation").order_by("pk")[:most])


PARTS: dict[str, Callable[[Contact], str]] = {
    "the middle of a last name": lambda one: one.last_name[1:-1] or one.last_name,
    "a first and a last name": lambda one: f"{one.first_name} {one.last_name}",
    "the middle of an address": lambda one: one.email.partition("@")[0][1:],
    "a whole address": lambda one: one.email,
    "part of a company": lambda one: str(one.organisation)[1:9],
    "the end of a number": lambda one: one.phone_e164[-7:],
}


def searches(port: int, people: Sequence[Contact]) -> None:
    """The lead list, searched by part of what is known of each."""
    browser = Browser(port, User.objects.with_role("marketer").first())
    for name, part in PARTS.items():
        asked = [part(one) for one in people]
        bare = [took for text in asked for took in timed(lambda text=text: read(text), 1, quiet=False)]
        wait_for_quiet(3)
        browser.connection.close()
        browser.get("/leads/?q=nobody")
        took = [browser.get("/leads/?" + urlencode({"q": text})) for text in asked]
        say_latency(f"lead list, {name}", took, of=bare)


def read(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [f"%{text.lower()}%"])
        cursor.fetchall()


def doubles(port: int, people: Sequence[Contact]) -> None:
    """Who is known already: as a form is filled in, and as the candidates of one record, with all blocks compared."""
    browser = Browser(port, User.objects.with_role("marketer").first())
    keys = [[one.pk] for one in people]
    say_latency(
        "candidates of one record", [timed(lambda k=k: duplicates.candidates(k), 1, quiet=False)[0] for k in keys]
    )
    say_latency("  shown beside it", [browser.get(f"/contacts/{one.pk}/duplicates/") for one in people])
    said = [entry(one, is_misspelled=bool(n % EVERY)) for n, one in enumerate(people)]
    say_latency("  the warning, as it is written down", [warned(browser, fields) for fields in said])


def entry(one: Contact, *, is_misspelled: bool) -> dict[str, str]:
    """What somebody types of a person who is there already: company and number, with the address or another one."""
    email = f"x{one.email}" if is_misspelled else one.email
    return {"full_name": str(one), "organisation": str(one.organisation), "email": email, "phone": one.phone_e164}


def warned(browser: Browser, fields: dict[str, str]) -> float:
    browser.get("/leads/new/")
    took = browser.post("/leads/new/", fields, expect=(200,))
    if "confirmed" not in browser.text:
        raise RuntimeError("nobody was warned")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--people", type=int, default=60)
    given = parser.parse_args()
    if not is_served(given.port):
        sys.exit(f"nothing answers on port {given.port}: start 'manage.py up --port {given.port}' first")
    with embedded.hold("postgres"):
        people = drawn(given.people)
        searches(given.port, people)
        doubles(given.port, people)


if __name__ == "__main__":
    main()
