"""An import taken back: what was there before is equal again, and what was touched since stays and is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import consent, conservation, lifecycle, merging, reasons
from leads.importing import running, undoing
from leads.merging import Fold
from leads.models import (
    Consent,
    Contact,
    Engagement,
    ImportBatch,
    ImportRow,
    Lead,
    Organisation,
    Queue,
)
from leads.stages import Reason, Stage
from tests.factories import make_user, queue_of
from tests.leads.importing.test_row_conservation import CONFLICTS, ROWS, content

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
LATER = AT + timedelta(minutes=2)
HEADER = "Name,Email,Phone,Company,Job title,City,Industry,Tags,Opt in\n"
KNOWN = "Anna de Wit,anna@wit.example,,Wit BV,,,,beurs,\nBob Zwart,bob@zwart.example,,,,,,,\n"
SECOND = (
    "Anna de Wit,anna@wit.example,020 555 01 24,Wit BV,CIO,Delft,Software,vip,yes\n"
    "A. de Wit,anna@wit.example,,,,,,klant,\n"
    "Carla Groen,carla@groen.example,,Groen BV,CEO,,,,\n"
)


@pytest.fixture(autouse=True)
def to_qualify() -> Queue:
    return queue_of(Queue.Kind.TO_QUALIFY)


@pytest.fixture
def marketer() -> User:
    return make_user(Role.MARKETER)


def brought(text: str, by: User | None = None, name: str = "people.csv", **options: Any) -> ImportBatch:
    batch = running.create(ContentFile(text.encode(), name=name), name, by=by, at=AT)
    running.change(batch, options=options)
    if not running.run(batch, at=AT):
        pytest.fail(batch.problem)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.DONE)
    batch.refresh_from_db()
    return batch


def taken_back(batch: ImportBatch, by: User) -> ImportBatch:
    assert undoing.request(batch, by=by)
    batch.refresh_from_db()
    assert undoing.undo(batch, at=LATER)
    batch.refresh_from_db()
    return batch


def standing() -> dict[str, Any]:
    """Every business column of what counts."""
    is_standing = {"voids__isnull": True, "voided_by__isnull": True}
    return {
        "contacts": list(Contact.objects.listed().order_by("pk").values()),
        "organisations": list(
            Organisation.objects.filter(contacts__in=Contact.objects.listed()).order_by("pk").values()
        ),
        "leads": list(Lead.objects.listed().order_by("pk").values("pk", "stage", "owner", "queue", "next_step_at")),
        "engagements": list(Engagement.objects.filter(**is_standing).order_by("pk").values()),
        "consents": list(Consent.objects.filter(**is_standing).order_by("pk").values()),
    }


def test_what_was_there_is_equal_again_and_the_rest_is_gone(marketer: User) -> None:
    brought(HEADER + KNOWN)
    before = standing()
    batch = brought(HEADER + SECOND)
    assert (batch.created, batch.updated, batch.merged) == (1, 1, 1)
    assert standing() != before
    taken_back(batch, marketer)
    assert (batch.state, batch.undone, batch.undone_by) == (ImportBatch.State.UNDONE, 3, marketer)
    assert standing() == before
    assert Lead.objects.filter(stage=Stage.VOID).count() == 1
    assert list(ImportRow.objects.filter(batch=batch).exclude(kept="")) == []
    assert conservation.run(timezone.now()).leaks == 0


def test_after_it_the_same_file_brings_the_same_in(marketer: User) -> None:
    first = brought(HEADER + SECOND)
    taken_back(first, marketer)
    again = brought(HEADER + SECOND)
    assert (again.created, again.updated, again.merged) == (first.created, first.updated, first.merged) == (2, 0, 1)


def test_what_was_changed_since_stays_and_is_named(marketer: User) -> None:
    brought(HEADER + KNOWN)
    batch = brought(HEADER + SECOND)
    Contact.objects.filter(email_key="anna@wit.example").update(job_title="CTO")
    taken_back(batch, marketer)
    anna = Contact.objects.get(email_key="anna@wit.example")
    assert (anna.job_title, anna.city, anna.phone, anna.tags) == ("CTO", "", "", ["beurs"])
    (kept,) = ImportRow.objects.filter(batch=batch).exclude(kept="")
    assert (kept.n, reasons.said(kept.kept)) == (1, "“Job title” was changed since and stays.")


def test_a_lead_that_somebody_works_stays_with_its_enquiry(marketer: User) -> None:
    batch = brought(
        HEADER + "Carla Groen,carla@groen.example,,Groen BV,CEO,,,,\nDirk Blauw,dirk@blauw.example,,,,,,,\n"
    )
    carla = Lead.objects.get(contact__email_key="carla@groen.example")
    holds = {carla.pk: lifecycle.Hold(AT + timedelta(days=3), owner=marketer.pk)}
    lifecycle.hold(Lead.objects.filter(pk=carla.pk), holds=holds, at=AT, reason=Reason.CLAIMED, by=marketer)
    taken_back(batch, marketer)
    stands, gone = Lead.objects.select_related("contact").order_by("pk")
    assert (stands.stage, stands.contact.voided_at, gone.stage) == (Stage.INQUIRY, None, Stage.VOID)
    assert gone.contact.voided_at >= LATER
    assert Engagement.objects.filter(lead=carla, voided_by__isnull=True).count() == 1
    (kept,) = ImportRow.objects.filter(batch=batch).exclude(kept="")
    assert reasons.said(kept.kept) == "Somebody has worked on the lead since: it stays."


@pytest.mark.parametrize("is_first_taken_back", [True, False])
def test_who_was_merged_with_somebody_from_another_file_keeps_the_open_lead(
    marketer: User, *, is_first_taken_back: bool
) -> None:
    first, second = (
        brought(f"Name,Email\nAnna de Wit,{mail}\n", marketer) for mail in ("anna@wit.example", "a@w.example")
    )
    winner, loser = Contact.objects.order_by("pk")
    merging.merge([Fold(winner.pk, loser.pk)], at=AT + timedelta(minutes=1), by=marketer)
    taken_back(first if is_first_taken_back else second, marketer)
    assert [lead.family_id for lead in Lead.objects.still_open()] == [winner.pk]
    kept = ImportRow.objects.get(batch=first if is_first_taken_back else second).kept
    assert str(reasons.said(kept)).startswith(undoing.LEAD_STAYS)


def test_an_objection_stays(marketer: User) -> None:
    brought("Name,Email,No mail\nAnna de Wit,anna@wit.example,\n")
    taken_back(brought("Name,Email,No mail\nAnna de Wit,anna@wit.example,yes\n"), marketer)
    assert Contact.objects.get().is_mail_suppressed
    assert consent.suppressed(consent.EMAIL, {"anna@wit.example"}) == {"anna@wit.example"}
    assert reasons.said(ImportRow.objects.get(verdict="updated").kept) == "The objection stays."


def test_it_is_taken_back_once_and_goes_on_where_it_stopped(marketer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(HEADER + KNOWN)
    before = standing()
    batch = brought(HEADER + SECOND)
    monkeypatch.setattr(undoing, "SLICE", 1)

    class KilledError(Exception):
        pass

    def killed(_batch: ImportBatch) -> None:
        raise KilledError

    assert undoing.request(batch, by=marketer)
    assert not undoing.request(batch, by=marketer)
    batch.refresh_from_db()
    with pytest.raises(KilledError):
        undoing.undo(batch, at=LATER, on_progress=killed)
    assert ImportBatch.objects.get(pk=batch.pk).undone == 1
    assert undoing.undo(batch, at=LATER)
    assert not undoing.undo(batch, at=LATER)
    assert standing() == before


def test_a_file_that_brought_nothing_is_not_taken_back(marketer: User) -> None:
    batch = running.create(ContentFile((HEADER + KNOWN).encode()), "people.csv", by=None, at=AT)
    assert not undoing.request(batch, by=marketer)


def readable(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out what makes a file binary: that is refused as a whole."""
    return [tuple("".join(one for one in cell if one.isprintable() or one == "\t") for cell in row) for row in rows]


def has_text(rows: list[tuple[str, ...]]) -> bool:
    """A file without any row is refused too."""
    return any("".join(row).strip() for row in rows)


READABLE = ROWS.map(readable).filter(has_text)


@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(READABLE, READABLE, CONFLICTS)
def test_importing_and_taking_back_changes_nothing(known: Any, rows: Any, conflicts: dict[str, str]) -> None:
    with transaction.atomic():
        marketer = make_user(Role.MARKETER)
        brought(content(known))
        before = standing()
        objected = set(Contact.objects.filter(is_mail_suppressed=True).values_list("pk", flat=True))
        batch = brought(content(rows), name="others.csv", on_conflict=conflicts)
        if undoing.request(batch, by=marketer):
            batch.refresh_from_db()
            undoing.undo(batch, at=LATER)
        after = standing()
        new = set(Contact.objects.filter(is_mail_suppressed=True).values_list("pk", flat=True)) - objected
        if not new:
            assert after == before
        assert conservation.run(timezone.now()).leaks == 0
        transaction.set_rollback(True)
