"""How does another program send enquiries in? They are kept durably at once, and judged a moment later."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.authentication import TokenAuthentication
from leadops.api.endpoints import ACCEPTED, CREATED, Endpoint
from leadops.api.fields import Flag, Moment
from leadops.api.negotiation import JsonAlone
from leadops.api.paging import page
from leadops.api.problems import Malformed, Refused, escaped
from leadops.api.schema import refusals
from leads import reasons, receipts, tasks
from leads.api.records import leads_asked
from leads.api.serializers import LeadOut, LeadPage, LeadQuery
from leads.importing.fields import BY_KEY
from leads.models import Intake, Lead
from leads.receipts import Received

MOST_AT_ONCE = 1_000
MOST_MEMBERS = 300
LONGEST_NAME = 300
LONGEST_VALUE = 20_000
LARGEST_BODY = 2_500_000
KEY = re.compile(r"[\x21-\x7e]{1,200}")
JSON, NEGOTIATION, AUTHENTICATION = [JSONRenderer()], JsonAlone(), TokenAuthentication()
SCALARS = (str, int, float, bool, type(None))

VALUE: dict[str, Any] = {"type": ["string", "number", "boolean", "null"], "maxLength": LONGEST_VALUE}
MEMBER = {"type": [*VALUE["type"], "array"], "maxLength": LONGEST_VALUE, "items": VALUE, "maxItems": 100}
ANNA = {
    "full_name": "Anna de Wit",
    "email": "anna.dewit@wit.example",
    "phone": "020 555 01 24",
    "organisation": "Wit Bouw B.V.",
    "campaign": "Webinar planning",
    "channel": "web",
    "interest": "Planning software",
    "team size": 12,
}
ENQUIRY = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": MOST_MEMBERS,
    "propertyNames": {"maxLength": LONGEST_NAME},
    "properties": {
        key: VALUE | {"description": f"{field.label}, such as “{field.example}”."}
        for key, field in BY_KEY.items()
        if not field.is_history
    },
    "additionalProperties": MEMBER,
    "examples": [ANNA],
}
BATCH = {"type": "array", "items": ENQUIRY, "minItems": 1, "maxItems": MOST_AT_ONCE, "examples": [[ANNA]]}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
    OpenApiParameter.HEADER,
    description="A key of your own for this request: sent again with the same body, it gives the same receipt.",
)
LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[201, 202], description="Where the lead or the receipt is."
)
KEY_TAKEN = refusals(s422="The idempotency key was used for another body, or (waited for) the enquiry says nothing.")


class ReceiptOut(serializers.ModelSerializer):
    """What became of an enquiry that was sent in."""

    received_at = Moment()
    judged_at = Moment(allow_null=True, help_text="Null until it is judged.")
    verdict = serializers.ChoiceField(["waiting", *Intake.Verdict.values], source="verdict_now")
    reason = serializers.SerializerMethodField(help_text="Why it ended so, in the language asked for.")
    lead = serializers.IntegerField(source="lead_id", allow_null=True, help_text="The lead that it opened or joined.")

    class Meta:
        model = Intake
        fields = ("id", "received_at", "judged_at", "verdict", "reason", "lead")

    def to_representation(self, receipt: Intake) -> dict[str, Any]:
        receipt.verdict_now = receipt.verdict or "waiting"  # type: ignore[attr-defined]
        told: dict[str, Any] = super().to_representation(receipt)
        return told

    def get_reason(self, receipt: Intake) -> str:
        return reasons.said(receipt.reason)


class ReceiptRef(serializers.Serializer):
    """The receipt of an enquiry: `url` tells what became of it."""

    id = serializers.IntegerField()
    url = serializers.CharField()


class ReceiptsRef(serializers.Serializer):
    """The receipts of a batch, in the order of its enquiries."""

    receipts = ReceiptRef(many=True)


class WaitQuery(serializers.Serializer):
    """Whether to judge at once."""

    wait = Flag(
        required=False, help_text="Judge it at once, and answer with the lead; else that is done a moment later."
    )


class Intaking(Endpoint):
    """What sending one enquiry and sending many have in common."""

    writes = (Scope.LEADS_WRITE,)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Take an enquiry by a shorter way than the usual one: it comes by the thousand, and as JSON alone."""
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        self.request, self.args, self.kwargs = request, args, kwargs
        try:
            self.admit(request)
            response = self.post(request)
        except Exception as fault:  # noqa: BLE001 - each is answered, as the usual way does
            response = self.handle_exception(fault)
        if not isinstance(response, Response):
            return response
        response.accepted_renderer, response.accepted_media_type = JSON[0], JSON[0].media_type
        setattr(response, "renderer_context", {})  # noqa: B010 - not in its types
        return response

    def admit(self, request: Any) -> None:
        """Ask all that the usual way asks, of the request as it is."""
        request.auth, request.query_params = None, request.GET
        NEGOTIATION.select_renderer(request, JSON)
        found = AUTHENTICATION.authenticate(request)
        if found is not None:
            request.user, request.auth = found
        self.check_permissions(request)
        self.check_throttles(request)

    def post(self, request: Request) -> HttpResponse:
        """Keep what is sent."""
        raise NotImplementedError

    def throttled_as(self, method: str | None) -> str:
        """Enquiries come by the thousand; reading does not."""
        return "intake" if method == "POST" else "other"

    def receive(self, request: Request, payloads: Sequence[Mapping[str, Any]], at: datetime) -> Received:
        """Keep what was sent, under the caller's key where there is one."""
        key = request.META.get("HTTP_IDEMPOTENCY_KEY")
        if key is not None and not KEY.fullmatch(key):
            raise Malformed([{"parameter": "Idempotency-Key", "detail": _("Write 1 to 200 visible characters.")}])
        digest = receipts.digest_of(request.path_info, request.body) if key else ""
        try:
            received = receipts.receive(payloads, token=self.bearer.token, at=at, key=key or "", digest=digest)
        except receipts.KeyTakenError:
            raise Refused(_("This idempotency key was used for another request.")) from None
        tasks.ring_for_intake()
        return received


