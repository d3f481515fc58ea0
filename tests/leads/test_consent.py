"""Consent and objections that staff write down, the list of whom not to contact, and the proof of both."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import campaigns, consent, intake, objections, proof, suppressions, tasks, withholding
from leads.listing import exporting
from leads.models import Consent, Contact, LeadExport, LeadTouch, Suppression
from tests.factories import TUESDAY, make_contact, make_lead, make_team, make_user
from tests.handoff.factories import make_rep
from tests.pages import statements

pytestmark = pytest.mark.django_db
MAIL, CALLS = "email", "phone"


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER, name="Anna")
    client.force_login(user)
    return user


def anna(**fields: Any) -> Contact:
    return make_contact(**{"first_name": "Anna", "email": "anna@wit.example", "phone_e164": "+31205550124"} | fields)


def marks() -> list[tuple[bool, bool]]:
    return list(Contact.objects.order_by("pk").values_list("is_mail_suppressed", "is_phone_suppressed"))


def said() -> list[tuple[str, str, bool, bool]]:
    rows = Consent.objects.order_by("pk")
    return [(one.channel, one.source, one.given_at is not None, one.voids is not None) for one in rows]


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_an_objection_holds_at_once_and_for_whoever_shares_the_address(client: Client, marketer: User) -> None:
    contact, _sharing = anna(), anna(phone_e164="")
    lead = make_lead(contact)
    address = f"/contacts/{contact.pk}/objections/"
    assert client.post(address, {"how": "phone"}).status_code == 422
    assert (client.get(address).status_code, said()) == (302, [])
    given = {"how": "phone", "words": "no time", "channels": [MAIL, CALLS]}
    assert client.post(address, given).status_code == 302
    client.post(address, given)
    assert said() == [(MAIL, "By phone: no time", False, False), (CALLS, "By phone: no time", False, False)]
    assert (marks(), LeadTouch.objects.get().lead_id) == ([(True, True), (True, False)], lead.pk)
    assert consent.suppressed(CALLS, ["+31205550124"]) == {"+31205550124"}
    assert Consent.objects.filter(channel=CALLS).get().by == marketer


def test_how_it_was_said_is_told_in_the_readers_language(client: Client, marketer: User) -> None:
    contact, texts = anna(), {}
    told = {"nl": "Telefonisch: geen tijd: nu", "en": "By phone: geen tijd: nu"}
    marketer.language = "nl"
    marketer.save()
    client.post(f"/contacts/{contact.pk}/objections/", {"how": "phone", "words": "geen tijd: nu", "channels": [MAIL]})
    Consent.objects.create(
        contact=contact,
        channel=CALLS,
        basis="objection",
        source="Op de beurs: nee",
        withdrawn_at=TUESDAY,
        recorded_at=TUESDAY,
    )
    assert [one.source for one in Consent.objects.order_by("pk")] == ["By phone: geen tijd: nu", "Op de beurs: nee"]
    for language in ("nl", "en"):
        User.objects.filter(pk=marketer.pk).update(language=language)
        texts[language] = client.get(f"/contacts/{contact.pk}/").text
        file = client.get(f"/contacts/{contact.pk}/consents.csv")
        said = [
            line for line in b"".join(file.streaming_content).decode("utf-8-sig").splitlines() if "geen tijd" in line
        ]
        assert [re.search(r"[\w ]+: geen tijd: nu", line)[0] for line in said] == [told[language]]
        assert (told[language] in texts[language], "Op de beurs: nee" in texts[language]) == (True, True)


def test_what_is_known_of_them_since_is_held_back_when_they_say_so_again(marketer: User) -> None:
    contact = make_contact(last_name="Wit", email="anna@wit.example", email_key="anna@wit.example")
    assert objections.withdraw(contact, [consent.EMAIL], source="call", by=marketer, at=TUESDAY) == ["email"]
    Contact.objects.filter(pk=contact.pk).update(email="a@zwart.example", email_key="a@zwart.example")
    contact.refresh_from_db()
    assert objections.withdraw(contact, [consent.EMAIL], source="call", by=marketer, at=TUESDAY) == []
    assert consent.suppressed(consent.EMAIL, {"anna@wit.example", "a@zwart.example", "b@zwart.example"}) == {
        "anna@wit.example",
        "a@zwart.example",
    }
    assert Consent.objects.count() == 1


def test_a_later_yes_lifts_an_objection_and_an_earlier_one_does_not() -> None:
    contact, by = anna(), make_user(Role.MARKETER)
    objections.withdraw(contact, [MAIL], source="by mail", by=by, at=TUESDAY)
    yes: dict[str, Any] = {"wording": "May we mail you?", "source": "By phone", "by": by}
    before, after = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
    with pytest.raises(objections.ObjectedSinceError):
        objections.agree(contact, MAIL, given_at=before, at=after, **yes)
    assert (marks(), len(said())) == ([(True, False)], 1)
    assert objections.agree(contact, MAIL, given_at=after, at=after, **yes)
    assert (marks(), consent.suppressed(MAIL, ["anna@wit.example"])) == ([(False, False)], set())
    assert Suppression.objects.get().lifted_because == "By phone"


def test_what_somebody_else_objected_to_stays() -> None:
    mine, theirs, by = anna(), anna(first_name="Bram"), make_user(Role.ADMIN)
    for one in (mine, theirs):
        objections.withdraw(one, [MAIL], source="by mail", by=by, at=TUESDAY)
    assert not objections.retract(mine, MAIL, reason="Bram it was", by=by, at=TUESDAY)
    assert marks() == [(True, False), (True, False)]
    assert objections.retract(theirs, MAIL, reason="nor Bram", by=by, at=TUESDAY)
    assert marks() == [(False, False), (False, False)]
    assert said()[-1] == (MAIL, "nor Bram", False, True)


def test_only_marketing_lifts_and_a_rep_records_for_their_own(client: Client) -> None:
    rep = make_rep()
    own, foreign = anna(), anna(email="b@b.example")
    make_lead(own, owner=rep, origin="sales")
    make_lead(foreign)
    client.force_login(rep)
    no = {"how": "talk", "channels": [CALLS]}
    assert client.post(f"/contacts/{own.pk}/objections/", no).status_code == 302
    assert client.post(f"/contacts/{foreign.pk}/objections/", no).status_code == 404
    assert client.post(f"/contacts/{own.pk}/lifting/phone/", {"reason": "x"}).status_code == 403
    assert client.get("/settings/do-not-contact/").status_code == 403
    yes = {
        "channel": CALLS,
        "purpose": "sales",
        "how": "phone",
        "wording": "May I call?",
        "day": campaigns.today(timezone.now()).isoformat(),
    }
    assert client.post(f"/contacts/{own.pk}/consents/", yes).status_code == 302
    assert (said(), marks()) == (
        [(CALLS, "In person", False, False), (CALLS, "By phone", True, False)],
        [(False, False), (False, False)],
    )


def test_a_manager_sees_a_statement_but_not_the_call_behind_it(client: Client) -> None:
    contact, rep, manager = anna(first_name="=cmd"), make_user(Role.HUNTER, name="Daan"), make_user(Role.SALES_MANAGER)
    make_team(manager, rep), make_lead(contact, owner=rep, origin="sales")
    objections.withdraw(contact, [CALLS], source="By phone", by=rep, at=TUESDAY)
    objections.retract(contact, CALLS, reason="a mistake", by=rep, at=TUESDAY)
    row = rows_of(proof_answer(contact, rep))[0]
    assert [*row[2:3], *row[4:7], row[9], row[11:]] == [
        "'=cmd " + contact.last_name, "Phone", "Objection", "Withdrawn", "By phone",
        ["Daan", "2026-06-16 10:00", "Daan", "a mistake"],
    ]  # fmt: skip
    row = rows_of(proof_answer(contact, manager))[0]
    assert (row[6], row[9], row[11]) == ("Withdrawn", "", "")


def proof_answer(contact: Contact, reader: User) -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(f"/contacts/{contact.pk}/consents.csv")


def test_administrators_take_the_proof_of_some_days_along(client: Client, marketer: User) -> None:
    objections.withdraw(anna(), [MAIL, CALLS], source="By mail", by=marketer, at=TUESDAY)
    days = {"first": "2026-06-16", "last": "2026-06-16", "form": "xlsx"}
    assert client.get("/settings/do-not-contact/proof/", days).status_code == 403
    client.force_login(make_user(Role.ADMIN))
    answer = client.get("/settings/do-not-contact/proof/", days)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert [row[4] for row in book.get_sheet_by_index(0).to_python()] == ["Channel", "Email", "Phone"]
    other = client.get(
        "/settings/do-not-contact/proof/", days | {"first": "2026-06-10", "last": "2026-06-15", "form": "csv"}
    )
    assert rows_of(other) == []
    assert client.get("/settings/do-not-contact/proof/", days | {"last": "2029-06-15"}).status_code == 422
    assert "csv" in proof.FORMATS


def test_a_domain_on_the_list_beats_imports_sends_and_what_is_known(client: Client, marketer: User) -> None:
    anna(email="anna@shop.wit.example"), anna(email="bob@notwit.example")
    pasted = "@wit.example\n06 12 34 56 78, carl@else.example"
    answer = client.post("/settings/do-not-contact/", {"listed": pasted, "reason": "rival"}, follow=True)
    assert "3 are on the list. 1 known person is held back." in answer.text
    assert marks() == [(True, False), (False, False)]
    assert sorted(Suppression.objects.values_list("channel", flat=True)) == ["domain", "email", "phone"]
    asked = {"eve@wit.example", "eve@wit.example.org", "eve@else.example"}
    assert consent.suppressed(MAIL, asked) == {"eve@wit.example"}
    intake.store([{"full_name": "Eve", "email": "eve@wit.example"}], source="api", at=timezone.now())
    assert [*intake.judge_waiting(at=timezone.now()).values()] == ["skipped"]
    assert "wit.example" not in client.get("/settings/do-not-contact/").text.replace("rival.example", "")


def test_lifting_a_domain_leaves_what_people_objected_to(client: Client, marketer: User) -> None:
    free, bound = anna(email="a@wit.example"), anna(email="b@wit.example")
    suppressions.add(suppressions.read("wit.example\nb@wit.example"), reason="rival", by=marketer, at=TUESDAY)
    objections.withdraw(bound, [MAIL], source="By mail", by=marketer, at=TUESDAY)
    for one in Suppression.objects.order_by("pk"):
        assert client.post(f"/settings/do-not-contact/{one.pk}/lifting/", {"reason": "peace"}).status_code == 302
    free.refresh_from_db()
    bound.refresh_from_db()
    assert (free.is_mail_suppressed, bound.is_mail_suppressed) == (False, True)
    assert consent.suppressed(MAIL, ["a@wit.example", "b@wit.example"]) == {"b@wit.example"}


def test_a_yes_leaves_what_marketing_put_on_the_list_and_marketing_lifts_it() -> None:
    contact, by = anna(), make_user(Role.MARKETER)
    suppressions.add(suppressions.read("anna@wit.example"), reason="rival", by=by, at=TUESDAY)
    assert not objections.agree(contact, MAIL, wording="", source="By phone", given_at=TUESDAY, by=by, at=TUESDAY)
    assert (marks(), Suppression.objects.get().lifted_at) == ([(True, False)], None)
    assert objections.retract(contact, MAIL, reason="no rival", by=by, at=TUESDAY)
    assert (marks(), Suppression.objects.get().lifted_because) == ([(False, False)], "no rival")


def test_what_is_nothing_and_what_is_everybodys_is_refused(client: Client, marketer: User) -> None:
    answer = client.post("/settings/do-not-contact/", {"listed": "gmail.com\nwhat", "reason": "x"})
    assert (answer.status_code, Suppression.objects.count()) == (422, 0)
    assert ("“gmail.com”, “what”" in answer.text) is True
    named = suppressions.read("A@B.example; a@b.example\n *.München.example")
    assert named.keys == {MAIL: ["a@b.example"], CALLS: [], "domain": ["xn--mnchen-3ya.example"]}


def test_the_list_asks_as_many_statements_for_many_rows(client: Client, marketer: User) -> None:
    suppressions.add(suppressions.read("a@b.example"), reason="", by=marketer, at=TUESDAY)
    few = statements(client, "/settings/do-not-contact/")
    suppressions.add(
        suppressions.read("\n".join(f"a{n}@b.example" for n in range(30))), reason="", by=marketer, at=TUESDAY
    )
    assert statements(client, "/settings/do-not-contact/") == few


def test_a_long_proof_is_written_in_the_background(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, other = make_user(Role.ADMIN, language="nl"), make_user(Role.ADMIN)
    client.force_login(admin)
    given = [consent.Given(anna().pk, MAIL, f"=Woord {n}", "Form", TUESDAY) for n in range(5)]
    consent.give(given, at=TUESDAY)
    monkeypatch.setattr(proof, "CHUNK", 2)
    monkeypatch.setattr(proof, "MOST_AT_ONCE", 4)
    days, address = {"first": "2026-06-16", "last": "2026-06-16"}, "/settings/do-not-contact/proof/"
    assert (client.get(address, days).status_code, LeadExport.objects.count()) == (200, 0)
    with time_machine.travel(TUESDAY, tick=False):
        page = client.post(address, days).url
    with time_machine.travel(TUESDAY + timedelta(minutes=1), tick=False):
        tasks.run_errands()
    export = LeadExport.objects.get()
    assert (export.state, export.total, export.done, page) == ("done", 5, 5, f"/leads/exports/{export.pk}/")
    assert "5 verklaringen" in client.get(page).text
    assert "Bewijs van toestemming" in client.get("/leads/exports/").text
    answer = client.get(f"{page}file/")
    assert answer.headers["Content-Disposition"].count("2026-06-16") == 2
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row[8] for row in rows[1:]] == [f"'=Woord {n}" for n in range(5)]
    assert (rows[0][0], rows[1][6], rows[1][7]) == ("Verklaring", "Gegeven", "2026-06-16 10:00")
    assert Notice.objects.filter(user=admin, kind="export", facts__gaps__count="5").count() == 1
    for reader, status in ((other, 200), (make_user(Role.MARKETER), 404)):
        client.force_login(reader)
        assert client.get(f"{page}file/").status_code == status
    book = client.post(address, days | {"form": "xlsx"})
    assert book.status_code == 403


def test_who_is_no_administrator_any_more_gets_no_proof(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = make_user(Role.ADMIN)
    client.force_login(admin)
    consent.give([consent.Given(anna().pk, MAIL, f"Words {n}", "Form", TUESDAY) for n in range(3)], at=TUESDAY)
    monkeypatch.setattr(proof, "MOST_AT_ONCE", 2)
    days = {"first": "2026-06-16", "last": "2026-06-16", "form": "xlsx"}
    first, later = (client.post("/settings/do-not-contact/proof/", days).url for _twice in range(2))
    exporting.run(LeadExport.objects.earliest("pk"), at=TUESDAY)
    admin.groups.clear()
    make_user(Role.MARKETER).groups.first().user_set.add(admin)
    tasks.run_errands()
    assert list(LeadExport.objects.order_by("pk").values_list("state", "total")) == [("done", 3), ("done", 0)]
    assert [client.get(f"{page}file/").status_code for page in (first, later)] == [404, 404]
    assert "Only administrators" in client.get(first).text


def test_a_number_that_no_plan_gave_out_yet_is_put_on_the_list_as_it_is_dialled() -> None:
    named = suppressions.read("0698765432\n+31 6 98765432\n0612345678\n06987\n12345678901234567890")
    assert (named.keys[CALLS], named.wrong) == (["+31698765432", "+31612345678"], ["06987", "12345678901234567890"])


def test_who_was_put_on_the_list_by_one_of_us_is_not_said_to_have_asked(client: Client, marketer: User) -> None:
    listed, asked, spoken, guest = (
        anna(email=f"{name}@{name}.example", phone_e164="") for name in ("listed", "asked", "spoken", "guest")
    )
    suppressions.add(
        suppressions.read("listed@listed.example\nspoken.example"), reason="rival", by=marketer, at=TUESDAY
    )
    consent.withdraw(MAIL, ["asked@asked.example"], contact=None, source="form", at=TUESDAY)
    objections.withdraw(spoken, [MAIL], source="By mail", by=marketer, at=TUESDAY)
    Contact.objects.filter(pk=guest.pk).update(is_mail_suppressed=True)
    found = [client.get(f"/contacts/{one.pk}/").context["reach"] for one in (listed, asked, spoken, guest)]
    assert [one.email for one in found] == [""] * 4
    assert [one.email_withheld for one in found] == [
        "On the do-not-contact list since 06/16/2026, by Anna: rival",
        "Asked on 06/16/2026 not to be mailed",
        "Asked on 06/16/2026 not to be mailed",
        "May not be mailed",
    ]
    lead = make_lead(listed)
    assert "by Anna: rival" in client.get(f"/leads/{lead.pk}/").text


def test_why_people_are_withheld_takes_the_same_statements_for_any_number(marketer: User) -> None:
    people = [anna(email=f"a{n}@wit.example", phone_e164=f"+3120555{n:04}") for n in range(30)]
    numbers = [one.phone_e164 for one in people]
    with CaptureQueriesContext(connection) as asked:
        assert withholding.why(people) == {one.pk: {} for one in people}
    assert len(asked) == 0
    suppressions.add(suppressions.read("\n".join(["wit.example", *numbers])), reason="rival", by=marketer, at=TUESDAY)
    known = withholding.Why(TUESDAY, "Anna", "rival")
    counts = set()
    for some in (1, 30):
        held = list(Contact.objects.order_by("pk")[:some])
        with CaptureQueriesContext(connection) as asked:
            assert withholding.why(held) == {one.pk: {MAIL: known, CALLS: known} for one in held}
        counts.add(len(asked))
    assert counts == {6}
