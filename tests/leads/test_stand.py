"""A stand: what devices write down arrives once and in order, whatever they are cut off from, and a device can be shut out."""

from __future__ import annotations

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import consent, conservation, intake, objections
from leads.conditions import compile_condition
from leads.models import (
    Campaign,
    Consent,
    Contact,
    Engagement,
    Intake,
    Lead,
    Queue,
    StandDevice,
    StandEntry,
    Suppression,
)
from leads.stand import devices, entries
from tests.factories import make_campaign, make_contact, make_user, queue_of
from tests.pages import INLINE, statements

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/stand/entries/"
AGREED = {"email": "Yes, you may mail me about this."}
HOUR = timedelta(hours=1)


class Phone:
    """A device on which the stand of a campaign was opened; its clock is `off` what it is."""

    def __init__(self, campaign: Campaign, *, off: timedelta = timedelta()) -> None:
        user = make_user(Role.MARKETER, name="Anna")
        self.device, self.token = devices.admit(campaign, user=user, name="iPhone", at=timezone.now())
        self.off = off

    def now(self) -> datetime:
        return timezone.now() + self.off

    def send(self, *said: dict[str, Any], token: str | None = None) -> Any:
        body = json.dumps({"sent_at": self.now().isoformat(), "entries": said})
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return Client().post(ADDRESS, body, content_type="application/json", headers=headers)


def visitor(name: str = "Anna de Wit", *, at: datetime | None = None, **said: Any) -> dict[str, Any]:
    told = {"key": str(uuid.uuid4()), "full_name": name, "occurred_at": (at or timezone.now()).isoformat()}
    return told | said


def judged() -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.judge_next(at=timezone.now())
    entries.settle(at=timezone.now())


def kept() -> dict[str, Any]:
    """What is kept as it came, by its key."""
    return {str(entry.key): entry.said for entry in StandEntry.objects.all()}


def answers(response: Any) -> list[tuple[bool, list[str]]]:
    assert response.status_code == 200, response.content
    return [(one["is_kept"], sorted(one["errors"])) for one in response.json()["entries"]]


def test_a_visitor_becomes_a_lead_with_temperature_note_and_consent() -> None:
    campaign = make_campaign("Vakbeurs")
    phone = Phone(campaign)
    said = {"organisation": "Wit Bouw", "email": "anna@wit.example", "phone": "020 555 01 24", "job_title": "Inkoper"}
    anna = visitor(**said, interest="Planning", temperature="hot", notes="Wants a demo", wordings=AGREED)
    assert answers(phone.send(anna)) == [(True, [])]
    judged()
    lead, done, given = Lead.objects.get(), Engagement.objects.get(), Consent.objects.get()
    assert (str(lead.contact), lead.contact.email_key, lead.campaign) == ("Anna de Wit", "anna@wit.example", campaign)
    assert (done.kind, done.channel, done.interest) == ("enquiry", "event", "Planning")
    assert done.detail.splitlines() == ["Stand: Hot", "Wants a demo"]
    assert (given.channel, given.wording, given.given_at) == ("email", AGREED["email"], done.occurred_at)
    assert StandEntry.objects.get().said == anna
    asked = [{"field": "stand.temperature", "operator": "is", "value": value} for value in ("hot", "cold")]
    assert [list(Lead.objects.filter(compile_condition(one, timezone.now()))) for one in asked] == [[lead], []]
    assert conservation.run(timezone.now()).leaks == 0


def test_a_yes_that_arrives_late_does_not_outdo_an_objection_since() -> None:
    phone, now = Phone(make_campaign()), timezone.now()
    said = {"phone": "020 555 01 24", "organisation": "Wit Bouw"}
    phone.send(visitor(email="anna@wit.example", **said))
    judged()
    anna = Contact.objects.get()
    objections.withdraw(anna, ["email"], source="by phone", by=phone.device.user, at=now)
    phone.send(visitor(**said, wordings=AGREED, at=now - 5 * HOUR))
    judged()
    assert (Consent.objects.count(), objections.objecting("email", [anna.family_id])) == (2, {anna.family_id})


