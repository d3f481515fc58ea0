"""What does the rep of a token work on now?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from handoff import queue
from handoff.api.serializers import CountsOut, QueueLeadOut, QueueOut, SectionOut, SectionQuery
from handoff.queue import LATER, NOW, Position
from leadops.accounts.models import User
from leadops.accounts.tokens import Scope
from leadops.api.endpoints import Endpoint
from leadops.api.paging import address
from leadops.api.problems import Refused
from leadops.api.schema import refusals
from leads.models import Lead

SECTIONS = (*NOW, LATER)
FIRST_YEAR = 2000
"""No next step lies before it."""
SECTION = OpenApiParameter("section", str, OpenApiParameter.PATH, enum=SECTIONS)


class Queue(Endpoint):
    """/queue/"""

    reads = (Scope.HANDOFFS_READ,)
    right = "handoff.work_queue"

    @extend_schema(operation_id="read_queue", summary="Read the queue", responses=QueueOut)
    def get(self, request: Request) -> Response:
        """What the token's user does today, in the order of their queue."""
        at = timezone.now()
        found = queue.for_rep(self.user, at)
        sections = {name: told(getattr(found, name), self.user, at) for name in NOW}
        return Response({"counts": CountsOut(found.counts).data} | sections)


class Section(Endpoint):
    """/queue/<section>/"""

    reads = (Scope.HANDOFFS_READ,)
    right = "handoff.work_queue"

    @extend_schema(
        operation_id="read_queue_section",
        summary="Read on in the queue",
        parameters=[SECTION, SectionQuery],
        responses={200: SectionOut, **refusals(s422="`after` is no place in the queue.")},
    )
    def get(self, request: Request, section: str) -> Response:
        """One section of the queue, page after page."""
        if section not in SECTIONS:
            raise Http404
        asked, at = self.asked(SectionQuery), timezone.now()
        after = _position(asked.get("after", ""))
        leads = queue.section(self.user, at, section, after=after, shown=asked["limit"] + 1)
        shown = leads[: asked["limit"]]
        is_more = len(leads) > len(shown)
        following = address(request, after=_written(shown[-1])) if is_more else None
        return Response({"results": told(shown, self.user, at), "next": following})


def told(leads: Sequence[Lead], user: User, at: datetime) -> Any:
    """Leads of the user's own queue as other programs read them."""
    for lead in leads:
        lead.owner = user
    return QueueLeadOut(leads, many=True, context={"at": at}).data


def _position(text: str) -> Position | None:
    moment, _sign, key = text.partition("~")
    try:
        found = parse_datetime(moment)
    except ValueError:
        found = None
    if text and (found is None or found.year < FIRST_YEAR):
        raise Refused(_("Use the address that `next` gives."))
    return (found, int(key)) if found else None


def _written(lead: Lead) -> str:
    return f"{lead.next_step_at:%Y-%m-%dT%H:%M:%S.%fZ}~{lead.pk}"
