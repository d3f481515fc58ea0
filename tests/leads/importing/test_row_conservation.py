"""Every row of a file ends in exactly one verdict, however broken; a preview is what a run does; twice makes nobody new."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leads.importing import running
from leads.models import Contact, ImportBatch, ImportRow, Lead, Queue
from tests.factories import queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
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
ROWS = st.lists(st.tuples(*CELLS), min_size=1, max_size=14)


def content(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["Name", "Email", "Phone", "Company", "Number", "Date", "Extra", "No mail"], *rows])
    return buffer.getvalue()


def batch_of(text: str) -> ImportBatch:
    batch = running.create(ContentFile(text.encode()), "rows.csv", by=None, at=AT)
    if batch.headers:
        running.choose(batch, FIELDS[: len(batch.headers)] + [None] * (len(batch.headers) - 8), at=AT)
    return batch


def ended(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return list(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "verdict", "reason"))


def verdicts(rows: list[tuple[int, str, str]]) -> list[tuple[int, str]]:
    return [(n, verdict) for n, verdict, _reason in rows]


def told(batch: ImportBatch) -> list[tuple[int, str, str]]:
    return [(row["n"], row["verdict"], row["reason"]) for row in batch.preview["shown"]]


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
