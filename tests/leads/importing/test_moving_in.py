"""Moving in from another system: history is marked as such, open leads arrive held and dated, and all of it can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handoff import moving_in, outcomes, passing
from handoff.models import FollowUp, Handoff, Opportunity
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import consent, conservation, lifecycle, reasons
from leads.arrivals import past
from leads.importing import history_words, running, undoing
from leads.models import Contact, ImportBatch, ImportedPast, ImportRow, Lead, LeadMove, Promotion, Queue
from leads.stages import Reason, Stage
from tests.factories import NL, make_user, queue_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
LATER = AT + timedelta(minutes=2)
FIELDS = [
    "full_name", "email", "occurred_at", "lead_status", "owner", "outcome", "closed_at", "amount", "mql_at", "first_follow_up_at",
    "last_follow_up_at", "follow_up_notes", "next_step_at",
]  # fmt: skip
HEADER = "Name,Email,Came in,Status,Owner,Result,Closed,Amount,MQL,First,Last,Notes,Next\n"
WORDS = {
    "new": "inquiry",
    "later": "nurture",
    "hot": "mql",
    "working": "sal",
    "offer": "sql",
    "yes": "won",
    "no": "lost",
    "bad": "disqualified",
}
STATUS, OWNER, OUTCOME = "3", "4", "5"

OPTIONS = {
    "is_history": True,
    "words": {STATUS: WORDS, OWNER: {"gone": ""}, OUTCOME: {"won!": "won", "running": "open"}},
}


@pytest.fixture(autouse=True)
def queues() -> None:
    for kind in (Queue.Kind.TO_QUALIFY, Queue.Kind.NURTURE):
        queue_of(kind)


@pytest.fixture
def rep() -> User:
    return make_user(Role.HUNTER, name="Rosa Rep")


def brought(*rows: str, **options: Any) -> ImportBatch:
    text = HEADER + "".join(f"{row}{',' * (12 - row.count(','))}\n" for row in rows)
    batch = running.create(ContentFile(text.encode()), "crm.csv", by=None, at=AT)
    said = {
        "is_history": True,
        "words": {STATUS: WORDS, OWNER: {"gone": ""}, OUTCOME: {"won!": "won", "running": "open"}},
    }
    running.choose(batch, FIELDS, at=AT, options=said | options)
    assert running.run(batch, at=AT), batch.problem
    batch.refresh_from_db()
    return batch


def taken_up() -> None:
    while moving_in.take_up(AT):
        pass
    passing.straighten(AT)
    assert conservation.run(LATER).leaks == 0


def day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), NL)


def errors(batch: ImportBatch) -> list[str]:
    return [reasons.said(row.reason) for row in ImportRow.objects.filter(batch=batch, verdict="error").order_by("n")]


def test_open_leads_arrive_held_and_dated(rep: User) -> None:
    ahead = (AT + timedelta(days=9)).date().isoformat()
    brought(
        f"Anna,a@wit.example,2025-03-01,working,Rosa Rep,,,,,,,,{ahead}",
        "Bob,b@wit.example,2025-03-02,offer,rosa rep",
        "Carl,c@wit.example,2025-03-03,working,gone,,,,,,,,2999-01-01",
        "Dirk,d@wit.example,2025-03-04,later,Rosa Rep",
        "Els,e@wit.example,2025-03-05,,Rosa Rep,running,2025-01-01",
    )
    leads = list(Lead.objects.order_by("pk").select_related("queue", "contact"))
    assert [lead.stage for lead in leads] == ["sal", "sql", "inquiry", "nurture", "inquiry"]
    assert [lead.owner_id for lead in leads] == [rep.pk, rep.pk, None, None, None]
    assert [lead.queue and lead.queue.kind for lead in leads] == [None, None, "to_qualify", "nurture", "to_qualify"]
    assert [lead.requested_owner_id for lead in leads] == [rep.pk, rep.pk, None, rep.pk, rep.pk]
    assert [lead.opened_at for lead in leads] == [day(f"2025-03-0{n}") for n in range(1, 6)]
    assert leads[0].next_step_at == day(ahead)
    assert all(AT < lead.next_step_at < AT + timedelta(days=12) for lead in leads if lead.stage != "nurture")
    assert AT + timedelta(days=30) < leads[3].next_step_at < AT + timedelta(days=42)
    assert not Promotion.objects.exists()
    assert set(LeadMove.objects.values_list("reason", "is_imported")) == {(Reason.IMPORTED, True)}
    taken_up()
    assert list(Handoff.objects.order_by("lead").values_list("lead", "rep", "ended_at")) == [
        (lead.pk, rep.pk, None) for lead in leads[:2]
    ]
    assert list(Opportunity.objects.values_list("lead", "won_at", "lost_at")) == [(leads[1].pk, None, None)]


def test_next_steps_do_not_fall_due_at_once() -> None:
    brought(*(f"P{n},p{n}@wit.example,2025-03-01" for n in range(80)))
    moments = list(Lead.objects.values_list("next_step_at", flat=True))
    assert (len(set(moments)), max(map(moments.count, moments))) == (40, 2)


def test_closed_leads_keep_their_past(rep: User) -> None:
    gone = make_user(Role.HUNTER, name="Gerrit Gone", is_active=False)
    batch = brought(
        "Anna,a@wit.example,2025-03-01,yes,Gerrit Gone,won!,2025-06-01,18500,2025-03-02,2025-03-03,2025-05-01,Signed",
        "Anna,a@wit.example,2025-07-01,no,Rosa Rep,,2025-08-01",
        "Anna,a@wit.example,2025-09-01,working,Rosa Rep",
        "Anna,a@wit.example,2025-10-01,new,Rosa Rep",
        "Bob,b@wit.example,2025-03-01,bad",
        is_all_worked=True,
    )
    by_stage = {lead.stage: lead for lead in Lead.objects.order_by("pk")}
    assert errors(batch) == []
    assert Lead.objects.count() == 4
    assert by_stage.keys() == {"won", "lost", "sal", "disqualified"}
    first = by_stage["won"]
    assert (first.owner_id, first.closed_at, first.next_step_at) == (gone.pk, day("2025-06-01"), None)
    assert by_stage["disqualified"].closed_at == batch.created_at
    promotion = Promotion.objects.get()
    assert (promotion.definition_version, promotion.promised_by, promotion.is_imported) == (None, None, True)
    assert (promotion.mql_at, promotion.first_follow_up_at, promotion.answered_as) == (
        day("2025-03-02"),
        day("2025-03-03"),
        "followed_up",
    )
    taken_up()
    assert list(
        FollowUp.objects.order_by("occurred_at").values_list("lead", "by", "occurred_at", "note", "is_imported")
    ) == [
        (first.pk, gone.pk, day("2025-03-03"), "", True),
        (first.pk, gone.pk, day("2025-05-01"), "Signed", True),
    ]
    business = Opportunity.objects.get(lead=first)
    assert (business.amount, business.currency, business.won_at) == (Decimal("18500.00"), "EUR", day("2025-06-01"))
    assert moving_in.take_up(AT) == 0
    said = [reasons.said(row.reason) for row in ImportRow.objects.filter(batch=batch).order_by("n")]
    assert said[0] == "A new contact; a lead was opened for it. Moved in as: Won."
    assert said[3].endswith("This person has an open lead already, which stays as it is.")
    assert Lead.objects.all_worked().count() == 4


def test_what_cannot_have_been_is_an_error() -> None:
    soon = (AT + timedelta(days=5)).date().isoformat()
    batch = brought(
        "A,a@wit.example,2025-03-01,yes,,,2025-02-01",
        f"B,b@wit.example,2025-03-01,yes,,,{soon}",
        f"C,c@wit.example,{soon},new",
        "D,d@wit.example,2025-03-01,unheard of",
        "E,e@wit.example,2025-03-01,yes,,running",
        "F,f@wit.example,2025-03-01,no,,,2025-04-01,,2025-05-01",
        f"G,g@wit.example,2025-03-01,new,,,,,,{soon}",
        "H,h@wit.example,2025-03-01 10:00,yes,,,2025-03-01",
    )
    assert errors(batch) == [
        "It was closed on 2025-02-01, before it came in on 2025-03-01.",
        f"It was closed on {soon}, which lies in the future.",
        f"Column “Came in”: “{soon}” lies in the future; history lies in the past.",
        "Column “Status”: nobody said what “unheard of” becomes.",
        "Its status says that it is closed, its outcome says something else.",
        "It became MQL on 2025-05-01, after it was closed on 2025-04-01.",
        f"Column “First”: “{soon}” lies in the future; history lies in the past.",
    ]
    assert Lead.objects.get().closed_at == Lead.objects.get().opened_at


def test_it_is_checked_as_it_runs_and_told_once_to_each_owner(rep: User) -> None:
    rows = [
        f"P{n},p{n}@wit.example,2025-03-0{n + 1},{word},Rosa Rep"
        for n, word in enumerate(["working", "offer", "yes", "hot", "new"])
    ]
    batch = brought(*rows)
    checked = running.create(ContentFile(batch.file.read()), "again.csv", by=None, at=AT)
    running.choose(checked, FIELDS, at=AT, options=batch.options)
    assert running.check(checked, at=AT)
    assert {row["verdict"] for row in checked.preview["shown"]} == {"skipped"}
    assert (Lead.objects.count(), checked.preview["stages"]) == (5, {})
    (notice,) = Notice.objects.all()
    assert (notice.user, notice.facts["gaps"]) == (rep, {"count": 3, "file": "crm.csv"})
    qualified = Lead.objects.get(mql_at__isnull=False)
    assert (qualified.stage, qualified.owner, qualified.mql_at, qualified.promised_by) == (
        "sal",
        rep,
        day("2025-03-04"),
        None,
    )


def test_a_person_with_an_open_lead_keeps_it(rep: User) -> None:
    brought("Anna,a@wit.example,2025-03-01,working,Rosa Rep")
    lead = Lead.objects.get()
    batch = brought(
        "Anna,a@wit.example,2025-05-01,new,,,,,,2025-05-02", "Anna,a@wit.example,2024-05-01,yes,,,2024-06-01"
    )
    lead.refresh_from_db()
    assert (batch.updated, batch.merged, lead.stage, lead.owner) == (1, 1, "sal", rep)
    assert sorted(Lead.objects.values_list("stage", flat=True)) == ["sal", "won"]
    taken_up()
    assert not FollowUp.objects.exists()


def test_suppression_wins() -> None:
    consent.suppress(consent.EMAIL, ["a@wit.example"], at=AT, reason="asked")
    batch = brought("Anna,a@wit.example,2025-03-01,yes,,,2025-04-01")
    assert (batch.skipped, Lead.objects.count()) == (1, 0)


def standing() -> dict[str, Any]:
    """What counts of the base: people and leads that are not void, follow-ups and business that stand."""
    return {
        "people": list(
            Contact.objects.filter(voided_at=None).order_by("pk").values("email_key", "attributes", "phone")
        ),
        "leads": list(Lead.objects.listed().order_by("pk").values("stage", "owner", "next_step_at")),
        "promotions": Promotion.objects.filter(voided_at=None).count(),
        "follow_ups": FollowUp.objects.standing().count(),
        "business": Opportunity.objects.standing().count(),
    }


ROWS = (
    "Anna,a@wit.example,2025-03-01,yes,Rosa Rep,,2025-06-01,100,2025-03-02,2025-03-03,2025-04-03",
    "Bob,b@wit.example,2025-03-01,offer,Rosa Rep,,,500,2025-03-02,2025-03-04",
    "Carl,c@wit.example,2025-03-01,new",
)


def taken_back(batch: ImportBatch) -> None:
    assert undoing.request(batch, by=make_user(Role.MARKETER))
    batch.refresh_from_db()
    assert undoing.undo(batch, at=LATER)
    while moving_in.take_up(LATER):
        pass
    passing.straighten(LATER)
    assert conservation.run(LATER).leaks == 0


@pytest.mark.parametrize("is_taken_up", [True, False])
def test_all_of_it_can_be_taken_back(rep: User, is_taken_up: bool) -> None:
    brought("Anna,a@wit.example,2024-03-01,no,,,2024-06-01")
    taken_up()
    before = standing()
    batch = brought(*ROWS)
    if is_taken_up:
        taken_up()
    taken_back(batch)
    assert standing() == before
    assert not ImportedPast.objects.due().exists()


def test_what_somebody_worked_on_since_stays_and_is_named(rep: User) -> None:
    batch = brought(*ROWS)
    taken_up()
    bob = Lead.objects.get(stage=Stage.SQL)
    holds = {bob.pk: lifecycle.Hold(AT + timedelta(days=3), owner=rep.pk)}
    lifecycle.hold([bob.pk], holds=holds, at=AT, reason=Reason.SNOOZED, by=rep)
    taken_back(batch)
    assert [lead.pk for lead in Lead.objects.listed()] == [bob.pk]
    assert list(FollowUp.objects.standing().values_list("lead", flat=True)) == [bob.pk]
    (kept,) = ImportRow.objects.filter(batch=batch).exclude(kept="")
    assert reasons.said(kept.kept) == "Somebody has worked on the lead since: it stays."


def test_business_at_hand_is_won_here(rep: User) -> None:
    brought(*ROWS)
    taken_up()
    at_hand = Opportunity.objects.still_open().get()
    assert outcomes.win(Opportunity.objects.filter(pk=at_hand.pk), by=rep, at=AT) == [at_hand.lead_id]
    assert Lead.objects.filter(stage=Stage.WON).count() == 2
    assert conservation.run(LATER).leaks == 0


CELLS = (
    st.sampled_from(["Anna", "Bob", ""]),
    st.sampled_from(["a@wit.example", "b@wit.example", "", "nobody"]),
    st.sampled_from(["2025-03-01", "2025-04-01", "", "soon", "2999-01-01"]),
    st.sampled_from(["", "new", "later", "hot", "working", "offer", "yes", "no", "bad", "what"]),
    st.sampled_from(["", "Rosa Rep", "gone", "Nobody"]),
    st.sampled_from(["", "", "won!", "running", "what"]),
    st.sampled_from(["", "2025-05-01", "2024-01-01", "2999-01-01"]),
    st.sampled_from(["", "100", "-5", "much"]),
    st.sampled_from(["", "2025-03-05", "2025-06-01"]),
    st.sampled_from(["", "2025-03-06", "2025-02-01"]),
    st.sampled_from(["", "2025-04-06"]),
    st.sampled_from(["", "Called"]),
    st.sampled_from(["", "2026-12-31", "2020-01-01"]),
)
GENERATED = st.lists(st.tuples(*CELLS).map(",".join), min_size=1, max_size=9)


def checked(rows: list[str]) -> ImportBatch:
    batch = running.create(ContentFile((HEADER + "\n".join(rows)).encode()), "crm.csv", by=None, at=AT)
    running.choose(batch, FIELDS[: len(batch.headers)], at=AT, options=OPTIONS)
    assert running.check(batch, at=AT), batch.problem
    return batch


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(GENERATED, GENERATED, st.integers(1, 4))
def test_whatever_history_a_file_holds(known: list[str], rows: list[str], size: int) -> None:
    running.slices.SLICE, usual = size, running.slices.SLICE
    try:
        with transaction.atomic():
            make_user(Role.HUNTER, name="Rosa Rep")
            assert running.run(checked(known), at=AT)
            taken_up()
            before = standing()
            batch = checked(rows)
            assert running.run(batch, at=AT)
            ended = list(ImportRow.objects.filter(batch=batch).order_by("n").values_list("n", "verdict"))
            assert ended == [(row["n"], row["verdict"]) for row in batch.preview["shown"]]
            assert len(ended) == len(rows)
            taken_up()
            assert not Promotion.objects.filter(is_imported=False).exists()
            if batch.committed > batch.errors:
                taken_back(batch)
            assert standing() == before
            transaction.set_rollback(True)
    finally:
        running.slices.SLICE = usual


KINDS = ["full_name", "email", "lead_status", "owner", "first_follow_up_at", "last_follow_up_at"]
LAST = [*KINDS, "last_follow_up_kind", "last_follow_up_result", "follow_up_notes"]


def last(*rows: str, said: dict[str, Any]) -> ImportBatch:
    text = "Name,Email,Status,Owner,First,Last,Type,Result,Notes\n" + "".join(f"{row}\n" for row in rows)
    batch = running.create(ContentFile(text.encode()), "crm.csv", by=None, at=AT)
    running.choose(batch, LAST, at=AT, options={"is_history": True, "words": {"2": WORDS} | said})
    assert running.run(batch, at=AT), batch.problem
    return batch


def test_kind_and_result_go_with_the_last_follow_up(rep: User) -> None:
    batch = last(
        "Anna,a@wit.example,yes,Rosa Rep,2025-03-03,2025-05-01,Telefoon,Gesproken,Signed",
        "Bob,b@wit.example,working,Rosa Rep,2025-03-03,,bezoek,nobody there,",
        "Carl,c@wit.example,working,Rosa Rep,,,Telefoon,Gesproken,Said hello",
        "Dirk,d@wit.example,working,Rosa Rep,2025-03-03,,Fax,,",
        said={
            "6": {"telefoon": "call", "bezoek": "meeting"},
            "7": {"gesproken": "spoke", "nobody there": "no_answer"},
        },
    )
    assert errors(batch) == ["Column “Type”: nobody said what “Fax” becomes."]
    taken_up()
    shown = FollowUp.objects.order_by("lead", "occurred_at").values_list(
        "lead__contact__email_key", "kind", "disposition", "is_reached", "note"
    )
    assert list(shown) == [
        ("a@wit.example", "", "", False, ""),
        ("a@wit.example", "call", "spoke", True, "Signed"),
        ("b@wit.example", "meeting", "no_answer", False, ""),
    ]
    carl = Contact.objects.get(email_key="c@wit.example")
    assert carl.attributes["last_follow_up_kind"] == "Telefoon"
    assert carl.engagements.get().detail == "Said hello"


def test_what_is_said_of_a_last_follow_up_is_taken_back_with_it(rep: User) -> None:
    batch = last(
        "Anna,a@wit.example,yes,Rosa Rep,2025-03-03,,call,spoke,", said={"6": {"call": "call"}, "7": {"spoke": "spoke"}}
    )
    taken_up()
    batch.state = ImportBatch.State.DONE
    batch.save()
    assert undoing.request(batch, by=rep)
    batch.refresh_from_db()
    assert undoing.undo(batch, at=LATER)
    taken_up()
    assert list(FollowUp.objects.order_by("pk").values_list("kind", "disposition", "voids__kind")) == [
        ("call", "spoke", None),
        ("call", "spoke", "call"),
    ]


def test_words_of_kinds_and_results_are_those_of_follow_ups() -> None:
    assert (set(FollowUp.Kind.values), set(FollowUp.Disposition.values)) == (past.FOLLOW_UPS, past.RESULTS)
    assert [history_words.meaning("last_follow_up_kind", said) for said in ("E-mail", "Rendez-vous", "Fax")] == [
        "mail",
        "meeting",
        "",
    ]
    assert [history_words.meaning("last_follow_up_result", said) for said in ("Geen gehoor", "Rückruf", "?")] == [
        "no_answer",
        "call_back",
        "",
    ]


def test_owners_are_told_of_what_a_cancelled_run_moved_in(rep: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.slices, "SLICE", 2)
    text = HEADER + "".join(f"P{n},p{n}@wit.example,2025-03-01,working,Rosa Rep{',' * 8}\n" for n in range(6))
    batch = running.create(ContentFile(text.encode()), "crm.csv", by=None, at=AT)
    running.choose(batch, FIELDS, at=AT, options=OPTIONS)

    def cancelling(batch: ImportBatch) -> None:
        if batch.committed == 2:
            running.cancel(batch, at=AT)

    assert not running.run(batch, at=AT, on_progress=cancelling)
    for _twice in range(2):
        running.clear_cancelled(at=LATER)
    told = Notice.objects.get(user=rep, kind="moved_in")
    assert (told.facts["gaps"]["count"], Lead.objects.held_by(rep).count()) == (2, 2)


def test_the_first_follow_up_is_the_one_that_came_first() -> None:
    brought(
        "Anna,a@wit.example,2025-03-01,no,,,2025-06-01,,,2025-05-02,2025-04-02",
        "Bob,b@wit.example,2025-03-01,no,,,2025-06-01,,,,2025-05-03",
        "Carl,c@wit.example,2025-03-01,no,,,2025-06-01,,,2025-05-04,2025-05-04",
    )
    moments = ImportedPast.objects.order_by("lead").values_list("first_follow_up_at", "last_follow_up_at")
    assert list(moments) == [
        (day("2025-04-02"), day("2025-05-02")),
        (day("2025-05-03"), None),
        (day("2025-05-04"), None),
    ]


def test_columns_that_stand_in_for_history_give_way_to_what_their_headers_tell() -> None:
    headers = ["Naam", "Status", "Call result", "Call notes", "Notes", "Result", "Outcome"]
    plainly = ["full_name", None, "lead_status", "notes", None, "", None]
    assert history_words.suggested(headers, plainly) == [
        "full_name", "lead_status", "last_follow_up_result", "follow_up_notes", None, "", "outcome",
    ]  # fmt: skip
    assert history_words.suggested(["Resultaat", "Uitkomst"], [None, "lead_status"]) == ["outcome", "lead_status"]
