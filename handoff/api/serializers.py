"""How are a queue, a handoff and a follow-up told to other programs, and what do those say?"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handoff.explanation import explain
from handoff.forms import LONGEST_NOTE
from handoff.models import FollowUp, Handoff
from handoff.outcomes import DisqualifyReason, RecycleReason
from leadops.api.fields import Moment, Text
from leadops.api.paging import MOST, Limit
from leads.api.serializers import NEXT_PAGE, LeadOut, PersonRef, QueueRef
from leads.models import Lead


class QueueLeadOut(LeadOut):
    """A lead of a rep's queue, with the handoff that passed it to them."""

    handoff = serializers.IntegerField(allow_null=True, help_text="Null where it has yet to be written down.")

    class Meta:
        model = Lead
        fields = (*LeadOut.Meta.fields, "handoff")


class CountsOut(serializers.Serializer):
    """How many leads each section has; none counts further than 100."""

    overdue = serializers.IntegerField()
    today = serializers.IntegerField()
    new = serializers.IntegerField()
    later = serializers.IntegerField()
    done = serializers.IntegerField()


class QueueOut(serializers.Serializer):
    """What a rep does today: overdue, due today, and new, each in order of its next step, the first 30."""

    counts = CountsOut()
    overdue = QueueLeadOut(many=True)
    today = QueueLeadOut(many=True)
    new = QueueLeadOut(many=True)


class SectionQuery(serializers.Serializer):
    """Which part of a section."""

    after = serializers.RegexField(
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z~[1-9][0-9]{0,17}$",
        required=False,
        help_text="Where the last page ended; `next` gives it.",
    )
    limit = Limit(required=False, default=30, help_text=f"How many leads, at most {MOST}.")


class SectionOut(serializers.Serializer):
    """A page of one section."""

    results = QueueLeadOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


class PassedOut(serializers.Serializer):
    """A rep of the pool, and why they got the lead or not."""

    rep = PersonRef()
    is_chosen = serializers.BooleanField()
    why = serializers.CharField()


class TimesOut(serializers.Serializer):
    """When the rep did what."""

    accepted_at = Moment(allow_null=True)
    ended_at = Moment(allow_null=True)


class HandoffOut(serializers.ModelSerializer):
    """One passing of a lead to a rep, why it was them, and what came of it."""

    lead = serializers.IntegerField(source="lead_id")
    rep = PersonRef()
    pool = QueueRef(allow_null=True)
    assigned_at = Moment()
    accept_due_at = Moment(allow_null=True)
    follow_up_due_at = Moment(allow_null=True)
    is_open = serializers.SerializerMethodField()
    outcome = serializers.ChoiceField(Handoff.Outcome.choices, allow_blank=True, help_text="Empty while it is open.")
    times = serializers.SerializerMethodField(help_text="Null where the token's user is not the rep.")
    explanation = serializers.SerializerMethodField()
    passed = serializers.SerializerMethodField()

    class Meta:
        model = Handoff
        fields = (
            "id", "lead", "rep", "pool", "assigned_at", "accept_due_at", "follow_up_due_at", "is_open", "outcome",
            "outcome_reason", "times", "explanation", "passed",
        )  # fmt: skip

    def to_representation(self, handoff: Handoff) -> dict[str, Any]:
        self.explained = explain(handoff)
        told: dict[str, Any] = super().to_representation(handoff)
        return told

    def get_is_open(self, handoff: Handoff) -> bool:
        return handoff.ended_at is None

    @extend_schema_field(TimesOut(allow_null=True))
    def get_times(self, handoff: Handoff) -> dict[str, Any] | None:
        return TimesOut(handoff).data if handoff.rep_id == self.context["reader"].pk else None

    def get_explanation(self, handoff: Handoff) -> str:
        return self.explained.sentence

    @extend_schema_field(PassedOut(many=True))
    def get_passed(self, handoff: Handoff) -> list[dict[str, Any]]:
        return list(PassedOut(self.explained.lines, many=True).data)


class RejectionIn(serializers.Serializer):
    """Why a lead goes back to marketing before anybody was spoken to."""

    reason = Text(max_length=60, help_text="A key of `reject_reasons` of the definition in force.")
    note = Text(max_length=LONGEST_NOTE, required=False, allow_blank=True)


class FollowUpIn(serializers.Serializer):
    """An attempt or a conversation, and what follows from it."""

    kind = serializers.ChoiceField(FollowUp.Kind.choices, required=False, default=FollowUp.Kind.CALL.value)
    disposition = serializers.ChoiceField(FollowUp.Disposition.choices, help_text="How it went.")
    note = Text(max_length=LONGEST_NOTE, required=False, allow_blank=True)
    occurred_at = Moment(required=False, help_text="When it was; now if not said. At most 14 days ago.")
    next_step_at = Moment(
        required=False,
        help_text="When the next time is. An appointment and a call back need it; else the outcome decides.",
    )
    disqualify = serializers.ChoiceField(
        DisqualifyReason.choices, required=False, help_text="Close the lead for this reason."
    )
    recycle = serializers.ChoiceField(
        RecycleReason.choices, required=False, help_text="Return the lead to marketing for this reason."
    )
    wake_at = Moment(required=False, help_text="With `recycle`: when marketing looks at it again; else in 90 days.")


class FollowUpOut(serializers.ModelSerializer):
    """A follow-up as it was written, and where the lead stands after it."""

    lead = LeadOut()
    kind = serializers.ChoiceField(FollowUp.Kind.choices)
    disposition = serializers.ChoiceField(FollowUp.Disposition.choices)
    next_step_at = Moment(allow_null=True)
    occurred_at = Moment()
    recorded_at = Moment()

    class Meta:
        model = FollowUp
        fields = (
            "id",
            "kind",
            "disposition",
            "is_reached",
            "note",
            "next_step_at",
            "occurred_at",
            "recorded_at",
            "lead",
        )
