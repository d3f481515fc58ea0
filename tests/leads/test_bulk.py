"""One thing done to many leads: to those that fit it, once, with a way back, whatever dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leads import lifecycle, tasks
from leads.bulk import running
from leads.bulk.acts import act_of, registered
from leads.claiming import claimed
from leads.models import BulkAct, Contact, Lead, LeadExport, LeadTouch, Queue
from leads.stages import Stage
from tests.factories import make_lead, make_user, queue_of
from tests.handoff.factories import make_accepted, make_mql, make_rep, only
from tests.leads.acting import asked_for, done, ends, statements, taken_back

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def marketer(client: Client) -> User:
    user = make_user(Role.MARKETER)
    queue_of(Queue.Kind.NURTURE)
    client.force_login(user)
    return user


def stood(leads: list[Lead]) -> list[tuple[Any, ...]]:
    rows = Lead.objects.filter(pk__in=[lead.pk for lead in leads]).order_by("pk")
    return list(rows.values_list("pk", "stage", "owner", "queue", "is_routable", "requested_owner", "contact__tags"))


def test_a_tag_is_given_once_and_taken_back(client: Client, marketer: User) -> None:
    one, has, closed = make_lead(), make_lead(tags=["vip", "fair"]), make_lead()
    lifecycle.close([closed.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    LeadTouch.objects.all().delete()
    before = stood([one, has])
    bulk = done(client, "tag", tag="vip")
    assert (bulk.state, bulk.total, bulk.done, bulk.changed, bulk.refused) == ("done", 2, 2, 1, 1)
    assert ends(bulk) == {one.pk: "changed", has.pk: "refused"}
    assert str(marketer.pk) in {str(event.pgh_context.metadata["user"]) for event in one.contact.events.all()}
    assert (Contact.objects.get(pk=one.contact_id).tags, list(LeadTouch.objects.values_list("lead", flat=True))) == (
        ["vip"],
        [one.pk],
    )
    text = client.get(f"/leads/acts/{bulk.pk}/").text
    assert ("has this tag already" in text, f"/leads/{has.pk}/" in text) == (True, True)
    bulk = taken_back(client, bulk)
    assert (bulk.state, ends(bulk), stood([one, has])) == ("undone", {one.pk: "undone", has.pk: "refused"}, before)


def test_marks_of_leads_that_no_rep_has(client: Client, marketer: User) -> None:
    rep = make_rep()
    inquiry, pooled, working = make_lead(), make_mql(), make_accepted(rep)
    leads = [inquiry, pooled, working]
    before = stood(leads)
    meant = done(client, "meant_for", leads, rep=rep.pk)
    by_hand = done(client, "routable", leads, is_routable="no")
    for bulk in (meant, by_hand):
        assert ends(bulk) == {inquiry.pk: "changed", pooled.pk: "changed", working.pk: "refused"}
    assert [(row[4], row[5]) for row in stood([inquiry, pooled])] == [(False, rep.pk)] * 2
    taken_back(client, meant)
    taken_back(client, by_hand)
    assert stood(leads) == before


def test_nurture_takes_what_waits_with_marketing_and_gives_it_back(client: Client, marketer: User) -> None:
    inquiry, moved, pooled, working = make_lead(), make_lead(), make_mql(), make_accepted(make_rep())
    before = stood([inquiry])
    day = (timezone.localdate() + 30 * DAY).isoformat()
    bulk = done(client, "nurture", [inquiry, moved, pooled, working], wake_on=day)
    assert ends(bulk) == {inquiry.pk: "changed", moved.pk: "changed", pooled.pk: "refused", working.pk: "refused"}
    inquiry.refresh_from_db()
    assert (inquiry.stage, timezone.localdate(inquiry.next_step_at).isoformat()) == ("nurture", day)
    assert Lead.objects.get(pk=pooled.pk).stage == "mql"
    lifecycle.close([moved.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    bulk = taken_back(client, bulk)
    assert (ends(bulk)[inquiry.pk], ends(bulk)[moved.pk], stood([inquiry])) == ("undone", "kept", before)
    assert "worked on the lead since" in client.get(f"/leads/acts/{bulk.pk}/").text


def test_disqualifying_closes_for_a_reason_and_reopens(client: Client, marketer: User) -> None:
    inquiry, again, working = make_lead(), make_lead(), make_accepted(make_rep())
    before = stood([inquiry])
    bulk = done(client, "disqualify", [inquiry, again, working], reason="competitor", note="Seen at the fair")
    assert ends(bulk) == {inquiry.pk: "changed", again.pk: "changed", working.pk: "refused"}
    move = inquiry.moves.latest("pk")
    assert (move.stage, move.reason, move.by, move.note) == (
        "disqualified",
        "disqualified",
        marketer,
        "Competitor. Seen at the fair",
    )
    newer = make_lead(again.contact)
    bulk = taken_back(client, bulk)
    assert ends(bulk) == {inquiry.pk: "undone", again.pk: "kept", working.pk: "refused"}
    assert (stood([inquiry]), Lead.objects.get(pk=newer.pk).stage) == (before, "inquiry")


def test_the_black_hole_is_not_emptied_by_it(client: Client, marketer: User) -> None:
    lead = make_mql()
    promotion = lead.promotions.get()
    for act, said in (
        ("nurture", {"wake_on": (timezone.localdate() + 2 * DAY).isoformat()}),
        ("disqualify", {"reason": "no_fit"}),
    ):
        assert ends(done(client, act, [lead], **said)) == {lead.pk: "refused"}
    promotion.refresh_from_db()
    assert (promotion.answered_at, only(lead).get().stage) == (None, "mql")


def test_one_that_was_killed_goes_on_and_touches_nobody_twice(
    client: Client, marketer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SLICE", 2)
    leads = [make_lead() for _ in range(5)]
    bulk = asked_for(client, "tag", tag="vip")
    running.write_down(bulk, timezone.now())
    act = act_of("tag")
    assert act is not None
    running.slice_done(bulk, act, running.to_do(bulk), timezone.now())  # and there the worker died
    make_lead()  # who comes later was not meant
    with claimed(running.BULK_CLAIMS, bulk):
        pass
    tasks.run_errands()
    tasks.run_errands()
    bulk.refresh_from_db()
    assert (bulk.state, bulk.total, bulk.done, bulk.changed) == ("done", 5, 5, 5)
    assert ends(bulk) == {lead.pk: "changed" for lead in leads}
    assert list(Contact.objects.filter(tags__len__gt=0).values_list("tags", flat=True)) == [["vip"]] * 5
    client.post(f"/leads/acts/{bulk.pk}/undoing/")
    bulk.refresh_from_db()
    running.slice_undone(bulk, act, running.to_undo(bulk), timezone.now())
    tasks.run_errands()
    bulk.refresh_from_db()
    assert (bulk.state, bulk.undone, Contact.objects.filter(tags__len__gt=0).count()) == ("undone", 5, 0)


def test_all_of_the_list_is_no_more_than_was_shown(client: Client, marketer: User) -> None:
    shown, left = [make_lead(), make_lead()], make_lead()
    page = client.get("/leads/acts/new/", {"which": "all", "act": "tag"})
    up_to = page.context["up_to"]
    assert (up_to, f'name="up_to" value="{left.pk}"' in page.text) == (left.pk, True)
    later = make_lead()
    lifecycle.close([left.pk], to=Stage.LOST, at=timezone.now(), reason="lost", by=None)
    for exactly in ({}, {"exactly": "1"}):
        assert client.get("/leads/count/", {"up_to": up_to} | exactly).context["count"].number == 2
    client.post("/leads/exports/new/", {"asked": "", "format": "count", "up_to": up_to})
    tasks.run_errands()
    assert LeadExport.objects.get().total == 2
    again = client.post("/leads/acts/new/", {"act": "tag", "asked": "", "up_to": up_to})  # without saying which tag
    assert (again.status_code, again.context["up_to"]) == (422, up_to)
    bulk = done(client, "tag", tag="vip", up_to=up_to)
    assert (bulk.total, ends(bulk)) == (2, {lead.pk: "changed" for lead in shown})
    bulk = asked_for(client, "tag", tag="new")  # a page that tells no key: as if it was shown just now
    make_lead()
    tasks.run_errands()
    assert ends(bulk) == {lead.pk: "changed" for lead in (*shown, later)}
    for less, total in (("0", 0), ("x" * 30, 4), ("9" * 30, 4)):
        assert done(client, "tag", tag=f"up to {less[0]}", up_to=less).total == total


def test_after_a_day_it_stays(client: Client, marketer: User) -> None:
    make_lead()
    assert "taken back for 24 hours" in client.get("/leads/acts/new/?which=all&act=tag").text
    bulk = done(client, "tag", tag="vip")
    BulkAct.objects.update(finished_at=timezone.now() - DAY)
    assert taken_back(client, bulk).state == "done"
    assert "Take it back" not in client.get(f"/leads/acts/{bulk.pk}/").text


def test_a_slice_takes_as_many_statements_for_six_leads_as_for_one(client: Client, marketer: User) -> None:
    said = {
        "tag": {"tag": "x"},
        "untag": {"tag": "x"},
        "routable": {"is_routable": "no"},
        "meant_for": {"rep": make_rep().pk},
        "nurture": {"wake_on": (timezone.localdate() + 2 * DAY).isoformat()},
        "disqualify": {"reason": "no_fit"},
    }
    assert {act.key for act in registered()} == set(said) | {"campaign", "edit"}
    for act, options in said.items():
        counts = []
        for number in (1, 6):
            leads = [make_lead(tags=["x"] if act == "untag" else []) for _ in range(number)]
            counts.append(statements(client, asked_for(client, act, leads, **options)))
        assert counts[0] == counts[1], act


def test_it_is_for_marketing_alone_and_each_sees_their_own(client: Client, marketer: User) -> None:
    make_lead()
    bulk = done(client, "tag", tag="vip")
    for role, status in ((Role.MARKETER, 404), (Role.ADMIN, 200), (Role.SALES_MANAGER, 403), (Role.HUNTER, 403)):
        client.force_login(make_user(role))
        assert client.get(f"/leads/acts/{bulk.pk}/").status_code == status
        expected = 403 if status == 403 else 200
        assert client.get("/leads/acts/new/?act=tag&which=all").status_code == expected
        assert client.get("/leads/acts/").status_code == expected


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("tag", {}),
        ("tag", {"tag": "x" * 101}),
        ("tag", {"tag": "\x00"}),
        ("nurture", {"wake_on": "2020-01-01"}),
        ("nurture", {"wake_on": "9999-12-31"}),
        ("disqualify", {"reason": "x"}),
        ("meant_for", {"rep": "0"}),
    ],
)
def test_what_cannot_be_is_told_before(client: Client, marketer: User, act: str, said: dict[str, str]) -> None:
    make_lead()
    answer = client.post("/leads/acts/new/", {"act": act, "asked": ""} | said)
    assert (answer.status_code, BulkAct.objects.count()) == (422, 0)


def test_nothing_is_done_where_nothing_was_chosen_or_the_condition_is_broken(client: Client, marketer: User) -> None:
    make_lead()
    for said in ({"which": "chosen"}, {"asked": "?where=x"}, {"asked": "?holder=user-0"}):
        assert client.post("/leads/acts/new/", {"act": "tag", "tag": "x"} | said).status_code == 302
    assert BulkAct.objects.count() == 0


def test_without_anybody_to_nurture_it_says_so(client: Client, marketer: User) -> None:
    make_lead()
    Queue.objects.filter(kind=Queue.Kind.NURTURE).update(is_active=False)
    bulk = done(client, "nurture", wake_on=(timezone.localdate() + 2 * DAY).isoformat())
    assert (bulk.state, bulk.problem, bulk.done) == (
        "failed",
        "Nobody works the queue “Nurture”. Add an active member to it first.",
        0,
    )
