"""Which field does each column of a file become? Reads the file only, never the database."""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from leads.importing.mapping import Suggestion, suggest
from leads.importing.reading import NO_HEADER, Table, Unreadable, open_table


class Command(BaseCommand):
    help = "Suggest a field for each column of a file of leads (CSV, XLSX, XLS, ODS or vCard)."
    requires_system_checks: list[str] = []
    requires_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--sheet", help="the sheet of a workbook; without it the one that looks most like leads")
        parser.add_argument("--header-row", type=header_row, help="the line that names the columns, or “none”")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = open_table(options["file"], sheet=options["sheet"], header_row=options["header_row"])
            found = summary(table, suggest(table))
        except Unreadable as problem:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(problem)}, ensure_ascii=False))
            raise CommandError(str(problem), returncode=1) from None
        self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else in_words(found))


def header_row(text: str) -> int:
    """The line that was said to name the columns; NO_HEADER for “none”."""
    if text == "none":
        return NO_HEADER
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ArgumentTypeError(_("name a line, counted from 1, or “none”"))
    return int(text)


def summary(table: Table, suggestions: list[Suggestion]) -> dict[str, Any]:
    """What the file is and what its columns may become."""
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "rows": table.count_rows(),
        "columns": [{"header": one.header, "field": one.field, "confidence": one.confidence} for one in suggestions],
    }


def in_words(found: dict[str, Any]) -> str:
    """The same for a person to read."""
    about = ", ".join(
        f"{key.replace('_', ' ')} {found[key]!r}"
        for key in ("sheet", "header_row", "encoding", "delimiter", "rows")
        if found[key] is not None
    )
    width = max((len(column["header"]) for column in found["columns"]), default=0)
    lines = [
        f"{column['header']:<{width}}  {column['field'] or '-':<16} {column['confidence']:.2f}"
        for column in found["columns"]
    ]
    return "\n".join([about, *lines])
