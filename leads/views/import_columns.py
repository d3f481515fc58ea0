"""How is it shown what the columns of a file become, and what their values come to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leads.arrivals import Column, Row
from leads.forms.imports import COUNTRIES, ColumnsForm
from leads.importing import files, one_line, orders
from leads.importing.checks import Check, ColumnCheck, Finding, Trial
from leads.importing.fields import BY_KEY, LEFT_OUT
from leads.importing.files import called
from leads.models import ImportBatch
from leads.models.contacts import called as full_name
from leads.views import import_choices, import_history
from leads.views.import_choices import ColumnChoices

UNSURE = 0.7
FINDINGS_SHOWN = 8
WHOLE_ROW = -1
GROUPS = (
    (
        gettext_lazy("Person"),
        "full_name salutation initials first_name infix last_name email phone mobile job_title department",
    ),
    (gettext_lazy("Organisation"), "organisation website industry employees revenue legal_form is_customer"),
    (gettext_lazy("Address"), "street house_number postcode city region country"),
    (gettext_lazy("Enquiry"), "interest notes occurred_at attended_minutes channel campaign source_detail"),
    (gettext_lazy("Consent"), "consent_email consent_phone opt_out_email opt_out_phone"),
    (gettext_lazy("Other"), "language linkedin_url birth_date tags external_id owner lead_status score"),
)
PAST = (
    gettext_lazy("History"),
    "outcome closed_at amount mql_at first_follow_up_at last_follow_up_at last_follow_up_kind last_follow_up_result follow_up_notes next_step_at",
)
PAST_HINTS = {
    "owner": gettext_lazy("Say below who that is here"),
    "lead_status": gettext_lazy("Say below what it becomes"),
    "outcome": gettext_lazy("Say below what it becomes"),
    "last_follow_up_kind": gettext_lazy("Say below what it becomes"),
    "last_follow_up_result": gettext_lazy("Say below what it becomes"),
    "follow_up_notes": gettext_lazy("Goes with the last follow-up"),
    "amount": gettext_lazy("Of the business that was won or lost, or is at hand"),
}
HINTS = {
    "full_name": gettext_lazy("First name, infix and last name are told apart"),
    "employees": gettext_lazy("A range becomes its middle"),
    "owner": gettext_lazy("Their leads go to them first"),
    "external_id": gettext_lazy("By this the same person is known again"),
    "consent_email": gettext_lazy("A yes is kept; say below what it is to"),
    "consent_phone": gettext_lazy("A yes is kept; say below what it is to"),
    "opt_out_email": gettext_lazy("A yes is honoured for good"),
    "opt_out_phone": gettext_lazy("A yes is honoured for good"),
}


@lru_cache(maxsize=256)
def options(chosen: str, language: str | None, *, is_history: bool = False) -> SafeString:
    """The choices for a column, one chosen; the same text serves every column of every file."""
    first = (("", _("Keep as it is")), (LEFT_OUT, _("Leave out")))
    groups = (
        format_html(
            '<optgroup label="{}">{}</optgroup>',
            label,
            choices(((key, BY_KEY[key].label) for key in keys.split()), chosen),
        )
        for label, keys in (*GROUPS, PAST)[: None if is_history else -1]
    )
    return format_html("{}{}", choices(first, chosen), format_html_join("", "{}", ((group,) for group in groups)))


def choices(offered: Any, chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key == chosen else "", label) for key, label in offered),
    )


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One row of the page of columns."""

    place: int
    header: str
    field: str
    options: SafeString
    hint: str
    check: ColumnCheck
    is_asked: bool
    is_wrong: bool
    order: str
    choices: ColumnChoices

    @property
    def orders(self) -> list[tuple[str, Any, bool]]:
        """The orders to choose from where the dates do not tell theirs: value, label, and whether it is the one now."""
        asked = orders.LABELS.items() if self.check.is_order_unclear else ()
        return [(value, label, value == self.order) for value, label in asked]

    @property
    def is_left_out(self) -> bool:
        return self.field == LEFT_OUT

    @property
    def is_kept(self) -> bool:
        return not self.field

    @property
    def given(self) -> int:
        return self.check.good + self.check.found


def shown(batch: ImportBatch, form: ColumnsForm, trial: Trial) -> list[ColumnShown]:
    """The columns of a batch with what they become under the form, and how that went in the trial."""
    language, is_history = get_language(), files.is_history(batch.options)
    suggestions = batch.reading.get("suggestions", [])
    found = []
    for place, (column, check) in enumerate(zip(trial.columns, trial.check.columns, strict=True)):
        suggested = suggestions[place] if place < len(suggestions) else {}
        is_unsure = column.field == suggested.get("field") and 0 < suggested.get("confidence", 1) < UNSURE
        found.append(
            ColumnShown(
                place,
                called(batch.headers, place),
                column.field or "",
                options(column.field or "", language, is_history=is_history),
                hint(column, check, batch.options, is_unsure=is_unsure),
                check,
                is_unsure,
                place in form.wrong,
                column.date_order,
                import_choices.of_column(place, column.field, check, batch.options),
            )
        )
    return found


