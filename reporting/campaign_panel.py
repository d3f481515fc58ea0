"""What did sales do with the leads of one campaign over the last twelve months?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request
from leads import campaigns
from leads.models import Campaign
from reporting.black_hole import COUNTS, counted
from reporting.facts import Facts
from reporting.figures import Figures
from reporting.periods import DAY, Period

# Rides promotion_by_moment.
_OF_CAMPAIGN = f"SELECT {COUNTS} FROM [facts] WHERE campaign_id = %(campaign)s"


def last_year(at: datetime, zone: str) -> Period:
    """The twelve months that end today."""
    today = at.astimezone(ZoneInfo(zone)).date()
    year_ago = today.replace(year=today.year - 1, day=min(today.day, 28 if today.month == 2 else today.day))
    return Period(year_ago + DAY, today, zone)


def figures(campaign: Campaign, facts: Facts) -> Figures:
    """The follow-up figures of one campaign, taken `with_figures()`; what is lost is in the company's currency."""
    cost = campaigns.cost_a_lead(campaign.spent, campaign.opened)
    rows = facts.read(_OF_CAMPAIGN, {"campaign": campaign.pk})
    return counted(rows[0], cost and cost * campaign.exchange_rate)


@require_safe
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def campaign_panel(request: Request, pk: int) -> HttpResponse:
    """A panel of a campaign's page; a page of its own for who comes without it."""
    campaign = get_object_or_404(Campaign.objects.with_figures(), pk=pk)
    at, company = timezone.now(), campaigns.company()
    facts = Facts(last_year(at, company.time_zone), at)
    context = {"campaign": campaign, "figures": figures(campaign, facts), "facts": facts, "company": company}
    return render(request, "reporting/_campaign.html" if request.htmx else "reporting/campaign.html", context)
