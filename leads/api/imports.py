"""How does another program import a file, and see what became of it? By the same steps as the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import ACCEPTED, Endpoint
from leadops.api.fields import Flag, Moment, Text
from leadops.api.paging import PageQuery, page
from leadops.api.problems import Refused
from leadops.api.schema import refusals
from leads import tasks
from leads.api.serializers import NEXT_PAGE, CampaignRef, PersonRef
from leads.forms.imports import UploadForm, too_large
from leads.forms.uploads import LARGEST, Bounded
from leads.importing import choosing, orders, running, templates
from leads.models import ImportBatch
from leads.stages import Channel


class ColumnOut(serializers.Serializer):
    """A column of the file, and the field that it becomes."""

    header = serializers.CharField()
    field = serializers.CharField(allow_null=True, help_text="Null: kept with the person as it stands. `-`: left out.")


class ImportOut(serializers.ModelSerializer):
    """One file: how far it is, and how its rows ended. The five counts together are the rows that were judged."""

    state = serializers.ChoiceField(ImportBatch.State.choices)
    channel = serializers.ChoiceField(Channel.choices, allow_blank=True)
    campaign = CampaignRef(allow_null=True)
    by = PersonRef(allow_null=True)
    columns = serializers.SerializerMethodField()
    created_at = Moment()
    finished_at = Moment(allow_null=True)

    class Meta:
        model = ImportBatch
        fields = (
            "id", "name", "sheet", "state", "problem", "campaign", "channel", "by", "columns", "rows", "committed",
            "created", "updated", "merged", "skipped", "errors", "created_at", "finished_at",
        )  # fmt: skip

    def get_columns(self, batch: ImportBatch) -> list[dict[str, Any]]:
        pairs = zip(batch.headers, batch.mapping, strict=False)
        return [{"header": header, "field": field} for header, field in pairs]


class ImportPage(serializers.Serializer):
    """A page of imports, newest first."""

    results = ImportOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


@extend_schema_field({"type": "string", "format": "binary", "minLength": 1})
class Upload(serializers.FileField):
    """A file that is sent."""


class ImportIn(serializers.Serializer):
    """A file to import, and what is to be done with it."""

    file = Upload(help_text=f"CSV, XLSX, XLS, ODS or vCard, up to {LARGEST // 1_000_000} MB.")
    campaign = Text(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="For rows that name none; it is made with the run if there is none of that name.",
    )
    channel = serializers.ChoiceField(
        Channel.choices, required=False, help_text="For rows that do not say how they came."
    )
    sheet = Text(required=False, allow_blank=True, max_length=200, help_text="The sheet of a workbook; else the first.")
    mapping = Text(
        required=False,
        allow_blank=True,
        max_length=100_000,
        help_text="A JSON object of headers and the fields that they become; else as suggested. See `columns`. More can be said, "
        'as `{"columns": {"Job": {"field": "job_title", "on_conflict": "overwrite"}}, "constants": {"country": "NL"}, '
        '"known_by": ["email"], "consent": {"purpose": "newsletter", "wording": "Yes, mail me the newsletter."}}`.',
    )
    header_row = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="The line that names the columns, from 1; 0 where none does. Else the line that looks like it.",
    )
    date_order = serializers.ChoiceField(
        sorted(orders.LABELS),
        required=False,
        help_text="How dates are written in columns where day and month cannot be told apart; else as in the country.",
    )
    run = Flag(required=False, help_text="`false` only reads the columns, so that somebody looks at them first.")


class Imports(Endpoint):
    """/imports/"""

    reads = (Scope.IMPORTS_READ, Scope.IMPORTS_WRITE)
    writes = (Scope.IMPORTS_WRITE,)
    right = "leads.import_leads"

    def get_parsers(self) -> list[Any]:
        """A file comes as a form."""
        return [MultiPartParser()]

    @extend_schema(operation_id="list_imports", summary="List imports", parameters=[PageQuery], responses=ImportPage)
    def get(self, request: Request) -> Response:
        """The imports of everybody, newest first."""
        batches = ImportBatch.objects.select_related("campaign", "by").defer("reading", "preview", "draft")
        return page(request, batches, self.asked(PageQuery), lambda rows: ImportOut(rows, many=True).data)

    @extend_schema(
        operation_id="import_file",
        summary="Import a file",
        request={"multipart/form-data": ImportIn},
        parameters=[
            OpenApiParameter(
                "Location", str, OpenApiParameter.HEADER, response=[202], description="Where the import is."
            )
        ],
        responses={
            202: OpenApiResponse(
                ImportOut, "Kept; the run is under way, or waits for somebody to look at its columns."
            ),
            **refusals(s422="The file cannot be read, or the mapping does not fit it."),
        },
    )
    def post(self, request: Request) -> Response:
        """Keep a file and have it run, by the suggested fields or by those that `mapping` names."""
        request._request.upload_handlers = [Bounded(request._request)]  # noqa: SLF001 - before the body is read
        said = self.sent(ImportIn)
        mapping = _mapping(said.get("mapping", ""))
        batch = self.received(said)
        if order := said.get("date_order"):
            running.change(batch, options=batch.options | {"date_order": order})
        if mapping:
            self.choose(batch, mapping)
        if said.get("run", True) and running.request(batch):
            running.enter_campaign(batch, at=timezone.now())
            tasks.ring()
        batch.refresh_from_db()
        return Response(ImportOut(batch).data, ACCEPTED, headers={"Location": f"/api/v1/imports/{batch.pk}/"})

    def received(self, said: Mapping[str, Any]) -> ImportBatch:
        """The batch of the file; Refused, and forgotten, where it cannot be read."""
        at, file = timezone.now(), said["file"]
        if file.size > LARGEST:
            raise Refused(too_large(), pointer="#/file", status=413)
        named = {"campaign": said.get("campaign", ""), "channel": said.get("channel", "")}
        form = UploadForm(named, MultiValueDict({"file": [file]}))
        if not form.is_valid():
            raise Refused("; ".join(str(error) for errors in form.errors.values() for error in errors))
        asked = {
            "sheet": said.get("sheet", ""),
            "header_row": said.get("header_row"),
            "channel": said.get("channel", ""),
        }
        batch = running.create(file, file.name, by=self.user, at=at, **asked)
        if not batch.headers and not batch.problem:
            batch.problem = _("There are no rows below the header. Check that the right sheet and file were chosen.")
        if batch.problem:
            choosing.discard(batch)
            raise Refused(batch.problem, pointer="#/file")
        running.change(batch, **form.of_campaign())
        return batch

    def choose(self, batch: ImportBatch, mapping: templates.Content) -> None:
        """Let the columns become what the mapping says; Refused, and forgotten, where it names a column that is not there."""
        if unknown := templates.unknown_headers(batch, mapping):
            choosing.discard(batch)
            raise Refused(
                _("The file has no such columns: %(headers)s") % {"headers": ", ".join(unknown)}, pointer="#/mapping"
            )
        fields, options = templates.chosen(batch, mapping, keeps_others=False)
        choosing.columns(batch, fields, options, at=timezone.now())


def _mapping(text: str) -> templates.Content | None:
    """The mapping that was sent, if any; Refused where it is none, or names fields that do not exist."""
    try:
        return templates.read(json.loads(text)) if text else None
    except templates.UnfitError as problem:
        raise Refused(str(problem), pointer="#/mapping") from None
    except (ValueError, RecursionError):
        sentence = _("Send a JSON object of headers and fields; a field is a key of the list of fields, or null.")
        raise Refused(sentence, pointer="#/mapping") from None


class ImportOne(Endpoint):
    """/imports/<id>/"""

    reads = (Scope.IMPORTS_READ, Scope.IMPORTS_WRITE)
    right = "leads.import_leads"

    @extend_schema(operation_id="read_import", summary="Read an import", responses=ImportOut)
    def get(self, request: Request, pk: int) -> Response:
        """How far an import is, and how its rows ended."""
        batch = get_object_or_404(ImportBatch.objects.select_related("campaign", "by"), pk=pk)
        return Response(ImportOut(batch).data)
