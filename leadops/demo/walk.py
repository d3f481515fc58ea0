"""What happened at the demo company in the last weeks? Its people use the product, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from handoff import acceptance, broken, escalation, followup, outcomes, passing, routing
from handoff.models import FollowUp, Handoff
from leadops.accounts.models import User
from leadops.demo.cast import Cast
from leadops.demo.files import file_of
from leads import lifecycle
from leads.importing import running
from leads.models import Campaign, Lead
from leads.querysets import LeadQuerySet
from qualification import promotion
from reporting import snapshots

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = 63
TUESDAY, FRIDAY = 1, 4
HISTORY = timedelta(days=DAYS + 1)
TRIED = ("no_answer", "voicemail", "spoke", "spoke", "no_answer")
NOTES = {
    "no_answer": ("", "Secretariaat vroeg om later te bellen"),
    "voicemail": ("Boodschap ingesproken",),
    "spoke": (
        "Wil een voorstel in januari",
        "Vergelijkt met zijn huidige leverancier",
        "Stuurt de offerteaanvraag door",
    ),
}
REJECTED = 0.06


def walk(cast: Cast, *, now: datetime, random: Random) -> None:
    """Live the days up to `now`: files come in each week, leads are judged and handed over, reps work, or do not."""
    with lifecycle.history():
        for day in _days(now):
            if day.weekday() == TUESDAY:
                _import(cast, cast.campaigns[day.isocalendar().week % len(cast.campaigns)], day, now, random)
            _sweep(day.replace(hour=10), now)
            for rep in cast.reps:
                _work(rep, cast.diligence(rep), day, now, random)
            _flag(day.replace(hour=17, minute=45), now)
            snapshots.keep(min(day.replace(hour=23), now))


def _days(now: datetime) -> Iterator[datetime]:
    today = now.astimezone(ZONE).date()
    for back in range(DAYS, -1, -1):
        yield datetime.combine(today - timedelta(days=back), time(9, 15), ZONE)


def _import(cast: Cast, campaign: Campaign, day: datetime, now: datetime, random: Random) -> None:
    if day > now:
        return
    name = f"{campaign.name.lower().replace(' ', '-')}-{day:%m-%d}.csv"
    content = ContentFile(file_of(random.randrange(55, 85), day, random))
    batch = running.create(content, name, by=cast.marketer, at=day, campaign=campaign)
    running.run(batch, at=day)
    _sweep(day + timedelta(minutes=5), now)
    running.finish(at=day + timedelta(minutes=6))


def _sweep(at: datetime, now: datetime) -> None:
    if at <= now:
        while promotion.judge(at).claimed:
            pass
        routing.assign(at)
        passing.straighten(at)


def _flag(at: datetime, now: datetime) -> None:
    if at <= now:
        escalation.flag(at)
        broken.record_broken(at)


def _work(rep: User, diligence: float, day: datetime, now: datetime, random: Random) -> None:
    """A rep's day: what is due by tonight, minus what they never take up."""
    if day.weekday() > FRIDAY:
        return
    tonight = day.replace(hour=17, minute=30)
    at = day + timedelta(minutes=random.randrange(30, 90))
    for lead in Lead.objects.held_by(rep).filter(next_step_at__lte=tonight).order_by("next_step_at", "pk")[:12]:
        # A lead is taken up or not for good, so that some lie for ever: drawn by its own number.
        if at <= now and Random(lead.pk).random() < diligence:  # noqa: S311 - a story
            _take_up(lead, rep, at, random)
            at += timedelta(minutes=random.randrange(6, 25))


def _take_up(lead: Lead, rep: User, at: datetime, random: Random) -> None:
    this = Lead.objects.filter(pk=lead.pk)
    if lead.first_follow_up_at is None and random.random() < REJECTED:
        reasons = acceptance.reject_reasons(at)
        acceptance.reject(Handoff.objects.filter(lead=lead), by=rep, reason=random.choice(reasons).key, at=at)
        return
    disposition = random.choice(TRIED)
    followup.record(
        this, by=rep, kind=FollowUp.Kind.CALL, disposition=disposition, at=at, note=random.choice(NOTES[disposition])
    )
    if disposition == FollowUp.Disposition.SPOKE and random.random() < 0.35:
        _conclude(this, rep, at + timedelta(minutes=3), random)


def _conclude(this: LeadQuerySet, rep: User, at: datetime, random: Random) -> None:
    if random.random() < 0.5:
        outcomes.disqualify(this, by=rep, reason=random.choice(outcomes.DisqualifyReason.values), at=at)
    else:
        wake_at = at + timedelta(days=120)
        outcomes.recycle(this, by=rep, reason=random.choice(outcomes.RecycleReason.values), wake_at=wake_at, at=at)