@pytest.mark.parametrize(
    "told", [{"email": "Anna@wit.example"}, {"phone": "020 555 01 24", "email": "anna@wit.example"}]
)
def test_a_yes_of_who_had_objected_is_written_down_and_lifts_nothing(told: dict[str, str]) -> None:
    phone, now = Phone(make_campaign()), timezone.now()
    known = {"phone": "020 555 01 24", "email": "anna@wit.example"}
    phone.send(visitor(**known, at=now - HOUR))
    judged()
    anna = Contact.objects.get()
    objections.withdraw(anna, ["email", "phone"], source="by phone", by=phone.device.user, at=now - HOUR / 2)
    phone.send(visitor(**told, wordings=AGREED, at=now))
    judged()
    anna.refresh_from_db()
    said = Consent.objects.filter(given_at__isnull=False).get()
    assert (Intake.objects.latest("pk").verdict, Contact.objects.count()) == ("skipped", 1)
    assert (said.contact, said.channel, said.wording) == (anna, "email", AGREED["email"])
    assert abs(said.given_at - now) < timedelta(seconds=1)
    assert (anna.is_mail_suppressed, Suppression.objects.filter(lifted_at__isnull=True).count()) == (True, 2)


def test_a_yes_of_who_had_objected_is_nobodys_where_two_bear_the_address() -> None:
    phone = Phone(make_campaign())
    for name in ("Anna", "Bas"):
        make_contact(last_name=name, email="info@wit.example")
    consent.suppress("email", ["info@wit.example"], at=timezone.now(), reason="by phone")
    phone.send(visitor(email="info@wit.example", wordings=AGREED))
    judged()
    assert (Intake.objects.get().verdict, Consent.objects.count()) == ("skipped", 0)


def test_a_device_that_was_shut_out_long_ago_is_listed_no_more() -> None:
    campaign, now = make_campaign(), timezone.now()
    kept, shut_out, gone = (Phone(campaign).device for _ in range(3))
    for device, days in ((shut_out, 89), (gone, 91)):
        devices.revoke(StandDevice.objects.filter(pk=device.pk), at=now - timedelta(days=days))
    assert set(devices.listed(campaign, at=now)) == {kept, shut_out}


def test_sent_twice_it_is_kept_once_and_put_right_it_is_handed_in_anew() -> None:
    phone = Phone(make_campaign())
    anna = visitor(email="anna@wit.example")
    for said in (anna, anna, anna | {"notes": "Call her"}, anna | {"notes": "Call her"}):
        assert answers(phone.send(said)) == [(True, [])]
    judged()
    notes = [one.payload.get("notes") for one in Intake.objects.order_by("pk")]
    assert (notes, StandEntry.objects.count(), Lead.objects.count()) == ([None, "Call her"], 1, 1)


def test_many_arrive_in_their_order_and_another_device_sends_them_no_second_time() -> None:
    campaign = make_campaign()
    phone, other = Phone(campaign), Phone(campaign)
    said = [visitor(f"Visitor {n}") for n in range(30)]
    counts = []
    for part in (said[:1], said[:20]):
        with CaptureQueriesContext(connection) as asked:
            assert answers(phone.send(*part)) == [(True, [])] * len(part)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert answers(other.send(*said)) == [(True, [])] * 30
    assert [one.payload["full_name"] for one in Intake.objects.order_by("pk")] == [one["full_name"] for one in said]
    figures = devices.with_figures(StandDevice.objects.order_by("pk"))
    assert [(one.sent, one.wrong) for one in figures] == [(20, 0), (10, 0)]


def test_what_was_written_down_at_one_stand_is_not_changed_from_another() -> None:
    phone, other = Phone(make_campaign("Vakbeurs")), Phone(make_campaign("Seminar"))
    anna = visitor()
    phone.send(anna)
    assert other.send(anna | {"full_name": "Ben"}, visitor("Cas")).status_code == 409
    client = Client()
    client.force_login(other.device.user)
    address = f"/campaigns/{other.device.campaign_id}/stand/"
    assert client.post(address, {"key": anna["key"], "full_name": "Ben"}).status_code == 400
    assert (kept(), Intake.objects.count()) == ({anna["key"]: anna | {"wordings": {}}}, 1)


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_send_the_same_at_once_have_it_kept_once() -> None:
    phone = Phone(make_campaign())
    said = [visitor(f"Visitor {n}") for n in range(10)]

    def send(part: list[dict[str, Any]]) -> Any:
        try:
            return answers(phone.send(*part))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(send, [said, said[::-1], said[5:], said]))
    assert told == [[(True, [])] * n for n in (10, 10, 5, 10)]
    assert sorted(one.payload["full_name"] for one in Intake.objects.all()) == sorted(one["full_name"] for one in said)


