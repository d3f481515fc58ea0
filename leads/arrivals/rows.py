"""What does a row say as a whole?"""

from __future__ import annotations

from collections.abc import Sequence

from leads import emails, names, organisation_names, reasons
from leads.arrivals import past
from leads.arrivals.cells import Cells
from leads.arrivals.shapes import NOBODY, TOO_LONG, Column, Read, Row, Ways, WrongValueError
from leads.arrivals.wording import as_chosen
from leads.importing.fields import IDENTIFYING, LEFT_OUT
from leads.importing.values.answers import BLANKS
from leads.models import Engagement
from leads.problems import Problem

LONGEST_BLANK = max(map(len, BLANKS))
KEPT_UNDER = {"notes": "notes_given", "owner": "requested_owner_id"}
"""The fields that a row keeps under another name."""
RECOGNISED_BY = ("name_key", "email_key", "phone_e164", "mobile_e164", "external_id")


class Reader:
    """Reads rows of one shape: a reader for each column is chosen once, and then called for each cell, the country's first.

    `constants` are said by every row: of a field that has no column at once, of another where its own cell says nothing.
    """

    def __init__(self, columns: Sequence[Column], ways: Ways, constants: Sequence[tuple[Column, str]] = ()) -> None:
        self.cells = Cells(ways)
        self.reads: list[tuple[int, Read]] = [
            (place, self.chosen(column)) for place, column in enumerate(columns) if column.field != LEFT_OUT
        ]
        self.reads.sort(key=lambda one: columns[one[0]].field != "country")
        fields = {column.field for column in columns}
        said = [(column.field, self.cells.reader(column), value) for column, value in constants]
        self.before = [(read, value) for field, read, value in said if field not in fields]
        self.behind = [(field, read, value) for field, read, value in said if field in fields]

    def chosen(self, column: Column) -> Read:
        """The reader of a column by what was chosen for it; one of history knows what its words mean."""
        read, ways = self.cells.reader(column), self.cells.ways
        return read if ways.past and column.field in past.IN_WORDS else as_chosen(column, read, ways.country)

    def read(self, cells: Sequence[str]) -> Row:
        """The row that these cells say; `problem` and `notes` are set where something is wrong."""
        row: Row = {}
        try:
            for read, value in self.before:
                read(row, value)
            for place, read in self.reads:
                cell = cells[place].strip()
                if cell and (len(cell) > LONGEST_BLANK or cell.casefold() not in BLANKS):
                    read(row, cell)
            for field, read, value in self.behind:
                if KEPT_UNDER.get(field or "", field) not in row:
                    read(row, value)
            self.complete(row)
        except WrongValueError as wrong:
            row["problem"] = reasons.kept(wrong.args)
        return row

    def complete(self, row: Row) -> None:
        """What follows from the cells together: the parts and keys of the name, the organisation's key, what was done."""
        if IDENTIFYING.isdisjoint(row):
            raise WrongValueError(Problem(NOBODY))
        full = row.pop("full_name", None)
        if full and not row.get("last_name"):
            self.take_apart(row, full)
        first = row.get("first_name") or row.get("initials") or ""
        row["first_key"] = names.key(first, "", "")
        row["last_key"] = names.key("", row.get("infix") or "", row.get("last_name") or "")
        row["name_key"] = f"{row['first_key']} {row['last_key']}".strip()[:400]
        if not any(map(row.get, RECOGNISED_BY)):
            raise WrongValueError(Problem(NOBODY))
        if organisation := row.get("organisation"):
            row["organisation_key"] = organisation_names.key(organisation)[:300]
        if (address := row.get("email_key")) and not emails.is_free(host := emails.domain(address)):
            row["domain"] = host
        row["detail"] = "\n".join(filter(None, (row.pop("source_detail", None), row.pop("notes_given", None))))
        if self.cells.ways.past:
            past.complete(row, self.cells.ways)
        row["kind"] = Engagement.Kind.ATTENDED if row.get("attended_minutes") else Engagement.Kind.ENQUIRY

    def past_problem(self, row: Row) -> str:
        """What is wrong with the past of a row as a whole, if anything."""
        if self.cells.ways.past:
            try:
                past.complete(row, self.cells.ways)
            except WrongValueError as wrong:
                return reasons.kept(wrong.args)
        return ""

    def take_apart(self, row: Row, full: str) -> None:
        """Fill the parts of a name that have no column of their own from the full one."""
        for key, part in names.split(full)._asdict().items():
            limit = self.cells.limits[key]
            if part and len(part) <= limit:
                row.setdefault(key, part)
            elif part:
                gaps = {"column": key, "length": len(part), "limit": limit}
                raise WrongValueError(Problem(TOO_LONG, gaps))
