"""Through which channels may a person be contacted, and what did they say about it?

A suppressed address or number is kept as a keyed digest only, so that it outlives the person's erasure.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from leadops.accounts.models import User
from leads import emails
from leads.models import Arrival, Consent, Contact, Suppression
from leads.touching import touch

EMAIL, PHONE, DOMAIN = Suppression.Kind

ABOUT = "(w.basis = 'objection' OR w.purpose = {purpose} AND w.basis IN ('consent', 'customer'))"
"""Which statements `w` count for a purpose; as ConsentQuerySet.about says it."""


def digest(channel: str, key: str) -> str:
    """The keyed digest of an address or number in normal form."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{channel}:{key}".encode(), "sha256").hex()


def opted_out(batch: int) -> tuple[set[str], set[str]]:
    """The addresses and the numbers that rows of a batch on the stage opt out of. Rides arrival_opting_out."""
    opting = Arrival.objects.filter(batch_id=batch, problem="")
    emails = opting.filter(opt_out_email=True).values_list("email_key", flat=True)
    numbers = opting.filter(opt_out_phone=True).values_list("phone_e164", "mobile_e164")
    return set(emails) - {""}, {number for pair in numbers for number in pair} - {""}


def suppressed(
    channel: str, keys: Collection[str], *, before: datetime | None = None, but_own: bool = False
) -> set[str]:
    """Those of the addresses or numbers that may not be used, or might not `before` some moment.

    `but_own` leaves out what the very person alone asked for, by a link of ours.
    """
    standing = Suppression.objects.filter(lifted_at__isnull=True)
    if but_own:
        standing = standing.filter(is_own=False)
    if before:
        standing = standing.filter(created_at__lt=before)
    found = _listed(standing, channel, {key: [key] for key in keys})
    if channel == EMAIL and keys and standing.filter(channel=DOMAIN).exists():
        found |= _listed(standing, DOMAIN, {key: hosts(emails.domain(key)) for key in keys})
    return found


def _listed(standing: QuerySet[Suppression], kind: str, names: Mapping[str, Sequence[str]]) -> set[str]:
    """Those of which one of the names stands on the list."""
    standing = standing.filter(channel=kind)
    if not names or not standing.exists():
        return set()
    digests = {name: digest(kind, name) for name in {name for given in names.values() for name in given}}
    there = set(standing.filter(digest__in=list(digests.values())).values_list("digest", flat=True))
    return {key for key, given in names.items() if any(digests[name] in there for name in given)}


def hosts(domain: str) -> list[str]:
    """A domain and those above it but the last: a.b.nl is of b.nl too."""
    parts = domain.split(".")
    return [".".join(parts[n:]) for n in range(len(parts) - 1)]


def suppress(
    channel: str, keys: Iterable[str], *, at: datetime, reason: str, by: User | None = None, is_own: bool = False
) -> None:
    """Let addresses, numbers or domains not be used from now on; what is suppressed already stays as it is.

    What a person asked for by a link is theirs alone no more once anybody else asks for it too.
    """
    told: dict[str, Any] = {"reason": reason[:300], "created_at": at, "by": by, "is_own": is_own}
    rows = [Suppression(channel=channel, digest=digest(channel, key), **told) for key in dict.fromkeys(keys)]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)
    if rows and not is_own:
        asked = Suppression.objects.filter(channel=channel, digest__in=[row.digest for row in rows])
        asked.filter(lifted_at__isnull=True, is_own=True).update(is_own=False)


class Terms(NamedTuple):
    """What a file says yes to, on which legal basis, and in which words, or for what reason; asked of the whole file."""

    purpose: str = Consent.Purpose.SALES.value
    basis: str = Consent.Basis.CONSENT.value
    wording: str = ""


AS_USUAL = Terms()


class Given(NamedTuple):
    """One yes: of whom, for which channel, to which words, where, when and for what."""

    contact: int
    channel: str
    wording: str
    source: str
    given_at: datetime
    by: User | None = None
    purpose: str = Consent.Purpose.SALES.value


def give(given: Iterable[Given], *, at: datetime) -> int:
    """Write down what was consented to, word by word; return how many statements that were."""
    rows = [
        Consent(
            contact_id=one.contact,
            purpose=one.purpose,
            channel=one.channel,
            wording=one.wording,
            source=one.source[:300],
            given_at=one.given_at,
            recorded_at=at,
            by=one.by,
        )
        for one in given
    ]
    return len(Consent.objects.bulk_create(rows))