def test_what_cannot_be_taken_is_kept_as_it_came_and_taken_once_it_is_put_right() -> None:
    phone = Phone(make_campaign())
    wrong = [
        visitor(email="anna at wit"),
        visitor(""),
        visitor(phone="none"),
        visitor("J" * 300),
        visitor(temperature="x"),
    ]
    fields = [["email"], ["full_name"], ["phone"], ["full_name"], ["temperature"]]
    assert answers(phone.send(*wrong)) == [(False, names) for names in fields]
    assert (Intake.objects.count(), kept()) == (0, {one["key"]: one | {"wordings": {}} for one in wrong})
    assert answers(phone.send(wrong[0] | {"email": "anna@wit.example"}, visitor("Ben"))) == [(True, [])] * 2
    assert [one.payload["full_name"] for one in Intake.objects.order_by("pk")] == ["Anna de Wit", "Ben"]
    figures = devices.with_figures(StandDevice.objects.all()).get()
    assert (figures.sent, figures.wrong) == (2, 4)


def test_whatever_a_device_sends_is_answered() -> None:
    phone = Phone(make_campaign())
    odd: list[Any] = [
        1, None, [], {"a": 1}, "\0", "\ud800", "=1+1", "9" * 400, "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
    ]  # fmt: skip
    names = ("full_name", "email", "phone", "notes", "temperature", "occurred_at", "wordings", "\0")
    sent = [visitor() | {name: value} for name in names for value in odd]
    sent += [visitor(wordings={"email": value}) for value in odd]
    for part in (sent[:45], sent[45:]):
        assert len(answers(phone.send(*part))) == 45
    judged()
    assert not Intake.objects.filter(verdict=Intake.Verdict.ERROR).exists()
    assert StandEntry.objects.count() == 90


@pytest.mark.parametrize("off", [-3 * HOUR, timedelta(), 26 * HOUR])
def test_a_moment_is_told_by_our_clock_whatever_the_device_thinks(off: timedelta) -> None:
    phone = Phone(make_campaign(), off=off)
    before = timezone.now()
    phone.send(
        visitor(at=phone.now() - HOUR),
        visitor("Ben", at=phone.now() + HOUR),
        visitor("Cas", at=phone.now() - 9_000 * HOUR),
    )
    moments = [datetime.fromisoformat(one.payload["occurred_at"]) for one in Intake.objects.order_by("pk")]
    arrived = Intake.objects.first().received_at
    assert abs(moments[0] - (before - HOUR)) < timedelta(seconds=5)
    assert moments[1:] == [arrived, arrived]


def test_a_device_that_is_shut_out_is_told_so_and_sends_no_more() -> None:
    phone = Phone(make_campaign())
    assert devices.revoke(StandDevice.objects.all(), at=timezone.now()) == 1
    assert devices.revoke(StandDevice.objects.all(), at=timezone.now()) == 0
    assert [phone.send(visitor(), token=token).status_code for token in (None, "ls_nothing")] == [401, 401]
    assert StandEntry.objects.count() == 0


