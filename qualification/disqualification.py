"""Which leads that wait with marketing are none after all?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leads import lifecycle
from leads.models import Lead
from leads.stages import Reason, Stage

WITH_MARKETING = (Stage.INQUIRY, Stage.NURTURE)


class DisqualifyReason(models.TextChoices):
    """Why marketing closes a lead."""

    NO_FIT = "no_fit", _("Does not fit us")
    NO_INTEREST = "no_interest", _("No interest")
    COMPETITOR = "competitor", _("Competitor")
    STUDENT = "student", _("Student or private person")
    INVENTED = "invented", _("Invented particulars")
    OUT_OF_BUSINESS = "out_of_business", _("Out of business")


@transaction.atomic
def disqualify(leads: Collection[int], *, reason: str, note: str, by: User, at: datetime) -> list[int]:
    """Close leads of the set that wait with marketing, for a reason that stands in their history; return those closed.

    What was handed to sales is theirs to judge: it is left alone.
    """
    said = ". ".join(filter(None, (str(DisqualifyReason(reason).label), note)))
    rows = Lead.objects.filter(pk__in=leads, stage__in=WITH_MARKETING).order_by("pk").select_for_update()
    ids = list(rows.values_list("pk", flat=True))
    return lifecycle.close(ids, to=Stage.DISQUALIFIED, at=at, reason=Reason.DISQUALIFIED, by=by, note=said)
