"""A lead written down by hand: a rep's own, or one that waits with marketing; of somebody known it is said first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from handoff.models import Handoff
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import consent
from leads.models import Arrival, Contact, Engagement, Lead, Merge
from leads.stages import Channel, Origin, Stage
from tests.factories import make_campaign, make_contact, make_user, queue_of

pytestmark = pytest.mark.django_db
NEW = "/leads/new/"
ANNA = {
    "full_name": "Broek, Anna van den", "organisation": "Bouwgroep Noord B.V.", "email": "Anna@Bouw.example",
    "phone": "06 24819033", "job_title": "Hoofd inkoop", "interest": "Planning",
}  # fmt: skip


@pytest.fixture
def hunter(client: Client) -> User:
    queue_of("to_qualify")
    user = make_user(Role.HUNTER)
    client.force_login(user)
    return user


def own(**said: str) -> dict[str, str]:
    step = localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    return ANNA | {"next_step_at": step} | said


def test_a_rep_has_their_own_lead_at_once(client: Client, hunter: User) -> None:
    answer = client.post(NEW, own())
    lead = Lead.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/queue/{lead.pk}/")
    assert (lead.origin, lead.channel, lead.stage, lead.owner) == (Origin.SALES, Channel.SALES, Stage.SAL, hunter)
    assert (lead.contact.full_name, lead.contact.email, lead.contact.phone_e164) == (
        "Anna van den Broek",
        "Anna@Bouw.example",
        "+31624819033",
    )
    assert str(lead.contact.organisation) == "Bouwgroep Noord B.V."
    assert list(Engagement.objects.values_list("kind", "interest")) == [("note", "Planning")]
    assert Handoff.objects.still_open().get().rep == hunter
    assert not Arrival.objects.exists()
    assert client.get(answer.url).status_code == 200


def test_somebody_known_is_said_first_and_their_holder_told(client: Client, hunter: User) -> None:
    client.post(NEW, own())
    other = make_user(Role.HUNTER, name="Youssef")
    client.force_login(other)
    asked = client.post(NEW, own(interest="Servers"))
    assert asked.status_code == 200
    assert f"with {hunter}".encode() in asked.content
    assert (Lead.objects.count(), Engagement.objects.count()) == (1, 1)
    answer = client.post(NEW, own(interest="Servers", confirmed="1"))
    assert (answer.status_code, answer.url) == (302, "/leads/")
    assert (Lead.objects.count(), Contact.objects.count(), Engagement.objects.count()) == (1, 1, 2)
    assert list(Notice.objects.filter(kind="enquired_again").values_list("user", flat=True)) == [hunter.pk]


def somebody_alike(client: Client) -> dict[str, str]:
    """Anna as a colleague wrote her down, with another address and number: no key says that it is she."""
    client.post(NEW, own())
    client.force_login(make_user(Role.HUNTER, name="Youssef"))
    return own(full_name="Anna van den Broek", email="a.vandenbroek@bouw.example", phone="", interest="Servers")


def test_somebody_alike_is_asked_about_first_with_the_reasons(client: Client, hunter: User) -> None:
    said = somebody_alike(client)
    asked = client.post(NEW, said)
    anna = Contact.objects.get()
    assert asked.status_code == 200
    for told in (f'name="same" value="{anna.pk}"', "Same name", "Same company", f"with {hunter}"):
        assert told in asked.content.decode()
    assert (Contact.objects.count(), Engagement.objects.count(), Merge.objects.count()) == (1, 1, 0)


def test_somebody_else_is_a_person_of_their_own(client: Client, hunter: User) -> None:
    said = somebody_alike(client)
    assert client.post(NEW, said | {"confirmed": "1", "same": ""}).status_code == 302
    assert (Lead.objects.still_open().count(), Contact.objects.roots().count()) == (2, 2)


def test_the_same_person_is_folded_and_their_holder_told(client: Client, hunter: User) -> None:
    said, anna = somebody_alike(client), Contact.objects.get()
    answer = client.post(NEW, said | {"confirmed": "1", "same": str(anna.pk)})
    assert (answer.status_code, answer.url) == (302, "/leads/")
    assert (Lead.objects.get().contact, Contact.objects.roots().get()) == (anna, anna)
    folded = Merge.objects.get()
    assert (folded.winner, folded.loser.email, folded.by.name) == (anna, "a.vandenbroek@bouw.example", "Youssef")
    assert Engagement.objects.count() == 2
    assert list(Notice.objects.filter(kind="enquired_again").values_list("user", flat=True)) == [hunter.pk]


def test_nobody_is_folded_into_somebody_who_is_not_alike(client: Client, hunter: User) -> None:
    said, stranger = somebody_alike(client), make_contact()
    asked = client.post(NEW, said | {"confirmed": "1", "same": str(stranger.pk)})
    assert (asked.status_code, b"Same company" in asked.content) == (200, True)
    assert (Merge.objects.count(), Contact.objects.count()) == (0, 2)


def test_marketing_writes_down_what_came_by_no_other_way(client: Client) -> None:
    queue, campaign = queue_of("to_qualify"), make_campaign(channel=Channel.REFERRAL)
    client.force_login(make_user(Role.MARKETER))
    client.post(NEW, ANNA | {"campaign": str(campaign.pk)})
    lead = Lead.objects.get()
    assert (lead.origin, lead.channel, lead.campaign, lead.stage, lead.queue) == (
        Origin.MARKETING,
        Channel.REFERRAL,
        campaign,
        Stage.INQUIRY,
        queue,
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"full_name": "", "email": "", "phone": ""}, "Fill in a name, an email address or a phone number."),
        ({"email": "anna at bouw"}, "email"),
        ({"next_step_at": "2020-01-01T10:00"}, "Choose a moment in the future."),
        ({"next_step_at": "2999-01-01T10:00"}, "Choose a moment at most 90 days ahead."),
        ({"next_step_at": ""}, "required"),
        ({"full_name": "x" * 201}, "200"),
        ({"full_name": "---", "email": "", "phone": ""}, "There is no name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, hunter: User, said: dict[str, str], told: str
) -> None:
    answer = client.post(NEW, own(**said))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Hoofd inkoop" in answer.content.decode()
    assert not Contact.objects.exists()


def test_whom_we_may_not_contact_at_all_is_not_written_down(client: Client, hunter: User) -> None:
    consent.suppress(consent.EMAIL, ["anna@bouw.example"], at=timezone.now(), reason="asked")
    answer = client.post(NEW, own(phone=""))
    assert (answer.status_code, Lead.objects.count()) == (422, 0)
    assert "do-not-contact list" in answer.content.decode()


def test_who_does_not_find_leads_has_no_such_page(client: Client) -> None:
    client.force_login(make_user(Role.SALES_MANAGER))
    assert client.get(NEW).status_code == 403
