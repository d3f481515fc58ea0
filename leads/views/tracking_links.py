"""Which link leads to us and says of which campaign it is?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request
from leads import tracking_links
from leads.forms.tracking_links import LinkForm
from leads.models import Campaign
from leads.stand import code
from leads.views.campaigns import may_manage


@require_safe
@login_required
@may_manage
def campaign_links(request: Request, pk: int) -> HttpResponse:
    """A link with the campaign's marks filled in, to copy or to scan; nothing of it is kept."""
    campaign = get_object_or_404(Campaign, pk=pk)
    form = LinkForm(request.GET if "source" in request.GET else None, campaign=campaign)
    link = form.link(_address(request, form)) if form.is_valid() else ""
    context = {
        "campaign": campaign,
        "form": form,
        "key": tracking_links.key(campaign),
        "link": link,
        "code": code.drawn(link, _("Code with the link")) if link else "",
    }
    return render(request, "leads/campaigns/links.html", context, status=422 if form.errors else 200)


def _address(request: Request, form: LinkForm) -> str:
    """Where the chosen form stands; empty where a page of the site was named."""
    built = form.cleaned_data["form"]
    return request.build_absolute_uri(reverse("leads:public-form", args=[built.key])) if built else ""
