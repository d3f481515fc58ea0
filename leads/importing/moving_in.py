"""Who is told of the history that a file brought, and where do its leads stand?"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leads.importing import files
from leads.models import ImportBatch, ImportedPast

MOVED_IN = gettext_noop("%(count)s leads were moved in for you: “%(file)s”.")
ONE_MOVED_IN = gettext_noop("A lead was moved in for you: “%(file)s”.")

_STAGES = """
    SELECT l.stage, count(*) FROM judged j JOIN leads_lead l ON l.id = j.lead_id
    WHERE j.is_opened AND j.past <> '' GROUP BY l.stage
"""


def tell_owners(batch: ImportBatch, *, at: datetime) -> int:
    """Tell each rep who holds leads of a batch how many, once; return how many were told. Rides the key of the batch."""
    if not files.is_history(batch.options):
        return 0
    held = ImportedPast.objects.filter(batch=batch, lead__closed_at__isnull=True, lead__owner__isnull=False)
    counts = held.order_by("lead__owner").values_list("lead__owner").annotate(count=Count("lead"))
    tellings = [
        notifying.Telling(
            owner,
            "moved_in",
            f"moved_in:{batch.pk}:{owner}",
            ONE_MOVED_IN if count == 1 else MOVED_IN,
            {"count": count, "file": batch.name},
            "/queue/",
        )
        for owner, count in counts
    ]
    return notifying.tell_each(tellings, at=at)


def stages_of_slice() -> Counter[str]:
    """Where the leads stand that the slice at hand moved in."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGES)
        return Counter(dict(cursor.fetchall()))
