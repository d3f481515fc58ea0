"""Other programs send enquiries and files in, and read leads and people: as far as their token lets them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts.roles import Role
from leadops.accounts.tokens import Scope
from leads import intake, tasks
from leads.models import Campaign, Contact, IdempotencyKey, ImportBatch, Intake, Lead, Queue
from tests.api import Api, told
from tests.factories import make_campaign, make_contact, make_lead, make_organisation, make_user, queue_of

pytestmark = pytest.mark.django_db
ANNA: dict[str, Any] = {"full_name": "Anna de Wit", "email": "anna@wit.example", "team size": 4, "ratio": 1.50}


@pytest.fixture(autouse=True)
def to_qualify() -> Queue:
    return queue_of(Queue.Kind.TO_QUALIFY)


@pytest.fixture
def marketer() -> Api:
    return Api(make_user(Role.MARKETER))


def test_an_enquiry_is_kept_before_it_is_judged(marketer: Api) -> None:
    answer = marketer.post("leads/", ANNA)
    receipt = told(answer, 202)
    assert answer["Location"] == receipt["url"] == f"/api/v1/receipts/{receipt['id']}/"
    kept = Intake.objects.get()
    assert (kept.pk, kept.token, kept.payload) == (receipt["id"], marketer.token, ANNA | {"ratio": "1.5"})
    waiting = told(marketer.get(f"receipts/{kept.pk}/"), 200)
    assert (waiting["verdict"], waiting["lead"]) == ("waiting", None)
    intake.judge_waiting(at=timezone.now())
    judged = told(marketer.get(f"receipts/{kept.pk}/"), 200)
    assert (judged["verdict"], judged["lead"]) == ("created", Lead.objects.get().pk)
    assert judged["reason"] == "A new contact; a lead was opened for it."


def test_an_enquiry_takes_one_statement(marketer: Api) -> None:
    marketer.post("leads/", ANNA)
    for headers in ({}, {"Idempotency_Key": "once"}):
        with CaptureQueriesContext(connection) as queries:
            told(marketer.post("leads/", ANNA, **headers), 202)
        assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        told(marketer.post("leads/batch/", [ANNA] * 50, Idempotency_Key="many"), 202)
    assert len(queries) == 1


def test_waiting_answers_with_the_lead(marketer: Api) -> None:
    answer = marketer.post("leads/?wait=true", ANNA)
    lead = told(answer, 201)
    assert answer["Location"] == f"/api/v1/leads/{Lead.objects.get().pk}/"
    assert (lead["contact"]["name"], lead["stage"], lead["is_overdue"]) == ("Anna de Wit", "inquiry", False)
    assert told(marketer.get(f"leads/{lead['id']}/"), 200) == lead


def test_waiting_says_what_an_enquiry_lacks(marketer: Api) -> None:
    problem = told(marketer.post("leads/?wait=true", {"city": "Delft"}), 422)
    assert problem["detail"].startswith("There is no name, email address")
    assert Intake.objects.get().verdict == "error"


def test_waiting_tells_no_lead_that_the_user_may_not_see() -> None:
    rep = Api(make_user(Role.HUNTER), Scope.LEADS_WRITE)
    receipt = told(rep.post("leads/?wait=true", ANNA), 200)
    assert receipt["verdict"] == "created"


def test_waiting_for_a_judge_who_is_away_leaves_it_to_the_sweep(marketer: Api, to_qualify: Queue) -> None:
    Queue.objects.filter(pk=to_qualify.pk).update(is_active=False)
    told(marketer.post("leads/?wait=true", ANNA), 202)
    assert Intake.objects.get().judged_at is None


def test_the_same_key_gives_the_same_receipt(marketer: Api) -> None:
    first = told(marketer.post("leads/", ANNA, Idempotency_Key="a"), 202)
    assert told(marketer.post("leads/", ANNA, Idempotency_Key="a"), 202) == first
    other = told(marketer.post("leads/", ANNA | {"city": "Delft"}, Idempotency_Key="a"), 422)
    assert other["detail"] == "This idempotency key was used for another request."
    assert told(marketer.post("leads/", ANNA, Idempotency_Key="b"), 202) != first
    stranger = Api(make_user(Role.MARKETER))
    assert told(stranger.post("leads/", ANNA, Idempotency_Key="a"), 202) != first
    assert (Intake.objects.count(), IdempotencyKey.objects.count()) == (3, 3)


def test_a_batch_gives_a_receipt_for_each_in_their_order(marketer: Api) -> None:
    enquiries = [{"email": f"p{n}@wit.example"} for n in range(30)]
    first = told(marketer.post("leads/batch/", enquiries, Idempotency_Key="b"), 202)
    assert told(marketer.post("leads/batch/", enquiries, Idempotency_Key="b"), 202) == first
    payloads = dict(Intake.objects.values_list("pk", "payload"))
    assert [payloads[receipt["id"]] for receipt in first["receipts"]] == enquiries
    assert len(payloads) == 30


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b"null", 400),
        (b'{"a": NaN}', 400),
        (b'{"a": {"b": 1}}', 400),
        (b'{"email": ["a"]}', 400),
        (b'{"a": ' + b"9" * 5_000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe{", 400),
        (b'{"a": "' + b"x" * 20_001 + b'"}', 400),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', 413),
    ],
    ids=range(12),
)
def test_what_is_no_enquiry_is_refused(marketer: Api, raw: bytes, status: int) -> None:
    told(marketer.post("leads/", raw=raw), status)
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    "raw", [b'{"email": "\\u0000a@b.example"}', b'{"email": "\\ud800"}', b'{"a": 1e999, "b\\u0000": [1]}']
)
def test_what_the_database_cannot_keep_is_kept_without_it(marketer: Api, raw: bytes) -> None:
    told(marketer.post("leads/", raw=raw), 202)


def test_faults_point_into_the_body(marketer: Api) -> None:
    problem = told(marketer.post("leads/batch/", [ANNA, {"a/b~": {}}, []]), 400)
    assert problem["errors"] == [
        {"pointer": "#/1/a~1b~0", "detail": "Write a text, a number, true, false or null."},
        {"pointer": "#/2", "detail": "Send an object of 1 to 300 members."},
    ]
    assert told(marketer.post("leads/batch/", [ANNA] * 1_001), 400)["errors"][0]["pointer"] == "#"


def test_leads_come_in_pages_newest_first(marketer: Api) -> None:
    keys = [make_lead(channel="web").pk for _ in range(3)][::-1]
    make_lead(channel="event")
    first = told(marketer.get("leads/?channel=web&limit=2"), 200)
    assert [lead["id"] for lead in first["results"]] == keys[:2]
    assert first["next"] == f"/api/v1/leads/?channel=web&limit=2&before={keys[1]}"
    second = told(marketer.client.get(first["next"], headers=marketer.headers), 200)
    assert ([lead["id"] for lead in second["results"]], second["next"]) == (keys[2:], None)


def test_a_list_takes_as_many_statements_for_one_as_for_many(marketer: Api) -> None:
    def count() -> int:
        marketer.get("leads/")
        with CaptureQueriesContext(connection) as queries:
            told(marketer.get("leads/?stage=all"), 200)
        return len(queries)

    organisation, campaign = make_organisation(), make_campaign()
    make_lead(contact=make_contact(organisation=organisation), campaign=campaign)
    one = count()
    for _ in range(29):
        make_lead(contact=make_contact(organisation=organisation), campaign=campaign)
    assert count() == one


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("befor=1", "befor"), ("before=x", "before"), ("limit=201", "limit"), ("stage=void", "stage"), ("limit=1&limit=2", "limit"),
     ("overdue=yes", "overdue"), ("q=%00", "q"), ("before=0", "before")],
)  # fmt: skip
def test_a_filter_that_is_not_there_is_refused(marketer: Api, query: str, wrong: str) -> None:
    problem = told(marketer.get(f"leads/?{query}"), 400)
    assert [error["parameter"] for error in problem["errors"]] == [wrong]


def test_a_rep_sees_their_own_leads_alone() -> None:
    rep = make_user(Role.HUNTER)
    api = Api(rep)
    own, other = make_lead(owner=rep, origin="sales", channel="sales"), make_lead()
    assert [lead["id"] for lead in told(api.get("leads/"), 200)["results"]] == [own.pk]
    assert [one["id"] for one in told(api.get("contacts/"), 200)["results"]] == [own.contact_id]
    told(api.get(f"leads/{other.pk}/"), 404)
    told(api.get(f"contacts/{other.contact_id}/"), 404)
    told(api.get("imports/"), 403)


def test_what_may_not_be_used_is_withheld(marketer: Api) -> None:
    contact = make_contact(email="a@b.example", phone_e164="+31205550124", is_phone_suppressed=True)
    person = told(marketer.get(f"contacts/{contact.pk}/"), 200)
    assert (person["may_call"], person["may_mail"], person["withheld"]) == (False, True, ["May not be called"])


def test_a_person_is_found_by_address_number_and_key(marketer: Api) -> None:
    found = make_contact(email="A@b.example", mobile_e164="+31624819033", external_id="00Q")
    make_contact(email="c@b.example")
    for query in ("email=a@B.example", "phone=06 24819033", "external_id=00Q"):
        assert [one["id"] for one in told(marketer.get(f"contacts/?{query}"), 200)["results"]] == [found.pk]
    assert told(marketer.get("contacts/?phone=nonsense"), 200)["results"] == []


def test_campaigns_are_read(marketer: Api) -> None:
    campaign = make_campaign("ICT Noord")
    row = told(marketer.get("campaigns/?name=ict noord"), 200)["results"][0]
    assert (row["id"], row["channel"], row["is_agreed"]) == (campaign.pk, "event", False)
    assert told(marketer.get(f"campaigns/{campaign.pk}/"), 200) == row
    told(marketer.get("campaigns/999999999/"), 404)


def csv(text: str, name: str = "leads.csv") -> Any:
    return SimpleUploadedFile(name, text.encode())


def test_a_file_is_imported_by_the_steps_of_the_pages(marketer: Api) -> None:
    form = {
        "file": csv("Naam;E-mail;Soort;Rang\nAnna de Wit;anna@wit.example;A;1\n"),
        "campaign": "Beurs",
        "channel": "event",
        "date_order": "mdy",
    }
    mapping = {"Naam": "full_name", "E-mail": "email", "Rang": "-"}
    answer = marketer.post("imports/", form=form | {"mapping": json.dumps(mapping)})
    batch = told(answer, 202)
    assert answer["Location"] == f"/api/v1/imports/{batch['id']}/"
    assert (batch["state"], batch["rows"], batch["campaign"]["name"]) == ("waiting", 1, "Beurs")
    assert ImportBatch.objects.get().options == {"date_order": "mdy"}
    assert batch["columns"][2:] == [{"header": "Soort", "field": None}, {"header": "Rang", "field": "-"}]
    assert told(marketer.get(f"imports/{batch['id']}/"), 200) == batch
    assert told(marketer.get("imports/"), 200)["results"] == [batch]


@pytest.mark.parametrize("empty", ["", " "])
def test_what_is_left_empty_of_an_import_is_as_if_left_out(marketer: Api, empty: str) -> None:
    form = {"file": csv("email\na@b.example\n"), "campaign": empty, "sheet": empty, "mapping": ""}
    batch = told(marketer.post("imports/", form=form), 202)
    assert (batch["campaign"], batch["sheet"], batch["columns"]) == (None, "", [{"header": "email", "field": "email"}])


def test_a_file_can_wait_for_somebody_to_look_at_it(marketer: Api) -> None:
    form = {"file": csv("email\na@b.example\n"), "run": "false", "campaign": "Beurs"}
    batch = told(marketer.post("imports/", form=form), 202)
    assert (batch["state"], batch["campaign"], Campaign.objects.exists()) == ("mapping", None, False)
    assert ImportBatch.objects.get().new_campaign == "Beurs"


def test_a_run_is_held_let_go_on_and_ended(marketer: Api) -> None:
    batch = told(marketer.post("imports/", form={"file": csv("email\na@b.example\n")}), 202)
    address = f"imports/{batch['id']}"
    told(marketer.post(f"{address}/resumption/"), 409)
    assert told(marketer.post(f"{address}/pause/"), 201) == batch | {"state": "paused"}
    told(marketer.post(f"{address}/pause/"), 409)
    tasks.import_files()
    assert told(marketer.get(f"{address}/"), 200)["state"] == "paused"
    assert told(marketer.post(f"{address}/resumption/"), 201)["state"] == "waiting"
    ended = told(marketer.post(f"{address}/cancellation/"), 201)
    assert (ended["state"], ended["committed"], ended["finished_at"] is None) == ("cancelled", 0, False)
    for act in ("pause", "resumption", "cancellation"):
        assert told(marketer.post(f"{address}/{act}/"), 409)["detail"].startswith("That came too late")
        told(Api(make_user(Role.HUNTER)).post(f"{address}/{act}/"), 403)
        told(marketer.post(f"imports/999999999/{act}/"), 404)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"file": "text"}, 400),
        ({"file": csv(""), "run": "true"}, 400),
        ({"file": csv("\0\1\2", "x.xlsx")}, 422),
        ({"file": csv("email\na@b.example\n"), "mapping": "{"}, 422),
        ({"file": csv("email\na@b.example\n"), "mapping": '{"email": "nonsense"}'}, 422),
        ({"file": csv("email\na@b.example\n"), "mapping": '{"nonsense": "email"}'}, 422),
        ({"file": csv("email\na@b.example\n"), "mapping": '{"email": ["email"]}'}, 422),
        ({"file": csv("email\na@b.example\n"), "mapping": '{"email": {"to": "email"}}'}, 422),
        ({"file": csv("email\na@b.example\n"), "nonsense": "1"}, 400),
    ],
    ids=range(10),
)
def test_a_file_that_cannot_be_read_is_forgotten(marketer: Api, form: dict[str, Any], status: int) -> None:
    told(marketer.post("imports/", form=form), status)
    assert not ImportBatch.objects.exists()
    assert not Contact.objects.exists()
