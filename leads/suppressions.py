"""What stands on the list of addresses, numbers and domains that may not be used, and what do people put on it by hand?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Func, QuerySet, TextField, Value

from leadops.accounts.models import User
from leads import consent, emails, phones
from leads.consent import DOMAIN, EMAIL, PHONE
from leads.models import Contact, Suppression
from leads.objections import FLAGS, KEYS, bearing, objecting, unmark
from leads.querysets import ContactQuerySet
from leads.touching import touch

LETTER = re.compile(r"[^\W\d_]")
BETWEEN = re.compile(r"[\n\r;,\t]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names, by its kind, in normal form; and what of it is nothing of these, or a domain of everybody."""

    keys: dict[str, list[str]] = field(default_factory=lambda: {EMAIL: [], PHONE: [], DOMAIN: []})
    wrong: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many it names."""
        return sum(map(len, self.keys.values()))


def read(text: str) -> Named:
    """The addresses, numbers and domains of a text, one a line or with commas between; those of one kind once."""
    named = Named()
    for piece in dict.fromkeys(filter(None, map(str.strip, BETWEEN.split(text)))):
        kind, key = _meant(piece)
        if not key:
            named.wrong.append(piece)
        elif key not in named.keys[kind]:
            named.keys[kind].append(key)
    return named


def _meant(piece: str) -> tuple[str, str]:
    if "@" in piece.lstrip("@*"):
        return EMAIL, emails.normal(piece).key or ""
    if LETTER.search(piece) and (host := emails.domain(emails.key_of("a@" + piece.lower().lstrip("@*.")) or "")):
        return DOMAIN, "" if emails.is_free(host) else host.removeprefix("www.")
    return PHONE, phones.normal(piece).e164 or phones.possible(piece)


@transaction.atomic
def add(named: Named, *, reason: str, by: User, at: datetime) -> int:
    """Let what is named not be used from now on, and mark whoever is known by it; return how many people that were."""
    marked = 0
    for kind, keys in named.keys.items():
        if keys:
            consent.suppress(kind, keys, at=at, reason=reason, by=by)
            marked += _mark(kind, keys, at)
    return marked


def _mark(kind: str, keys: Collection[str], at: datetime) -> int:
    known = of_domains(keys) if kind == DOMAIN else bearing(kind, keys)
    flag = FLAGS[EMAIL if kind == DOMAIN else Suppression.Kind(kind)]
    rows = dict(known.filter(**{flag: False}).values_list("pk", "family_id"))
    Contact.objects.filter(pk__in=list(rows)).update(**{flag: True})
    touch(set(rows.values()), at=at)
    return len(rows)


def of_domains(domains: Collection[str]) -> ContactQuerySet:
    """Whoever has an address in one of the domains, or below it. Reads all addresses: no index knows their ends."""
    with_host = Contact.objects.exclude(email_key="").annotate(
        host=Func(F("email_key"), Value("@"), Value(2), function="split_part", output_field=TextField())
    )
    there = with_host.order_by().values_list("host", flat=True).distinct().iterator(chunk_size=10_000)
    wanted = set(domains)
    found = with_host.filter(host__in=[host for host in there if not wanted.isdisjoint(consent.hosts(host))])
    return Contact.objects.filter(pk__in=found.values("pk"))


@transaction.atomic
def lift(listed: QuerySet[Suppression], *, reason: str, by: User, at: datetime) -> list[int]:
    """Take off the list what was put on it by hand; return what was. What a person of it objected to stays.

    What people asked for themselves is lifted by their own word alone (see objections), never here.
    """
    held = list(listed.filter(by__isnull=False, lifted_at__isnull=True).order_by("pk").select_for_update(of=("self",)))
    bearers = {one.pk: _bearers(one) for one in held}
    free = [one for one in held if one.channel == DOMAIN or not objecting(one.channel, _families(bearers[one.pk]))]
    Suppression.objects.filter(pk__in=[one.pk for one in free]).update(
        lifted_at=at, lifted_by=by, lifted_because=reason[:300]
    )
    for one in free:
        people = Contact.objects.filter(family_id__in=_families(bearers[one.pk]))
        unmark(EMAIL if one.channel == DOMAIN else one.channel, people, at=at)
    return [one.pk for one in free]


def _families(bearers: dict[int, int]) -> set[int]:
    return set(bearers.values())


def _bearers(one: Suppression) -> dict[int, int]:
    """{contact: family} of those marked people whom the digest is of; every marked one is tried, since it tells nobody."""
    channel = Suppression.Kind.EMAIL if one.channel == DOMAIN else Suppression.Kind(one.channel)
    marked = Contact.objects.filter(**{FLAGS[channel]: True}).values_list("pk", "family_id", *KEYS[channel])
    return {
        pk: family
        for pk, family, *keys in marked.iterator(chunk_size=5_000)
        if one.digest in {consent.digest(one.channel, name) for name in _names(one.channel, filter(None, keys))}
    }


def _names(kind: str, keys: Iterable[str]) -> set[str]:
    """What could stand on the list for these addresses or numbers."""
    return {host for key in keys for host in consent.hosts(emails.domain(key))} if kind == DOMAIN else set(keys)
