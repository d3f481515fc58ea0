"""One field of many people or organisations set to one value: as an import reads it, once each, with a way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle
from leads.models import BulkAct, Contact, Lead, LeadTouch, Organisation
from leads.stages import Stage
from tests.factories import make_contact, make_lead, make_organisation, make_user
from tests.leads.acting import asked_for, done, ends, statements, taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER)
    client.force_login(user)
    return user


def said(field: str, value: str, known: str = "fill") -> dict[str, str]:
    return {"field": field, "value": value, "known": known}


def countries(*leads: Lead) -> list[str]:
    return list(Contact.objects.filter(leads__in=leads).order_by("pk").values_list("country", flat=True))


def touched() -> set[int]:
    return set(LeadTouch.objects.values_list("lead", flat=True))


def test_what_is_empty_is_filled_as_an_import_reads_it(client: Client, marketer: User) -> None:
    empty, other, same = (make_lead(country=code) for code in ("", "BE", "NL"))
    LeadTouch.objects.all().delete()
    bulk = done(client, "edit", **said("contact.country", "Nederland"))
    assert (ends(bulk), countries(empty, other, same), touched()) == (
        {empty.pk: "changed", other.pk: "refused", same.pk: "refused"},
        ["NL", "BE", "NL"],
        {empty.pk},
    )
    assert str(marketer.pk) in {str(event.pgh_context.metadata["user"]) for event in empty.contact.events.all()}
    page = client.get(f"/leads/acts/{bulk.pk}/").text
    assert ("Something else is known already" in page, "It is so already." in page) == (True, True)
    told = ("<dd>Country</dd>", "<dd>Nederland</dd>", "<dd>If known: fill what is empty</dd>")
    assert [one in page for one in told] == [True] * 3
    again = done(client, "edit", **said("contact.country", "NL"))
    assert (again.changed, again.refused) == (0, 3)
    LeadTouch.objects.all().delete()
    assert (taken_back(client, bulk).state, countries(empty, other, same)) == ("undone", ["", "BE", "NL"])
    assert touched() == {empty.pk}


def test_what_is_known_is_overwritten_and_given_back_unless_somebody_changed_it(client: Client, marketer: User) -> None:
    leads = [make_lead(country=code) for code in ("BE", "", "DE")]
    bulk = done(client, "edit", leads, **said("contact.country", "Frankrijk", "overwrite"))
    assert (bulk.changed, countries(*leads)) == (3, ["FR"] * 3)
    Contact.objects.filter(pk=leads[2].contact_id).update(country="AT")
    bulk = taken_back(client, bulk)
    assert (countries(*leads), list(ends(bulk).values())) == (["BE", "", "AT"], ["undone", "undone", "kept"])
    assert "worked on the lead since" in client.get(f"/leads/acts/{bulk.pk}/").text


def test_an_organisation_is_changed_once_and_all_who_work_there_are_judged_anew(client: Client, marketer: User) -> None:
    company, told = make_organisation(), make_organisation(industry="Zorg")
    one, colleague, alone = make_lead(organisation=company), make_lead(organisation=company), make_lead()
    unasked, known = make_lead(organisation=company), make_lead(organisation=told)
    LeadTouch.objects.all().delete()
    bulk = done(client, "edit", [one, colleague, alone, known], **said("organisation.industry", "Bouw"))
    assert ends(bulk) == {one.pk: "changed", colleague.pk: "refused", alone.pk: "refused", known.pk: "refused"}
    assert list(Organisation.objects.order_by("pk").values_list("industry", flat=True)) == ["Bouw", "Zorg"]
    assert touched() == {one.pk, colleague.pk, unasked.pk}
    assert "The person has no organisation." in client.get(f"/leads/acts/{bulk.pk}/").text
    taken_back(client, bulk)
    assert list(Organisation.objects.order_by("pk").values_list("industry", flat=True)) == ["", "Zorg"]


def test_a_person_with_several_leads_is_changed_once(client: Client, marketer: User) -> None:
    person = make_contact()
    old = make_lead(person)
    lifecycle.close([old.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    new, erased = make_lead(person), make_lead()
    Contact.objects.filter(pk=erased.contact_id).update(erased_at=timezone.now())
    bulk = done(client, "edit", [old, new, erased], **said("contact.department", "Inkoop", "overwrite"))
    assert ends(bulk) == {old.pk: "changed", new.pk: "refused", erased.pk: "refused"}
    person.refresh_from_db()
    assert person.department == "Inkoop"


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("contact.language", "Nederlands", "contact__language", "nl"),
        ("contact.job_title", "Hoofd inkoop", "contact__job_title", "Hoofd inkoop"),
        ("contact.region", "Utrecht", "contact__region", "Utrecht"),
        ("contact.city", "Zwolle", "contact__city", "Zwolle"),
        ("organisation.employees", "1.200", "contact__organisation__employees", 1200),
        ("organisation.country", "Duitsland", "contact__organisation__country", "DE"),
        ("organisation.legal_form", "Stichting", "contact__organisation__legal_form", "association"),
    ],
)
def test_each_field_is_read(client: Client, marketer: User, field: str, value: str, column: str, expected: Any) -> None:
    lead = make_lead(organisation=make_organisation())
    before = Lead.objects.filter(pk=lead.pk).values_list(column, flat=True).get()
    bulk = done(client, "edit", **said(field, value))
    assert Lead.objects.filter(pk=lead.pk).values_list(column, flat=True).get() == expected
    taken_back(client, bulk)
    assert Lead.objects.filter(pk=lead.pk).values_list(column, flat=True).get() == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("contact.country", "Narnia", "“Narnia” cannot be read as “Country”."),
        ("contact.language", "-", "“-” cannot be read as “Language”."),
        ("organisation.employees", "veel", "“veel” cannot be read as “Number of employees”."),
        (
            "contact.department",
            "x" * 201,
            "Column “Department” has 201 characters; at most 200 fit. Shorten the value.",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_the_reason(
    client: Client, marketer: User, field: str, value: str, reason: str
) -> None:
    make_lead()
    answer = client.post("/leads/acts/new/", {"act": "edit", "asked": ""} | said(field, value))
    assert (answer.status_code, answer.context["form"].errors["value"]) == (422, [reason])
    assert BulkAct.objects.count() == 0


def test_what_cannot_be_set_is_no_choice(client: Client, marketer: User) -> None:
    make_lead()
    for wrong in (said("contact.email", "a@b.example"), said("contact.country", "NL", "keep"), {"field": ""}):
        answer = client.post("/leads/acts/new/", {"act": "edit", "asked": ""} | wrong)
        assert (answer.status_code, BulkAct.objects.count()) == (422, 0)


def test_it_takes_as_many_statements_for_fifty_leads_as_for_one(client: Client, marketer: User) -> None:
    counts: dict[str, list[tuple[int, int]]] = {"contact.city": [], "organisation.industry": []}
    for number in (1, 50):
        places = [f"Place {n}" for n in range(number)]
        leads = [make_lead(city=one, organisation=make_organisation(industry=one)) for one in places]
        found = Lead.objects.filter(pk__in=[lead.pk for lead in leads]).order_by("pk")
        for field, told in counts.items():
            bulk = asked_for(client, "edit", leads, **said(field, "Zwolle", "overwrite"))
            taken = statements(client, bulk)
            assert (bulk.changed, bulk.undone, bulk.refused) == (number, number, 0)
            assert list(found.values_list("contact__city", "contact__organisation__industry")) == [
                (one, one) for one in places
            ]
            told.append(taken)
    assert {len(set(told)) for told in counts.values()} == {1}
