"""Whom did the demo company's marketers call on its last working day, for a list of what waits to be qualified?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import translation

from leadops.demo.almanac import DAY_MINUTES
from leadops.demo.scene import Scene
from leads.calling import handing_out, lists, recording, scripts
from leads.calling.recording import Said
from leads.models import CallList, Campaign
from leads.stages import Channel, Stage

NAME = "Nabellen najaar"
OPENING = "Goedemiddag, je spreekt met … van Polderpost ICT. Je liet laatst je gegevens bij ons achter. Bel ik gelegen?"
CALLERS = ("lotte", "bas")
APART = 9
# How each call went, in their order, and what was said. Nobody is keen yet, so that no figure of the story changes.
CALLS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("no_answer", {}),
    ("call_back", {"note": "In overleg, morgen weer", "answers": {"q2": True, "q4": "Dit jaar"}}),
    ("voicemail", {"note": "Ingesproken"}),
    ("not_interested", {"why": "contract", "answers": {"q2": False}}),
    ("no_answer", {}),
    ("busy", {}),
    ("call_back", {"note": "Belt liever na het weekend", "answers": {"q2": True, "q3": True, "q4": "Later"}}),
    ("not_interested", {"why": "no_need", "note": "Net overgestapt"}),
    ("no_answer", {}),
    ("voicemail", {}),
    ("not_interested", {"why": "priorities"}),
    ("no_answer", {}),
)


def call(scene: Scene) -> CallList:
    """Make the list as the last working day begins, and call some of it in the afternoon."""
    begun = -DAY_MINUTES + 1
    made = _made(scene, begun)
    lists.fill(made, at=scene.almanac.at(begun))
    for n, (disposition, said) in enumerate(CALLS):
        at, by = scene.almanac.at(-DAY_MINUTES + 300 + n * APART), scene.staff[CALLERS[n % 2]]
        if target := handing_out.next_for(made, by=by, at=at):
            back = scene.almanac.now + timedelta(hours=3 + n) if disposition == "call_back" else None
            recording.record(target.pk, said=Said(disposition, call_back_at=back, **said), by=by, at=at)
    return made


def _made(scene: Scene, begun: int) -> CallList:
    at, owner = scene.almanac.at(begun), scene.staff["lotte"]
    campaign = Campaign.objects.create(name=NAME, channel=Channel.TELEMARKETING, owner=owner, created_at=at)
    with translation.override("nl"):
        questions = scripts.first()
        scripts.register(questions, at=at)
    asked = {"filters": {"stage": Stage.INQUIRY}, "condition": None, "keys": None}
    script = {"opening": OPENING, "questions": questions, "questions_made": len(questions)}
    made = CallList.objects.create(name=NAME, campaign=campaign, by=owner, asked=asked, asked_at=at, **script)
    made.callers.add(*(scene.staff[name] for name in CALLERS))
    return made
