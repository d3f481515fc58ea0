"""What is chosen for a file: what becomes of values that are there, by what people are known, what every row says, where leads go."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from leadops.accounts.models import Notice
from leadops.accounts.roles import Role
from leads import consent, lifecycle, reasons
from leads.importing import running, undoing
from leads.models import Contact, Engagement, ImportBatch, ImportRow, Lead, Organisation, Queue
from leads.stages import Reason
from tests.factories import make_user, queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
MAPPING = ["full_name", "email", "phone", "organisation", "job_title", "city", "industry", "tags", None]
HEADER = "Name,Email,Phone,Company,Job,City,Industry,Tags,Budget\n"
KNOWN = "Anna de Wit,anna@wit.example,020 555 01 24,Wit BV,Buyer,Delft,Steel,beurs,10\n"
LATER = "Anna van der Wit,anna@wit.example,+31 6 24819033,Zwart BV,CEO,,Paper,vip,20\n"


@pytest.fixture(autouse=True)
def to_qualify() -> Queue:
    return queue_of(Queue.Kind.TO_QUALIFY)


def brought(text: str, mapping: list[str | None] | None = None, **options: Any) -> ImportBatch:
    batch = running.create(ContentFile(text.encode()), "people.csv", by=None, at=AT)
    running.choose(batch, MAPPING if mapping is None else mapping, at=AT, options=options)
    assert running.run(batch, at=AT), batch.problem
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> tuple[int, ...]:
    return (batch.created, batch.updated, batch.merged, batch.skipped, batch.errors)


def said(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.full_name, "key": contact.name_key, "phone": contact.phone_e164, "works for": str(contact.organisation),
        "job": contact.job_title, "city": contact.city, "tags": contact.tags, "attributes": contact.attributes,
    }  # fmt: skip


FIRST = {
    "name": "Anna de Wit", "key": "anna de wit", "phone": "+31205550124", "works for": "Wit BV", "job": "Buyer", "city": "Delft",
    "tags": ["beurs"], "attributes": {"budget": 10},
}  # fmt: skip
OVERWRITTEN = {
    "name": "Anna van der Wit", "key": "anna van der wit", "phone": "+31624819033", "works for": "Zwart BV", "job": "CEO",
    "city": "Delft", "tags": ["vip"], "attributes": {"budget": 20},
}  # fmt: skip


@pytest.mark.parametrize(
    ("way", "after", "verdict"),
    [
        ("", FIRST | {"tags": ["beurs", "vip"]}, ("Values that were missing were added.", 1)),
        ("overwrite", OVERWRITTEN, ("Values were replaced by those of the row.", 1)),
        ("keep", FIRST, ("There was nothing to add.", 0)),
    ],
)
def test_values_are_filled_overwritten_or_kept_and_come_back(way: str, after: Any, verdict: tuple[str, int]) -> None:
    brought(HEADER + KNOWN)
    before = Contact.objects.values().get()
    batch = brought(HEADER + LATER, on_conflict={str(place): way for place in range(9)})
    assert said(Contact.objects.get()) == after
    assert counts(batch) == (0, verdict[1], 0, 1 - verdict[1], 0)
    assert verdict[0] in reasons.said(ImportRow.objects.get(batch=batch).reason)
    assert undoing.request(batch, by=make_user(Role.MARKETER))
    batch.refresh_from_db()
    assert undoing.undo(batch, at=AT)
    assert Contact.objects.values().get() == before


def test_each_column_has_a_way_of_its_own() -> None:
    brought(HEADER + KNOWN)
    brought(HEADER + LATER, on_conflict={"0": "overwrite", "4": "keep", "8": "overwrite"})
    expected = FIRST | {"name": "Anna van der Wit", "key": "anna van der wit", "tags": ["beurs", "vip"]}
    assert said(Contact.objects.get()) == expected | {"attributes": {"budget": 20}}


def test_an_organisation_is_overwritten_by_its_last_row_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 2)
    brought(HEADER + KNOWN)
    rows = "".join(f"P{n} Smit,p{n}@wit.example,,Wit BV,,,Kind {n},,\n" for n in range(5))
    batch = brought(HEADER + rows, on_conflict={"6": "overwrite"})
    assert Organisation.objects.get().industry == "Kind 4"
    assert undoing.request(batch, by=make_user(Role.MARKETER))
    batch.refresh_from_db()
    assert undoing.undo(batch, at=AT)
    assert Organisation.objects.get().industry == "Steel"


def test_a_part_of_a_name_makes_a_whole_key() -> None:
    brought(HEADER + KNOWN)
    brought("Last,Email\nZwart,anna@wit.example\n", ["last_name", "email"], on_conflict={"0": "overwrite"})
    assert [said(one)[name] for one in Contact.objects.all() for name in ("name", "key")] == [
        "Anna Zwart",
        "anna zwart",
    ]


def test_an_objection_is_never_overwritten() -> None:
    brought("Email,No mail\nanna@wit.example,yes\n", ["email", "opt_out_email"])
    batch = brought(
        "Email,Phone,No mail,May mail\nanna@wit.example,020 555 01 24,no,yes\n",
        ["email", "phone", "opt_out_email", "consent_email"],
        on_conflict=dict.fromkeys("0123", "overwrite"),
    )
    assert (Contact.objects.get().is_mail_suppressed, counts(batch)) == (True, (0, 1, 0, 0, 0))
    assert consent.suppressed(consent.EMAIL, {"anna@wit.example"}) == {"anna@wit.example"}


SAME_NUMBER = "Anna de Wit,other@wit.example,,Wit BV,,,,,\n"


@pytest.mark.parametrize(
    ("ways", "row", "created"),
    [
        (["email"], "Anna de Wit,,020 555 01 24,Wit BV,,,,,\n", 1),
        (["phone"], "Anna de Wit,,020 555 01 24,Wit BV,,,,,\n", 0),
        (["phone"], "Anna de Wit,anna@wit.example,,Wit BV,,,,,\n", 1),
        (["name"], "Anna de Wit,,,Wit BV,,,,,\n", 0),
        (["external_id", "email"], "Anna de Wit,,,Wit BV,,,,,\n", 1),
    ],
)
def test_people_are_known_by_what_was_chosen(ways: list[str], row: str, created: int) -> None:
    brought(HEADER + KNOWN)
    assert brought(HEADER + row, known_by=ways).created == created


def test_the_first_way_counts_before_the_second() -> None:
    brought(HEADER + KNOWN + "Anna de Wit,zwart@wit.example,06 24819033,Zwart BV,,,,,\n")
    rows = "Anna de Wit,anna@wit.example,06 24819033,,,,,,2\n"
    for ways, expected in ((["email", "phone"], "anna@wit.example"), (["phone", "email"], "zwart@wit.example")):
        batch = brought(HEADER + rows, known_by=ways)
        row = ImportRow.objects.get(batch=batch)
        assert Contact.objects.get(pk=row.contact_id).email_key == expected


def test_rows_of_the_file_are_folded_by_the_same_ways() -> None:
    rows = HEADER + "Anna de Wit,anna@wit.example,,,,,,,\nA. de Wit,anna@wit.example,,,,,,,\n"
    assert counts(brought(rows, known_by=["external_id"])) == (2, 0, 0, 0, 0)


def test_what_every_row_says() -> None:
    mapping = ["full_name", "email", "phone", "city"]
    batch = brought(
        "Name,Email,Phone,City\nAnna de Wit,anna@wit.example,0471 23 45 67,\nBob Zwart,bob@zwart.example,,Gent\n",
        mapping,
        constants={"country": "België", "city": "Brussel", "tags": "beurs", "interest": "Planning"},
    )
    people = Contact.objects.order_by("pk").values_list("country", "phone_e164", "city", "tags")
    assert list(people) == [("BE", "+32471234567", "Brussel", ["beurs"]), ("BE", "", "Gent", ["beurs"])]
    assert list(Engagement.objects.values_list("interest", flat=True)) == ["Planning"] * 2
    assert batch.rows == 2


def test_words_mean_what_was_said() -> None:
    rows = "Email,Land,Via\na@one.example,Lage Landen,Stand 12\nb@two.example,België,web\nc@three.example,n.b.,geheim\n"
    words = {"1": {"lage landen": "NL"}, "2": {"stand 12": "event", "geheim": ""}}
    brought(rows, ["email", "country", "channel"], words=words)
    assert list(Contact.objects.order_by("pk").values_list("country", flat=True)) == ["NL", "BE", ""]
    assert list(Engagement.objects.order_by("pk").values_list("channel", flat=True)) == ["event", "web", "web"]


def test_leads_may_wait_for_a_hand_and_holders_need_not_be_told() -> None:
    marketer = make_user(Role.MARKETER)
    brought(HEADER + KNOWN)
    lead = Lead.objects.get()
    holds = {lead.pk: lifecycle.Hold(AT, owner=marketer.pk)}
    lifecycle.hold(Lead.objects.all(), holds=holds, at=AT, reason=Reason.CLAIMED, by=marketer)
    others = "Bob Zwart,bob@zwart.example,,,,,,,\n" + KNOWN
    mapping: list[str | None] = [*MAPPING[:-1], "interest"]
    rows = others.replace(",10", ",more")
    Engagement.objects.all()
    brought(HEADER + rows, mapping, is_routable=False, is_told=False, constants={"occurred_at": "2026-01-02"})
    assert list(Lead.objects.order_by("pk").values_list("is_routable", flat=True)) == [True, False]
    assert not Notice.objects.filter(kind="enquired_again").exists()
    brought(HEADER + rows, mapping, constants={"occurred_at": "2026-01-03"})
    assert Notice.objects.filter(kind="enquired_again", user=marketer).count() == 1


def test_suggestions_accepted_for_all_alike_and_cells_put_right() -> None:
    from leads.arrivals.shapes import MISSPELT
    from leads.emails import COMMA

    rows = 'Name,Email\nA,a@gmial.com\nB,b@hotmial.com\nC,"c@zorg,example"\nD,nobody\n'
    batch = running.create(ContentFile(rows.encode()), "people.csv", by=None, at=AT)
    running.choose(batch, ["full_name", "email"], at=AT, options={"accepted": {"1": [MISSPELT, COMMA]}})
    running.change(batch, corrections={"4": {"1": "d@wit.example"}})
    assert running.check(batch, at=AT)
    assert running.run(batch, at=AT)
    batch.refresh_from_db()
    assert counts(batch) == (4, 0, 0, 0, 0)
    keys = ["a@gmail.com", "b@hotmail.com", "c@zorg.example", "d@wit.example"]
    assert list(Contact.objects.order_by("pk").values_list("email_key", flat=True)) == keys
