"""A form of the public: what is sent is kept at once and once, from where it may come, and consent counts when it does."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail, signing
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import consent, intake, lifecycle, objections, tasks
from leads.models import CaptureForm, Consent, Contact, Engagement, FormEntry, Intake, Lead, Queue, Suppression
from leads.public import consenting, limits, tickets
from leads.stages import Reason, Stage
from tests.factories import make_campaign, make_user, queue_of

pytestmark = pytest.mark.django_db
ANNA = {"full_name": "Anna de Wit", "email": "anna@wit.example", "notes": "A quotation, please"}
SITE = "https://www.wit.example"
WORDING = "May we mail you about planning?"


def make_form(**fields: Any) -> CaptureForm:
    asked = [
        {"field": "full_name", "label": "", "is_required": True},
        {"field": "email", "label": "Work address", "is_required": True},
        {"field": "notes", "label": "", "is_required": False},
    ]
    given = {"name": "Quotation", "fields": asked, "created_at": timezone.now(), "email_wording": WORDING}
    return CaptureForm.objects.create(**given | fields)


def ticket(form: CaptureForm, *, age: float = 30) -> str:
    return tickets.issue(form, timezone.now() - timedelta(seconds=age))


def post(form: CaptureForm, said: dict[str, str] | None = None, *, text: str | None = None, **headers: str) -> Any:
    sent = {"ticket": ticket(form) if text is None else text, **(ANNA if said is None else said)}
    return Client().post(f"/f/{form.key}/", sent, headers=headers)


def judged(at: datetime | None = None) -> None:
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.judge_next(at=at or timezone.now())


def policy(answer: HttpResponse) -> dict[str, list[str]]:
    said = answer.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (one.split() for one in said)}


def test_what_is_sent_becomes_a_lead_with_its_visit() -> None:
    campaign = make_campaign("Webinar")
    form = make_form(campaign=campaign, language="nl")
    page = Client().get(f"/f/{form.key}/?utm_source=ads", headers={"referer": "https://search.example/"})
    assert (page.status_code, page.cookies, page.headers["Content-Language"]) == (200, {}, "nl")
    assert "Volledige naam" in page.text
    told = dict(re.findall(r'name="(utm_source|landing_page|referrer)" value="([^"]*)"', page.text))
    answer = post(form, ANNA | told)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/f/{form.key}/thanks/")
    assert Client().get(answer.headers["Location"]).status_code == 200
    judged()
    lead, done = Lead.objects.get(), Engagement.objects.get()
    assert (lead.campaign, lead.contact.email_key, done.kind) == (campaign, "anna@wit.example", "form")
    visit = [
        "utm_source: ads",
        f"landing_page: http://testserver/f/{form.key}/?utm_source=ads",
        "referrer: https://search.example/",
    ]
    assert done.detail.splitlines() == ["Quotation", *visit, "A quotation, please"]


@pytest.mark.django_db(transaction=True)
def test_accepted_is_stored_with_the_broker_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer comes after the commit, and nobody waits for the bell."""
    monkeypatch.setattr(tasks, "_silent_until", 0.0)
    monkeypatch.setattr(tasks.judge_intake.app.conf, "broker_url", "redis+socket:///nowhere/at/all.sock")
    form = make_form()
    assert post(form).status_code == 303
    assert (Intake.objects.count(), FormEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize("said_yes", [{}, {"yes_email": "on"}])
def test_sent_twice_is_kept_once_and_put_right_is_kept_anew(said_yes: dict[str, str]) -> None:
    form = make_form()
    text, anna = ticket(form), ANNA | said_yes
    answers = [post(form, said, text=text) for said in (anna, anna, anna | {"email": "a@wit.example"})]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert [one.payload["email"] for one in Intake.objects.order_by("pk")] == ["anna@wit.example", "a@wit.example"]


def test_who_goes_back_and_sends_the_same_is_kept_once() -> None:
    form, other = make_form(), make_form()
    agreed = ANNA | {"yes_email": "on"}
    for at, built, said in ((0, form, ANNA), (50, form, ANNA), (50, form, agreed), (50, other, ANNA), (70, form, ANNA)):
        with time_machine.travel(timezone.now() + timedelta(minutes=at), tick=False):
            assert post(built, said).status_code == 303
    kept = FormEntry.objects.order_by("pk").values_list("form", "wordings")
    assert list(kept) == [(form.pk, {}), (form.pk, {"email": WORDING}), (other.pk, {}), (form.pk, {})]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (ANNA | {"email": "anna"}, "f_email"),
        (ANNA | {"full_name": ""}, "f_full_name"),
        (ANNA | {"homepage_url": "https://spam.example"}, "people do not see"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(said: dict[str, str], problem: str) -> None:
    answer = post(make_form(), said)
    assert (answer.status_code, problem in answer.text) == (422, True)
    assert "A quotation, please" in answer.text
    assert not Intake.objects.exists()


@pytest.mark.parametrize("age", [0, 13 * 3600])
def test_too_quick_or_too_old_a_page_is_sent_once_more(age: float) -> None:
    form = make_form()
    answer = post(form, text=ticket(form, age=age))
    assert (answer.status_code, Intake.objects.count(), "Anna de Wit" in answer.text) == (422, 0, True)
    again = re.search(r'name="ticket" value="([^"]+)"', answer.text)[1]
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert post(form, text=again).status_code == 303


LATER = "May we mail you about anything?"


def standing_of_old(form: CaptureForm) -> str:
    return signing.Signer(salt=tickets.SALT).sign(form.key)


@pytest.mark.parametrize("handed_out", [ticket, tickets.standing, standing_of_old])
def test_nobody_agrees_to_words_that_their_page_did_not_show(handed_out: Callable[[CaptureForm], str]) -> None:
    form = make_form(origins=[SITE])
    text = handed_out(form)
    CaptureForm.objects.update(email_wording=LATER)
    answer = post(form, ANNA | {"yes_email": "on"}, text=text, origin=SITE)
    assert (answer.status_code, FormEntry.objects.count()) == (422, 0)
    told = [part in answer.text for part in (LATER, WORDING, "changed meanwhile", "A quotation, please", "checked")]
    assert told == [True, False, True, True, False]
    again = re.search(r'name="ticket" value="([^"]+)"', answer.text)[1]
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert post(form, ANNA | {"yes_email": "on"}, text=again).status_code == 303
    assert FormEntry.objects.get().wordings == {"email": LATER}


@pytest.mark.parametrize("handed_out", [ticket, tickets.standing])
def test_nobody_agrees_to_more_than_their_page_was_about(handed_out: Callable[[CaptureForm], str]) -> None:
    form = make_form(origins=[SITE], purpose="newsletter")
    text = handed_out(form)
    CaptureForm.objects.update(purpose="sales")
    answer = post(form, ANNA | {"yes_email": "on"}, text=text, origin=SITE)
    assert (answer.status_code, "changed meanwhile" in answer.text, FormEntry.objects.count()) == (422, True, 0)


def test_code_that_was_handed_out_before_purposes_goes_on() -> None:
    form = make_form(origins=[SITE])
    digest = hashlib.sha256(json.dumps({"email": WORDING}).encode()).hexdigest()[:32]
    text = signing.Signer(salt=tickets.SALT).sign(f"{form.key}.{digest}")
    assert post(form, ANNA | {"yes_email": "on"}, text=text, origin=SITE).status_code == 303
    assert FormEntry.objects.get().purpose == "sales"


def test_who_agreed_to_nothing_is_kept_whatever_the_words_are_now() -> None:
    form = make_form()
    text = ticket(form)
    CaptureForm.objects.update(email_wording=LATER)
    assert (post(form, text=text).status_code, FormEntry.objects.get().wordings) == (303, {})


def test_a_page_that_comes_back_shows_the_words_that_its_ticket_says() -> None:
    form = make_form()
    text = ticket(form)
    CaptureForm.objects.update(email_wording=LATER)
    answer = post(form, ANNA | {"email": "anna"}, text=text)
    again = re.search(r'name="ticket" value="([^"]+)"', answer.text)[1]
    assert (again == text, tickets.read(form, again, timezone.now()).asked != tickets.asked(form)) == (False, True)


def test_a_yes_on_a_page_that_stood_open_for_long_is_asked_anew() -> None:
    form = make_form()
    answer = post(form, ANNA | {"yes_email": "on"}, text=ticket(form, age=13 * 3600))
    told = [part in answer.text for part in ("may have changed", "Anna de Wit", "checked")]
    assert (answer.status_code, told) == (422, [True, True, False])


def test_what_was_typed_in_a_field_that_is_asked_no_more_is_kept() -> None:
    form = make_form()
    text = ticket(form)
    CaptureForm.objects.update(fields=form.fields[:2])
    form.refresh_from_db()
    answer = post(form, ANNA | {"email": "anna"}, text=text)
    assert (answer.status_code, "A quotation, please" in answer.text) == (422, True)
    assert post(form, ANNA | {"birth_date": "1970-01-01", "phone": " "}, text=text).status_code == 303
    said = {"language", "source_detail"}
    assert {name: value for name, value in Intake.objects.get().payload.items() if name not in said} == ANNA


def test_a_form_that_is_off_says_so() -> None:
    form = make_form(is_active=False)
    assert (Client().get(f"/f/{form.key}/").status_code, post(form).status_code) == (410, 410)
    assert not Intake.objects.exists()


def test_only_the_sites_of_the_form_frame_it_and_send_to_it() -> None:
    form = make_form(origins=[SITE], redirect_url="https://thanks.example/done")
    page = Client().get(f"/f/{form.key}/")
    assert policy(page)["frame-ancestors"] == ["'self'", SITE]
    assert policy(page)["form-action"] == ["'self'", "https://thanks.example"]
    assert "X-Frame-Options" not in page.headers
    standing = tickets.standing(form)
    statuses = [
        post(form, text=standing, origin=origin).status_code for origin in ("https://evil.example", "null", SITE, SITE)
    ]
    assert statuses == [403, 403, 303, 303]
    assert post(form, origin="https://evil.example").status_code == 403
    assert Intake.objects.count() == 1
    assert post(form, text=tickets.standing(make_form()), origin=SITE).status_code == 422


def proof(text: str) -> str:
    tried = (str(n) for n in range(1_000_000))
    return next(
        n for n in tried if int.from_bytes(hashlib.sha256(f"{text}:{n}".encode()).digest()[:4], "big") >> 18 == 0
    )


def test_who_works_for_it_may_send_more() -> None:
    form = make_form()
    for n in range(limits.UNPROVEN):
        assert post(form, ANNA | {"email": f"{n}@wit.example"}).status_code == 303
    refused = post(form)
    assert (refused.status_code, refused.headers["Retry-After"], "Anna de Wit" in refused.text) == (429, "600", True)
    text = ticket(form)
    assert post(form, ANNA | {"proof": proof(text)}, text=text).status_code == 303


def test_consent_without_confirming_counts_with_its_words() -> None:
    form = make_form()
    post(form, ANNA | {"yes_email": "on"})
    tasks.settle_forms()
    assert not Consent.objects.exists()
    judged()
    tasks.settle_forms()
    tasks.settle_forms()
    given = Consent.objects.get()
    assert (given.channel, given.wording, given.source) == ("email", WORDING, f"Quotation (/f/{form.key}/, 1)")
    assert (given.contact, given.given_at) == (Lead.objects.get().contact, FormEntry.objects.get().received_at)
    assert mail.outbox == []


def links() -> tuple[str, str]:
    [message] = mail.outbox
    confirm, withdraw = re.findall(r"http://[^/]+(/f/\S+)", message.body)
    return confirm, withdraw


def test_consent_to_be_confirmed_counts_once_the_link_was_used() -> None:
    form = make_form(is_double_opt_in=True, language="nl")
    post(form, ANNA | {"yes_email": "on"})
    judged()
    tasks.settle_forms()
    tasks.settle_forms()
    assert (Lead.objects.count(), Consent.objects.count(), len(mail.outbox)) == (1, 0, 1)
    confirm, _withdraw = links()
    assert (Client().get(confirm).status_code, Consent.objects.count()) == (200, 0)
    assert [Client().post(confirm).status_code for _n in range(2)] == [302, 302]
    tasks.settle_forms()
    assert Consent.objects.get().given_at == FormEntry.objects.get().confirmed_at
    assert Client().get("/f/confirm/made-up/").status_code == 404
    assert "Bedankt" in Client().get(confirm).text


def test_a_link_to_confirm_is_over_after_a_while() -> None:
    post(make_form(is_double_opt_in=True), ANNA | {"yes_email": "on"})
    tasks.settle_forms()
    later = timezone.now() + consenting.CONFIRMED_WITHIN + timedelta(days=1)
    with time_machine.travel(later):
        assert Client().post(links()[0]).status_code == 410
    assert FormEntry.objects.get().confirmed_at is None


def test_what_was_said_is_taken_back_by_a_link() -> None:
    post(make_form(is_double_opt_in=True), ANNA | {"yes_email": "on"})
    judged()
    tasks.settle_forms()
    confirm, withdraw = links()
    Client().post(confirm)
    tasks.settle_forms()
    assert (Client().get(withdraw).status_code, Suppression.objects.count()) == (200, 0)
    assert [Client().post(withdraw).status_code for _n in range(2)] == [302, 302]
    said = Consent.objects.order_by("pk").values_list("basis", "given_at", "withdrawn_at")
    assert [(basis, given is None, taken is None) for basis, given, taken in said] == [
        ("consent", False, True),
        ("objection", True, False),
    ]
    assert (Suppression.objects.get().channel, Lead.objects.get().contact.is_mail_suppressed) == ("email", True)
    assert (Client().get(confirm).status_code, Client().post(confirm).status_code) == (410, 410)


def test_who_is_suppressed_is_not_mailed() -> None:
    consent.suppress(consent.EMAIL, [ANNA["email"]], at=timezone.now(), reason="asked")
    post(make_form(is_double_opt_in=True), ANNA | {"yes_email": "on"})
    tasks.settle_forms()
    assert (mail.outbox, FormEntry.objects.get().is_mail_due) == ([], False)


def test_who_was_asked_just_now_is_not_mailed_again() -> None:
    form = make_form(is_double_opt_in=True)
    for notes in ("one", "two"):
        post(form, ANNA | {"yes_email": "on", "notes": notes})
    tasks.settle_forms()
    assert len(mail.outbox) == 1


def test_who_said_yes_finds_on_the_thanks_page_how_to_take_it_back() -> None:
    asked = [{"field": name, "label": "", "is_required": False} for name in ("full_name", "phone")]
    form, other = make_form(fields=asked, phone_wording="May we call you?"), make_form()
    thanks = post(form, {"full_name": "Anna de Wit", "phone": "020 123 45 67", "yes_phone": "on"}).headers["Location"]
    [withdraw] = re.findall(r'href="(/f/withdraw/[^"]+)"', Client().get(thanks).text)
    elsewhere = [f"/f/{form.key}/thanks/", thanks.replace(form.key, other.key), f"{thanks}x"]
    assert ["/f/withdraw/" in Client().get(address).text for address in elsewhere] == [False] * 3
    assert Client().post(withdraw).status_code == 302
    assert consent.suppressed(consent.PHONE, ["+31201234567"]) == {"+31201234567"}
    assert "/f/withdraw/" not in Client().get(thanks).text


def newsletter(**fields: Any) -> CaptureForm:
    return make_form(**{"name": "News", "purpose": "newsletter", "is_double_opt_in": True} | fields)


def settled(form: CaptureForm, said: dict[str, str] | None = None) -> None:
    assert post(form, said or ANNA | {"yes_email": "on"}).status_code == 303
    judged()
    tasks.settle_forms()


def confirmed(nth: int = -1) -> str:
    """Use the link of a mail; return the one that takes it back."""
    confirm, withdraw = re.findall(r"http://[^/]+(/f/\S+)", mail.outbox[nth].body)
    assert Client().post(confirm).status_code == 302
    tasks.settle_forms()
    return withdraw


def words() -> list[tuple[str, str, bool]]:
    rows = Consent.objects.order_by("pk")
    return [(one.purpose, one.basis, one.given_at is not None) for one in rows]


def test_who_takes_a_newsletter_back_stays_a_lead_and_can_come_back() -> None:
    form = newsletter()
    settled(form)
    withdraw = confirmed()
    assert "Withdraw it" in Client().get(withdraw).text
    assert [Client().post(withdraw).status_code for _n in range(2)] == [302, 302]
    assert "does not count as a yes any more" in Client().get(withdraw).text
    lead = Lead.objects.select_related("contact").get()
    assert (Suppression.objects.count(), lead.contact.is_mail_suppressed, lead.closed_at) == (0, False, None)
    assert words() == [("newsletter", "consent", True), ("newsletter", "consent", False)]
    assert objections.objecting("email", [lead.family_id]) == set()
    last = Consent.objects.about("newsletter").last_words()
    assert list(last.values_list("given_at", flat=True)) == [None]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        settled(form)
        confirmed()
        assert len(mail.outbox) == 2
        assert list(Consent.objects.about("newsletter").last_words().values_list("withdrawn_at", flat=True)) == [None]


def test_who_wants_no_mail_at_all_says_so_beside_it() -> None:
    settled(newsletter())
    withdraw = confirmed()
    Client().post(withdraw)
    assert Client().post(withdraw, {"all": "1"}).status_code == 302
    assert "use what you filled in here no more" in Client().get(withdraw).text
    assert (Suppression.objects.get().is_own, Lead.objects.get().contact.is_mail_suppressed) == (True, True)
    assert words()[-1] == ("sales", "objection", False)


def test_who_objected_by_a_link_and_says_yes_to_sales_again_is_a_lead_again() -> None:
    form = make_form(is_double_opt_in=True)
    settled(form)
    Client().post(confirmed())
    assert Lead.objects.get().contact.is_mail_suppressed
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        settled(form, ANNA | {"yes_email": "on", "notes": "After all"})
        settled(form, ANNA | {"yes_email": "on", "notes": "At last"})
        verdicts = list(Intake.objects.order_by("pk").values_list("verdict", flat=True))
        assert (verdicts, len(mail.outbox)) == (["created", "skipped", "skipped"], 2)
        lifecycle.close([Lead.objects.get().pk], to=Stage.LOST, at=timezone.now(), reason=Reason.LOST, by=None)
        confirmed()
        judged()
        tasks.settle_forms()
    assert Lead.objects.filter(closed_at=None).get().contact == Lead.objects.exclude(closed_at=None).get().contact
    assert [one.verdict for one in Intake.objects.order_by("pk")] == ["created", "updated", "skipped"]
    assert (Suppression.objects.get().lifted_at is None, Contact.objects.get().is_mail_suppressed) == (False, False)
    assert consent.suppressed("email", [ANNA["email"]]) == set()
    assert words()[-1] == ("sales", "consent", True)


def test_a_yes_to_a_newsletter_counts_after_an_objection_and_lifts_it_for_nothing_else() -> None:
    form = newsletter()
    settled(form)
    Client().post(confirmed(), {"all": "1"})
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        settled(form)
        confirmed()
        [confirm, _withdraw] = re.findall(r"http://[^/]+(/f/\S+)", mail.outbox[-1].body)
        assert "That stays so for all but what you said yes to now." in Client().get(confirm).text
    assert (Suppression.objects.get().lifted_at, Lead.objects.get().contact.is_mail_suppressed) == (None, True)
    assert list(Consent.objects.about("newsletter").last_words().values_list("withdrawn_at", flat=True)) == [None]
    assert Consent.objects.about("sales").last_words().get().given_at is None


def test_what_staff_wrote_down_no_form_lifts() -> None:
    form, at = make_form(is_double_opt_in=True), timezone.now()
    settled(form)
    Client().post(confirmed())
    contact = Lead.objects.get().contact
    objections.withdraw(contact, ["email"], source="by phone", by=make_user(Role.MARKETER), at=at)
    assert not Suppression.objects.get().is_own
    with time_machine.travel(at + timedelta(days=2)):
        settled(form, ANNA | {"yes_email": "on", "notes": "After all"})
    assert len(mail.outbox) == 1
    assert Intake.objects.latest("pk").verdict == "skipped"


def test_who_is_thanked_is_told_what_happens_and_no_more() -> None:
    form = make_form(is_double_opt_in=True)
    plain = Client().get(post(form).headers["Location"]).text
    assert ("We received what you sent." in plain, "You said yes" in plain, "?" in plain) == (True, False, False)
    yes = post(form, ANNA | {"yes_email": "on"}).headers["Location"]
    assert "It counts once you confirm it with the link that we mail you." in Client().get(yes).text
    tasks.settle_forms()
    judged()
    confirmed()
    assert "It counts once" not in Client().get(yes).text
