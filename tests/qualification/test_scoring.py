from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads import lifecycle
from leads.models import Contact, Lead, LeadScore
from leads.stages import Reason, Stage
from qualification import scoring
from qualification.default import LINES, TERMS
from qualification.definition import Line
from qualification.formula import TITLE, Formula
from qualification.models import ScoreCard
from qualification.scoring import Slice, explain, rescore, statement
from tests.factories import TUESDAY, make_contact, make_lead, make_organisation
from tests.qualification import oracle
from tests.qualification.factories import engage, make_default, make_definition, make_good_lead

pytestmark = pytest.mark.django_db
DAYS = st.integers(-2, 400) | st.floats(0, 400)


both_ways = pytest.mark.parametrize("close", [1, scoring.CLOSE], ids=["together", "apart"], indirect=True)


@pytest.fixture
def close(request, monkeypatch) -> None:
    """From so many leads on, a slice is read together."""
    monkeypatch.setattr(scoring, "CLOSE", request.param)


def leaves() -> st.SearchStrategy[dict]:
    engaged = st.fixed_dictionaries(
        {
            "field": st.just("engagements"),
            "operator": st.sampled_from(["at_least", "at_most", "is"]),
            "value": st.integers(0, 3),
        },
        optional={
            "kind": st.sampled_from(["form", "click"]),
            "within_days": st.integers(1, 200),
            "with_interest": st.booleans(),
        },
    )
    compared = st.sampled_from(
        [
            {"field": "contact.country", "operator": "is", "value": "nl"},
            {"field": "contact.country", "operator": "is_not", "value": "NL"},
            {"field": "contact.job_title", "operator": "contains", "value": "DIRECT"},
            {"field": "contact.job_title", "operator": "is_known"},
            {"field": "organisation.employees", "operator": "at_least", "value": 50},
            {"field": "organisation.is_customer", "operator": "is", "value": False},
            {"field": "organisation.industry", "operator": "is", "value": "Bouw"},
            {"field": "organisation.name", "operator": "is_known"},
        ]
    )
    return engaged | compared


def trees() -> st.SearchStrategy[dict]:
    def grown(inner: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
        some = st.lists(inner, min_size=1, max_size=3)
        return (
            some.map(lambda parts: {"all": parts})
            | some.map(lambda parts: {"any": parts})
            | inner.map(lambda part: {"not": part})
        )

    return st.recursive(leaves(), grown, max_leaves=6)


POINTS = st.integers(-100, 100)
FADING = leaves().filter(lambda leaf: leaf["field"] == "engagements")
LINE = st.one_of(
    trees().map(lambda tree: Line("must", "en", "nl", tree)),
    st.tuples(st.sampled_from(["fit", "engagement"]), trees(), POINTS).map(
        lambda a: Line(a[0], "en", "nl", a[1], a[2])
    ),
    st.tuples(FADING, POINTS, st.none() | st.integers(1, 60), st.integers(1, 90)).map(
        lambda a: Line("engagement", "en", "nl", a[0], a[1], a[2], a[3])
    ),
)
DEED = st.builds(
    oracle.Deed,
    st.sampled_from(["form", "click", "call"]),
    DAYS.map(lambda days: TUESDAY - timedelta(days=days)),
    st.sampled_from(["", "ERP"]),
    st.booleans(),
)
PERSON = st.builds(
    oracle.Person,
    st.fixed_dictionaries(
        {
            "contact.country": st.sampled_from(["", "NL", "DE"]),
            "contact.job_title": st.sampled_from(["", "Directeur", "Chef"]),
            "organisation.name": st.none() | st.just("Bouwgroep"),
            "organisation.employees": st.none() | st.sampled_from([3, 50, 900]),
            "organisation.industry": st.sampled_from(["", "bouw", "Zorg"]),
            "organisation.is_customer": st.booleans(),
        }
    ),
    st.lists(DEED, max_size=4),
)


def embody(person: oracle.Person) -> Lead:
    """A lead of which exactly this is known; without an organisation, nothing of one."""
    values = person.values
    if values["organisation.name"] is None:
        values |= {"organisation.employees": None, "organisation.industry": None, "organisation.is_customer": False}
        organisation = None
    else:
        organisation = make_organisation(
            values["organisation.name"],
            employees=values["organisation.employees"],
            industry=values["organisation.industry"],
            is_customer=values["organisation.is_customer"],
        )
    country, title = values["contact.country"], values["contact.job_title"]
    lead = make_lead(make_contact(organisation=organisation, country=country, job_title=title))
    for deed in person.deeds:
        made = engage(lead, deed.kind, at=deed.at, interest=deed.interest)
        if deed.is_voided:
            engage(lead, deed.kind, at=deed.at, voids=made)
    return lead


@pytest.mark.usefixtures("close")
@both_ways
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lines=st.lists(LINE, max_size=8),
    people=st.lists(PERSON, min_size=1, max_size=3),
    threshold=st.integers(-50, 100),
    fit_cap=st.integers(1, 100),
    engagement_cap=st.integers(1, 100),
)
def test_sql_scores_as_plain_python_does(lines, people, threshold, fit_cap, engagement_cap):
    terms = replace(TERMS, threshold=threshold, fit_cap=fit_cap, engagement_cap=engagement_cap)
    with transaction.atomic():
        leads = [embody(person) for person in people]
        values = {name: getattr(terms, name) for name in ("threshold", "fit_cap", "engagement_cap")}
        definition = make_definition(*lines, **values)
        assert rescore(Lead.objects.all(), TUESDAY, definition) == len(leads)
        for lead, person in zip(leads, people, strict=True):
            found = LeadScore.objects.get(pk=lead.pk)
            expected = oracle.verdict(terms, lines, person, TUESDAY)
            assert (found.addends, found.score, found.grade, found.meets) == expected
            assert found.score == sum(found.addends) == found.fit + found.engagement
            assert sum(addend.points for addend in explain(lead)) == found.score
        transaction.set_rollback(True)


