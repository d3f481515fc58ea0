"""Who may be one person is found in blocks, scored with reasons, asked about once, and decided by somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadops.accounts.roles import Role
from leads import duplicates, lifecycle
from leads.duplicates import MERGE, Person, compare
from leads.models import Contact, DuplicatePair, DuplicateScan
from tests.factories import TUESDAY, make_contact, make_organisation, make_user
from tests.leads.people import labelled

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JAN = Person("jan de vries", "jan@firma.example", "+31205550101", "+31612345678", "firma")


@pytest.fixture(autouse=True)
def _in_history():
    with lifecycle.history():
        yield


def scanned(at=TUESDAY) -> DuplicateScan:
    scan = duplicates.ask(at=at, by=None)
    while duplicates.go_on(at):
        pass
    scan.refresh_from_db()
    return scan


def pairs() -> set[tuple[int, int]]:
    return set(DuplicatePair.objects.values_list("left_id", "right_id"))


def make_pair(**fields: Any) -> DuplicatePair:
    """Two records of one person, found."""
    firm = make_organisation()
    known = {"last_name": "Vries", "first_name": "Jan", "name_key": "jan vries", "organisation": firm}
    make_contact(email="jan@firma.example", **known)
    make_contact(email="jan@firma.example", job_title="CIO", **known | fields)
    scanned()
    return DuplicatePair.objects.get()


def test_of_labelled_people_what_is_sure_is_right_and_nearly_all() -> None:
    _people, same = labelled(seed=7, people=1_000)
    scanned()
    sure = set(DuplicatePair.objects.filter(score__gte=MERGE).values_list("left_id", "right_id"))
    right = len(sure & same)
    precision, recall = right / len(sure), right / len(same)
    print(f"precision {precision:.3f} recall {recall:.3f} asked {len(pairs() - sure)}")  # noqa: T201
    assert precision >= 0.95
    assert recall >= 0.90


@pytest.mark.parametrize(
    ("other", "score", "reasons"),
    [
        (JAN, 100, ("same_email", "same_mobile", "same_name", "same_organisation")),
        (Person("vries jan", "jan@firma.example"), 100, ("same_email", "swapped_name", "same_domain")),
        (Person("jan de vires", mobile_e164="+31612345678"), 96, ("same_mobile", "misspelt_name")),
        (Person("j vries", "", "+31205550101", "", "firma"), 80, ("same_organisation", "initial_fits", "same_office_phone")),
        (Person("els de vries", "els@firma.example", "+31205550101", "", "firma"), 0, ("same_organisation", "other_first_name", "colleagues_email", "same_office_phone")),
        (Person("kees smit", "jan@firma.example", "", "+31612345678", "firma"), 80, ("other_name", "same_email", "same_mobile", "same_organisation")),
    ],
)  # fmt: skip
def test_a_score_is_the_sum_of_its_reasons(other: Person, score: int, reasons: tuple[str, ...]) -> None:
    assert compare(JAN, other) == compare(other, JAN)
    assert compare(JAN, other) == (score, reasons)
