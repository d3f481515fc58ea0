"""What proves that people agreed to be contacted, or objected, as a file to take along?"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads.listing.sheets import CsvSheet, Sheet, XlsxSheet
from leads.models import Consent, Contact

CHUNK, MOST_IN_WORKBOOK = 2_000, 20_000
FORMATS = ("csv", "xlsx")


def history(contact: Contact) -> QuerySet[Consent]:
    """All that a person said under whichever of their records, newest first, with what was taken back since."""
    said = Consent.objects.filter(contact__family_id=contact.family_id, voids__isnull=True)
    return said.select_related("voided_by__by", "by", "contact").order_by("-pk")


def between(first: date, last: date, zone: Any) -> QuerySet[Consent]:
    """All statements recorded from one day to another of the company, and what was taken back since, oldest first."""
    since = datetime.combine(first, datetime.min.time(), zone)
    until = datetime.combine(last, datetime.max.time(), zone)
    said = Consent.objects.filter(recorded_at__range=(since, until), voids__isnull=True)
    return said.select_related("voided_by__by", "by", "contact").order_by("pk")


def is_told(said: Consent, reader: User) -> bool:
    """Whether a reader sees how and by whom a statement was written down: what a rep was told is a call or a visit of theirs."""
    return said.by_id in (None, reader.pk) or reader.has_perm("leads.see_all_leads")


def written(said: QuerySet[Consent], *, form: str, reader: User) -> IO[bytes]:
    """A file of statements, a row each, read and written in chunks; the answer that sends it closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it has been sent
    sheet: Sheet = CsvSheet(file, titles()) if form == "csv" else XlsxSheet(file, titles(), _("Consent"))
    sheet.write(_rows(said, reader))
    sheet.close()
    file.seek(0)
    return file


def told(said: QuerySet[Consent], *, reader: User, language: str, zone: tzinfo) -> Iterator[bytes]:
    """The same as CSV, part by part as it is read: however many they are, the first come at once and none is kept."""
    part = io.BytesIO()
    with translation.override(language), timezone.override(zone):
        sheet, rows = CsvSheet(part, titles()), _rows(said, reader)
        while True:
            some = list(islice(rows, CHUNK))
            sheet.write(some)
            yield part.getvalue()
            part.seek(0)
            part.truncate()
            if not some:
                return


def is_too_long(said: QuerySet[Consent]) -> bool:
    """Whether there are more statements than a workbook is made of while somebody waits."""
    return said.order_by()[: MOST_IN_WORKBOOK + 1].count() > MOST_IN_WORKBOOK


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
        one.purpose,
        str(one.get_channel_display()),
        str(one.get_basis_display()),
        _("Given") if one.given_at else _("Withdrawn"),
        one.given_at or one.withdrawn_at,
        one.wording,
        one.source if is_told else "",
        one.recorded_at,
        str(one.by or "") if is_told else "",
    ]


def _taken_back(one: Consent) -> list[Any]:
    void = getattr(one, "voided_by", None)
    return [void.recorded_at, str(void.by or ""), void.source if void.by else ""] if void else [None, "", ""]