@transaction.atomic
def withdraw(
    channel: str, keys: Collection[str], *, contact: Contact | None, source: str, at: datetime, by: User | None = None,
    is_own: bool = False,
) -> None:  # fmt: skip
    """Let the addresses or numbers not be used from now on, and write down that the person, where known, said so.

    Whoever is known by them is marked at once, so that open handoffs withhold them, and their leads are judged again.
    """
    suppress(channel, keys, at=at, reason=source, is_own=is_own)
    bears = Q(email_key__in=keys) if channel == EMAIL else Q(phone_e164__in=keys) | Q(mobile_e164__in=keys)
    known = Contact.objects.filter(bears).order_by("pk") if keys else Contact.objects.none()
    marked = list(known.values_list("pk", "family_id"))
    flag = "is_mail_suppressed" if channel == EMAIL else "is_phone_suppressed"
    Contact.objects.filter(pk__in=[pk for pk, _family in marked]).update(**{flag: True})
    if contact:
        Consent.objects.create(
            contact=contact,
            channel=channel,
            basis=Consent.Basis.OBJECTION,
            source=source[:300],
            withdrawn_at=at,
            recorded_at=at,
            by=by,
        )
    touch({family for _pk, family in marked}, at=at)


# Rides contact_family and the index of a contact's consents.
_RECORD = """
    WITH said AS (
        SELECT j.n, j.contact_id, c.family_id, s.channel, s.is_given, coalesce(a.occurred_at, %(at)s) AS said_at,
            lag(s.is_given) OVER (PARTITION BY c.family_id, s.channel ORDER BY j.n) AS was_given
        FROM judged j JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = j.n JOIN leads_contact c ON c.id = j.contact_id
        CROSS JOIN LATERAL (VALUES
            ('email', a.consent_email AND NOT a.opt_out_email AND NOT c.is_mail_suppressed, a.opt_out_email),
            ('phone', a.consent_phone AND NOT a.opt_out_phone AND NOT c.is_phone_suppressed, a.opt_out_phone)
        ) AS s (channel, is_given, is_withdrawn)
        WHERE j.round = %(round)s AND j.contact_id IS NOT NULL AND (s.is_given OR s.is_withdrawn)
    ), news AS (
        SELECT s.* FROM said s
        LEFT JOIN LATERAL (
            SELECT c.given_at IS NOT NULL AS is_given, c.wording, c.given_at IS NULL AND c.basis <> 'objection' AS is_withdrawn
            FROM leads_contact k JOIN leads_consent c ON c.contact_id = k.id
            WHERE k.family_id = s.family_id AND c.channel = s.channel
                AND CASE WHEN c.basis = 'objection' THEN true WHEN c.given_at IS NULL THEN s.is_given AND c.purpose = %(purpose)s
                    ELSE NOT s.is_given OR c.purpose = %(purpose)s AND c.basis = %(basis)s END
                AND c.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_consent v WHERE v.voids_id = c.id)
            ORDER BY c.id DESC LIMIT 1) last ON true
        WHERE (NOT s.is_given OR last.is_withdrawn IS NOT TRUE) AND (coalesce(s.was_given, last.is_given) IS DISTINCT FROM s.is_given
            OR s.is_given AND s.was_given IS NULL AND %(wording)s NOT IN ('', last.wording))
    ), written AS (
        INSERT INTO leads_consent (contact_id, purpose, channel, basis, wording, source, given_at, withdrawn_at, recorded_at)
        SELECT contact_id, CASE WHEN is_given THEN %(purpose)s ELSE 'sales' END, channel,
            CASE WHEN is_given THEN %(basis)s ELSE 'objection' END, CASE WHEN is_given THEN %(wording)s ELSE '' END, %(source)s,
            CASE WHEN is_given THEN said_at END, CASE WHEN NOT is_given THEN said_at END, %(at)s
        FROM news ORDER BY n
    )
    UPDATE judged j SET is_consented = true FROM news WHERE news.n = j.n
"""


def record(batch: int, round_: int, *, at: datetime, source: str, terms: Terms = AS_USUAL) -> int:
    """Record what the judged rows of a round say about consent, where it is news; return how many rows did.

    A yes is news where it is to another purpose, on another basis or in other words than before, under whichever record of
    the person. Who objected, or withdrew a yes to that purpose, is not made to say yes by a file.
    """
    values: dict[str, Any] = {"batch": batch, "round": round_, "at": at, "source": source[:300]}
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, values | terms._asdict())
        written: int = cursor.rowcount
        return written
