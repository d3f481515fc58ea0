"""What did a person tell us about being contacted, and may we contact them now?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leadops.accounts.models import User
from leads import consent, emails, phones
from leads.consent import EMAIL, PHONE
from leads.models import Consent, Contact, Suppression
from leads.querysets import ContactQuerySet
from leads.touching import touch

KEYS = {EMAIL: ("email_key",), PHONE: ("phone_e164", "mobile_e164")}
SALES = Consent.Purpose.SALES
FLAGS = {EMAIL: "is_mail_suppressed", PHONE: "is_phone_suppressed"}


class ObjectedSinceError(Exception):
    """They objected at or after the moment at which they are said to have agreed."""


def family(contact: Contact) -> ContactQuerySet:
    """All records of the person."""
    return Contact.objects.filter(family_id=contact.family_id)


def keys_of(people: ContactQuerySet, channel: str) -> set[str]:
    """The addresses or numbers of these people."""
    return {key for keys in people.values_list(*KEYS[Suppression.Kind(channel)]) for key in keys} - {""}


def objecting(channel: str, families: Collection[int]) -> set[int]:
    """Those families whose last word on a channel is that we may not use it; a yes to anything but sales is no such word."""
    said = Consent.objects.filter(channel=channel, contact__family_id__in=families).about(SALES).last_words()
    return {family for family, given_at in said.values_list("contact__family_id", "given_at") if given_at is None}


def _held(contact: Contact) -> ContactQuerySet:
    """The person's records, kept from change until the transaction ends."""
    people = family(contact)
    list(people.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return people


@transaction.atomic
def withdraw(
    contact: Contact, channels: Sequence[str], *, source: str, by: User | None, at: datetime, is_own: bool = False
) -> list[str]:
    """Let a person not be contacted through these channels from now on; return those where that is news.

    Their addresses and numbers, those known since too, are suppressed, whoever else bears them is marked, and their
    leads are judged again.
    """
    people = _held(contact)
    news = [channel for channel in channels if contact.family_id not in objecting(channel, [contact.family_id])]
    for channel in channels:
        told = contact if channel in news else None
        consent.withdraw(channel, keys_of(people, channel), contact=told, source=source, at=at, by=by, is_own=is_own)
        people.update(**{FLAGS[Suppression.Kind(channel)]: True})
    touch([contact.family_id], at=at)
    return news


@transaction.atomic
def agree(
    contact: Contact, channel: str, *, wording: str, source: str, given_at: datetime, by: User, at: datetime,
    purpose: str = SALES,
) -> bool:  # fmt: skip
    """Write down a yes that was given by word of mouth; return whether the channel may be used now.

    A yes to sales since an objection lifts it, and leaves what was put on the list by hand; a yes to something else lifts
    nothing. One from before raises ObjectedSinceError, and nothing is written.
    """
    people = _held(contact)
    said = Consent.objects.filter(contact__in=people, channel=channel, withdrawn_at__gte=given_at)
    if said.about(purpose).standing().exists():
        raise ObjectedSinceError
    consent.give([consent.Given(contact.pk, channel, wording, source, given_at, by, purpose)], at=at)
    if purpose != SALES:
        return not people.filter(**{FLAGS[Suppression.Kind(channel)]: True}).exists()
    asked = Suppression.objects.filter(by__isnull=True)
    return _release(people, channel, asked, because=source, by=by, at=at)


@transaction.atomic
def retract(contact: Contact, channel: str, *, reason: str, by: User, at: datetime) -> bool:
    """Take back objections that were written down by mistake, each by a row of its own; return whether the channel may be used now."""
    people = _held(contact)
    wrong = Consent.objects.filter(contact__in=people, channel=channel, basis=Consent.Basis.OBJECTION).standing()
    Consent.objects.bulk_create(_void(one, reason, by, at) for one in wrong.order_by("pk"))
    return _release(people, channel, Suppression.objects.all(), because=reason, by=by, at=at)


@transaction.atomic
def come_back(address: str, *, said_at: datetime, because: str, at: datetime) -> bool:
    """Lift what the bearer of an address asked for by a link of ours, who said yes to sales since by a mail to it; return
    whether it may be used now.

    What anybody else asked for stays, and so does all while somebody who bears the address objects.
    """
    people = bearing(EMAIL, [address])
    if not objecting(EMAIL, set(people.values_list("family_id", flat=True))):
        own = Suppression.objects.filter(channel=EMAIL, digest=consent.digest(EMAIL, address), is_own=True)
        asked = own.filter(lifted_at__isnull=True, created_at__lt=said_at)
        asked.update(lifted_at=at, lifted_because=because[:300])
        unmark(EMAIL, people, at=at)
    return not consent.suppressed(EMAIL, [address])


@transaction.atomic
def take_back(said: Consent, *, reason: str, by: User, at: datetime) -> bool:
    """Take back the one objection that somebody wrote down just now, and what was put on the list with it; return whether it was.

    What was on the list before stays, and so does what another of the person's objections, or anybody else's, keeps from use.
    """
    people = _held(said.contact)
    if said.by_id != by.pk or not Consent.objects.filter(pk=said.pk).standing().exists():
        return False
    Consent.objects.bulk_create([_void(said, reason, by, at)])
    listed = Suppression.objects.filter(created_at=said.recorded_at, reason=said.source, by__isnull=True)
    _release(people, said.channel, listed, because=reason, by=by, at=at)
    return True


def _void(one: Consent, reason: str, by: User, at: datetime) -> Consent:
    return Consent(
        contact_id=one.contact_id,
        purpose=one.purpose,
        channel=one.channel,
        basis=one.basis,
        wording=one.wording,
        source=reason[:300],
        given_at=one.given_at,
        withdrawn_at=one.withdrawn_at,
        recorded_at=at,
        by=by,
        voids=one,
    )


def _release(
    people: ContactQuerySet, channel: str, listed: QuerySet[Suppression], *, because: str, by: User, at: datetime
) -> bool:
    """Lift what of the list keeps these people's own addresses or numbers from use, but for those that others objected to."""
    own = keys_of(people, channel)
    sharing = bearing(channel, own)
    families = set(sharing.values_list("family_id", flat=True)) | set(people.values_list("family_id", flat=True))
    kept = keys_of(Contact.objects.filter(family_id__in=objecting(channel, families)), channel)
    digests = [consent.digest(channel, key) for key in own - kept]
    standing = listed.filter(channel=channel, digest__in=digests, lifted_at__isnull=True)
    standing.update(lifted_at=at, lifted_by=by, lifted_because=because[:300])
    unmark(channel, sharing | people, at=at)
    return not people.filter(**{FLAGS[Suppression.Kind(channel)]: True}).exists()


def bearing(channel: str, keys: Collection[str]) -> ContactQuerySet:
    """Whoever has one of the addresses or numbers."""
    found = Contact.objects.none()
    for name in KEYS[Suppression.Kind(channel)]:
        found = found | Contact.objects.filter(**{f"{name}__in": keys})
    return found


def keys_in(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The address and the numbers among what was told of somebody, with their channels, in normal form."""
    given = [(EMAIL.value, emails.key_of(str(told.get("email", ""))))]
    given += [(PHONE.value, phones.normal(str(told.get(name, ""))).e164) for name in ("phone", "mobile")]
    return [(channel, key) for channel, key in given if key]


def bearers(borne: Mapping[int, Collection[tuple[str, str]]]) -> dict[int, int]:
    """Whose each of these is: the family of the one person who bears the address or the number, if it is one."""
    found: dict[str, set[int]] = {}
    for channel, names in KEYS.items():
        keys = {key for kind, key in chain.from_iterable(borne.values()) if kind == channel}
        for family, *given in bearing(channel, keys).values_list("family_id", *names):
            for key in given:
                found.setdefault(key, set()).add(family)
    people = {n: set[int]().union(*(found.get(key, ()) for _kind, key in keys)) for n, keys in borne.items()}
    return {n: families.pop() for n, families in people.items() if len(families) == 1}


def unmark(channel: str, people: ContactQuerySet, *, at: datetime) -> int:
    """Let those of the people be contacted again whom neither the list nor their own word keeps from it; return how many."""
    flag, names = FLAGS[Suppression.Kind(channel)], KEYS[Suppression.Kind(channel)]
    marked = people.filter(**{flag: True}).order_by("pk").values_list("pk", "family_id", *names)
    rows = [(pk, family, set(keys) - {""}) for pk, family, *keys in marked]
    barred = consent.suppressed(channel, {key for _pk, _family, keys in rows for key in keys})
    objected = objecting(channel, {family for _pk, family, _keys in rows})
    free = {pk: family for pk, family, keys in rows if not keys & barred and family not in objected}
    Contact.objects.filter(pk__in=list(free)).update(**{flag: False})
    touch(set(free.values()), at=at)
    return len(free)
