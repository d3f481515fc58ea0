"""Which leads are warmed until they are ready, and which of them come back to marketing now?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leadops.accounts.models import User
from leads import lifecycle
from leads.models import Lead, LeadTouch, Queue
from leads.stages import Reason, Stage
from qualification.definition import qualify_by

SLICE = 5_000


class NobodyNurtures(Exception):
    """The queue "nurture" has no active member, so that no lead can wait in it."""


@transaction.atomic
def put_away(leads: Collection[int], *, wake_at: datetime, by: User, at: datetime) -> list[int]:
    """Put leads of the set that wait to be qualified into nurture until `wake_at`; return those moved.

    What was handed to sales is left alone: only a rep returns it. Raises NobodyNurtures.
    """
    queue = Queue.objects.able_to_act().filter(kind=Queue.Kind.NURTURE).first()
    if queue is None:
        raise NobodyNurtures
    waiting = Lead.objects.filter(pk__in=leads, stage=Stage.INQUIRY).order_by("pk").select_for_update()
    holds = dict.fromkeys(waiting.values_list("pk", flat=True), lifecycle.Hold(wake_at, queue=queue.pk))
    return lifecycle.move(holds, to=Stage.NURTURE, holds=holds, at=at, reason=Reason.NURTURED, by=by)


@transaction.atomic
def wake(at: datetime, limit: int = SLICE) -> list[int]:
    """Bring up to `limit` nurtured leads whose moment has come back to the queue "to qualify"; return them.

    They are touched, so that one which meets the definition goes to sales under a new promise. Leads under hand
    elsewhere are passed by until the next look. Rides lead_of_queue.
    """
    sleeping = Lead.objects.overdue(at).filter(stage=Stage.NURTURE, queue__kind=Queue.Kind.NURTURE)
    picked = sleeping.order_by("next_step_at", "pk").select_for_update(of=("self",), skip_locked=True, no_key=True)
    keys = list(picked.values_list("pk", flat=True)[:limit])
    if not keys:
        return []
    hold = lifecycle.Hold(qualify_by(at), queue=Queue.objects.get(kind=Queue.Kind.TO_QUALIFY).pk)
    leads = Lead.objects.filter(pk__in=keys)
    woken = lifecycle.move(
        leads, to=Stage.INQUIRY, holds=dict.fromkeys(keys, hold), at=at, reason=Reason.WOKEN, by=None
    )
    LeadTouch.objects.bulk_create(
        [LeadTouch(lead_id=key, touched_at=at) for key in woken],
        update_conflicts=True,
        unique_fields=["lead"],
        update_fields=["touched_at"],
    )
    return woken
