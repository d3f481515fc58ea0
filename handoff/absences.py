"""When is a rep away?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from handoff.models import Absence, Rep

DAY = timedelta(days=1)


def plan(rep: Rep, *, first: date, last: date, note: str = "") -> Absence:
    """Keep whole days, both included and in the rep's own zone, on which a rep is away."""
    zone = ZoneInfo(rep.user.time_zone)
    starts_at, ends_at = datetime.combine(first, time(), zone), datetime.combine(last + DAY, time(), zone)
    return Absence.objects.create(rep=rep, starts_at=starts_at, ends_at=ends_at, note=note)


@transaction.atomic
def call_off(absences: QuerySet[Absence], *, at: datetime) -> int:
    """Call absences off: one that is still to come is forgotten, one that has begun ends now, a past one stays.

    Return how many changed.
    """
    locked = list(absences.select_for_update().order_by("pk").values_list("pk", flat=True))
    these = Absence.objects.filter(pk__in=locked)
    begun = these.filter(starts_at__lt=at, ends_at__gt=at).update(ends_at=at)
    forgotten, _ = these.filter(starts_at__gte=at).delete()
    return begun + forgotten


def not_over(rep: Rep, at: datetime) -> QuerySet[Absence]:
    """The absences of a rep that last or are still to come, the first one first."""
    return rep.absences.filter(ends_at__gt=at).order_by("starts_at", "pk")