@pytest.mark.usefixtures("close")
@both_ways
def test_scoring_again_writes_nothing():
    lead = make_good_lead()
    engage(lead)
    definition = make_default()
    assert rescore(Lead.objects.all(), TUESDAY, definition) == 1
    assert rescore(Lead.objects.all(), TUESDAY + timedelta(minutes=1), definition) == 0
    assert LeadScore.objects.get().scored_at == TUESDAY


@pytest.mark.usefixtures("close")
@both_ways
def test_points_fade_and_a_card_is_kept_when_the_grade_turns():
    lead = make_good_lead()
    engage(lead)
    make_default()
    moments = [TUESDAY + timedelta(days=days) for days in (0, 1, 60, 120, 400)]
    scores = []
    for at in moments:
        rescore(Lead.objects.all(), at)
        scores.append(LeadScore.objects.get().engagement)
    assert scores == [12, 12, 6, 3, 0]
    cards = ScoreCard.objects.order_by("pk").values_list("scored_at", "grade", "meets")
    assert list(cards) == [
        (TUESDAY, "A3", True),
        (moments[2], "A4", True),
        (moments[4], "A4", False),
    ]
    assert ScoreCard.objects.latest("pk").inputs == {"n0": 0, "n1": 0, "d0": 2 ** (-400 / 60), "d1": 0, "d2": 0}


def test_what_faded_long_ago_is_nothing():
    lead = make_good_lead()
    engage(lead, at=TUESDAY - timedelta(days=3000))
    seen = {"field": "engagements", "operator": "at_least", "value": 1}
    line = Line("engagement", "Seen", "Gezien", seen, 10, cap=20, half_life_days=1)
    assert rescore(Lead.objects.all(), TUESDAY, make_definition(line)) == 1
    assert LeadScore.objects.get().addends == [0, 0, 0]


def test_a_cap_that_bites_is_an_addend_of_its_own():
    lead = make_lead(make_contact(country="NL"))
    known = {"field": "contact.country", "operator": "is", "value": "NL"}
    definition = make_definition(
        Line("fit", "Country", "Land", known, 40), Line("fit", "Again", "Nog eens", known, 40), fit_cap=60
    )
    rescore(Lead.objects.all(), TUESDAY, definition)
    assert LeadScore.objects.get().addends == [40, 40, -20, 0]
    assert [(addend.label, addend.points) for addend in explain(lead)] == [
        ("Country", 40),
        ("Again", 40),
        ("More than 60 points for fit do not count", -20),
    ]
    with translation.override("nl"):
        assert [addend.label for addend in explain(lead)][:2] == ["Land", "Nog eens"]


