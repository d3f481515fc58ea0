"""How does another program pause an import that is under way, let it go on, or end it? By the same acts as the pages."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import CREATED, Endpoint
from leadops.api.problems import TooLate
from leadops.api.schema import refusals
from leads import tasks
from leads.api.imports import ImportOut
from leads.importing import running
from leads.models import ImportBatch

TOO_LATE = refusals(s409="Too late: the import is in another state by now.")


class Holding(Endpoint):
    """What one does with an import that is under way."""

    writes = (Scope.IMPORTS_WRITE,)
    right = "leads.import_leads"


def told(pk: int, *, is_done: bool) -> Response:
    """The import as it stands now; too late where the act changed nothing."""
    if not is_done:
        raise TooLate(_("That came too late: the import is in another state by now."))
    return Response(ImportOut(ImportBatch.objects.select_related("campaign", "by").get(pk=pk)).data, CREATED)


class Pause(Holding):
    """/imports/<id>/pause/"""

    @extend_schema(
        operation_id="pause_import",
        summary="Pause",
        request=None,
        responses={201: OpenApiResponse(ImportOut, "Paused; the rows being written are finished first."), **TOO_LATE},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Hold a run after the rows that are being written; it stays held until somebody lets it go on."""
        return told(pk, is_done=running.pause(get_object_or_404(ImportBatch, pk=pk)))


class Resumption(Holding):
    """/imports/<id>/resumption/"""

    @extend_schema(
        operation_id="resume_import",
        summary="Resume",
        request=None,
        responses={201: OpenApiResponse(ImportOut, "It goes on behind the last row that is in."), **TOO_LATE},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let a paused run go on."""
        is_done = running.resume(get_object_or_404(ImportBatch, pk=pk))
        tasks.ring()
        return told(pk, is_done=is_done)


class Cancellation(Holding):
    """/imports/<id>/cancellation/"""

    @extend_schema(
        operation_id="cancel_import",
        summary="Cancel",
        request=None,
        responses={201: OpenApiResponse(ImportOut, "Ended; what is in stays in."), **TOO_LATE},
    )
    def post(self, request: Request, pk: int) -> Response:
        """End a run for good, with what is in, or a check, back at its columns."""
        is_done = running.cancel(get_object_or_404(ImportBatch, pk=pk), at=timezone.now())
        tasks.ring()
        return told(pk, is_done=is_done)
