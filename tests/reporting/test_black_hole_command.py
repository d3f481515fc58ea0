from __future__ import annotations

import json
from datetime import UTC
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from leadops.foundation import lay
from tests.factories import make_campaign
from tests.handoff.factories import make_rep
from tests.reporting.factories import FRIDAY, book, called, never

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday():
    lay()
    with time_machine.travel(FRIDAY, tick=False):
        yield


def run(*options: str) -> str:
    out = StringIO()
    call_command("black_hole", *options, stdout=out)
    return out.getvalue()


def row(key: str, name: str, delivered: int, called: int, lost: float) -> dict[str, object]:
    never = delivered - called
    return {
        "key": key,
        "name": name,
        "delivered": delivered,
        "followed_up": called,
        "followed_up_in_time": called,
        "answered_otherwise": 0,
        "not_yet_due": 0,
        "never_followed_up": never,
        "share": round(never / delivered, 4),
        "spend_lost": lost,
    }


def test_json_tells_all_and_its_cuts():
    rep, campaign = make_rep(name="Daan Smit"), make_campaign("ICT Noord")
    book(campaign, 100)
    called(rep, campaign=campaign)
    never(rep, campaign=campaign)
    never(channel="web")
    told = json.loads(run("--json"))
    assert told == {
        "from": "2026-04-01",
        "to": "2026-06-19",
        "as_of": FRIDAY.astimezone(UTC).isoformat(),
        **{name: value for name, value in row("", "", 3, 1, 50.0).items() if name not in ("key", "name")},
        "currency": "EUR",
        "by_channel": [row("event", "Event", 2, 1, 50.0), row("web", "Web", 1, 0, 0.0)],
        "by_campaign": [row(str(campaign.pk), "ICT Noord", 2, 1, 50.0), row("", "No campaign", 1, 0, 0.0)],
        "by_rep": [row(str(rep.pk), "Daan Smit", 2, 1, 50.0), row("pool", "Pool", 1, 0, 0.0)],
        "by_cause": [row("unknown", "Not yet known", 2, 0, 50.0)],
    }


def test_as_of_tells_what_was_known_then():
    never()
    told = json.loads(run("--json", "--as-of", "2026-06-16T12:00", "--from", "2026-06-16", "--to", "2026-06-16"))
    assert (told["delivered"], told["not_yet_due"], told["never_followed_up"], told["share"]) == (1, 1, 0, None)
    assert told["as_of"] == "2026-06-16T12:00:00+02:00"


def test_in_words():
    never()
    assert "Never followed up: 1 (100%), which had cost €0" in run()


@pytest.mark.parametrize(
    "options",
    [
        ("--from", "2026-02-31"),
        ("--from", "x"),
        ("--to", "0001-01-01"),
        ("--from", "2026-06-02", "--to", "2026-06-01"),
        ("--as-of", "2099-01-01T00:00"),
        ("--as-of", "0001-01-01T00:00"),
        ("--as-of", "2026-01-01T25:00"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(options):
    with pytest.raises(CommandError) as refused:
        run(*options)
    assert "\n" not in str(refused.value)