def test_one_lead_and_fifty_take_the_same_statements():
    make_good_lead()
    definition = make_default()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rescore(Lead.objects.all(), TUESDAY, definition)
        counts.append(len(queries))
        for _ in range(49):
            make_good_lead()
    assert counts == [3, 3]
    assert LeadScore.objects.count() == 50


def test_every_slice_is_asked_the_same():
    formula = Formula(make_default(), TUESDAY)
    (text, params), (again, others) = (statement(formula, slice_) for slice_ in (Slice([1], 1, 1), Slice([2, 3], 2, 9)))
    assert (text, len(params)) == (again, len(others))


@pytest.mark.usefixtures("close")
@both_ways
def test_merged_contacts_engage_for_their_family():
    lead, folded = make_good_lead(), make_contact()
    engage(folded, "attended")
    Contact.objects.filter(pk=folded.pk).update(merged_into=lead.contact_id, family_id=lead.family_id)
    make_default()
    rescore(Lead.objects.filter(pk=lead.pk), TUESDAY)
    assert LeadScore.objects.get().engagement == 15


def test_the_default_definition_is_believable():
    """Of a typical lead file, all of it enquiries of today, a quarter to nearly half meets it; rows of ids only never do."""
    titles = [
        "Directeur", "Inkoopmanager", "Administratief medewerker", "Software Engineer", "CTO", "Verkoper binnendienst",
        "Planner", "Hoofd Inkoop", "Docent", "Marketing Manager", "Monteur", "Office Manager", "Receptionist", "Projectleider",
        "Data Analyst", "Owner", "Sales Executive", "Adviseur", "Medewerker", "Teamlid",
    ]  # fmt: skip
    for n, title in enumerate(titles):
        organisation = make_organisation()
        phone = f"+3120555{n:04}" if n % 4 else ""
        lead = make_lead(
            make_contact(job_title=title, organisation=organisation, phone_e164=phone, email=f"p{n}@x.example")
        )
        engage(lead, "enquiry")
    bare = make_lead(make_contact(last_name="", external_id="660737"))
    engage(bare, "enquiry")
    make_default()
    rescore(Lead.objects.all(), TUESDAY)
    assert LeadScore.objects.filter(meets=True).count() in range(5, 10)
    assert LeadScore.objects.get(pk=bare.pk).meets is False


def test_a_family_cut_by_a_slice_is_scored_whole(monkeypatch):
    monkeypatch.setattr(scoring, "SLICE", 2)
    lead = make_good_lead()
    for _ in range(2):
        with lifecycle.history():
            lifecycle.close(Lead.objects.all(), to=Stage.LOST, at=TUESDAY, reason=Reason.LOST, by=None)
        make_lead(lead.contact)
    engage(lead, "attended")
    make_default()
    assert rescore(Lead.objects.all(), TUESDAY) == 3
    assert list(LeadScore.objects.values_list("engagement", flat=True)) == [15, 15, 15]


@pytest.mark.usefixtures("close")
@both_ways
def test_titles_are_asked_once_and_none_is_lost():
    blank, director = make_lead(make_contact(job_title="")), make_lead(make_contact(job_title="Directeur"))
    definition = make_definition(
        Line("fit", "Decides", "Beslist", {"field": TITLE, "operator": "contains", "value": "direct"}, 9),
        Line("fit", "No title", "Geen functie", {"not": {"field": TITLE, "operator": "is_known"}}, 4),
    )
    assert list(Formula(definition, TUESDAY).titles) == ["t0", "t1"]
    rescore(Lead.objects.all(), TUESDAY, definition)
    assert dict(LeadScore.objects.values_list("pk", "score")) == {blank.pk: 4, director.pk: 9}


def test_nothing_is_scored_without_a_definition():
    make_lead()
    assert rescore(Lead.objects.all(), TUESDAY) == 0
    assert len(LINES) == 16


@pytest.mark.django_db(transaction=True)
def test_a_large_set_is_scored_side_by_side(monkeypatch):
    monkeypatch.setattr(scoring, "SLICE", 3)
    monkeypatch.setattr(scoring, "CLOSE", 2)
    leads = [make_good_lead() for _ in range(10)]
    definition = make_default()
    assert rescore(Lead.objects.all(), TUESDAY, definition) == 10
    assert rescore(Lead.objects.all(), TUESDAY, definition) == 0
    assert list(LeadScore.objects.order_by("pk").values_list("pk", flat=True)) == [lead.pk for lead in leads]
