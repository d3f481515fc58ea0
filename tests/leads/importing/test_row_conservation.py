"""Every row of a file ends in exactly one verdict, however broken; a preview is what a run does; twice makes nobody new."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leads.importing import running, sharing, staging
from leads.importing.reading import table
from leads.models import Contact, ImportBatch, ImportRow, Lead, Queue
from tests.factories import queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
BEFORE = AT - timedelta(minutes=1)
FIELDS = ["full_name", "email", "phone", "organisation", "external_id", "occurred_at", None, "opt_out_email"]
CELLS = [
    st.sampled_from(["", "Anna de Wit", "A. de Wit", "Bob Zwart", "n/a", "de Wit, Anna", "Anna", "\\", '"', "x\ty\nz"]),
    st.sampled_from(
        ["", "anna@wit.example", "ANNA@wit.example", "info@wit.example", "bob@zwart.example", "nobody", "-"]
    ),
    st.sampled_from(["", "0624819033", "+31 6 24819033", "12", "020 555 01 24", "=1+1"]),
    st.sampled_from(["", "Wit BV", "Wit B.V.", "Zwart"]),
    st.sampled_from(["", "1", "2", "3"]),
    st.sampled_from(["", "2026-03-14", "2026-03-15 10:00", "31-02-2026", "2999-01-01", "soon"]),
    st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=5),
    st.sampled_from(["", "no", "no", "no", "yes", "perhaps"]),
]
WAYS = st.sampled_from(["", "overwrite", "keep"])
CONFLICTS = st.dictionaries(st.sampled_from("01234567"), WAYS, max_size=8)
CHOICES = st.fixed_dictionaries(
    {
        "on_conflict": CONFLICTS,
        "known_by": st.lists(st.sampled_from(["external_id", "email", "phone", "name"]), unique=True, max_size=4),
        "constants": st.sampled_from([{}, {"country": "BE", "tags": "beurs"}, {"organisation": "Zwart"}]),
        "words": st.sampled_from([{}, {"7": {"perhaps": "no"}}]),
        "is_routable": st.booleans(),
    }
)
CORRECTIONS = st.dictionaries(
    st.sampled_from("123"),
    st.one_of(*(st.builds(lambda cell, n=n: {str(n): cell}, CELLS[n]) for n in range(8))),
    max_size=2,
)
ROWS = st.lists(st.tuples(*CELLS), min_size=1, max_size=14)


def content(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["Name", "Email", "Phone", "Company", "Number", "Date", "Extra", "No mail"], *rows])
    return buffer.getvalue()


def batch_of(text: str, options: dict[str, Any] | None = None, corrections: Any = None) -> ImportBatch:
    batch = running.create(ContentFile(text.encode()), "rows.csv", by=None, at=AT)
    if batch.headers:
        fields = FIELDS[: len(batch.headers)] + [None] * (len(batch.headers) - 8)
        places = {str(place) for place in range(len(fields))}
        chosen = {key: {k: v for k, v in said.items() if k in places} for key, said in by_place(options or {}).items()}
        running.choose(batch, fields, at=AT, options=(options or {}) | chosen)
        running.change(batch, corrections=corrections or {})
    return batch


def by_place(options: dict[str, Any]) -> dict[str, Any]:
    return {key: said for key, said in options.items() if key in ("on_conflict", "words")}


def ended(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return list(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "verdict", "reason"))


def verdicts(rows: list[tuple[int, str, str]]) -> list[tuple[int, str]]:
    return [(n, verdict) for n, verdict, _reason in rows]


def told(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return [(row["n"], row["verdict"], row["reason"]) for row in batch.preview["shown"]]


@settings(max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ROWS, ROWS, CHOICES, CORRECTIONS)
def test_whatever_is_chosen_a_preview_is_what_a_run_does(known: Any, rows: Any, chosen: Any, corrections: Any) -> None:
    with transaction.atomic():
        queue_of(Queue.Kind.TO_QUALIFY)
        running.run(batch_of(content(known)), at=BEFORE)
        batch = batch_of(content(rows), chosen, corrections)
        if running.check(batch, at=AT):
            assert running.run(batch, at=AT)
            assert told(batch) == ended(batch)
            assert [n for n, _verdict, _reason in ended(batch)] == list(range(1, batch.rows + 1))
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ROWS, st.integers(1, 6))
def test_rows_are_conserved(rows: list[tuple[str, ...]], size: int) -> None:
    running.slices.SLICE, usual = size, running.slices.SLICE
    try:
        with transaction.atomic():
            queue_of(Queue.Kind.TO_QUALIFY)
            check(content(rows))
            transaction.set_rollback(True)
    finally:
        running.slices.SLICE = usual


def check(text: str) -> None:
    batch = batch_of(text)
    if not running.check(batch, at=AT):
        assert batch.state == ImportBatch.State.FAILED
        assert batch.problem
        return
    assert (Contact.objects.count(), Lead.objects.count()) == (0, 0)
    assert running.run(batch, at=AT)
    assert verdicts(told(batch)) == verdicts(ended(batch))
    batch.refresh_from_db()
    assert batch.created + batch.updated + batch.merged + batch.skipped + batch.errors == batch.rows == batch.committed
    assert [n for n, _verdict, _reason in ended(batch)] == list(range(1, batch.rows + 1))
    assert Contact.objects.count() == Lead.objects.count() == batch.created
    again = batch_of(text)
    assert running.run(again, at=AT)
    again.refresh_from_db()
    assert (again.created, again.errors) == (0, batch.errors)
    assert Contact.objects.count() == batch.created


def ragged(count: int = 700) -> str:
    """A file of which the rows far down lack cells at their end, in stretches as a spreadsheet writes them, and some are cut."""
    lines = ["Name,Email,Phone,Company,Number,Date,Extra,No mail"]
    for n in range(count):
        cells = [f"Anna {n}", f"anna{n}@wit.example", "020 555 01 24", "Wit BV", str(n), "2026-03-14", "x", "no"]
        kept = 8 if n < 600 else 8 - n // 16 % 4
        lines += [",".join(cells[:kept])] if n % 97 or n < 600 else [",".join(cells[:3]), ",".join(cells[2:])]
    return "\n".join(lines)


@pytest.mark.parametrize("processes", [1, 2])
def test_rows_that_lack_cells_end_as_checked_however_they_are_read(
    processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 7)
    monkeypatch.setattr(sharing, "PROCESSES", processes)
    monkeypatch.setattr(running.arriving, "LARGE", 1 if processes > 1 else 10**9)
    queue_of(Queue.Kind.TO_QUALIFY)
    batch = batch_of(ragged())
    assert running.check(batch, at=AT)
    checked = batch.preview
    assert running.run(batch, at=AT)
    batch.refresh_from_db()
    counts = {name: getattr(batch, name) for name in ("rows", "created", "updated", "merged", "skipped", "errors")}
    assert counts == {name: checked[name] for name in counts}
    rows = dict(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "reason"))
    assert list(rows) == list(range(1, 702))
    filled = [n for n, reason in rows.items() if table.FILLED_UP in reason]
    short = [n for n, reason in rows.items() if table.TOO_SHORT in reason]
    assert (len(filled), batch.reading["filled_up"]["count"], batch.errors) == (len(filled), len(filled), len(short))
    assert (len(filled) > 60, len(short)) == (True, 2)
    assert {(row["n"], row["reason"]) for row in checked["shown"]} <= set(rows.items())
