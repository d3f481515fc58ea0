"""What is known of a person, whatever they enquired about?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request, posted_from
from leads import proof
from leads.also_known import also_known
from leads.calling import legal_forms
from leads.forms.call_lists import LegalFormForm
from leads.forms.consent import AgreementForm, LiftingForm, ObjectionForm
from leads.listing import columns
from leads.models import Consent, Contact, Engagement, Lead, Organisation
from leads.public import objecting
from leads.reach import reach_of
from leads.views.leads import attributes_of

LEADS_SHOWN = ENGAGEMENTS_SHOWN = 50
STATEMENTS_SHOWN = 100


@require_safe
@login_required
def contact_detail(request: Request, pk: int) -> HttpResponse:
    """One person with their leads; a record that was merged leads to the one it was merged into."""
    people = Contact.objects.visible_to(request.user).select_related("organisation__account_manager")
    contact = get_object_or_404(people, pk=pk)
    if contact.merged_into_id is not None:
        return redirect("leads:contact", contact.family_id)
    return contact_page(request, contact, timezone.now())


def contact_page(request: Request, contact: Contact, at: datetime, **sent: Any) -> HttpResponse:
    """The page of one person; `sent` are forms about consent that came back with something wrong."""
    usual = columns.chosen(())
    theirs = Lead.objects.visible_to(request.user).listed().filter(family_id=contact.family_id)
    leads = list(columns.with_columns(theirs, usual).order_by("-pk")[:LEADS_SHOWN])
    reach = reach_of(contact)
    context: dict[str, Any] = {
        "at": at,
        "contact": contact,
        "reach": reach,
        "also": also_known(contact, reach),
        "leads": leads,
        "table": columns.table(leads, usual, at),
        "engagements": _engagements(contact),
        "attributes": attributes_of(contact),
        "statements": _statements(contact, request),
    }
    if request.user.has_perm("leads.record_consent"):
        context |= {"objection": ObjectionForm(), "agreement": AgreementForm(at=at), "lifting": LiftingForm()}
        context["withdrawal_link"] = objecting.link(contact)
    if contact.organisation and request.user.has_perm("leads.manage_calls"):
        context["legal_form"] = _legal_form(contact.organisation)
    return render(request, "leads/contact.html", context | sent, status=422 if sent else 200)


def _legal_form(organisation: Organisation, form: LegalFormForm | None = None) -> dict[str, Any]:
    """The legal form of an organisation as it can be said, and what is guessed until somebody does."""
    return {"form": form or LegalFormForm(instance=organisation), "guess": legal_forms.guess(organisation)}


@posted_from("leads:contact")
@login_required
@permission_required("leads.manage_calls", raise_exception=True)
def contact_legal_form(request: Request, pk: int) -> HttpResponse:
    """Say what the organisation of a person is by law; call lists look anew at who of it may be called."""
    people = Contact.objects.visible_to(request.user).select_related("organisation__account_manager")
    contact = get_object_or_404(people, pk=pk, organisation__isnull=False)
    form = LegalFormForm(request.POST)
    if not form.is_valid():
        return contact_page(request, contact, timezone.now(), legal_form=_legal_form(contact.organisation, form))
    legal_forms.say(contact.organisation, form.cleaned_data["legal_form"], by=request.user)
    messages.success(request, _("Saved. Call lists go by it from now on."))
    return redirect("leads:contact", pk)


def _statements(contact: Contact, request: Request) -> list[tuple[Consent, bool]]:
    """What the person said of being contacted, newest first, each with whether the reader sees how."""
    said = proof.history(contact)[:STATEMENTS_SHOWN]
    return [(one, proof.is_told(one, request.user)) for one in said]


def _engagements(contact: Contact) -> QuerySet[Engagement]:
    """What the person did, under whichever of their records, newest first. Rides engagement_of_contact."""
    people = Contact.objects.filter(family_id=contact.family_id).values("pk")
    voided = Exists(Engagement.objects.filter(voids=OuterRef("pk")))
    rows = Engagement.objects.filter(~voided, contact__in=people, voids__isnull=True)
    return rows.select_related("campaign").order_by("-occurred_at", "-pk")[:ENGAGEMENTS_SHOWN]
