"""What is the company called, where does it live, and what does it aim at?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadops.accounts.models import Company
from leadops.accounts.requests import Request, sent
from leadops.administration.forms import CompanyForm
from leadops.administration.rights import may_manage
from leads.models import BusinessCalendar


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def company(request: Request) -> HttpResponse:
    """Show and take what is said of the company; its calendar keeps to its zone."""
    form = CompanyForm(sent(request), instance=Company.objects.first() or Company(pk=1))
    if form.is_valid():
        kept = form.save()
        BusinessCalendar.objects.filter(is_default=True).update(time_zone=kept.time_zone)
        messages.success(request, _("Saved."))
        return redirect("settings-company")
    return render(request, "settings/company.html", {"form": form}, status=422 if form.errors else 200)
