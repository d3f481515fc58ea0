"""How is one field of many people, or of the organisations they work for, set to one value?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from leads import capture, reasons
from leads.arrivals import Row, Ways, WrongValueError
from leads.arrivals.cells import Cells
from leads.arrivals.shapes import Column
from leads.bulk.acts import Act, Asks, Before, Done, Option, Options, Order, Unfit, register
from leads.bulk.marking import SO_ALREADY
from leads.conditions import field_of
from leads.importing import values
from leads.importing.choices import OVERWRITE
from leads.models import Contact, Lead, Organisation
from leads.problems import Problem
from leads.touching import touch

PERSON, ORGANISATION = "contact.", "organisation."
# The fields of each, as the importer names them and as they are called in conditions.
OF_PERSON = ("job_title", "department", "city", "region", "country", "language")
OF_ORGANISATION = ("industry", "employees", "country", "legal_form")
LONGEST_VALUE = 300
FILL = "fill"

KNOWN = Problem(gettext_noop("Something else is known already: only what was empty is filled."))
NO_ORGANISATION = Problem(gettext_noop("The person has no organisation."))
ERASED = Problem(gettext_noop("The person was erased: nothing is written down of them any more."))


class Target(NamedTuple):
    """A column of people or of organisations."""

    is_of_person: bool
    column: str

    @property
    def rows(self) -> QuerySet[Any]:
        """All people, or all organisations."""
        return Contact.objects.all() if self.is_of_person else Organisation.objects.all()

    def of_leads(self, keys: Sequence[int]) -> dict[int, int | None]:
        """The record of each lead, in the order of their keys."""
        path = "contact_id" if self.is_of_person else "contact__organisation_id"
        return dict(Lead.objects.filter(pk__in=keys).order_by("pk").values_list("pk", path))

    def locked(self, records: Iterable[int]) -> dict[int, Any]:
        """These records, locked in key order."""
        rows = self.rows.filter(pk__in=list(records)).order_by("pk").select_for_update()
        return {row.pk: row for row in rows}

    def touch(self, records: Collection[int], order: Order) -> None:
        """Have the leads of everybody whom it concerns judged again. Rides contact_in_organisation."""
        name = "pk" if self.is_of_person else "organisation"
        people = Contact.objects.filter(**{f"{name}__in": records})
        touch(set(people.values_list("family_id", flat=True)), at=order.at)


def target_of(key: str) -> Target:
    """The column that a field stands for."""
    return Target(key.startswith(PERSON), key.partition(".")[2])


def read(key: str, raw: str) -> Any:
    """The value of a field as an import reads it from a file. Raises Unfit."""
    label, name, row = label_of(key), key.partition(".")[2], Row()
    try:
        if not values.is_blank(raw):
            Cells(Ways()).reader(Column(label, name))(row, raw)
    except WrongValueError as wrong:
        raise Unfit("value", reasons.said(reasons.kept(wrong.args))) from wrong
    if name not in row:
        raise Unfit("value", _("“%(raw)s” cannot be read as “%(field)s”.") % {"raw": raw[:40], "field": label})
    return row[name]


def label_of(key: str) -> str:
    """What a field is called."""
    found = field_of(key)
    return str(found.label) if found else key


def check(options: Options) -> None:
    """Whether the value can be read. Raises Unfit."""
    read(options["field"], options["value"])


def edit(keys: Sequence[int], order: Order) -> Done:
    """Set the field of the people of these leads, or of their organisations; each once, with its first lead."""
    target, value = target_of(order.options["field"]), read(order.options["field"], order.options["value"])
    is_filling = order.options["known"] != OVERWRITE
    capture.lock()  # what arrives meanwhile waits: it may fill the same column, or tell for whom somebody works
    of_leads = target.of_leads(keys)
    rows = target.locked({record for record in of_leads.values() if record is not None})
    refused: dict[int, Problem] = {}
    changed: dict[int, Any] = {}
    written: set[int] = set()
    for lead, record in of_leads.items():
        problem = _refusal(rows.get(record or 0), target.column, value, is_filling)
        if problem or record is None or record in written:
            refused[lead] = problem or SO_ALREADY
        else:
            changed[lead] = {"record": record, "was": getattr(rows[record], target.column), "is": value}
            written.add(record)
    target.rows.filter(pk__in=written).update(**{target.column: value})
    target.touch(written, order)
    return Done(changed, refused)


def _refusal(row: Any, column: str, value: Any, is_filling: bool) -> Problem | None:
    """Why a lead is left alone whose record this is."""
    if row is None:
        return NO_ORGANISATION
    was = getattr(row, column)
    if was == value:
        return SO_ALREADY
    if getattr(row, "erased_at", None):
        return ERASED
    return KNOWN if is_filling and was not in ("", None) else None


def put_back(before: Before, order: Order) -> list[int]:
    """Give each record that still says what it was set to its former value."""
    target = target_of(order.options["field"])
    capture.lock()
    was: Mapping[int, Any] = {one["record"]: one for one in before.values()}
    rows = target.locked(was)
    same = [row for key, row in rows.items() if getattr(row, target.column) == was[key]["is"]]
    for row in same:
        setattr(row, target.column, was[row.pk]["was"])
    target.rows.bulk_update(same, [target.column])
    restored = {row.pk for row in same}
    target.touch(restored, order)
    return [lead for lead, one in before.items() if one["record"] in restored]


def fields_offered() -> list[tuple[Any, Any]]:
    """The fields that can be set, those of people before those of organisations."""
    return [
        (_("Person"), [(PERSON + name, label_of(PERSON + name)) for name in OF_PERSON]),
        (_("Organisation"), [(ORGANISATION + name, label_of(ORGANISATION + name)) for name in OF_ORGANISATION]),
    ]


KNOWN_WAYS = ((FILL, gettext_lazy("If known: fill what is empty")), (OVERWRITE, gettext_lazy("If known: overwrite")))

register(
    Act(
        "edit",
        gettext_lazy("Set a field"),
        gettext_lazy(
            "One field of the person behind each lead, or of their organisation, gets the value that you give, read as an "
            "import reads it. A person or an organisation with several leads is changed once."
        ),
        edit,
        put_back,
        (
            Option("field", gettext_lazy("Field"), Asks.CHOICE, fields_offered),
            Option("value", gettext_lazy("Value"), Asks.WORD, longest=LONGEST_VALUE),
            Option("known", gettext_lazy("What is known already"), Asks.CHOICE, lambda: KNOWN_WAYS),
        ),
        "pencil",
        check,
    )
)
