"""Which leads, people and campaigns does another program see?"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leadops.accounts.tokens import Scope
from leadops.api.endpoints import Endpoint
from leadops.api.paging import page
from leadops.api.problems import Refused
from leads import emails, phones
from leads.api.serializers import (
    CampaignOut,
    CampaignPage,
    CampaignQuery,
    ContactOut,
    ContactPage,
    ContactQuery,
    LeadOut,
)
from leads.filters import LeadFilter
from leads.models import Campaign, Contact, Lead
from leads.querysets import ContactQuerySet, LeadQuerySet
from leads.withholding import why

FILTERS = ("q", "stage", "channel", "holder", "campaign", "overdue")


def leads_asked(endpoint: Endpoint, asked: dict[str, Any]) -> LeadQuerySet:
    """The leads that the token's user may see, narrowed as on the page; Refused where a filter names what is not there."""
    form = LeadFilter({name: asked[name] for name in FILTERS if asked.get(name)}, reader=endpoint.user)
    if form.errors:
        wrong = ", ".join(form.errors)
        raise Refused(_("There is no such choice: %(wrong)s.") % {"wrong": wrong})
    return form.narrow(Lead.objects.visible_to(endpoint.user), timezone.now()).with_story()


class LeadOne(Endpoint):
    """/leads/<id>/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(operation_id="read_lead", summary="Read a lead", responses=LeadOut)
    def get(self, request: Request, pk: int) -> Response:
        """One lead that the token's user may see."""
        lead = get_object_or_404(Lead.objects.visible_to(self.user).with_story(), pk=pk)
        return Response(LeadOut(lead, context={"at": timezone.now()}).data)


class Contacts(Endpoint):
    """/contacts/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(
        operation_id="list_contacts", summary="List people", parameters=[ContactQuery], responses=ContactPage
    )
    def get(self, request: Request) -> Response:
        """People whom the token's user may see, newest first."""
        asked = self.asked(ContactQuery)
        people = _known_by(Contact.objects.visible_to(self.user), asked).select_related("organisation")
        return page(request, people, asked, lambda rows: ContactOut(rows, many=True, context={"whys": why(rows)}).data)


def _known_by(people: ContactQuerySet, asked: dict[str, Any]) -> ContactQuerySet:
    if "email" in asked:
        people = people.filter(email_key=emails.normal(asked["email"]).key or asked["email"].lower())
    if "external_id" in asked:
        people = people.filter(external_id=asked["external_id"])
    if "phone" not in asked:
        return people
    number = phones.normal(asked["phone"]).e164
    return people.filter(Q(phone_e164=number) | Q(mobile_e164=number)) if number else people.none()


class ContactOne(Endpoint):
    """/contacts/<id>/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(operation_id="read_contact", summary="Read a person", responses=ContactOut)
    def get(self, request: Request, pk: int) -> Response:
        """One record of a person; `merged_into` tells of the one that took it in."""
        people = Contact.objects.visible_to(self.user).select_related("organisation")
        person = get_object_or_404(people, pk=pk)
        return Response(ContactOut(person, context={"whys": why([person])}).data)


class Campaigns(Endpoint):
    """/campaigns/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(
        operation_id="list_campaigns", summary="List campaigns", parameters=[CampaignQuery], responses=CampaignPage
    )
    def get(self, request: Request) -> Response:
        """Campaigns, newest first."""
        asked = self.asked(CampaignQuery)
        campaigns = Campaign.objects.all()
        if "name" in asked:
            campaigns = campaigns.named(asked["name"])
        if "channel" in asked:
            campaigns = campaigns.filter(channel=asked["channel"])
        return page(request, campaigns, asked, lambda rows: CampaignOut(rows, many=True).data)


class CampaignOne(Endpoint):
    """/campaigns/<id>/"""

    reads = (Scope.LEADS_READ,)

    @extend_schema(operation_id="read_campaign", summary="Read a campaign", responses=CampaignOut)
    def get(self, request: Request, pk: int) -> Response:
        """One campaign."""
        campaign = Campaign.objects.filter(pk=pk).first()
        if campaign is None:
            raise Http404
        return Response(CampaignOut(campaign).data)
