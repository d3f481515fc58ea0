"""What is known of a person, whatever they enquired about?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request
from leads.listing import columns
from leads.models import Contact, Engagement, Lead
from leads.reach import reach
from leads.views.leads import attributes_of

LEADS_SHOWN = ENGAGEMENTS_SHOWN = 50


@require_safe
@login_required
def contact_detail(request: Request, pk: int) -> HttpResponse:
    """One person with their leads; a record that was merged leads to the one it was merged into."""
    people = Contact.objects.visible_to(request.user).select_related("organisation__account_manager")
    contact = get_object_or_404(people, pk=pk)
    if contact.merged_into_id is not None:
        return redirect("leads:contact", contact.family_id)
    at, usual = timezone.now(), columns.chosen(())
    theirs = Lead.objects.visible_to(request.user).listed().filter(family_id=contact.family_id)
    leads = list(columns.with_columns(theirs, usual).order_by("-pk")[:LEADS_SHOWN])
    return render(
        request,
        "leads/contact.html",
        {
            "at": at,
            "contact": contact,
            "reach": reach(contact),
            "leads": leads,
            "table": columns.table(leads, usual, at),
            "engagements": _engagements(contact),
            "attributes": attributes_of(contact),
        },
    )


def _engagements(contact: Contact) -> QuerySet[Engagement]:
    """What the person did, under whichever of their records, newest first. Rides engagement_of_contact."""
    people = Contact.objects.filter(family_id=contact.family_id).values("pk")
    voided = Exists(Engagement.objects.filter(voids=OuterRef("pk")))
    rows = Engagement.objects.filter(~voided, contact__in=people, voids__isnull=True)
    return rows.select_related("campaign").order_by("-occurred_at", "-pk")[:ENGAGEMENTS_SHOWN]
