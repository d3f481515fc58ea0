"""Leads are found by any part of a name, an address, a number or a company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from leads import lifecycle, merging, search
from leads.merging import Fold
from leads.models import Contact, FamilyText, FamilyTextDue, Lead, Organisation
from leads.querysets import Place
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_history() -> Iterator[None]:
    with lifecycle.history():
        yield


def found(asked: str) -> list[int]:
    return list(search.within(Lead.objects.all(), asked).order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def marieke() -> Lead:
    firm = make_organisation("Café Noord B.V.")
    Organisation.objects.filter(pk=firm.pk).update(name_key="cafe noord")
    contact = make_contact(
        first_name="Mariëlle",
        infix="van den",
        last_name="Broek",
        name_key="marielle broek",
        email="m.vandenbroek@noord.example",
        mobile_e164="+31624819033",
        external_id="KL-0042",
        organisation=firm,
    )
    lead, _other = make_lead(contact), make_lead(last_name="Zwart", name_key="zwart", email="z@zwart.example")
    while search.fill():
        pass
    return lead


@pytest.mark.parametrize(
    "asked",
    [
        "broek", "Broek Mariëlle", "marielle", "rielle", "van den broek", "m.vandenbroek", "noord.example", "@noord",
        "café", "CAFE noord", "06 2481 9033", "+31 6 24819033", "0624819033", "24819", "kl-0042", "ma br",
    ],
)  # fmt: skip
def test_any_part_finds_the_lead(marieke: Lead, asked: str) -> None:
    assert found(asked) == [marieke.pk]


@pytest.mark.parametrize("asked", ["broekman", "broek zwart", "oe ro", "%", "_", "", "  ", "06 2481 9034", "\\"])
def test_what_is_not_all_there_finds_nothing(marieke: Lead, asked: str) -> None:
    assert found(asked) == []


def test_where_many_fit_the_same_are_found_another_way(marieke: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", 0)
    assert (found("broek"), found("zwart broek"), len(found("example"))) == ([marieke.pk], [], 2)


@pytest.mark.parametrize("common", [-1, 10_000])
@pytest.mark.parametrize("is_narrowed", [True, False])
@pytest.mark.parametrize(("few", "short", "long"), [(10_000, 3, 3), (0, 3, 3), (0, 3, 100), (0, 20, 20)])
def test_pages_are_the_same_whichever_way_they_are_found(
    few: int, short: int, long: int, is_narrowed: bool, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few people fit; many, whose leads stand among the next ones; or many who are found all at once: as they seem, or not."""
    monkeypatch.setattr(search, "COMMON", common)
    for name, value in {"STRETCH": 2, "FEW": few, "FIRST_STEP": 2, "SHORT_WAY": short, "LONG_WAY": long}.items():
        monkeypatch.setattr(search, name, value)
    names = ("jan_a", "janba", "piet", "jan_c", "piet_", "jan_d", "jane", "jan_f")
    people = [make_contact(last_name=name, name_key=name, email=f"{n}@x.example") for n, name in enumerate(names)]
    leads = [make_lead(people[n]) for n in (1, 2, 3, 5, 4, 6, 0, 7)]  # some who are known since long, among new ones
    while search.fill():
        pass
    fitting = [lead.pk for lead in leads if "jan_" in lead.contact.last_name]
    for most in (1, 2):
        assert pages("jan_", most, is_down=True, is_narrowed=is_narrowed) == fitting[::-1]
        assert pages("jan_", most, is_down=False, is_narrowed=is_narrowed) == fitting


def pages(asked: str, most: int, *, is_down: bool, is_narrowed: bool) -> list[int]:
    """The leads that are come by in pages of so many, one after the other."""
    place, met, step = Place(is_down=is_down), [], Lead.objects.next_keys if is_narrowed else None
    while page := search.next_leads(Lead.objects.all(), asked, place, most, step=step):
        met += sorted((lead.pk for lead in page), reverse=is_down)
        place = place._replace(key=met[-1])
    return met


def test_what_changes_is_found_anew_after_the_sweep(marieke: Lead) -> None:
    Contact.objects.filter(pk=marieke.contact_id).update(last_name="Jansen", name_key="marielle jansen")
    assert (found("jansen"), FamilyTextDue.objects.count()) == ([], 1)
    assert (search.fill(), search.fill()) == (1, 0)
    assert found("jansen") == [marieke.pk]
    Organisation.objects.update(name="Zuid", name_key="zuid")
    search.fill()
    assert (found("noord b.v"), found("zuid")) == ([], [marieke.pk])


def test_a_change_that_no_word_comes_from_makes_nothing_due(marieke: Lead) -> None:
    Contact.objects.update(is_mail_suppressed=True, job_title="CIO")
    assert FamilyTextDue.objects.count() == 0


def test_a_person_is_found_by_what_either_record_says(marieke: Lead) -> None:
    other = make_contact(last_name="Jansen", name_key="jansen")
    (done,) = merging.merge([Fold(marieke.contact_id, other.pk)], at=TUESDAY, by=None)
    search.fill()
    assert found("jansen") == [marieke.pk]
    assert set(FamilyText.objects.values_list("pk", flat=True)) == set(
        Contact.objects.roots().values_list("pk", flat=True)
    )
    merging.unmerge(type(done).objects.all(), at=TUESDAY, by=None)
    search.fill()
    assert found("jansen") == []


def test_no_more_than_the_limit_is_taken_however_it_is_planned(marieke: Lead) -> None:
    for _ in range(5):
        make_contact()
    with connection.cursor() as cursor:
        for way in ("hashjoin", "mergejoin", "material", "hashagg", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert [search.fill(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_it_takes_as_many_statements_for_many_as_for_one(marieke: Lead) -> None:
    counts = []
    for number in (1, 50):
        for _ in range(number):
            make_contact()
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert search.fill() == number
        counts.append(len(taken))
    assert counts[0] == counts[1]


@given(st.text(max_size=30))
def test_whatever_is_asked_is_answered(asked: str) -> None:
    assert all(len(part) >= search.SHORTEST_INSIDE or part.startswith(" ") for part in search.parts(asked))
