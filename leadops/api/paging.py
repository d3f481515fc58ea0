"""How does a long list come? In pages that begin where the last one ended, so that any depth costs the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.api.fields import Key

USUAL, MOST = 50, 200


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": MOST})
class Limit(Key):
    """How many rows a page has."""

    default_error_messages = {"many": _("At most %(most)d fit on a page.") % {"most": MOST}}

    def to_internal_value(self, data: Any) -> int:
        limit = super().to_internal_value(data)
        if limit > MOST:
            self.fail("many")
        return limit


class PageQuery(serializers.Serializer):
    """Which part of a list: the newest, or those before a number that the last page ended with."""

    before = Key(required=False, help_text="Only rows with a number below this; `next` gives it.")
    limit = Limit(required=False, default=USUAL, help_text=f"How many rows, at most {MOST}.")


def page(request: Request, rows: QuerySet[Any], asked: dict[str, Any], told: Callable[[list[Any]], Any]) -> Response:
    """The rows asked for, newest first, and the address of those after them."""
    limit = asked["limit"]
    if before := asked.get("before"):
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: limit + 1])
    following = address(request, before=str(found[limit - 1].pk)) if len(found) > limit else None
    return Response({"results": told(found[:limit]), "next": following})


def address(request: Request, **place: str) -> str:
    """The address of another part of the same list."""
    query = QueryDict(mutable=True)
    query.update(request.query_params.dict() | place)
    return f"{request.path}?{query.urlencode()}"
