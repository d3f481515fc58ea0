"""How does another program, a dialler for one, work through a call list for a caller?"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import CREATED, Endpoint
from leadops.api.fields import Moment, Text
from leadops.api.paging import PageQuery, page
from leadops.api.problems import Refused, TooLate
from leadops.api.schema import refusals
from leads.api.serializers import NEXT_PAGE, CampaignRef, ContactOut
from leads.calling import figures, handing_out, recording
from leads.forms.calling import CallForm
from leads.models import Call, CallList, CallTarget
from leads.reach import reach

NOBODY = 204


class CallListOut(serializers.ModelSerializer):
    """A call list, and how far it is."""

    campaign = CampaignRef()
    closed_at = Moment(allow_null=True)
    contacts, to_call, done, kept_out, attempts, reached = (serializers.SerializerMethodField() for _n in range(6))

    class Meta:
        model = CallList
        fields = (
            "id",
            "name",
            "campaign",
            "closed_at",
            "contacts",
            "to_call",
            "done",
            "kept_out",
            "attempts",
            "reached",
        )

    def _figures(self, one: CallList) -> figures.Figures:
        found: figures.Figures = self.context["figures"][one.pk]
        return found

    def get_contacts(self, one: CallList) -> int:
        return self._figures(one).contacts

    def get_to_call(self, one: CallList) -> int:
        return self._figures(one).to_call

    def get_done(self, one: CallList) -> int:
        return self._figures(one).done

    def get_kept_out(self, one: CallList) -> int:
        return self._figures(one).kept_out

    def get_attempts(self, one: CallList) -> int:
        return self._figures(one).attempts

    def get_reached(self, one: CallList) -> int:
        return self._figures(one).reached


class CallListPage(serializers.Serializer):
    """A page of call lists, newest first."""

    results = CallListOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


class QuestionOut(serializers.Serializer):
    """A question of the script."""

    key = serializers.CharField()
    question = serializers.CharField(source="label")
    kind = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())


class TargetOut(serializers.ModelSerializer):
    """Whom to call now, on which number, and what to ask. They are the caller's until `claimed_until`."""

    contact = ContactOut(source="lead.contact")
    lead = serializers.IntegerField(source="lead_id")
    number = serializers.SerializerMethodField(help_text="The number to dial.")
    opening = serializers.CharField(source="call_list.opening")
    questions = QuestionOut(source="call_list.questions", many=True)
    claimed_until = Moment()

    class Meta:
        model = CallTarget
        fields = ("id", "lead", "contact", "number", "attempts", "opening", "questions", "claimed_until")

    def get_number(self, target: CallTarget) -> str:
        return reach(target.lead.contact).phone


class CallIn(serializers.Serializer):
    """What came of a call."""

    target = serializers.IntegerField(min_value=1, max_value=10**18, help_text="As it was handed out.")
    disposition = serializers.ChoiceField(Call.Disposition.choices)
    note = Text(required=False, default="", allow_blank=True, max_length=5_000)
    why = serializers.ChoiceField(Call.Why.choices, required=False, help_text="Why they are not interested.")
    call_back_at = Moment(required=False, help_text="When to call back; needed for call_back.")
    answers = serializers.DictField(
        child=Text(allow_blank=True, max_length=1_000),
        required=False,
        default=dict,
        help_text="By the key of the question, as it would be typed: yes or no, 2027-03-31, one of the choices.",
    )
    replace = serializers.ListField(
        child=Text(max_length=20),
        required=False,
        default=list,
        help_text="Questions whose answers replace what is known.",
    )


class CallOut(serializers.ModelSerializer):
    """A call that was written down."""

    disposition = serializers.ChoiceField(Call.Disposition.choices)
    occurred_at = Moment()
    next_at = Moment(allow_null=True, help_text="When they are called again; null where the list is done with them.")

    class Meta:
        model = Call
        fields = ("id", "target", "lead", "disposition", "is_reached", "note", "next_at", "occurred_at")


class CallLists(Endpoint):
    """/call-lists/"""

    reads = (Scope.CALLS_READ,)
    right = "leads.make_calls"

    @extend_schema(
        operation_id="list_call_lists", summary="List call lists", parameters=[PageQuery], responses=CallListPage
    )
    def get(self, request: Request) -> Response:
        """Call lists, newest first: all for marketing, for others those that they call for."""
        asked, found = self.asked(PageQuery), CallList.objects.visible_to(self.user).select_related("campaign")
        return page(request, found, asked, _told)


def _told(rows: Any) -> Any:
    counted = figures.of_lists([one.pk for one in rows])
    return CallListOut(rows, many=True, context={"figures": counted}).data


class Calling(Endpoint):
    """What a caller does with a list that they call for."""

    writes = (Scope.CALLS_WRITE,)
    right = "leads.make_calls"

    def own(self, pk: int) -> CallList:
        """The list, if the token's user calls for it; not found else."""
        found: CallList = get_object_or_404(CallList.objects.called_by(self.user), pk=pk)
        return found


class NextCall(Calling):
    """/call-lists/<id>/next/"""

    @extend_schema(
        operation_id="take_next_call",
        summary="Take the next one",
        request=None,
        responses={200: OpenApiResponse(TargetOut, "Whom to call."), 204: OpenApiResponse(None, "Nobody, for now.")},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Whom to call next; asked again before the call is written down, the same one."""
        target = handing_out.next_for(self.own(pk), by=self.user, at=timezone.now())
        return Response(TargetOut(target).data) if target else Response(status=NOBODY)


class Calls(Calling):
    """/call-lists/<id>/calls/"""

    @extend_schema(
        operation_id="record_call",
        summary="Record a call",
        request=CallIn,
        responses={
            201: OpenApiResponse(CallOut, "Written down."),
            **refusals(
                s409="Too late: this was written down before, or somebody else has them now.",
                s422="It is understood and cannot be so; `detail` says why.",
            ),
        },
        examples=[OpenApiExample("Nobody answered", {"target": 7, "disposition": "no_answer"}, request_only=True)],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Write down what came of a call to whom was handed out."""
        said, at, found = self.sent(CallIn), timezone.now(), self.own(pk)
        target = get_object_or_404(
            CallTarget.objects.select_related("lead__contact"), pk=said["target"], call_list=found
        )
        form = CallForm(_typed(said), questions=found.questions, contact=target.lead.contact, at=at)
        if not form.is_valid():
            raise Refused(" ".join(str(one) for errors in form.errors.values() for one in errors))
        try:
            made = recording.record(target.pk, said=form.said, by=self.user, at=at)
        except recording.SomebodyElse as refused:
            raise TooLate(str(refused)) from None
        return Response(CallOut(made).data, CREATED)


def _typed(said: dict[str, Any]) -> dict[str, Any]:
    """What was sent as the form of a caller takes it."""
    back = said.get("call_back_at")
    typed = {"disposition": said["disposition"], "note": said["note"], "why": said.get("why", "")}
    replaced = {f"replace_{key}": "on" for key in said["replace"]}
    return {**said["answers"], **replaced, **typed, "when": back.isoformat() if back else ""}
