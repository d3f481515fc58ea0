"""From rows that arrived to contacts and leads: contact found or made, lead opened or enriched, enquiry recorded.

A slice of a file and one enquiry from a form take the same statements: one is a set of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from leadops.accounts.models import User
from leads import consent
from leads.capture import enquiries, people, places, verdicts
from leads.capture.slices import End, Slice

__all__ = ["End", "Slice", "capture", "remember_barred"]

# One judge at a time, so that two enquiries of one new person make one contact. Whoever changes a key by which
# contacts are known takes it too.
CAPTURE_LOCK = 7_001
BARRED = 0
"""The round of those who may not be contacted; the others' begin at one."""


@transaction.atomic
def capture(part: Slice, *, at: datetime, by: User | None, ends: Mapping[int, End] | None = None) -> dict[str, int]:
    """Judge the rows of a slice and write what follows from them; return how many ended in each verdict.

    `ends` says how the first rows ended into which rows of this slice were folded, where those stand in an earlier
    slice. What became of each row stands in the temporary table `judged` until the transaction ends.
    """
    lock()
    verdicts.prepare(part)
    places.name_marked(part)
    places.make_campaigns(part, at)
    verdicts.match(part)
    people.lock_families()
    verdicts.skip_suppressed(part)
    places.resolve_organisations(part, at)
    people.number()
    verdicts.follow_first_rows(ends or {})
    people.make(part, at)
    for round_ in range(1, people.order_rounds() + 1):
        people.fill(part, round_)
        _record(part, round_, at, by)
    return verdicts.settle(part)


def remember_barred(part: Slice, *, at: datetime) -> None:
    """Record what known people did whose rows were skipped because they may not be contacted, after their verdicts.

    It stands on their timeline, and on their open lead, whose holder is told; none is opened for it.
    """
    if enquiries.find_barred(BARRED) and enquiries.find_new(part, BARRED):
        enquiries.find_leads(BARRED)
        enquiries.record(part, BARRED, at)
        enquiries.touch(BARRED, at)


def lock() -> None:
    """Wait for, and take until the end of the transaction, the right to judge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CAPTURE_LOCK])


def _record(part: Slice, round_: int, at: datetime, by: User | None) -> None:
    """Write what the rows of a round did: their enquiries, the leads these open, and what was said about consent."""
    enquiries.find_leads(round_)
    if enquiries.find_new(part, round_):
        enquiries.open_leads(part, round_, at, by)
        enquiries.record(part, round_, at)
    if people.speak_of_consent(part, round_):
        consent.record(part.batch, round_, at=at, source=part.source, terms=part.terms)
        people.suppress(part, round_, at)
    enquiries.touch(round_, at)
