"""Whom did a device write down? It is kept as it came, once, handed in to be judged, and its consent written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import consent, intake, objections
from leads.models import Campaign, Consent, Intake, StandDevice, StandEntry
from leads.stages import Channel

MOST = 500
LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor as they were written down: what came, and what of it is taken, which is nothing where something is wrong."""

    key: UUID
    said: Mapping[str, Any]
    occurred_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    temperature: str = ""
    wordings: Mapping[str, str] = field(default_factory=dict)
    purpose: str = Consent.Purpose.SALES.value


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes visitors down, at whose stand, and on which device; on none where the page itself was sent."""

    campaign: Campaign
    by: User
    device: StandDevice | None = None


class OfAnotherStand(Exception):
    """A visit bears a key under which somebody was written down at another stand; says so in the reader's words."""


def happened_at(told: datetime, *, sent_at: datetime, at: datetime) -> datetime:
    """When something was, by the clock of a device that says `sent_at` where it is `at`; never in the future.

    A clock that has been so far off that it tells nothing is left aside.
    """
    ago = sent_at - told
    return at - ago if timedelta() <= ago <= LONGEST_AGO else at


@transaction.atomic
def keep(visits: Sequence[Visit], *, sender: Sender, at: datetime) -> int:
    """Keep visits as they came, each key once, and hand in those that can be taken, in their order; return how many that were.

    What comes again as it was handed in before stays so; what was put right since is handed in anew. Raises
    OfAnotherStand, with nothing kept: what was written down at one stand is not changed from another.
    """
    rows = [_row(visit, sender, at) for visit in sorted(visits, key=attrgetter("key"))]
    StandEntry.objects.bulk_create(rows, ignore_conflicts=True)
    kept = StandEntry.objects.filter(key__in=[row.key for row in rows]).order_by("key").select_for_update()
    entries = {entry.key: entry for entry in kept}
    if any(entry.campaign_id != sender.campaign.pk for entry in entries.values()):
        raise OfAnotherStand(_("This was written down at another stand already."))
    news = {visit.key: visit for visit in visits if _is_news(entries[visit.key], visit)}
    changed = [_told(entries[key], visit, at) for key, visit in news.items()]
    fit = [entry for entry in changed if news[entry.key].fields]
    payloads = [payload(news[entry.key], sender.campaign) for entry in fit]
    for entry, raw in zip(fit, intake.store(payloads, source=Intake.Source.HAND, at=at), strict=True):
        entry.intake, entry.is_due = raw, True
    written = ["said", "wordings", "purpose", "temperature", "occurred_at", "received_at", "intake", "is_due"]
    StandEntry.objects.bulk_update(changed, written)
    return len(fit)


def _row(visit: Visit, sender: Sender, at: datetime) -> StandEntry:
    return StandEntry(
        key=visit.key,
        campaign=sender.campaign,
        device=sender.device,
        by=sender.by,
        said=intake.storable(visit.said),
        occurred_at=visit.occurred_at,
        received_at=at,
    )


def _is_news(entry: StandEntry, visit: Visit) -> bool:
    """Whether a visit has to be written: it was not handed in yet, or can be taken and says something else than before."""
    if entry.intake_id is None:
        return True
    return bool(visit.fields) and entry.said != intake.storable(visit.said)


def _told(entry: StandEntry, visit: Visit, at: datetime) -> StandEntry:
    entry.said = intake.storable(visit.said)
    entry.wordings, entry.purpose = intake.storable(visit.wordings), visit.purpose
    entry.temperature = visit.temperature
    entry.occurred_at, entry.received_at = visit.occurred_at, at
    return entry


def payload(visit: Visit, campaign: Campaign) -> dict[str, str]:
    """What is judged: who it is, that they were at this stand, at which moment, and how warm they seemed."""
    where = _("Stand")
    if visit.temperature:
        where = f"{where}: {StandEntry.Temperature(visit.temperature).label}"
    came = {"campaign": campaign.name, "channel": Channel.EVENT.value, "occurred_at": visit.occurred_at.isoformat()}
    return {**visit.fields, **came, "source_detail": where}


@transaction.atomic
def settle(*, at: datetime) -> int:
    """Write down the consent of visitors who are known by now, in the words that they said yes to; return how many were looked at.

    A yes of somebody who had objected is written down too, and lifts nothing: that stays an act of ours.
    """
    due = StandEntry.objects.filter(is_due=True, intake__judged_at__isnull=False).order_by("pk")
    found = due.select_related("campaign", "intake__lead").select_for_update(of=("self",), skip_locked=True)
    entries = list(found[:MOST])
    people = {entry.pk: entry.intake.lead.contact_id for entry in entries if entry.intake and entry.intake.lead}
    people |= left_aside([entry for entry in entries if entry.wordings and entry.pk not in people])
    consent.give(
        [
            consent.Given(people[entry.pk], channel, wording, source(entry), entry.occurred_at, purpose=entry.purpose)
            for entry in entries
            if entry.pk in people
            for channel, wording in entry.wordings.items()
        ],
        at=at,
    )
    StandEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(is_due=False)
    return len(entries)


def left_aside(entries: Sequence[StandEntry]) -> dict[int, int]:
    """Whose word it is of those who were left aside: the one person who bears the address or the number, if it is one."""
    return objections.bearers({entry.pk: objections.keys_in(entry.intake.payload) for entry in entries if entry.intake})


def source(entry: StandEntry) -> str:
    """Where a consent came from, as its proof says."""
    return f"{entry.campaign} (/campaigns/{entry.campaign_id}/stand/, {entry.key})"