def hint(column: Column, check: ColumnCheck, chosen: dict[str, Any], *, is_unsure: bool) -> str:
    """How the values of a column are read, in a few words."""
    if check.is_order_unclear:
        return _("Day and month cannot be told apart: choose how they are read")
    if is_unsure:
        return _("Probably; check the examples")
    if column.field in files.dated(chosen) and (check.good or check.found):
        return _("Read as %(order)s") % {"order": str(orders.LABELS[column.date_order]).lower()}
    if column.field in ("phone", "mobile"):
        country = chosen.get("country") or "NL"
        return _("Read as a number in %(country)s") % {"country": dict(COUNTRIES).get(country, country)}
    if files.is_history(chosen) and column.field in PAST_HINTS:
        return str(PAST_HINTS[column.field])
    if column.field in files.kept(chosen) and column.field not in HINTS:
        return _("Kept with the contact as it stands")
    return str(HINTS.get(column.field or "", ""))


@dataclass(frozen=True, slots=True)
class Kind:
    """A button that narrows the findings: to one column, to whole rows, or to nothing (all of them)."""

    value: str
    label: str
    count: int
    is_current: bool


def kinds(batch: ImportBatch, check: Check, wanted: str) -> list[Kind]:
    counts = [(str(place), called(batch.headers, place), state.found) for place, state in enumerate(check.columns)]
    counts = sorted((kind for kind in counts if kind[2]), key=lambda kind: -kind[2])
    if check.row_findings:
        counts.insert(0, (str(WHOLE_ROW), _("Whole rows"), check.row_findings))
    everything = ("", _("All"), check.found)
    return [Kind(*kind, kind[0] == wanted) for kind in (everything, *counts)]


def findings(trial: Trial, wanted: str, *, of_row: bool, batch: ImportBatch, typed: Mapping[str, str]) -> list[Finding]:
    """What is shown of the findings, each with what was typed of it already."""
    return [replace(one, typed=typed_of(one, batch, typed)) for one in picked(trial, wanted, of_row=of_row)]


def typed_of(finding: Finding, batch: ImportBatch, typed: Mapping[str, str]) -> str:
    """What stands to be put right: what somebody typed instead of what was offered, else what is offered."""
    if finding.cells:
        return typed.get(f"line_{finding.n}", one_line.written(finding.cells, batch))
    cell = f"{finding.n}_{finding.place}"
    said = typed.get(f"value_{cell}")
    is_as_offered = said is None or said in (finding.value, typed.get(f"shown_{cell}", said))
    return finding.offered if is_as_offered else str(said)


def picked(trial: Trial, wanted: str, *, of_row: bool) -> list[Finding]:
    """The findings of one row, or the first of the kind that is wanted; those that stop a row before those that do not."""
    check = trial.check
    if of_row:
        return sorted(trial.findings, key=lambda finding: not finding.is_error)
    place = int(wanted) if wanted else None
    fitting = [
        finding
        for finding in check.findings
        if place is None or finding.place == (None if place == WHOLE_ROW else place)
    ]
    return sorted(fitting, key=lambda finding: (not finding.is_error, finding.line))[:FINDINGS_SHOWN]


def kind_wanted(text: str, check: Check) -> str:
    """Which findings are asked for; all where that is not understood."""
    known = {str(place) for place in range(len(check.columns))} | {str(WHOLE_ROW)}
    return text if text in known else ""


def person(row: Row, batch: ImportBatch, columns: list[Column]) -> Iterator[tuple[str, str]]:
    """What one row becomes: labels and values, the name in its parts, numbers and dates in normal form."""
    name = full_name(*(row.get(part, "") for part in ("first_name", "initials", "infix", "last_name")))
    if name:
        yield _("Name"), f"{row.get('salutation', '')} {name}".strip()
    chosen = [column.field for column in columns if column.field in BY_KEY]
    for key in chosen:
        value = row.get(f"{key}_e164") or row.get(key)
        if key not in ("full_name", "salutation", "first_name", "infix", "last_name") and value not in (None, "", []):
            yield str(BY_KEY[key].label), written(in_words(key, value))
    for label, value in import_history.past(row):
        yield label, written(value)
    labels = {column.attribute or column.field: column.header for column in columns}
    for key, value in row.get("attributes", {}).items():
        yield labels.get(key, key), written(value)


def in_words(field: str, value: Any) -> Any:
    """A value of a field that has but a few, as people say it; any other as it is."""
    if field in import_history.OFFERED:
        return str(dict(import_history.OFFERED[field]).get(value, value))
    return import_choices.shown(field, value) if field in import_choices.LISTED else value


def written(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return formats.date_format(local, "DATETIME_FORMAT" if local.time() != time() else "DATE_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value)  # with the month in letters: here somebody looks whether it was read right
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return formats.number_format(value, force_grouping=True)
    return str(value)[:200]
