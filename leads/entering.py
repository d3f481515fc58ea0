"""A lead that somebody writes down by hand: the person is known again, and judged by the same statements as any arrival."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from leadops.accounts.models import User
from leads import capture, matching, reasons
from leads.arrivals import Column, Reader, Row, Ways
from leads.capture import Slice
from leads.capture.verdicts import SUPPRESSED
from leads.importing import staging
from leads.models import Campaign, Contact, Engagement, Lead
from leads.models.arrivals import NO_BATCH
from leads.stages import Channel


class Unfit(ValueError):
    """What was written down cannot become a lead; says why in the reader's language."""


class Entered(NamedTuple):
    """What became of it: the person, their open lead, and whether it was opened now."""

    contact: int
    lead: int
    is_opened: bool


def read(said: Mapping[str, str], at: datetime) -> Row:
    """What was written down, in normal form. Raises Unfit."""
    row = Reader([Column(key, key) for key in said], Ways(latest=at)).read(list(said.values()))
    if problem := row.get("problem"):
        raise Unfit(reasons.said(problem))
    return row | {"occurred_at": at, "kind": Engagement.Kind.NOTE}


# A row of the stage that stands for nothing but a question; no enquiry has this number.
_ONE = f"SELECT * FROM leads_arrival WHERE batch_id = {NO_BATCH} AND n = 0"


def known(row: Row) -> QuerySet[Contact]:
    """Who this may be among those we know, with their open leads."""
    with transaction.atomic(), connection.cursor() as cursor:
        _stage(row)
        cursor.execute(matching.found(_ONE))
        families = [family for _n, family, _said in cursor.fetchall()]
        transaction.set_rollback(True)
    opened = Prefetch("leads", Lead.objects.still_open().select_related("owner", "queue"), to_attr="open_leads")
    return Contact.objects.filter(pk__in=families).select_related("organisation").prefetch_related(opened)


def _stage(row: Row) -> None:
    staging.put([staging.Staged(0, None, [], dict(row))], staging.columns_for(row), NO_BATCH)


@transaction.atomic
def enter(
    row: Row, *, by: User, at: datetime, own_step_at: datetime | None = None, campaign: Campaign | None = None
) -> Entered:
    """Write it down. With `own_step_at` it is the rep's own lead, with that next step; else it waits with marketing.

    Of somebody who has an open lead it is noted on that one, and who holds it is told. Raises Unfit.
    """
    capture.lock()
    _stage(row)
    channel = Channel.SALES if own_step_at else campaign.channel if campaign else Channel.WEB
    part = Slice(
        NO_BATCH,
        0,
        0,
        campaign.pk if campaign else None,
        channel,
        source=str(by),
        owner=by.pk if own_step_at else None,
        next_step_at=own_step_at,
    )
    capture.capture(part, at=at, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_id, lead_id, is_opened, reason FROM judged")
        contact, lead, is_opened, reason = cursor.fetchone()
    staging.clear_one(NO_BATCH, 0)
    if lead is None:
        raise Unfit(reasons.said(reason) or reasons.said(SUPPRESSED))
    return Entered(contact, lead, is_opened)
