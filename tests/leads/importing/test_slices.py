"""It does not matter where a file is cut into slices: a run, and a check before it, end every row as if it were one slice."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leads import merging
from leads.importing import running
from leads.models import Contact, ImportBatch, ImportRow, Queue
from tests.factories import make_campaign, queue_of
from tests.journeys.faults.state import difference, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
BEFORE = AT - timedelta(minutes=1)
WHOLE = 1_000
# Notices are counted a slice, and what is due to be scored is told a slice.
COUNTED_APART = ("told", "left over", "batches")
CELLS = {
    "full_name": ["", "", "Anna de Wit", "A. de Wit", "Anna", "Bob Zwart", "B. Zwart", "Wit"],
    "email": ["", "", "anna@wit.example", "bob@zwart.example", "info@wit.example", "a2@wit.example", "nobody"],
    "phone": ["", "", "0624819033", "0205550124"],
    "mobile": ["", "", "", "0624819033", "0612345678"],
    "organisation": ["", "Wit BV", "Zwart"],
    "external_id": ["", "", "", "1", "2"],
    "city": ["", "", "Delft", "Gouda"],
    "birth_date": ["", "", "", "1970-03-14", "1991-06-12"],
    "occurred_at": ["", "", "2026-03-14", "2026-03-15"],
    "campaign": ["", "", "Fair", "Web"],
    "job_title": ["", "CEO", "CFO"],
    "opt_out_email": ["", "", "", "", "yes"],
    "opt_out_phone": ["", "", "", "", "", "yes"],
    "consent_email": ["", "", "", "yes"],
    "lead_status": ["", "", "new", "yes", "no", "later"],
}
WORDS = {str(len(CELLS) - 1): {"new": "inquiry", "yes": "won", "no": "lost", "later": "nurture"}}
FIELDS = list(CELLS)
ROWS = st.lists(st.tuples(*map(st.sampled_from, CELLS.values())).filter(any), min_size=2, max_size=12)
CHOSEN = st.fixed_dictionaries(
    {
        "on_conflict": st.one_of(
            st.just({}), st.dictionaries(st.sampled_from([str(n) for n in range(11)]), st.just("overwrite"), max_size=6)
        ),
        "known_by": st.sampled_from([[], [], ["external_id", "email"], ["phone", "name"]]),
        "is_history": st.booleans(),
        "words": st.just(WORDS),
    }
)


def content(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([FIELDS, *rows])
    return text.getvalue().encode()


def batch_of(rows: list[tuple[str, ...]], options: dict[str, Any]) -> ImportBatch:
    batch = running.create(ContentFile(content(rows)), "rows.csv", by=None, at=AT)
    running.choose(batch, FIELDS, at=AT, options=options)
    return batch


@contextmanager
def in_slices_of(size: int) -> Iterator[None]:
    running.slices.SLICE, usual = size, running.slices.SLICE
    try:
        yield
    finally:
        running.slices.SLICE = usual


def said() -> dict[str, list[str]]:
    """What the base says; enquiries without a moment of their own are of any."""
    found = {name: rows for name, rows in state().items() if name not in COUNTED_APART}
    return found | {"engagements": sorted(re.sub(r'"[^"]*\.[0-9]{3,}[^"]*"', "", row) for row in found["engagements"])}


def lay_ground(known: list[tuple[str, ...]]) -> None:
    """Some people who are known, two of them merged."""
    queue_of(Queue.Kind.TO_QUALIFY)
    make_campaign("Fair")
    running.run(batch_of(known, {}), at=BEFORE)
    people = list(Contact.objects.order_by("pk")[:2])
    if len(people) == 2:
        merging.merge([merging.Fold(people[0].pk, people[1].pk)], at=BEFORE, by=None)


def ended(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return list(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "verdict", "reason"))


def ran(rows: list[tuple[str, ...]], options: dict[str, Any], size: int) -> tuple[Any, Any]:
    """How the rows end, and what the base says then; all taken back."""
    with transaction.atomic(), in_slices_of(size):
        batch = batch_of(rows, options)
        assert running.run(batch, at=AT), batch.problem
        found = ended(batch), said()
        transaction.set_rollback(True)
    return found


def checked(rows: list[tuple[str, ...]], options: dict[str, Any], size: int) -> tuple[Any, Any]:
    """How a check says that the rows would end, and how many in each verdict."""
    with transaction.atomic(), in_slices_of(size):
        batch = batch_of(rows, options)
        assert running.check(batch, at=AT), batch.problem
        shown = [(row["n"], row["verdict"], row["reason"]) for row in batch.preview["shown"]]
        counts = {name: batch.preview[name] for name in running.slices.COUNTS.values()}
        transaction.set_rollback(True)
    return shown, counts


@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ROWS, ROWS, CHOSEN, st.integers(1, 4))
def test_wherever_a_file_is_cut(known: Any, rows: Any, options: dict[str, Any], size: int) -> None:
    with transaction.atomic():
        lay_ground(known)
        expected, base = ran(rows, options, WHOLE)
        cut, base_of_cut = ran(rows, options, size)
        assert cut == expected
        assert difference(base_of_cut, base) == {}
        shown, counts = checked(rows, options, size)
        assert shown == expected
        assert counts == {
            name: sum(verdict == of for _n, of, _reason in expected) for verdict, name in running.slices.COUNTS.items()
        }
        transaction.set_rollback(True)


def row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(field, "") for field in FIELDS)


FAIR, WEB = {"campaign": "Fair", "occurred_at": "2026-03-14"}, {"campaign": "Web"}
ANNA = {"full_name": "Anna de Wit", "email": "anna@wit.example"}


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        # The number that the first row brings does not make the second known.
        (
            [row(email="anna@wit.example", phone="0624819033", **WEB), row(full_name="A. de Wit", phone="0624819033")],
            ["updated", "created"],
        ),
        # The address that the first row replaces still makes the second known.
        (
            [row(**ANNA | {"email": "a2@wit.example"}, external_id="1", **WEB), row(email="anna@wit.example")],
            ["updated", "updated"],
        ),
        # What was folded into the first row comes before what the third says of the same person.
        ([row(**ANNA, **FAIR), row(**ANNA, **WEB), row(external_id="1", **WEB)], ["skipped", "merged", "skipped"]),
    ],
)
def test_what_an_earlier_slice_did(rows: list[tuple[str, ...]], verdicts: list[str]) -> None:
    lay_ground([row(**ANNA, external_id="1", **FAIR)])
    options = {"on_conflict": {str(FIELDS.index("email")): "overwrite"}}
    for size in (1, WHOLE):
        ends, _base = ran(rows, options, size)
        assert [verdict for _n, verdict, _reason in ends] == verdicts
        assert checked(rows, options, size)[0] == ends
