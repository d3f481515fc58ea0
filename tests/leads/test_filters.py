from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import lifecycle, search
from leads.filters import LeadFilter, Pick
from leads.listing import asking, overdue
from leads.models import Lead
from leads.querysets import Place
from leads.stages import Channel, Reason, Stage
from tests.factories import TUESDAY, make_lead, make_team, make_user, queue_of

pytestmark = pytest.mark.django_db
AT = TUESDAY + timedelta(days=30)
CLOSED_AS = (Stage.WON, Stage.DISQUALIFIED, Stage.VOID)


@pytest.fixture(autouse=True)
def _some_of_each():
    lay()
    rep = make_user(Role.HUNTER)
    for channel in (Channel.EVENT, Channel.WEB):
        make_lead(channel=channel)
        make_lead(channel=channel, origin="sales", owner=rep)
        for stage in CLOSED_AS:
            lead = make_lead(channel=channel, origin="sales", owner=rep)
            with lifecycle.history():
                only = Lead.objects.filter(pk=lead.pk)
                lifecycle.close(only, to=stage, at=AT, reason=Reason.UNDONE, by=None)


def pages(form: LeadFilter, *, is_down: bool, most: int = 3) -> list[int]:
    """The keys of all pages, one after the other."""
    found: list[int] = []
    while True:
        place = Place(found[-1] if found else None, is_down=is_down)
        keys = form.page(Lead.objects.all(), AT, place, most).values_list("pk", flat=True)
        if not keys:
            return found
        assert len(keys) <= most
        found += sorted(keys, reverse=is_down)


def plain(reader: User, stage: str, channel: str, owner: int | None, queue: int | None) -> list[int]:
    """The keys that fit, found without any index of ours in mind."""
    fits = Lead.objects.visible_to(reader).exclude(stage=Stage.VOID)
    if stage not in ("all", "closed"):
        fits = fits.filter(stage=stage) if stage else fits.filter(closed_at=None)
    given = {"channel": channel, "owner": owner, "queue": queue}
    fits = fits.filter(**{name: value for name, value in given.items() if value})
    return sorted((fits.exclude(closed_at=None) if stage == "closed" else fits).values_list("pk", flat=True))


@pytest.mark.parametrize("near", [1, 20_000])
@pytest.mark.parametrize("stage", ["", "all", "closed", "inquiry", "won", "merged"])
def test_the_pages_hold_what_fits_whatever_way_it_is_found(stage: str, near: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asking, "NEAR", near)
    marketer, rep = make_user(Role.MARKETER), Lead.objects.exclude(owner=None).first().owner
    queue = queue_of("to_qualify").pk
    holders = {"": (None, None), f"user-{rep.pk}": (rep.pk, None), f"queue-{queue}": (None, queue)}
    manager = make_user(Role.SALES_MANAGER)
    make_team(manager, rep)
    asked_by = [*product((marketer, manager), ("", "web"), holders), (rep, "", ""), (rep, "web", "")]
    for reader, channel, holder in asked_by:
        form = LeadFilter({"stage": stage, "channel": channel, "holder": holder}, reader=reader)
        keys = plain(reader, stage, channel, *holders[holder])
        assert (pages(form, is_down=True), pages(form, is_down=False)) == (keys[::-1], keys)


def test_closed_leads_are_not_overdue():
    marketer = make_user(Role.MARKETER)
    open_ones = list(
        Lead.objects.filter(closed_at=None, next_step_at__lt=AT).order_by("pk").values_list("pk", flat=True)
    )
    found = {
        stage: pages(LeadFilter({"stage": stage, "overdue": "1"}, reader=marketer), is_down=False)
        for stage in ("", "won")
    }
    assert found == {"": open_ones, "won": []}


def test_a_select_keeps_its_own_attributes_and_those_of_its_field():
    pick = Pick({"class": "wide"}, choices=[("", "All"), ("Reps", [("1", "Jan & Co")])])
    assert pick.render("holder", "1", {"id": "filter_holder"}) == (
        '<select class="wide" id="filter_holder" name="holder"><option value="">All</option>'
        '<optgroup label="Reps"><option value="1" selected>Jan &amp; Co</option></optgroup></select>'
    )


@pytest.mark.parametrize("common", [-1, 10_000])
@pytest.mark.parametrize("few", [0, 10_000])
def test_each_reader_finds_those_of_their_leads_that_have_the_words(
    common: int, few: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search, "COMMON", common)
    monkeypatch.setattr(search, "FEW", few)
    rep, manager, marketer = make_user(Role.FARMER), make_user(Role.SALES_MANAGER), make_user(Role.MARKETER)
    make_team(manager, rep)
    named = [{"last_name": name, "name_key": name} for name in ("jansen", "zwart", "jansen", "jansen", "jansen")]
    leads = [make_lead(owner=rep, origin="sales", **who) for who in named] + [make_lead(**who) for who in named]
    while search.fill():
        pass
    theirs, others = ([leads[n + start].pk for n in (0, 2, 3, 4)] for start in (0, 5))
    found = [pages(LeadFilter({"q": "ansen"}, reader=one), is_down=True) for one in (rep, manager, marketer)]
    assert found == [theirs[::-1], theirs[::-1], (theirs + others)[::-1]]


@pytest.mark.parametrize(("near", "few"), [(10_000, 10_000), (2, 10_000), (2, 0)])
@pytest.mark.parametrize("asked", [{}, {"channel": "web"}, {"stage": "inquiry"}])
def test_overdue_leads_are_the_same_whichever_way_they_are_found(
    near: int, few: int, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """Many among the next leads; few in all; or so many that the leads are gone through."""
    monkeypatch.setattr(overdue, "NEAR", near)
    monkeypatch.setattr(overdue, "FEW", few)
    for channel in (Channel.EVENT, Channel.WEB, Channel.EVENT):
        make_lead(channel=channel, at=AT - timedelta(days=3))
    for _ in range(2):
        make_lead(channel=Channel.WEB, at=AT)
    fits = Lead.objects.filter(closed_at=None, next_step_at__lt=AT, **asked)
    keys = sorted(fits.values_list("pk", flat=True))
    form = LeadFilter(asked | {"overdue": "1"}, reader=make_user(Role.MARKETER))
    assert (pages(form, is_down=True, most=2), pages(form, is_down=False, most=2)) == (keys[::-1], keys)
