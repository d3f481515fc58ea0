"""Which records may be one person, and what does another program say of them?"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import CREATED, Endpoint
from leadops.api.fields import Moment
from leadops.api.paging import PageQuery, page
from leadops.api.problems import Refused, TooLate
from leadops.api.schema import refusals
from leads import duplicates
from leads.api.serializers import NEXT_PAGE, ContactRef
from leads.duplicates.likeness import WORDS
from leads.merging import GROUPS, MergeRefused
from leads.models import DuplicatePair

SIDES, OPEN = ("left", "right"), "open"
Decision = DuplicatePair.Decision


class PairOut(serializers.ModelSerializer):
    """Two records that may be one person."""

    score = serializers.IntegerField(min_value=0, max_value=100, help_text="How likely they are one person.")
    reasons = serializers.SerializerMethodField()
    left = ContactRef()
    right = ContactRef()
    decision = serializers.ChoiceField(Decision.choices, allow_blank=True, help_text="Empty while nobody decided.")
    merge = serializers.IntegerField(source="merge_id", allow_null=True, help_text="The number of the merge.")
    found_at = Moment()
    decided_at = Moment(allow_null=True)

    class Meta:
        model = DuplicatePair
        fields = ("id", "score", "reasons", "left", "right", "decision", "merge", "found_at", "decided_at")

    @extend_schema_field({"type": "array", "items": {"type": "string", "enum": list(WORDS)}})
    def get_reasons(self, pair: DuplicatePair) -> list[str]:
        return pair.reasons


class PairPage(serializers.Serializer):
    """A page of pairs, newest first."""

    results = PairOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


class PairQuery(PageQuery):
    """Which pairs: those that wait for a decision, unless another one is asked for."""

    decision = serializers.ChoiceField([OPEN, *Decision.values], required=False, default=OPEN)


class DecisionIn(serializers.Serializer):
    """What a pair is, and what a merge keeps."""

    decision = serializers.ChoiceField(Decision.choices)
    keep = serializers.ChoiceField(SIDES, required=False, default="left", help_text="The record that a merge keeps.")
    take = serializers.ListField(
        child=serializers.ChoiceField(list(GROUPS)),
        required=False,
        default=list,
        help_text="The groups of fields in which the other record's values win; what is empty is filled anyway.",
    )


class Duplicates(Endpoint):
    """/duplicates/"""

    reads = (Scope.DUPLICATES_READ,)
    right = "leads.merge_contacts"

    @extend_schema(
        operation_id="list_duplicates", summary="List duplicates", parameters=[PairQuery], responses=PairPage
    )
    def get(self, request: Request) -> Response:
        """Pairs of records that may be one person, newest first."""
        asked = self.asked(PairQuery)
        compared = DuplicatePair.objects.filter(score__isnull=False)
        wanted = asked["decision"]
        pairs = compared.undecided(timezone.now()) if wanted == OPEN else compared.filter(decision=wanted)
        return page(request, pairs.with_people(), asked, lambda rows: PairOut(rows, many=True).data)


class Decided(Endpoint):
    """/duplicates/<id>/decision/"""

    writes = (Scope.DUPLICATES_WRITE,)
    right = "leads.merge_contacts"

    @extend_schema(
        operation_id="decide_on_duplicate",
        summary="Decide",
        request=DecisionIn,
        responses={
            201: OpenApiResponse(PairOut, "Decided."),
            **refusals(
                s409="Too late: somebody decided on this pair before.",
                s422="They cannot be merged; `detail` says why.",
            ),
        },
        examples=[OpenApiExample("One person", {"decision": "merged", "take": ["job_title"]}, request_only=True)],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Say that two records are one person (the one folds into the other), two people, or to be asked later."""
        pair = get_object_or_404(DuplicatePair, pk=pk, score__isnull=False)
        said: dict[str, Any] = self.sent(DecisionIn)
        sides = {"keeps_right": said["keep"] == "right", "taken": said["take"]}
        try:
            duplicates.decide(pair.pk, said["decision"], by=self.user, at=timezone.now(), **sides)
        except duplicates.DecidedBefore as late:
            raise TooLate(str(late)) from None
        except MergeRefused as refused:
            raise Refused(str(refused)) from None
        return Response(PairOut(DuplicatePair.objects.with_people().get(pk=pk)).data, CREATED)
