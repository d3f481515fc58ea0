from __future__ import annotations

import math
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.conditions import InvalidCondition, compile_condition, describe, in_words, reads_time, validate
from leads.models import AttributeKey, Engagement, Lead
from tests.factories import TUESDAY, make_campaign, make_contact, make_lead, make_organisation
from tests.qualification.factories import engage

pytestmark = pytest.mark.django_db


def found(tree: object) -> list[int]:
    return list(Lead.objects.filter(compile_condition(tree, TUESDAY)).order_by("pk").values_list("pk", flat=True))


def leaf(field: str, operator: str, *value: object) -> dict[str, object]:
    return {"field": field, "operator": operator} | ({"value": value[0]} if value else {})


def test_each_operator_and_its_opposite_part_the_leads():
    AttributeKey.objects.create(key="Budget (k€)", label="Budget", kind="number", created_at=TUESDAY)
    AttributeKey.objects.create(key="renewal", label="Renewal", kind="date", created_at=TUESDAY)
    AttributeKey.objects.create(key="hot", label="Hot", kind="boolean", created_at=TUESDAY)
    AttributeKey.objects.create(key="sector", label="Sector", created_at=TUESDAY)
    organisation = make_organisation("Bouwgroep Noord", employees=60, industry="Bouw", is_customer=True)
    campaign = make_campaign("Fair")
    one = make_lead(
        make_contact(
            organisation=organisation,
            job_title="Hoofd ICT / CTO",
            country="NL",
            email="JAN@bouw.example",
            tags=["warm", "fair"],
            attributes={"Budget (k€)": "40", "renewal": "2026-06-01", "hot": "Ja", "sector": "Zorg_100%"},
        ),
        campaign=campaign,
    )
    two = make_lead(
        make_contact(
            country="de", phone_e164="+31205550124", attributes={"Budget (k€)": "veel", "renewal": "2026-02-31x"}
        )
    )
    three = make_lead(make_contact(job_title="Directeur", mobile_e164="+31612345678", is_phone_suppressed=True))
    cases = [
        (leaf("contact.country", "is", "nl"), [one]),
        (leaf("contact.country", "is_any_of", ["DE", "BE"]), [two]),
        (leaf("contact.country", "is_not", "NL"), [two, three]),
        (leaf("contact.country", "is_known"), [one, two]),
        (leaf("contact.country", "is_unknown"), [three]),
        (leaf("contact.job_title", "has_word", ["cto", "cio"]), [one]),
        (leaf("contact.job_title", "has_word", ["direct"]), []),
        (leaf("contact.job_title", "contains_any", ["direct", "HOOFD"]), [one, three]),
        (leaf("contact.job_title", "contains", "/ c"), [one]),
        (leaf("contact.job_title", "contains", "%"), []),
        (leaf("contact.job_title", "starts_with", "hoofd"), [one]),
        (leaf("contact.email", "ends_with_any", ["@bouw.example"]), [one]),
        (leaf("organisation.employees", "at_least", 50), [one]),
        (leaf("organisation.employees", "at_most", 60.0), [one]),
        (leaf("organisation.employees", "is", 61), []),
        (leaf("organisation.name", "is_known"), [one]),
        (leaf("organisation.is_customer", "is", True), [one]),
        (leaf("organisation.is_customer", "is", False), [two, three]),
        (leaf("contact.tags", "includes", ["fair", "cold"]), [one]),
        (leaf("contact.tags", "is_unknown"), [two, three]),
        (leaf("campaign", "is", campaign.pk), [one]),
        (leaf("campaign", "is_unknown"), [two, three]),
        (leaf("lead.channel", "is_any_of", ["event"]), [one, two, three]),
        (leaf("lead.opened_at", "within_days", 1), [one, two, three]),
        (leaf("lead.opened_at", "before_days", 1), []),
        (leaf("contact.by_phone", "is", True), [two]),
        (leaf("contact.by_email", "is", True), [one]),
        (leaf("attributes.Budget (k€)", "at_least", 40), [one]),
        (leaf("attributes.Budget (k€)", "is_unknown"), [two, three]),
        (leaf("attributes.renewal", "before", "2026-06-02"), [one, two]),
        (leaf("attributes.renewal", "within_days", 30), [one]),
        (leaf("attributes.hot", "is", True), [one]),
        (leaf("attributes.sector", "contains", "_100%"), [one]),
        (leaf("attributes.sector", "is_known"), [one]),
    ]
    everyone = [one.pk, two.pk, three.pk]
    for tree, expected in cases:
        keys = [lead.pk for lead in expected]
        assert (tree, found(tree)) == (tree, keys)
        assert (tree, found({"not": tree})) == (tree, [key for key in everyone if key not in keys])


