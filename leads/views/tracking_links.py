"""Which links lead to us and say of which campaign they are, and who came by them?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.requests import Request, sent
from leads import tracking_links
from leads.forms.tracking_links import LinkForm, already_there
from leads.listing import columns
from leads.models import Campaign, Lead, TrackingLink
from leads.querysets import LeadQuerySet
from leads.stand import code
from leads.views.campaigns import links_of, may_manage, may_see

UNFIT = 422
LEADS_SHOWN = 50
"""So many of the leads that came by a link stand on its page, the newest first."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def campaign_links(request: Request, pk: int) -> HttpResponse:
    """The links of a campaign with who came by them; sent, make one more."""
    campaign, at = get_object_or_404(Campaign, pk=pk), timezone.now()
    made = TrackingLink(campaign=campaign, by=request.user, created_at=at)
    form = LinkForm(sent(request), instance=made)
    if form.is_valid() and _kept(request, form):
        messages.success(request, _("The link is there. Copy it, or have its code printed."))
        return redirect("leads:campaign-link", pk, made.pk)
    context: dict[str, Any] = {
        "campaign": campaign,
        "at": at,
        "form": form,
        "links": links_of(campaign),
        "key": tracking_links.key(campaign),
    }
    return render(request, "leads/campaigns/links.html", context, status=UNFIT if form.errors else 200)


def _kept(request: Request, form: LinkForm) -> bool:
    """Keep the link; False, with the form saying so, where somebody made the same meanwhile."""
    built = form.cleaned_data["form"]
    if built:
        form.instance.address = request.build_absolute_uri(reverse("leads:public-form", args=[built.key]))
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("content", already_there())
        return False
    return True


@require_safe
@login_required
@may_see
def campaign_link(request: Request, pk: int, link: int) -> HttpResponse:
    """One link to copy or to scan, who made it, and who came by it."""
    links = TrackingLink.objects.filter(campaign=pk).with_figures().select_related("campaign", "by", "archived_by")
    found, at = get_object_or_404(links, pk=link), timezone.now()
    whole, usual = tracking_links.address_of(found), columns.chosen(())
    leads = list(columns.with_columns(_came_by(found, request), usual).order_by("-pk"))
    context = {
        "at": at,
        "leads": leads,
        "table": columns.table(leads, usual, at),
        "campaign": found.campaign,
        "link": found,
        "whole": whole,
        "code": code.drawn(whole, _("Code with the link")),
    }
    return render(request, "leads/campaigns/link.html", context)


def _came_by(link: TrackingLink, request: Request) -> LeadQuerySet:
    """The newest leads by a link that the reader may see, found among those that came by it. Rides intake_by_tracking_link."""
    seen = Lead.objects.visible_to(request.user).listed()
    came = link.intakes.filter(lead__in=seen).order_by("-lead").values_list("lead", flat=True).distinct()
    return Lead.objects.filter(pk__in=came[:LEADS_SHOWN])


@require_POST
@login_required
@may_manage
def campaign_link_archival(request: Request, pk: int, link: int) -> HttpResponse:
    """Put a link away that is not used any more, or take it into use again."""
    one = TrackingLink.objects.filter(pk=get_object_or_404(TrackingLink, pk=link, campaign=pk).pk)
    if request.POST.get("is_archived") == "1":
        tracking_links.archive(one, by=request.user, at=timezone.now())
        messages.success(request, _("The link is archived. Who still comes by it is counted."))
    else:
        tracking_links.bring_back(one)
        messages.success(request, _("The link is in use again."))
    return redirect("leads:campaign-links", pk)