def test_who_may_no_longer_enter_leads_sends_no_more() -> None:
    phone = Phone(make_campaign())
    phone.device.user.groups.clear()
    assert phone.send(visitor()).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"entries": []}', 400),
        (b'{"entries": [{"key": "1"}]}', 400),
        (b" " * 1_000_001, 413),
    ],
)
def test_what_is_no_request_of_a_device_is_refused(body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {Phone(make_campaign()).token}"}
    assert Client().post(ADDRESS, body, content_type="application/json", headers=headers).status_code == status


def test_a_token_is_kept_as_a_digest_alone_and_needs_a_log_in() -> None:
    campaign, client = make_campaign(), Client()
    address = f"/campaigns/{campaign.pk}/stand/devices/"
    assert client.post(address).status_code == 401
    client.force_login(make_user(Role.SALES_MANAGER))
    assert client.post(address).status_code == 403
    client.force_login(make_user(Role.HUNTER))
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"
    answer = client.post(address, headers={"User-Agent": agent})
    device = StandDevice.objects.get()
    assert (answer.status_code, device.name) == (201, "iPhone, Safari")
    assert device.digest == devices.digest(answer.json()["token"])


def test_a_device_that_was_shut_out_gets_a_new_token_only_after_a_log_in_since() -> None:
    campaign, client = make_campaign(), Client()
    user, address = make_user(Role.MARKETER), f"/campaigns/{campaign.pk}/stand/devices/"
    log_in = {"login": user.email, "password": "correct horse"}
    client.post("/accounts/login/", log_in)
    token = client.post(address).json()["token"]
    devices.revoke(StandDevice.objects.all(), at=timezone.now())
    assert client.post(address, {"instead_of": token}).status_code == 403
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    assert client.post(address, {"instead_of": token}).status_code == 201


def test_without_scripts_the_page_itself_is_sent() -> None:
    campaign, client = make_campaign(), Client()
    client.force_login(make_user(Role.MARKETER))
    address = f"/campaigns/{campaign.pk}/stand/"
    page = client.get(address)
    camera = [answer.headers["Permissions-Policy"].split(", ")[0] for answer in (page, client.get("/campaigns/"))]
    assert (camera, INLINE.search(page.text)) == (["camera=(self)", "camera=()"], None)
    said = {
        "key": str(uuid.uuid4()),
        "full_name": "Anna",
        "phone": "020 555 01 24",
        "temperature": "warm",
        "yes_phone": "on",
    }
    assert client.post(address, said | {"email": "no"}).status_code == 422
    for _twice in range(2):
        assert client.post(address, said).headers["Location"] == f"{address}?kept=1"
    entry = StandEntry.objects.get()
    assert (entry.wordings, entry.device, entry.intake.payload["channel"]) == (
        {"phone": "Yes, you may call me about this."},
        None,
        "event",
    )
    client.post(address, said | {"yes_email": "on", "temperature": "hot"})
    entry.refresh_from_db()
    assert (sorted(entry.wordings), entry.temperature) == (["email", "phone"], "hot")


def test_the_page_is_for_who_enters_leads_and_takes_few_statements() -> None:
    campaign, client = make_campaign(), Client()
    address = f"/campaigns/{campaign.pk}/stand/"
    assert client.get(address).status_code == 302
    client.force_login(make_user(Role.SALES_MANAGER))
    assert client.get(address).status_code == 403
    client.force_login(make_user(Role.HUNTER))
    assert statements(client, address) <= 6


def test_marketing_shuts_a_device_out_and_so_does_who_opened_it() -> None:
    campaign = make_campaign()
    phone = Phone(campaign)
    address = f"/campaigns/{campaign.pk}/stand/devices/{phone.device.pk}/revocation/"
    client = Client()
    client.force_login(make_user(Role.HUNTER))
    assert client.post(address).status_code == 403
    client.force_login(phone.device.user)
    assert client.post(address).headers["Location"] == f"/campaigns/{campaign.pk}/#stand"
    assert StandDevice.objects.get().revoked_at


def test_the_campaign_leads_to_its_stand_and_lists_its_devices_in_as_many_statements_for_30_as_for_one() -> None:
    campaign, client = make_campaign(), Client()
    client.force_login(make_user(Role.MARKETER))
    counts = []
    for more in (1, 29):
        phones = [Phone(campaign) for _one in range(more)]
        phones[0].send(visitor(), visitor(""))
        counts.append(statements(client, f"/campaigns/{campaign.pk}/"))
    page = client.get(f"/campaigns/{campaign.pk}/").text
    assert (counts[0], page.count("/revocation/"), page.count("To be put right")) == (counts[1], 30, 2)
    assert ('class="qr"' in page, INLINE.search(page)) == (True, None)
    client.force_login(make_user(Role.HUNTER))
    assert "/revocation/" not in client.get(f"/campaigns/{campaign.pk}/").text
    client.force_login(make_user(Role.SALES_MANAGER))
    assert 'id="stand"' not in client.get(f"/campaigns/{campaign.pk}/").text


def test_the_script_that_keeps_the_page_names_all_that_the_page_is_made_of() -> None:
    campaign, client = make_campaign("Vakbeurs"), Client()
    address = f"/campaigns/{campaign.pk}/stand/"
    worker = client.get(f"{address}worker.js")
    assert (worker.headers["Content-Type"], worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    kept = json.loads(worker.text.partition(" = ")[2].partition(";\n")[0])
    client.force_login(make_user(Role.HUNTER))
    named = set(re.findall(r'"(/static/[^"]+)"', client.get(address).text))
    assert (kept["page"], named - set(kept["shell"])) == (address, set())
    manifest = client.get(f"{address}manifest.webmanifest").json()
    assert (manifest["name"], manifest["start_url"], manifest["scope"]) == ("Stand: Vakbeurs", address, address)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36",
            "Android, Chrome",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1 CriOS/150.0 Mobile Safari/604.1",
            "iPad, Chrome",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36 Edg/150.0", "Windows, Edge"),
        ("curl/8", "Device"),
    ],
)
def test_a_device_is_called_by_what_its_browser_tells(agent: str, name: str) -> None:
    assert devices.called(agent) == name


@pytest.mark.parametrize("is_logged_in", [True, False])
def test_who_is_shut_out_is_led_to_a_log_in_and_back(is_logged_in: bool) -> None:
    campaign, client = make_campaign(), Client()
    if is_logged_in:
        client.force_login(make_user(Role.HUNTER))
    led = client.get(f"/campaigns/{campaign.pk}/stand/renewal/").headers["Location"]
    page = "reauthenticate" if is_logged_in else "login"
    assert led == f"/accounts/{page}/?next=%2Fcampaigns%2F{campaign.pk}%2Fstand%2F"
