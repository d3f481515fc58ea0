"""How does a list, or the proof of consent, become a file? Somebody asks for it, a worker writes it, and after a week it is gone.

An export that was killed is begun anew: its file can be fetched when it is whole, or not at all.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import IO, Any
from uuid import uuid4

from django.core.files import File
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leadops.accounts.models import User
from leadops.accounts.roles import Role, has_role
from leads import proof
from leads.claiming import Taken, change, claimed
from leads.conditions import InvalidCondition
from leads.importing.running.runs import moving
from leads.listing import columns
from leads.listing.asking import Asked
from leads.listing.columns import Column
from leads.listing.sheets import CsvSheet, Sheet, XlsxSheet
from leads.models import Consent, Lead, LeadExport

EXPORT_CLAIMS = 7_003
KEPT = timedelta(days=7)
LOOKED_ON = timedelta(seconds=20)
READY, READY_WITH_ONE = (
    gettext_noop("Your file of %(count)s leads is ready."),
    gettext_noop("Your file of one lead is ready."),
)
PROOF_READY = gettext_noop("Your proof of consent is ready: %(count)s statements.")
SIGHT, ALL, CONSENTS = "sight", 2, "consents"
SLICE = 2_000
State, Format = LeadExport.State, LeadExport.Format
Work = tuple[int, Callable[[IO[bytes]], Iterator[int]]]


def request(asked: Asked, *, format: str, shown: Sequence[str], at: datetime) -> LeadExport:  # noqa: A002 - the field's word
    """Ask for a file of these leads with these columns, or for their number."""
    return LeadExport.objects.create(
        by=asked.reader, asked=asked.as_kept(), asked_at=at, format=format, columns=list(shown)
    )


def request_proof(first: date, last: date, *, format: str, by: User, at: datetime) -> LeadExport:  # noqa: A002 - the field's word
    """Ask for a file of all statements of consent of some days."""
    asked = {CONSENTS: [first.isoformat(), last.isoformat()]}
    return LeadExport.objects.create(by=by, asked=asked, asked_at=at, format=format)


def days_of(export: LeadExport) -> tuple[date, date] | None:
    """Of which days an export holds the statements of consent; none of one that holds leads."""
    told = export.asked.get(CONSENTS)
    return (date.fromisoformat(told[0]), date.fromisoformat(told[1])) if told else None


def run(export: LeadExport, *, at: datetime) -> bool:
    """Write the file that was asked for; return whether it is there. False where it was written or is being written."""
    try:
        with claimed(EXPORT_CLAIMS, export):
            if export.state not in (State.WAITING, State.RUNNING):
                return False
            with translation.override(export.by.language), timezone.override(export.by.time_zone):
                return _written(export, at)
    except Taken:
        return False


def _written(export: LeadExport, at: datetime) -> bool:
    clock = moving(at)
    try:
        total, write = _statements(export) if days_of(export) else _leads(export, at)
    except InvalidCondition as wrong:
        said = _("The condition says nothing sensible any more: %(wrong)s") % {"wrong": str(wrong)}
        change(export, state=State.FAILED, problem=said)
        return False
    change(export, state=State.RUNNING, total=total, done=0, asked=export.asked | {SIGHT: sight(export.by)})
    if export.format != Format.COUNT:
        with tempfile.TemporaryFile() as file:
            for done in write(file):
                change(export, done=done)
            file.seek(0)
            _put_away(export, file)
    now = clock()
    change(export, state=State.DONE, done=total, finished_at=now)
    _tell(export, at=now)
    return True


def _put_away(export: LeadExport, file: IO[bytes]) -> None:
    """Keep a file under a name that is written down first, so that what a killed worker left is found and removed."""
    if export.file:
        export.file.delete(save=False)
    name = export.file.field.generate_filename(export, f"{uuid4().hex}.{export.format}")
    change(export, file=name)
    export.file.storage.save(name, File(file))


def _tell(export: LeadExport, *, at: datetime) -> None:
    """Tell who asked for a file that it is there, unless it was there while they looked on."""
    if export.format != Format.COUNT and at - export.asked_at > LOOKED_ON:
        path = reverse("leads:export", args=[export.pk])
        sentence = PROOF_READY if days_of(export) else READY_WITH_ONE if export.total == 1 else READY
        facts = {"sentence": sentence, "gaps": {"count": number_format(export.done, force_grouping=True)}}
        notifying.tell([export.by], "export", f"export:{export.pk}", facts, path, at)


def sight(user: User) -> int:
    """How far somebody sees: their own leads, those of their teams, or all."""
    if user.has_perm("leads.see_all_leads"):
        return ALL
    return 1 if has_role(user, Role.SALES_MANAGER) else 0


def may_fetch(export: LeadExport, reader: User) -> bool:
    """Whether there is a file, and the reader sees as far as whoever it was written for did then."""
    if days_of(export) and not proof.may_take_along(reader):
        return False
    return bool(export.file) and export.state == State.DONE and sight(reader) >= export.asked.get(SIGHT, ALL)


def _statements(export: LeadExport) -> Work:
    """How many statements there are, and what writes them; none for who may not take them along any more."""
    first, last = days_of(export) or (date.min, date.min)
    said = proof.between(first, last) if proof.may_take_along(export.by) else Consent.objects.none()
    return said.order_by().count(), partial(proof.write, said, form=export.format, reader=export.by)


def _leads(export: LeadExport, at: datetime) -> Work:
    keys = _keys(export, at)
    return len(keys), partial(_write, export, keys)


def _keys(export: LeadExport, at: datetime) -> array[int]:
    """The leads, newest first: 8 bytes each, so that a million of them are no burden."""
    found = Asked.kept(export.by, export.asked).seen(at).order_by("-pk").values_list("pk", flat=True)
    return array("q", found.iterator(chunk_size=50_000))


def _write(export: LeadExport, keys: array[int], file: IO[bytes]) -> Iterator[int]:
    """Write leads to a file; after each slice how many there are by now."""
    shown = columns.chosen(export.columns)
    titles = [_("Lead"), _("Organisation"), _("Person"), *(str(column.label) for column in _others(shown))]
    sheet: Sheet = CsvSheet(file, titles) if export.format == Format.CSV else XlsxSheet(file, titles, _("Leads"))
    for start in range(0, len(keys), SLICE):
        sheet.write(_rows(keys[start : start + SLICE], shown))
        yield min(start + SLICE, len(keys))
    sheet.close()


def _others(shown: Sequence[Column]) -> list[Column]:
    """The columns beside those that every file has."""
    return [column for column in shown if column.key not in ("number", "organisation", "person")]


def _rows(keys: array[int], shown: Sequence[Column]) -> Iterator[list[Any]]:
    leads = columns.with_columns(Lead.objects.filter(pk__in=list(keys)), shown).order_by("-pk")
    others = _others(shown)
    for lead in leads:
        yield [lead.pk, str(lead.contact.organisation or ""), str(lead.contact), *(one.of(lead) for one in others)]


def name_of(export: LeadExport) -> str:
    """What the file is called where it is saved."""
    if days := days_of(export):
        return proof.name_of(*days, export.format)
    day = timezone.localtime(export.asked_at).date().isoformat()
    return _("Leads %(day)s") % {"day": day} + f".{export.format}"


def give_up(export: LeadExport, *, at: datetime) -> None:
    """Fail an export that stopped on a fault of our own."""
    said = _("The export stopped on a fault of ours, which was logged. Ask for it again.")
    change(export, state=State.FAILED, problem=said, finished_at=at)


def forget(*, at: datetime) -> int:
    """Remove the files, and all that was asked for, longer than a week ago; return how many."""
    old = list(LeadExport.objects.filter(asked_at__lt=at - KEPT).exclude(state__in=(State.WAITING, State.RUNNING)))
    for export in old:
        if export.file:
            export.file.delete(save=False)
        export.delete()
    return len(old)
