"""What somebody said yes to: for which purpose, on which legal basis and in which words; and who says no by a link."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from handoff.timeline import timeline_and_words
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import consent, intake, merging, objections, tasks
from leads.calling import keeping_out
from leads.forms.stand import wordings_of
from leads.importing import running, templates, undoing
from leads.models import CallList, CallTarget, CaptureForm, Consent, Contact, FormEntry, ImportBatch, Lead, Suppression
from leads.public import objecting, sending
from leads.stages import Channel
from leads.stand import entries
from tests.factories import TUESDAY, make_campaign, make_contact, make_lead, make_user, queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
HOUR = timedelta(hours=1)
MAIL, CALLS = "email", "phone"
HEADER = "Name,Email,Phone,Mail ok,Call ok\n"
MAPPING = ["full_name", "email", "phone", "consent_email", "consent_phone"]
ANNA = "Anna de Wit,anna@wit.example,020 555 01 24,yes,no\n"


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER, name="Anna")
    client.force_login(user)
    return user


def brought(text: str, mapping: list[str | None] = MAPPING, *, at: datetime = AT, **options: Any) -> ImportBatch:
    queue_of("to_qualify")
    batch = running.create(ContentFile(text.encode()), "people.csv", by=None, at=at)
    running.choose(batch, mapping, at=at, options=options)
    assert running.run(batch, at=at), batch.problem
    ImportBatch.objects.filter(pk=batch.pk).update(state="done", finished_at=at + timedelta(minutes=1))
    batch.refresh_from_db()
    return batch


def said() -> list[tuple[str, str, str, str]]:
    rows = Consent.objects.filter(voids__isnull=True).order_by("pk")
    return [(one.channel, one.purpose, one.basis, one.wording) for one in rows]


def yes(
    contact: Contact, purpose: str = "sales", *, basis: str = "consent", channel: str = CALLS, **fields: Any
) -> None:
    given = {"given_at": TUESDAY, "recorded_at": TUESDAY} | fields
    Consent.objects.create(contact=contact, channel=channel, purpose=purpose, basis=basis, **given)


def test_a_file_says_to_what_in_which_words_and_on_which_basis() -> None:
    words = "Yes, mail me the newsletter"
    brought(HEADER + ANNA, consent={"purpose": "newsletter", "wording": words})
    assert said() == [(MAIL, "newsletter", "consent", words)]
    brought(HEADER + ANNA, consent={"purpose": "newsletter", "wording": words})
    brought(HEADER + ANNA, consent={"purpose": "newsletter"})
    assert len(said()) == 1
    later = brought(HEADER + ANNA, at=AT + HOUR, consent={"purpose": "newsletter", "wording": "Mail me"})
    brought(HEADER + ANNA, at=AT + 2 * HOUR, consent={"basis": "interest", "wording": "They asked for a quotation"})
    brought(HEADER + ANNA, at=AT + 3 * HOUR)
    assert said()[1:] == [
        (MAIL, "newsletter", "consent", "Mail me"),
        (MAIL, "sales", "interest", "They asked for a quotation"),
        (MAIL, "sales", "consent", ""),
    ]
    assert undoing.request(later, by=make_user(Role.MARKETER))
    later.refresh_from_db()
    assert undoing.undo(later, at=AT + 4 * HOUR)
    assert Consent.objects.get(voids__isnull=False).voids.wording == "Mail me"


def test_a_yes_for_the_whole_file_leaves_whom_a_row_says_no_of() -> None:
    rows = ANNA + "Bram Bos,bram@bos.example,020 555 01 25,,perhaps\nCor Dam,cor@dam.example,020 555 01 26,,\n"
    told = {"constants": {"consent_email": "yes", "consent_phone": "yes"}, "consent": {"basis": "customer"}}
    brought(HEADER + rows, **told)
    found = Consent.objects.order_by("contact", "channel").values_list("contact__last_name", "channel", "basis")
    assert list(found) == [
        ("Wit", MAIL, "customer"), ("Bos", MAIL, "customer"), ("Dam", MAIL, "customer"), ("Dam", CALLS, "customer"),
    ]  # fmt: skip


def test_sales_is_allowed_by_a_yes_to_its_own_follow_up_alone(marketer: User) -> None:
    newsletter, sales, customer, interest, objected = (
        make_lead(make_contact(phone_e164=f"+3120555010{n}", email=f"p{n}@x.example")) for n in range(5)
    )
    yes(newsletter.contact, "newsletter")
    yes(sales.contact)
    yes(sales.contact, "events", given_at=TUESDAY + timedelta(days=1))
    yes(sales.contact, basis="interest", given_at=TUESDAY + timedelta(days=1))
    yes(customer.contact, basis="customer")
    yes(interest.contact, basis="interest")
    yes(objected.contact)
    Consent.objects.create(
        contact=objected.contact, channel=CALLS, basis="objection", withdrawn_at=TUESDAY + timedelta(1), recorded_at=AT
    )
    made = {"asked": {}, "asked_at": TUESDAY, "campaign": make_campaign(channel=Channel.TELEMARKETING), "by": marketer}
    found = {}
    for purpose in ("sales", "newsletter", "events"):
        listing = CallList.objects.create(name=purpose, purpose=purpose, **made)
        people = (newsletter, sales, customer, interest, objected)
        targets = [CallTarget(call_list=listing, lead=lead, added_at=AT, due_at=AT) for lead in people]
        CallTarget.objects.bulk_create(targets)
        keeping_out.judge_list(listing.pk)
        found[purpose] = [lead.pk for lead in people if not listing.targets.get(lead=lead).kept_out]
    assert found == {"sales": [sales.pk, customer.pk], "newsletter": [newsletter.pk], "events": [sales.pk]}
    told = {lead.pk: timeline_and_words(lead, marketer)[1] for lead in (newsletter, sales, customer, interest)}
    assert {key: [word.of(channel) for channel, word in words.items()] for key, words in told.items()} == {
        newsletter.pk: [], sales.pk: ["Phone"], customer.pk: ["Phone (Existing customer)"], interest.pk: [],
    }  # fmt: skip


def test_a_yes_to_something_else_lifts_no_objection(client: Client, marketer: User) -> None:
    contact = make_contact(email="anna@wit.example", email_key="anna@wit.example")
    objections.withdraw(contact, [MAIL], source="call", by=marketer, at=timezone.now() - timedelta(hours=1))
    given = {"channel": MAIL, "how": "talk", "wording": "The newsletter?", "day": timezone.localdate().isoformat()}
    address = f"/contacts/{contact.pk}/consents/"
    answer = client.post(address, given | {"purpose": "newsletter"}, follow=True)
    assert "only a yes to follow-up by sales" in answer.text
    assert objections.objecting(MAIL, [contact.family_id]) == {contact.family_id}
    assert Contact.objects.get().is_mail_suppressed
    client.post(address, given | {"purpose": "sales"})
    assert (Contact.objects.get().is_mail_suppressed, Suppression.objects.filter(lifted_at=None).count()) == (False, 0)
    proof = b"".join(client.get(f"/contacts/{contact.pk}/consents.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(proof, newline="")))
    assert [row[3] for row in rows] == ["Purpose", "Follow-up by sales", "Newsletter", "Every purpose"]


def test_a_yes_of_a_form_is_to_what_the_form_asked_when_it_was_sent() -> None:
    queue_of("to_qualify")
    form = CaptureForm.objects.create(
        name="News", created_at=AT, fields=[], purpose="newsletter", email_wording="The newsletter?"
    )
    came = sending.Sent({"email": "anna@wit.example"}, {MAIL: "The newsletter?"})
    sending.keep(form, came, nonce="n", sender="s", at=AT)
    CaptureForm.objects.update(purpose="sales")
    intake.judge_next(at=AT)
    tasks.settle_forms()
    assert (FormEntry.objects.get().purpose, said()) == (
        "newsletter",
        [(MAIL, "newsletter", "consent", "The newsletter?")],
    )


def test_a_stand_asks_for_its_own_purpose(client: Client, marketer: User) -> None:
    queue_of("to_qualify")
    campaign = make_campaign("Fair", stand_purpose="events")
    CaptureForm.objects.create(name="Quote", created_at=AT, fields=[], campaign=campaign, email_wording="A quotation?")
    assert wordings_of(campaign)[MAIL] == "Yes, invite me to events by mail."
    CaptureForm.objects.create(
        name="Party", created_at=AT, fields=[], campaign=campaign, purpose="events", email_wording="A party?"
    )
    page = client.get(f"/campaigns/{campaign.pk}/stand/")
    assert 'data-purpose="events"' in page.text
    client.post(f"/campaigns/{campaign.pk}/stand/", {"full_name": "Anna de Wit", "yes_email": "on"})
    intake.judge_next(at=timezone.now())
    entries.settle(at=timezone.now())
    assert said() == [(MAIL, "events", "consent", "A party?")]


def test_a_stand_asks_in_its_own_language(client: Client, marketer: User) -> None:
    campaign = make_campaign("Fair", owner=make_user(Role.MARKETER, language="nl"))
    address, dutch = f"/campaigns/{campaign.pk}/stand/", "Ja, jullie mogen me hierover mailen."
    assert (wordings_of(campaign)[MAIL], f'<span lang="nl">{dutch}</span>' in client.get(address).text) == (dutch, True)
    edit = client.get(f"/campaigns/{campaign.pk}/edit/").context["form"]
    assert edit["stand_language"].value() == "nl"
    said = {name: edit[name].value() or "" for name in edit.fields}
    assert client.post(f"/campaigns/{campaign.pk}/edit/", said | {"stand_language": "en"}).status_code == 302
    campaign.refresh_from_db()
    CaptureForm.objects.create(
        name="Offerte", created_at=AT, fields=[], campaign=campaign, language="nl", email_wording="Mag het?"
    )
    assert wordings_of(campaign)[MAIL] == "Yes, you may mail me about this."
    campaign.stand_language = ""
    assert wordings_of(campaign)[MAIL] == "Mag het?"


def test_words_of_a_mapping_say_what_a_yes_is_to() -> None:
    fine = {"columns": [], "consent": {"purpose": "events", "basis": "customer", "wording": "Ordered in May"}}
    assert templates.read(fine)["consent"] == fine["consent"]
    for wrong in ({"purpose": "spam"}, {"basis": "objection"}, {"basis": "interest"}, {"more": "x"}, "sales"):
        with pytest.raises(templates.UnfitError):
            templates.read({"columns": [], "consent": wrong})


def test_the_page_of_columns_asks_what_a_yes_is_to(client: Client, marketer: User) -> None:
    queue_of("to_qualify")
    batch = running.create(ContentFile((HEADER + ANNA).encode()), "people.csv", by=marketer, at=AT)
    address = f"/imports/{batch.pk}/columns/"
    sent: dict[str, Any] = {"column": [*MAPPING[:3], "", ""], "country": "NL", "has_choices": "1"}
    assert "consent_basis" not in client.post(address, sent).text
    alike = sent | {"constant_field": "consent_email", "constant_value": "yes"}
    assert "What they agreed to, word for word" in client.post(address, alike).text
    for basis, problem in (("consent", "in which words"), ("interest", "our legitimate interest is")):
        answer = client.post(address, alike | {"consent_basis": basis, "consent_purpose": "sales", "go": "1"})
        assert (answer.status_code, problem in answer.text) == (422, True)
    long = alike | {
        "consent_basis": "customer",
        "consent_purpose": "made up",
        "consent_wording": "x" * 2_001,
        "go": "1",
    }
    answer = client.post(address, long)
    assert (answer.status_code, "at most 2000 characters" in answer.text, "x" * 2_001 in answer.text) == (
        422,
        True,
        True,
    )
    told = {"consent_basis": "customer", "consent_purpose": "events", "consent_wording": " Ordered in May "}
    kept = client.post(address, alike | told | {"go": "1"}, follow=True).text
    assert "Invitations to events · Existing customer · <q>Ordered in May</q>" in kept
    batch.refresh_from_db()
    assert batch.options["consent"] == {"purpose": "events", "basis": "customer", "wording": "Ordered in May"}


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("consent", "Where this file says yes to mail or calls, the words that people agreed to are not given"),
        ("customer", "Where this file says yes to mail or calls, it is not said what these customers bought"),
    ],
)
def test_a_yes_without_words_is_said_to_be_thin_until_it_has_them(
    client: Client, marketer: User, basis: str, said: str
) -> None:
    queue_of("to_qualify")
    batch = running.create(ContentFile((HEADER + ANNA).encode()), "people.csv", by=marketer, at=AT)
    columns, detail = (f"/imports/{batch.pk}/{page}" for page in ("columns/", ""))
    sent: dict[str, Any] = {"column": MAPPING, "country": "NL", "has_choices": "1", "consent_basis": basis}
    assert said in client.post(columns, sent).text
    assert said in client.post(columns, sent | {"go": "1"}, follow=True).text
    worded = sent | {"consent_wording": "Yes, mail me"}
    assert said not in client.post(columns, worded).text
    assert said not in client.post(columns, sent | {"column": [*MAPPING[:3], "-", "-"]}).text
    assert said not in client.post(columns, worded | {"go": "1"}, follow=True).text
    client.post(columns, sent | {"go": "1", "consent_wording": ""})
    running.run(ImportBatch.objects.get(), at=timezone.now())
    assert said in client.get(detail).text


def test_a_person_says_no_themselves_by_a_link(client: Client, marketer: User) -> None:
    contact = make_contact(
        email="anna@wit.example", email_key="anna@wit.example", phone_e164="+31205550124", language="nl"
    )
    other = make_contact(email="a@wit.example")
    link = re.search(r"http://127.0.0.1:8000/f/objection/[^/]+/", client.get(f"/contacts/{contact.pk}/").text)[0]
    assert objecting.person_of(link.split("/")[-2]) == contact
    merging.merge([merging.Fold(other.pk, contact.pk)], by=marketer, at=timezone.now())
    path, visitor = link.removeprefix("http://127.0.0.1:8000"), Client()
    page = visitor.get(path)
    assert (page.status_code, page.context["form"]["channels"].initial) == (200, [MAIL, CALLS])
    assert ("mailen" in page.text, "Mail en telefoon van " in page.text) == (True, True)
    assert (visitor.post(path, {}).status_code, Consent.objects.count()) == (422, 0)
    assert "Het is geregeld" not in page.text
    assert visitor.post(path, {"channels": [MAIL]}).status_code == 302
    page = visitor.get(path)
    assert (page.context["form"]["channels"].initial, "Het is geregeld: we mailen u niet meer." in page.text) == (
        [CALLS],
        True,
    )
    assert visitor.post(path, {"channels": [MAIL]}).status_code == 422
    told = Consent.objects.get()
    assert (told.channel, told.contact_id, told.by, told.withdrawn_at is None) == (MAIL, other.pk, None, False)
    assert consent.suppressed(MAIL, ["anna@wit.example"]) == {"anna@wit.example"}
    assert visitor.post(path, {"channels": [CALLS]}).status_code == 302
    assert "we mailen en bellen u niet meer, tenzij u daar zelf om vraagt" in visitor.get(path).text
    Contact.objects.update(erased_at=timezone.now())
    assert [visitor.get(one).status_code for one in (path, "/f/objection/made-up/")] == [404, 404]
    assert Lead.objects.count() == 0


def test_no_file_says_yes_again_for_who_withdrew_it_or_was_merged() -> None:
    news = {"purpose": "newsletter", "wording": "The newsletter?"}
    brought(HEADER + ANNA, consent=news)
    brought(HEADER + "Anna de Witte,anna@witte.example,020 555 01 99,yes,no\n", at=AT + HOUR, consent=news)
    anna, other = Contact.objects.order_by("pk")
    merging.merge([merging.Fold(anna.pk, other.pk)], by=make_user(Role.MARKETER), at=AT + 2 * HOUR)
    brought(HEADER + ANNA, at=AT + 3 * HOUR, consent=news)
    brought(HEADER + "Anna de Witte,anna@witte.example,020 555 01 99,yes,no\n", at=AT + 3 * HOUR, consent=news)
    assert len(said()) == 2
    taken = {"purpose": "newsletter", "channel": MAIL, "withdrawn_at": AT + 4 * HOUR, "recorded_at": AT + 4 * HOUR}
    Consent.objects.create(contact=other, **taken)
    brought(HEADER + ANNA, at=AT + 5 * HOUR, consent=news)
    assert len(said()) == 3
    brought(HEADER + ANNA, at=AT + 6 * HOUR, consent={"purpose": "events", "wording": "Our fair?"})
    assert said()[3:] == [(MAIL, "events", "consent", "Our fair?")]
    out = ["full_name", "email", "phone", "opt_out_email", None]
    brought(HEADER + ANNA, out, at=AT + 7 * HOUR)
    brought(HEADER + "Anna de Witte,anna@witte.example,020 555 01 99,yes,no\n", out, at=AT + 8 * HOUR)
    assert said()[4:] == [(MAIL, "sales", "objection", "")]


def test_who_withdrew_a_yes_to_events_is_not_called_about_them(marketer: User) -> None:
    lead = make_lead(make_contact(phone_e164="+49305550101"))
    taken = {"channel": CALLS, "withdrawn_at": TUESDAY + timedelta(1), "recorded_at": AT, "contact": lead.contact}
    Consent.objects.create(purpose="events", **taken)
    made = {"asked": {}, "asked_at": TUESDAY, "campaign": make_campaign(channel=Channel.TELEMARKETING), "by": marketer}
    found = {}
    for purpose in ("sales", "events"):
        listing = CallList.objects.create(name=purpose, purpose=purpose, **made)
        CallTarget.objects.create(call_list=listing, lead=lead, added_at=AT, due_at=AT)
        keeping_out.judge_list(listing.pk)
        found[purpose] = listing.targets.get().kept_out
    assert found == {"sales": "", "events": "objected"}
