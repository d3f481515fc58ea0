"""Links that say of which campaign they are, and enquiries that arrive by them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import hooks, intake, lifecycle, tracking_links
from leads.models import Campaign, CaptureForm, Hook, Lead, TrackingLink
from tests.factories import make_campaign, make_user, queue_of
from tests.pages import statements

pytestmark = pytest.mark.django_db


def opened_by(**payload: Any) -> tuple[Campaign | None, str]:
    queue_of("to_qualify")
    [kept] = intake.store([{"email": "anna@wit.example"} | payload], source="api", at=timezone.now())
    intake.judge_waiting(at=timezone.now())
    kept.refresh_from_db()
    assert kept.lead is not None
    return kept.lead.campaign, kept.lead.channel


def test_a_link_replaces_marks_and_keeps_the_rest() -> None:
    fair = make_campaign("Vakbeurs Öst 2026")
    key = tracking_links.key(fair)
    made = tracking_links.whole(
        "https://w.example/a?utm_source=x&b=1#c", fair, source="news letter", medium="email", content=""
    )
    assert made == f"https://w.example/a?b=1&utm_source=news+letter&utm_medium=email&utm_campaign={key}#c"
    assert key.startswith(f"vakbeurs-ost-2026-{fair.pk}-")
    assert [tracking_links.meant(mark) for mark in (key.upper(), f"fair-{fair.pk}", f"fair-{fair.pk}-0000", "")] == [
        fair.pk, None, None, None,
    ]  # fmt: skip


def test_an_enquiry_counts_to_the_campaign_whose_mark_it_bears() -> None:
    fair, other = make_campaign("Fair", "social"), make_campaign("Other", "email")
    key = tracking_links.key(fair)
    Campaign.objects.filter(pk=fair.pk).update(name="Called otherwise")
    assert opened_by(utm_campaign=key) == (fair, "social")
    assert opened_by(utm_campaign=key, email="b@b.example", campaign="Other")[0] == other
    assert opened_by(utm_campaign="spring-2026", email="c@c.example")[0] is None
    assert Campaign.objects.count() == 2


def test_a_webhook_names_it_by_a_path() -> None:
    fair, hook = (
        make_campaign("Fair"),
        Hook.objects.create(name="Site", created_at=timezone.now(), mapping={"who.mail": "email"}),
    )
    queue_of("to_qualify")
    body = {"who": {"mail": "anna@wit.example"}, "visit": {"utm_campaign": tracking_links.key(fair)}}
    hooks.receive(hook, [body], at=timezone.now())
    intake.judge_waiting(at=timezone.now())
    assert Lead.objects.get().campaign == fair


def test_a_mark_that_was_mapped_to_the_campaign_is_that_of_its_link() -> None:
    fair, queue = make_campaign("Contactformulier", "web"), queue_of("to_qualify")
    link, other = made_link(fair, source="Nieuwsbrief mei", medium="print"), made_link(fair, content="Top")
    becomes = {"utm_campaign": "campaign", "utm_medium": "channel", "utm_source": "source_detail", "mail": "email"}
    hook = Hook.objects.create(name="Site", created_at=timezone.now(), mapping=becomes)
    marks = {"utm_campaign": tracking_links.key(fair), "utm_medium": "Print", "utm_source": "nieuwsbrief mei"}
    bodies = [
        {"mail": "anna@wit.example"} | marks,
        {"mail": "bo@wit.example"} | marks | {"utm_source": "flyer"},
        {"mail": "cas@wit.example", "utm_campaign": "Voorjaar 2026"},
    ]
    hooks.receive(hook, bodies, at=timezone.now())
    intake.judge_waiting(at=timezone.now())
    found = dict(Lead.objects.filter(queue=queue).values_list("contact__email", "campaign__name"))
    assert found == {
        "anna@wit.example": "Contactformulier",
        "bo@wit.example": "Contactformulier",
        "cas@wit.example": "Voorjaar 2026",
    }
    assert Campaign.objects.count() == 2
    assert [figures(one)[:2] for one in (link, other)] == [(1, 1), (0, 0)]


def test_a_campaign_s_mark_alone_is_that_of_its_only_link() -> None:
    fair, other = make_campaign("Fair"), make_campaign("Other")
    link, two = made_link(fair), [made_link(other), made_link(other, content="Top")]
    assert opened_by(campaign=tracking_links.key(fair).upper())[0] == fair
    assert opened_by(campaign=tracking_links.key(other), email="b@b.example")[0] == other
    assert opened_by(campaign=f"x-{other.pk + 999}-abcd", email="c@c.example")[0] not in (fair, other)
    assert [figures(one)[:2] for one in (link, *two)] == [(1, 1), (0, 0), (0, 0)]


def made_link(campaign: Campaign, **fields: Any) -> TrackingLink:
    given = {"name": "May", "address": "https://w.example/", "source": "news", "medium": "email"} | fields
    by = make_user(Role.MARKETER)
    return TrackingLink.objects.create(campaign=campaign, by=by, created_at=timezone.now(), **given)


def figures(link: TrackingLink) -> tuple[int, int, bool]:
    found = TrackingLink.objects.with_figures().get(pk=link.pk)
    return found.enquiries, found.leads, found.last_at is not None


def test_who_comes_by_a_link_is_counted_by_it() -> None:
    fair, other = make_campaign("Fair"), make_campaign("Other")
    top, plain, theirs = made_link(fair, content="Top"), made_link(fair), made_link(other)
    marks = {"utm_campaign": tracking_links.key(fair), "utm_source": " News ", "utm_medium": "EMAIL"}
    opened_by(**marks, utm_content="top")
    opened_by(**marks, utm_content="top", notes="Once more")
    opened_by(**marks, utm_content="top", email="b@b.example", campaign="Other")
    opened_by(**marks, email="c@c.example")
    opened_by(**marks | {"utm_source": "flyer"}, email="d@d.example")
    opened_by(utm_source="news", utm_medium="email", email="e@e.example")
    assert [figures(one) for one in (top, plain, theirs)] == [(3, 2, True), (1, 1, True), (0, 0, False)]
    tracking_links.archive(TrackingLink.objects.filter(pk=plain.pk), by=plain.by, at=timezone.now())
    opened_by(**marks, email="f@f.example")
    assert figures(plain) == (2, 2, True)
    undone = Lead.objects.get(contact__email="f@f.example")
    assert lifecycle.take_back([undone.pk], at=timezone.now(), by=None) == [undone.pk]
    assert figures(plain) == (2, 1, True)


def test_enquiries_without_marks_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert tracking_links.count({1: {"email": "a@a.example", "utm_campaign": "spring"}}) == 0
    assert len(asked) == 0


def test_a_marketer_makes_a_link_and_archives_it(client: Client) -> None:
    fair = make_campaign("Fair", "email")
    form = CaptureForm.objects.create(name="Offer", created_at=timezone.now())
    CaptureForm.objects.create(name="Another's", campaign=make_campaign(), created_at=timezone.now())
    page = f"/campaigns/{fair.pk}/links/"
    client.force_login(make_user(Role.HUNTER))
    assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]
    client.force_login(make_user(Role.MARKETER, name="Anna"))
    shown = client.get(page).text
    assert ("Offer" in shown, "Another" in shown, 'value="email"' in shown) == (True, False, True)
    said = {"name": "May", "form": form.pk, "source": "news", "medium": "email", "content": "top"}
    assert client.post(page, said | {"form": ""}).status_code == 422
    assert client.post(page, said | {"form": "", "page": "javascript:x"}).status_code == 422
    answer = client.post(page, said)
    kept = TrackingLink.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{page}{kept.pk}/")
    link = f"http://testserver/f/{form.key}/?utm_source=news&amp;utm_medium=email&amp;utm_campaign="
    assert [
        f'{link}{tracking_links.key(fair)}&amp;utm_content=top"' in client.get(one).text for one in (page, answer.url)
    ] == [
        True,
        True,
    ]
    twice = client.post(page, said | {"name": "June", "source": "News"})
    assert (twice.status_code, "It is called “May”." in twice.text) == (422, True)
    assert "May" in client.get(f"/campaigns/{fair.pk}/").text
    client.post(f"{page}{kept.pk}/archival/", {"is_archived": "1"})
    kept.refresh_from_db()
    assert (str(kept.archived_by), "archived" in client.get(page).text) == ("Anna", True)
    assert "May" not in client.get(f"/campaigns/{fair.pk}/").text
    client.post(f"{page}{kept.pk}/archival/", {"is_archived": "0"})
    kept.refresh_from_db()
    assert (kept.archived_at, kept.archived_by) == (None, None)
    assert client.get(f"/campaigns/{make_campaign().pk}/links/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_link_shows_who_came_by_it(client: Client, count: int) -> None:
    fair = make_campaign("Fair")
    link = made_link(fair)
    marks = {"utm_campaign": tracking_links.key(fair), "utm_source": "news", "utm_medium": "email"}
    for n in range(count):
        opened_by(**marks, email=f"p{n}@wit.example", full_name=f"Person {n:02}")
    client.force_login(make_user(Role.MARKETER))
    page = f"/campaigns/{fair.pk}/links/{link.pk}/"
    text = client.get(page).text
    assert [f"Person {n:02}" in text for n in range(count)] == [True] * count
    assert statements(client, page) == 5
    client.force_login(make_user(Role.SALES_MANAGER))
    assert "Person" not in client.get(page).text


def test_of_two_who_make_one_link_at_once_the_second_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fair = make_campaign("Fair")
    client.force_login(make_user(Role.MARKETER))
    made_link(fair)
    monkeypatch.setattr(tracking_links, "taken", lambda *_given, **_marks: None)
    said = {"name": "May", "page": "https://w.example", "source": "news", "medium": "email"}
    answer = client.post(f"/campaigns/{fair.pk}/links/", said)
    assert (answer.status_code, TrackingLink.objects.count()) == (422, 1)
