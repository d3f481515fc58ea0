"""How are leads, people and campaigns told to other programs?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leadops.accounts.models import User
from leadops.api.fields import Flag, Moment, Text
from leadops.api.paging import PageQuery
from leads.listing.asking import ALL, CLOSED
from leads.models import Campaign, Contact, Lead, Organisation, Queue
from leads.reach import NOTHING_KNOWN, Reach, reach
from leads.stages import Channel, Origin, Stage

NEXT_PAGE = "The address of the page after this one; null where this is the last."


class PersonRef(serializers.ModelSerializer):
    """A user of this installation."""

    class Meta:
        model = User
        fields = ("id", "name")


class QueueRef(serializers.ModelSerializer):
    """A queue that holds leads."""

    kind = serializers.ChoiceField(Queue.Kind.choices)

    class Meta:
        model = Queue
        fields = ("id", "name", "kind")


class CampaignRef(serializers.ModelSerializer):
    """A campaign, by name."""

    class Meta:
        model = Campaign
        fields = ("id", "name")


class OrganisationRef(serializers.ModelSerializer):
    """A company or institution."""

    class Meta:
        model = Organisation
        fields = ("id", "name", "is_customer")


class ContactRef(serializers.ModelSerializer):
    """A person, as far as a row of a list tells of them."""

    name = serializers.CharField(source="full_name")
    organisation = OrganisationRef(allow_null=True)

    class Meta:
        model = Contact
        fields = ("id", "name", "email", "phone", "job_title", "external_id", "organisation")


class ScoreOut(serializers.Serializer):
    """What a lead scored, and its grade: fit A to D by engagement 1 to 4."""

    score = serializers.IntegerField()
    grade = serializers.CharField()
    definition_version = serializers.IntegerField()


class LeadOut(serializers.ModelSerializer):
    """One lead: who it is about, where it stands, who holds it, and by when the next thing must happen."""

    stage = serializers.ChoiceField(Stage.choices)
    origin = serializers.ChoiceField(Origin.choices)
    channel = serializers.ChoiceField(Channel.choices)
    contact = ContactRef()
    campaign = CampaignRef(allow_null=True)
    owner = PersonRef(allow_null=True, help_text="The rep who holds it; of a closed lead, who held it last.")
    queue = QueueRef(allow_null=True, help_text="The queue that holds it; null where a person does.")
    opened_at = Moment()
    closed_at = Moment(allow_null=True)
    next_step_at = Moment(allow_null=True, help_text="By when the next thing must happen; null once closed.")
    is_overdue = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()
    promised_by = Moment(allow_null=True, help_text="The promised first follow-up of its latest promotion.")
    is_promise_broken = serializers.SerializerMethodField()

    class Meta:
        model = Lead
        fields = (
            "id", "stage", "origin", "channel", "contact", "campaign", "owner", "queue", "opened_at", "closed_at",
            "next_step_at", "is_overdue", "score", "promised_by", "is_promise_broken",
        )  # fmt: skip

    def get_is_overdue(self, lead: Lead) -> bool:
        return lead.next_step_at is not None and lead.next_step_at < self.at

    @extend_schema_field(ScoreOut(allow_null=True))
    def get_score(self, lead: Lead) -> dict[str, Any] | None:
        score = getattr(lead, "score", None)
        return ScoreOut(score).data if score else None

    def get_is_promise_broken(self, lead: Lead) -> bool:
        if lead.promised_by is None or lead.promised_by >= self.at:
            return False
        return lead.answered_at is None or lead.answered_at > lead.promised_by

    @property
    def at(self) -> datetime:
        at: datetime = self.context["at"]
        return at


class LeadPage(serializers.Serializer):
    """A page of leads, newest first."""

    results = LeadOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


STAGE_CHOICES = [*(stage.value for stage in Stage if stage != Stage.VOID), CLOSED, ALL]


class LeadQuery(PageQuery):
    """Which leads: the open ones, unless another stage is asked for."""

    q = Text(required=False, max_length=200, help_text="The beginning of a name, company, address or number.")
    stage = serializers.ChoiceField(STAGE_CHOICES, required=False, help_text="A stage, `closed`, or `all`.")
    channel = serializers.ChoiceField(Channel.choices, required=False)
    holder = serializers.RegexField(
        r"^(me|queued|(queue|user)-[1-9][0-9]{0,17})$",
        required=False,
        help_text="`me`, `queued` (any queue), `queue-<id>` or `user-<id>`.",
    )
    campaign = serializers.RegexField(r"^[1-9][0-9]{0,17}$", required=False, help_text="The number of a campaign.")
    overdue = Flag(required=False, help_text="Only those whose next step has passed.")


class ContactOut(ContactRef):
    """One person, and how they may be reached: what may not be used is withheld, with the reason."""

    may_call = serializers.SerializerMethodField()
    may_mail = serializers.SerializerMethodField()
    withheld = serializers.SerializerMethodField()
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The record of the same person that took this one in."
    )
    created_at = Moment()

    class Meta:
        model = Contact
        fields = (
            "id", "name", "salutation", "initials", "first_name", "infix", "last_name", "email", "phone", "mobile",
            "may_call", "may_mail", "withheld", "job_title", "department", "organisation", "street", "house_number",
            "postcode", "city", "region", "country", "language", "linkedin_url", "external_id", "tags", "attributes",
            "merged_into", "created_at",
        )  # fmt: skip
        extra_kwargs = {"attributes": {"help_text": _("What an import kept of columns that no field takes.")}}

    def get_may_call(self, contact: Contact) -> bool:
        return bool(self.reach(contact).phone)

    def get_may_mail(self, contact: Contact) -> bool:
        return bool(self.reach(contact).email)

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_withheld(self, contact: Contact) -> list[str]:
        found = self.reach(contact)
        return [reason for reason in (found.phone_withheld, found.email_withheld) if reason]

    def reach(self, contact: Contact) -> Reach:
        return reach(contact, self.context.get("whys", {}).get(contact.pk, NOTHING_KNOWN))


class ContactPage(serializers.Serializer):
    """A page of people, newest first."""

    results = ContactOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


class ContactQuery(PageQuery):
    """Which people: all that the token's user may see, or those with this address or number."""

    email = Text(required=False, max_length=320, help_text="The whole address.")
    phone = Text(required=False, max_length=100, help_text="The whole number, in any way of writing.")
    external_id = Text(required=False, max_length=200, help_text="The number in another system.")


class CampaignOut(serializers.ModelSerializer):
    """One effort in a channel, with its dates and whether sales agreed to it beforehand."""

    channel = serializers.ChoiceField(Channel.choices)
    is_agreed = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = ("id", "name", "channel", "starts_on", "ends_on", "currency", "goal", "is_agreed")

    def get_is_agreed(self, campaign: Campaign) -> bool:
        return campaign.agreed_at is not None


class CampaignPage(serializers.Serializer):
    """A page of campaigns, newest first."""

    results = CampaignOut(many=True)
    next = serializers.CharField(allow_null=True, help_text=NEXT_PAGE)


class CampaignQuery(PageQuery):
    """Which campaigns: all, or those of one channel or of this very name."""

    name = Text(required=False, max_length=200, help_text="The whole name, in any case.")
    channel = serializers.ChoiceField(Channel.choices, required=False)
