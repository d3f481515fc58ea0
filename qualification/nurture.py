"""Which leads that were being warmed come back to marketing now?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leads import lifecycle
from leads.models import Lead, LeadTouch, Queue
from leads.stages import Reason, Stage
from qualification.definition import qualify_by

SLICE = 5_000


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
