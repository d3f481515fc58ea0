"""How does a report become a workbook? Text stays text: a cell is never read as a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from leads.listing.sheets import OPTIONS, write_cell
from reporting.cuts import Row
from reporting.facts import Facts
from reporting.figures import Figures
from reporting.lying import Lying


def workbook(
    facts: Facts, whole: Figures, cuts: Sequence[tuple[str, Sequence[Row]]], lying: Iterable[Lying] | None
) -> IO[bytes]:
    """Return a file with the figures, a sheet for each cut, and the leads that lie where they are given."""
    found = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it has been sent
    book = Workbook(found, OPTIONS)
    summary(book, facts, whole)
    for title, rows in cuts:
        sheet_of_rows(book, title, rows)
    if lying is not None:
        sheet_of_leads(book, lying)
    book.close()
    found.seek(0)
    return found


def write(sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
    """Write one row: numbers as numbers, all else as text, nothing as an empty cell."""
    for column, value in enumerate(values):
        write_cell(sheet, row, column, value)


def headings() -> list[str]:
    """Return what the columns of figures are called."""
    return [
        _("Delivered"),
        _("Followed up"),
        _("In time"),
        _("Answered otherwise"),
        _("Not yet due"),
        _("Never followed up"),
        _("Share never followed up"),
        _("Spend lost"),
    ]


def summary(book: Workbook, facts: Facts, whole: Figures) -> None:
    """Write the sheet that says what was asked and what all comes to."""
    sheet = book.add_worksheet(_("Figures"))
    sheet.set_column(0, 0, 28)
    asked = [
        (_("From"), facts.period.first.isoformat()),
        (_("To"), facts.period.last.isoformat()),
        (_("As known at"), timezone.localtime(facts.as_of).strftime("%Y-%m-%d %H:%M")),
    ]
    if facts.with_imported:
        asked.append((_("With what was moved in"), _("Yes")))
    for n, pair in enumerate([*asked, *zip(headings(), whole.as_row().values(), strict=True)]):
        write(sheet, n, pair)


def sheet_of_rows(book: Workbook, title: str, rows: Iterable[Row]) -> None:
    """Write a cut: one row a line."""
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 36)
    write(sheet, 0, [title, *headings()])
    for n, row in enumerate(rows, start=1):
        write(sheet, n, [row.name, *row.figures.as_row().values()])


def sheet_of_leads(book: Workbook, lying: Iterable[Lying]) -> None:
    """Write the leads that nobody followed up: one row a lead."""
    sheet = book.add_worksheet(_("Leads"))
    sheet.set_column(1, 4, 28)
    names = [_("Lead"), _("Person"), _("Job title"), _("Organisation"), _("Campaign"), _("Qualified")]
    write(sheet, 0, [*names, _("Days since the promise broke"), _("Cost")])
    for n, one in enumerate(lying, start=1):
        write(sheet, n, lead_row(one))


def lead_row(one: Lying) -> list[Any]:
    """Return the cells of one lead."""
    contact, campaign = one.lead.contact, one.lead.campaign
    return [
        one.lead.pk,
        str(contact),
        contact.job_title,
        str(contact.organisation or ""),
        str(campaign or ""),
        timezone.localtime(one.mql_at).date().isoformat(),
        one.lies.days,
        None if one.cost is None else float(round(one.cost, 2)),
    ]
