"""Links that say of which campaign they are, and enquiries that arrive by them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadops.accounts.roles import Role
from leads import hooks, intake, tracking_links
from leads.models import Campaign, CaptureForm, Hook, Lead
from tests.factories import make_campaign, make_user, queue_of

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
    made = tracking_links.link(
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


def test_the_page_makes_a_link_to_a_form(client: Client) -> None:
    fair = make_campaign("Fair", "email")
    form = CaptureForm.objects.create(name="Offer", created_at=timezone.now())
    CaptureForm.objects.create(name="Another's", campaign=make_campaign(), created_at=timezone.now())
    page = f"/campaigns/{fair.pk}/links/"
    client.force_login(make_user(Role.HUNTER))
    assert client.get(page).status_code == 403
    client.force_login(make_user(Role.MARKETER))
    shown = client.get(page).text
    assert ("Offer" in shown, "Another" in shown, 'value="email"' in shown) == (True, False, True)
    made = client.get(page, {"form": form.pk, "source": "news", "medium": "email", "content": "top"})
    link = f"http://testserver/f/{form.key}/?utm_source=news&amp;utm_medium=email&amp;utm_campaign="
    assert f'{link}{tracking_links.key(fair)}&amp;utm_content=top"' in made.text
    assert client.get(page, {"source": "news", "medium": "x"}).status_code == 422
    assert client.get(page, {"page": "javascript:x", "source": "news", "medium": "x"}).status_code == 422
