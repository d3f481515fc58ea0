"""What was not followed up in a period, as far as was known at a moment? For the console and for other programs."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from leadops.accounts.models import Company
from leadops.accounts.writing import money, number, percent
from leadops.management.prepared import PreparedCommand
from reporting import telling, tracking
from reporting.facts import Facts
from reporting.periods import FIRST_YEAR, Period, is_within_reach, quarter


class Command(PreparedCommand):
    help = "Tell how many leads were delivered, followed up and never followed up, and what those had cost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", help="first day of the period; without it the quarter's first")
        parser.add_argument("--to", dest="last", help="last day of the period; without it the day of --as-of")
        parser.add_argument("--as-of", help="moment of which the figures were known; without it now")
        parser.add_argument("--with-imported", action="store_true", help="also what was moved in from another system")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        company = Company.objects.first() or Company()
        facts = asked(options["first"], options["last"], options["as_of"], zone=company.time_zone, now=timezone.now())
        facts = replace(facts, with_imported=options["with_imported"])
        told = answer(facts, company.currency)
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else in_words(told))


def asked(first: str | None, last: str | None, as_of: str | None, *, zone: str, now: datetime) -> Facts:
    """Return the facts that the options ask for; raise CommandError where one is no date or moment."""
    at = moment(as_of, zone) if as_of else now
    if at > now:
        raise CommandError("--as-of lies in the future.")
    today = at.astimezone(ZoneInfo(zone)).date()
    final = day(last, "--to") if last else today
    begin = day(first, "--from") if first else quarter(final, zone).first
    if not (is_within_reach(begin, now) and is_within_reach(final, now)):
        raise CommandError("Choose days from 2000 to the end of next year.")
    if begin > final:
        raise CommandError(f"The period ends ({final}) before it begins ({begin}).")
    return Facts(Period(begin, final, zone), at, is_live=not as_of)


def day(text: str, option: str) -> date:
    """Read a day of an option."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{option} takes a day such as 2026-10-01, not {text!r}.")
    return found


def moment(text: str, zone: str) -> datetime:
    """Read a moment of an option, in the company's zone where it names none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.year < FIRST_YEAR:
        raise CommandError(f"--as-of takes a moment such as 2026-10-01T09:00, not {text!r}.")
    return found.replace(tzinfo=ZoneInfo(zone)) if timezone.is_naive(found) else found


def answer(facts: Facts, currency: str) -> dict[str, Any]:
    """Return the figures and their cuts, everybody by name."""
    return telling.black_hole_told(facts, currency, tracking.everybody())


def in_words(told: dict[str, Any]) -> str:
    """The same for a person to read."""
    lost = money(told["spend_lost"], told["currency"])
    lines = [
        f"{told['from']} to {told['to']}, as known at {told['as_of']}",
        f"Never followed up: {number(told['never_followed_up'])} ({percent(told['share'])}), which had cost {lost}",
        (
            f"Delivered {number(told['delivered'])}: followed up {number(told['followed_up'])} "
            f"(in time {number(told['followed_up_in_time'])}), answered otherwise {number(told['answered_otherwise'])}, "
            f"not yet due {number(told['not_yet_due'])}"
        ),
    ]
    for cut in ("by_channel", "by_campaign", "by_rep", "by_cause"):
        lines.append(f"\n{cut.replace('_', ' ').capitalize()}")
        lines += [f"  {row['name']:<40} {row['never_followed_up']:>8} {percent(row['share']):>5}" for row in told[cut]]
    return "\n".join(lines)
