"""A lead that somebody writes down by hand: the person is known again, and judged by the same statements as any arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from leadops.accounts.models import User
from leads import capture, duplicates, matching, merging, reasons
from leads.arrivals import Column, Reader, Row, Ways
from leads.capture import Slice
from leads.capture.verdicts import SUPPRESSED
from leads.importing import staging
from leads.models import Campaign, Contact, Engagement, Lead, Organisation
from leads.models.arrivals import NO_BATCH
from leads.stages import Channel

MOST_ALIKE = 3


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


# What is told of a person as it is written down, besides the company.
_TOLD = (
    "salutation", "initials", "first_name", "infix", "last_name", "name_key", "email", "email_key", "phone", "phone_e164",
    "mobile", "mobile_e164", "job_title",
)  # fmt: skip


class Alike(NamedTuple):
    """Somebody who may be the same person though no key says so, and what speaks for and against it."""

    person: Contact
    reasons: list[tuple[str, bool]]


def known(row: Row) -> QuerySet[Contact]:
    """Who this is among those we know, by what only one person has, with their open leads."""
    with transaction.atomic(), connection.cursor() as cursor:
        _stage(row)
        cursor.execute(matching.found(_ONE))
        families = [family for _n, family, _said in cursor.fetchall()]
        transaction.set_rollback(True)
    return _with_leads(families)


def alike(row: Row) -> list[Alike]:
    """Who else this may be, likeliest first: compared as a record that is made and taken back."""
    with transaction.atomic():
        found = duplicates.candidates([_make(row)])[:MOST_ALIKE]
        transaction.set_rollback(True)
    people = {person.pk: person for person in _with_leads([one.other for one in found])}
    return [Alike(people[one.other], duplicates.said(one.reasons)) for one in found]


def _with_leads(contacts: Iterable[int]) -> QuerySet[Contact]:
    opened = Prefetch("leads", Lead.objects.still_open().select_related("owner", "queue"), to_attr="open_leads")
    return Contact.objects.filter(pk__in=contacts).select_related("organisation").prefetch_related(opened)


def _make(row: Row) -> int:
    """A record of what was written down of the person; return its key."""
    [key] = Contact.objects.new_ids(1)
    told = {name: row[name] for name in _TOLD if row.get(name)}
    company = row.get("organisation_key")
    organisation = Organisation.objects.filter(name_key=company).order_by("pk").first() if company else None
    Contact.objects.create(pk=key, family_id=key, organisation=organisation, created_at=row["occurred_at"], **told)
    return key


def _stage(row: Row) -> None:
    staging.put([staging.Staged(0, None, [], dict(row))], staging.columns_for(row), NO_BATCH)


@transaction.atomic
def enter(
    row: Row,
    *,
    by: User,
    at: datetime,
    own_step_at: datetime | None = None,
    campaign: Campaign | None = None,
    same_as: int | None = None,
) -> Entered:
    """Write it down. With `own_step_at` it is the rep's own lead, with that next step; else it waits with marketing.

    Of somebody who has an open lead it is noted on that one, and who holds it is told. `same_as` is a contact who is
    the same person, as `by` says: what was written down is folded into theirs, and can be taken apart again. Raises Unfit.
    """
    capture.lock()
    if same_as is not None:
        merging.merge([merging.Fold(same_as, _make(row))], at=at, by=by)
    _stage(row)
    channel = Channel.SALES if own_step_at else campaign.channel if campaign else Channel.WEB
    owner = by.pk if own_step_at else None
    part = Slice(
        NO_BATCH,
        0,
        0,
        campaign.pk if campaign else None,
        channel,
        source=str(by),
        owner=owner,
        next_step_at=own_step_at,
    )
    capture.capture(part, at=at, by=by)
    return _judged()


def _judged() -> Entered:
    """What became of the row that was judged last; it leaves the stage."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_id, lead_id, is_opened, reason FROM judged")
        contact, lead, is_opened, reason = cursor.fetchone()
    staging.clear_one(NO_BATCH, 0)
    if lead is None:
        raise Unfit(reasons.said(reason) or reasons.said(SUPPRESSED))
    return Entered(contact, lead, is_opened)
