"""What proves that people agreed to be contacted, or objected, as a file to take along?"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import campaigns
from leads.listing.sheets import CsvSheet, Sheet, XlsxSheet
from leads.models import Consent, Contact

CHUNK, MOST_AT_ONCE = 2_000, 20_000
FORMATS = ("csv", "xlsx")


def history(contact: Contact) -> QuerySet[Consent]:
    """All that a person said under whichever of their records, newest first, with what was taken back since."""
    said = Consent.objects.filter(contact__family_id=contact.family_id, voids__isnull=True)
    return said.select_related("voided_by__by", "by", "contact").order_by("-pk")


def between(first: date, last: date) -> QuerySet[Consent]:
    """All statements recorded from one day to another of the company, and what was taken back since, oldest first."""
    zone = ZoneInfo(campaigns.company().time_zone)
    since = datetime.combine(first, datetime.min.time(), zone)
    until = datetime.combine(last, datetime.max.time(), zone)
    said = Consent.objects.filter(recorded_at__range=(since, until), voids__isnull=True)
    return said.select_related("voided_by__by", "by", "contact").order_by("pk")


def may_take_along(reader: User) -> bool:
    """Whether a reader takes everybody's statements along."""
    return bool(reader.has_perm("leads.export_consents"))


def name_of(first: date, last: date, form: str) -> str:
    """What a file of some days is called where it is saved."""
    return _("Consent %(first)s to %(last)s") % {"first": first, "last": last} + f".{form}"


def is_told(said: Consent, reader: User) -> bool:
    """Whether a reader sees how and by whom a statement was written down: what a rep was told is a call or a visit of theirs."""
    return said.by_id in (None, reader.pk) or reader.has_perm("leads.see_all_leads")


def written(said: QuerySet[Consent], *, form: str, reader: User) -> IO[bytes]:
    """A file of statements; the answer that sends it closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it has been sent
    deque(write(said, file, form=form, reader=reader), maxlen=0)
    file.seek(0)
    return file


def write(said: QuerySet[Consent], file: IO[bytes], *, form: str, reader: User) -> Iterator[int]:
    """Write statements to a file, a row each, in chunks; after each chunk how many there are by now."""
    sheet: Sheet = CsvSheet(file, titles()) if form == "csv" else XlsxSheet(file, titles(), _("Consent"))
    rows, done = _rows(said, reader), 0
    while some := list(islice(rows, CHUNK)):
        sheet.write(some)
        done += len(some)
        yield done
    sheet.close()


def is_too_long(said: QuerySet[Consent]) -> bool:
    """Whether there are more statements than are written while somebody waits."""
    return said.order_by()[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE


def titles() -> list[str]:
    """What the columns are called."""
    return [
        _("Statement"), _("Person"), _("Name"), _("Purpose"), _("Channel"), _("Legal basis"), _("Said"), _("When"), _("Wording"),
        _("Source"), _("Recorded"), _("Recorded by"), _("Taken back"), _("Taken back by"), _("Why taken back"),
    ]  # fmt: skip


def _rows(said: QuerySet[Consent], reader: User) -> Iterator[list[Any]]:
    sees_all = reader.has_perm("leads.see_all_leads")
    for one in said.iterator(chunk_size=CHUNK):
        yield [*_statement(one, sees_all or is_told(one, reader)), *_taken_back(one)]


def _statement(one: Consent, is_told: bool) -> list[Any]:
    return [
        one.pk,
        one.contact_id,
        str(one.contact),
        _("Every purpose") if one.basis == Consent.Basis.OBJECTION else str(one.get_purpose_display()),
        str(one.get_channel_display()),
        str(one.get_basis_display()),
        _("Given") if one.given_at else _("Withdrawn"),
        one.given_at or one.withdrawn_at,
        one.wording,
        one.came_from if is_told else "",
        one.recorded_at,
        str(one.by or "") if is_told else "",
    ]


def _taken_back(one: Consent) -> list[Any]:
    void = getattr(one, "voided_by", None)
    return [void.recorded_at, str(void.by or ""), void.came_from if void.by else ""] if void else [None, "", ""]
