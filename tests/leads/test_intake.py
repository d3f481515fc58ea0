"""What arrives is stored as it is and judged once, by the same statements as a file's rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from leads import consent, intake
from leads.models import Arrival, Consent, Contact, Engagement, Intake, Lead, Queue
from tests.factories import make_contact, make_lead, queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
ANNA: dict[str, Any] = {"full_name": "Anna de Wit", "email": "anna@wit.example", "campaign": "Webinar", "team size": 4}


@pytest.fixture(autouse=True)
def to_qualify() -> Queue:
    return queue_of(Queue.Kind.TO_QUALIFY)


def test_one_enquiry_becomes_a_lead() -> None:
    (stored,) = intake.store([ANNA], source=Intake.Source.FORM, at=AT)
    assert intake.judge_waiting(at=AT) == {stored.pk: "created"}
    stored.refresh_from_db()
    lead = Lead.objects.get()
    assert (stored.lead, stored.judged_at, stored.verdict) == (lead, AT, "created")
    assert (lead.contact.last_name, lead.campaign.name, lead.contact.attributes) == (
        "Wit",
        "Webinar",
        {"team_size": "4"},
    )
    assert list(Engagement.objects.values_list("kind", "occurred_at")) == [("form", AT)]
    assert not Arrival.objects.exists()


def test_two_at_once_of_one_person_are_one_contact() -> None:
    intake.store([ANNA, ANNA | {"phone": "0624819033"}], source=Intake.Source.API, at=AT)
    assert list(intake.judge_waiting(at=AT).values()) == ["created", "updated"]
    assert (Contact.objects.count(), Lead.objects.count()) == (1, 1)
    assert Contact.objects.get().phone_e164 == "+31624819033"


@pytest.mark.parametrize("has_lead", [False, True])
def test_what_known_people_do_stands_on_their_timeline_though_no_channel_may_be_used(has_lead: bool) -> None:
    anna = make_contact(last_name="Wit", email="anna@wit.example")
    lead = make_lead(contact=anna, at=AT) if has_lead else None
    consent.suppress(consent.EMAIL, ["anna@wit.example"], at=AT, reason="asked")
    before = list(Lead.objects.values("pk", "stage", "next_step_at", "owner"))
    moment = {"occurred_at": (AT - timedelta(minutes=1)).isoformat()}
    intake.store([ANNA, ANNA | moment, ANNA | moment], source=Intake.Source.FORM, at=AT)
    intake.store([ANNA | {"email": "info@wit.example"}], source=Intake.Source.FORM, at=AT)
    consent.suppress(consent.EMAIL, ["info@wit.example"], at=AT, reason="asked")
    assert list(intake.judge_waiting(at=AT).values()) == ["skipped"] * 4
    done = Engagement.objects.order_by("occurred_at").values_list("contact", "lead", "kind", "occurred_at")
    of_anna = (anna.pk, lead and lead.pk, "form")
    assert list(done) == [(*of_anna, AT - timedelta(minutes=1)), (*of_anna, AT)]
    assert list(Lead.objects.values("pk", "stage", "next_step_at", "owner")) == before
    assert set(Intake.objects.values_list("lead", flat=True)) == {None}
    assert Contact.objects.count() == 1


def test_consent_is_kept_with_the_way_it_came() -> None:
    ways = [Intake.Source.HOOK, Intake.Source.API, Intake.Source.HOOK]
    for n, way in enumerate(ways):
        intake.store([{"email": f"{n}@wit.example", "consent_email": True}], source=way, at=AT)
    while intake.judge_next(at=AT):
        pass
    assert list(Consent.objects.order_by("contact__email").values_list("source", flat=True)) == ways


def test_judged_twice_changes_nothing() -> None:
    intake.store([ANNA], source=Intake.Source.API, at=AT)
    intake.judge_waiting(at=AT)
    assert intake.judge_waiting(at=AT) == {}


@pytest.mark.parametrize(
    "payload",
    [{}, {"email": "nobody"}, {"email": None, "phone": []}, {"occurred_at": "31-02-2026", "email": "a@b.example"}],
)
def test_what_makes_no_sense_ends_as_an_error(payload: dict[str, Any]) -> None:
    (stored,) = intake.store([payload], source=Intake.Source.HOOK, at=AT)
    assert intake.judge_waiting(at=AT) == {stored.pk: "error"}
    assert not Lead.objects.exists()


def test_a_value_of_any_shape_is_kept() -> None:
    (stored,) = intake.store([{"full_name": {"a\0": "\ud800"}, "x" * 400: True, "": [1, "b"]}], source="api", at=AT)
    assert intake.judge_waiting(at=AT) == {stored.pk: "created"}
    assert Contact.objects.get().attributes == {"x" * 90: "yes", "column_1": "1; b"}