def test_engagements_count_over_the_family_without_what_was_taken_back():
    lead, other = make_lead(), make_lead()
    engage(lead, "attended", at=TUESDAY - timedelta(days=10), channel="event", attended_minutes=40)
    mistaken = engage(lead, "attended", at=TUESDAY - timedelta(days=5))
    engage(lead, "attended", at=TUESDAY - timedelta(days=5), voids=mistaken)
    engage(lead, "click", at=TUESDAY - timedelta(days=50), interest="ERP")
    engage(lead, "click", at=TUESDAY + timedelta(days=1))
    folded = make_contact()
    engage(folded, "form", at=TUESDAY)
    type(folded).objects.filter(pk=folded.pk).update(merged_into=lead.contact_id, family_id=lead.family_id)

    def counted(count: int, operator: str = "is", **which: object) -> list[int]:
        return found({"field": "engagements", "operator": operator, "value": count, **which})

    assert counted(3) == [lead.pk]
    assert counted(1, kind="attended") == [lead.pk]
    assert counted(1, "at_least", kind=["attended", "call"], within_days=30) == [lead.pk]
    assert counted(2, "at_least", within_days=30) == [lead.pk]
    assert counted(1, "at_least", within_days=30, channel="web") == []
    assert counted(1, "at_least", minutes_at_least=41) == []
    assert counted(1, "at_least", with_interest=True) == [lead.pk]
    assert counted(0, "at_most") == [other.pk]
    assert Engagement.objects.count() == 6


def test_words_in_both_languages():
    tree = {
        "all": [
            {"any": [leaf("contact.country", "is_any_of", ["NL", "BE"]), leaf("organisation.is_customer", "is", True)]},
            {"not": leaf("lead.channel", "is", "event")},
            {"field": "engagements", "kind": "attended", "within_days": 30, "operator": "at_least", "value": 1},
        ]
    }
    assert in_words(tree, "en") == (
        "(Country is NL or BE or Is a customer is yes) and not (Channel is Event) "
        "and at least 1 engagement (attended, in the last 30 days)"
    )
    assert in_words(tree, "nl")
    assert reads_time(tree)
    assert not reads_time(tree["all"][0])


def test_the_builder_is_offered_every_field():
    described = {one["field"]: one for one in describe()}
    assert described["contact.country"]["kind"] == "text"
    assert described["lead.channel"]["choices"][0] == {"value": "event", "label": "Event"}
    assert "engagements" in described


DEEP: object = leaf("contact.city", "is", "x")
for _ in range(5000):
    DEEP = {"not": DEEP}


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        (None, ""),
        ([], ""),
        ({}, "field"),
        ({1: 2}, ""),
        (DEEP, ""),
        ({"all": [leaf("contact.city", "is", "x")] * 500}, ""),
        ({"all": []}, "all"),
        ({"all": {}}, "all"),
        ({"any": [leaf("contact.city", "is", "x"), 5]}, "any[1]"),
        ({"any": [leaf("contact.city", "is", "x")], "all": []}, ""),
        ({"not": None}, "not"),
        ({"not": leaf("contact.shoe_size", "is", 1)}, "not.field"),
        (leaf("attributes.nothing", "is", "x"), "field"),
        (leaf("contact.city\x00", "is", "x"), "field"),
        (leaf("contact.city", "matches", "x"), "operator"),
        ({"field": "contact.city", "operator": {}, "value": "x"}, "operator"),
        (leaf("contact.city", "is", "x\x00"), "value"),
        (leaf("contact.city", "is", "\ud800"), "value"),
        (leaf("contact.city", "is", ""), "value"),
        (leaf("contact.city", "is", "x" * 201), "value"),
        (leaf("contact.city", "is", 5), "value"),
        (leaf("contact.city", "is_any_of", ["x", None]), "value[1]"),
        (leaf("contact.city", "is_any_of", []), "value"),
        (leaf("contact.city", "is_known", "x"), "value"),
        (leaf("organisation.employees", "is", True), "value"),
        (leaf("organisation.employees", "is", math.nan), "value"),
        (leaf("organisation.employees", "is", math.inf), "value"),
        (leaf("organisation.employees", "is", 10**400), "value"),
        (leaf("organisation.is_customer", "is", "yes"), "value"),
        (leaf("campaign", "is", 2**63), "value"),
        (leaf("lead.channel", "is", "carrier pigeon"), "value"),
        (leaf("lead.opened_at", "within_days", 10**9), "value"),
        (leaf("campaign.starts_on", "since", "2026-02-31"), "value"),
        (leaf("contact.city", "is", "x") | {"within_days": 3}, "within_days"),
        ({"field": "engagements", "operator": "at_least", "value": -1}, "value"),
        ({"field": "engagements", "operator": "more", "value": 1}, "operator"),
        ({"field": "engagements", "operator": "is", "value": 1, "kind": ["form", []]}, "kind"),
        ({"field": "engagements", "operator": "is", "value": 1, "kind": []}, "kind"),
        ({"field": "engagements", "operator": "is", "value": 1, "channel": {}}, "channel"),
        ({"field": "engagements", "operator": "is", "value": 1, "within_days": "3"}, "within_days"),
        ({"field": "engagements", "operator": "is", "value": 1, "with_interest": 1}, "with_interest"),
    ],
)
def test_an_absurd_tree_is_told_where_it_goes_wrong(tree, place):
    assert [fault.place for fault in validate(tree)] == [place]
    with pytest.raises(InvalidCondition):
        compile_condition(tree, TUESDAY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "field", "operator", "value", "kind", "channel", "within_days", "x"]),
            inner
            | st.sampled_from(["contact.city", "engagements", "organisation.employees", "is", "at_least", "is_any_of"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_any_json_is_refused_or_runs(tree):
    if not validate(tree):
        assert found(tree) == []
        assert in_words(tree, "nl")
