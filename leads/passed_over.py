"""What came in and did not become a lead, and why?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from leadops.accounts.models import User
from leadops.accounts.writing import TOLD_BY_A_PAGE
from leads import intake, objections, reasons
from leads.importing.fields import BY_KEY
from leads.models import CaptureForm, Contact, Intake

ENDED = (Intake.Verdict.SKIPPED, Intake.Verdict.ERROR)
NAMED = (("full_name",), ("first_name", "infix", "last_name"), ("email",), ("phone",), ("mobile",), ("organisation",))
"""By what somebody is named, the first that there is."""


class PassedOver(NamedTuple):
    """One enquiry that did not become a lead: who sent it, what, why it ended so, and the key of the person, where known."""

    intake: Intake
    who: str
    said: str
    reason: str
    person: int | None


def ended(form: CaptureForm | None = None) -> QuerySet[Intake]:
    """What ended as skipped or as an error, newest first, of one form or of all ways in.

    What a webhook or a stand handed in anew since, put right, is left out. Rides intake_passed_over.
    """
    found = Intake.objects.filter(verdict__in=ENDED, **({"entry__form": form} if form else {}))
    is_renewed = Q(source__in=(Intake.Source.HOOK, Intake.Source.HAND), hook_payload=None, stand_entry=None)
    ways = ("entry__form", "hook_payload__hook", "stand_entry__campaign", "token")
    return found.exclude(is_renewed).select_related(*ways).order_by("-pk")


def told(intakes: Sequence[Intake], *, reader: User) -> list[PassedOver]:
    """What is to be said of each, with the one person who bears its address or number, where the reader sees them."""
    people = objections.bearers({one.pk: objections.keys_in(one.payload) for one in intakes})
    seen = set(Contact.objects.visible_to(reader).filter(pk__in=set(people.values())).values_list("pk", flat=True))
    known = {n: person for n, person in people.items() if person in seen}
    return [
        PassedOver(one, who(one.payload), said(one.payload), reasons.said(one.reason), known.get(one.pk))
        for one in intakes
    ]


def who(payload: Mapping[str, Any]) -> str:
    """Somebody as they named themselves."""
    named = (" ".join(filter(None, (intake.as_text(payload.get(key)).strip() for key in keys))) for keys in NAMED)
    return next(filter(None, named), "")


def said(payload: Mapping[str, Any]) -> str:
    """All that was sent, a line for each field that says something; those with a name of their own first."""
    names = {key: str(field.label) for key, field in BY_KEY.items() if key in payload}
    names |= {key: str(TOLD_BY_A_PAGE.get(key, key)) for key in payload if key not in BY_KEY}
    texts = {key: intake.as_text(payload[key]) for key in names}
    return "\n".join(f"{names[key]}: {text}" for key, text in texts.items() if text)
