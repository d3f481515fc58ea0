"""What do we do to find leads, what does it cost, and what came of it?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.requests import Request, posted_from, sent
from leads import campaigns, panels, tracking_links
from leads.forms.campaigns import CampaignFilter, CampaignForm, CostForm
from leads.models import Campaign, CampaignCost, Lead, TrackingLink
from leads.stages import Stage
from leads.views.call_lists import lists_of
from leads.views.stand import stand_of

PAGE = 50
LINES = 200
may_see = permission_required("leads.see_campaigns", raise_exception=True)
may_manage = permission_required("leads.manage_campaigns", raise_exception=True)
may_agree = permission_required("leads.agree_to_campaigns", raise_exception=True)


@require_safe
@login_required
@may_see
def campaign_list(request: Request) -> HttpResponse:
    """The campaigns, those that began last first, with what they cost and brought in."""
    form = CampaignFilter(request.GET)
    found = form.narrow(Campaign.objects.all(), campaigns.today(timezone.now()))
    ordered = found.with_figures().select_related("owner").order_by(F("starts_on").desc(nulls_last=True), "-pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    rows = [(campaign, campaigns.cost_a_lead(campaign.spent, campaign.opened)) for campaign in page]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "leads/campaigns/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def campaign_new(request: Request) -> HttpResponse:
    """Describe a new campaign."""
    form = CampaignForm(sent(request), company_currency=campaigns.company().currency)
    form.instance.created_at = timezone.now()
    if form.is_valid() and (campaign := _kept(form)):
        messages.success(
            request, _("%(campaign)s is there. Book its budget and its costs below.") % {"campaign": campaign}
        )
        return redirect("leads:campaign", campaign.pk)
    if not form.is_bound:
        form.initial["owner"] = request.user.pk
    return render(request, "leads/campaigns/form.html", {"form": form}, status=422 if form.errors else 200)


def _kept(form: CampaignForm) -> Campaign | None:
    """The campaign as it was said; None, with the form saying so, where another took that name meanwhile."""
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:
        form.add_error("name", _("There is a campaign of this name already."))
        return None


@require_safe
@login_required
@may_see
def campaign_detail(request: Request, pk: int) -> HttpResponse:
    """One campaign: what it is, what it cost, where its leads stand; what became of them is a panel of reporting."""
    return _page(request, pk, timezone.now())


def links_of(campaign: Campaign, *, in_use: bool = False) -> list[tuple[TrackingLink, str]]:
    """The links of a campaign with their addresses and who came by them, those in use first, the newest first."""
    found = TrackingLink.objects.filter(campaign=campaign, **({"archived_at": None} if in_use else {}))
    ordered = found.with_figures().order_by(F("archived_at").desc(nulls_first=True), "-pk")
    return [(link, tracking_links.address_of(link)) for link in ordered.select_related("by", "campaign")[:LINES]]


def _page(request: Request, pk: int, at: datetime, cost: CostForm | None = None) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.with_figures().select_related("owner", "agreed_by"), pk=pk)
    context: dict[str, Any] = {
        "at": at,
        "campaign": campaign,
        "cost_a_lead": campaigns.cost_a_lead(campaign.spent, campaign.opened),
        "lines": campaign.costs.filter(voids__isnull=True)
        .select_related("voided_by")
        .order_by("-occurred_at", "-pk")[:LINES],
        "stages": _stages(campaign),
        "links": links_of(campaign, in_use=True),
        "stand": stand_of(campaign, request),
        "call_lists": lists_of(campaign, request),
        "panels": [p for p in panels.registered(of=panels.CAMPAIGN) if not p.needs or request.user.has_perm(p.needs)],
    }
    if request.user.has_perm("leads.manage_campaigns"):
        context["cost"] = cost or CostForm(today=campaigns.today(at))
    return render(request, "leads/campaigns/detail.html", context, status=422 if cost else 200)


def _stages(campaign: Campaign) -> list[tuple[Stage, int]]:
    """Where the leads of the campaign stand, in the order of their way; stages without any are left out."""
    rows = Lead.objects.listed().filter(campaign=campaign).order_by().values_list("stage").annotate(Count("pk"))
    counts = dict(rows)
    return [(stage, counts[stage]) for stage in Stage if stage in counts]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def campaign_edit(request: Request, pk: int) -> HttpResponse:
    """Describe a campaign anew."""
    campaign = get_object_or_404(Campaign.objects.select_for_update(no_key=True), pk=pk)
    form = CampaignForm(sent(request), instance=campaign, company_currency=campaigns.company().currency)
    if form.is_valid() and _kept(form):
        messages.success(request, _("Saved."))
        return redirect("leads:campaign", pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "leads/campaigns/form.html", context, status=422 if form.errors else 200)


@posted_from("leads:campaign")
@login_required
@may_manage
def campaign_costs(request: Request, pk: int) -> HttpResponse:
    """Book a cost line."""
    at = timezone.now()
    campaign = get_object_or_404(Campaign, pk=pk)
    form = CostForm(request.POST, today=campaigns.today(at))
    if not form.is_valid():
        return _page(request, pk, at, form)
    campaigns.book(campaign, **form.cleaned_data, at=at)
    messages.success(request, _("Booked."))
    return redirect("leads:campaign", pk)


@require_POST
@login_required
@may_manage
def campaign_cost_void(request: Request, pk: int, cost: int) -> HttpResponse:
    """Take a cost line back by a line of its own."""
    line = get_object_or_404(CampaignCost, pk=cost, campaign=pk, voids__isnull=True)
    if campaigns.take_back(CampaignCost.objects.filter(pk=line.pk), at=timezone.now()):
        messages.success(request, _("Taken back. The line stays in the books, struck through."))
    else:
        messages.warning(request, _("This line was taken back before."))
    return redirect("leads:campaign", pk)


@require_POST
@login_required
@may_agree
def campaign_agreement(request: Request, pk: int) -> HttpResponse:
    """Agree to a campaign for sales."""
    campaign = get_object_or_404(Campaign, pk=pk)
    if campaigns.agree(Campaign.objects.filter(pk=pk), by=request.user, at=timezone.now()):
        messages.success(request, _("Agreed for sales."))
    elif campaign.owner_id == request.user.pk:
        messages.warning(request, _("It takes two: somebody else of sales has to agree to a campaign of yours."))
    else:
        messages.warning(request, _("Sales agreed to this campaign before."))
    return redirect("leads:campaign", pk)
