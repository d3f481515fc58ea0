"""What does a form ask, in which order, and what came in with it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from leads.models import CaptureForm, Intake

OFFERED = (
    "full_name", "salutation", "first_name", "infix", "last_name", "email", "phone", "mobile", "job_title", "department",
    "organisation", "website", "street", "house_number", "postcode", "city", "country", "industry", "employees",
    "interest", "notes",
)  # fmt: skip
"""The fields that a form can ask for."""
WHO = frozenset({"full_name", "first_name", "last_name", "email", "phone", "mobile"})
"""A form asks for at least one of these, or nobody could tell who it is about."""
FIRST = [
    {"field": "full_name", "label": "", "is_required": True},
    {"field": "email", "label": "", "is_required": True},
    {"field": "organisation", "label": "", "is_required": False},
    {"field": "notes", "label": "", "is_required": False},
]
"""What a new form asks."""
RECENT = timedelta(days=30)
Fields = list[dict[str, Any]]


def arranged(fields: Sequence[Mapping[str, Any]], act: str) -> Fields:
    """The fields after an act: `up:x`, `down:x`, `drop:x` or `add:x`; any other changes nothing."""
    verb, _colon, name = act.partition(":")
    names, after = [one["field"] for one in fields], [dict(one) for one in fields]
    if verb == "add" and name in OFFERED and name not in names:
        return [*after, {"field": name, "label": "", "is_required": False}]
    if name not in names:
        return after
    place = names.index(name)
    if verb == "drop":
        return after[:place] + after[place + 1 :]
    if verb in ("up", "down"):
        after.insert(max(0, place + (-1 if verb == "up" else 1)), after.pop(place))
    return after


def is_answerable(fields: Sequence[Mapping[str, Any]]) -> bool:
    """Whether somebody who fills this in can be told apart from others."""
    return any(one["field"] in WHO for one in fields)


def change(forms: QuerySet[CaptureForm], **values: Any) -> int:
    """Change what forms ask or say, as a new version; return how many."""
    return forms.update(**values, version=F("version") + 1)


def with_figures(forms: QuerySet[CaptureForm], at: datetime) -> QuerySet[CaptureForm]:
    """The forms with what came in: in all, lately, as new leads, skipped, as errors, and when last."""
    lately = Q(entries__received_at__gt=at - RECENT)
    return forms.annotate(
        came=Count("entries"),
        came_lately=Count("entries", filter=lately),
        opened=Count("entries", filter=Q(entries__intake__verdict=Intake.Verdict.CREATED)),
        skipped=Count("entries", filter=Q(entries__intake__verdict=Intake.Verdict.SKIPPED)),
        failed=Count("entries", filter=Q(entries__intake__verdict=Intake.Verdict.ERROR)),
        consented=Count("entries", filter=~Q(entries__wordings={})),
        confirmed=Count("entries", filter=Q(entries__confirmed_at__isnull=False)),
        last_at=Max("entries__received_at"),
    )