def read(request: Request) -> Any:
    """The JSON of a body; numbers with a fraction stay as they were written."""
    if not request.content_type.startswith("application/json"):
        raise UnsupportedMediaType(request.content_type)
    if len(request.body) > LARGEST_BODY:
        raise Refused(_("The body is too large."), status=413)
    try:
        return json.loads(request.body, parse_float=str, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise ParseError(_("This is not JSON: %(fault)s") % {"fault": fault}) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def faults(enquiry: Any, pointer: str = "#") -> list[dict[str, str]]:
    """What of an enquiry is not as the schema says; its meaning is judged later."""
    if not isinstance(enquiry, dict) or not 0 < len(enquiry) <= MOST_MEMBERS:
        sentence = _("Send an object of 1 to %(most)d members.") % {"most": MOST_MEMBERS}
        return [{"pointer": pointer, "detail": sentence}]
    return [
        {"pointer": f"{pointer}/{escaped(name)}", "detail": _("Write a text, a number, true, false or null.")}
        for name, value in enquiry.items()
        if not _is_fit(name, value)
    ]


def _is_fit(name: str, value: Any) -> bool:
    if len(name) > LONGEST_NAME:
        return False
    if isinstance(value, list):
        return name not in BY_KEY and len(value) <= 100 and all(map(_is_value, value))
    return _is_value(value)


def _is_value(value: Any) -> bool:
    return isinstance(value, SCALARS) and not (isinstance(value, str) and len(value) > LONGEST_VALUE)


class Leads(Intaking):
    """/leads/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(
        operation_id="list_leads",
        summary="List leads",
        parameters=[LeadQuery],
        responses={200: LeadPage, **refusals(s422="A filter names a holder or a campaign that is not there.")},
    )
    def get(self, request: Request) -> Response:
        """Leads that the token's user may see, newest first; the open ones unless `stage` asks for others."""
        asked, context = self.asked(LeadQuery), {"at": timezone.now()}
        return page(
            request, leads_asked(self, asked), asked, lambda rows: LeadOut(rows, many=True, context=context).data
        )

    @extend_schema(
        operation_id="send_enquiry",
        summary="Send an enquiry",
        parameters=[WaitQuery, IDEMPOTENCY_KEY, LOCATION],
        request={"application/json": ENQUIRY},
        responses={
            200: OpenApiResponse(ReceiptOut, "Judged, and no lead came of it that the token's user may see."),
            201: OpenApiResponse(LeadOut, "Judged: the lead that it opened or joined."),
            202: OpenApiResponse(ReceiptRef, "Kept, to be judged in a moment."),
            **KEY_TAKEN,
        },
        examples=[OpenApiExample("An enquiry", ANNA, request_only=True)],
    )
    def post(self, request: Request) -> HttpResponse:
        """Keep an enquiry durably and answer with a receipt.

        Members that name a field of an import become that field; others are kept with the person. It needs one of
        name, email, phone or external number to become a lead: `/receipts/<id>/` tells what became of it.
        """
        waits = bool(request.META.get("QUERY_STRING")) and self.asked(WaitQuery).get("wait", False)
        at, enquiry = timezone.now(), read(request)
        if wrong := faults(enquiry):
            raise Malformed(wrong)
        [receipt] = self.receive(request, [enquiry], at).receipts
        if waits and receipts.judge([receipt], at=timezone.now()):
            return self.judged(receipt)
        return accepted(ref(receipt), Location=url(receipt))

    def judged(self, receipt: int) -> Response:
        """The lead that an enquiry opened or joined; else the receipt, or a problem where it says nothing."""
        kept = Intake.objects.get(pk=receipt)
        if kept.verdict == Intake.Verdict.ERROR:
            raise Refused(reasons.said(kept.reason))
        seen = Lead.objects.visible_to(self.user).with_story()
        lead = seen.filter(pk=kept.lead_id).first() if kept.lead_id else None
        if lead is None:
            return Response(ReceiptOut(kept).data)
        told = LeadOut(lead, context={"at": timezone.now()}).data
        return Response(told, CREATED, headers={"Location": f"/api/v1/leads/{lead.pk}/"})


class Batch(Intaking):
    """/leads/batch/"""

    @extend_schema(
        operation_id="send_enquiries",
        summary="Send many enquiries",
        parameters=[IDEMPOTENCY_KEY],
        request={"application/json": BATCH},
        responses={202: OpenApiResponse(ReceiptsRef, "All kept, to be judged in a moment."), **KEY_TAKEN},
    )
    def post(self, request: Request) -> HttpResponse:
        """Keep up to 1,000 enquiries durably, all or none, and answer with a receipt for each."""
        at, enquiries = timezone.now(), read(request)
        if not isinstance(enquiries, list) or not 0 < len(enquiries) <= MOST_AT_ONCE:
            sentence = _("Send a list of 1 to %(most)d enquiries.") % {"most": MOST_AT_ONCE}
            raise Malformed([{"pointer": "#", "detail": sentence}])
        if wrong := [fault for n, enquiry in enumerate(enquiries) for fault in faults(enquiry, f"#/{n}")]:
            raise Malformed(wrong[:100])
        received = self.receive(request, enquiries, at)
        return accepted({"receipts": [ref(receipt) for receipt in received.receipts]})


class ReceiptOne(Endpoint):
    """/receipts/<id>/"""

    reads: ClassVar = (Scope.LEADS_WRITE, Scope.LEADS_READ)

    @extend_schema(operation_id="read_receipt", summary="Read a receipt", responses=ReceiptOut)
    def get(self, request: Request, pk: int) -> Response:
        """What became of an enquiry that this token sent in."""
        return Response(ReceiptOut(get_object_or_404(self.own(), pk=pk)).data)

    def own(self) -> QuerySet[Intake]:
        """The receipts that were given to this token."""
        return Intake.objects.filter(token=self.bearer.token)


def url(receipt: int) -> str:
    """Where a receipt is."""
    return f"/api/v1/receipts/{receipt}/"


def ref(receipt: int) -> dict[str, Any]:
    """A receipt as it is handed out."""
    return {"id": receipt, "url": url(receipt)}


def accepted(told: Mapping[str, Any], **headers: str) -> HttpResponse:
    """The answer to what was kept; written at once, since it comes by the thousand."""
    return HttpResponse(json.dumps(told), JSON[0].media_type, ACCEPTED, headers=headers)
