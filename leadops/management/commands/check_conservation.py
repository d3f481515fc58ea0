"""Prove on the running base that no lead has fallen between ship and shore."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from leadops.management.prepared import PreparedCommand
from leads import conservation


class Command(PreparedCommand):
    help = (
        "Count what no constraint can see: leads without a holder who can act, history that tells something else, ..."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        report = conservation.run(timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(as_object(report)))
        else:
            self.stdout.write("\n".join(as_lines(report)))
        if report.leaks:
            sys.exit(1)


def as_object(report: conservation.Report) -> dict[str, Any]:
    checks = [{"name": check.name, "leaks": check.leaks} for check in report.checks]
    return {"open": report.open, "closed": report.closed, "leaks": report.leaks, "checks": checks}


def as_lines(report: conservation.Report) -> list[str]:
    lines = [f"{check.leaks:8d}  {check.name}" for check in report.checks]
    return [*lines, f"{report.leaks} leaks; {report.open} leads open, {report.closed} closed"]
