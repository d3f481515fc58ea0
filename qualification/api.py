"""How is the shared lead definition told to other programs?"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import Endpoint
from leadops.api.fields import Moment
from qualification.models import Criterion, Definition, Signature


class CriterionOut(serializers.ModelSerializer):
    """One line of a definition: a must-have, or points for fit or engagement."""

    kind = serializers.ChoiceField(Criterion.Kind.choices)
    condition = serializers.DictField(help_text="Which leads it is about, in the condition language.")

    class Meta:
        model = Criterion
        fields = ("position", "kind", "label_en", "label_nl", "condition", "points", "cap", "half_life_days")


class SignatureOut(serializers.ModelSerializer):
    """One side's word for a definition."""

    side = serializers.ChoiceField(Signature.Side.choices)
    by = serializers.CharField(source="by.name")
    signed_at = Moment()

    class Meta:
        model = Signature
        fields = ("side", "by", "signed_at", "digest")


class DefinitionOut(serializers.ModelSerializer):
    """One version of the definition; times are in working minutes."""

    is_in_force = serializers.SerializerMethodField()
    in_force_at = Moment(allow_null=True)
    criteria = CriterionOut(many=True)
    signatures = SignatureOut(many=True)
    reject_reasons = serializers.SerializerMethodField()

    class Meta:
        model = Definition
        fields = (
            "version", "name", "is_in_force", "in_force_at", "threshold", "fit_cap", "engagement_cap",
            "promise_minutes", "accept_minutes", "qualify_minutes", "exploration_percent", "reject_reasons",
            "criteria", "signatures",
        )  # fmt: skip

    def get_is_in_force(self, definition: Definition) -> bool:
        in_force: Definition | None = self.context["in_force"]
        return in_force is not None and in_force.pk == definition.pk

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_reject_reasons(self, definition: Definition) -> list[str]:
        """The keys with which a rejection names its reason."""
        return [reason["key"] if isinstance(reason, dict) else reason for reason in definition.reject_reasons]


class DefinitionList(serializers.Serializer):
    """All versions, newest first."""

    results = DefinitionOut(many=True)


def told(definitions: Any, *, many: bool = False) -> Any:
    """Definitions as other programs read them."""
    return DefinitionOut(definitions, many=many, context={"in_force": Definition.objects.in_force(timezone.now())}).data


class Definitions(Endpoint):
    """/definitions/"""

    reads = (Scope.DEFINITIONS_READ,)

    @extend_schema(operation_id="list_definitions", summary="List definitions", responses=DefinitionList)
    def get(self, request: Request) -> Response:
        """Every version of the shared lead definition, newest first."""
        return Response({"results": told(_whole().order_by("-version"), many=True)})


class DefinitionOne(Endpoint):
    """/definitions/<version>/"""

    reads = (Scope.DEFINITIONS_READ,)

    @extend_schema(operation_id="read_definition", summary="Read a definition", responses=DefinitionOut)
    def get(self, request: Request, version: int) -> Response:
        """One version of the shared lead definition."""
        return Response(told(get_object_or_404(_whole(), version=version)))


def _whole() -> Any:
    return Definition.objects.prefetch_related("criteria", "signatures__by")


urlpatterns = [
    path("definitions/", Definitions.as_view(), name="definitions"),
    path("definitions/<int:version>/", DefinitionOne.as_view(), name="definition"),
]
