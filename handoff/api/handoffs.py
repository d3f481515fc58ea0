"""What does another program do with a lead for the rep to whom it was handed?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from handoff import acceptance, deadlines, followup, outcomes
from handoff.api.serializers import FollowUpIn, FollowUpOut, HandoffOut, RejectionIn
from handoff.forms import CAN_END
from handoff.models import FollowUp, Handoff
from handoff.outcomes import Ending
from handoff.querysets import HandoffQuerySet
from leadops.accounts.tokens import Scope
from leadops.api.endpoints import CREATED, Endpoint
from leadops.api.problems import Refused, TooLate
from leadops.api.schema import refusals
from leads.models import Lead

TOO_LATE = refusals(s409="Too late: the lead went to somebody else or was closed, or this was done already.")
UNFIT = refusals(s422="It is understood and cannot be so; `detail` says why.")


class HandoffOne(Endpoint):
    """/handoffs/<id>/"""

    reads = (Scope.HANDOFFS_READ,)

    @extend_schema(operation_id="read_handoff", summary="Read a handoff", responses=HandoffOut)
    def get(self, request: Request, pk: int) -> Response:
        """One passing of a lead to a rep, why it was them, and what came of it."""
        return Response(told(Handoff.objects.visible_to(self.user).filter(pk=pk), self))


def told(handoffs: HandoffQuerySet, endpoint: Endpoint) -> Any:
    """The one handoff of the set as the token's user may see it; not found where there is none."""
    handoff = get_object_or_404(handoffs.with_explanation())
    return HandoffOut(handoff, context={"reader": endpoint.user}).data


class Working(Endpoint):
    """What one does with a handoff of one's own."""

    writes = (Scope.HANDOFFS_WRITE,)
    right = "handoff.work_queue"

    def own(self, pk: int) -> HandoffQuerySet:
        """The handoff, if it was to the token's user; not found else."""
        return Handoff.objects.filter(pk=get_object_or_404(Handoff, pk=pk, rep=self.user).pk)


def too_late() -> TooLate:
    """Somebody was first."""
    return TooLate(_("The lead is with somebody else now, or closed, or this was done already."))


class Acceptance(Working):
    """/handoffs/<id>/acceptance/"""

    @extend_schema(
        operation_id="accept_handoff",
        summary="Accept",
        request=None,
        responses={201: OpenApiResponse(HandoffOut, "Accepted."), **TOO_LATE},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take a lead on."""
        handoffs = self.own(pk)
        if not acceptance.accept(handoffs, by=self.user, at=timezone.now()):
            raise too_late()
        return Response(told(handoffs, self), CREATED)


class Rejection(Working):
    """/handoffs/<id>/rejection/"""

    @extend_schema(
        operation_id="reject_handoff",
        summary="Reject",
        request=RejectionIn,
        responses={201: OpenApiResponse(HandoffOut, "Back with marketing."), **TOO_LATE, **UNFIT},
        examples=[
            OpenApiExample("No budget", {"reason": "no_budget", "note": "Next year at best."}, request_only=True)
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send a lead back to marketing before anybody was spoken to, for a reason that both sides signed."""
        handoffs, said = self.own(pk), self.sent(RejectionIn)
        try:
            rejected = acceptance.reject(
                handoffs, by=self.user, reason=said["reason"], note=said.get("note", ""), at=timezone.now()
            )
        except acceptance.UnknownReason as unknown:
            raise Refused(str(unknown), pointer="#/reason") from None
        if not rejected:
            raise too_late()
        return Response(told(handoffs, self), CREATED)


class FollowUps(Working):
    """/handoffs/<id>/follow-ups/"""

    @extend_schema(
        operation_id="record_follow_up",
        summary="Record a follow-up",
        request=FollowUpIn,
        responses={201: OpenApiResponse(FollowUpOut, "Written; the lead as it stands now."), **TOO_LATE, **UNFIT},
        examples=[
            OpenApiExample("Nobody answered", {"disposition": "no_answer"}, request_only=True),
            OpenApiExample(
                "An appointment",
                {"disposition": "appointment", "next_step_at": "2026-12-01T09:30:00Z", "note": "Demo at their office."},
                request_only=True,
            ),
            OpenApiExample(
                "No need", {"kind": "call", "disposition": "no_interest", "disqualify": "no_need"}, request_only=True
            ),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Write down what was done for the lead and what came of it; one that was not accepted is accepted by it."""
        handoff, said, at = self.own(pk).get(), self.sent(FollowUpIn), timezone.now()
        require_ending(said)
        if handoff.ended_at is not None:
            raise too_late()
        columns = {
            name: said[name] for name in ("note", "next_step_at", "occurred_at", "kind", "disposition") if name in said
        }
        try:
            clock = deadlines.Clock([self.user.pk], at)
            done = outcomes.follow_up([handoff.lead_id], by=self.user, clock=clock, ending=ending(said), **columns)
        except followup.MomentRefused as refused:
            raise Refused(str(refused)) from None
        if not done:
            raise too_late()
        return Response(self.written(done[handoff.lead_id], at), CREATED)

    def written(self, key: int, at: datetime) -> Any:
        """A follow-up, with the lead after it."""
        follow_up = FollowUp.objects.get(pk=key)
        follow_up.lead = Lead.objects.with_story().get(pk=follow_up.lead_id)
        return FollowUpOut(follow_up, context={"at": at}).data


def require_ending(said: dict[str, Any]) -> None:
    """Raise Refused where a lead would leave the queue twice, or by an outcome with which it cannot."""
    endings = {"disqualify", "recycle"} & said.keys()
    if len(endings) > 1:
        raise Refused(_("A lead is closed or returned, not both."), pointer="#/recycle")
    if endings and said["disposition"] not in CAN_END:
        raise Refused(_("With this outcome a lead is neither closed nor returned."), pointer="#/disposition")


def ending(said: dict[str, Any]) -> Ending | None:
    """What becomes of the lead, if it is to leave the queue."""
    if "recycle" in said:
        return Ending(said["recycle"], is_return=True, wake_at=said.get("wake_at"))
    return Ending(said["disqualify"]) if "disqualify" in said else None
