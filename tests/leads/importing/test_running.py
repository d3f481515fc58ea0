"""A file runs to its end: every row in one verdict, twice is nothing new, a preview is what a run does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from leadops.accounts import notifying
from leadops.accounts.models import Notice
from leadops.accounts.roles import Role
from leads import intake, lifecycle, merging, reasons, tracking_links
from leads.importing import errors_file, running, staging
from leads.models import (
    Campaign,
    Consent,
    Contact,
    Engagement,
    ImportBatch,
    ImportRow,
    Lead,
    LeadTouch,
    Organisation,
    Queue,
    Suppression,
    TrackingLink,
)
from leads.stages import Stage
from tests.factories import make_campaign, make_contact, make_lead, make_user, queue_of
from tests.qualification.factories import make_definition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
HEADER = "Name,Email,Phone,Company,Number,Date\n"


@pytest.fixture(autouse=True)
def to_qualify() -> Queue:
    return queue_of(Queue.Kind.TO_QUALIFY)


def batch_of(text: str, campaign: Campaign | None = None, mapping: list[str | None] | None = None) -> ImportBatch:
    file = ContentFile(text.encode(), name="people.csv")
    batch = running.create(file, "people.csv", by=None, at=AT, campaign=campaign)
    if mapping is not None:
        running.choose(batch, mapping, at=AT)
    return batch


def ran(text: str, **options: Any) -> ImportBatch:
    batch = batch_of(text, **options)
    assert running.run(batch, at=AT), batch.problem
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> tuple[int, ...]:
    return (batch.created, batch.updated, batch.merged, batch.skipped, batch.errors)


def ends(batch: ImportBatch) -> list[tuple[str, str]]:
    rows = ImportRow.objects.filter(batch=batch).order_by("n")
    return [(row.verdict, reasons.said(row.reason)) for row in rows]


PEOPLE = HEADER + (
    "Marieke van den Broek,m.broek@bouw.example,06 24819033,Bouw BV,A1,2026-03-14 10:30\n"
    "Piet Hoekstra,p.hoekstra@zorg,,Zorg,A2,2026-03-14\n"
    "M. van den Broek,M.Broek@bouw.example,,Bouw B.V.,,2026-03-15\n"
    ",,n/a,-,,2026-03-14\n"
    "Jan Smit,jan@smit.example,12,,A5,30-02-2026\n"
    "Jan Smit,jan@smit.example,12,,A5,2026-02-20\n"
)
MAPPING = ["full_name", "email", "phone", "organisation", "external_id", "occurred_at"]


def test_each_row_ends_once_with_its_reason() -> None:
    batch = ran(PEOPLE, mapping=MAPPING)
    assert (batch.state, batch.rows, counts(batch)) == (ImportBatch.State.FINISHING, 6, (2, 0, 1, 0, 3))
    assert ends(batch) == [
        ("created", "A new contact; a lead was opened for it."),
        ("error", "Column “Email”: Behind the @ in “p.hoekstra@zorg” there is no complete domain, such as company.nl."),
        ("merged", "The same person as line 2, and folded into it. The enquiry was added to its open lead."),
        ("error", "There is no name, email address, phone number or external number: fill in one of them."),
        ("error", "Column “Date”: “30-02-2026” is not a date: that month has no day 30."),
        ("created", "A new contact; a lead was opened for it. A Dutch number has 10 digits; this one has 2."),
    ]


def test_what_is_written_for_a_new_person() -> None:
    batch = ran(PEOPLE, mapping=MAPPING)
    contact = Contact.objects.get(email_key="m.broek@bouw.example")
    assert (contact.first_name, contact.infix, contact.last_name, contact.name_key) == (
        "Marieke", "van den", "Broek", "marieke van den broek",
    )  # fmt: skip
    assert (contact.phone, contact.phone_e164, contact.external_id) == ("06 24819033", "+31624819033", "A1")
    assert (contact.organisation.name, contact.organisation.name_key, contact.organisation.domain) == (
        "Bouw BV", "bouw", "bouw.example",
    )  # fmt: skip
    lead = Lead.objects.get(contact=contact)
    assert (lead.stage, lead.queue.kind, lead.channel, lead.origin) == (Stage.INQUIRY, "to_qualify", "web", "marketing")
    assert (
        list(Engagement.objects.filter(contact=contact).values_list("lead_id", "batch_id", "kind"))
        == [(lead.pk, batch.pk, "enquiry")] * 2
    )
    assert LeadTouch.objects.count() == Lead.objects.count() == 2


def test_twice_is_nothing_new() -> None:
    ran(PEOPLE, mapping=MAPPING)
    again = ran(PEOPLE)
    assert counts(again) == (0, 0, 0, 3, 3)
    assert ends(again)[0] == ("skipped", "Known by its external number. There was nothing to add.")
    assert (Contact.objects.count(), Lead.objects.count(), Engagement.objects.count()) == (2, 2, 3)


def test_without_dates_the_same_campaign_is_nothing_new_and_another_is() -> None:
    fair, web = make_campaign("Fair"), make_campaign("Web")
    text = "Email\na@one.example\nb@two.example\n"
    assert counts(ran(text, campaign=fair)) == (2, 0, 0, 0, 0)
    assert counts(ran(text, campaign=fair)) == (0, 0, 0, 2, 0)
    assert counts(ran(text, campaign=web)) == (0, 2, 0, 0, 0)
    assert Lead.objects.count() == 2


def test_a_preview_is_what_a_run_does_and_changes_nothing() -> None:
    make_contact(email="m.broek@bouw.example", last_name="Broek")
    batch = batch_of(PEOPLE, mapping=MAPPING)
    assert running.check(batch, at=AT)
    tables = (Contact, Lead, Engagement, Organisation, ImportRow, LeadTouch)
    assert [table.objects.count() for table in tables] == [1, 0, 0, 0, 0, 0]
    shown = [(row["verdict"], reasons.said(row["reason"])) for row in batch.preview["shown"]]
    assert running.run(batch, at=AT)
    batch.refresh_from_db()
    assert [batch.preview[key] for key in ("created", "updated", "merged", "skipped", "errors")] == list(counts(batch))
    assert shown == ends(batch)


def test_only_what_is_empty_is_filled_and_what_was_there_is_kept() -> None:
    known = make_contact(
        email="m.broek@bouw.example", last_name="Broek", first_name="", job_title="CEO", name_key="broek"
    )
    lead = make_lead(known, at=AT)
    text = "Email,First name,Last name,Job title,City\nm.broek@bouw.example,Marieke,Broek,Director,Utrecht\n"
    batch = ran(text, mapping=["email", "first_name", "last_name", "job_title", "city"], campaign=make_campaign("New"))
    known.refresh_from_db()
    assert (known.first_name, known.job_title, known.city, known.name_key) == (
        "Marieke",
        "CEO",
        "Utrecht",
        "marieke broek",
    )
    row = ImportRow.objects.get(batch=batch)
    assert row.before == {
        "contact": {"first_name": "", "city": "", "name_key": "broek"},
        "contact_after": {"first_name": "Marieke", "city": "Utrecht", "name_key": "marieke broek"},
    }
    assert (row.verdict, row.contact_id, row.lead_id) == ("updated", known.pk, lead.pk)


def test_each_organisation_that_is_filled_keeps_what_it_was_with_the_first_of_its_rows() -> None:
    numbers = range(30)
    ran("Naam,Email,Bedrijf\n" + "".join(f"P{n},p{n}@wit.example,Firma {n}\n" for n in numbers))
    Organisation.objects.update(domain="")
    made = dict(Organisation.objects.values_list("name", "pk"))
    again = "".join(
        f"Q{n},q{n}@firma{n}.example,Firma {n},NL\nR{n},r{n}@firma{n}.example,Firma {n},BE\n" for n in numbers
    )
    batch = ran("Naam,Email,Bedrijf,Land\n" + again)
    assert list(ImportRow.objects.filter(batch=batch, before__has_key="organisation").order_by("n").values_list("n", "before")) == [
        (2 * n + 1, {
            "organisation": {"id": made[f"Firma {n}"], "domain": "", "country": ""},
            "organisation_after": {"domain": f"firma{n}.example", "country": "NL"},
        })
        for n in numbers
    ]  # fmt: skip


def test_an_enquiry_on_an_open_lead_tells_its_holder_and_leaves_the_next_step() -> None:
    rep = make_user(Role.HUNTER)
    known = make_contact(email="m.broek@bouw.example", last_name="Broek")
    lead = make_lead(known, at=AT, owner=rep, origin="sales")
    step = lead.next_step_at
    ran("Email\nm.broek@bouw.example\n", campaign=make_campaign("Fair"))
    lead.refresh_from_db()
    assert (lead.next_step_at, lead.owner) == (step, rep)
    (told,) = Notice.objects.all()
    assert (told.user, told.path) == (rep, f"/leads/{lead.pk}/")
    assert notifying.said(told) == "Broek enquired again: Fair."


def test_opting_out_suppresses_and_suppression_wins() -> None:
    text = "Email,Do not mail\na@one.example,yes\nb@two.example,no\n"
    batch = ran(text, mapping=["email", "opt_out_email"])
    assert counts(batch) == (2, 0, 0, 0, 0)
    assert [(c.channel, c.given_at, bool(c.withdrawn_at)) for c in Consent.objects.all()] == [("email", None, True)]
    assert Suppression.objects.count() == 1
    assert list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)) == [True, False]
    later = ran("Email,Name\na@one.example,Anna Een\nc@three.example,Carla Drie\n", campaign=make_campaign("Fair"))
    assert ends(later)[0] == ("skipped", "Every address and number in this row is on the do-not-contact list.")
    assert counts(later) == (1, 0, 0, 1, 0)


def test_opting_out_withholds_what_any_record_of_the_person_says() -> None:
    stays, folded = make_contact(email="a@one.example"), make_contact(email="a@two.example")
    merging.merge([merging.Fold(stays.pk, folded.pk)], at=timezone.now(), by=None)
    ran("Email,Do not mail\na@two.example,yes\n", mapping=["email", "opt_out_email"])
    assert list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", flat=True)) == [True, True]


def test_no_file_says_yes_for_who_objected() -> None:
    ran("Email,Do not mail\na@one.example,yes\n", mapping=["email", "opt_out_email"])
    text = "Email,Phone,Opt in\na@one.example,020 555 01 24,yes\nb@two.example,,yes\n"
    later = ran(text, mapping=["email", "phone", "consent_email"], campaign=make_campaign("Fair"))
    said = [(one.contact.email_key, one.given_at is not None) for one in Consent.objects.order_by("pk")]
    assert said == [("a@one.example", False), ("b@two.example", True)]
    assert ends(later)[0][1].endswith("Mail is withheld: the address is on the do-not-contact list.")


def test_a_shared_address_needs_the_same_name() -> None:
    text = "Name,Email\nAnna de Wit,info@firma.example\nBob Zwart,info@firma.example\nA. de Wit,info@firma.example\n"
    batch = ran(text)
    assert [verdict for verdict, _reason in ends(batch)] == ["created", "created", "merged"]


def test_unknown_columns_and_statuses_are_kept() -> None:
    text = "Email,Lead Status,Shoe size,Owner\na@one.example,Contacted,42,Rep One\n"
    rep = make_user(Role.HUNTER, name="Rep One")
    ran(text, mapping=["email", "lead_status", None, "owner"])
    contact = Contact.objects.get()
    assert contact.attributes == {"lead_status": "Contacted", "shoe_size": 42, "owner": "Rep One"}
    assert Lead.objects.get().requested_owner == rep


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The file is empty. Export it again and check that it has rows."),
        (b"Name,Email\n", "There are no rows below the header. Check that the right sheet and file were chosen."),
        (b"%PDF-1.4 whatever", "This is a PDF file, not a table. Export the list as CSV or XLSX and choose that file."),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(content: bytes, problem: str) -> None:
    batch = running.create(ContentFile(content, name="x.csv"), "x.csv", by=None, at=AT)
    assert not running.run(batch, at=AT)
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (ImportBatch.State.FAILED, problem)


def test_nobody_to_qualify_stops_before_anything_is_written(to_qualify: Queue) -> None:
    to_qualify.members.all().delete()
    batch = batch_of("Email\na@one.example\n")
    assert not running.run(batch, at=AT)
    assert batch.problem.startswith("Nobody works the queue")
    assert not Contact.objects.exists()


def test_error_rows_come_back_as_a_file_without_formulas() -> None:
    batch = ran("Name,Email\n=cmd(),nobody\n+31 6,also nobody\n", mapping=["full_name", "email"])
    assert errors_file.content(batch).splitlines() == [
        '"Line","Reason","Name","Email"',
        '2,"Column “Email”: There is no @ in “nobody”.","\'=cmd()","nobody"',
        '3,"Column “Email”: There is no @ in “also nobody”.","+31 6","also nobody"',
    ]


def test_a_run_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 2)
    batch = batch_of(PEOPLE, mapping=MAPPING)
    running.stage(batch, at=AT)
    running.commit(batch, running.next_slice(batch, 0), at=AT)
    running.change(batch, state=ImportBatch.State.RUNNING)
    staging.clear(batch.pk)
    assert running.run(ImportBatch.objects.get(pk=batch.pk), at=AT + timedelta(seconds=5))
    batch.refresh_from_db()
    assert counts(batch) == (2, 0, 1, 0, 3)
    assert not running.run(batch, at=AT)


def test_a_batch_is_done_when_its_leads_have_been_looked_at() -> None:
    make_definition()
    queue_of(Queue.Kind.HUNTERS)
    batch = ran(PEOPLE, mapping=MAPPING)
    assert running.finish(at=AT) == []
    LeadTouch.objects.all().delete()
    assert running.finish(at=AT) == [batch.pk]
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DONE


def test_people_known_by_name_alone_are_told_apart_by_where_they_live_and_when_they_were_born() -> None:
    text = (
        "Name,Postcode,City,Born\n"
        "Jan de Vries,2611 AB,Delft,1970-03-01\n"
        "Jan de Vries,,Groningen,\n"
        "Jan de Vries,,groningen,\n"
        "Jan de Vries,2611ab,,1991-06-12\n"
        "Jan de Vries,2611 AB,delft,1991-06-12\n"
    )
    mapping: list[str | None] = ["full_name", "postcode", "city", "birth_date"]
    assert counts(ran(text, mapping=mapping)) == (3, 0, 2, 0, 0)
    assert counts(ran(text, mapping=mapping, campaign=make_campaign("Again")))[0] == 0
    assert Contact.objects.filter(last_name="Vries").count() == 3


def test_a_campaign_named_by_the_mark_of_a_link_is_that_of_the_link() -> None:
    fair = make_campaign("Vakbeurs", "social")
    mark = tracking_links.key(fair)
    text = f"Email,utm_campaign\na@a.example,{mark}\nb@b.example,{mark.upper()}\nc@c.example,Spring\n"
    batch = batch_of(text, mapping=["email", "campaign"])
    assert running.check(batch, at=AT)
    assert Campaign.objects.count() == 1
    assert running.run(batch, at=AT), batch.problem
    found = dict(Lead.objects.values_list("contact__email", "campaign__name"))
    assert found == {"a@a.example": "Vakbeurs", "b@b.example": "Vakbeurs", "c@c.example": "Spring"}
    assert set(Lead.objects.filter(campaign=fair).values_list("channel", flat=True)) == {"social"}


def test_rows_are_counted_by_the_tracking_links_whose_marks_they_bear() -> None:
    fair, by = make_campaign("Vakbeurs"), make_user(Role.MARKETER)
    made = {"campaign": fair, "address": "https://w.example/", "by": by, "created_at": AT}
    mail = TrackingLink.objects.create(name="Mail", source="news", medium="email", **made)
    TrackingLink.objects.create(name="Print", source="flyer", medium="print", **made)
    mark = tracking_links.key(fair)
    queue_of(Queue.Kind.TO_QUALIFY)
    intake.store(
        [{"email": "a@a.example", "utm_campaign": mark, "utm_source": "news", "utm_medium": "email"}],
        source="api",
        at=AT - timedelta(days=1),
    )
    intake.judge_waiting(at=AT)
    header = "Email,utm_campaign,UTM Source,Medium,utm_medium,Date\n"
    rows = [
        f"a@a.example,{mark},News,x,email,2026-01-05",
        f"b@b.example,{mark},news,x,EMAIL,2026-01-06",
        f"c@c.example,{mark},other,x,email,2026-01-07",
        "d@d.example,Spring,news,x,email,2026-01-08",
    ]
    mapping = ["email", "campaign", None, None, None, "occurred_at"]
    for _again in range(2):
        batch = ran(header + "\n".join(rows), mapping=mapping)
    counted = ImportRow.objects.filter(tracking_link__isnull=False).values_list("batch_id", "n", "tracking_link")
    assert [*counted.order_by("n")] == [(batch.pk - 1, 1, mail.pk), (batch.pk - 1, 2, mail.pk)]
    found = {link.name: (link.enquiries, link.leads) for link in TrackingLink.objects.with_figures()}
    assert found == {"Mail": (3, 2), "Print": (0, 0)}
    undone = Lead.objects.get(contact__email="b@b.example")
    lifecycle.take_back([undone.pk], at=AT, by=None)
    assert TrackingLink.objects.with_figures().get(pk=mail.pk).leads == 1
