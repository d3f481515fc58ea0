"""Which figures do other programs read? The very same as the pages and the command tell."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.models import Company
from leadops.accounts.tokens import Scope
from leadops.api.endpoints import Endpoint
from leadops.api.fields import Day, Flag, Moment
from leadops.api.problems import Refused
from leadops.api.schema import refusals
from reporting import telling, tracking
from reporting.facts import Facts

REFUSED = refusals(s422="The period or the moment cannot be; `detail` says why.")


class FiguresOut(serializers.Serializer):
    """Promotions of leads of marketing origin, and what came of them."""

    delivered = serializers.IntegerField()
    followed_up = serializers.IntegerField()
    followed_up_in_time = serializers.IntegerField()
    answered_otherwise = serializers.IntegerField()
    not_yet_due = serializers.IntegerField()
    never_followed_up = serializers.IntegerField()
    share = serializers.FloatField(
        allow_null=True, help_text="Never followed up, of those that were due; null of nothing."
    )
    spend_lost = serializers.FloatField(help_text="What the never followed up had cost.")


class CutOut(FiguresOut):
    """The same of one channel, campaign, rep, cause or week."""

    key = serializers.CharField()
    name = serializers.CharField()


class ReportOut(FiguresOut):
    """The figures of a period as known at a moment, and their cuts."""

    as_of = serializers.DateTimeField()
    currency = serializers.CharField()
    by_channel = CutOut(many=True)
    by_campaign = CutOut(many=True)
    by_rep = CutOut(many=True, help_text="Reps whom the token's user does not see by name stand together.")

    def get_fields(self) -> dict[str, Any]:
        """With the period, whose first day is a word of Python."""
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}


class BlackHoleOut(ReportOut):
    """What was never followed up in a period, and why."""

    by_cause = CutOut(many=True)


class FollowUpRateOut(ReportOut):
    """How many were followed up, how many in time and how fast."""

    follow_up_rate = serializers.FloatField(allow_null=True)
    in_time_rate = serializers.FloatField(allow_null=True)
    median_response_minutes = serializers.IntegerField(allow_null=True)
    ninth_tenth_response_minutes = serializers.IntegerField(allow_null=True)
    by_week = CutOut(many=True)


class ReportQuery(serializers.Serializer):
    """Which period, as known when; without any, this quarter as known now."""

    to = Day(required=False, help_text="The last day; else the day of `as_of`.")
    as_of = Moment(required=False, help_text="As known at this moment; else now.")

    with_imported = Flag(
        required=False,
        help_text="Also what was moved in from another system; nothing was promised of it, so it is neither in time nor late.",
    )

    def get_fields(self) -> dict[str, Any]:
        """With the first day, which is a word of Python."""
        first = Day(required=False, help_text="The first day; else the first of its quarter.")
        return {"from": first, **super().get_fields()}


class Report(Endpoint):
    """A report: for whom may see reports, reps by name as far as they are seen by name."""

    reads = (Scope.REPORTS_READ,)
    right = "reporting.see_reports"

    def facts(self) -> tuple[Facts, str, tracking.Shown]:
        """What the address asks, the company's currency, and whom the token's user sees by name."""
        asked, company = self.asked(ReportQuery), Company.objects.first() or Company()
        try:
            facts = telling.facts(
                asked.get("from"), asked.get("to"), asked.get("as_of"), company=company, now=timezone.now(),
                with_imported=asked.get("with_imported", False),
            )  # fmt: skip
        except telling.PeriodRefused as refused:
            raise Refused(str(refused)) from None
        return facts, company.currency, tracking.shown_to(self.user, facts.as_of)


class BlackHole(Report):
    """/reports/black-hole/"""

    @extend_schema(
        operation_id="read_black_hole",
        summary="Read the black hole",
        parameters=[ReportQuery],
        responses={200: BlackHoleOut, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        """What was never followed up in a period, and why."""
        return Response(telling.black_hole_told(*self.facts()))


class FollowUpRate(Report):
    """/reports/follow-up-rate/"""

    @extend_schema(
        operation_id="read_follow_up_rate",
        summary="Read the follow-up rate",
        parameters=[ReportQuery],
        responses={200: FollowUpRateOut, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        """How many leads were followed up in a period, how many in time, and how fast."""
        return Response(telling.follow_up_rate_told(*self.facts()))


urlpatterns = [
    path("reports/black-hole/", BlackHole.as_view(), name="black-hole"),
    path("reports/follow-up-rate/", FollowUpRate.as_view(), name="follow-up-rate"),
]
