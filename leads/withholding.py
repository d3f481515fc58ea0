"""Why may somebody not be mailed or called: did they say so themselves, or did one of us put them on the list?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leads import consent, emails
from leads.consent import DOMAIN, EMAIL, PHONE
from leads.models import Consent, Contact, Suppression
from leads.objections import FLAGS, KEYS, SALES


@dataclass(frozen=True, slots=True)
class Why:
    """Since when a channel is withheld, and, where one of us put the person on the list, who did and for which reason."""

    since: datetime
    by: str = ""
    reason: str = ""


Whys = Mapping[str, Why]


def why(contacts: Collection[Contact]) -> dict[int, dict[str, Why]]:
    """Of each of these people why a channel is withheld, where that is known: their own word, else the list.

    The same few statements for any number of people; none where nothing is withheld.
    """
    found: dict[int, dict[str, Why]] = {one.pk: {} for one in contacts}
    for channel in (EMAIL, PHONE):
        held = [one for one in contacts if getattr(one, FLAGS[channel])]
        if held:
            families = {one.family_id for one in held}
            known = _listed(channel, families) | _said(channel, families)
            for one in held:
                if one.family_id in known:
                    found[one.pk][channel.value] = known[one.family_id]
    return found


def _said(channel: str, families: Collection[int]) -> dict[int, Why]:
    """The families whose last word on a channel is that we may not use it."""
    words = Consent.objects.filter(channel=channel, contact__family_id__in=families).about(SALES).last_words()
    said = words.values_list("contact__family_id", "given_at", "withdrawn_at")
    return {family: Why(withdrawn_at) for family, given_at, withdrawn_at in said if given_at is None and withdrawn_at}


def _listed(channel: str, families: Collection[int]) -> dict[int, Why]:
    """The families of which an address, its domain or a number stands on the list; what one of us put there goes first."""
    people = Contact.objects.filter(family_id__in=families).values_list("family_id", *KEYS[Suppression.Kind(channel)])
    borne = [(family, digest) for family, *keys in people for digest in _digests(channel, keys)]
    standing = Suppression.objects.filter(digest__in={digest for _family, digest in borne}, lifted_at__isnull=True)
    rows = sorted(standing.select_related("by"), key=lambda one: one.by is not None)
    there = {one.digest: Why(one.created_at, str(one.by or ""), one.reason if one.by else "") for one in rows}
    found = [(family, there[digest]) for family, digest in borne if digest in there]
    return dict(sorted(found, key=lambda one: bool(one[1].by)))


def _digests(channel: str, keys: Sequence[str]) -> Iterator[str]:
    for key in filter(None, keys):
        yield consent.digest(channel, key)
        if channel == EMAIL:
            yield from (consent.digest(DOMAIN, host) for host in consent.hosts(emails.domain(key)))
